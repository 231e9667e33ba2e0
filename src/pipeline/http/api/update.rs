//! Changing a status through the API, which may archive it and move its leads.

use actix_web::HttpResponse;

use crate::access::ApiRequest;
use crate::audit::Actor;
use crate::channel::Channel;
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::pipeline::actions::bulk;
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::http::api::removed_response;
use crate::records::edit;

use crate::statuses::{self, Mode, StatusChanges, StatusForm, changes};
use crate::web::api_schemas::{Done, IfMatch};
use crate::web::{Body, Id, Precondition};

/// The fields of a change besides those of the status.
const OTHERS: [&str; 2] = ["replace_with", "restart_age"];

/// Update a status.
///
/// Only the fields you send change; `warnings` names what isn’t saved. `statusorder` moves the status to that position;
/// the order of all statuses has a call of its own.
#[utoipa::path(
    put, path = "/api/lead_statuses/{id}", operation_id = "update_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3), IfMatch),
    request_body(content = StatusChanges, example = json!({"target_days": 5, "limit_days": 10})),
    responses(
        (status = 200, body = Done, description = "The status is updated."),
        (status = 404),
        (status = 409, description = "The name is taken, `version` is not the current one, or the status has a role or leads and can’t be archived."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn update(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = StatusForm::read(&body.fields);
    let replacement = Replacement::read(&body.fields)?;
    let condition = Precondition::of(request.http());
    let sent = body.fields;
    let (moving, warnings) = request
        .write(move |conn, principal| {
            let actor = principal.actor(Channel::Api);
            let before = statuses::body_of(conn, id, actor.now)?;
            let moving = apply(conn, &actor, id, &form, replacement, &condition)?;
            let warnings = statuses::warnings(conn, id, &sent, &OTHERS, Some(&before))?;
            Ok((moving, warnings))
        })
        .await?;
    removed_response(&request, moving, "status-api-updated", warnings)
}

/// Changes the status; returns the number of leads that move in batches after the transaction.
fn apply(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    form: &StatusForm,
    replacement: Option<Replacement>,
    condition: &Precondition,
) -> Result<i64> {
    let archive = BulkAction::Remove(Removal::Archive, replacement);
    lock(conn, id, form, &archive)?;
    let current = statuses::find(conn, id)?;
    condition.check(current.version)?;
    let mode = Mode::Change {
        current: &current.fields(),
    };
    let (fields, flags) = form.parse_all(mode).map_err(Error::Invalid)?;
    edit::check_version(&current, flags.version)?;
    changes::check_role_flags(&flags, |role| current.holds(role))?;
    let why = form.parse_why().map_err(Error::Invalid)?;
    changes::update_with_why(conn, actor, id, &fields, &why)?;
    if flags.is_archived == Some(false) {
        changes::restore(conn, actor, id)?;
    }
    changes::give_flagged_roles(conn, actor, id, &flags)?;
    changes::place(conn, actor, id, &flags)?;
    match flags.is_archived {
        Some(true) => {
            let outcomes = bulk::apply(conn, actor, &archive, &[id])?;
            Ok(bulk::count_background_moves(&outcomes))
        }
        _ => Ok(0),
    }
}

/// Locks the rows that the change needs, before they are read.
fn lock(conn: &mut Conn, id: i64, form: &StatusForm, archive: &BulkAction) -> Result<()> {
    locks::pipeline(conn)?;
    let flags = form.flags().unwrap_or_default();
    match flags.is_archived {
        Some(true) => bulk::lock(conn, archive, &[id]),
        _ if flags.is_default == Some(true) || flags.is_converted == Some(true) => {
            locks::roles(conn)
        }
        _ => Ok(()),
    }
}
