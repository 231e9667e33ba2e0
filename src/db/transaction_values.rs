//! Caches values for the time of a read transaction, so that nothing is read twice in it, and shares values between
//! transactions.
//!
//! Reference data (statuses, their roles and replacements, users) changes rarely and is needed by nearly every page. SQLite
//! counts its changes in one row, in the transaction that changes them; a value that was read at one count is valid in
//! every transaction that sees the same count. PostgreSQL has no such row, and reads the values each time. Reads of SQLite
//! also share caches, in which the callers decide how long a value is valid.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use diesel::sql_types::BigInt;
use parking_lot::Mutex;

use super::conn::Conn;
use super::sql_text::SqlText;
use crate::error::Result;

tokio::task_local! {
    static CURRENT: RefCell<TransactionValues>;
}

type SharedValue = Arc<dyn Any + Send + Sync>;

/// The values that transactions share.
#[derive(Default)]
pub(super) struct SharedValues {
    /// Reference data by the function that reads it, and the count of changes that it was read at.
    reference: Mutex<HashMap<TypeId, (i64, SharedValue)>>,
    /// The caches of reads, by their type.
    caches: Mutex<HashMap<TypeId, SharedValue>>,
}

/// The values of the transaction on this thread.
struct TransactionValues {
    shared: Arc<SharedValues>,
    /// In a read transaction, the values that were read. A write has none, since it may change what it reads.
    values: Option<HashMap<TypeId, Box<dyn Any>>>,
    /// In a write transaction, the count of committed changes: its own changes may be rolled back.
    committed: Option<i64>,
}

/// Runs the work of one read transaction.
pub(super) fn in_read<T>(shared: &Arc<SharedValues>, work: impl FnOnce() -> T) -> T {
    let current = TransactionValues {
        shared: shared.clone(),
        values: Some(HashMap::new()),
        committed: None,
    };
    CURRENT.sync_scope(RefCell::new(current), work)
}

/// Runs the work of one write transaction of SQLite, which has just begun on `conn`.
pub(super) fn in_write<T>(
    shared: &Arc<SharedValues>,
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> T,
) -> T {
    // Without the count nothing is shared, and the work itself gets the error of the database.
    let Ok(committed) = reference_version(conn) else {
        return work(conn);
    };
    let current = TransactionValues {
        shared: shared.clone(),
        values: None,
        committed: Some(committed),
    };
    CURRENT.sync_scope(RefCell::new(current), || work(conn))
}

/// Returns what `load` reads, and calls it once in a read transaction. `load` must be a function without captured values,
/// since it is the key.
///
/// # Errors
/// Returns the errors of `load`.
pub fn read_once<T, F>(conn: &mut Conn, load: F) -> Result<Arc<T>>
where
    T: 'static,
    F: FnOnce(&mut Conn) -> Result<T> + 'static,
{
    const { assert!(size_of::<F>() == 0, "a key has no values") };
    let key = TypeId::of::<F>();
    let cached = CURRENT.try_with(|current| {
        let current = current.borrow();
        current.values.as_ref()?.get(&key)?.downcast_ref().cloned()
    });
    if let Ok(Some(value)) = cached {
        return Ok(value);
    }
    let value = Arc::new(load(conn)?);
    let _ = CURRENT.try_with(|current| {
        let values = &mut current.borrow_mut().values;
        let values = values.as_mut();
        values.map(|values| values.insert(key, Box::new(value.clone())));
    });
    Ok(value)
}

/// Returns what `load` reads, which must be reference data alone. Transactions of SQLite share it until the reference data
/// changes. It is nothing on PostgreSQL, and in a write that has changed the reference data. `load` must be a function
/// without captured values, since it is the key.
///
/// # Errors
/// Returns the errors of `load`.
pub fn shared_reference_data<T, F>(conn: &mut Conn, load: F) -> Result<Option<Arc<T>>>
where
    T: Send + Sync + 'static,
    F: FnOnce(&mut Conn) -> Result<T> + 'static,
{
    const { assert!(size_of::<F>() == 0, "a key has no values") };
    let current = CURRENT.try_with(|current| {
        let current = current.borrow();
        (current.shared.clone(), current.committed)
    });
    let (Ok((shared, committed)), Conn::Sqlite(_)) = (current, &*conn) else {
        return Ok(None);
    };
    let (key, version) = (TypeId::of::<F>(), *read_once(conn, reference_version)?);
    if committed.is_some_and(|committed| committed != version) {
        return Ok(None);
    }
    let cached = shared.reference.lock().get(&key).cloned();
    if let Some((_, value)) = cached.filter(|(read_at, _)| *read_at == version) {
        return Ok(value.downcast().ok());
    }
    let value = Arc::new(load(conn)?);
    shared
        .reference
        .lock()
        .insert(key, (version, value.clone()));
    Ok(Some(value))
}

/// Returns what `load` reads, which must be reference data alone: shared, if [`shared_reference_data`] can, else read.
///
/// # Errors
/// Returns the errors of `load`.
pub fn read_reference_data<T, F>(conn: &mut Conn, load: F) -> Result<T>
where
    T: Clone + Send + Sync + 'static,
    F: FnOnce(&mut Conn) -> Result<T> + Copy + 'static,
{
    match shared_reference_data(conn, load)? {
        Some(shared) => Ok(T::clone(&shared)),
        None => load(conn),
    }
}

/// The cache of this type that the reads of an SQLite database share; nothing on PostgreSQL, and in a write, whose changes
/// may be rolled back.
pub fn shared_read_cache<T: Default + Send + Sync + 'static>(conn: &Conn) -> Option<Arc<T>> {
    let shared = CURRENT.try_with(|current| {
        let current = current.borrow();
        current.values.is_some().then(|| current.shared.clone())
    });
    let (Ok(Some(shared)), Conn::Sqlite(_)) = (shared, conn) else {
        return None;
    };
    let mut caches = shared.caches.lock();
    let cache = caches
        .entry(TypeId::of::<T>())
        .or_insert_with(|| Arc::new(T::default()));
    cache.clone().downcast().ok()
}

fn reference_version(conn: &mut Conn) -> Result<i64> {
    let versions = SqlText::new("select version from reference_version");
    let versions: Vec<i64> = versions.load::<BigInt, _>(conn)?;
    Ok(versions.first().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};

    /// A database with reference data: the name of one thing.
    fn database() -> Conn {
        let mut conn = SqliteConnection::establish(":memory:").expect("a database in memory");
        let tables = "create table reference_version (version bigint not null);
             insert into reference_version values (1);
             create table things (size bigint not null);
             insert into things values (10);
             create trigger things_update after update on things
             begin update reference_version set version = version + 1; end;";
        conn.batch_execute(tables).expect("tables");
        Conn::Sqlite(conn)
    }

    fn run(conn: &mut Conn, sql: &str) {
        conn.batch_execute(sql).expect("a statement");
    }

    fn load_size(conn: &mut Conn) -> Result<i64> {
        let sizes = SqlText::new("select size from things");
        Ok(sizes.load::<BigInt, i64>(conn)?[0])
    }

    /// The size, if it is shared.
    fn shared_size(conn: &mut Conn) -> Option<i64> {
        let size = shared_reference_data(conn, load_size).expect("a size");
        size.map(|size| *size)
    }

    #[test]
    fn reads_share_reference_data_until_its_count_of_changes_is_another() {
        let (shared, mut conn) = (Arc::default(), database());
        let read = |conn: &mut Conn| in_read(&shared, || shared_size(conn));
        assert_eq!(read(&mut conn), Some(10));
        // Nothing counts this change, so it is not seen.
        run(
            &mut conn,
            "drop trigger things_update; update things set size = 11",
        );
        assert_eq!(read(&mut conn), Some(10));
        run(&mut conn, "update reference_version set version = 2");
        assert_eq!(read(&mut conn), Some(11));
        assert_eq!(shared_size(&mut conn), None, "outside a transaction");
    }

    #[test]
    fn a_write_sees_its_own_changes_and_shares_none_of_them() {
        let (shared, mut conn) = (Arc::default(), database());
        run(&mut conn, "begin");
        in_write(&shared, &mut conn, |conn| {
            assert_eq!(shared_size(conn), Some(10));
            run(conn, "savepoint one; update things set size = 11");
            assert_eq!(
                (shared_size(conn), read_reference_data(conn, load_size).ok()),
                (None, Some(11))
            );
            run(conn, "rollback to one");
            assert_eq!(shared_size(conn), Some(10));
            run(conn, "update things set size = 12");
            assert_eq!(shared_size(conn), None);
        });
        run(&mut conn, "commit");
        assert_eq!(in_read(&shared, || shared_size(&mut conn)), Some(12));
    }

    #[test]
    fn a_read_asks_once_and_a_write_each_time() {
        let (shared, mut conn) = (Arc::default(), database());
        let twice = |conn: &mut Conn| {
            let first = *read_once(conn, load_size).expect("a size");
            run(conn, "update things set size = size + 1");
            (first, *read_once(conn, load_size).expect("a size"))
        };
        assert_eq!(in_read(&shared, || twice(&mut conn)), (10, 10));
        assert_eq!(in_write(&shared, &mut conn, twice), (11, 12));
        assert_eq!(twice(&mut conn), (12, 13));
    }

    #[test]
    fn reads_share_a_cache_that_writes_never_see() {
        let (shared, mut conn) = (Arc::default(), database());
        let cache = |conn: &mut Conn| shared_read_cache::<Mutex<i64>>(conn);
        let first = in_read(&shared, || cache(&mut conn)).expect("a cache");
        *first.lock() = 7;
        let again = in_read(&shared, || cache(&mut conn)).expect("a cache");
        assert_eq!(*again.lock(), 7);
        assert!(in_write(&shared, &mut conn, cache).is_none());
        assert!(cache(&mut conn).is_none(), "outside a transaction");
    }
}
