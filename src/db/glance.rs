//! What was read a moment ago and still holds. SQLite tells for next to nothing whether any connection, of this
//! process or another, has committed since; as long as none has, an answer that was read once is the answer.
//! On PostgreSQL nothing is remembered: there is no such cheap question.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::conn::{Conn, DatabaseUrl, Manager};

/// Bytes remembered at most; when they are full, everything is forgotten.
const ROOM: usize = 8 * 1024 * 1024;
/// Larger values are not remembered at all.
const LARGEST: usize = 512 * 1024;
/// How long the version is waited for: another who asks for it is done within microseconds, unless the disk is.
const PATIENCE: Duration = Duration::from_millis(2);
/// What an entry takes beside its value, roughly.
const OVERHEAD: usize = 512;

/// The state of the database at one moment: equal versions, equal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataVersion(i64);

/// Remembers values for one version of the data.
#[derive(Default)]
pub(super) struct Glance {
    /// A connection that only ever asks for the version: the number means something on it alone.
    watcher: Option<parking_lot::Mutex<Conn>>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    version: Option<DataVersion>,
    values: HashMap<String, Remembered>,
    taken: usize,
}

struct Remembered {
    value: Arc<dyn Any + Send + Sync>,
    weight: usize,
}

impl Memory {
    fn remember(&mut self, key: String, remembered: Remembered) {
        if self.taken + remembered.weight > ROOM {
            self.values.clear();
            self.taken = 0;
        }
        self.taken += remembered.weight;
        if let Some(before) = self.values.insert(key, remembered) {
            self.taken -= before.weight;
        }
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

impl Glance {
    /// Watches the database at `url`; without a connection, nothing is remembered.
    pub(super) fn over(url: &DatabaseUrl) -> Glance {
        let watcher = match url {
            DatabaseUrl::Sqlite(_) => Manager::reader(url)
                .establish()
                .ok()
                .map(parking_lot::Mutex::new),
            DatabaseUrl::Postgres(_) => None,
        };
        Glance {
            watcher,
            memory: Mutex::default(),
        }
    }

    /// The version of the data now; nothing if it can't be told at once.
    pub(super) fn version(&self) -> Option<DataVersion> {
        let mut watcher = self.watcher.as_ref()?.try_lock_for(PATIENCE)?;
        let row: Row = diesel::sql_query("PRAGMA data_version")
            .get_result(&mut *watcher)
            .ok()?;
        Some(DataVersion(row.data_version))
    }

    /// What is remembered under `key` for this version.
    pub(super) fn recall<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: &str,
    ) -> Option<Arc<T>> {
        let memory = self.memory(version)?;
        memory.values.get(key)?.value.clone().downcast().ok()
    }

    /// Remembers a value of about `weight` bytes that was read after `version` was seen.
    pub(super) fn remember<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: String,
        value: Arc<T>,
        weight: usize,
    ) {
        if weight > LARGEST {
            return;
        }
        if let Some(mut memory) = self.memory(version) {
            let weight = weight + OVERHEAD;
            memory.remember(key, Remembered { value, weight });
        }
    }

    /// The memory for this version; what belongs to another is forgotten first.
    fn memory(&self, version: DataVersion) -> Option<MutexGuard<'_, Memory>> {
        let mut memory = self.memory.lock().ok()?;
        if memory.version != Some(version) {
            *memory = Memory {
                version: Some(version),
                ..Memory::default()
            };
        }
        Some(memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_again_takes_its_place_once() {
        let mut memory = Memory::default();
        let of = |weight: usize| Remembered {
            value: Arc::new(weight),
            weight,
        };
        memory.remember("other".into(), of(LARGEST));
        for _ in 0..2 * ROOM / LARGEST {
            memory.remember("page".into(), of(LARGEST));
        }
        assert!(memory.values.contains_key("other"), "it evicted the others");
        assert_eq!(memory.taken, 2 * LARGEST);
        memory.remember("page".into(), of(1));
        assert_eq!(memory.taken, LARGEST + 1);
        for n in 0..ROOM / LARGEST {
            memory.remember(n.to_string(), of(LARGEST));
        }
        let weights = memory.values.values().map(|value| value.weight);
        assert_eq!(memory.taken, weights.sum::<usize>());
        assert!(memory.taken <= ROOM && !memory.values.contains_key("other"));
    }
}
