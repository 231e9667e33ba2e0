use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::back::{WAY, path_of};
use super::form::id;
use crate::access::{Visitor, Who, users};
use crate::audit::{self, Recorded};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::shown::People;
use crate::leads::views::show::{Acting, ShowPage};
use crate::leads::views::timeline::{ENTRIES, Timeline, changes, owners};
use crate::leads::{Cast, Lead, Rights, SUBJECT, Visit, WrittenNote, standing, store, taken_back};
use crate::web::fields::Fields;
use crate::web::html;

/// The most entries of the log that are read for the list of changes.
const LOGGED: i64 = 100;
/// The farthest back that the timeline is paged.
const FARTHEST: usize = 100_000;

/// What the page of a lead is made of.
pub(super) struct Known {
    pub lead: Lead,
    pub cast: Cast,
    pub visits: Vec<Visit>,
    notes: Vec<WrittenNote>,
    entries: Vec<Recorded>,
    people: People,
    rights: Rights,
}

/// Reads all of it; the timeline begins after its newest `from` entries.
pub(super) fn know(conn: &mut Conn, who: &Who, id: i64, from: usize) -> Result<Known> {
    let lead = store::find(conn, id)?;
    // One more than is shown tells whether there are older ones.
    let most = from.saturating_add(ENTRIES + 1) as i64;
    let entries = audit::of_subject(conn, SUBJECT, id, None, LOGGED)?;
    Ok(Known {
        cast: Cast::with_history(conn, std::slice::from_ref(&lead))?,
        visits: store::visits(conn, id)?,
        notes: store::notes(conn, id, most)?,
        people: users::names(conn, &owners(&entries))?,
        entries,
        rights: Rights::of(who),
        lead,
    })
}

/// `GET /admin/leads/{id}`: where a lead stands, and how it came there.
pub async fn show(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let query = visitor.query()?;
    let from = query.text("from").and_then(|from| from.parse().ok());
    let from: usize = from.unwrap_or(0).min(FARTHEST);
    let known = visitor
        .read(move |conn, who| know(conn, who, id, from))
        .await?;
    let view = view(&visitor, known, Acting::default(), &query, from);
    html(StatusCode::OK, &view)
}

/// The page as it is now, with what was typed and why it was not done.
pub(super) fn refuse(
    visitor: &Visitor,
    status: StatusCode,
    known: Known,
    acting: Acting,
    sent: &Fields,
) -> Result<HttpResponse> {
    html(status, &view(visitor, known, acting, sent, 0))
}

fn view(visitor: &Visitor, known: Known, acting: Acting, sent: &Fields, from: usize) -> ShowPage {
    let page = visitor.page();
    let Known {
        lead,
        cast,
        visits,
        notes,
        entries,
        people,
        rights,
    } = known;
    let may_act = rights.may_touch(&lead) && !lead.is_deleted();
    let mistake = taken_back(&visits).filter(|_| may_act);
    let by = standing(&visits).next_back().and_then(|last| last.actor_id);
    let is_own = page.user.as_ref().map(|user| user.id) == by;
    ShowPage {
        timeline: Timeline::of(&visits, notes, &cast, page.now, page.lang, from),
        changes: changes(&entries, &people, page.lang),
        is_fresh_mistake: is_own && page.flash.is_some(),
        back: WAY.list_of(&WAY.back_to(sent, &path_of(lead.id))),
        api: format!("{}/api/leads/{}", visitor.origin(), lead.id),
        mistake,
        acting,
        rights,
        lead,
        cast,
        page,
    }
}
