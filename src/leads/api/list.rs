//! Lists of leads: all of them, sent bit by bit, or page by page.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use futures_util::{StreamExt, future, stream};
use percent_encoding::percent_decode_str;

use super::query;
use crate::access::Client;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::reference::ListQuery;
use crate::leads::store::{self, Against, Letters};
use crate::leads::view::{LeadBody, LeadsBody, LeadsMeta, LeadsPage};
use crate::leads::{Cast, Lead, Listing, Turn, census, entered};
use crate::web::fields::Fields;
use crate::web::filters::Filtered;
use crate::web::{encoded, encoded_json, sha256_hex};

/// Leads on a page unless the caller says otherwise.
const PER_PAGE: i64 = 20;
/// The most leads on a page.
const PER_PAGE_MAX: i64 = 100;
/// Leads that are read and sent at a time where all of them are asked for.
const CHUNK: i64 = 500;

/// List leads.
///
/// All of them, the newest first, as a bare array, sent as they are read; with `page`, `nr_page`, `per_page` or `after`, a
/// page of them with where it stands in the list. A filter that can't be read is refused; one that matches nothing finds
/// nothing. An order or a page that is not understood means its default.
#[utoipa::path(
    get, path = "/api/leads", operation_id = "list_leads", tag = "Leads",
    params(ListQuery),
    responses(
        (status = 200, body = LeadsBody, description = "The list."),
        (status = 422, description = "A filter can't be read, or `after` is not what a page of this list said.")
    )
)]
pub async fn list(client: Client) -> Result<HttpResponse> {
    let asked = query(client.request()).and_then(|query| Asked::read(&query));
    let asked = client.admit(asked).await?;
    answer(client, asked).await
}

/// Search leads.
///
/// Those in whose name, company, e-mail, phone or external reference every word of the term stands, without regard to
/// case and accents; the same list in every other respect. 100 characters of the term count.
#[utoipa::path(
    get, path = "/api/leads/search/{term}", operation_id = "search_leads", tag = "Leads",
    params(("term" = String, Path, example = "ioana"), ListQuery),
    responses(
        (status = 200, body = LeadsBody, description = "The list."),
        (status = 422, description = "The term is blank, a filter can't be read, or `after` is not what a page of this list said.")
    )
)]
pub async fn search(client: Client) -> Result<HttpResponse> {
    let asked = query(client.request()).and_then(|mut query| {
        query.push("q", &term(client.request().path())?);
        Asked::read(&query)
    });
    let asked = client.admit(asked).await?;
    if asked.listing.q.is_empty() {
        let told = FieldErrors::one("term", Message::new("lead-api-term"));
        return client.admit(Err(Error::Invalid(told))).await;
    }
    answer(client, asked).await
}

/// What to look for: the end of the path, read here because the framework takes what is no UTF-8 for something else.
fn term(path: &str) -> Result<String> {
    let last = path.rsplit('/').next().unwrap_or_default();
    let term = percent_decode_str(last).decode_utf8();
    let unreadable = |_| Error::Unreadable(Message::new("error-body-not-utf8"));
    term.map(Into::into).map_err(unreadable)
}

/// A list that was asked for.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    listing: Listing,
    extent: Extent,
}

/// How much of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Extent {
    All,
    /// A page by its number, from 1.
    Page(i64),
    /// The page after the place that the listing holds.
    After,
}

impl Asked {
    /// # Errors
    /// [`Error::Invalid`] at the filters that can't be read, and at `after`.
    fn read(fields: &Fields) -> Result<Asked> {
        let number = |name: &str| fields.text(name)?.trim().parse::<i64>().ok();
        let mut listing = Listing::read(fields).from_start();
        let mut errors = listing.unreadable().errors();
        let places = ["page", "nr_page", "per_page"];
        let is_paged = places.iter().any(|name| fields.has(name));
        listing.per = number("per_page")
            .unwrap_or(PER_PAGE)
            .clamp(1, PER_PAGE_MAX);
        let extent = match fields.text("after").filter(|place| !place.is_empty()) {
            Some(place) => {
                match turn(fields, &listing, place) {
                    Some(found) => (listing.turn, listing.seen) = found,
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
        errors.or(Asked { listing, extent })
    }
}

/// The place that an earlier page of this list named, and how many leads stand before it.
fn turn(fields: &Fields, listing: &Listing, place: &str) -> Option<(Turn, i64)> {
    let rest = place
        .strip_prefix(&listing.sort_word())?
        .strip_prefix('~')?;
    let (seen, mark) = rest.split_once('~')?;
    let mut place = fields.clone();
    place.push("after", mark);
    place.push("n", seen);
    match Listing::read(&place) {
        Listing {
            turn: turn @ Turn::After(_),
            seen,
            ..
        } => Some((turn, seen)),
        _ => None,
    }
}

async fn answer(client: Client, asked: Asked) -> Result<HttpResponse> {
    let second = client.app().clock.now().second();
    let key = sha256_hex(&client.request().uri().to_string());
    let key = format!("leads {second} {key}");
    match asked.extent {
        Extent::All => all(client, asked.listing, key).await,
        Extent::Page(_) | Extent::After => {
            let body = client
                .recall_or_read(&key, Bytes::len, move |conn, who| {
                    let listing = asked.listing.for_user(who.user_id);
                    encoded(&page(conn, &listing, asked.extent, who.now)?)
                })
                .await?;
            Ok(encoded_json(StatusCode::OK, &body))
        }
    }
}

fn page(conn: &mut Conn, listing: &Listing, extent: Extent, now: Timestamp) -> Result<LeadsBody> {
    let cast = Cast::of_statuses(conn)?;
    let per = listing.per;
    let letters = Letters::default();
    let against = Against::new(&cast.statuses, now, &letters);
    let (rows, total, page, has_more) = match extent {
        Extent::Page(page) => {
            let (rows, total, page) = counted(conn, listing, against, page)?;
            (rows, Some(total), page, page < pages(total, per))
        }
        Extent::All | Extent::After => {
            let (rows, has_more) = beginning(conn, listing, against)?;
            (rows, None, listing.seen / per + 1, has_more)
        }
    };
    let seen = match extent {
        Extent::Page(_) => page * per,
        Extent::All | Extent::After => listing.seen.saturating_add(rows.len() as i64),
    };
    let next = rows.last().filter(|_| has_more).map(|last| {
        let mark = store::mark(last, listing.sort).to_word();
        format!("{}~{seen}~{mark}", listing.sort_word())
    });
    let meta = LeadsMeta {
        page,
        per_page: per,
        total,
        total_pages: total.map(|total| pages(total, per)),
        has_more,
        next,
    };
    let body = |lead| LeadBody::new(lead, &cast, now);
    let data = rows.iter().map(body).collect();
    Ok(LeadsBody::Page(LeadsPage { data, meta }))
}

fn pages(total: i64, per: i64) -> i64 {
    ((total + per - 1) / per).max(1)
}

/// How many match, exactly: from the counters where they know.
fn total(conn: &mut Conn, listing: &Listing, against: Against) -> Result<i64> {
    if listing.is_plain() {
        let census = census(conn, listing, against)?;
        let known = match listing.state {
            None => Some(census.all.count),
            Some(state) => census.of(state),
        };
        if let Some(known) = known {
            return Ok(known);
        }
    }
    match entered(conn, listing, against.statuses)? {
        Some(count) => Ok(count),
        None => store::count(conn, listing, against),
    }
}

/// The rows of a page that is asked for by number, how many there are in all, and which page it is. A first page that
/// is not full has all there are.
fn counted(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    page: i64,
) -> Result<(Vec<Lead>, i64, i64)> {
    if page == 1 {
        let (rows, has_more) = beginning(conn, listing, against)?;
        let total = match has_more {
            true => total(conn, listing, against)?,
            false => rows.len() as i64,
        };
        return Ok((rows, total, 1));
    }
    let total = total(conn, listing, against)?;
    let page = page.min(pages(total, listing.per));
    let rows = numbered(conn, listing, against, total, (page - 1) * listing.per)?;
    Ok((rows, total, page))
}

/// The first rows from where the list begins, and whether there are more.
fn beginning(conn: &mut Conn, listing: &Listing, against: Against) -> Result<(Vec<Lead>, bool)> {
    let mut rows = store::page(conn, listing, against)?;
    let has_more = rows.len() as i64 > listing.per;
    rows.truncate(usize::try_from(listing.per).unwrap_or(0));
    Ok((rows, has_more))
}

/// The rows from the `offset`-th on, counted from the end of the list that is nearer.
fn numbered(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    total: i64,
    offset: i64,
) -> Result<Vec<Lead>> {
    let behind = (total - offset - listing.per).max(0);
    if offset <= behind {
        return store::numbered(conn, listing, against, offset);
    }
    let turned = Listing {
        is_reversed: !listing.is_reversed,
        per: listing.per.min(total - offset),
        ..listing.clone()
    };
    let mut rows = store::numbered(conn, &turned, against, behind)?;
    rows.reverse();
    Ok(rows)
}

/// Some leads of a list that is sent bit by bit.
struct Bit {
    /// A JSON array.
    json: Bytes,
    /// The list from just after them; nothing if they are the last.
    rest: Option<Listing>,
    /// The moment against which all of the list is read.
    now: Timestamp,
}

/// Every lead of a list. What few there are is sent as one; of many only some are held in memory at any time, and no
/// transaction waits for a slow reader: what changes its place meanwhile may be met twice or not at all.
async fn all(client: Client, listing: Listing, key: String) -> Result<HttpResponse> {
    let listing = Listing {
        per: CHUNK,
        ..listing
    };
    let first = client
        .recall_or_read(
            &key,
            |bit: &Bit| bit.json.len(),
            move |conn, who| bit(conn, listing.for_user(who.user_id), who.now),
        )
        .await?;
    let Some(rest) = first.rest.clone() else {
        return Ok(encoded_json(StatusCode::OK, &first.json));
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json");
    if client.request().method() == Method::HEAD {
        return Ok(answer.streaming(stream::empty::<Result<Bytes>>()));
    }
    let head = first.json.slice(..first.json.len() - 1);
    let head = stream::once(future::ready(Ok(head)));
    Ok(answer.streaming(head.chain(following(client, rest, first.now))))
}

/// What follows the first leads of a list, to the end of the array.
fn following(
    client: Client,
    rest: Listing,
    now: Timestamp,
) -> impl futures_util::Stream<Item = Result<Bytes>> {
    stream::try_unfold((client, Some(rest)), move |(client, rest)| async move {
        let Some(listing) = rest else {
            return Ok(None);
        };
        let next = client.read(move |conn, _| bit(conn, listing, now)).await;
        let next = next.inspect_err(|cause| {
            // The status is sent already: an array without its end is all that tells.
            let path = client.request().path();
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

fn bit(conn: &mut Conn, listing: Listing, now: Timestamp) -> Result<Bit> {
    let cast = Cast::of_statuses(conn)?;
    let letters = Letters::default();
    let against = Against::new(&cast.statuses, now, &letters);
    let (rows, has_more) = beginning(conn, &listing, against)?;
    let bodies: Vec<LeadBody> = rows
        .iter()
        .map(|lead| LeadBody::new(lead, &cast, now))
        .collect();
    let rest = rows.last().filter(|_| has_more).map(|last| Listing {
        turn: Turn::After(store::mark(last, listing.sort)),
        ..listing
    });
    Ok(Bit {
        json: encoded(&bodies)?,
        rest,
        now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Asked> {
        Asked::read(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default())
    }

    fn extent(query: &str) -> Extent {
        read(query).unwrap().extent
    }

    #[test]
    fn a_page_is_what_names_one() {
        assert_eq!(extent("q=a&bin=1&at=end&per=50"), Extent::All);
        assert_eq!(extent("nr_page=3"), Extent::Page(3));
        assert_eq!(extent("per_page=5"), Extent::Page(1));
        for odd in ["page=0", "page=-4", "page=x", "page=99999999999999999999"] {
            assert_eq!(extent(odd), Extent::Page(1), "{odd}");
        }
        let per = |query| read(query).unwrap().listing.per;
        assert_eq!((per("per_page=500"), per("per_page=0")), (100, 1));
    }

    #[test]
    fn a_place_belongs_to_the_order_it_was_named_in() {
        let asked = read("after=-created_at~40~1700~17").unwrap();
        assert_eq!((asked.extent, asked.listing.seen), (Extent::After, 40));
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
