//! Figures about the leads of one status that reads share until a lead of that status changes. SQLite counts these changes
//! by status in the transaction that makes them, so a figure is right for each transaction that sees the same count.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use diesel::sql_types::BigInt;
use parking_lot::Mutex;

use crate::db::{Conn, SqlText, read_once, shared_read_cache};
use crate::error::Result;

/// The most figures of one type. One more empties the cache.
const MAX_FIGURES: usize = 10_000;

/// The changes that a figure was read after, and the figure, by status and `K`.
type Figures<K, V> = Mutex<HashMap<(i64, K), (i64, V)>>;

/// The cache of figures of type `V`, as one read transaction sees it.
pub(crate) struct StatusFigureCache<K, V> {
    /// The number of changes of leads by status.
    changes: Arc<HashMap<i64, i64>>,
    figures: Arc<Figures<K, V>>,
}

impl<K, V> StatusFigureCache<K, V>
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
    V: Copy + Send + Sync + 'static,
{
    /// The cache; nothing on PostgreSQL and in a write.
    ///
    /// # Errors
    /// Returns an error if the counts can't be read.
    pub(crate) fn of(conn: &mut Conn) -> Result<Option<StatusFigureCache<K, V>>> {
        let Some(figures) = shared_read_cache(conn) else {
            return Ok(None);
        };
        let changes = read_once(conn, load_changes)?;
        Ok(Some(StatusFigureCache { changes, figures }))
    }

    /// The figure of a status, if none of its leads has changed since.
    pub(crate) fn get(&self, status_id: i64, key: K) -> Option<V> {
        let figures = self.figures.lock();
        let (changes, figure) = figures.get(&(status_id, key))?;
        (*changes == self.changes_of(status_id)).then_some(*figure)
    }

    /// Keeps the figure of a status that this transaction has read.
    pub(crate) fn insert(&self, status_id: i64, key: K, figure: V) {
        let mut figures = self.figures.lock();
        if figures.len() >= MAX_FIGURES {
            figures.clear();
        }
        figures.insert((status_id, key), (self.changes_of(status_id), figure));
    }

    fn changes_of(&self, status_id: i64) -> i64 {
        self.changes.get(&status_id).copied().unwrap_or_default()
    }
}

fn load_changes(conn: &mut Conn) -> Result<HashMap<i64, i64>> {
    let changes = SqlText::new("select status_id, changes from lead_changes");
    let changes: Vec<(i64, i64)> = changes.load::<(BigInt, BigInt), _>(conn)?;
    Ok(changes.into_iter().collect())
}
