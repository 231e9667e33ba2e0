//! The options of the filter menus of lists of leads.

use crate::access::users;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::store;
use crate::money::Currency;
use crate::statuses;

/// The options of the filter menus.
#[derive(Debug, Clone)]
pub struct FilterOptions {
    /// Users who own leads or may own them.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The currencies of the values.
    pub currencies: Vec<Currency>,
}

impl FilterOptions {
    /// Reads the options.
    pub fn load(conn: &mut Conn) -> Result<FilterOptions> {
        let users = users::list_all(conn)?.into_iter();
        Ok(FilterOptions {
            owners: users.map(|user| (user.id, user.name)).collect(),
            sources: store::filter_options::sources(conn)?,
            currencies: statuses::currencies_with_value(conn)?,
        })
    }
}
