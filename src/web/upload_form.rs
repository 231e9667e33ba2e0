//! Forms that may hold a file. The file is written to disk while it arrives, and only after a valid CSRF token.

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::TryStreamExt;
use futures_util::future::LocalBoxFuture;

use super::body::{
    BODY_LIMIT, check_token, filename, multipart_error, push_text, read_form, skip_part,
};
use super::body_encoding::BodyEncoding;
use super::limited_body::{LimitedBody, acquire_permit, is_multipart, within_deadline};
use super::{App, ReceivedFile, StagedUploads, SubmittedForm, csrf};
use crate::error::{Error, Result};
use crate::records::fields::Fields;

/// Imports: 64 MiB.
pub const UPLOAD_LIMIT: usize = 64 << 20;
/// The name of the field that holds the file.
const FILE: &str = "file";
/// Bytes that are written to disk together.
const BLOCK_BYTES: usize = 1 << 20;

/// The fields of a form, and its file if one was chosen.
pub struct UploadForm {
    pub fields: Fields,
    pub file: Option<ReceivedFile>,
}

impl UploadForm {
    /// The form, if no text holds a NUL character.
    ///
    /// # Errors
    /// [`Error::Unreadable`] otherwise.
    pub fn without_nul(self) -> Result<UploadForm> {
        Ok(UploadForm {
            fields: self.fields.without_nul()?,
            file: self.file,
        })
    }
}

impl FromRequest for UploadForm {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let app = App::of(&req)?;
            if !is_multipart(&req) {
                let fields = read_form(&req, app, payload).await?;
                return Ok(UploadForm { fields, file: None });
            }
            let body = LimitedBody::new(&req, payload, UPLOAD_LIMIT)?;
            if !csrf::is_same_origin(&req, app) {
                return Err(Error::Csrf);
            }
            BodyEncoding::of(&req)?.require_none()?;
            acquire_permit(&req, &app.uploads).await?;
            let uploads = StagedUploads::of(app);
            within_deadline(read_parts(&req, app, body, Some(uploads))).await
        })
    }
}

/// Reads the texts of a form that is refused, so that they can be kept; its file is dropped.
///
/// # Errors
/// Returns what is wrong with the body, and [`Error::Csrf`].
pub async fn read_texts(req: &HttpRequest, payload: Payload) -> Result<()> {
    let app = App::of(req)?;
    if !is_multipart(req) {
        return read_form(req, app, payload).await.map(drop);
    }
    let body = LimitedBody::new(req, payload, UPLOAD_LIMIT)?;
    acquire_permit(req, &app.uploads).await?;
    let read = within_deadline(read_parts(req, app, body, None));
    read.await.map(drop)
}

/// The parts of a form; without `uploads`, files are dropped.
async fn read_parts(
    req: &HttpRequest,
    app: &App,
    body: LimitedBody,
    uploads: Option<StagedUploads>,
) -> Result<UploadForm> {
    let mut parts = Multipart::new(req.headers(), body);
    let (mut fields, mut file) = (Fields::default(), None);
    let mut remaining = BODY_LIMIT;
    while let Some(mut part) = parts.try_next().await.map_err(multipart_error)? {
        let Some(filename) = filename(&part) else {
            push_text(&mut fields, &mut part, &mut remaining).await?;
            continue;
        };
        check_token(req, app, &fields)?;
        match &uploads {
            Some(uploads) if part.name() == Some(FILE) => {
                file = receive(&mut part, uploads, filename).await?.or(file);
            }
            _ => skip_part(&mut part).await?,
        }
    }
    check_token(req, app, &fields)?;
    SubmittedForm::begin(req, app, &fields, file.is_some()).await;
    Ok(UploadForm { fields, file })
}

/// Writes a part to disk; nothing if no file was chosen.
async fn receive(
    part: &mut Field,
    uploads: &StagedUploads,
    name: String,
) -> Result<Option<ReceivedFile>> {
    let (mut file, mut block) = (None, Vec::new());
    while let Some(chunk) = part.try_next().await.map_err(multipart_error)? {
        block.extend_from_slice(&chunk);
        if block.len() >= BLOCK_BYTES {
            file = Some(append(file, uploads, &name, std::mem::take(&mut block)).await?);
        }
    }
    if file.is_none() && block.is_empty() && name.is_empty() {
        return Ok(None);
    }
    append(file, uploads, &name, block).await.map(Some)
}

/// Appends a block to the file on another thread: writing waits for the disk, which an async worker must not.
async fn append(
    file: Option<ReceivedFile>,
    uploads: &StagedUploads,
    name: &str,
    block: Vec<u8>,
) -> Result<ReceivedFile> {
    let (uploads, name) = (uploads.clone(), name.to_owned());
    let written = web::block(move || {
        let mut file = match file {
            Some(file) => file,
            None => uploads.receive(&name)?,
        };
        file.append(&block)?;
        Ok(file)
    });
    written.await.map_err(Error::internal)?
}
