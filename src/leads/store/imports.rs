//! What imports leave between requests: mappings that people chose, and large imports under way.

use diesel::prelude::*;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{import_jobs, import_mappings};
use crate::error::Result;
use crate::leads::Currency;
use crate::leads::exchange::What;
use crate::leads::import::{Counts, Job, NewJob};

#[derive(Queryable)]
struct Row {
    id: i64,
    user_id: i64,
    actor: String,
    request_id: String,
    batch_id: i64,
    subject: String,
    filename: String,
    file: String,
    places: String,
    currency: Option<String>,
    started_at: Timestamp,
    rows_total: i64,
    rows_done: i64,
    batches_done: i64,
    created: i64,
    changed: i64,
    same: i64,
    in_bin: i64,
    problem: Option<String>,
    finished_at: Option<Timestamp>,
}

impl From<Row> for Job {
    fn from(row: Row) -> Job {
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
            started_at: row.started_at,
            rows_total: row.rows_total,
            rows_done: row.rows_done,
            batches_done: row.batches_done,
            created: row.created,
            changed: row.changed,
            same: row.same,
            in_bin: row.in_bin,
            problem: row.problem,
            finished_at: row.finished_at,
        }
    }
}

/// The mapping that someone chose last for files with this header.
pub fn remembered(
    conn: &mut Conn,
    user_id: i64,
    subject: &str,
    header_hash: &str,
) -> Result<Option<String>> {
    Ok(import_mappings::table
        .filter(import_mappings::user_id.eq(user_id))
        .filter(import_mappings::subject.eq(subject))
        .filter(import_mappings::header_hash.eq(header_hash))
        .select(import_mappings::places)
        .first(conn)
        .optional()?)
}

/// Remembers it.
pub fn remember(
    conn: &mut Conn,
    user_id: i64,
    subject: &str,
    header_hash: &str,
    places: &str,
    now: Timestamp,
) -> Result<()> {
    let values = (
        import_mappings::places.eq(places),
        import_mappings::updated_at.eq(now),
    );
    let known = import_mappings::table
        .filter(import_mappings::user_id.eq(user_id))
        .filter(import_mappings::subject.eq(subject))
        .filter(import_mappings::header_hash.eq(header_hash));
    if diesel::update(known).set(values).execute(conn)? > 0 {
        return Ok(());
    }
    diesel::insert_into(import_mappings::table)
        .values((
            import_mappings::user_id.eq(user_id),
            import_mappings::subject.eq(subject),
            import_mappings::header_hash.eq(header_hash),
            values,
        ))
        .execute(conn)?;
    Ok(())
}

/// A large import that is about to begin; returns its id.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewJob) -> Result<i64> {
    Ok(diesel::insert_into(import_jobs::table)
        .values((
            import_jobs::user_id.eq(actor.user_id.unwrap_or_default()),
            import_jobs::actor.eq(&actor.name),
            import_jobs::request_id.eq(&actor.request_id),
            import_jobs::batch_id.eq(actor.batch_id),
            import_jobs::subject.eq(new.what.as_str()),
            import_jobs::filename.eq(&new.filename),
            import_jobs::file.eq(&new.file),
            import_jobs::places.eq(&new.places),
            import_jobs::currency.eq(new.currency.map(|currency| currency.code())),
            import_jobs::started_at.eq(new.started_at),
            import_jobs::rows_total.eq(new.rows as i64),
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

/// The same for one that is about to go on: nobody else goes on with it until the transaction ends.
pub fn hold(conn: &mut Conn, id: i64) -> Result<Job> {
    if let Conn::Postgres(conn) = conn {
        let held = import_jobs::table.find(id).select(import_jobs::id);
        let _: i64 = held.for_update().first(conn)?;
    }
    find(conn, id)
}

/// The imports that have not come to their end.
pub fn unfinished(conn: &mut Conn) -> Result<Vec<Job>> {
    let rows: Vec<Row> = import_jobs::table
        .filter(import_jobs::finished_at.is_null())
        .order(import_jobs::id)
        .load(conn)?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Notes that one more batch is written.
pub fn advance(conn: &mut Conn, id: i64, rows: usize, counts: Counts) -> Result<()> {
    diesel::update(import_jobs::table.find(id))
        .set((
            import_jobs::batches_done.eq(import_jobs::batches_done + 1),
            import_jobs::rows_done.eq(import_jobs::rows_done + rows as i64),
            import_jobs::created.eq(import_jobs::created + counts.created as i64),
            import_jobs::changed.eq(import_jobs::changed + counts.changed as i64),
            import_jobs::same.eq(import_jobs::same + counts.same as i64),
            import_jobs::in_bin.eq(import_jobs::in_bin + counts.in_bin as i64),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that an import has come to its end, well or with a problem.
pub fn finish(conn: &mut Conn, id: i64, now: Timestamp, problem: Option<&str>) -> Result<()> {
    diesel::update(
        import_jobs::table
            .find(id)
            .filter(import_jobs::finished_at.is_null()),
    )
    .set((
        import_jobs::finished_at.eq(Some(now)),
        import_jobs::problem.eq(problem),
    ))
    .execute(conn)?;
    Ok(())
}
