//! Bulk actions on the list, with a preview before each; actions on one status use the preview too.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Permission, Principal};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::bulk_selection;
use crate::records::bulk_selection::{Difference, Expectation, digest};
use crate::records::fields::Fields;
use crate::records::filters::Filtered;
use crate::records::list::List;
use crate::statuses::actions::bulk;
use crate::statuses::actions::bulk::edit::BulkEditForm;
use crate::statuses::actions::bulk::{BulkAction, Verdict};
use crate::statuses::actions::replace::{LeadMover, Replacement};
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::listing::Listing;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::pages::export;
use crate::statuses::http::paths::LIST;
use crate::statuses::http::paths::{back, list_path};
use crate::statuses::http::views::preview::PreviewPage;
use crate::statuses::store;
use crate::web::{Flash, Form, html};

/// The most ids that one form may name.
const IDS_MAX: usize = 5_000;

/// The HTTP status for a form with invalid values.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The action that a form asks for, and the statuses it is for.
#[derive(Debug, Clone)]
struct BulkRequest {
    verb: &'static str,
    action: BulkAction,
    edit: BulkEditForm,
    selection: Selection,
    is_confirmed: bool,
    back: String,
}

impl BulkRequest {
    /// The page to show when it is done; a deleted status has no page.
    fn destination(&self) -> String {
        match self.action {
            BulkAction::Delete { .. } => list_path(&self.back),
            _ => self.back.clone(),
        }
    }
}

/// The statuses: the ticked ones, or all that match the filters of the list.
#[derive(Debug, Clone)]
enum Selection {
    Ids(Vec<i64>),
    All {
        listing: Listing,
        /// The statuses that the form expects; required for a change.
        expect: Option<Expectation>,
    },
}

impl Selection {
    fn read(fields: &Fields) -> Result<Selection> {
        let Some(ids) = bulk_selection::selected_ids(fields)? else {
            return Ok(Selection::All {
                listing: Listing::read(fields).readable()?,
                expect: Expectation::read(fields)?,
            });
        };
        let refused = |key| Err(Error::Invalid(FieldErrors::one("ids", Message::new(key))));
        match ids.len() {
            0 => refused("status-bulk-nothing"),
            1..=IDS_MAX => Ok(Selection::Ids(ids)),
            _ => refused("status-bulk-too-many"),
        }
    }

    /// The selection, if it may be changed: "all that match" needs an expectation to be compared with.
    fn for_change(self) -> Result<Selection> {
        match self {
            Selection::All { expect: None, .. } => Err(bulk_selection::missing_expectation()),
            other => Ok(other),
        }
    }

    /// The filters, if all that match are selected.
    fn filters(&self) -> Option<Vec<(&'static str, String)>> {
        match self {
            Selection::Ids(_) => None,
            Selection::All { listing, .. } => Some(listing.filter.filter_pairs()),
        }
    }

    /// The present ids, and how they differ from what the form expected.
    fn resolve(&self, conn: &mut Conn, now: Timestamp) -> Result<(Vec<i64>, Difference)> {
        let ids_of = |statuses: Vec<LeadStatus>| statuses.iter().map(|status| status.id).collect();
        match self {
            Selection::Ids(ids) => {
                let existing: Vec<i64> = ids_of(store::find_many(conn, ids)?);
                let count = ids.len() as i64 - existing.len() as i64;
                let is_other = count > 0;
                Ok((existing, Difference { count, is_other }))
            }
            Selection::All { listing, expect } => {
                let resolved = store::resolve_listing(conn, listing, now)?;
                let current: Vec<i64> = ids_of(store::list_matching(conn, &resolved)?);
                let difference = expect.as_ref().map(|expect| expect.difference(&current));
                Ok((current, difference.unwrap_or_default()))
            }
        }
    }

    /// True if these are the statuses that the form expected.
    fn is_expected(&self, current: &[i64]) -> bool {
        match self {
            Selection::Ids(ids) => ids.len() == current.len(),
            Selection::All { expect, .. } => {
                expect.as_ref().is_some_and(|expect| expect.holds(current))
            }
        }
    }
}

impl BulkRequest {
    /// The request, and the errors in the values of an edit.
    fn read(fields: &Fields) -> Result<(BulkRequest, FieldErrors)> {
        let replacement = replacement(fields)?;
        let (edit, mut errors) = BulkEditForm::read(fields);
        let (verb, act) = match fields.text("action") {
            Some("archive") => ("archive", BulkAction::Archive { replacement }),
            Some("restore") => ("restore", BulkAction::Restore),
            Some("delete") => ("delete", BulkAction::Delete { replacement }),
            Some("edit") => ("edit", BulkAction::Edit(edit.parse(&mut errors))),
            _ => {
                return Err(Error::Invalid(FieldErrors::one(
                    "action",
                    Message::new("status-bulk-action"),
                )));
            }
        };
        let request = BulkRequest {
            verb,
            action: act,
            edit,
            selection: Selection::read(fields)?.for_change()?,
            is_confirmed: fields.is_on("confirm"),
            back: back(fields),
        };
        Ok((request, errors))
    }
}

/// `POST /admin/leads/statuses/bulk`: an action on the ticked rows, or on all that match.
pub async fn bulk(visitor: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    if fields.text("action") == Some("export") {
        return export_selection(visitor, &fields).await;
    }
    let (request, errors) = BulkRequest::read(&fields)?;
    respond(visitor, request, errors).await
}

/// An action on one status, from its row or its page.
pub(crate) async fn act_on_one(
    visitor: PageRequest,
    fields: Fields,
    verb: &'static str,
    act: BulkAction,
    id: i64,
) -> Result<HttpResponse> {
    let request = BulkRequest {
        verb,
        action: act,
        edit: BulkEditForm::default(),
        selection: Selection::Ids(vec![id]),
        is_confirmed: fields.is_on("confirm"),
        back: back(&fields),
    };
    respond(visitor, request, FieldErrors::new()).await
}

/// The replacement that the form names; nothing if the field is empty.
pub(crate) fn replacement(fields: &Fields) -> Result<Option<Replacement>> {
    match fields.text("replace_with").map(str::trim) {
        None | Some("") => Ok(None),
        Some(_) => Replacement::read(fields),
    }
}

async fn respond(
    visitor: PageRequest,
    request: BulkRequest,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    if !errors.is_empty() {
        return preview(&visitor, request, errors, INVALID, None).await;
    }
    if !request.is_confirmed {
        return preview(&visitor, request, errors, StatusCode::OK, None).await;
    }
    if is_empty_edit(&request.action) {
        let nothing = FieldErrors::one("new_kind", Message::new("status-edit-nothing"));
        return preview(&visitor, request, nothing, INVALID, None).await;
    }
    let (for_write, mover) = (request.clone(), LeadMover::from_request(visitor.http())?);
    let mover_for_write = mover.clone();
    match visitor
        .write(move |conn, who| carry_out(conn, who, &for_write, &mover_for_write))
        .await
    {
        Ok((verdicts, batch)) => {
            mover.wake();
            let flash = Flash::ok(flash_message(&request, &verdicts)).with_batch(batch);
            Ok(visitor.redirect(&request.destination(), Some(flash)))
        }
        Err(Error::Invalid(errors)) => preview(&visitor, request, errors, INVALID, None).await,
        Err(error @ (Error::Blocked(_) | Error::Conflict(_) | Error::Taken(_))) => {
            let why = Some(error.message());
            preview(&visitor, request, errors, StatusCode::CONFLICT, why).await
        }
        Err(error) => Err(error),
    }
}

/// Does the action; returns the verdicts and the batch.
fn carry_out(
    conn: &mut Conn,
    who: &Principal,
    request: &BulkRequest,
    mover: &LeadMover,
) -> Result<(Vec<Verdict>, i64)> {
    who.require(Permission::StatusesWrite)?;
    locks::pipeline(conn)?;
    let (ids, _) = request.selection.resolve(conn, who.now)?;
    if !request.selection.is_expected(&ids) {
        return Err(Error::Conflict(Message::new("status-bulk-changed")));
    }
    let actor = who.actor(channel(request));
    let verdicts = bulk::carry_out(conn, &actor, &request.action, &ids, mover)?;
    Ok((verdicts, who.batch_id))
}

/// The message of the banner.
fn flash_message(request: &BulkRequest, verdicts: &[Verdict]) -> Message {
    let named = verdicts.first().map(|verdict| verdict.status.name.as_str());
    let moving = bulk::count_background_moves(verdicts);
    if moving > 0 {
        return Message::new("status-flash-leaving").with("count", moving);
    }
    Message::new(done_key(request))
        .with("count", verdicts.len())
        .with("name", named.unwrap_or_default())
}

fn is_empty_edit(act: &BulkAction) -> bool {
    matches!(act, BulkAction::Edit(edit) if edit.is_empty())
}

fn channel(request: &BulkRequest) -> &'static str {
    match request.selection {
        Selection::Ids(ref ids) if ids.len() == 1 => "ui",
        _ => "bulk",
    }
}

fn done_key(request: &BulkRequest) -> &'static str {
    match request.verb {
        "archive" => "status-flash-archived",
        "restore" => "status-flash-restored",
        "delete" => "status-flash-deleted",
        "default" => "status-flash-default",
        "converted" => "status-flash-converted",
        _ => "status-flash-edited",
    }
}

/// The data of a preview.
struct PreviewData {
    verdicts: Vec<Verdict>,
    refused: FieldErrors,
    candidates: Vec<LeadStatus>,
    difference: Difference,
    /// The digest of the ids, for the check at confirmation.
    digest: String,
}

fn load_preview(conn: &mut Conn, who: &Principal, request: &BulkRequest) -> Result<PreviewData> {
    who.require(Permission::StatusesWrite)?;
    let (ids, difference) = request.selection.resolve(conn, who.now)?;
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let (verdicts, refused) = match bulk::judge(conn, &request.action, &ids) {
        Err(Error::Invalid(errors)) => (
            bulk::judge(conn, &without_replacement(&request.action), &ids)?,
            errors,
        ),
        other => (other?, FieldErrors::new()),
    };
    let mut takers = store::list_in_use(conn)?;
    let roles: Vec<Kind> = verdicts
        .iter()
        .flat_map(|verdict| verdict.status.roles())
        .map(Role::required_kind)
        .collect();
    let fits = |taker: &LeadStatus| roles.is_empty() || roles.contains(&taker.kind);
    takers
        .retain(|taker| !ids.contains(&taker.id) && taker.being_replaced.is_none() && fits(taker));
    Ok(PreviewData {
        verdicts,
        refused,
        candidates: takers,
        difference,
        digest: digest(&ids),
    })
}

async fn preview(
    visitor: &PageRequest,
    request: BulkRequest,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let for_read = request.clone();
    let read = visitor
        .read(move |conn, who| load_preview(conn, who, &for_read))
        .await?;
    let is_refused = !read.refused.is_empty();
    let view = PreviewPage {
        page: visitor.page(),
        verb: request.verb,
        action: request.action,
        edit: request.edit,
        errors: if is_refused { read.refused } else { errors },
        candidates: read.candidates,
        verdicts: read.verdicts,
        scope: request.selection.filters(),
        difference: read.difference,
        digest: read.digest,
        why,
        back: request.back,
    };
    html(
        if is_refused {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            status
        },
        &view,
    )
}

fn without_replacement(act: &BulkAction) -> BulkAction {
    match act {
        BulkAction::Archive { .. } => BulkAction::Archive { replacement: None },
        BulkAction::Delete { .. } => BulkAction::Delete { replacement: None },
        other => other.clone(),
    }
}

/// `action=export`: downloads the selected statuses. It changes nothing, so it needs no expectation.
async fn export_selection(visitor: PageRequest, fields: &Fields) -> Result<HttpResponse> {
    let parsed = Selection::read(fields).and_then(|selection| {
        let format = export::format(fields)?;
        Ok((selection, format))
    });
    let (selection, format) = parsed?;
    let rows = visitor
        .read(move |conn, who: &Principal| {
            let (ids, _) = selection.resolve(conn, who.now)?;
            store::find_many(conn, &ids)
        })
        .await?;
    export::file(format, &rows)
}

/// The address that the form of a preview is sent to.
pub fn form_action(verb: &str, one: Option<i64>) -> String {
    match (verb, one) {
        ("default" | "converted", Some(id)) => format!("{LIST}/{id}/{verb}"),
        _ => format!("{LIST}/bulk"),
    }
}
