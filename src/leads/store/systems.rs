//! The systems in which leads have references.

use diesel::sql_types::Text;

use crate::db::{Conn, SqlText};
use crate::error::Result;

/// All systems, by name, with one index seek for each. Leads without a reference are not looked at.
pub fn list(conn: &mut Conn) -> Result<Vec<String>> {
    let systems = SqlText::new(
        "with recursive steps (system) as ( \
             select min(external_system) from leads where external_ref is not null and external_system > '' \
             union all \
             select (select min(external_system) from leads \
                     where external_ref is not null and external_system > steps.system) \
             from steps where steps.system is not null \
         ) select system from steps where system is not null",
    );
    Ok(systems.load::<Text, _>(conn)?)
}

/// The spelling of a system that leads have already, whatever the case of its letters.
pub fn canonical_system(conn: &mut Conn, system: &str) -> Result<String> {
    let key = system.to_lowercase();
    let systems = list(conn)?.into_iter();
    let mut systems = systems.filter(|other| other.to_lowercase() == key);
    Ok(systems.next().unwrap_or_else(|| system.to_owned()))
}
