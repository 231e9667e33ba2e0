use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::back::{back, list_of};
use super::{LIST, export};
use crate::access::{Permission, Visitor, Who};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses::bulk::{self, Act, EditForm, Verdict};
use crate::statuses::views::preview::Preview;
use crate::statuses::{Kind, LeadStatus, Listing, Replacement, Residents, Role, store};
use crate::web::chosen::{self, Difference, Expect, digest};
use crate::web::fields::Fields;
use crate::web::filters::Filtered;
use crate::web::{Flash, Form, html};

/// The most ids that one form may name.
const IDS_MAX: usize = 5_000;

/// The status of a form with values that can't be accepted.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

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

impl Asked {
    /// Where to go when it is done: what is deleted has no page any more.
    fn destination(&self) -> String {
        match self.act {
            Act::Delete { .. } => list_of(&self.back),
            _ => self.back.clone(),
        }
    }
}

/// Which rows: those ticked, or all that a list shows.
#[derive(Debug, Clone)]
enum Selection {
    Ids(Vec<i64>),
    All {
        listing: Listing,
        /// What the form takes them to be; without it nothing is done to them.
        expect: Option<Expect>,
    },
}

impl Selection {
    fn read(fields: &Fields) -> Result<Selection> {
        let Some(ids) = chosen::ticked(fields)? else {
            return Ok(Selection::All {
                listing: Listing::read(fields).readable()?,
                expect: Expect::read(fields)?,
            });
        };
        let refused = |key| Err(Error::Invalid(FieldErrors::one("ids", Message::new(key))));
        match ids.len() {
            0 => refused("status-bulk-nothing"),
            1..=IDS_MAX => Ok(Selection::Ids(ids)),
            _ => refused("status-bulk-too-many"),
        }
    }

    /// The selection, for an action that changes it: all that match need something to be compared with.
    fn for_change(self) -> Result<Selection> {
        match self {
            Selection::All { expect: None, .. } => Err(chosen::unexpected()),
            known => Ok(known),
        }
    }

    /// The filters, where everything that matches was asked for.
    fn filters(&self) -> Option<Vec<(&'static str, String)>> {
        match self {
            Selection::Ids(_) => None,
            Selection::All { listing, .. } => Some(listing.filter_pairs()),
        }
    }

    /// The ids there are now, and how they differ from what the form expected.
    fn resolve(&self, conn: &mut Conn, now: Timestamp) -> Result<(Vec<i64>, Difference)> {
        let ids_of = |found: Vec<LeadStatus>| found.iter().map(|status| status.id).collect();
        match self {
            Selection::Ids(ids) => {
                let found: Vec<i64> = ids_of(store::find_many(conn, ids)?);
                let count = ids.len() as i64 - found.len() as i64;
                let is_other = count > 0;
                Ok((found, Difference { count, is_other }))
            }
            Selection::All { listing, expect } => {
                let asked = store::asked(conn, listing, now)?;
                let found: Vec<i64> = ids_of(store::all(conn, &asked)?);
                let difference = expect.as_ref().map(|expect| expect.difference(&found));
                Ok((found, difference.unwrap_or_default()))
            }
        }
    }

    /// True if these are the statuses that the form expected.
    fn holds(&self, found: &[i64]) -> bool {
        match self {
            Selection::Ids(ids) => ids.len() == found.len(),
            Selection::All { expect, .. } => {
                expect.as_ref().is_some_and(|expect| expect.holds(found))
            }
        }
    }
}

impl Asked {
    /// What the form asks for, and what is wrong with the values of an edit.
    fn read(fields: &Fields) -> Result<(Asked, FieldErrors)> {
        let replacement = replacement(fields)?;
        let (edit, mut errors) = EditForm::read(fields);
        let (verb, act) = match fields.text("action") {
            Some("archive") => ("archive", Act::Archive { replacement }),
            Some("restore") => ("restore", Act::Restore),
            Some("delete") => ("delete", Act::Delete { replacement }),
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
            selection: Selection::read(fields)?.for_change()?,
            is_confirmed: fields.is_on("confirm"),
            back: back(fields),
        };
        Ok((asked, errors))
    }
}

/// `POST /admin/leads/statuses/bulk`: an action on the ticked rows, or on all that match.
pub async fn bulk(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    if fields.text("action") == Some("export") {
        return export_selection(visitor, &fields).await;
    }
    let (asked, errors) = visitor.admit(Asked::read(&fields)).await?;
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
pub(super) fn replacement(fields: &Fields) -> Result<Option<Replacement>> {
    match fields.text("replace_with").map(str::trim) {
        None | Some("") => Ok(None),
        Some(_) => Replacement::read(fields),
    }
}

async fn answer(visitor: Visitor, asked: Asked, errors: FieldErrors) -> Result<HttpResponse> {
    if !errors.is_empty() {
        return preview(&visitor, asked, errors, INVALID, None).await;
    }
    if !asked.is_confirmed {
        return preview(&visitor, asked, errors, StatusCode::OK, None).await;
    }
    if is_empty_edit(&asked.act) {
        let nothing = FieldErrors::one("new_kind", Message::new("status-edit-nothing"));
        return preview(&visitor, asked, nothing, INVALID, None).await;
    }
    let (job, residents) = (asked.clone(), Residents::of(visitor.request())?);
    let hands = residents.clone();
    match visitor
        .write(move |conn, who| carry_out(conn, who, &job, &hands))
        .await
    {
        Ok((verdicts, batch)) => {
            residents.ring();
            let flash = Flash::ok(said(&asked, &verdicts)).with_batch(batch);
            Ok(visitor.redirect(&asked.destination(), Some(flash)))
        }
        Err(Error::Invalid(errors)) => preview(&visitor, asked, errors, INVALID, None).await,
        Err(error @ (Error::Blocked(_) | Error::Conflict(_) | Error::Taken(_))) => {
            let why = Some(error.message());
            preview(&visitor, asked, errors, StatusCode::CONFLICT, why).await
        }
        Err(error) => Err(error),
    }
}

/// What it was done to, and the batch.
fn carry_out(
    conn: &mut Conn,
    who: &Who,
    asked: &Asked,
    residents: &Residents,
) -> Result<(Vec<Verdict>, i64)> {
    who.must(Permission::StatusesWrite)?;
    locks::pipeline(conn)?;
    let (ids, _) = asked.selection.resolve(conn, who.now)?;
    if !asked.selection.holds(&ids) {
        return Err(Error::Conflict(Message::new("status-bulk-changed")));
    }
    let actor = who.actor(door(asked));
    let verdicts = bulk::carry_out(conn, &actor, &asked.act, &ids, residents)?;
    Ok((verdicts, who.batch_id))
}

/// What the banner says of it.
fn said(asked: &Asked, verdicts: &[Verdict]) -> Message {
    let named = verdicts.first().map(|verdict| verdict.status.name.as_str());
    let moving = bulk::moving(verdicts);
    if moving > 0 {
        return Message::new("status-flash-leaving").with("count", moving);
    }
    Message::new(done_key(asked))
        .with("count", verdicts.len())
        .with("name", named.unwrap_or_default())
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

/// What was read for a preview.
struct Forecast {
    verdicts: Vec<Verdict>,
    refused: FieldErrors,
    takers: Vec<LeadStatus>,
    difference: Difference,
    /// What tells the statuses from any others.
    digest: String,
}

fn forecast(conn: &mut Conn, who: &Who, asked: &Asked) -> Result<Forecast> {
    who.must(Permission::StatusesWrite)?;
    let (ids, difference) = asked.selection.resolve(conn, who.now)?;
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let (verdicts, refused) = match bulk::judge(conn, &asked.act, &ids) {
        Err(Error::Invalid(errors)) => (
            bulk::judge(conn, &without_replacement(&asked.act), &ids)?,
            errors,
        ),
        other => (other?, FieldErrors::new()),
    };
    let mut takers = store::in_use(conn)?;
    let roles: Vec<Kind> = verdicts
        .iter()
        .flat_map(|verdict| verdict.status.roles())
        .map(Role::needs)
        .collect();
    let fits = |taker: &LeadStatus| roles.is_empty() || roles.contains(&taker.kind);
    takers.retain(|taker| !ids.contains(&taker.id) && taker.leaving.is_none() && fits(taker));
    Ok(Forecast {
        verdicts,
        refused,
        takers,
        difference,
        digest: digest(&ids),
    })
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
        .read(move |conn, who| forecast(conn, who, &job))
        .await?;
    let is_refused = !read.refused.is_empty();
    let view = Preview {
        page: visitor.page(),
        verb: asked.verb,
        act: asked.act,
        edit: asked.edit,
        errors: if is_refused { read.refused } else { errors },
        takers: read.takers,
        verdicts: read.verdicts,
        scope: asked.selection.filters(),
        difference: read.difference,
        digest: read.digest,
        why,
        back: asked.back,
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

fn without_replacement(act: &Act) -> Act {
    match act {
        Act::Archive { .. } => Act::Archive { replacement: None },
        Act::Delete { .. } => Act::Delete { replacement: None },
        other => other.clone(),
    }
}

/// `action=export`: a file changes nothing and says what there is, so that nothing needs to be expected of it.
async fn export_selection(visitor: Visitor, fields: &Fields) -> Result<HttpResponse> {
    let asked = Selection::read(fields).and_then(|selection| {
        let format = export::format(fields)?;
        Ok((selection, format))
    });
    let (selection, format) = visitor.admit(asked).await?;
    let rows = visitor
        .read(move |conn, who: &Who| {
            let (ids, _) = selection.resolve(conn, who.now)?;
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
