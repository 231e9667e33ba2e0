//! Limits the prepared statements that Diesel caches for an SQLite connection. Lists have thousands of combinations of
//! filters and orders, so a connection forgets all its statements once they are many.

use diesel::connection::{CacheSize, Instrumentation, InstrumentationEvent};
use diesel::{Connection, SqliteConnection};

/// How many statements a connection caches: several pages need fewer, and each takes some 15 KB.
const MAX_PREPARED: u32 = 64;

/// How many statements a connection has cached.
struct PreparedCount(u32);

impl Instrumentation for PreparedCount {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
            self.0 += 1;
        }
    }
}

/// Counts the statements of a new connection.
pub(super) fn count_prepared(conn: &mut SqliteConnection) {
    conn.set_instrumentation(PreparedCount(0));
}

/// Forgets the statements of a connection if they are many.
pub(super) fn limit_prepared(conn: &mut SqliteConnection) {
    let count = conn.instrumentation().downcast_mut::<PreparedCount>();
    if let Some(PreparedCount(count)) = count.filter(|count| count.0 > MAX_PREPARED) {
        *count = 0;
        conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        conn.set_prepared_statement_cache_size(CacheSize::Unbounded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Conn, SqlText};
    use diesel::sql_types::BigInt;

    fn prepared(conn: &mut Conn) -> Option<u32> {
        let Conn::Sqlite(conn) = conn else {
            return None;
        };
        let count = conn.instrumentation().downcast_ref::<PreparedCount>();
        count.map(|count| count.0)
    }

    #[test]
    fn statements_that_differ_in_their_numbers_are_prepared_once_and_many_are_forgotten() {
        let mut sqlite = SqliteConnection::establish(":memory:").expect("a database in memory");
        count_prepared(&mut sqlite);
        let mut conn = Conn::Sqlite(sqlite);
        let mut select = |columns: &str, number| {
            let select = SqlText::new(format!("select {columns} ")).number(number);
            let found: Vec<i64> = select.load::<BigInt, _>(&mut conn).expect("a number");
            (found, prepared(&mut conn))
        };
        assert_eq!(select("3 +", 4), (vec![7], Some(1)));
        assert_eq!(select("3 +", 5), (vec![8], Some(1)));
        for number in 10..=10 + i64::from(MAX_PREPARED) {
            select(&format!("{number} +"), 1);
        }
        let (_, kept) = select("1000 +", 1);
        assert!(kept.is_some_and(|kept| kept < 10), "{kept:?}");
        assert_eq!(select("3 +", 6).0, [9]);
    }
}
