//! What the filter menus of the lists of leads offer.

use crate::access::users;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::store;
use crate::money::Currency;
use crate::statuses;

/// The choices in the filter menus.
#[derive(Debug, Clone)]
pub struct FilterOptions {
    /// Users who own leads or may own them.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The currencies of the values.
    pub currencies: Vec<Currency>,
}

impl FilterOptions {
    /// Reads the choices.
    pub fn load(conn: &mut Conn) -> Result<FilterOptions> {
        let people = users::list_all(conn)?.into_iter();
        Ok(FilterOptions {
            owners: people.map(|user| (user.id, user.name)).collect(),
            sources: store::filter_options::sources(conn)?,
            currencies: statuses::currencies_with_value(conn)?,
        })
    }
}
