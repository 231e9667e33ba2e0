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
