use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpResponse};

use super::back::WAY;
use super::export::{Selected, asked_for, send};
use super::selection::Selection;
use crate::access::{Visitor, Who, users};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::bulk::{self, Act, Verdict};
use crate::leads::views::preview::Preview;
use crate::leads::{BulkForm, Cast, Lead, Rights, Verb};
use crate::web::chosen::{Difference, digest};
use crate::web::fields::Fields;
use crate::web::{Flash, Form, Origin, html};

/// The status of a form with values that can't be accepted.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `action=export`: the selected leads as a file, however many they are. A file changes nothing and says what there is,
/// so that nothing needs to be expected of it.
async fn export_selection(
    visitor: Visitor,
    fields: &Fields,
    selection: Selection,
) -> Result<HttpResponse> {
    let export = visitor.admit(asked_for(fields)).await?;
    let selected = match selection {
        Selection::Ids(ids) => Selected::Ids(ids),
        Selection::All { listing, .. } => Selected::Listing(*listing),
    };
    send(&visitor, export, Some(selected)).await
}

fn unknown_action() -> Error {
    Error::Invalid(FieldErrors::one("action", Message::new("lead-bulk-action")))
}

/// What a form asks for: which leads, to do what.
#[derive(Debug, Clone)]
struct Asked {
    verb: Verb,
    form: BulkForm,
    selection: Selection,
    is_confirmed: bool,
    back: String,
}

/// `POST /admin/leads/bulk`: an action on the ticked leads, or on all that match.
pub async fn bulk(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    // Whoever is refused came from a list of leads, and wants to go back there.
    let origin = Origin {
        path: WAY.back(&fields),
        key: "lead-bulk-back",
    };
    visitor.request().extensions_mut().insert(origin);
    if fields.text("action") == Some("export") {
        let selection = visitor.admit(Selection::read(&fields, None)).await?;
        return export_selection(visitor, &fields, selection).await;
    }
    let Some(verb) = fields.text("action").and_then(Verb::from_word) else {
        return visitor.admit(Err(unknown_action())).await;
    };
    let selection = Selection::read(&fields, verb.takes()).and_then(Selection::for_change);
    let selection = match selection {
        Ok(selection) => selection,
        Err(error) => {
            // What is wrong is told only to those who may do this at all.
            visitor
                .read(move |_, who| who.must(verb.permission()))
                .await?;
            return Err(error);
        }
    };
    let asked = Asked {
        verb,
        form: BulkForm::read(&fields),
        selection,
        is_confirmed: fields.is_on("confirm"),
        back: WAY.back(&fields),
    };
    answer(&visitor, asked).await
}

async fn answer(visitor: &Visitor, asked: Asked) -> Result<HttpResponse> {
    let now = visitor.app().clock.now();
    let parsed = asked.form.parse(asked.verb, asked.is_confirmed, now);
    let act = match parsed {
        Err(errors) => return preview(visitor, asked, None, errors, INVALID, None).await,
        Ok(act) => act,
    };
    if !asked.is_confirmed {
        let errors = FieldErrors::new();
        return preview(visitor, asked, act, errors, StatusCode::OK, None).await;
    }
    let Some(act) = act else {
        let errors = asked.form.missing(asked.verb);
        return preview(visitor, asked, None, errors, INVALID, None).await;
    };
    let (job, ordered) = (asked.clone(), act.clone());
    let done = visitor
        .write(move |conn, who| carry_out(conn, who, &job, &ordered))
        .await;
    match done {
        Ok(flash) => Ok(visitor.redirect(&asked.back, Some(flash))),
        Err(Error::Invalid(errors)) if errors.at("ids").is_none() => {
            preview(visitor, asked, Some(act), errors, INVALID, None).await
        }
        Err(error @ Error::Conflict(_)) => {
            let (why, errors) = (Some(error.message()), FieldErrors::new());
            preview(visitor, asked, Some(act), errors, StatusCode::CONFLICT, why).await
        }
        Err(error) => Err(error),
    }
}

/// Does it, and says so.
fn carry_out(conn: &mut Conn, who: &Who, asked: &Asked, act: &Act) -> Result<Flash> {
    who.must(asked.verb.permission())?;
    let changed = || Error::Conflict(Message::new("lead-bulk-changed"));
    let selection = &asked.selection;
    let ids = selection.resolve(conn, who)?;
    if !selection.holds(&ids) {
        return Err(changed());
    }
    let (actor, rights) = (who.actor("bulk"), Rights::of(who));
    // Others may have changed leads until they were held: what matches by then counts.
    let is_meant = |conn: &mut Conn| Ok(digest(&selection.resolve(conn, who)?) == digest(&ids));
    let verdicts = match bulk::carry_out_if(conn, &actor, rights, act, &ids, is_meant) {
        Err(Error::NotFound) => return Err(changed()),
        done => done?,
    };
    let message = told(conn, act, &verdicts)?;
    Ok(Flash::ok(message).with_batch(who.batch_id))
}

/// What was done, in one sentence.
fn told(conn: &mut Conn, act: &Act, verdicts: &[Verdict]) -> Result<Message> {
    let done: Vec<&Verdict> = verdicts.iter().filter(|verdict| !verdict.is_done).collect();
    if done.is_empty() {
        return Ok(Message::new("lead-flash-unchanged").with("count", verdicts.len()));
    }
    let message = match act {
        Act::Move(order) => {
            let status = crate::statuses::find(conn, order.to)?;
            Message::new("lead-flash-moved").with("status", status.name.as_str())
        }
        Act::Assign(Some(owner)) => {
            let owner = users::find(conn, *owner)?;
            Message::new("lead-flash-assigned").with("owner", owner.name)
        }
        Act::Assign(None) => Message::new("lead-flash-unassigned"),
        Act::Pause { until: Some(_), .. } => Message::new("lead-flash-paused"),
        Act::Pause { until: None, .. } => Message::new("lead-flash-resumed"),
        Act::Note(_) => Message::new("lead-flash-noted"),
        Act::Delete => Message::new("lead-flash-deleted"),
        Act::Restore => Message::new("lead-flash-restored"),
    };
    let name = done
        .first()
        .map(|verdict| verdict.lead.fields.name.as_str());
    Ok(message
        .with("count", done.len())
        .with("name", name.unwrap_or_default()))
}

/// What was read for a preview.
struct Forecast {
    verdicts: Vec<Verdict>,
    cast: Cast,
    people: Vec<(i64, String)>,
    refused: FieldErrors,
    difference: Difference,
    /// What tells the leads from any others.
    digest: String,
    rights: Rights,
    now: Timestamp,
}

/// What would become of the leads; of an act that is not chosen yet, what can be said so far.
fn forecast(conn: &mut Conn, who: &Who, asked: &Asked, act: Option<&Act>) -> Result<Forecast> {
    who.must(asked.verb.permission())?;
    let rights = Rights::of(who);
    let ids = asked.selection.resolve(conn, who)?;
    let any = asked.verb.any(who.now);
    let verdicts = bulk::judge(conn, rights, act.unwrap_or(&any), &ids, who.now)?;
    if verdicts.is_empty() {
        return Err(Error::NotFound);
    }
    let leads: Vec<Lead> = verdicts
        .iter()
        .map(|verdict| verdict.lead.clone())
        .collect();
    let cast = Cast::of(conn, &leads)?;
    let people = match asked.verb {
        Verb::Assign => users::list_enabled(conn)?,
        _ => Vec::new(),
    };
    let people: Vec<(i64, String)> = people
        .into_iter()
        .map(|user| (user.id, user.name))
        .collect();
    let mut difference = asked.selection.difference(&ids);
    difference.count += ids.len() as i64 - verdicts.len() as i64;
    Ok(Forecast {
        refused: unknown(act, &cast, &people),
        difference,
        digest: digest(&ids),
        now: who.now,
        verdicts,
        cast,
        people,
        rights,
    })
}

/// A status or an owner that nobody can choose.
fn unknown(act: Option<&Act>, cast: &Cast, people: &[(i64, String)]) -> FieldErrors {
    let refused = |field, key| FieldErrors::one(field, Message::new(key));
    match act {
        Some(Act::Move(order)) => match cast.status(order.to) {
            None => refused("status", "lead-status-unknown"),
            Some(status) if status.is_archived() => refused("status", "lead-status-archived"),
            Some(_) => FieldErrors::new(),
        },
        Some(Act::Assign(Some(owner))) if people.iter().all(|(id, _)| id != owner) => {
            refused("owner", "lead-owner-unknown")
        }
        _ => FieldErrors::new(),
    }
}

async fn preview(
    visitor: &Visitor,
    asked: Asked,
    act: Option<Act>,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let (job, wanted) = (asked.clone(), act.clone());
    let read = visitor
        .read(move |conn, who| forecast(conn, who, &job, wanted.as_ref()))
        .await?;
    let is_refused = errors.is_empty() && !read.refused.is_empty();
    let view = Preview {
        page: visitor.page(),
        scope: asked.selection.filters(asked.verb.takes()),
        verb: asked.verb,
        form: asked.form,
        act,
        errors: if is_refused { read.refused } else { errors },
        verdicts: read.verdicts,
        cast: read.cast,
        people: read.people,
        difference: read.difference,
        digest: read.digest,
        rights: read.rights,
        now: read.now,
        back: asked.back,
        why,
    };
    html(if is_refused { INVALID } else { status }, &view)
}
