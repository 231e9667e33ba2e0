use actix_web::http::StatusCode;
use diesel::prelude::*;

use super::{Answer, Kept};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{api_tokens, idempotency_keys};
use crate::error::{Error, Result};

/// Lets calls of one token in one by one, so that twins can't both find nothing.
pub(super) fn lock(conn: &mut Conn, token_id: i64) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        api_tokens::table
            .find(token_id)
            .select(api_tokens::id)
            .for_update()
            .first::<i64>(conn)?;
    }
    Ok(())
}

/// The answer kept under a key.
pub(super) fn find(conn: &mut Conn, token_id: i64, key: &str) -> Result<Option<Kept>> {
    let found: Option<(String, i32, Option<String>, String)> = idempotency_keys::table
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
    let Some((request_hash, status, location, body)) = found else {
        return Ok(None);
    };
    let status = u16::try_from(status)
        .ok()
        .and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.ok_or_else(|| Error::internal("a kept answer has no status"))?;
    let body = serde_json::from_str(&body).map_err(Error::internal)?;
    Ok(Some(Kept {
        request_hash,
        answer: Answer {
            status,
            location,
            body,
        },
    }))
}

/// Keeps an answer.
pub(super) fn keep(
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

/// Drops answers from before `end`.
pub(super) fn forget(conn: &mut Conn, end: Timestamp) -> Result<()> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(end)))
        .execute(conn)?;
    Ok(())
}
