//! The replacements of statuses, running and finished.

use diesel::prelude::*;

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::schema::{leads, replacements};
use crate::db::{Conn, columns_of};
use crate::error::{Error, Result};
use crate::pipeline::domain::replacement::{Removal, Replacement};

/// A replacement whose leads move in batches.
#[derive(Debug, Clone)]
pub struct ReplacementJob {
    pub id: i64,
    pub from: i64,
    pub replacement: Replacement,
    pub removal: Removal,
    /// The user who started it, at the present time.
    pub actor: Actor,
}

/// Inserts a replacement and returns its id.
pub fn start(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    removal: Removal,
    total: i64,
) -> Result<i64> {
    Ok(diesel::insert_into(replacements::table)
        .values((
            replacements::from_id.eq(from),
            replacements::to_id.eq(replacement.to),
            replacements::act.eq(removal.as_str()),
            replacements::is_age_restarted.eq(replacement.restarts_age),
            replacements::user_id.eq(actor.user_id),
            replacements::token_id.eq(actor.token_id),
            replacements::actor.eq(&actor.name),
            replacements::door.eq(actor.channel.as_str()),
            replacements::request_id.eq(&actor.request_id),
            replacements::batch_id.eq(actor.batch_id),
            replacements::total.eq(total),
            replacements::moved.eq(0),
            replacements::started_at.eq(actor.now),
        ))
        .returning(replacements::id)
        .get_result(conn)?)
}

/// Adds to the number of leads that have moved.
pub fn add_moved(conn: &mut Conn, id: i64, moved: i64) -> Result<()> {
    diesel::update(replacements::table.find(id))
        .set(replacements::moved.eq(replacements::moved + moved))
        .execute(conn)?;
    Ok(())
}

/// Marks a replacement as finished.
pub fn finish(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(replacements::table.find(id))
        .set(replacements::finished_at.eq(Some(now)))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = replacements)]
struct JobRow {
    id: i64,
    from_id: i64,
    to_id: i64,
    act: String,
    is_age_restarted: bool,
    user_id: Option<i64>,
    token_id: Option<i64>,
    actor: String,
    #[diesel(column_name = door)]
    channel: String,
    request_id: String,
    batch_id: i64,
}

impl JobRow {
    fn into_job(self, now: Timestamp) -> Result<ReplacementJob> {
        let removal = Removal::from_word(&self.act);
        Ok(ReplacementJob {
            id: self.id,
            from: self.from_id,
            replacement: Replacement {
                to: self.to_id,
                restarts_age: self.is_age_restarted,
            },
            removal: removal.ok_or_else(|| Error::internal("a replacement has an unknown act"))?,
            actor: Actor {
                user_id: self.user_id,
                token_id: self.token_id,
                name: self.actor,
                channel: Channel::from_word(&self.channel).unwrap_or(Channel::Ui),
                request_id: self.request_id,
                batch_id: self.batch_id,
                now,
            },
        })
    }
}

/// The id of the next running replacement after `after`, or else of the first.
pub fn next(conn: &mut Conn, after: i64) -> Result<Option<i64>> {
    Ok(replacements::table
        .filter(replacements::finished_at.is_null())
        .order((replacements::id.le(after), replacements::id))
        .select(replacements::id)
        .first(conn)
        .optional()?)
}

/// Locks a running replacement until the transaction ends. Nothing if it is finished or another server has locked it.
pub fn lock(conn: &mut Conn, id: i64, now: Timestamp) -> Result<Option<ReplacementJob>> {
    let open = replacements::table
        .find(id)
        .filter(replacements::finished_at.is_null())
        .select(columns_of::<JobRow>());
    let row: Option<JobRow> = match conn {
        Conn::Sqlite(conn) => open.first(conn).optional()?,
        Conn::Postgres(conn) => open.for_update().skip_locked().first(conn).optional()?,
    };
    row.map(|row| row.into_job(now)).transpose()
}

/// True if leads are in a status, those in the bin too.
pub fn has_leads(conn: &mut Conn, status_id: i64) -> Result<bool> {
    let inside = leads::table.filter(leads::status_id.eq(status_id));
    Ok(diesel::select(diesel::dsl::exists(inside)).get_result(conn)?)
}
