//! The locks of PostgreSQL, all taken here and in one order, so that two transactions never wait for each other.
//!
//! | rank | what | how |
//! |---|---|---|
//! | 1 | what a piece of work is about: an `Idempotency-Key`, the row of an import or of a replacement | first of all, one for each transaction |
//! | 2 | the pipeline: everything that changes statuses | [`pipeline`] |
//! | 3 | who holds the roles | [`roles`] to change them, [`default_role`] to make a lead where new leads start |
//! | 4 | statuses, by ascending id | [`statuses`] |
//! | 5 | leads, by ascending id | [`leads`], [`leads_in`] |
//! | 6 | rows that are reached through a lead that is held (visits, notes), and counters | nobody waits for these |
//!
//! Whoever changes something first takes its locks, then reads, then writes. What was read before says only what to
//! lock. Locks end with their transaction; a lock that is held already is not taken again. SQLite has one writer and
//! takes none of them, but the order is checked there too: in a build with debug assertions a lock out of order is an
//! error, so every test is a test of the order.
//!
//! A transaction of accounts locks rows of `users` (administrators by ascending id, then one user) and none of the
//! above. Foreign keys lock the row they point at with `FOR KEY SHARE`, which only `FOR UPDATE` excludes: users are
//! held with `FOR NO KEY UPDATE`, so that nobody who writes a lead waits for them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Conn;
use super::schema::{lead_status_roles, lead_statuses, leads as lead_rows};
use crate::error::{Error, Result};

/// The class of advisory locks for [`pipeline`] and [`key`]; counters have 1279524866, in their migration.
const PIPELINE: i32 = 0x4c44_0001;
/// The most rows of one statement.
const CHUNK: usize = 500;

/// Ranks 2 to 5. Whoever shares the default role can't ask for all roles any more: two who did would wait for each
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Pipeline,
    Roles,
    DefaultRole,
    Statuses,
    Leads,
}

/// How a status is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It stays in use and of its kind, while others may hold it too, and name and position may change: for leads that
    /// enter it.
    Shared,
    /// Nobody else holds it: to archive, delete or replace it, or to change its kind.
    Exclusive,
}

/// What the transaction on this thread holds.
#[derive(Default)]
struct Held {
    ranks: BTreeSet<Rank>,
    statuses: BTreeMap<i64, Strength>,
    leads: BTreeSet<i64>,
    /// Leads that it made itself: nobody else can see them.
    made: BTreeSet<i64>,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::default();
}

/// A transaction begins on this thread, and holds nothing yet.
pub(super) fn forget() {
    HELD.take();
}

/// Notes that a lock is about to be taken.
///
/// # Errors
/// With debug assertions, if it is out of order.
fn enter(rank: Rank, is_ascending: bool) -> Result<()> {
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

fn holds(rank: Rank) -> bool {
    HELD.with_borrow(|held| held.ranks.contains(&rank))
}

/// Lets calls with the same key in one by one.
///
/// # Errors
/// If the database can't.
pub fn key(conn: &mut Conn, key: &str) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(key)
            .execute(conn)?;
    }
    Ok(())
}

/// Lets those who change statuses in one by one. It is no lock of the table, which would wait for maintenance of the
/// database.
///
/// # Errors
/// If the database can't.
pub fn pipeline(conn: &mut Conn) -> Result<()> {
    if holds(Rank::Pipeline) {
        return Ok(());
    }
    enter(Rank::Pipeline, true)?;
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute(&format!("select pg_advisory_xact_lock({PIPELINE}, 0)"))?;
    }
    Ok(())
}

/// Keeps every role with who holds it, and lets nobody else ask who does until the transaction ends.
///
/// # Errors
/// If the database can't.
pub fn roles(conn: &mut Conn) -> Result<()> {
    if holds(Rank::Roles) {
        return Ok(());
    }
    enter(Rank::Roles, true)?;
    if let Conn::Postgres(conn) = conn {
        let rows = lead_status_roles::table.order(lead_status_roles::role);
        let rows = rows.select(lead_status_roles::role).for_update();
        let _: Vec<String> = rows.load(conn)?;
    }
    Ok(())
}

/// Keeps the role that says where new leads start with the status that holds it, while others may do the same.
///
/// # Errors
/// If the database can't.
pub fn default_role(conn: &mut Conn) -> Result<()> {
    if holds(Rank::Roles) || holds(Rank::DefaultRole) {
        return Ok(());
    }
    enter(Rank::DefaultRole, true)?;
    if let Conn::Postgres(conn) = conn {
        let row = lead_status_roles::table.find("default");
        let row = row.select(lead_status_roles::role).for_share();
        let _: Option<String> = row.first(conn).optional()?;
    }
    Ok(())
}

/// Holds statuses until the transaction ends; those that don't exist are left out.
///
/// # Errors
/// If the database can't.
pub fn statuses(conn: &mut Conn, asked: &[(i64, Strength)]) -> Result<()> {
    let (wanted, is_ascending) = HELD.with_borrow_mut(|held| {
        let last = held.statuses.keys().next_back().copied();
        let mut wanted: BTreeMap<i64, Strength> = BTreeMap::new();
        for (id, strength) in asked {
            if held.statuses.get(id).is_none_or(|held| held < strength) {
                let strongest = wanted.entry(*id).or_insert(*strength);
                *strongest = (*strongest).max(*strength);
            }
        }
        held.statuses.extend(&wanted);
        let first = wanted.keys().next();
        let is_ascending = first.is_none_or(|first| last.is_none_or(|last| last < *first));
        (wanted.into_iter().collect::<Vec<_>>(), is_ascending)
    });
    if wanted.is_empty() {
        return Ok(());
    }
    enter(Rank::Statuses, is_ascending)?;
    let Conn::Postgres(conn) = conn else {
        return Ok(());
    };
    for run in wanted.chunk_by(|one, next| one.1 == next.1) {
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

/// Holds leads until the transaction ends: nobody else changes them. Those that don't exist are left out.
///
/// # Errors
/// If the database can't.
pub fn leads(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    let wanted = note_leads(ids)?;
    let Conn::Postgres(conn) = conn else {
        return Ok(());
    };
    for chunk in wanted.chunks(CHUNK) {
        let rows = lead_rows::table.filter(lead_rows::id.eq_any(chunk.to_vec()));
        let rows = rows.order(lead_rows::id).select(lead_rows::id);
        let _: Vec<i64> = rows.for_update().load(conn)?;
    }
    Ok(())
}

/// Notes that this transaction has made a lead, which needs no lock.
pub fn lead_made(id: i64) {
    HELD.with_borrow_mut(|held| held.made.insert(id));
}

/// Notes that these leads are held; returns those that were not, by id.
fn note_leads(ids: &[i64]) -> Result<Vec<i64>> {
    let (wanted, is_ascending) = HELD.with_borrow_mut(|held| {
        let last = held.leads.last().copied();
        let mut wanted: Vec<i64> = ids.to_vec();
        wanted.retain(|id| !held.leads.contains(id) && !held.made.contains(id));
        wanted.sort_unstable();
        held.leads.extend(&wanted);
        let first = wanted.first();
        let is_ascending = first.is_none_or(|first| last.is_none_or(|last| last < *first));
        (wanted, is_ascending)
    });
    if !wanted.is_empty() {
        enter(Rank::Leads, is_ascending)?;
    }
    Ok(wanted)
}

/// The ids of at most `limit` leads in these statuses, in the bin or not, held until the transaction ends. Whoever was
/// moved elsewhere while we waited is left out.
///
/// # Errors
/// If the database can't.
pub fn leads_in(conn: &mut Conn, status_ids: &[i64], limit: i64) -> Result<Vec<i64>> {
    let found = lead_rows::table
        .filter(lead_rows::status_id.eq_any(status_ids.to_vec()))
        .order(lead_rows::id)
        .select(lead_rows::id)
        .limit(limit);
    let ids = match conn {
        Conn::Sqlite(conn) => found.load(conn)?,
        Conn::Postgres(conn) => found.for_update().load(conn)?,
    };
    note_leads(&ids)?;
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use diesel::SqliteConnection;

    use super::*;

    const SHARED: Strength = Strength::Shared;
    const EXCLUSIVE: Strength = Strength::Exclusive;

    /// A transaction that begins now, where no lock is waited for.
    fn begun() -> Conn {
        forget();
        Conn::Sqlite(SqliteConnection::establish(":memory:").unwrap())
    }

    fn is_refused(taken: Result<()>) -> bool {
        matches!(taken, Err(Error::Internal(told)) if told.contains("out of order"))
    }

    #[test]
    fn locks_are_taken_by_rank_and_by_id() {
        let conn = &mut begun();
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
    fn what_is_held_is_not_taken_again() {
        let conn = &mut begun();
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
    fn what_comes_first_is_refused_later() {
        for later in [pipeline, roles, default_role] {
            let conn = &mut begun();
            statuses(conn, &[(1, SHARED)]).unwrap();
            assert!(is_refused(later(conn)));
        }
        let conn = &mut begun();
        default_role(conn).unwrap();
        assert!(is_refused(roles(conn)));
        forget();
        statuses(conn, &[(2, SHARED)]).unwrap();
        assert!(is_refused(statuses(conn, &[(1, SHARED)])));
        forget();
        statuses(conn, &[(1, SHARED)]).unwrap();
    }
}
