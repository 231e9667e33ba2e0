use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::LIST;
use super::back::{back_to, list_of, query};
use crate::access::{Permission, Visitor, Who};
use crate::audit;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::statuses::changes::{SUBJECT, SUBJECTS};
use crate::statuses::views::history::History;
use crate::statuses::views::outcome::Outcome;
use crate::statuses::views::show::{Place, ShowPage};
use crate::statuses::{LeadStatus, occupancy_of, store};
use crate::web::fields::parse_id;
use crate::web::html;

/// Entries of the history on one page.
const HISTORY: i64 = 20;

/// `GET /admin/leads/statuses/{id}`: what a status means, and what became of it so far.
pub async fn show(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let query = query(&visitor)?;
    let before = query.text("before").and_then(parse_id);
    let batch = batch(&visitor);
    let (status, occupancy, place, entries, outcome, may_write) = visitor
        .read(move |conn, who| {
            let status = store::find(conn, id)?;
            let occupancy = occupancy_of(conn, &status, who.now)?;
            let place = place(conn, &status)?;
            // One more than is shown tells whether there are older ones.
            let entries = audit::of_subject(conn, SUBJECT, id, before, HISTORY + 1)?;
            let outcome = outcome(conn, who, batch)?;
            let may_write = who.may(Permission::StatusesWrite);
            Ok((status, occupancy, place, entries, outcome, may_write))
        })
        .await?;
    let page = visitor.page();
    let view = ShowPage {
        history: History::of(&entries, HISTORY as usize, before.is_some(), page.lang),
        back: list_of(&back_to(&query, LIST)),
        api: api(&visitor, id),
        page,
        status,
        occupancy,
        place,
        outcome,
        may_write,
    };
    html(StatusCode::OK, &view)
}

/// The batch that the page before this one has carried out.
pub(super) fn batch(visitor: &Visitor) -> Option<i64> {
    visitor.page().flash.and_then(|flash| flash.batch)
}

/// What was just done, for the banner that offers to take it back.
pub(super) fn outcome(conn: &mut Conn, who: &Who, batch: Option<i64>) -> Result<Option<Outcome>> {
    let Some(batch) = batch else {
        return Ok(None);
    };
    let entries = audit::of_batch(conn, batch, &SUBJECTS)?;
    // Leads that moved are not moved back.
    let may_undo = who.may(Permission::StatusesWrite) && !store::was_replaced_in(conn, batch)?;
    Ok(Outcome::of(batch, &entries, may_undo))
}

/// Where the status stands in the pipeline; nothing if it is archived.
fn place(conn: &mut Conn, status: &LeadStatus) -> Result<Option<Place>> {
    if status.is_archived() {
        return Ok(None);
    }
    let pipeline = store::in_use(conn)?;
    Ok(Place::of(&pipeline, status.id))
}

/// The address of this status in the API.
fn api(visitor: &Visitor, id: i64) -> String {
    format!("{}/api/lead_statuses/{id}", visitor.origin())
}
