//! The page of one lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal, users};
use crate::audit::{self, StoredEntry};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::audit_entries::SUBJECT;
use crate::leads::actions::likely_duplicates::{LikelyDuplicate, likely_duplicates_of};
use crate::leads::actions::neighbours::{Neighbours, neighbours};
use crate::leads::actions::offers::receivers;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::display::UserNames;
use crate::leads::domain::handoff::Offer;
use crate::leads::domain::history::{effective_visits, find_mistake};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::new_lead::LeadNote;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::visit::Visit;
use crate::leads::domain::worklist::Worklist;
use crate::leads::http::paths::{OWN_PATH, RETURN_TO, STUCK_PATH, lead_path};
use crate::leads::http::views::offer::offers_by_visit;
use crate::leads::http::views::show::{LeadPageForms, ShowPage};
use crate::leads::http::views::timeline::{
    ENTRIES_PER_PAGE, Timeline, TimelineEntry, logged_changes, owner_ids,
};
use crate::leads::store;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::fields::{Fields, parse_id};
use crate::web::{Id, Query, html};

/// The most audit entries that the timeline looks at.
const MAX_CHANGES: i64 = 100;
/// The largest offset into the timeline.
const MAX_OFFSET: usize = 100_000;

/// The data of the page of a lead.
pub(crate) struct ShowData {
    pub lead: Lead,
    pub lookup: RelatedRecords,
    pub visits: Vec<Visit>,
    notes: Vec<LeadNote>,
    entries: Vec<StoredEntry>,
    owner_names: UserNames,
    /// The offers of the lead, oldest first.
    offers: Vec<Offer>,
    /// The users who can receive it.
    receivers: Vec<(i64, String)>,
    rights: Rights,
    neighbours: Option<Neighbours>,
    duplicates: Vec<LikelyDuplicate>,
}

/// The list from which the page of a lead was opened.
pub(crate) fn list_of(fields: &Fields, id: i64) -> String {
    RETURN_TO.list_of(&RETURN_TO.read_or(fields, &lead_path(id)))
}

/// The neighbours of a lead in the stuck list or that of own leads; nothing for another list.
fn neighbours_in(
    conn: &mut Conn,
    principal: &Principal,
    lead: &Lead,
    list: &str,
) -> Result<Option<Neighbours>> {
    let (path, query) = list.split_once('?').unwrap_or((list, ""));
    let query = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
    let worklist = match path {
        STUCK_PATH => Worklist::read(&query, principal.now),
        OWN_PATH => Worklist::read_own(&query, principal.now),
        _ => return Ok(None),
    };
    let text = &worklist.filter.q;
    let query = LeadQuery::load(conn, principal.user_id, principal.now, text)?;
    neighbours(conn, &worklist, lead, &query).map(Some)
}

/// Reads the data; the timeline skips its newest `from` entries.
pub(crate) fn load(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    from: usize,
    list: &str,
) -> Result<ShowData> {
    let lead = store::find(conn, id)?;
    // One entry more than shown, to know whether older ones exist.
    let limit = from.saturating_add(ENTRIES_PER_PAGE + 1) as i64;
    let entries = audit::list_by_subject(conn, SUBJECT, id, None, MAX_CHANGES)?;
    let mut lookup = RelatedRecords::load_with_deleted(conn, std::slice::from_ref(&lead))?;
    let offers = store::handoffs::of_lead(conn, id)?;
    lookup.add_users(conn, &offers)?;
    Ok(ShowData {
        receivers: receivers(conn, &lookup.in_use())?,
        lookup,
        offers,
        visits: store::history::visits(conn, id)?,
        notes: store::history::notes(conn, id, limit)?,
        owner_names: users::names(conn, &owner_ids(&entries))?,
        entries,
        rights: Rights::of(principal),
        neighbours: neighbours_in(conn, principal, &lead, list)?,
        duplicates: match lead.is_in_bin() {
            true => Vec::new(),
            false => likely_duplicates_of(conn, &lead.fields, Some(id))?,
        },
        lead,
    })
}

/// `GET /admin/leads/{id}`: a lead and its history.
pub async fn show(request: PageRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    let from = query.text("from").and_then(|from| from.parse().ok());
    let from: usize = from.unwrap_or(0).min(MAX_OFFSET);
    let list = list_of(&query, id);
    let data = request
        .read(move |conn, principal| load(conn, principal, id, from, &list))
        .await?;
    let view = view(&request, data, LeadPageForms::default(), &query, from);
    html(StatusCode::OK, &view)
}

/// The current page with a refused form and the reason.
pub(crate) fn render_refusal(
    request: &PageRequest,
    status: StatusCode,
    data: ShowData,
    forms: LeadPageForms,
    fields: &Fields,
) -> Result<HttpResponse> {
    html(status, &view(request, data, forms, fields, 0))
}

fn view(
    request: &PageRequest,
    data: ShowData,
    forms: LeadPageForms,
    fields: &Fields,
    from: usize,
) -> ShowPage {
    let page = request.page();
    let (now, lang) = (page.now, page.lang);
    let ShowData {
        lead,
        lookup,
        visits,
        notes,
        entries,
        owner_names,
        offers,
        receivers,
        rights,
        neighbours,
        duplicates,
    } = data;
    let can_act = rights.can_edit(&lead) && !lead.is_in_bin();
    let mistake = find_mistake(&visits).filter(|_| can_act);
    let last = effective_visits(&visits).next_back();
    let mover = last.and_then(|last| last.actor_id);
    let is_own = page.user.as_ref().map(|user| user.id) == mover;
    let changes = logged_changes(&entries, &owner_names, lang);
    let changes = changes.into_iter().map(TimelineEntry::Change);
    let others = notes.into_iter().map(TimelineEntry::Note).chain(changes);
    ShowPage {
        timeline: Timeline::new(&visits, others.collect(), &lookup, now, lang, from)
            .with_offers(offers_by_visit(&page, &lookup, &offers)),
        receivers,
        selected_status: fields.text("to").and_then(parse_id),
        is_fresh_mistake: is_own && page.flash.is_some(),
        back: list_of(fields, lead.id),
        neighbours,
        duplicates,
        api: format!("{}/api/leads/{}", request.origin(), lead.id),
        mistake,
        forms,
        rights,
        lead,
        lookup,
        page,
    }
}
