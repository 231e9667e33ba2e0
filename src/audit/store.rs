//! Rows of the audit log.

use std::collections::HashMap;

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::audit::domain::actor::Actor;
use crate::audit::domain::filter::{Author, Cursor, LogFilter, LogListing};
use crate::clock::Timestamp;
use crate::db::schema::audit_entries;
use crate::db::{Backend, Conn, insert_rows, on_either};
use crate::error::Result;
use crate::records::list::PagePosition;

/// An entry to record.
#[derive(Debug, Clone, Default)]
pub struct NewEntry {
    /// The kind of the subject, one of [`Subject`](crate::audit::filter::Subject).
    pub subject: &'static str,
    pub subject_id: Option<i64>,
    /// The version that the change made.
    pub version: Option<i32>,
    /// Its name at the time.
    pub name: String,
    /// One of [`Action`](crate::audit::filter::Action).
    pub action: &'static str,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// An entry of the log, as it is read.
#[derive(Debug, Clone, Queryable)]
pub struct StoredEntry {
    pub id: i64,
    pub batch_id: i64,
    pub recorded_at: Timestamp,
    pub user_id: Option<i64>,
    pub token_id: Option<i64>,
    pub actor: String,
    pub channel: String,
    pub request_id: String,
    pub subject: String,
    pub subject_id: Option<i64>,
    pub subject_version: Option<i32>,
    pub subject_name: String,
    pub action: String,
    before_json: Option<String>,
    after_json: Option<String>,
}

impl StoredEntry {
    /// The subject before the change; nothing for a creation, or if it can't be read as a `T`.
    pub fn before<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.before_json.as_deref()?).ok()
    }

    /// The subject after the change; nothing for a deletion, or if it can't be read as a `T`.
    pub fn after<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.after_json.as_deref()?).ok()
    }
}

macro_rules! row {
    ($actor:expr, $entry:expr) => {
        (
            audit_entries::batch_id.eq($actor.batch_id),
            audit_entries::recorded_at.eq($actor.now),
            audit_entries::user_id.eq($actor.user_id),
            audit_entries::token_id.eq($actor.token_id),
            audit_entries::actor.eq(&$actor.name),
            audit_entries::door.eq($actor.channel.as_str()),
            audit_entries::request_id.eq(&$actor.request_id),
            audit_entries::subject.eq($entry.subject),
            audit_entries::subject_id.eq($entry.subject_id),
            audit_entries::subject_version.eq($entry.version),
            audit_entries::subject_name.eq(&$entry.name),
            audit_entries::action.eq($entry.action),
            audit_entries::before_json.eq($entry.before.as_ref().map(Value::to_string)),
            audit_entries::after_json.eq($entry.after.as_ref().map(Value::to_string)),
        )
    };
}

/// Writes one entry, in the transaction of the change.
pub fn record(conn: &mut Conn, actor: &Actor, entry: &NewEntry) -> Result<()> {
    on_either!(conn, conn => diesel::insert_into(audit_entries::table)
        .values(row!(actor, entry))
        .execute(conn))?;
    Ok(())
}

/// Writes the entries of many changes.
pub fn record_many(conn: &mut Conn, actor: &Actor, entries: &[NewEntry]) -> Result<()> {
    let rows = entries.iter().map(|entry| row!(actor, entry));
    insert_rows!(conn, audit_entries::table, rows);
    Ok(())
}

/// The newest entries about one record, newest first; with `before`, those older than that entry.
pub fn list_by_subject(
    conn: &mut Conn,
    subject: &str,
    id: i64,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    Ok(audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::subject_id.eq(id))
        .filter(audit_entries::id.lt(before.unwrap_or(i64::MAX)))
        .order(audit_entries::id.desc())
        .limit(limit)
        .load(conn)?)
}

/// The entries of one request about these subjects, in the order they were made.
pub fn list_by_batch(
    conn: &mut Conn,
    batch_id: i64,
    subjects: &[&str],
) -> Result<Vec<StoredEntry>> {
    Ok(audit_entries::table
        .filter(audit_entries::batch_id.eq(batch_id))
        .filter(audit_entries::subject.eq_any(subjects.to_vec()))
        .order(audit_entries::id)
        .load(conn)?)
}

/// The first `limit` entries of one request about records of one kind, and the number of all.
pub fn first_of_batch(
    conn: &mut Conn,
    batch_id: i64,
    subject: &str,
    limit: i64,
) -> Result<(Vec<StoredEntry>, i64)> {
    let of_kind = || {
        audit_entries::table
            .filter(audit_entries::batch_id.eq(batch_id))
            .filter(audit_entries::subject.eq(subject.to_owned()))
    };
    let first = of_kind().order(audit_entries::id).limit(limit);
    Ok((first.load(conn)?, of_kind().count().get_result(conn)?))
}

/// The entries of one request about records of one kind after an entry, in the order they were made.
pub fn page_of_batch(
    conn: &mut Conn,
    batch_id: i64,
    subject: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    Ok(audit_entries::table
        .filter(audit_entries::batch_id.eq(batch_id))
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::id.gt(after))
        .order(audit_entries::id)
        .limit(limit)
        .load(conn)?)
}

/// The entries of one request about these records, in the order they were made.
pub fn of_batch_and_subjects(
    conn: &mut Conn,
    batch_id: i64,
    subject: &str,
    ids: &[i64],
) -> Result<Vec<StoredEntry>> {
    let mut entries: Vec<StoredEntry> = audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::subject_id.eq_any(ids.to_vec()))
        // The sign keeps SQLite from the index of batches, of which one may have a million entries.
        .filter(sql::<BigInt>("+batch_id").eq(batch_id))
        .load(conn)?;
    entries.sort_by_key(|entry| entry.id);
    Ok(entries)
}

/// One entry.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<StoredEntry> {
    Ok(audit_entries::table.find(id).first(conn)?)
}

/// The newest entries about records of one kind with one action; with `last`, those before that entry.
pub fn list_of_kind(
    conn: &mut Conn,
    subject: &str,
    action: &str,
    last: Option<&StoredEntry>,
    limit: i64,
) -> Result<Vec<StoredEntry>> {
    use audit_entries::{id, recorded_at};
    let (at, last) = last.map_or((Timestamp(i64::MAX), i64::MAX), |last| {
        (last.recorded_at, last.id)
    });
    Ok(audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::action.eq(action))
        .filter(recorded_at.le(at))
        .filter(recorded_at.lt(at).or(id.lt(last)))
        .order((recorded_at.desc(), id.desc()))
        .limit(limit)
        .load(conn)?)
}

/// The snapshot of a record at `version`: the base of an edit that was made from it.
pub fn snapshot_at_version(
    conn: &mut Conn,
    subject: &str,
    id: i64,
    version: i32,
) -> Result<Option<Value>> {
    let entry: Option<StoredEntry> = audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::subject_id.eq(id))
        .filter(audit_entries::subject_version.eq(version))
        .filter(audit_entries::after_json.is_not_null())
        .order(audit_entries::id.desc())
        .first(conn)
        .optional()?;
    Ok(entry.and_then(|entry| entry.after()))
}

/// The batch of the newest entry about one record.
pub fn latest_batch(conn: &mut Conn, subject: &str, id: i64) -> Result<Option<i64>> {
    Ok(audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::subject_id.eq(id))
        .order(audit_entries::id.desc())
        .select(audit_entries::batch_id)
        .first(conn)
        .optional()?)
}

/// The newest names of these records, by their ids.
pub fn names(conn: &mut Conn, subject: &str, ids: &[i64]) -> Result<HashMap<i64, String>> {
    use audit_entries::{id, subject_id, subject_name};
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let newest: Vec<Option<i64>> = audit_entries::table
        .filter(audit_entries::subject.eq(subject))
        .filter(subject_id.eq_any(ids.to_vec()))
        .group_by(subject_id)
        .select(max(id))
        .load(conn)?;
    let newest: Vec<i64> = newest.into_iter().flatten().collect();
    let names: Vec<(Option<i64>, String)> = audit_entries::table
        .filter(id.eq_any(newest))
        .select((subject_id, subject_name))
        .load(conn)?;
    Ok(names
        .into_iter()
        .filter_map(|(key, name)| Some((key?, name)))
        .collect())
}

type Boxed<'a> = audit_entries::BoxedQuery<'a, Backend>;

fn filtered<'a>(filter: &LogFilter) -> Boxed<'a> {
    let mut query = audit_entries::table.into_boxed();
    if !filter.unreadable.is_empty() {
        query = query.filter(audit_entries::id.lt(0));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(audit_entries::subject.eq(subject.as_str()));
    }
    if let Some(id) = filter.subject_id {
        query = query.filter(audit_entries::subject_id.eq(id));
    }
    match filter.person {
        Some(Author::User(id)) => query = query.filter(audit_entries::user_id.eq(id)),
        Some(Author::Program) => query = query.filter(audit_entries::user_id.is_null()),
        None => {}
    }
    if let Some(channel) = filter.channel {
        query = query.filter(audit_entries::door.eq(channel.as_str()));
    }
    if let Some(action) = filter.action {
        query = query.filter(audit_entries::action.eq(action.as_str()));
    }
    if let Some(start) = filter.start() {
        query = query.filter(audit_entries::recorded_at.ge(start));
    }
    if let Some(end) = filter.end() {
        query = query.filter(audit_entries::recorded_at.lt(end));
    }
    query
}

/// At most `limit` entries of the log, in the direction of reading.
pub fn list(conn: &mut Conn, listing: &LogListing, limit: i64) -> Result<Vec<StoredEntry>> {
    use audit_entries::{id, recorded_at};
    let query = filtered(&listing.filter).limit(limit);
    // The second condition implies the first, which PostgreSQL needs for its search in the index.
    let query = match listing.position {
        PagePosition::First => query.order((recorded_at.desc(), id.desc())),
        PagePosition::After(cursor) => query
            .filter(recorded_at.le(cursor.at))
            .filter(recorded_at.lt(cursor.at).or(id.lt(cursor.id)))
            .order((recorded_at.desc(), id.desc())),
        PagePosition::Before(cursor) => query
            .filter(recorded_at.ge(cursor.at))
            .filter(recorded_at.gt(cursor.at).or(id.gt(cursor.id)))
            .order((recorded_at, id)),
        PagePosition::Last => query.order((recorded_at, id)),
    };
    Ok(query.load(conn)?)
}

impl Cursor {
    /// The position of an entry.
    pub fn of(entry: &StoredEntry) -> Cursor {
        Cursor {
            at: entry.recorded_at,
            id: entry.id,
        }
    }
}
