use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::fields::{Fields, Upload};
use super::{App, csrf, kept, sha256_hex};
use crate::error::{Error, Result};
use crate::i18n::Message;

/// Forms and API bodies: 1 MiB, in which 2,000 ids fit.
const BODY_LIMIT: usize = 1 << 20;
/// Imports: 64 MiB.
pub const UPLOAD_LIMIT: usize = 64 << 20;
/// What is read and thrown away of a body over its limit, so that the sender gets to read the answer.
const DRAINED: usize = 128 << 20;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// A form of one of our pages: its CSRF token is checked before anyone sees the fields.
pub struct Form<const LIMIT: usize = BODY_LIMIT>(pub Fields);

impl<const LIMIT: usize> Form<LIMIT> {
    /// The fields, if no text holds a NUL character.
    ///
    /// # Errors
    /// [`Error::Unreadable`] otherwise.
    pub fn without_nul(self) -> Result<Fields> {
        if self.0.has_nul() {
            return Err(Error::Unreadable(Message::new("error-body-nul")));
        }
        Ok(self.0)
    }
}

impl<const LIMIT: usize> FromRequest for Form<LIMIT> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let app = req
                .app_data::<web::Data<App>>()
                .ok_or_else(|| Error::internal("no state"))?;
            let bytes = receive(&req, payload, LIMIT).await?;
            let fields = decode(req.headers(), bytes).await?;
            if let Err(refused) = csrf::check(&req, app, fields.text("csrf")) {
                if csrf::is_same_origin(&req, app) {
                    kept::keep(&req, &fields);
                }
                return Err(refused);
            }
            Ok(Form(fields))
        })
    }
}

/// The body of an API call, in any of the three encodings.
pub struct Body {
    pub fields: Fields,
    /// SHA-256 of the bytes, to recognise a repeated call.
    pub digest: String,
}

impl FromRequest for Body {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = receive(&req, payload, BODY_LIMIT).await?;
            let digest = sha256_hex(&String::from_utf8_lossy(&bytes));
            Ok(Body {
                fields: decode(req.headers(), bytes).await?,
                digest,
            })
        })
    }
}

/// The whole body, if it arrives in time and within `limit`.
async fn receive(req: &HttpRequest, payload: Payload, limit: usize) -> Result<Bytes> {
    let announced = req
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or(0);
    let collected = async {
        let mut payload = payload;
        let mut bytes = BytesMut::with_capacity(announced.min(limit));
        let mut total = 0usize;
        while let Some(chunk) = payload.next().await {
            let chunk =
                chunk.map_err(|_| Error::Unreadable(Message::new("error-body-multipart")))?;
            total += chunk.len();
            if total > DRAINED {
                break;
            }
            if total <= limit {
                bytes.extend_from_slice(&chunk);
            }
        }
        if total > limit {
            Err(Error::TooLarge)
        } else {
            Ok(bytes.freeze())
        }
    };
    tokio::time::timeout(PATIENCE, collected)
        .await
        .unwrap_or(Err(Error::TooSlow))
}

async fn decode(headers: &HeaderMap, bytes: Bytes) -> Result<Fields> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "" if bytes.is_empty() => Ok(Fields::default()),
        "application/json" => from_json(&bytes),
        "application/x-www-form-urlencoded" => Fields::from_urlencoded(&bytes),
        "multipart/form-data" => from_multipart(headers, bytes).await,
        _ => Err(Error::MediaType),
    }
}

fn from_json(bytes: &[u8]) -> Result<Fields> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value = serde_json::from_slice(text)
        .map_err(|_| Error::Unreadable(Message::new("error-body-not-json")))?;
    Fields::from_json(value).ok_or_else(|| Error::Unreadable(Message::new("error-body-not-object")))
}

async fn from_multipart(headers: &HeaderMap, bytes: Bytes) -> Result<Fields> {
    let unreadable = || Error::Unreadable(Message::new("error-body-multipart"));
    let mut parts = Multipart::new(headers, stream::once(async { Ok(bytes) }));
    let mut fields = Fields::default();
    while let Some(mut part) = parts.try_next().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        let filename = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned);
        let mut content = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|_| unreadable())? {
            content.extend_from_slice(&chunk);
        }
        match filename {
            Some(filename) => fields.files.push(Upload {
                field: name,
                filename,
                bytes: content,
            }),
            None => {
                let text = String::from_utf8(content)
                    .map_err(|_| Error::Unreadable(Message::new("error-body-not-utf8")))?;
                fields.push(&name, &text);
            }
        }
    }
    Ok(fields)
}
