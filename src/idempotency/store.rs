//! Rows of stored answers.

use actix_web::http::StatusCode;
use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::idempotency_keys;
use crate::error::{Error, Result};
use crate::idempotency::answer::Answer;

/// The hash of the call with a key, and its answer.
pub(super) fn find(conn: &mut Conn, token_id: i64, key: &str) -> Result<Option<(String, Answer)>> {
    let row: Option<(String, i32, Option<String>, String)> = idempotency_keys::table
        .filter(idempotency_keys::token_id.eq(token_id))
        .filter(idempotency_keys::idempotency_key.eq(key))
        .select((
            idempotency_keys::request_hash,
            idempotency_keys::status,
            idempotency_keys::location,
            idempotency_keys::body,
        ))
        .first(conn)
        .optional()?;
    let Some((request_hash, status, location, body)) = row else {
        return Ok(None);
    };
    let status = u16::try_from(status)
        .ok()
        .and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.ok_or_else(|| Error::internal("a stored answer has no status"))?;
    let body = serde_json::from_str(&body).map_err(Error::internal)?;
    let answer = Answer {
        status,
        location,
        body,
    };
    Ok(Some((request_hash, answer)))
}

/// Stores an answer.
pub(super) fn insert(
    conn: &mut Conn,
    token_id: i64,
    key: &str,
    request_hash: &str,
    answer: &Answer,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::token_id.eq(token_id),
            idempotency_keys::idempotency_key.eq(key),
            idempotency_keys::request_hash.eq(request_hash),
            idempotency_keys::status.eq(i32::from(answer.status.as_u16())),
            idempotency_keys::location.eq(&answer.location),
            idempotency_keys::body.eq(answer.body.to_string()),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes answers from before `end`, except those that another call is deleting.
pub(super) fn delete_older(conn: &mut Conn, end: Timestamp) -> Result<()> {
    let old = idempotency_keys::table.filter(idempotency_keys::created_at.lt(end));
    match conn {
        Conn::Sqlite(conn) => drop(diesel::delete(old).execute(conn)?),
        Conn::Postgres(conn) => {
            let ids = old.select(idempotency_keys::id).for_update().skip_locked();
            let ids: Vec<i64> = ids.load(conn)?;
            if !ids.is_empty() {
                let rows = idempotency_keys::table.filter(idempotency_keys::id.eq_any(ids));
                diesel::delete(rows).execute(conn)?;
            }
        }
    }
    Ok(())
}
