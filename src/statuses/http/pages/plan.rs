//! The preview of an import or a standard set, and its confirmation.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::channel::Channel;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::idempotency::store_import;
use crate::records::fields::Fields;
use crate::statuses::actions::import::{self, ImportPreview, ImportResult, UnlistedPolicy};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::http::paths::LIST;
use crate::statuses::http::views::import::{PlanPage, Source};
use crate::statuses::http::views::plan::PlanView;
use crate::web::{Flash, StagedUploads, html};

/// Rows to plan, and where they come from.
pub struct PlanRequest {
    pub source: Source,
    /// The problem if the columns of a file can't be mapped.
    pub rows: Result<Vec<ImportRow>, Message>,
    pub unlisted: UnlistedPolicy,
}

impl PlanRequest {
    /// Previews the rows; with `confirm=1`, applies them if the preview is still the one that was shown.
    pub async fn answer(self, request: &PageRequest, fields: &Fields) -> Result<HttpResponse> {
        let rows = match self.rows {
            Ok(ref rows) => rows.clone(),
            Err(problem) => return columns_page(request, self.source, problem),
        };
        let mut conflict = None;
        let unlisted = self.unlisted;
        if fields.is_on("confirm") {
            let rows = rows.clone();
            let expect = fields.text("expect").map(str::to_owned);
            let (key, name, upload) = self.named_source(request);
            let staged = upload.clone();
            let applied = request.write(move |conn, principal| {
                let actor = principal.actor(Channel::Import);
                let result = import::run(conn, &actor, &rows, unlisted, expect.as_deref())?;
                if staged.is_some() {
                    import::record_file(conn, &actor, &name, &result)?;
                }
                let flash = result_flash(&result, (key, &name), principal.batch_id);
                if let Some(upload) = &staged {
                    store_import(conn, principal, upload, LIST, &flash)?;
                }
                Ok((flash, principal.user_id))
            });
            match applied.await {
                Ok((flash, user)) => {
                    if let Some(upload) = &upload {
                        StagedUploads::of(request.app()).discard(user, upload);
                    }
                    return Ok(request.redirect(LIST, Some(flash)));
                }
                Err(Error::Conflict(reason)) => conflict = Some(reason),
                Err(error) => return Err(error),
            }
        }
        let preview = request
            .read(move |conn, _| import::preview(conn, &rows, unlisted))
            .await?;
        preview_page(request, self.source, preview, conflict)
    }

    /// The key of the message about its result, its name, and the upload of a file.
    fn named_source(&self, request: &PageRequest) -> (&'static str, String, Option<String>) {
        match &self.source {
            Source::File {
                filename, upload, ..
            } => ("import-flash", filename.clone(), Some(upload.clone())),
            Source::Set { set, .. } => ("sets-flash", request.page().t(set.key()).to_owned(), None),
        }
    }
}

/// The page with the preview, and with why it could not be applied.
fn preview_page(
    request: &PageRequest,
    source: Source,
    preview: ImportPreview,
    conflict: Option<Message>,
) -> Result<HttpResponse> {
    let status = match &conflict {
        _ if !preview.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let page = request.page();
    let view = PlanPage {
        source,
        plan: Some(PlanView::of(preview, page.lang)),
        problem: conflict.filter(|_| status == StatusCode::CONFLICT),
        page,
    };
    html(status, &view)
}

/// The page with the columns only, while their mapping is invalid.
fn columns_page(request: &PageRequest, source: Source, problem: Message) -> Result<HttpResponse> {
    let view = PlanPage {
        page: request.page(),
        source,
        plan: None,
        problem: Some(problem),
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// The message about an import: how many statuses it created, changed and archived, and that it can be undone.
fn result_flash(result: &ImportResult, (key, name): (&'static str, &str), batch: i64) -> Flash {
    if result.is_empty() {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let message = Message::new(key)
        .with("name", name)
        .with("created", result.counts.created)
        .with("changed", result.counts.changed)
        .with("archived", result.archived);
    Flash::ok(message).with_batch(batch)
}
