//! Bulk actions on the list of statuses, with a preview before each; actions on one status use the preview too.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Permission, Principal};
use crate::channel::Channel;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::pipeline::actions::bulk::{self, StatusOutcome};
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::bulk_edit::BulkEditForm;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::http::views::preview::{PreviewData, PreviewPage};
use crate::records::bulk_selection::{self, digest};
use crate::records::fields::Fields;
use crate::statuses::pages::export;
use crate::statuses::paths::RETURN_TO;
use crate::statuses::{self, Kind, LeadStatus, Listing, Role};
use crate::web::{Flash, Form, html};

/// The most ids that one form may name.
const IDS_MAX: usize = 5_000;

/// The HTTP status for a form with invalid values.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The action that a form asks for, and the statuses it is for.
#[derive(Debug, Clone)]
struct BulkRequest {
    action: BulkAction,
    edit: BulkEditForm,
    selection: Selection,
    /// True for the button of one status, false for selected rows.
    is_single: bool,
    is_confirmed: bool,
    back: String,
}

type Selection = bulk_selection::Selection<Listing>;

fn read_selection(fields: &Fields) -> Result<Selection> {
    let refuse = |key| Err(Error::invalid("ids", Message::new(key)));
    match Selection::read(fields, || Listing::read(fields))? {
        Selection::Ids(ids) if ids.is_empty() => refuse("status-bulk-nothing"),
        Selection::Ids(ids) if ids.len() > IDS_MAX => refuse("status-bulk-too-many"),
        selection => Ok(selection),
    }
}

/// The selected statuses that exist, in the order of the list.
fn resolve(
    conn: &mut Conn,
    selection: &Selection,
    principal: &Principal,
) -> Result<Vec<LeadStatus>> {
    match selection {
        Selection::Ids(ids) => statuses::find_many(conn, ids),
        Selection::All { listing, .. } => statuses::list_matching(conn, listing, principal.now),
    }
}

fn ids_of(statuses: &[LeadStatus]) -> Vec<i64> {
    statuses.iter().map(|status| status.id).collect()
}

impl BulkRequest {
    /// The request, and the errors in the values of an edit.
    fn read(fields: &Fields) -> Result<(BulkRequest, FieldErrors)> {
        let replacement = Replacement::read_choice(fields)?;
        let (edit, mut errors) = BulkEditForm::read(fields);
        let action = match fields.text("action") {
            Some("archive") => BulkAction::Remove(Removal::Archive, replacement),
            Some("restore") => BulkAction::Restore,
            Some("delete") => BulkAction::Remove(Removal::Delete, replacement),
            Some("edit") => BulkAction::Edit(edit.parse(&mut errors)),
            _ => {
                let message = Message::new("status-bulk-action");
                return Err(Error::invalid("action", message));
            }
        };
        let bulk_request = BulkRequest {
            action,
            edit,
            selection: read_selection(fields)?.for_change()?,
            is_single: false,
            is_confirmed: fields.is_on("confirm"),
            back: RETURN_TO.read(fields),
        };
        Ok((bulk_request, errors))
    }

    /// The page to show when it is done; a deleted status has no page.
    fn destination(&self) -> String {
        match self.action {
            BulkAction::Remove(Removal::Delete, _) => RETURN_TO.list_of(&self.back),
            _ => self.back.clone(),
        }
    }

    /// True if it needs no confirmation, because it can be undone and no lead moves.
    fn is_harmless(&self) -> bool {
        self.is_single
            && matches!(
                self.action,
                BulkAction::Restore | BulkAction::Remove(Removal::Archive, None)
            )
    }

    fn channel(&self) -> Channel {
        match &self.selection {
            Selection::Ids(ids) if ids.len() == 1 => Channel::Ui,
            _ => Channel::Bulk,
        }
    }
}

/// `POST /admin/leads/statuses/bulk`: an action on the ticked rows, or on all that match.
pub async fn bulk(request: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    if fields.text("action") == Some("export") {
        return export_selection(request, &fields).await;
    }
    let (bulk_request, errors) = BulkRequest::read(&fields)?;
    respond(request, bulk_request, errors).await
}

/// An action on one status, from its row or its page.
pub(crate) async fn act_on_status(
    request: PageRequest,
    fields: Fields,
    action: BulkAction,
    id: i64,
) -> Result<HttpResponse> {
    let bulk_request = BulkRequest {
        action,
        edit: BulkEditForm::default(),
        selection: Selection::Ids(vec![id]),
        is_single: true,
        is_confirmed: fields.is_on("confirm"),
        back: RETURN_TO.read(&fields),
    };
    respond(request, bulk_request, FieldErrors::new()).await
}

async fn respond(
    request: PageRequest,
    bulk_request: BulkRequest,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    if !errors.is_empty() {
        return preview(&request, bulk_request, errors, INVALID, None).await;
    }
    if !bulk_request.is_confirmed && !bulk_request.is_harmless() {
        return preview(&request, bulk_request, errors, StatusCode::OK, None).await;
    }
    if bulk_request.action.is_empty_edit() {
        let errors = FieldErrors::one("new_kind", Message::new("status-edit-nothing"));
        return preview(&request, bulk_request, errors, INVALID, None).await;
    }
    let for_write = bulk_request.clone();
    match request
        .write(move |conn, principal| apply(conn, principal, &for_write))
        .await
    {
        Ok(flash) => {
            request.app().jobs.wake();
            Ok(request.redirect(&bulk_request.destination(), Some(flash)))
        }
        Err(Error::Invalid(errors)) => preview(&request, bulk_request, errors, INVALID, None).await,
        // The preview shows why an action that isn't confirmed yet is refused.
        Err(Error::Blocked(_) | Error::Conflict(_) | Error::Taken(_))
            if !bulk_request.is_confirmed =>
        {
            preview(&request, bulk_request, errors, StatusCode::OK, None).await
        }
        Err(error @ (Error::Blocked(_) | Error::Conflict(_) | Error::Taken(_))) => {
            let why = Some(error.message());
            preview(&request, bulk_request, errors, StatusCode::CONFLICT, why).await
        }
        Err(error) => Err(error),
    }
}

/// Does the action, and returns the message to show.
fn apply(conn: &mut Conn, principal: &Principal, bulk_request: &BulkRequest) -> Result<Flash> {
    principal.require(Permission::StatusesWrite)?;
    locks::pipeline(conn)?;
    let ids = ids_of(&resolve(conn, &bulk_request.selection, principal)?);
    if !bulk_request.selection.is_expected(&ids) {
        return Err(Error::Conflict(Message::new("status-bulk-changed")));
    }
    let actor = principal.actor(bulk_request.channel());
    let outcomes = bulk::apply(conn, &actor, &bulk_request.action, &ids)?;
    Ok(Flash::ok(done_message(bulk_request, &outcomes)).with_batch(principal.batch_id))
}

fn done_message(bulk_request: &BulkRequest, outcomes: &[StatusOutcome]) -> Message {
    let moving = bulk::count_background_moves(outcomes);
    if moving > 0 {
        return Message::new("status-flash-moving").with("count", moving);
    }
    let named = outcomes.first().map(|outcome| outcome.status.name.as_str());
    Message::new(bulk_request.action.texts().done)
        .with("count", outcomes.len())
        .with("name", named.unwrap_or_default())
}

/// Reads the preview, and the errors in the choice of a replacement.
fn load_preview(
    conn: &mut Conn,
    principal: &Principal,
    bulk_request: &BulkRequest,
) -> Result<(PreviewData, FieldErrors)> {
    principal.require(Permission::StatusesWrite)?;
    let ids = ids_of(&resolve(conn, &bulk_request.selection, principal)?);
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let (outcomes, errors) = match bulk::preview(conn, &bulk_request.action, &ids) {
        Err(Error::Invalid(errors)) => (
            bulk::preview(conn, &bulk_request.action.without_replacement(), &ids)?,
            errors,
        ),
        other => (other?, FieldErrors::new()),
    };
    let mut candidates = statuses::list_in_use(conn)?;
    let roles: Vec<Kind> = outcomes
        .iter()
        .flat_map(|outcome| outcome.status.roles())
        .map(Role::required_kind)
        .collect();
    candidates.retain(|status| {
        let has_kind = roles.is_empty() || roles.contains(&status.kind);
        has_kind && !ids.contains(&status.id) && status.being_replaced.is_none()
    });
    let data = PreviewData {
        outcomes,
        candidates,
        difference: bulk_request.selection.difference(&ids),
        digest: digest(&ids),
    };
    Ok((data, errors))
}

async fn preview(
    request: &PageRequest,
    bulk_request: BulkRequest,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let for_read = bulk_request.clone();
    let (data, choice_errors) = request
        .read(move |conn, principal| load_preview(conn, principal, &for_read))
        .await?;
    let is_refused = !choice_errors.is_empty();
    let view = PreviewPage {
        page: request.page(),
        action: bulk_request.action,
        edit: bulk_request.edit,
        errors: if is_refused { choice_errors } else { errors },
        data,
        scope: bulk_request.selection.filters(),
        why,
        back: bulk_request.back,
    };
    html(if is_refused { INVALID } else { status }, &view)
}

/// `action=export`: downloads the selected statuses. It changes nothing, so it needs no expectation.
async fn export_selection(request: PageRequest, fields: &Fields) -> Result<HttpResponse> {
    let selection = read_selection(fields)?;
    let format = export::format(fields)?;
    let (rows, slugs) = request
        .read(move |conn, principal| {
            let ids = ids_of(&resolve(conn, &selection, principal)?);
            let slugs = statuses::slugs_of(&statuses::list_all(conn)?);
            Ok((statuses::find_many(conn, &ids)?, slugs))
        })
        .await?;
    export::file(format, &rows, &slugs)
}
