//! Sets the target and the limit of a status from the report.

use actix_web::HttpResponse;

use crate::access::{PageRequest, Principal};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::reports::http::paths::{PIPELINE_PATH, RETURN_TO};
use crate::statuses::{self, Days, LeadStatus, StatusFields};
use crate::web::{Flash, Form, Id};

/// `POST /admin/reports/pipeline/limits/{id}`: sets target and limit of a status, as its form does.
pub async fn set(request: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let back = RETURN_TO.read_or(&sent, PIPELINE_PATH);
    let saved = request.write(move |conn, principal| save(conn, principal, id, &sent));
    let flash = match saved.await {
        Ok(flash) => flash,
        Err(Error::Conflict(message)) => Flash::error(message),
        Err(error) => return Err(error),
    };
    Ok(request.redirect(&back, Some(flash)))
}

fn save(conn: &mut Conn, principal: &Principal, id: i64, sent: &Fields) -> Result<Flash> {
    let status = statuses::find(conn, id)?;
    refuse_if_changed(&status, sent)?;
    let fields = with_limits(&status, sent).or_else(refuse)?;
    let actor = principal.actor(Channel::Ui);
    let status = statuses::changes::update(conn, &actor, id, &fields)?;
    let message = Message::new("report-limits-saved").with("name", status.name.as_str());
    Ok(Flash::ok(message).with_batch(principal.batch_id))
}

/// Refuses the limits if the page was loaded before the last change of them.
fn refuse_if_changed(status: &LeadStatus, sent: &Fields) -> Result<()> {
    let text = |days: Option<Days>| days.map_or_else(String::new, |days| days.get().to_string());
    let (target, limit) = (text(status.target_days), text(status.limit_days));
    let is_same = |name, now: &str| sent.text(name).is_none_or(|was| was == now);
    if is_same("was_target_days", &target) && is_same("was_limit_days", &limit) {
        return Ok(());
    }
    let or_none = |days: String| {
        if days.is_empty() {
            "–".to_owned()
        } else {
            days
        }
    };
    let message = Message::new("report-limits-changed").with("name", status.name.as_str());
    let message = message.with("target", or_none(target));
    Err(Error::Conflict(message.with("limit", or_none(limit))))
}

/// The fields of the status with the limits that were sent; an empty one stays as it is.
fn with_limits(status: &LeadStatus, sent: &Fields) -> Result<StatusFields, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut read = |name: &'static str, now: Option<Days>| match Days::parse_optional(
        sent.text(name).unwrap_or_default(),
    ) {
        Ok(days) => days.or(now),
        Err(message) => {
            errors.add(name, message);
            now
        }
    };
    let fields = StatusFields {
        target_days: read("target_days", status.target_days),
        limit_days: read("limit_days", status.limit_days),
        ..status.fields()
    };
    statuses::check_days(fields.target_days, fields.limit_days)?;
    errors.value_or_errors(fields)
}

/// The page can't show errors in its forms, so the first error is shown as a message.
fn refuse<T>(errors: FieldErrors) -> Result<T> {
    let first = errors.iter().next().map(|(_, message)| message.clone());
    let message = first.unwrap_or_else(|| Message::new("report-limits-refused"));
    Err(Error::Conflict(message))
}
