//! A POST of the API that is repeated with the same `Idempotency-Key` gets the first answer again, for 24
//! hours, and does nothing twice. The answer is kept in the transaction of the change itself.

mod store;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::Value;

use crate::access::{Client, Who};
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::web::{json, sha256_hex};

/// The longest key.
const KEY_MAX: usize = 255;
/// How long an answer is kept.
const KEPT_SECONDS: i64 = 24 * 3600;

/// What a call answers, in a form that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: Value,
}

/// What an earlier call with the same key left.
pub(crate) struct Kept {
    pub request_hash: String,
    pub answer: Answer,
}

/// Runs `work` once for each key of a token; without a key, always.
///
/// # Errors
/// What `work` returns, which is not kept; [`Error::Conflict`] if the key came with another body before;
/// [`Error::Invalid`] for a key that is empty or too long.
pub async fn once<F>(client: &Client, digest: &str, work: F) -> Result<HttpResponse>
where
    F: Fn(&mut Conn, &Who) -> Result<Answer> + Send + 'static,
{
    let request = client.request();
    let key = key(request)?;
    let request_hash = sha256_hex(&format!("{} {} {digest}", request.method(), request.path()));
    let answer = client
        .write(move |conn, who| {
            let (Some(key), Some(token)) = (&key, &who.token) else {
                return work(conn, who);
            };
            locks::key(conn, &format!("{} {key}", token.id))?;
            store::forget(conn, who.now.plus_seconds(-KEPT_SECONDS))?;
            match store::find(conn, token.id, key)? {
                Some(kept) if kept.request_hash == request_hash => Ok(kept.answer),
                Some(_) => Err(Error::Conflict(Message::new("error-idempotency-reused"))),
                None => {
                    let answer = work(conn, who)?;
                    store::keep(conn, token.id, key, &request_hash, &answer, who.now)?;
                    Ok(answer)
                }
            }
        })
        .await?;
    let mut response = json(answer.status, &answer.body)?;
    if let Some(location) = answer
        .location
        .and_then(|path| header::HeaderValue::from_str(&path).ok())
    {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

fn key(request: &actix_web::HttpRequest) -> Result<Option<String>> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > KEY_MAX {
        let told = Message::new("error-idempotency-key");
        return Err(Error::Invalid(FieldErrors::one("Idempotency-Key", told)));
    }
    Ok(Some(key.to_owned()))
}
