//! Changes, and taking them back. The doc comments are texts of the API reference.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::access::{ApiRequest, Principal};
use crate::audit::actor_label;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::pipeline::actions::past_imports::{self, PastImport};
use crate::pipeline::actions::undo;
use crate::pipeline::domain::undo::{SkippedRecord, UndoCounts, UndoPreview};
use crate::pipeline::http::undo_outcome::{outcome_message, preview_message, wait_for_end};
use crate::records::fields::{Fields, parse_id};
use crate::web::{Body, Id, Query, json as respond};

/// The largest page.
const PER_PAGE_MAX: i64 = 100;

/// Which changes to list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// The last `id` of the page before.
    pub after: Option<i64>,
    /// At most so many.
    #[param(minimum = 1, maximum = 100, example = 20)]
    pub per_page: Option<i64>,
}

/// How to take back.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UndoQuery {
    /// `1` says what would happen, and changes nothing.
    #[param(value_type = Option<String>, example = "1")]
    pub dry_run: Option<bool>,
}

/// A change.
#[derive(Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeBody {
    #[schema(example = 1)]
    pub id: i64,
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    pub at: String,
    /// Who made it.
    #[schema(example = "Radu Stănescu")]
    pub by: String,
    /// How it was made: `import`.
    #[schema(example = "import")]
    pub via: String,
    /// What it was: `import`.
    #[schema(example = "import")]
    pub action: String,
    /// One sentence for people.
    pub summary: String,
    /// How many things it created or changed.
    #[schema(example = 42)]
    pub count: i64,
    /// True if you can take it back now.
    pub undoable: bool,
    /// When it was taken back; null unless it was.
    #[schema(format = DateTime, required = true, example = json!(null))]
    pub undone_at: Option<String>,
    /// Until when it can be taken back; RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-06-09T09:51:26Z")]
    pub until: String,
}

/// Something that stays as it is.
#[derive(Serialize, ToSchema)]
#[schema(as = LeftThing)]
pub struct LeftBody {
    /// `lead` or `status`.
    #[schema(example = "lead")]
    pub thing: String,
    #[schema(example = 7)]
    pub id: i64,
    /// Why it stays.
    #[schema(example = "Moved since by Radu Stănescu")]
    pub why: String,
}

/// The answer to taking a change back, or to its dry run.
#[derive(ToSchema)]
pub struct Undone {
    /// Always `true`.
    #[schema(example = true)]
    pub status: bool,
    /// One sentence for people.
    pub message: String,
    /// How many things are or would be as they were.
    #[schema(example = 40)]
    pub restored: i64,
    /// What stays as it is: the first thousand.
    pub left: Vec<LeftBody>,
    /// With `dry_run`: `true`.
    #[schema(value_type = bool, required = false, example = true)]
    pub dry_run: Option<bool>,
}

impl ChangeBody {
    fn of(change: &PastImport, principal: &Principal) -> ChangeBody {
        let undone = change.undo.as_ref();
        ChangeBody {
            id: change.entry.id,
            at: change.entry.recorded_at.rfc3339(),
            by: actor_label(&change.entry.actor, Lang::En).to_owned(),
            via: change.entry.channel.clone(),
            action: change.entry.action.clone(),
            summary: change.message().text(Lang::En),
            count: change.count(),
            undoable: change.is_undoable(principal),
            undone_at: undone.map(|undo| undo.finished_at.unwrap_or(undo.started_at).rfc3339()),
            until: change.until().rfc3339(),
        }
    }
}

/// List changes.
///
/// The changes that can be taken back as a whole, and that you may see: imports. The newest first.
#[utoipa::path(
    get, path = "/api/changes", operation_id = "list_changes", tag = "Changes",
    params(ChangesQuery),
    responses(
        (status = 200, body = Vec<ChangeBody>, description = "The changes."),
        (status = 422, description = "A parameter is unknown or not valid.")
    )
)]
pub async fn list(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    let (after, per_page) = page_of(&query)?;
    let bodies = request.read(move |conn, principal| {
        let changes = match past_imports::list(conn, principal, after, per_page) {
            Err(Error::NotFound) => return Err(invalid("after", "changes-after-unknown")),
            changes => changes?,
        };
        let bodies = changes
            .iter()
            .map(|change| ChangeBody::of(change, principal));
        Ok(bodies.collect::<Vec<ChangeBody>>())
    });
    respond(StatusCode::OK, &bodies.await?)
}

fn invalid(field: &'static str, key: &'static str) -> Error {
    Error::invalid(field, Message::new(key))
}

/// The change to list after, and the size of the page.
fn page_of(query: &Fields) -> Result<(Option<i64>, i64)> {
    query.refuse_others(&["after", "per_page"])?;
    let number = |name: &'static str| match query.text(name).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => match parse_id(text) {
            Some(number) => Ok(Some(number)),
            None => Err(invalid(name, "changes-number")),
        },
    };
    let per_page = number("per_page")?.unwrap_or(PER_PAGE_MAX);
    Ok((number("after")?, per_page.clamp(1, PER_PAGE_MAX)))
}

/// Take a change back.
///
/// An import within 30 days: created leads go to the bin, changed ones get back what they were. What has changed since
/// stays as it is and is named. The example is a dry run: leave `dry_run` out to take the change back.
#[utoipa::path(
    post, path = "/api/changes/{id}/undo", operation_id = "undo_change", tag = "Changes",
    params(("id" = i64, Path, example = 1), UndoQuery),
    responses(
        (status = 200, body = Undone, description = "The change is taken back; or with `dry_run`, would be."),
        (status = 404),
        (status = 409, description = "The change was taken back already, is older than 30 days, or nothing of it is left to take back."),
        (status = 422, description = "`dry_run` is not true or false, or a parameter is unknown.")
    )
)]
pub async fn undo_change(
    request: ApiRequest,
    Id(id): Id,
    Query(query): Query,
    body: Body,
) -> Result<HttpResponse> {
    query.refuse_others(&["dry_run"])?;
    body.fields.refuse_others(&[])?;
    let is_dry = query.is_dry_run()?;
    let (change, preview) = preview_undo(&request, id).await?;
    match is_dry {
        true => {
            let message = preview_message(&change, &preview.counts, Lang::En);
            let mut answer = outcome_body(&message, &preview.counts, &preview.skipped);
            answer["dry_run"] = true.into();
            respond(StatusCode::OK, &answer)
        }
        false => take_back(&request, &change).await,
    }
}

/// The change, if the sender can take it back, and what that would do.
async fn preview_undo(request: &ApiRequest, id: i64) -> Result<(PastImport, UndoPreview)> {
    let change = request.read(move |conn, principal| {
        let change = past_imports::find(conn, id)?;
        change.check(principal).map(|()| change)
    });
    let (db, change) = (request.app().db.clone(), change.await?);
    let previewed = change.clone();
    let preview = web::block(move || undo::preview(&db, &previewed)).await;
    Ok((change, preview.map_err(Error::internal)??))
}

async fn take_back(request: &ApiRequest, change: &PastImport) -> Result<HttpResponse> {
    let id = change.entry.id;
    request
        .write(move |conn, principal| undo::start(conn, principal, id))
        .await?;
    let (counts, skipped, is_finished) = wait_for_end(request.app(), id).await?;
    let message = outcome_message(change, &counts, is_finished, Lang::En);
    respond(StatusCode::OK, &outcome_body(&message, &counts, &skipped))
}

fn outcome_body(message: &str, counts: &UndoCounts, skipped: &[SkippedRecord]) -> Value {
    let left = skipped.iter().map(|thing| LeftBody {
        thing: thing.thing.clone(),
        id: thing.id,
        why: thing.reason.text(Lang::En),
    });
    json!({
        "status": true,
        "message": message,
        "restored": counts.taken_back(),
        "left": left.collect::<Vec<LeftBody>>(),
    })
}
