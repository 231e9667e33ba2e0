//! Imports that are under way, and those that were: who works on each, and how far it has come.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::audit::Actor;
use crate::clock::{Clock, Timestamp};
use crate::db::Conn;
use crate::db::schema::{import_jobs, import_left_out};
use crate::error::Result;
use crate::leads::Currency;
use crate::leads::exchange::What;
use crate::leads::import::{Counts, Done, Job, LeftOut, NewJob, Worker};

/// The most lines that are kept with why they were left out; further ones are counted.
const KEPT: i64 = 1_000;

#[derive(Queryable)]
struct Row {
    id: i64,
    user_id: Option<i64>,
    actor: String,
    request_id: String,
    batch_id: i64,
    subject: String,
    filename: String,
    file: String,
    places: String,
    currency: Option<String>,
    digest: Option<String>,
    started_at: Timestamp,
    rows_total: i64,
    rows_done: i64,
    units_done: i64,
    created: i64,
    changed: i64,
    same: i64,
    in_bin: i64,
    left_out: i64,
    problem: Option<String>,
    is_ready: bool,
    worker: String,
    lease_until: Timestamp,
    finished_at: Option<Timestamp>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Job {
        let count = |count: i64| usize::try_from(count).unwrap_or_default();
        Job {
            id: row.id,
            user_id: row.user_id,
            actor: row.actor,
            request_id: row.request_id,
            batch_id: row.batch_id,
            what: row.subject.parse().unwrap_or(What::Leads),
            filename: row.filename,
            file: row.file,
            places: row.places,
            currency: row.currency.as_deref().map(Currency::stored),
            digest: row.digest,
            started_at: row.started_at,
            rows_total: row.rows_total,
            rows_done: row.rows_done,
            units_done: row.units_done,
            counts: Counts {
                created: count(row.created),
                changed: count(row.changed),
                same: count(row.same),
                in_bin: count(row.in_bin),
            },
            left_out: row.left_out,
            problem: row.problem,
            is_ready: row.is_ready,
            worker: Worker::stored(row.worker),
            lease_until: row.lease_until,
            finished_at: row.finished_at,
        }
    }
}

/// An import that begins, with who works on it; returns its id.
///
/// # Errors
/// [`crate::error::Error::Conflict`] if one of the same digest is under way.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewJob, worker: &Worker) -> Result<i64> {
    let lease = Worker::lease(lease_clock(conn)?);
    Ok(diesel::insert_into(import_jobs::table)
        .values((
            import_jobs::user_id.eq(actor.user_id),
            import_jobs::actor.eq(&actor.name),
            import_jobs::request_id.eq(&actor.request_id),
            import_jobs::batch_id.eq(actor.batch_id),
            import_jobs::subject.eq(new.what.as_str()),
            import_jobs::filename.eq(&new.filename),
            import_jobs::file.eq(""),
            import_jobs::places.eq(&new.places),
            import_jobs::currency.eq(new.currency.map(|currency| currency.code())),
            import_jobs::digest.eq(Some(&new.digest)),
            import_jobs::started_at.eq(new.started_at),
            import_jobs::rows_total.eq(0),
            import_jobs::is_ready.eq(false),
            import_jobs::worker.eq(worker.as_str()),
            import_jobs::lease_until.eq(lease),
        ))
        .returning(import_jobs::id)
        .get_result(conn)?)
}

/// One import.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<Job> {
    let row: Row = import_jobs::table.find(id).first(conn)?;
    Ok(row.into())
}

/// One import that is about to go on: nobody else goes on with it until the transaction ends.
///
/// # Errors
/// As [`find`].
pub fn hold(conn: &mut Conn, id: i64) -> Result<Job> {
    if let Conn::Postgres(conn) = conn {
        let held = import_jobs::table.find(id).select(import_jobs::id);
        let _: i64 = held.for_update().first(conn)?;
    }
    find(conn, id)
}

/// The imports that have not come to their end, oldest first.
pub fn unfinished(conn: &mut Conn) -> Result<Vec<Job>> {
    let rows: Vec<Row> = import_jobs::table
        .filter(import_jobs::finished_at.is_null())
        .order(import_jobs::id)
        .load(conn)?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// The last import with this digest that is under way or has ended, and the clock of leases.
pub fn last_of(conn: &mut Conn, digest: &str, is_ended: bool) -> Result<Option<(Job, Timestamp)>> {
    let row: Option<Row> = import_jobs::table
        .filter(import_jobs::digest.eq(digest))
        .filter(import_jobs::finished_at.is_not_null().eq(is_ended))
        .order(import_jobs::id.desc())
        .first(conn)
        .optional()?;
    let now = lease_clock(conn)?;
    Ok(row.map(|row| (row.into(), now)))
}

#[derive(QueryableByName)]
struct Micros {
    #[diesel(sql_type = BigInt)]
    now: i64,
}

/// What leases are compared with: the clock of the database server, or of this machine for a file on it. The clock of
/// the program may be shifted, each process by another amount.
pub fn lease_clock(conn: &mut Conn) -> Result<Timestamp> {
    let Conn::Postgres(conn) = conn else {
        return Ok(Clock::shifted(0).now());
    };
    let now = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as now";
    let found: Micros = diesel::sql_query(now).get_result(conn)?;
    Ok(Timestamp(found.now))
}

/// Takes an import that nobody works on any more; nothing if it has ended or somebody does.
///
/// # Errors
/// As [`find`].
pub fn take(conn: &mut Conn, id: i64, worker: &Worker) -> Result<Option<Job>> {
    if let Conn::Postgres(conn) = conn {
        let free = import_jobs::table.find(id).select(import_jobs::id);
        let free = free.for_update().skip_locked();
        if free.first::<i64>(conn).optional()?.is_none() {
            return Ok(None);
        }
    }
    let job = find(conn, id)?;
    let now = lease_clock(conn)?;
    if job.is_finished() || job.is_worked_on(now) {
        return Ok(None);
    }
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::worker.eq(worker.as_str()),
            import_jobs::lease_until.eq(Worker::lease(now)),
        ))
        .execute(conn)?;
    Ok(Some(job))
}

/// Says that somebody still works on an import; false if another has taken it, or it has ended.
pub fn renew(conn: &mut Conn, id: i64, worker: &Worker) -> Result<bool> {
    let lease = Worker::lease(lease_clock(conn)?);
    set_lease(conn, id, worker, lease)
}

/// Leaves an import to whoever comes next.
pub fn release(conn: &mut Conn, id: i64, worker: &Worker) -> Result<bool> {
    set_lease(conn, id, worker, Timestamp(0))
}

fn set_lease(conn: &mut Conn, id: i64, worker: &Worker, until: Timestamp) -> Result<bool> {
    let mine = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(worker.as_str()))
        .filter(import_jobs::finished_at.is_null());
    let set = diesel::update(mine).set(import_jobs::lease_until.eq(until));
    Ok(set.execute(conn)? > 0)
}

/// Notes that the file is here as a whole and so many rows of it were judged: the import is finished, come what may.
pub fn set_ready(conn: &mut Conn, id: i64, rows: usize) -> Result<()> {
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::is_ready.eq(true),
            import_jobs::rows_total.eq(rows as i64),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that the file of an earlier schema is in the database.
pub fn set_received(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::update(import_jobs::table.find(id))
        .set(import_jobs::file.eq(""))
        .execute(conn)?;
    Ok(())
}

/// Notes that some more was gone through, and renews the lease.
pub fn advance(conn: &mut Conn, id: i64, done: &Done) -> Result<()> {
    note(conn, id, &done.problems)?;
    let counts = done.counts;
    let lease = Worker::lease(lease_clock(conn)?);
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::units_done.eq(import_jobs::units_done + done.units as i64),
            import_jobs::rows_done.eq(import_jobs::rows_done + done.rows as i64),
            import_jobs::created.eq(import_jobs::created + counts.created as i64),
            import_jobs::changed.eq(import_jobs::changed + counts.changed as i64),
            import_jobs::same.eq(import_jobs::same + counts.same as i64),
            import_jobs::in_bin.eq(import_jobs::in_bin + counts.in_bin as i64),
            import_jobs::left_out.eq(import_jobs::left_out + done.left_out as i64),
            import_jobs::lease_until.eq(lease),
        ))
        .execute(conn)?;
    Ok(())
}

fn note(conn: &mut Conn, id: i64, problems: &[LeftOut]) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let kept: i64 = import_left_out::table
        .filter(import_left_out::job_id.eq(id))
        .count()
        .get_result(conn)?;
    for problem in problems.iter().take((KEPT - kept).max(0) as usize) {
        diesel::insert_into(import_left_out::table)
            .values((
                import_left_out::job_id.eq(id),
                import_left_out::line.eq(problem.line as i64),
                import_left_out::field.eq(&problem.field),
                import_left_out::reason.eq(problem.stored()?),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The first lines that were left out, with why.
pub fn left_out(conn: &mut Conn, id: i64, limit: i64) -> Result<Vec<LeftOut>> {
    let rows: Vec<(i64, Option<String>, String)> = import_left_out::table
        .filter(import_left_out::job_id.eq(id))
        .order((import_left_out::line, import_left_out::id))
        .limit(limit)
        .select((
            import_left_out::line,
            import_left_out::field,
            import_left_out::reason,
        ))
        .load(conn)?;
    let found = rows.into_iter();
    Ok(found
        .filter_map(|(line, field, reason)| LeftOut::read(line as usize, field, &reason))
        .collect())
}

/// Notes that an import has come to its end, well or with a problem. Its lease keeps when that was.
pub fn finish(
    conn: &mut Conn,
    id: i64,
    worker: &Worker,
    now: Timestamp,
    problem: Option<&str>,
) -> Result<bool> {
    let ended = lease_clock(conn)?;
    let mine = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(worker.as_str()))
        .filter(import_jobs::finished_at.is_null());
    let ending = (
        import_jobs::finished_at.eq(Some(now)),
        import_jobs::problem.eq(problem),
        import_jobs::lease_until.eq(ended),
    );
    let done = match problem {
        None => diesel::update(mine)
            .set((ending, import_jobs::rows_done.eq(import_jobs::rows_total)))
            .execute(conn)?,
        Some(_) => diesel::update(mine).set(ending).execute(conn)?,
    };
    Ok(done > 0)
}

/// Takes away an import that nothing came of.
pub fn forget(conn: &mut Conn, id: i64, worker: &Worker) -> Result<()> {
    let mine = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(worker.as_str()))
        .filter(import_jobs::is_ready.eq(false));
    diesel::delete(mine).execute(conn)?;
    Ok(())
}
