//! Actions on several leads: the preview, then the change, in steps for many leads.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpResponse};

use crate::access::{PageRequest, Principal, users};
use crate::channel::Channel;
use crate::clock::Zone;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk::{self, LeadOutcome, MAX_AT_ONCE, MAX_JUDGED};
use crate::leads::actions::bulk_jobs;
use crate::leads::actions::offers;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::targets::find_target_status;
use crate::leads::domain::bulk_action::BulkAction;
use crate::leads::domain::bulk_action::BulkActionKind;
use crate::leads::domain::bulk_form::BulkForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::bulk_job::{done_message, wait_for_end};
use crate::leads::http::pages::export::{ExportSelection, parse_export, stream_export};
use crate::leads::http::pages::selection::{self, Selection, resolve};
use crate::leads::http::paths::RETURN_TO;
use crate::leads::http::views::bulk_preview::{BulkPreviewData, BulkPreviewPage};
use crate::leads::store;
use crate::records::bulk_selection::digest;
use crate::records::fields::Fields;
use crate::web::{BackLink, Flash, Form, html};

/// The response status for invalid values.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `action=export`: the selected leads as a file, without a limit. An export changes nothing, so `expect` is not
/// needed.
async fn export_selection(request: PageRequest, fields: &Fields) -> Result<HttpResponse> {
    let selected = match selection::read(fields, None)? {
        Selection::Ids(ids) => ExportSelection::Ids(ids),
        Selection::All { listing, .. } => ExportSelection::Filter(listing.filter),
    };
    stream_export(&request, parse_export(fields)?, Some(selected)).await
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
    fn read(kind: BulkActionKind, fields: &Fields, zone: Zone) -> Result<BulkRequest> {
        Ok(BulkRequest {
            kind,
            form: BulkForm::read(fields, zone),
            selection: selection::read(fields, kind.filter_field())?.for_change()?,
            is_confirmed: fields.is_on("confirm"),
            back: RETURN_TO.read(fields),
        })
    }
}

/// Lets an error page lead back to the list of leads.
fn set_back_link(request: &PageRequest, fields: &Fields) {
    let back = BackLink {
        path: RETURN_TO.read(fields),
        key: "lead-bulk-back",
    };
    request.http().extensions_mut().insert(back);
}

/// `POST /admin/leads/bulk`: an action on the ticked leads, or on all that match.
pub async fn bulk(request: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    set_back_link(&request, &fields);
    let action = fields.text("action").unwrap_or_default();
    if action == "export" {
        return export_selection(request, &fields).await;
    }
    let kind = BulkActionKind::from_word(action).ok_or_else(unknown_action)?;
    // Without the permission the answer is the same whatever was sent.
    request
        .read(move |_, principal| principal.require(kind.permission()))
        .await?;
    let bulk_request = BulkRequest::read(kind, &fields, request.page().zone)?;
    respond(&request, bulk_request).await
}

async fn respond(request: &PageRequest, bulk_request: BulkRequest) -> Result<HttpResponse> {
    let now = request.app().clock.now();
    let parsed = bulk_request
        .form
        .parse(bulk_request.kind, bulk_request.is_confirmed, now);
    let action = match parsed {
        Err(errors) => {
            return render_preview(request, bulk_request, None, errors, INVALID, None).await;
        }
        Ok(action) => action,
    };
    if !bulk_request.is_confirmed {
        let errors = FieldErrors::new();
        return render_preview(request, bulk_request, action, errors, StatusCode::OK, None).await;
    }
    let Some(action) = action else {
        let errors = bulk_request.form.missing_errors(bulk_request.kind);
        return render_preview(request, bulk_request, None, errors, INVALID, None).await;
    };
    match confirm(request, &bulk_request, &action).await {
        Ok(BulkResult::Done(flash)) => Ok(request.redirect(&bulk_request.back, Some(flash))),
        Ok(BulkResult::Started(job, leads)) => wait_for_end(request, job, leads).await,
        Err(Error::Invalid(errors)) if errors.at("ids").is_none() => {
            render_preview(request, bulk_request, Some(action), errors, INVALID, None).await
        }
        Err(error @ Error::Conflict(_)) => {
            let (why, errors) = (Some(error.message()), FieldErrors::new());
            let (action, status) = (Some(action), StatusCode::CONFLICT);
            render_preview(request, bulk_request, action, errors, status, why).await
        }
        Err(error) => Err(error),
    }
}

/// The result of a confirmed action.
enum BulkResult {
    Done(Flash),
    /// It runs in steps: its job, and the number of its leads.
    Started(i64, usize),
}

/// Applies the action, or starts its job. The leads are read outside of the write, which others wait for.
async fn confirm(
    request: &PageRequest,
    bulk_request: &BulkRequest,
    action: &BulkAction,
) -> Result<BulkResult> {
    let (owned, owned_action) = (bulk_request.clone(), action.clone());
    let (ids, versions) = request
        .read(move |conn, principal| find_selected(conn, principal, &owned, &owned_action))
        .await?;
    let (owned, action) = (bulk_request.clone(), action.clone());
    request
        .write(move |conn, principal| {
            apply(conn, principal, &owned, &action, &ids, versions.as_deref())
        })
        .await
}

fn changed_error() -> Error {
    Error::Conflict(Message::new("lead-bulk-changed"))
}

/// The ids of the selected leads, which must be those of the preview; with their versions if a filter selects them and
/// they change at once.
fn find_selected(
    conn: &mut Conn,
    principal: &Principal,
    bulk_request: &BulkRequest,
    action: &BulkAction,
) -> Result<(Vec<i64>, Option<Vec<i32>>)> {
    principal.require(bulk_request.kind.permission())?;
    let ids = resolve(conn, &bulk_request.selection, principal)?;
    if !bulk_request.selection.is_expected(&ids) {
        return Err(changed_error());
    }
    if (MAX_AT_ONCE + 1..=MAX_JUDGED).contains(&ids.len()) {
        let rights = Rights::of(principal);
        let outcomes = bulk::preview(conn, rights, action, &ids, principal.now)?;
        bulk::require_all_allowed(&outcomes, &ids).map_err(as_changed)?;
    }
    if matches!(bulk_request.selection, Selection::Ids(_)) || ids.len() > MAX_AT_ONCE {
        return Ok((ids, None));
    }
    let leads = store::find_many(conn, &ids)?;
    Ok((ids, Some(leads.iter().map(|lead| lead.version).collect())))
}

fn as_changed(error: Error) -> Error {
    match error {
        Error::NotFound => changed_error(),
        other => other,
    }
}

fn apply(
    conn: &mut Conn,
    principal: &Principal,
    bulk_request: &BulkRequest,
    action: &BulkAction,
    ids: &[i64],
    expected_versions: Option<&[i32]>,
) -> Result<BulkResult> {
    principal.require(bulk_request.kind.permission())?;
    let (actor, rights) = (principal.actor(Channel::Bulk), Rights::of(principal));
    if ids.len() > MAX_AT_ONCE {
        check_target_and_receiver(conn, action)?;
        let BulkRequest { form, back, .. } = bulk_request;
        bulk_jobs::start(conn, &actor, rights, bulk_request.kind, form, back, ids)?;
        return Ok(BulkResult::Started(actor.batch_id, ids.len()));
    }
    let outcomes = bulk::apply(conn, &actor, rights, action, ids, expected_versions);
    let outcomes = outcomes.map_err(as_changed)?;
    let is_changed = |outcome: &&LeadOutcome| !outcome.is_unchanged;
    let mut changed = outcomes.iter().filter(is_changed);
    let name = changed
        .next()
        .map_or("", |outcome| outcome.lead.fields.name.as_str());
    let count = changed.count() + usize::from(!name.is_empty());
    let message = done_message(conn, action, count, ids.len(), name)?;
    Ok(BulkResult::Done(
        Flash::ok(message).with_batch(principal.batch_id),
    ))
}

/// Reads the preview of an action, and the errors in its choices; without an action it checks the leads as far as
/// possible.
fn load_preview(
    conn: &mut Conn,
    principal: &Principal,
    bulk_request: &BulkRequest,
    action: Option<&BulkAction>,
) -> Result<(BulkPreviewData, FieldErrors)> {
    principal.require(bulk_request.kind.permission())?;
    let rights = Rights::of(principal);
    let ids = resolve(conn, &bulk_request.selection, principal)?;
    let sample_action = bulk_request.kind.sample_action(principal.now);
    let checked = action.unwrap_or(&sample_action);
    let is_sample = ids.len() > MAX_JUDGED;
    let sample = if is_sample { &ids[..MAX_AT_ONCE] } else { &ids };
    let outcomes = bulk::preview(conn, rights, checked, sample, principal.now)?;
    if outcomes.is_empty() {
        return Err(Error::NotFound);
    }
    let leads = outcomes.iter().map(|outcome| outcome.lead.clone());
    let lookup = RelatedRecords::load(conn, &leads.collect::<Vec<_>>())?;
    let owners = match bulk_request.kind {
        BulkActionKind::Assign => users::list_enabled(conn)?,
        _ => Vec::new(),
    };
    let owners = owners.into_iter().map(|user| (user.id, user.name));
    let owners: Vec<(i64, String)> = owners.collect();
    let mut difference = bulk_request.selection.difference(&ids);
    difference.count += sample.len() as i64 - outcomes.len() as i64;
    let errors = owner_errors(action, &owners);
    let (receivers, errors) = load_receivers(conn, action, &lookup, errors)?;
    let data = BulkPreviewData {
        count: if is_sample { ids.len() } else { outcomes.len() },
        difference,
        digest: digest(&ids),
        now: principal.now,
        outcomes,
        lookup,
        owners,
        receivers,
        rights,
    };
    Ok((data, errors))
}

/// The users who can receive the leads, and the errors in the choices with those of the status and the receiver.
fn load_receivers(
    conn: &mut Conn,
    action: Option<&BulkAction>,
    lookup: &RelatedRecords,
    errors: FieldErrors,
) -> Result<(Vec<(i64, String)>, FieldErrors)> {
    let target = match action {
        Some(BulkAction::Move(lead_move)) => lookup.status(lead_move.to),
        _ => None,
    };
    let receivers = offers::receivers(conn, &Vec::from_iter(target))?;
    match action.filter(|_| errors.is_empty()) {
        Some(action) => match check_target_and_receiver(conn, action) {
            Err(Error::Invalid(errors)) => Ok((receivers, errors)),
            checked => checked.map(|()| (receivers, errors)),
        },
        None => Ok((receivers, errors)),
    }
}

/// Refuses a status that accepts no leads, and a receiver who can't be offered them.
fn check_target_and_receiver(conn: &mut Conn, action: &BulkAction) -> Result<()> {
    let BulkAction::Move(lead_move) = action else {
        return Ok(());
    };
    let target = find_target_status(conn, lead_move.to)?;
    offers::new_offer(conn, &target, lead_move.answers.offer_to).map(drop)
}

/// The error for an owner that can't be chosen.
fn owner_errors(action: Option<&BulkAction>, owners: &[(i64, String)]) -> FieldErrors {
    match action {
        Some(BulkAction::Assign(Some(owner))) if owners.iter().all(|(id, _)| id != owner) => {
            FieldErrors::one("owner", Message::new("lead-owner-unknown"))
        }
        _ => FieldErrors::new(),
    }
}

async fn render_preview(
    request: &PageRequest,
    bulk_request: BulkRequest,
    action: Option<BulkAction>,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let (owned, owned_action) = (bulk_request.clone(), action.clone());
    let (data, choice_errors) = request
        .read_as(ReadKind::Whole, move |conn, principal| {
            load_preview(conn, principal, &owned, owned_action.as_ref())
        })
        .await?;
    let is_refused = errors.is_empty() && !choice_errors.is_empty();
    let view = BulkPreviewPage {
        page: request.page(),
        filters: selection::filters(&bulk_request.selection, bulk_request.kind.filter_field()),
        kind: bulk_request.kind,
        form: bulk_request.form,
        action,
        errors: if is_refused { choice_errors } else { errors },
        data,
        back: bulk_request.back,
        why,
    };
    html(if is_refused { INVALID } else { status }, &view)
}
