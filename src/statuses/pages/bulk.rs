use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{LIST, back, export};
use crate::access::{Permission, Visitor, Who};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses::bulk::{self, Act, EditForm};
use crate::statuses::views::preview::Preview;
use crate::statuses::{Listing, changes, store};
use crate::web::fields::{Fields, parse_id};
use crate::web::{Flash, Form, html};

/// The most ids that one form may name.
const IDS_MAX: usize = 5_000;

/// What a form asks for: which rows, to do what.
#[derive(Debug, Clone)]
struct Asked {
    verb: &'static str,
    act: Act,
    edit: EditForm,
    selection: Selection,
    is_confirmed: bool,
    back: String,
}

/// Which rows: those ticked, or all that a list shows.
#[derive(Debug, Clone)]
enum Selection {
    Ids(Vec<i64>),
    All {
        listing: Listing,
        expect: Option<i64>,
    },
}

impl Selection {
    fn read(fields: &Fields) -> Result<Selection> {
        if fields.text("scope") == Some("all") {
            let expect = fields.text("expect").and_then(|text| text.parse().ok());
            return Ok(Selection::All {
                listing: Listing::read(fields),
                expect,
            });
        }
        let mut ids: Vec<i64> = fields.all("ids").into_iter().filter_map(parse_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let refused = |key| Err(Error::Invalid(FieldErrors::one("ids", Message::new(key))));
        match ids.len() {
            0 => refused("status-bulk-nothing"),
            1..=IDS_MAX => Ok(Selection::Ids(ids)),
            _ => refused("status-bulk-too-many"),
        }
    }

    /// The ids there are now, and how many are not as the form expected.
    fn resolve(&self, conn: &mut Conn) -> Result<(Vec<i64>, i64)> {
        match self {
            Selection::Ids(ids) => {
                let found: Vec<i64> = store::find_many(conn, ids)?
                    .iter()
                    .map(|status| status.id)
                    .collect();
                let missing = ids.len() as i64 - found.len() as i64;
                Ok((found, missing))
            }
            Selection::All { listing, expect } => {
                let found: Vec<i64> = store::all(conn, listing)?
                    .iter()
                    .map(|status| status.id)
                    .collect();
                let off = expect.map_or(0, |expect| (found.len() as i64 - expect).abs());
                Ok((found, off))
            }
        }
    }
}

/// `POST /admin/leads/statuses/bulk`: an action on the ticked rows, or on all that match.
pub async fn bulk(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    if fields.text("action") == Some("export") {
        return export_selection(visitor, &fields).await;
    }
    let replace_with = replacement(&fields)?;
    let (edit, mut errors) = EditForm::read(&fields);
    let (verb, act) = match fields.text("action") {
        Some("archive") => ("archive", Act::Archive { replace_with }),
        Some("restore") => ("restore", Act::Restore),
        Some("delete") => ("delete", Act::Delete { replace_with }),
        Some("edit") => ("edit", Act::Edit(edit.parsed(&mut errors))),
        _ => {
            return Err(Error::Invalid(FieldErrors::one(
                "action",
                Message::new("status-bulk-action"),
            )));
        }
    };
    let asked = Asked {
        verb,
        act,
        edit,
        selection: Selection::read(&fields)?,
        is_confirmed: fields.is_on("confirm"),
        back: back(&fields),
    };
    answer(visitor, asked, errors).await
}

/// The same for one status, from its row or its page.
pub(super) async fn single(
    visitor: Visitor,
    fields: Fields,
    verb: &'static str,
    act: Act,
    id: i64,
) -> Result<HttpResponse> {
    let asked = Asked {
        verb,
        act,
        edit: EditForm::default(),
        selection: Selection::Ids(vec![id]),
        is_confirmed: fields.is_on("confirm"),
        back: back(&fields),
    };
    answer(visitor, asked, FieldErrors::new()).await
}

/// The status that takes over; an unknown word is refused by the preview.
pub(super) fn replacement(fields: &Fields) -> Result<Option<i64>> {
    match fields.text("replace_with").map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => parse_id(text).map(Some).ok_or_else(|| {
            Error::Invalid(FieldErrors::one(
                "replace_with",
                Message::new("status-replace-unknown"),
            ))
        }),
    }
}

async fn answer(visitor: Visitor, asked: Asked, errors: FieldErrors) -> Result<HttpResponse> {
    let is_ready = asked.is_confirmed && errors.is_empty() && !is_empty_edit(&asked.act);
    if !is_ready {
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        return preview(&visitor, asked, errors, status, None).await;
    }
    let job = asked.clone();
    let done = visitor
        .write(move |conn, who| {
            who.must(Permission::StatusesWrite)?;
            changes::lock(conn)?;
            let (ids, off) = job.selection.resolve(conn)?;
            if off != 0 {
                return Err(Error::Conflict(Message::new("status-bulk-changed")));
            }
            let verdicts = bulk::carry_out(conn, &who.actor(door(&job)), &job.act, &ids)?;
            let named = verdicts
                .first()
                .map(|verdict| verdict.status.name.to_string());
            Ok((verdicts.len(), named.unwrap_or_default(), who.batch_id))
        })
        .await;
    match done {
        Ok((count, name, batch)) => {
            let message = Message::new(done_key(&asked))
                .with("count", count)
                .with("name", name);
            Ok(visitor.redirect(&asked.back, Some(Flash::ok(message).with_batch(batch))))
        }
        Err(Error::Invalid(errors)) => {
            preview(
                &visitor,
                asked,
                errors,
                StatusCode::UNPROCESSABLE_ENTITY,
                None,
            )
            .await
        }
        Err(error @ (Error::Blocked(_) | Error::Conflict(_) | Error::Taken(_))) => {
            let why = error.message();
            preview(
                &visitor,
                asked,
                FieldErrors::new(),
                StatusCode::CONFLICT,
                Some(why),
            )
            .await
        }
        Err(error) => Err(error),
    }
}

fn is_empty_edit(act: &Act) -> bool {
    matches!(act, Act::Edit(edit) if edit.is_empty())
}

fn door(asked: &Asked) -> &'static str {
    match asked.selection {
        Selection::Ids(ref ids) if ids.len() == 1 => "ui",
        _ => "bulk",
    }
}

fn done_key(asked: &Asked) -> &'static str {
    match asked.verb {
        "archive" => "status-flash-archived",
        "restore" => "status-flash-restored",
        "delete" => "status-flash-deleted",
        "default" => "status-flash-default",
        "converted" => "status-flash-converted",
        _ => "status-flash-edited",
    }
}

async fn preview(
    visitor: &Visitor,
    asked: Asked,
    errors: FieldErrors,
    status: StatusCode,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let job = asked.clone();
    let read = visitor
        .read(move |conn, who| {
            who.must(Permission::StatusesWrite)?;
            let (ids, off) = job.selection.resolve(conn)?;
            if ids.is_empty() {
                return Err(Error::NotFound);
            }
            let (verdicts, refused) = match bulk::judge(conn, &job.act, &ids) {
                Err(Error::Invalid(errors)) => (
                    bulk::judge(conn, &without_replacement(&job.act), &ids)?,
                    errors,
                ),
                other => (other?, FieldErrors::new()),
            };
            let takers = store::all(conn, &Listing::default())?;
            Ok((verdicts, refused, takers, off))
        })
        .await?;
    let (verdicts, refused, takers, off) = read;
    let status = if refused.is_empty() {
        status
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let scope = match &asked.selection {
        Selection::All { listing, .. } => Some(listing.filter_pairs()),
        Selection::Ids(_) => None,
    };
    let view = Preview {
        page: visitor.page(),
        verb: asked.verb,
        act: asked.act,
        edit: asked.edit,
        errors: if refused.is_empty() { errors } else { refused },
        takers: takers
            .into_iter()
            .filter(|taker| verdicts.iter().all(|v| v.status.id != taker.id))
            .collect(),
        verdicts,
        scope,
        off,
        why,
        back: asked.back,
    };
    html(status, &view)
}

fn without_replacement(act: &Act) -> Act {
    match act {
        Act::Archive { .. } => Act::Archive { replace_with: None },
        Act::Delete { .. } => Act::Delete { replace_with: None },
        other => other.clone(),
    }
}

async fn export_selection(visitor: Visitor, fields: &Fields) -> Result<HttpResponse> {
    let selection = Selection::read(fields)?;
    let format = export::format(fields)?;
    let rows = visitor
        .read(move |conn, _: &Who| {
            let (ids, _) = selection.resolve(conn)?;
            store::find_many(conn, &ids)
        })
        .await?;
    export::file(format, &rows)
}

/// The address that a preview's form is sent to again.
pub fn action(verb: &str, one: Option<i64>) -> String {
    match (verb, one) {
        ("default" | "converted", Some(id)) => format!("{LIST}/{id}/{verb}"),
        _ => format!("{LIST}/bulk"),
    }
}
