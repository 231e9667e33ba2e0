//! Lists of leads: streamed as a whole, or page by page.

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::web::Bytes;
use futures_util::{StreamExt, future, stream};
use percent_encoding::percent_decode_str;

use crate::access::ApiRequest;
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::numbered_page::{first_rows, numbered_page, page_at_offset};
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::http::api::body::LeadBody;
use crate::leads::http::api::list_body::{LeadsBody, LeadsMeta, LeadsPage};
use crate::leads::http::api::list_request::{Extent, ListRequest};
use crate::leads::http::api::schemas::ListQuery;
use crate::leads::store;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::cursor_of;
use crate::records::fields::{Fields, FromFields};
use crate::records::list::PagePosition;
use crate::records::paging::page_count;
use crate::web::{Query, ResponseBody, encoded};

/// Leads that one transaction reads while a whole list is streamed.
const CHUNK_ROWS: i64 = 500;

/// List leads.
///
/// All leads, newest first, as an array; with `page`, `nr_page`, `per_page` or `after`, one page with its position.
/// An invalid filter is refused; an invalid order or page falls back to its default.
#[utoipa::path(
    get, path = "/api/leads", operation_id = "list_leads", tag = "Leads",
    params(ListQuery),
    responses(
        (status = 200, body = LeadsBody, description = "The list."),
        (status = 422, description = "A filter or `after` is not valid.")
    )
)]
pub async fn list(request: ApiRequest, Query(list): Query<ListRequest>) -> Result<HttpResponse> {
    respond(request, list).await
}

/// Search leads.
///
/// Leads with every word of the term in name, company, e-mail, phone or external reference, in any case and with or
/// without accents. Answers and parameters are those of the list. Only the first 100 characters count.
#[utoipa::path(
    get, path = "/api/leads/search/{term}", operation_id = "search_leads", tag = "Leads",
    params(("term" = String, Path, example = "ioana"), ListQuery),
    responses(
        (status = 200, body = LeadsBody, description = "The list."),
        (status = 422, description = "The term is blank, or a filter or `after` is not valid.")
    )
)]
pub async fn search(request: ApiRequest, Query(mut query): Query) -> Result<HttpResponse> {
    query.push("q", &search_term(request.http().path())?);
    respond_to_search(request, query, "term").await
}

/// Search leads, with the term as a parameter.
///
/// As the search whose term is part of the path.
#[utoipa::path(
    get, path = "/api/leads/search", operation_id = "search_leads_also", tag = "Leads",
    params(ListQuery),
    responses(
        (status = 200, body = LeadsBody, description = "The list."),
        (status = 422, description = "`q` is blank, or a filter or `after` is not valid.")
    )
)]
pub async fn search_query(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    respond_to_search(request, query, "q").await
}

async fn respond_to_search(
    request: ApiRequest,
    query: Fields,
    term: &'static str,
) -> Result<HttpResponse> {
    let list = ListRequest::from_fields(query)?;
    if list.listing.filter.q.is_empty() {
        return Err(Error::invalid(term, Message::new("lead-api-term")));
    }
    respond(request, list).await
}

/// The search term: the last segment of the path. It is decoded here because the framework replaces what is not UTF-8.
fn search_term(path: &str) -> Result<String> {
    let last = path.rsplit('/').next().unwrap_or_default();
    let term = percent_decode_str(last).decode_utf8();
    let unreadable = |_| Error::Unreadable(Message::new("error-body-not-utf8"));
    term.map(Into::into).map_err(unreadable)
}

async fn respond(request: ApiRequest, list_request: ListRequest) -> Result<HttpResponse> {
    match list_request.extent {
        Extent::All => stream_all(request, list_request.listing).await,
        Extent::Page(_) | Extent::Offset(_) | Extent::After => {
            request
                .cached_json(move |conn, principal| {
                    let listing = &list_request.listing;
                    let query =
                        LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
                    encoded(&page_body(conn, listing, list_request.extent, query)?)
                })
                .await
        }
    }
}

fn page_body(
    conn: &mut Conn,
    listing: &Listing,
    extent: Extent,
    query: LeadQuery,
) -> Result<LeadsBody> {
    let per_page = listing.per_page;
    let (page, total, number) = match extent {
        Extent::Page(number) => {
            let read = numbered_page(conn, listing, &query, number)?;
            (read.page, read.total, read.number)
        }
        Extent::Offset(offset) => {
            let read = page_at_offset(conn, listing, &query, offset)?;
            (read.page, read.total, read.number)
        }
        Extent::All | Extent::After => {
            let number = listing.offset / per_page + 1;
            (first_rows(conn, listing, &query)?, None, number)
        }
    };
    let offset = match extent {
        Extent::Page(_) => number * per_page,
        Extent::Offset(offset) => offset.saturating_add(per_page),
        Extent::All | Extent::After => listing.offset.saturating_add(page.rows.len() as i64),
    };
    let next = page.rows.last().filter(|_| page.has_next).map(|last| {
        let cursor = cursor_of(last, listing.sort.key).to_param();
        format!("{}~{offset}~{cursor}", listing.sort.to_param())
    });
    let meta = LeadsMeta {
        page: number,
        per_page,
        total,
        total_pages: total.map(|total| page_count(total, per_page)),
        has_more: page.has_next,
        next,
    };
    let data = bodies(conn, &page.rows, query)?;
    Ok(LeadsBody::Page(LeadsPage { data, meta }))
}

fn bodies(conn: &mut Conn, leads: &[Lead], query: LeadQuery) -> Result<Vec<LeadBody>> {
    let now = query.now;
    // The body of a lead has the id of its owner, not the name.
    let lookup = RelatedRecords::with_statuses(conn, query.statuses, &[])?;
    let ids: Vec<i64> = leads.iter().map(|lead| lead.id).collect();
    let offers = store::handoffs::of_present_visits(conn, &ids)?;
    let body = |lead: &Lead| LeadBody::new(lead, offers.get(&lead.id), &lookup, now);
    Ok(leads.iter().map(body).collect())
}

/// A part of a list that is streamed.
#[derive(Clone)]
struct ListChunk {
    /// A JSON array.
    json: Bytes,
    /// The list after this chunk; `None` at the end.
    next: Option<Listing>,
    /// The moment at which the whole list is read.
    now: Timestamp,
}

/// Every lead of a list. A short list is one response; of a long one only some leads are in memory at a time, and no
/// transaction waits for a slow client. A lead whose position changes meanwhile may be answered twice or not at all.
async fn stream_all(request: ApiRequest, listing: Listing) -> Result<HttpResponse> {
    let listing = Listing {
        per_page: CHUNK_ROWS,
        ..listing
    };
    let accepts_gzip = request.accepts_gzip();
    let (first, whole) = request
        .cached_read(
            ReadKind::List,
            |(chunk, whole): &(ListChunk, ResponseBody)| chunk.json.len() + whole.size(),
            move |conn, principal| {
                let query =
                    LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
                let chunk = read_chunk(conn, listing, query)?;
                let is_whole = chunk.next.is_none();
                let whole = ResponseBody::new(chunk.json.clone(), accepts_gzip && is_whole);
                Ok((chunk, whole))
            },
        )
        .await?;
    let Some(next) = first.next else {
        return Ok(whole.respond("application/json"));
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json");
    if request.http().method() == Method::HEAD {
        return Ok(answer.streaming(stream::empty::<Result<Bytes>>()));
    }
    let head = first.json.slice(..first.json.len() - 1);
    let head = stream::once(future::ready(Ok(head)));
    Ok(answer.streaming(head.chain(stream_from(request, next, first.now))))
}

/// The rows of a list from `next` on, up to the end of the array.
fn stream_from(
    request: ApiRequest,
    next: Listing,
    now: Timestamp,
) -> impl futures_util::Stream<Item = Result<Bytes>> {
    stream::try_unfold((request, Some(next)), move |(request, next)| async move {
        let Some(listing) = next else {
            return Ok(None);
        };
        let chunk = request
            .read_as(ReadKind::List, move |conn, principal| {
                let query = LeadQuery::load(conn, principal.user_id, now, &listing.filter.q)?;
                read_chunk(conn, listing, query)
            })
            .await;
        let chunk = chunk.inspect_err(|cause| {
            // The status line is sent already, so the only sign of an error is the missing end of the array.
            let path = request.http().path();
            if !cause.is_corrupt() {
                tracing::error!(path, %cause, "a list broke off");
            }
        })?;
        let rows = chunk.json.slice(1..chunk.json.len() - 1);
        let mut bytes = Vec::with_capacity(chunk.json.len() + 1);
        if !rows.is_empty() {
            bytes.push(b',');
            bytes.extend_from_slice(&rows);
        }
        bytes.extend(chunk.next.is_none().then_some(b']'));
        Ok(Some((Bytes::from(bytes), (request, chunk.next))))
    })
}

fn read_chunk(conn: &mut Conn, listing: Listing, query: LeadQuery) -> Result<ListChunk> {
    let page = first_rows(conn, &listing, &query)?;
    let next = page
        .rows
        .last()
        .filter(|_| page.has_next)
        .map(|last| Listing {
            position: PagePosition::After(cursor_of(last, listing.sort.key)),
            ..listing
        });
    Ok(ListChunk {
        now: query.now,
        json: encoded(&bodies(conn, &page.rows, query)?)?,
        next,
    })
}
