//! How many pages the writer of SQLite keeps in memory: more while steps of an import are written, which change up to
//! 6,000 pages each. What doesn't fit is written twice.

use diesel::connection::SimpleConnection;

use super::conn::Conn;

/// In KiB.
pub(super) const NORMAL: u32 = 8_000;
const DURING_STEPS: u32 = 32_000;
/// Transactions without a step after which the import has ended.
const ENDED_AFTER: u32 = 500;

/// The cache of the writer.
#[derive(Default)]
pub(super) struct WriterCache {
    /// Transactions until it is of normal size again; 0 if it is.
    remaining: u32,
}

impl WriterCache {
    /// Makes it fit the next transaction.
    pub(super) fn fit(&mut self, conn: &mut Conn, is_step: bool) {
        match (is_step, self.remaining) {
            (true, 0) => resize(conn, DURING_STEPS),
            (false, 1) => resize(conn, NORMAL),
            _ => {}
        }
        self.remaining = match is_step {
            true => ENDED_AFTER,
            false => self.remaining.saturating_sub(1),
        };
    }

    /// Makes it normal again while nothing is written.
    pub(super) fn shrink(&mut self, conn: &mut Conn) {
        if self.remaining > 0 {
            resize(conn, NORMAL);
        }
        self.remaining = 0;
    }
}

fn resize(conn: &mut Conn, kibibytes: u32) {
    if let Err(cause) = conn.batch_execute(&format!("PRAGMA cache_size = -{kibibytes}")) {
        tracing::warn!(%cause, "the cache of the writer keeps its size");
    }
}

#[cfg(test)]
mod tests {
    use diesel::dsl::sql;
    use diesel::prelude::*;
    use diesel::sql_types::Integer;

    use super::*;

    #[test]
    fn it_is_large_while_steps_are_written_and_normal_again_after_them() {
        let conn = &mut Conn::Sqlite(SqliteConnection::establish(":memory:").unwrap());
        let size = "cache_size from pragma_cache_size";
        let size = |conn: &mut Conn| diesel::select(sql::<Integer>(size)).get_result::<i32>(conn);
        let mut cache = WriterCache::default();
        for _ in 0..2 {
            cache.fit(conn, true);
            assert_eq!(size(conn), Ok(-32_000));
            (1..ENDED_AFTER).for_each(|_| cache.fit(conn, false));
            assert_eq!(size(conn), Ok(-32_000));
            cache.fit(conn, false);
            assert_eq!(size(conn), Ok(-8_000));
        }
        cache.fit(conn, true);
        cache.shrink(conn);
        assert_eq!(size(conn), Ok(-8_000));
    }
}
