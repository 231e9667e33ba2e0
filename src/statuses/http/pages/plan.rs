//! The preview of an import or a standard set, and its confirmation.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::actions::import::{self, ImportResult, UnlistedPolicy};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::http::paths::LIST;
use crate::statuses::http::views::import::{PlanPage, Source};
use crate::statuses::http::views::plan::PlanView;
use crate::web::{Flash, html};

/// Rows to plan, and where they come from.
pub struct PlanRequest {
    pub source: Source,
    pub rows: Vec<ImportRow>,
    pub unlisted: UnlistedPolicy,
}

/// The answer to a plan.
pub enum PlanAnswer {
    Preview(HttpResponse),
    /// The rows were applied, as this audit batch.
    Applied(ImportResult, i64),
}

impl PlanRequest {
    /// Previews the rows; with `confirm=1`, applies them if the preview is still the one that was shown.
    pub async fn answer(self, visitor: &PageRequest, fields: &Fields) -> Result<PlanAnswer> {
        let mut conflict = None;
        if fields.is_on("confirm") {
            let (rows, unlisted) = (self.rows.clone(), self.unlisted);
            let expect = fields.text("expect").map(str::to_owned);
            let applied = visitor.write(move |conn, who| {
                let actor = who.actor(import::CHANNEL);
                let result = import::run(conn, &actor, &rows, unlisted, expect.as_deref())?;
                Ok((result, who.batch_id))
            });
            match applied.await {
                Ok((result, batch)) => return Ok(PlanAnswer::Applied(result, batch)),
                Err(Error::Conflict(reason)) => conflict = Some(reason),
                Err(error) => return Err(error),
            }
        }
        self.preview(visitor, conflict)
            .await
            .map(PlanAnswer::Preview)
    }

    async fn preview(
        self,
        visitor: &PageRequest,
        conflict: Option<Message>,
    ) -> Result<HttpResponse> {
        let (rows, unlisted) = (self.rows, self.unlisted);
        let preview = visitor
            .read(move |conn, _| import::preview(conn, &rows, unlisted))
            .await?;
        let status = match &conflict {
            _ if !preview.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
            Some(_) => StatusCode::CONFLICT,
            None => StatusCode::OK,
        };
        let page = visitor.page();
        let view = PlanPage {
            source: self.source,
            plan: Some(PlanView::of(&preview, page.lang)),
            problem: conflict.filter(|_| status == StatusCode::CONFLICT),
            page,
        };
        html(status, &view)
    }
}

/// Goes to the list with a message: how many statuses were created, changed and archived, and that it can be undone.
pub fn show_list(
    visitor: &PageRequest,
    key: &'static str,
    name: &str,
    result: ImportResult,
    batch: i64,
) -> HttpResponse {
    let flash = if result.is_empty() {
        Flash::ok(Message::new("import-flash-nothing"))
    } else {
        let message = Message::new(key)
            .with("name", name)
            .with("created", result.counts.created)
            .with("changed", result.counts.changed)
            .with("archived", result.archived);
        Flash::ok(message).with_batch(batch)
    };
    visitor.redirect(LIST, Some(flash))
}
