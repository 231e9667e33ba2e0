//! The bodies of forms and of calls of the API.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::body_encoding::BodyEncoding;
use super::limited_body::{
    LimitedBody, acquire_permit, content_length, is_small, media_type, payload_error,
    within_deadline,
};
use super::restored_form::{RestorableRoute, RestoredForm, fields_to_keep};
use super::{App, BackLink, SubmittedForm, csrf, form_page};
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};

/// Forms and API bodies: 1 MiB, in which 2,000 ids fit.
pub(super) const BODY_LIMIT: usize = 1 << 20;

/// A form of one of our pages, as `T` reads it. Its CSRF token is checked first.
pub struct Form<T = Fields>(pub T);

/// The fields of the form that `req` carries.
///
/// # Errors
/// Returns what is wrong with the body, and [`Error::Csrf`].
pub(super) async fn read_form(req: &HttpRequest, app: &App, payload: Payload) -> Result<Fields> {
    if let Some(restored) = RestoredForm::of(req) {
        return Ok(restored.fields);
    }
    let fields = decode(req, receive(req, app, payload).await?).await?;
    if let Err(refusal) = check_token(req, app, &fields) {
        return restore_outdated(req, app, &fields).ok_or(refusal);
    }
    SubmittedForm::begin(req, app, &fields, false).await;
    Ok(fields)
}

/// Refuses a form without a valid CSRF token. If it comes from our own origin, the error page leads back to it.
pub(super) fn check_token(req: &HttpRequest, app: &App, fields: &Fields) -> Result<()> {
    let checked = csrf::check(req, app, fields.text("csrf"));
    if checked.is_err()
        && csrf::is_same_origin(req, app)
        && let Some(path) = form_page(req, app)
    {
        let key = "error-form-again";
        req.extensions_mut().insert(BackLink { path, key });
    }
    checked
}

/// The fields of a form under the token of an earlier session, which is shown again with what was typed; nothing unless
/// the browser says that it comes from our own origin.
fn restore_outdated(req: &HttpRequest, app: &App, fields: &Fields) -> Option<Fields> {
    req.extensions().get::<RestorableRoute>()?;
    let headers = req.headers();
    let has_origin = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if !has_origin || !csrf::is_same_origin(req, app) {
        return None;
    }
    let texts = fields_to_keep(fields)?;
    let texts = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let fields = Fields::from_pairs(texts);
    req.extensions_mut().insert(RestoredForm {
        fields: fields.clone(),
        is_outdated: true,
    });
    Some(fields)
}

impl<T: FromFields> FromRequest for Form<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let fields = read_form(&req, App::of(&req)?, payload).await?;
            T::from_fields(fields).map(Form)
        })
    }
}

/// The body of an API call, in any of the three encodings, as `T` reads it.
pub struct Body<T = Fields> {
    pub fields: T,
    /// SHA-256 of the bytes, to recognise a repeated call.
    pub digest: String,
}

impl<T: FromFields> FromRequest for Body<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = receive(&req, App::of(&req)?, payload).await?;
            let digest = sha256_hex(&String::from_utf8_lossy(&bytes));
            Ok(Body {
                fields: T::from_fields(decode(&req, bytes).await?)?,
                digest,
            })
        })
    }
}

/// The whole body, if it arrives in time and within its limit.
async fn receive(req: &HttpRequest, app: &App, payload: Payload) -> Result<Bytes> {
    let mut body = LimitedBody::new(req, payload, BODY_LIMIT)?;
    let encoding = BodyEncoding::of(req)?;
    acquire_permit(req, &app.bodies).await?;
    let reserved = content_length(req).filter(|_| is_small(req)).unwrap_or(0);
    within_deadline(async {
        let mut bytes = BytesMut::with_capacity(reserved);
        while let Some(chunk) = body.next().await {
            bytes.extend_from_slice(&chunk.map_err(payload_error)?);
        }
        encoding.decode(bytes.freeze(), BODY_LIMIT)
    })
    .await
}

async fn decode(req: &HttpRequest, bytes: Bytes) -> Result<Fields> {
    match media_type(req).as_str() {
        "" if bytes.is_empty() => Ok(Fields::default()),
        // Clients name the type of every body, of none too; deleting takes none.
        _ if bytes.is_empty() && req.method() == Method::DELETE => Ok(Fields::default()),
        "application/json" => from_json(&bytes),
        "application/x-www-form-urlencoded" => Fields::from_urlencoded(&bytes),
        "multipart/form-data" => from_multipart(req.headers(), bytes).await,
        _ => Err(Error::MediaType),
    }
}

fn from_json(bytes: &[u8]) -> Result<Fields> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value = serde_json::from_slice(text)
        .map_err(|_| Error::Unreadable(Message::new("error-body-not-json")))?;
    Fields::from_json(value).ok_or_else(|| Error::Unreadable(Message::new("error-body-not-object")))
}

/// The texts of a multipart body; files are skipped.
async fn from_multipart(headers: &HeaderMap, bytes: Bytes) -> Result<Fields> {
    let mut parts = Multipart::new(headers, stream::once(async { Ok(bytes) }));
    let mut fields = Fields::default();
    let mut remaining = BODY_LIMIT;
    while let Some(mut part) = parts.try_next().await.map_err(multipart_error)? {
        match filename(&part) {
            Some(_) => skip_part(&mut part).await?,
            None => push_text(&mut fields, &mut part, &mut remaining).await?,
        }
    }
    Ok(fields)
}

/// The name of the file in a part, as the sender named it; nothing for a text.
pub(super) fn filename(part: &Field) -> Option<String> {
    let disposition = part.content_disposition()?;
    disposition.get_filename().map(str::to_owned)
}

/// Reads a part to its end without keeping it.
pub(super) async fn skip_part(part: &mut Field) -> Result<()> {
    while part.try_next().await.map_err(multipart_error)?.is_some() {}
    Ok(())
}

/// Adds the text of a part to `fields`, and takes its length from `remaining`, the bytes that all texts may still have.
pub(super) async fn push_text(
    fields: &mut Fields,
    part: &mut Field,
    remaining: &mut usize,
) -> Result<()> {
    let mut content = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(multipart_error)? {
        *remaining = remaining.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
        content.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(content)
        .map_err(|_| Error::Unreadable(Message::new("error-body-not-utf8")))?;
    fields.push(part.name().unwrap_or_default(), &text);
    Ok(())
}

/// The error for a multipart body that can't be read.
pub(super) fn multipart_error(error: MultipartError) -> Error {
    match error {
        MultipartError::Payload(cause) => payload_error(cause),
        _ => Error::Unreadable(Message::new("error-body-multipart")),
    }
}
