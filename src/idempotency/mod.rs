//! Calls and forms that are sent twice. A POST of the API with an `Idempotency-Key` that was used within 24 hours changes
//! nothing and gets the first answer, which is stored in the transaction of the change. A form of a page has a one-time
//! key for this, which `access` stores.

mod answer;
mod forms;
mod store;
mod uploads;

use actix_web::HttpResponse;
use actix_web::http::header;

pub use answer::Answer;
pub use forms::{RepeatedAnswer, answer_repeated_forms};
pub use uploads::{answer_imported, store_import};

use crate::access::{ApiRequest, Principal};
use crate::db::{Conn, locks};
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::web::json;

/// The longest key.
const KEY_MAX: usize = 255;
/// Seconds for which an answer is stored.
const STORED_SECONDS: i64 = 24 * 3600;

/// Runs `work` once for each key of a token; without a key, always.
///
/// # Errors
/// Returns the errors of `work`, which are not stored; [`Error::Conflict`] if the key came with another body before;
/// [`Error::Invalid`] for a key that is empty or too long.
pub async fn run_once<F>(request: &ApiRequest, digest: &str, work: F) -> Result<HttpResponse>
where
    F: Fn(&mut Conn, &Principal) -> Result<Answer> + Send + 'static,
{
    let http = request.http();
    let key = key(http)?;
    let request_hash = sha256_hex(&format!("{} {} {digest}", http.method(), http.path()));
    let answer = request
        .write(move |conn, principal| {
            let (Some(key), Some(token)) = (&key, &principal.token) else {
                return work(conn, principal);
            };
            locks::idempotency_key(conn, &format!("{} {key}", token.id))?;
            store::delete_older(conn, principal.now.plus_seconds(-STORED_SECONDS))?;
            match store::find(conn, token.id, key)? {
                Some((hash, answer)) if hash == request_hash => Ok(answer),
                Some(_) => Err(Error::Conflict(Message::new("error-idempotency-reused"))),
                None => {
                    let answer = work(conn, principal)?;
                    store::insert(conn, token.id, key, &request_hash, &answer, principal.now)?;
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
    let mut values = request.headers().get_all("idempotency-key");
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > KEY_MAX || values.next().is_some() {
        let message = Message::new("error-idempotency-key");
        return Err(Error::invalid("Idempotency-Key", message));
    }
    Ok(Some(key.to_owned()))
}
