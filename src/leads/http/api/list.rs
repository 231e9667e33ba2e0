//! Lists of leads: streamed as a whole, or page by page.

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::web::Bytes;
use futures_util::{StreamExt, future, stream};
use percent_encoding::percent_decode_str;

use crate::access::ApiRequest;
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::actions::numbered_page::{first_rows, numbered_page, page_count};
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::http::api::body::{LeadBody, LeadsBody, LeadsMeta, LeadsPage};
use crate::leads::http::api::schemas::ListQuery;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::cursor_of;
use crate::records::fields::{Fields, FromFields};
use crate::records::list::{List, PAGE_SIZES, PagePosition};
use crate::web::{Query, ResponseBody, encoded};

/// The largest page size.
const PER_PAGE_MAX: i64 = 100;
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
    let list = ListRequest::from_fields(query)?;
    if list.listing.filter.q.is_empty() {
        let errors = FieldErrors::one("term", Message::new("lead-api-term"));
        return Err(Error::Invalid(errors));
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

/// The parameters of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRequest {
    listing: Listing,
    extent: Extent,
}

/// How much of a list to answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Extent {
    All,
    /// A page by its number, from 1.
    Page(i64),
    /// The page after the cursor of the listing.
    After,
}

impl FromFields for ListRequest {
    /// # Errors
    /// [`Error::Invalid`] at the filters that are invalid, and at `after`.
    fn from_fields(fields: Fields) -> Result<ListRequest> {
        let fields = &fields;
        let number = |name: &str| fields.text(name)?.trim().parse::<i64>().ok();
        let mut listing = Listing::read(fields).first_page();
        let mut errors = listing.filter.unreadable.errors();
        let page_fields = ["page", "nr_page", "per_page"];
        let is_paged = page_fields.iter().any(|name| fields.has(name));
        listing.per_page = number("per_page")
            .unwrap_or(PAGE_SIZES[0])
            .clamp(1, PER_PAGE_MAX);
        let extent = match fields.text("after").filter(|cursor| !cursor.is_empty()) {
            Some(cursor) => {
                match parse_after(fields, &listing, cursor) {
                    Some(position) => (listing.position, listing.offset) = position,
                    None => errors.add("after", Message::new("lead-api-after")),
                }
                Extent::After
            }
            None if is_paged => {
                let page = number("page").or_else(|| number("nr_page"));
                Extent::Page(page.unwrap_or(1).max(1))
            }
            None => Extent::All,
        };
        errors.or(ListRequest { listing, extent })
    }
}

/// The cursor that an earlier page of this list answered as `next`, and the number of leads before it.
fn parse_after(
    fields: &Fields,
    listing: &Listing,
    after: &str,
) -> Option<(PagePosition<Cursor>, i64)> {
    let rest = after
        .strip_prefix(&listing.sort.to_param())?
        .strip_prefix('~')?;
    let (offset, cursor) = rest.split_once('~')?;
    let mut query = fields.clone();
    query.push("after", cursor);
    query.push("n", offset);
    match Listing::read(&query) {
        Listing {
            position: position @ PagePosition::After(_),
            offset,
            ..
        } => Some((position, offset)),
        _ => None,
    }
}

async fn respond(client: ApiRequest, request: ListRequest) -> Result<HttpResponse> {
    match request.extent {
        Extent::All => stream_all(client, request.listing).await,
        Extent::Page(_) | Extent::After => {
            client
                .cached_json(move |conn, principal| {
                    let listing = &request.listing;
                    let query =
                        LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
                    encoded(&page_body(conn, listing, request.extent, query)?)
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
    let per = listing.per_page;
    let (page, total, number) = match extent {
        Extent::Page(number) => {
            let read = numbered_page(conn, listing, &query, number)?;
            (read.page, read.total, read.number)
        }
        Extent::All | Extent::After => {
            let number = listing.offset / per + 1;
            (first_rows(conn, listing, &query)?, None, number)
        }
    };
    let offset = match extent {
        Extent::Page(_) => number * per,
        Extent::All | Extent::After => listing.offset.saturating_add(page.rows.len() as i64),
    };
    let next = page.rows.last().filter(|_| page.has_next).map(|last| {
        let cursor = cursor_of(last, listing.sort.key).to_param();
        format!("{}~{offset}~{cursor}", listing.sort.to_param())
    });
    let meta = LeadsMeta {
        page: number,
        per_page: per,
        total,
        total_pages: total.map(|total| page_count(total, per)),
        has_more: page.has_next,
        next,
    };
    let data = bodies(conn, &page.rows, query)?;
    Ok(LeadsBody::Page(LeadsPage { data, meta }))
}

fn bodies(conn: &mut Conn, leads: &[Lead], query: LeadQuery) -> Result<Vec<LeadBody>> {
    let now = query.now;
    // The body of a lead has the id of its owner, not the name.
    let lookup = NameLookup::with_statuses(conn, query.statuses, &[])?;
    let body = |lead| LeadBody::new(lead, &lookup, now);
    Ok(leads.iter().map(body).collect())
}

/// A part of a list that is streamed.
#[derive(Clone)]
struct ListChunk {
    /// A JSON array.
    json: Bytes,
    /// The list after this chunk; `None` at the end.
    rest: Option<Listing>,
    /// The moment at which the whole list is read.
    now: Timestamp,
}

/// Every lead of a list. A short list is one response; of a long one only some leads are in memory at a time, and no
/// transaction waits for a slow client. A lead whose position changes meanwhile may be answered twice or not at all.
async fn stream_all(client: ApiRequest, listing: Listing) -> Result<HttpResponse> {
    let listing = Listing {
        per_page: CHUNK_ROWS,
        ..listing
    };
    let accepts_gzip = client.accepts_gzip();
    let (first, whole) = client
        .cached_read(
            ReadKind::List,
            |(chunk, whole): &(ListChunk, ResponseBody)| chunk.json.len() + whole.size(),
            move |conn, principal| {
                let query =
                    LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
                let chunk = read_chunk(conn, listing, query)?;
                let is_whole = chunk.rest.is_none();
                let whole = ResponseBody::new(chunk.json.clone(), accepts_gzip && is_whole);
                Ok((chunk, whole))
            },
        )
        .await?;
    let Some(rest) = first.rest else {
        return Ok(whole.respond("application/json"));
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json");
    if client.http().method() == Method::HEAD {
        return Ok(answer.streaming(stream::empty::<Result<Bytes>>()));
    }
    let head = first.json.slice(..first.json.len() - 1);
    let head = stream::once(future::ready(Ok(head)));
    Ok(answer.streaming(head.chain(stream_rest(client, rest, first.now))))
}

/// The rest of a list, up to the end of the array.
fn stream_rest(
    client: ApiRequest,
    rest: Listing,
    now: Timestamp,
) -> impl futures_util::Stream<Item = Result<Bytes>> {
    stream::try_unfold((client, Some(rest)), move |(client, rest)| async move {
        let Some(listing) = rest else {
            return Ok(None);
        };
        let next = client
            .read_as(ReadKind::List, move |conn, principal| {
                let query = LeadQuery::load(conn, principal.user_id, now, &listing.filter.q)?;
                read_chunk(conn, listing, query)
            })
            .await;
        let next = next.inspect_err(|cause| {
            // The status line is sent already, so the only sign of an error is the missing end of the array.
            let path = client.http().path();
            if !cause.is_corrupt() {
                tracing::error!(path, %cause, "a list broke off");
            }
        })?;
        let rows = next.json.slice(1..next.json.len() - 1);
        let mut bytes = Vec::with_capacity(next.json.len() + 1);
        if !rows.is_empty() {
            bytes.push(b',');
            bytes.extend_from_slice(&rows);
        }
        bytes.extend(next.rest.is_none().then_some(b']'));
        Ok(Some((Bytes::from(bytes), (client, next.rest))))
    })
}

fn read_chunk(conn: &mut Conn, listing: Listing, query: LeadQuery) -> Result<ListChunk> {
    let page = first_rows(conn, &listing, &query)?;
    let rest = page
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
        rest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<ListRequest> {
        ListRequest::from_fields(Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    fn extent(query: &str) -> Extent {
        read(query).unwrap().extent
    }

    #[test]
    fn page_parameters_ask_for_a_page() {
        assert_eq!(extent("q=a&bin=1&at=end&per=50"), Extent::All);
        assert_eq!(extent("nr_page=3"), Extent::Page(3));
        assert_eq!(extent("per_page=5"), Extent::Page(1));
        for odd in ["page=0", "page=-4", "page=x", "page=99999999999999999999"] {
            assert_eq!(extent(odd), Extent::Page(1), "{odd}");
        }
        let per = |query| read(query).unwrap().listing.per_page;
        assert_eq!((per("per_page=500"), per("per_page=0")), (100, 1));
    }

    #[test]
    fn a_cursor_is_valid_only_for_its_sort_order() {
        let request = read("after=-created_at~40~1700~17").unwrap();
        assert_eq!(
            (request.extent, request.listing.offset),
            (Extent::After, 40)
        );
        assert!(read("sort=name&after=name~20~ana%7Epop~17").is_ok());
        for bad in [
            "after=x",
            "after=name~20~ana~17",
            "sort=value&after=value~20~ana~17",
            "after=-created_at~20~1700~017",
        ] {
            assert!(matches!(read(bad), Err(Error::Invalid(_))), "{bad}");
        }
    }
}
