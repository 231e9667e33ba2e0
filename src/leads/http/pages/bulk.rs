//! Actions on several leads: the preview, then the change.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpResponse};

use crate::access::{PageRequest, Principal, users};
use crate::channel::Channel;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk;
use crate::leads::actions::bulk::LeadOutcome;
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::domain::bulk_action::BulkAction;
use crate::leads::domain::bulk_action::BulkActionKind;
use crate::leads::domain::bulk_form::BulkForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::export::{ExportSelection, parse_export, stream_export};
use crate::leads::http::pages::selection::{self, Selection, resolve};
use crate::leads::http::paths::RETURN_TO;
use crate::leads::http::views::bulk_preview::{BulkPreviewData, BulkPreviewPage};
use crate::records::bulk_selection::digest;
use crate::records::fields::Fields;
use crate::web::{BackLink, Flash, Form, html};

/// The response status for invalid values.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `action=export`: the selected leads as a file, without a limit. An export changes nothing, so `expect` is not
/// needed.
async fn export_selection(visitor: PageRequest, fields: &Fields) -> Result<HttpResponse> {
    let selected = match selection::read(fields, None)? {
        Selection::Ids(ids) => ExportSelection::Ids(ids),
        Selection::All { listing, .. } => ExportSelection::Filter(listing.filter),
    };
    stream_export(&visitor, parse_export(fields)?, Some(selected)).await
}

fn unknown_action() -> Error {
    Error::invalid("action", Message::new("lead-bulk-action"))
}

/// A bulk action with the leads that it is about.
#[derive(Debug, Clone)]
struct BulkRequest {
    kind: BulkActionKind,
    form: BulkForm,
    selection: Selection,
    is_confirmed: bool,
    back: String,
}

impl BulkRequest {
    fn read(kind: BulkActionKind, fields: &Fields) -> Result<BulkRequest> {
        Ok(BulkRequest {
            kind,
            form: BulkForm::read(fields),
            selection: selection::read(fields, kind.filter_field())?.for_change()?,
            is_confirmed: fields.is_on("confirm"),
            back: RETURN_TO.read(fields),
        })
    }
}

/// Lets an error page lead back to the list of leads.
fn set_back_link(visitor: &PageRequest, fields: &Fields) {
    let back = BackLink {
        path: RETURN_TO.read(fields),
        key: "lead-bulk-back",
    };
    visitor.http().extensions_mut().insert(back);
}

/// `POST /admin/leads/bulk`: an action on the ticked leads, or on all that match.
pub async fn bulk(visitor: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    set_back_link(&visitor, &fields);
    let action = fields.text("action").unwrap_or_default();
    if action == "export" {
        return export_selection(visitor, &fields).await;
    }
    let kind = BulkActionKind::from_word(action).ok_or_else(unknown_action)?;
    // Without the permission the answer is the same whatever was sent.
    visitor
        .read(move |_, principal| principal.require(kind.permission()))
        .await?;
    respond(&visitor, BulkRequest::read(kind, &fields)?).await
}

async fn respond(visitor: &PageRequest, request: BulkRequest) -> Result<HttpResponse> {
    let now = visitor.app().clock.now();
    let parsed = request.form.parse(request.kind, request.is_confirmed, now);
    let action = match parsed {
        Err(errors) => return render_preview(visitor, request, None, errors, INVALID, None).await,
        Ok(action) => action,
    };
    if !request.is_confirmed {
        let errors = FieldErrors::new();
        return render_preview(visitor, request, action, errors, StatusCode::OK, None).await;
    }
    let Some(action) = action else {
        let errors = request.form.missing_errors(request.kind);
        return render_preview(visitor, request, None, errors, INVALID, None).await;
    };
    let (job, ordered) = (request.clone(), action.clone());
    let done = visitor
        .write(move |conn, principal| apply(conn, principal, &job, &ordered))
        .await;
    match done {
        Ok(flash) => Ok(visitor.redirect(&request.back, Some(flash))),
        Err(Error::Invalid(errors)) if errors.at("ids").is_none() => {
            render_preview(visitor, request, Some(action), errors, INVALID, None).await
        }
        Err(error @ Error::Conflict(_)) => {
            let (why, errors) = (Some(error.message()), FieldErrors::new());
            render_preview(
                visitor,
                request,
                Some(action),
                errors,
                StatusCode::CONFLICT,
                why,
            )
            .await
        }
        Err(error) => Err(error),
    }
}

/// Applies the action, and returns the message to show.
fn apply(
    conn: &mut Conn,
    principal: &Principal,
    request: &BulkRequest,
    action: &BulkAction,
) -> Result<Flash> {
    principal.require(request.kind.permission())?;
    let changed = || Error::Conflict(Message::new("lead-bulk-changed"));
    let selection = &request.selection;
    let ids = resolve(conn, selection, principal)?;
    if !selection.is_expected(&ids) {
        return Err(changed());
    }
    let (actor, rights) = (principal.actor(Channel::Bulk), Rights::of(principal));
    // Others may have changed leads before they were locked, so the selection is resolved again.
    let is_meant =
        |conn: &mut Conn| Ok(digest(&resolve(conn, selection, principal)?) == digest(&ids));
    let outcomes = match bulk::apply(conn, &actor, rights, action, &ids, is_meant) {
        Err(Error::NotFound) => return Err(changed()),
        done => done?,
    };
    let message = done_message(conn, action, &outcomes)?;
    Ok(Flash::ok(message).with_batch(principal.batch_id))
}

/// The message about what was done.
fn done_message(conn: &mut Conn, action: &BulkAction, outcomes: &[LeadOutcome]) -> Result<Message> {
    let done: Vec<&LeadOutcome> = outcomes
        .iter()
        .filter(|outcome| !outcome.is_unchanged)
        .collect();
    if done.is_empty() {
        return Ok(Message::new("lead-flash-unchanged").with("count", outcomes.len()));
    }
    let message = match action {
        BulkAction::Move(lead_move) => {
            let status = crate::statuses::find(conn, lead_move.to)?;
            Message::new("lead-flash-moved").with("status", status.name.as_str())
        }
        BulkAction::Assign(Some(owner)) => {
            let owner = users::find(conn, *owner)?;
            Message::new("lead-flash-assigned").with("owner", owner.name)
        }
        BulkAction::Assign(None) => Message::new("lead-flash-unassigned"),
        BulkAction::Pause { until: Some(_), .. } => Message::new("lead-flash-paused"),
        BulkAction::Pause { until: None, .. } => Message::new("lead-flash-resumed"),
        BulkAction::Note(_) => Message::new("lead-flash-noted"),
        BulkAction::Delete => Message::new("lead-flash-deleted"),
        BulkAction::Restore => Message::new("lead-flash-restored"),
    };
    let name = done
        .first()
        .map(|outcome| outcome.lead.fields.name.as_str());
    Ok(message
        .with("count", done.len())
        .with("name", name.unwrap_or_default()))
}

/// Reads the preview of an action, and the errors in its choices; without an action it checks the leads as far as
/// possible.
fn load_preview(
    conn: &mut Conn,
    principal: &Principal,
    request: &BulkRequest,
    action: Option<&BulkAction>,
) -> Result<(BulkPreviewData, FieldErrors)> {
    principal.require(request.kind.permission())?;
    let rights = Rights::of(principal);
    let ids = resolve(conn, &request.selection, principal)?;
    let placeholder = request.kind.placeholder(principal.now);
    let checked = action.unwrap_or(&placeholder);
    let outcomes = bulk::preview(conn, rights, checked, &ids, principal.now)?;
    if outcomes.is_empty() {
        return Err(Error::NotFound);
    }
    let leads = outcomes.iter().map(|outcome| outcome.lead.clone());
    let lookup = NameLookup::load(conn, &leads.collect::<Vec<_>>())?;
    let owners = match request.kind {
        BulkActionKind::Assign => users::list_enabled(conn)?,
        _ => Vec::new(),
    };
    let owners = owners.into_iter().map(|user| (user.id, user.name));
    let owners: Vec<(i64, String)> = owners.collect();
    let mut difference = request.selection.difference(&ids);
    difference.count += ids.len() as i64 - outcomes.len() as i64;
    let refused = choice_errors(action, &lookup, &owners);
    let data = BulkPreviewData {
        difference,
        digest: digest(&ids),
        now: principal.now,
        outcomes,
        lookup,
        owners,
        rights,
    };
    Ok((data, refused))
}

/// The error for a status or an owner that can't be chosen.
fn choice_errors(
    action: Option<&BulkAction>,
    lookup: &NameLookup,
    owners: &[(i64, String)],
) -> FieldErrors {
    let refused = |field, key| FieldErrors::one(field, Message::new(key));
    match action {
        Some(BulkAction::Move(lead_move)) => match lookup.status(lead_move.to) {
            None => refused("status", "lead-status-unknown"),
            Some(status) if status.is_archived() => refused("status", "lead-status-archived"),
            Some(_) => FieldErrors::new(),
        },
        Some(BulkAction::Assign(Some(owner))) if owners.iter().all(|(id, _)| id != owner) => {
            refused("owner", "lead-owner-unknown")
        }
        _ => FieldErrors::new(),
    }
}

async fn render_preview(
    visitor: &PageRequest,
    request: BulkRequest,
    action: Option<BulkAction>,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let (job, wanted) = (request.clone(), action.clone());
    let (data, refused) = visitor
        .read_as(ReadKind::Whole, move |conn, principal| {
            load_preview(conn, principal, &job, wanted.as_ref())
        })
        .await?;
    let is_refused = errors.is_empty() && !refused.is_empty();
    let view = BulkPreviewPage {
        page: visitor.page(),
        filters: selection::filters(&request.selection, request.kind.filter_field()),
        kind: request.kind,
        form: request.form,
        action,
        errors: if is_refused { refused } else { errors },
        data,
        back: request.back,
        why,
    };
    html(if is_refused { INVALID } else { status }, &view)
}
