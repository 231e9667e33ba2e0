//! Bulk actions that run in steps: the job, the ids of its leads, and the leads that it skipped.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::{bulk_job_parts, bulk_jobs, bulk_left_out};
use crate::db::{Conn, MAX_STEP_ROWS};
use crate::error::Result;
use crate::leads::domain::import_job::StoredMessage;

/// The most skipped leads that are named; further ones are only counted.
pub const MAX_NAMED: i64 = 1_000;

/// A bulk action that runs in steps.
#[derive(Debug, Clone, Queryable, Insertable)]
pub struct BulkJob {
    /// The batch of its audit entries, which identifies it.
    pub batch_id: i64,
    pub user_id: i64,
    pub can_manage: bool,
    pub actor: String,
    pub request_id: String,
    /// The word of the action.
    pub action: String,
    /// Its form as JSON.
    pub form: String,
    /// The list that the user came from.
    pub back: String,
    pub started_at: Timestamp,
    pub total: i64,
    /// Leads that were looked at.
    pub done: i64,
    pub changed: i64,
    #[diesel(column_name = left_out)]
    pub skipped_leads: i64,
    pub finished_at: Option<Timestamp>,
    /// The role of the user when it began.
    pub user_role: Option<String>,
}

/// A lead that a job skipped, and why.
pub struct SkippedLead {
    pub id: i64,
    pub name: String,
    pub reason: StoredMessage,
}

/// Inserts a job with the ids of its leads.
pub fn insert(conn: &mut Conn, job: &BulkJob, ids: &[i64]) -> Result<()> {
    diesel::insert_into(bulk_jobs::table)
        .values(job)
        .execute(conn)?;
    for (number, part) in ids.chunks(MAX_STEP_ROWS).enumerate() {
        let texts: Vec<String> = part.iter().map(i64::to_string).collect();
        diesel::insert_into(bulk_job_parts::table)
            .values((
                bulk_job_parts::batch_id.eq(job.batch_id),
                bulk_job_parts::number.eq(number as i64),
                bulk_job_parts::ids.eq(texts.join(",")),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The unfinished job after `last`, or else the first.
pub fn next(conn: &mut Conn, last: i64) -> Result<Option<i64>> {
    Ok(bulk_jobs::table
        .filter(bulk_jobs::finished_at.is_null())
        .order((bulk_jobs::batch_id.le(last), bulk_jobs::batch_id))
        .select(bulk_jobs::batch_id)
        .first(conn)
        .optional()?)
}

/// One job.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<BulkJob> {
    Ok(bulk_jobs::table.find(id).first(conn)?)
}

/// Locks an unfinished job until the transaction ends. Nothing if it is finished or another server has locked it.
pub fn lock(conn: &mut Conn, id: i64) -> Result<Option<BulkJob>> {
    let open = bulk_jobs::table
        .find(id)
        .filter(bulk_jobs::finished_at.is_null());
    Ok(match conn {
        Conn::Sqlite(conn) => open.first(conn).optional()?,
        Conn::Postgres(conn) => open.for_update().skip_locked().first(conn).optional()?,
    })
}

/// The ids of the next leads, at most `limit`.
pub fn next_ids(conn: &mut Conn, job: &BulkJob, limit: usize) -> Result<Vec<i64>> {
    let part: String = bulk_job_parts::table
        .filter(bulk_job_parts::batch_id.eq(job.batch_id))
        .filter(bulk_job_parts::number.eq(job.done / MAX_STEP_ROWS as i64))
        .select(bulk_job_parts::ids)
        .first(conn)?;
    let ids = part.split(',').skip(job.done as usize % MAX_STEP_ROWS);
    Ok(ids.take(limit).filter_map(|id| id.parse().ok()).collect())
}

/// Stores the progress of a job after a step, and the leads that the step skipped.
pub fn advance(conn: &mut Conn, job: &BulkJob, skipped: &[SkippedLead]) -> Result<()> {
    let named = job.skipped_leads - skipped.len() as i64;
    for lead in skipped.iter().take((MAX_NAMED - named).max(0) as usize) {
        diesel::insert_into(bulk_left_out::table)
            .values((
                bulk_left_out::batch_id.eq(job.batch_id),
                bulk_left_out::lead_id.eq(lead.id),
                bulk_left_out::name.eq(&lead.name),
                bulk_left_out::reason.eq(lead.reason.to_json()?),
            ))
            .execute(conn)?;
    }
    diesel::update(bulk_jobs::table.find(job.batch_id))
        .set((
            bulk_jobs::done.eq(job.done),
            bulk_jobs::changed.eq(job.changed),
            bulk_jobs::left_out.eq(job.skipped_leads),
            bulk_jobs::finished_at.eq(job.finished_at),
        ))
        .execute(conn)?;
    if job.finished_at.is_some() {
        diesel::delete(bulk_job_parts::table.filter(bulk_job_parts::batch_id.eq(job.batch_id)))
            .execute(conn)?;
    }
    Ok(())
}

/// The first leads that a job skipped, in the order of its steps.
pub fn list_skipped(conn: &mut Conn, id: i64) -> Result<Vec<SkippedLead>> {
    let rows: Vec<(i64, String, String)> = bulk_left_out::table
        .filter(bulk_left_out::batch_id.eq(id))
        .order(bulk_left_out::id)
        .select((
            bulk_left_out::lead_id,
            bulk_left_out::name,
            bulk_left_out::reason,
        ))
        .load(conn)?;
    let stored = |(id, name, reason): (i64, String, String)| {
        let reason = serde_json::from_str(&reason).ok()?;
        Some(SkippedLead { id, name, reason })
    };
    Ok(rows.into_iter().filter_map(stored).collect())
}
