//! The locks of PostgreSQL, taken in one order, so that two transactions never wait for each other.
//!
//! | rank | what | how |
//! |---|---|---|
//! | 1 | the subject of a piece of work: an `Idempotency-Key`, the row of an import, of a replacement or of a bulk action | first of all, one for each transaction |
//! | 2 | the pipeline: everything that changes statuses | [`pipeline`] |
//! | 3 | the roles of statuses | [`roles`] to change them, [`default_role`] to make a lead where new leads start |
//! | 4 | statuses, by ascending id | [`statuses`] |
//! | 5 | leads, by ascending id | [`leads`], [`leads_in`] |
//! | 6 | rows that are reached through a locked lead (visits, notes), and counters | not locked by themselves |
//!
//! A change first takes its locks, then reads, then writes. Values that were read before the locks only decide what to
//! lock. Locks end with their transaction; a lock that is held already is not taken again. SQLite has one writer and takes
//! none of them, but the order is checked there too: in a build with debug assertions a lock out of order is an error, so
//! every test is a test of the order.
//!
//! A transaction of accounts locks rows of `users` (administrators by ascending id, then one user) and none of the
//! above. Foreign keys lock the row they point at with `FOR KEY SHARE`, which only `FOR UPDATE` excludes: users are
//! locked with `FOR NO KEY UPDATE`, so that no write of a lead waits for them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::schema::{lead_status_roles, lead_statuses, leads as lead_rows};
use super::{Conn, MAX_VALUES};
use crate::error::{Error, Result};

/// The class of the advisory lock for [`pipeline`]; counters have 1279524866, in their migration.
const PIPELINE: i32 = 0x4c44_0001;

/// Ranks 2 to 5 of the table above. A transaction that shares the default role can't lock all roles any more: two such
/// transactions would wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LockRank {
    Pipeline,
    Roles,
    DefaultRole,
    Statuses,
    Leads,
}

/// How a status is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It stays in use and of its kind, while other transactions may share it, and name and position may change: for
    /// leads that enter it.
    Shared,
    /// No other transaction locks it: to archive, delete or replace it, or to change its kind.
    Exclusive,
}

/// The locks that the transaction on this thread holds.
#[derive(Default)]
struct HeldLocks {
    ranks: BTreeSet<LockRank>,
    statuses: BTreeMap<i64, Strength>,
    leads: BTreeSet<i64>,
    /// Leads that the transaction has made itself, which no other transaction sees.
    created: BTreeSet<i64>,
}

thread_local! {
    static HELD: RefCell<HeldLocks> = RefCell::default();
}

/// Forgets the locks of the last transaction on this thread.
pub(super) fn clear() {
    HELD.take();
}

/// Records that a lock is about to be taken.
///
/// # Errors
/// Returns an error if it is out of order, in a build with debug assertions.
fn check_order(rank: LockRank, is_ascending: bool) -> Result<()> {
    HELD.with_borrow_mut(|held| {
        let last = held.ranks.last().copied();
        held.ranks.insert(rank);
        let is_ordered = is_ascending && last.is_none_or(|last| last <= rank);
        match is_ordered || !cfg!(debug_assertions) {
            true => Ok(()),
            false => Err(Error::Internal(format!(
                "a lock of {rank:?} out of order, after {last:?}"
            ))),
        }
    })
}

fn holds(rank: LockRank) -> bool {
    HELD.with_borrow(|held| held.ranks.contains(&rank))
}

/// Lets only one transaction with this key run at a time.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn idempotency_key(conn: &mut Conn, key: &str) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(key)
            .execute(conn)?;
    }
    Ok(())
}

/// Lets only one transaction that changes statuses run at a time. It is not a lock of the table, which would wait for
/// maintenance of the database.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn pipeline(conn: &mut Conn) -> Result<()> {
    if holds(LockRank::Pipeline) {
        return Ok(());
    }
    check_order(LockRank::Pipeline, true)?;
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute(&format!("select pg_advisory_xact_lock({PIPELINE}, 0)"))?;
    }
    Ok(())
}

/// Locks the roles until the transaction ends: no other transaction changes or reads them for a change.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn roles(conn: &mut Conn) -> Result<()> {
    if holds(LockRank::Roles) {
        return Ok(());
    }
    check_order(LockRank::Roles, true)?;
    if let Conn::Postgres(conn) = conn {
        let rows = lead_status_roles::table.order(lead_status_roles::role);
        let rows = rows.select(lead_status_roles::role).for_update();
        let _: Vec<String> = rows.load(conn)?;
    }
    Ok(())
}

/// Locks the role of the status where new leads start against changes; transactions share this lock.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn default_role(conn: &mut Conn) -> Result<()> {
    if holds(LockRank::Roles) || holds(LockRank::DefaultRole) {
        return Ok(());
    }
    check_order(LockRank::DefaultRole, true)?;
    if let Conn::Postgres(conn) = conn {
        let row = lead_status_roles::table.find("default");
        let row = row.select(lead_status_roles::role).for_share();
        let _: Option<String> = row.first(conn).optional()?;
    }
    Ok(())
}

/// Locks statuses until the transaction ends; ids that don't exist are left out.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn statuses(conn: &mut Conn, requested: &[(i64, Strength)]) -> Result<()> {
    let (missing, is_ascending) = HELD.with_borrow_mut(|held| {
        let last = held.statuses.keys().next_back().copied();
        let mut missing: BTreeMap<i64, Strength> = BTreeMap::new();
        for (id, strength) in requested {
            if held.statuses.get(id).is_none_or(|held| held < strength) {
                let strongest = missing.entry(*id).or_insert(*strength);
                *strongest = (*strongest).max(*strength);
            }
        }
        held.statuses.extend(&missing);
        let first = missing.keys().next();
        let is_ascending = first.is_none_or(|first| last.is_none_or(|last| last < *first));
        (missing.into_iter().collect::<Vec<_>>(), is_ascending)
    });
    if missing.is_empty() {
        return Ok(());
    }
    check_order(LockRank::Statuses, is_ascending)?;
    let Conn::Postgres(conn) = conn else {
        return Ok(());
    };
    for run in missing.chunk_by(|one, next| one.1 == next.1) {
        let ids: Vec<i64> = run.iter().map(|(id, _)| *id).collect();
        let rows = lead_statuses::table.filter(lead_statuses::id.eq_any(ids));
        let rows = rows.order(lead_statuses::id).select(lead_statuses::id);
        let _: Vec<i64> = match run[0].1 {
            Strength::Shared => rows.for_key_share().load(conn)?,
            Strength::Exclusive => rows.for_update().load(conn)?,
        };
    }
    Ok(())
}

/// Locks leads until the transaction ends. Ids that don't exist are left out.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn leads(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    let missing = record_leads(ids)?;
    let Conn::Postgres(conn) = conn else {
        return Ok(());
    };
    for chunk in missing.chunks(MAX_VALUES) {
        let rows = lead_rows::table.filter(lead_rows::id.eq_any(chunk.to_vec()));
        let rows = rows.order(lead_rows::id).select(lead_rows::id);
        let _: Vec<i64> = rows.for_update().load(conn)?;
    }
    Ok(())
}

/// Records that the caller locks a lead by the statement that reads it. False if this transaction has locked or made the
/// lead before, so that it needs no lock.
///
/// # Errors
/// Returns an error if it is out of order, in a build with debug assertions.
pub fn record_lead(id: i64) -> Result<bool> {
    Ok(!record_leads(&[id])?.is_empty())
}

/// Records that this transaction has made a lead, which needs no lock.
pub fn record_created_lead(id: i64) {
    HELD.with_borrow_mut(|held| held.created.insert(id));
}

/// Records that these leads are locked; returns those that were not, by id.
fn record_leads(ids: &[i64]) -> Result<Vec<i64>> {
    let (missing, is_ascending) = HELD.with_borrow_mut(|held| {
        let last = held.leads.last().copied();
        let mut missing: Vec<i64> = ids.to_vec();
        missing.retain(|id| !held.leads.contains(id) && !held.created.contains(id));
        missing.sort_unstable();
        held.leads.extend(&missing);
        let first = missing.first();
        let is_ascending = first.is_none_or(|first| last.is_none_or(|last| last < *first));
        (missing, is_ascending)
    });
    if !missing.is_empty() {
        check_order(LockRank::Leads, is_ascending)?;
    }
    Ok(missing)
}

/// Locks at most `limit` leads in these statuses, in the bin or not, until the transaction ends, and returns their ids.
/// A lead that was moved elsewhere while we waited is left out.
///
/// # Errors
/// Returns an error if the database can't take the lock.
pub fn leads_in(conn: &mut Conn, status_ids: &[i64], limit: i64) -> Result<Vec<i64>> {
    let rows = lead_rows::table
        .filter(lead_rows::status_id.eq_any(status_ids.to_vec()))
        .select(lead_rows::id)
        .limit(limit);
    let mut ids: Vec<i64> = match conn {
        // Its index of statuses is not in the order of ids: sorting all would take longer than moving some.
        Conn::Sqlite(conn) => rows.load(conn)?,
        Conn::Postgres(conn) => rows.order(lead_rows::id).for_update().load(conn)?,
    };
    ids.sort_unstable();
    record_leads(&ids)?;
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use diesel::SqliteConnection;

    use super::*;

    const SHARED: Strength = Strength::Shared;
    const EXCLUSIVE: Strength = Strength::Exclusive;

    /// A transaction that begins now, where no lock is waited for.
    fn transaction() -> Conn {
        clear();
        Conn::Sqlite(SqliteConnection::establish(":memory:").unwrap())
    }

    fn is_refused(taken: Result<()>) -> bool {
        matches!(taken, Err(Error::Internal(cause)) if cause.contains("out of order"))
    }

    #[test]
    fn locks_are_taken_by_rank_and_by_id() {
        let conn = &mut transaction();
        pipeline(conn).unwrap();
        roles(conn).unwrap();
        statuses(conn, &[(7, SHARED), (3, EXCLUSIVE)]).unwrap();
        statuses(conn, &[(9, SHARED)]).unwrap();
        leads(conn, &[5, 2]).unwrap();
        leads(conn, &[8]).unwrap();
        assert!(is_refused(leads(conn, &[4])));
        assert!(is_refused(statuses(conn, &[(10, SHARED)])));
    }

    #[test]
    fn a_lock_that_is_held_is_not_taken_again() {
        let conn = &mut transaction();
        pipeline(conn).unwrap();
        statuses(conn, &[(3, EXCLUSIVE), (4, SHARED)]).unwrap();
        leads(conn, &[2, 5]).unwrap();
        statuses(conn, &[(3, SHARED), (4, SHARED)]).unwrap();
        leads(conn, &[2]).unwrap();
        pipeline(conn).unwrap();
        assert!(
            is_refused(statuses(conn, &[(4, EXCLUSIVE)])),
            "two who hold it would both wait"
        );
    }

    #[test]
    fn a_lock_of_a_lower_rank_is_refused_later() {
        for later in [pipeline, roles, default_role] {
            let conn = &mut transaction();
            statuses(conn, &[(1, SHARED)]).unwrap();
            assert!(is_refused(later(conn)));
        }
        let conn = &mut transaction();
        default_role(conn).unwrap();
        assert!(is_refused(roles(conn)));
        clear();
        statuses(conn, &[(2, SHARED)]).unwrap();
        assert!(is_refused(statuses(conn, &[(1, SHARED)])));
        clear();
        statuses(conn, &[(1, SHARED)]).unwrap();
    }
}
