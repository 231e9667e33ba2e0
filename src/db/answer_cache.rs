//! A cache of answers. SQLite reports at little cost whether any connection, of this process or another, has committed: an
//! answer is valid until then, and within one second of the clock. PostgreSQL has no such cheap query, so nothing is
//! cached there.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use diesel::sql_types::BigInt;
use quick_cache::Weighter;

use super::conn::{Conn, Connector};
use super::database_url::DatabaseUrl;
use super::sql_text::SqlText;

/// Bytes in the cache at most.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Larger values are not cached.
const MAX_VALUE_BYTES: usize = 512 * 1024;
/// Roughly what an entry takes beside its key and value.
const OVERHEAD: usize = 512;
/// How many entries are expected, which decides how finely the cache is divided.
const ENTRIES: usize = 128;
/// How long the version is waited for: the query takes microseconds, unless the disk is slow.
const VERSION_TIMEOUT: Duration = Duration::from_millis(2);

/// What an answer depends on beside the data and the second.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    /// The hash of the credential: an answer is for one session or token.
    pub credential: String,
    /// The path and query of the request.
    pub address: String,
    /// The representation of the answer: the language of the browser and the form token of a page.
    pub representation: String,
}

/// The state of the database at one moment: equal versions, equal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DataVersion(i64);

/// Caches values, each for one version of the data and one second: leads become stuck as time passes.
pub(super) struct VersionedCache {
    /// A connection for the version alone, whose number has no meaning on any other.
    watcher: Option<parking_lot::Mutex<Conn>>,
    entries: quick_cache::sync::Cache<CacheKey, Entry, EntryWeighter>,
}

#[derive(Clone)]
struct Entry {
    version: DataVersion,
    second: i64,
    value: Arc<dyn Any + Send + Sync>,
    bytes: usize,
}

#[derive(Clone)]
struct EntryWeighter;

impl Weighter<CacheKey, Entry> for EntryWeighter {
    fn weight(&self, key: &CacheKey, entry: &Entry) -> u64 {
        let key = key.credential.len() + key.address.len() + key.representation.len();
        u64::try_from(key + entry.bytes + OVERHEAD).unwrap_or(u64::MAX)
    }
}

impl VersionedCache {
    /// A cache over the database at `url`; it stays empty without a connection, and on PostgreSQL.
    pub(super) fn over(url: &DatabaseUrl) -> VersionedCache {
        let watcher = match url {
            DatabaseUrl::Sqlite(_) => Connector::reader(url).establish().ok(),
            DatabaseUrl::Postgres(_) => None,
        };
        VersionedCache {
            watcher: watcher.map(parking_lot::Mutex::new),
            entries: quick_cache::sync::Cache::with_weighter(ENTRIES, MAX_BYTES, EntryWeighter),
        }
    }

    /// The version of the data now; nothing if it can't be read at once.
    pub(super) fn version(&self) -> Option<DataVersion> {
        let mut watcher = self.watcher.as_ref()?.try_lock_for(VERSION_TIMEOUT)?;
        let version = SqlText::new("PRAGMA data_version").load::<BigInt, _>(&mut watcher);
        version.ok()?.first().copied().map(DataVersion)
    }

    /// The value of `key` for this version and second.
    pub(super) fn get<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: &CacheKey,
        second: i64,
    ) -> Option<Arc<T>> {
        let entry = self.entries.get(key)?;
        let is_current = (entry.version, entry.second) == (version, second);
        is_current.then_some(entry.value)?.downcast().ok()
    }

    /// Caches a value of about `bytes` that was read after `version`.
    pub(super) fn insert<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: CacheKey,
        second: i64,
        value: Arc<T>,
        bytes: usize,
    ) {
        if bytes <= MAX_VALUE_BYTES {
            let entry = Entry {
                version,
                second,
                value,
                bytes,
            };
            self.entries.insert(key, entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> CacheKey {
        CacheKey {
            credential: String::new(),
            address: address.into(),
            representation: String::new(),
        }
    }

    fn cache() -> VersionedCache {
        VersionedCache::over(&DatabaseUrl::Postgres(String::new()))
    }

    #[test]
    fn an_entry_holds_for_its_version_and_its_second() {
        let cache = cache();
        cache.insert(DataVersion(1), key("list"), 7, Arc::new(5u8), 1);
        let get = |version, address, second| {
            cache
                .get::<u8>(DataVersion(version), &key(address), second)
                .as_deref()
                .copied()
        };
        assert_eq!(get(1, "list", 7), Some(5));
        for (version, address, second) in [(2, "list", 7), (1, "list", 8), (1, "board", 7)] {
            assert_eq!(get(version, address, second), None);
        }
        cache.insert(DataVersion(2), key("list"), 7, Arc::new(6u8), 1);
        assert_eq!((get(1, "list", 7), get(2, "list", 7)), (None, Some(6)));
    }

    #[test]
    fn bytes_are_bounded_and_counted_once_per_key() {
        let cache = cache();
        let insert = |address: &str, bytes| {
            cache.insert(DataVersion(1), key(address), 7, Arc::new(0u8), bytes);
        };
        insert("large", MAX_VALUE_BYTES + 1);
        assert_eq!(cache.entries.weight(), 0);
        insert("page", 1_000);
        let once = cache.entries.weight();
        insert("page", 1_000);
        assert_eq!(cache.entries.weight(), once);
        for n in 0..100 {
            insert(&n.to_string(), MAX_VALUE_BYTES);
            assert!(cache.entries.weight() <= MAX_BYTES);
        }
        let last = cache.get::<u8>(DataVersion(1), &key("99"), 7);
        assert!(last.is_some(), "the newest is in the cache");
    }
}
