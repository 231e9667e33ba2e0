//! Limits of a body while it arrives: its size, its time, and how many are read at once. The rest of a refused body is
//! discarded.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest};
use futures_util::{Stream, StreamExt};

use super::{ConcurrencyLimit, header_text};
use crate::error::{Error, Result};
use crate::i18n::Message;

/// Bodies of at most 16 KiB are read before their sender is known: 10,000 of them take 160 MiB.
const SMALL_BODY: usize = 16 << 10;
/// How long a body may take to arrive.
const DEADLINE: Duration = Duration::from_secs(15);
/// How long a body waits for a permit.
const QUEUE_DEADLINE: Duration = Duration::from_secs(5);
/// How long the rest of a refused body is read, so that the sender reads the response.
const DISCARD_DEADLINE: Duration = Duration::from_secs(2);

/// The length that a request announces for its body.
pub(super) fn content_length(req: &HttpRequest) -> Option<usize> {
    header_text(req.headers(), header::CONTENT_LENGTH)?
        .parse()
        .ok()
}

/// True for a body whose length is announced and small, and where there is no body.
pub fn is_small(req: &HttpRequest) -> bool {
    match content_length(req) {
        Some(length) => length <= SMALL_BODY,
        None => !req.headers().contains_key(header::TRANSFER_ENCODING),
    }
}

/// True if the sender must be authorized before the body is read: it is not small, or may hold files.
pub fn needs_known_sender(req: &HttpRequest) -> bool {
    !is_small(req) || is_multipart(req)
}

/// True for `multipart/form-data`.
pub(super) fn is_multipart(req: &HttpRequest) -> bool {
    media_type(req) == "multipart/form-data"
}

/// The content type in lower case without its parameters; empty if there is none.
pub(super) fn media_type(req: &HttpRequest) -> String {
    let content_type = header_text(req.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let essence = content_type.split(';').next();
    essence.unwrap_or_default().trim().to_ascii_lowercase()
}

/// Acquires a permit of `limit` for a body that is not small, until its request is answered.
///
/// # Errors
/// [`Error::Crowded`] if none becomes free in time.
pub(super) async fn acquire_permit(req: &HttpRequest, limit: &ConcurrencyLimit) -> Result<()> {
    if !is_small(req) {
        let permit = limit.acquire_within(QUEUE_DEADLINE).await?;
        req.extensions_mut().insert(permit);
    }
    Ok(())
}

/// The result of `body`, if the body arrives in time.
///
/// # Errors
/// [`Error::TooSlow`] if it doesn't, and what `body` fails with.
pub(super) async fn within_deadline<T>(body: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(DEADLINE, body)
        .await
        .unwrap_or(Err(Error::TooSlow))
}

/// Reads the rest of a refused body for a short time and drops it. Then the connection is closed.
pub fn discard(mut payload: Payload) {
    actix_web::rt::spawn(async move {
        let remainder = async { while let Some(Ok(_)) = payload.next().await {} };
        let _ = tokio::time::timeout(DISCARD_DEADLINE, remainder).await;
    });
}

/// A body of limited size. Dropping it discards the rest.
pub(super) struct LimitedBody {
    payload: Option<Payload>,
    remaining: usize,
}

impl LimitedBody {
    /// The body of `req`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if it is announced to be larger than `limit`.
    pub(super) fn new(req: &HttpRequest, payload: Payload, limit: usize) -> Result<LimitedBody> {
        let incoming = LimitedBody {
            payload: Some(payload),
            remaining: limit,
        };
        match content_length(req) {
            Some(length) if length > limit => Err(Error::TooLarge),
            _ => Ok(incoming),
        }
    }
}

impl Stream for LimitedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(payload) = &mut self.payload else {
            return Poll::Ready(None);
        };
        let next = ready!(Pin::new(payload).poll_next(cx));
        Poll::Ready(match next {
            Some(Ok(chunk)) => match self.remaining.checked_sub(chunk.len()) {
                Some(remaining) => {
                    self.remaining = remaining;
                    Some(Ok(chunk))
                }
                None => Some(Err(PayloadError::Overflow)),
            },
            Some(Err(error)) => Some(Err(error)),
            None => {
                self.payload = None;
                None
            }
        })
    }
}

impl Drop for LimitedBody {
    fn drop(&mut self) {
        if let Some(payload) = self.payload.take() {
            discard(payload);
        }
    }
}

/// The error for a body that can't be received.
pub(super) fn payload_error(error: PayloadError) -> Error {
    match error {
        PayloadError::Overflow => Error::TooLarge,
        _ => Error::Unreadable(Message::new("error-body-unreadable")),
    }
}
