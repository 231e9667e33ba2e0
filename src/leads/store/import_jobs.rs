//! Import jobs, running and finished: who holds their lease, and their progress.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::audit::Actor;
use crate::clock::{Clock, Timestamp};
use crate::db::Conn;
use crate::db::schema::{import_jobs, import_left_out};
use crate::error::Result;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::import_job::{
    ChunkResult, ImportCounts, Job, LeaseHolder, NewJob, SkippedLine,
};
use crate::leads::domain::import_options::ImportOptions;
use crate::money::Currency;

/// The most skipped lines that are stored with their reason; further ones are only counted.
const MAX_SKIPPED: i64 = 1_000;

#[derive(Queryable)]
struct JobRow {
    id: i64,
    user_id: Option<i64>,
    actor: String,
    request_id: String,
    batch_id: i64,
    subject: String,
    filename: String,
    file: String,
    mapping: String,
    currency: Option<String>,
    digest: Option<String>,
    started_at: Timestamp,
    rows_total: i64,
    rows_done: i64,
    items_done: i64,
    created: i64,
    changed: i64,
    same: i64,
    in_bin: i64,
    skipped_rows: i64,
    problem: Option<String>,
    is_ready: bool,
    worker: String,
    lease_until: Timestamp,
    finished_at: Option<Timestamp>,
    options: String,
    override_reason: Option<String>,
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Job {
        let count = |count: i64| usize::try_from(count).unwrap_or_default();
        Job {
            id: row.id,
            user_id: row.user_id,
            actor: row.actor,
            request_id: row.request_id,
            batch_id: row.batch_id,
            dataset: Dataset::from_word(&row.subject).unwrap_or(Dataset::Leads),
            filename: row.filename,
            file: row.file,
            mapping: row.mapping,
            options: ImportOptions::from_json(&row.options),
            currency: row.currency.as_deref().map(Currency::from_stored),
            override_reason: row.override_reason,
            digest: row.digest,
            started_at: row.started_at,
            rows_total: row.rows_total,
            rows_done: row.rows_done,
            items_done: row.items_done,
            counts: ImportCounts {
                created: count(row.created),
                changed: count(row.changed),
                same: count(row.same),
                in_bin: count(row.in_bin),
            },
            skipped_rows: row.skipped_rows,
            problem: row.problem,
            is_ready: row.is_ready,
            holder: LeaseHolder::stored(row.worker),
            lease_until: row.lease_until,
            finished_at: row.finished_at,
        }
    }
}

/// Inserts a job, whose lease the holder has; returns its id.
///
/// # Errors
/// Returns [`crate::error::Error::Conflict`] if a job with this digest is running.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewJob, holder: &LeaseHolder) -> Result<i64> {
    let lease = LeaseHolder::lease_end(db_now(conn)?);
    Ok(diesel::insert_into(import_jobs::table)
        .values((
            import_jobs::user_id.eq(actor.user_id),
            import_jobs::actor.eq(&actor.name),
            import_jobs::request_id.eq(&actor.request_id),
            import_jobs::batch_id.eq(actor.batch_id),
            import_jobs::subject.eq(new.dataset.as_str()),
            import_jobs::filename.eq(&new.filename),
            import_jobs::file.eq(""),
            import_jobs::places.eq(&new.mapping),
            import_jobs::options.eq(new.options.to_json()),
            import_jobs::currency.eq(new.currency.map(|currency| currency.code())),
            import_jobs::override_reason.eq(&new.override_reason),
            import_jobs::digest.eq(Some(&new.digest)),
            import_jobs::started_at.eq(new.started_at),
            import_jobs::rows_total.eq(0),
            import_jobs::is_ready.eq(false),
            import_jobs::worker.eq(holder.as_str()),
            import_jobs::lease_until.eq(lease),
        ))
        .returning(import_jobs::id)
        .get_result(conn)?)
}

/// One job.
///
/// # Errors
/// Returns [`crate::error::Error::NotFound`] if there is none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Job> {
    let row: JobRow = import_jobs::table.find(id).first(conn)?;
    Ok(row.into())
}

/// The time at which the last import of a dataset ended.
///
/// # Errors
/// Returns errors of the database.
pub fn last_finished(conn: &mut Conn, dataset: Dataset) -> Result<Option<Timestamp>> {
    Ok(import_jobs::table
        .filter(import_jobs::subject.eq(dataset.as_str()))
        .select(max(import_jobs::finished_at))
        .first(conn)?)
}

/// Locks a job until the transaction ends, and returns it.
///
/// # Errors
/// Returns the errors of [`find`].
pub fn lock(conn: &mut Conn, id: i64) -> Result<Job> {
    if let Conn::Postgres(conn) = conn {
        let job = import_jobs::table.find(id).select(import_jobs::id);
        let _: i64 = job.for_update().first(conn)?;
    }
    find(conn, id)
}

/// The unfinished jobs, oldest first.
pub fn unfinished(conn: &mut Conn) -> Result<Vec<Job>> {
    let rows: Vec<JobRow> = import_jobs::table
        .filter(import_jobs::finished_at.is_null())
        .order(import_jobs::id)
        .load(conn)?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// The last job with this digest that is running, or that has ended, and the time by the lease clock.
pub fn find_last(
    conn: &mut Conn,
    digest: &str,
    is_ended: bool,
) -> Result<Option<(Job, Timestamp)>> {
    let row: Option<JobRow> = import_jobs::table
        .filter(import_jobs::digest.eq(digest))
        .filter(import_jobs::finished_at.is_not_null().eq(is_ended))
        .order(import_jobs::id.desc())
        .first(conn)
        .optional()?;
    let now = db_now(conn)?;
    Ok(row.map(|row| (row.into(), now)))
}

/// The time by the clock of the database server, or of this machine for a file. Leases use it, because the clock of the
/// program may be shifted, by another amount in each process.
pub fn db_now(conn: &mut Conn) -> Result<Timestamp> {
    let Conn::Postgres(conn) = conn else {
        return Ok(Clock::shifted(0).now());
    };
    let now = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    Ok(Timestamp(sql::<BigInt>(now).get_result(conn)?))
}

/// Takes over a job whose lease has ended; returns `None` if it is in force or the job has finished.
///
/// # Errors
/// Returns the errors of [`find`].
pub fn take_over(conn: &mut Conn, id: i64, holder: &LeaseHolder) -> Result<Option<Job>> {
    if let Conn::Postgres(conn) = conn {
        let unlocked = import_jobs::table.find(id).select(import_jobs::id);
        let unlocked = unlocked.for_update().skip_locked();
        if unlocked.first::<i64>(conn).optional()?.is_none() {
            return Ok(None);
        }
    }
    let job = find(conn, id)?;
    let now = db_now(conn)?;
    if job.is_finished() || job.is_worked_on(now) {
        return Ok(None);
    }
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::worker.eq(holder.as_str()),
            import_jobs::lease_until.eq(LeaseHolder::lease_end(now)),
        ))
        .execute(conn)?;
    Ok(Some(job))
}

/// Renews the lease of a job; returns false if another holder has it, or the job has finished.
pub fn renew(conn: &mut Conn, id: i64, holder: &LeaseHolder) -> Result<bool> {
    let lease = LeaseHolder::lease_end(db_now(conn)?);
    set_lease(conn, id, holder, lease)
}

/// Ends the lease of a job, so that any process can take over.
pub fn release(conn: &mut Conn, id: i64, holder: &LeaseHolder) -> Result<bool> {
    set_lease(conn, id, holder, Timestamp(0))
}

fn set_lease(conn: &mut Conn, id: i64, holder: &LeaseHolder, until: Timestamp) -> Result<bool> {
    let own = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(holder.as_str()))
        .filter(import_jobs::finished_at.is_null());
    let update = diesel::update(own).set(import_jobs::lease_until.eq(until));
    Ok(update.execute(conn)? > 0)
}

/// Marks that the whole file is stored and its rows were checked: from now on the job is always finished.
pub fn set_ready(conn: &mut Conn, id: i64, rows: usize) -> Result<()> {
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::is_ready.eq(true),
            import_jobs::rows_total.eq(rows as i64),
        ))
        .execute(conn)?;
    Ok(())
}

/// Marks that the file of a job from an earlier schema is stored in the database.
pub fn set_received(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::update(import_jobs::table.find(id))
        .set(import_jobs::file.eq(""))
        .execute(conn)?;
    Ok(())
}

/// Adds a chunk to the progress, and renews the lease.
pub fn advance(conn: &mut Conn, id: i64, chunk: &ChunkResult) -> Result<()> {
    insert_skipped(conn, id, &chunk.problems)?;
    let counts = chunk.counts;
    let lease = LeaseHolder::lease_end(db_now(conn)?);
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::units_done.eq(import_jobs::units_done + chunk.items as i64),
            import_jobs::rows_done.eq(import_jobs::rows_done + chunk.rows as i64),
            import_jobs::created.eq(import_jobs::created + counts.created as i64),
            import_jobs::changed.eq(import_jobs::changed + counts.changed as i64),
            import_jobs::same.eq(import_jobs::same + counts.same as i64),
            import_jobs::in_bin.eq(import_jobs::in_bin + counts.in_bin as i64),
            import_jobs::left_out.eq(import_jobs::left_out + chunk.skipped_rows as i64),
            import_jobs::lease_until.eq(lease),
        ))
        .execute(conn)?;
    Ok(())
}

fn insert_skipped(conn: &mut Conn, id: i64, problems: &[SkippedLine]) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let stored: i64 = import_left_out::table
        .filter(import_left_out::job_id.eq(id))
        .count()
        .get_result(conn)?;
    for problem in problems.iter().take((MAX_SKIPPED - stored).max(0) as usize) {
        diesel::insert_into(import_left_out::table)
            .values((
                import_left_out::job_id.eq(id),
                import_left_out::line.eq(problem.line as i64),
                import_left_out::field.eq(&problem.field),
                import_left_out::reason.eq(problem.reason.to_json()?),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The first skipped lines with their reasons.
pub fn list_skipped(conn: &mut Conn, id: i64, limit: i64) -> Result<Vec<SkippedLine>> {
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
    Ok(rows
        .into_iter()
        .filter_map(|(line, field, reason)| SkippedLine::stored(line as usize, field, &reason))
        .collect())
}

/// Finishes a job, with a problem if it ended early; its lease stores the time by the lease clock. Returns false if
/// another holder has its lease.
pub fn finish(
    conn: &mut Conn,
    id: i64,
    holder: &LeaseHolder,
    now: Timestamp,
    problem: Option<&str>,
) -> Result<bool> {
    let ended_at = db_now(conn)?;
    let own = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(holder.as_str()))
        .filter(import_jobs::finished_at.is_null());
    let changes = (
        import_jobs::finished_at.eq(Some(now)),
        import_jobs::problem.eq(problem),
        import_jobs::lease_until.eq(ended_at),
    );
    let updated = match problem {
        None => diesel::update(own)
            .set((changes, import_jobs::rows_done.eq(import_jobs::rows_total)))
            .execute(conn)?,
        Some(_) => diesel::update(own).set(changes).execute(conn)?,
    };
    Ok(updated > 0)
}

/// Deletes a job that never became ready.
pub fn delete_unready(conn: &mut Conn, id: i64, holder: &LeaseHolder) -> Result<()> {
    let own = import_jobs::table
        .find(id)
        .filter(import_jobs::worker.eq(holder.as_str()))
        .filter(import_jobs::is_ready.eq(false));
    diesel::delete(own).execute(conn)?;
    Ok(())
}
