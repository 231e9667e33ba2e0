//! Lists of leads at any size: filters as one condition, pages by place, counts from counters where they can be.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::letters::{Letters, sample};
use super::newest;
use super::route::{Pluses, Route, route};
use super::row::{COLUMNS, Row};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::leads;
use crate::error::Result;
use crate::i18n::{fold_name, like_pattern};
use crate::leads::listing::{Listing, Mark, MarkKey, OwnerFilter, SortKey, Turn};
use crate::leads::{Lead, State};
use crate::statuses::{Cutoffs, LeadStatus};

/// Beyond this many, leads are counted as "5,000+", unless the counters know.
pub const COUNTED: i64 = 5_000;

/// Among up to so many leads, a search looks at each to count; reading them takes some 20 ms.
const MANY: i64 = 20_000;

type Backend = <Conn as diesel::Connection>::Backend;
pub type Boxed<'a> = leads::BoxedQuery<'a, Backend>;
type Condition = Box<dyn BoxableExpression<leads::table, Backend, SqlType = Bool>>;

/// What a list is to be read against: the statuses, the moment that decides who is stuck, and what is found of its
/// search on the way.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    pub statuses: &'a [LeadStatus],
    pub now: Timestamp,
    pub letters: &'a Letters,
}

impl<'a> Against<'a> {
    /// A list against these statuses at this moment.
    pub fn new(statuses: &'a [LeadStatus], now: Timestamp, letters: &'a Letters) -> Against<'a> {
        Against {
            statuses,
            now,
            letters,
        }
    }
}

/// What decides how a lead stands: its status, from when its clock counts, until when it is set aside.
pub type Standing = (i64, Timestamp, Option<Timestamp>);

/// One page of a list, and one row more if another page follows in the direction of the turn.
pub fn page(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Vec<Lead>> {
    let is_reversed = listing.is_reversed != listing.turn.is_backward();
    let route = match newest::route(conn, listing, against)? {
        Some(newest) => newest,
        None => route(conn, listing, against)?,
    };
    let mut query = filtered(listing, against, &route);
    if let Turn::After(mark) | Turn::Before(mark) = &listing.turn {
        query = query.filter(beyond(mark, listing.sort, is_reversed, &route));
    }
    let rows: Vec<Row> = ordered(query, listing.sort, is_reversed, &route)
        .limit(listing.per + 1)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// The rows of a list from the `offset`-th on, for pages that are asked for by number.
pub fn numbered(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    offset: i64,
) -> Result<Vec<Lead>> {
    let route = route(conn, listing, against)?;
    let query = filtered(listing, against, &route);
    let ids: Vec<i64> = ordered(query, listing.sort, listing.is_reversed, &route)
        .limit(listing.per)
        .offset(offset)
        .select(leads::id)
        .load(conn)?;
    let found = super::find_many(conn, &ids)?;
    let place = |lead: &Lead| ids.iter().position(|id| *id == lead.id);
    let mut found = found;
    found.sort_by_key(place);
    Ok(found)
}

/// The ids of all that match, in the order of the list, at most `limit`.
pub fn ids(conn: &mut Conn, listing: &Listing, against: Against, limit: i64) -> Result<Vec<i64>> {
    let route = route(conn, listing, against)?;
    let query = filtered(listing, against, &route);
    Ok(ordered(query, listing.sort, listing.is_reversed, &route)
        .limit(limit)
        .select(leads::id)
        .load(conn)?)
}

/// Up to `limit` of all that match with ids above `after`, by id: for going through all of them bit by bit.
pub fn by_id(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    after: i64,
    limit: i64,
) -> Result<Vec<Lead>> {
    let route = route(conn, listing, against)?;
    let rows: Vec<Row> = filtered(listing, against, &route)
        .filter(leads::id.gt(after))
        .order(leads::id)
        .limit(limit)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// How many match, exactly.
pub fn count(conn: &mut Conn, listing: &Listing, against: Against) -> Result<i64> {
    let route = route(conn, listing, against)?.in_no_order(listing);
    let query = filtered(listing, against, &route);
    Ok(query.count().get_result(conn)?)
}

/// What decides how each of those that match stands, for up to [`COUNTED`] of them; false if there may be more.
pub fn standings(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
) -> Result<(Vec<Standing>, bool)> {
    let mut is_all = true;
    let route = match route(conn, listing, against)? {
        long if long.looks_at_all(listing) && is_many(conn)? => {
            is_all = false;
            sample(conn, listing, against)?
        }
        other => other.in_no_order(listing),
    };
    let mut found: Vec<Standing> = filtered(listing, against, &route)
        .limit(COUNTED + 1)
        .select((leads::status_id, leads::clock_from, leads::paused_until))
        .load(conn)?;
    is_all &= found.len() as i64 <= COUNTED;
    found.truncate(COUNTED as usize);
    Ok((found, is_all))
}

/// True where there are more leads than a search should look at to count.
fn is_many(conn: &mut Conn) -> Result<bool> {
    let last: Option<i64> = leads::table.select(max(leads::id)).first(conn)?;
    Ok(last.unwrap_or(0) > MANY)
}

/// The place of a lead in a list.
pub fn mark(lead: &Lead, sort: SortKey) -> Mark {
    let key = match sort {
        SortKey::CreatedAt => MarkKey::Number(lead.created_at.0),
        SortKey::Name => MarkKey::Text(lead.fields.name_key()),
        SortKey::Value => MarkKey::Number(lead.fields.value_cents.unwrap_or(-1)),
        // The older, the earlier it entered.
        SortKey::Age => MarkKey::Number(lead.status_since.0),
        SortKey::UpdatedAt => MarkKey::Number(lead.updated_at.0),
    };
    Mark { key, id: lead.id }
}

fn column(sort: SortKey) -> &'static str {
    match sort {
        SortKey::CreatedAt => "leads.created_at",
        SortKey::Name => "leads.name_key",
        SortKey::Value => "leads.value_key",
        SortKey::Age => "leads.status_since",
        SortKey::UpdatedAt => "leads.updated_at",
    }
}

/// True if the column goes down: the greatest age is the earliest entry.
fn goes_down(sort: SortKey, is_reversed: bool) -> bool {
    (sort == SortKey::Age) != is_reversed
}

/// Those that follow a place. As a row value, which both databases seek by, however many share a key.
fn beyond(mark: &Mark, sort: SortKey, is_reversed: bool, route: &Route) -> Condition {
    let than = if goes_down(sort, is_reversed) {
        "<"
    } else {
        ">"
    };
    let plus = in_order(route);
    let head = format!("({plus}{}, {plus}leads.id) {than} (", column(sort));
    let tail = format!(", {})", mark.id);
    match &mark.key {
        MarkKey::Number(number) => Box::new(sql::<Bool>(&format!("{head}{number}{tail}"))),
        MarkKey::Text(text) => {
            let condition = sql::<Bool>(&head).bind::<Text, _>(text.clone()).sql(&tail);
            Box::new(condition)
        }
    }
}

/// What stands before the columns of the order: with a plus, SQLite can't take their index.
fn in_order(route: &Route) -> &'static str {
    match route {
        Route::Among(_) | Route::Found(_) => "+",
        Route::Free | Route::Along | Route::Sample(_) => "",
        Route::ByEntry | Route::ByCurrency => "",
    }
}

fn ordered<'a>(query: Boxed<'a>, sort: SortKey, is_reversed: bool, route: &Route) -> Boxed<'a> {
    let plus = in_order(route);
    let down = if goes_down(sort, is_reversed) {
        " desc"
    } else {
        ""
    };
    let column = column(sort);
    query.order(sql::<BigInt>(&format!(
        "{plus}{column}{down}, {plus}leads.id{down}"
    )))
}

/// The leads that match, read by a route.
pub fn filtered<'a>(listing: &Listing, against: Against, route: &Route) -> Boxed<'a> {
    let mut query = leads::table.into_boxed();
    if !listing.unreadable.is_empty() {
        query = query.filter(sql::<Bool>("1 = 0"));
    }
    query = match listing.is_bin {
        true => query.filter(leads::deleted_at.is_not_null()),
        false => query.filter(leads::deleted_at.is_null()),
    };
    if let Some((before, value, after)) = route.condition() {
        query = query.filter(sql::<Bool>(before).bind::<Text, _>(value).sql(after));
    }
    let pluses = Pluses::of(listing, route);
    for condition in plain(listing, against, &pluses) {
        query = query.filter(sql::<Bool>(&condition));
    }
    if let Some(source) = &listing.source {
        let same = sql::<Bool>(&format!("{}leads.source = ", pluses.source));
        query = query.filter(same.bind::<Text, _>(source.clone()));
    }
    for condition in found(&listing.q) {
        query = query.filter(condition);
    }
    query
}

/// The filters that hold nothing but numbers, and codes of known currencies.
fn plain(listing: &Listing, against: Against, pluses: &Pluses) -> Vec<String> {
    let owner = listing.owner.map(|owner| match owner {
        OwnerFilter::User(id) => format!("{}leads.owner_id = {id}", pluses.owner),
        // Whoever asks is known by now; nobody else is meant.
        OwnerFilter::Nobody | OwnerFilter::Me => {
            format!("{}leads.owner_id is null", pluses.owner)
        }
    });
    let status = match (listing.status, listing.currency) {
        (Some(id), _) => Some(format!("{}leads.status_id = {id}", pluses.status)),
        // Currencies stand below statuses in their index.
        (None, Some(_)) => Some(format!(
            "{}leads.status_id in ({})",
            pluses.status,
            ids_of(against.statuses)
        )),
        (None, None) => None,
    };
    let state = listing
        .state
        .map(|state| standing(state, listing.status, against, pluses.state));
    let mut conditions: Vec<String> = [owner, status, state].into_iter().flatten().collect();
    let (created, entered) = (pluses.created, pluses.entered);
    conditions.extend(
        listing
            .created
            .conditions(&format!("{created}leads.created_at")),
    );
    conditions.extend(
        listing
            .entered
            .conditions(&format!("{entered}leads.status_since")),
    );
    if let Some(currency) = listing.currency {
        let plus = pluses.currency;
        conditions.push(format!("{plus}leads.currency = '{currency}'"));
        conditions.push(format!("{plus}leads.value_key >= 0"));
    }
    conditions
}

/// The ids of these statuses, by commas.
pub fn ids_of(statuses: &[LeadStatus]) -> String {
    let ids: Vec<String> = statuses.iter().map(|one| one.id.to_string()).collect();
    ids.join(", ")
}

/// The one predicate as the databases understand it: whether it is asleep or awake, and for each status the clocks
/// that stand so.
pub fn arms(
    state: State,
    status: Option<i64>,
    Against { statuses, now, .. }: Against,
) -> (String, Vec<String>) {
    let of_list = |found: &&LeadStatus| status.is_none_or(|status| status == found.id);
    let ranges = statuses.iter().filter(of_list).filter_map(|status| {
        let range = clocks(state, status.cutoffs(now))?;
        Some(format!("leads.status_id = {}{range}", status.id))
    });
    let pause = match state {
        State::Paused => format!("leads.paused_until > {}", now.0),
        _ => format!(
            "(leads.paused_until is null or leads.paused_until <= {})",
            now.0
        ),
    };
    (pause, ranges.collect())
}

/// The same as one condition.
pub fn standing(state: State, status: Option<i64>, against: Against, plus: &str) -> String {
    let (pause, ranges) = arms(state, status, against);
    if ranges.is_empty() {
        return "1 = 0".to_owned();
    }
    let condition = format!("{pause} and ({})", ranges.join(" or "));
    condition.replace("leads.", &format!("{plus}leads."))
}

/// The clocks of a status that stand so; nothing if none ever does.
fn clocks(state: State, cutoffs: Cutoffs) -> Option<String> {
    let never = Timestamp(i64::MIN);
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some(String::new()),
        State::Stuck => stuck.map(|at| format!(" and leads.clock_from <= {}", at.0)),
        State::AtRisk => at_risk.filter(|at| Some(*at) != stuck).map(|at| {
            let above = stuck.unwrap_or(never).0;
            format!(
                " and leads.clock_from <= {} and leads.clock_from > {above}",
                at.0
            )
        }),
        State::OnTrack => {
            let above = at_risk.unwrap_or(never).0;
            Some(format!(" and leads.clock_from > {above}"))
        }
        State::None => None,
    }
}

/// Every word of a search must stand somewhere in the lead.
fn found(q: &str) -> Vec<Condition> {
    let folded = fold_name(q);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    let condition = |word: &str| -> Condition {
        let found = leads::search_key.like(like_pattern(word)).escape('\\');
        Box::new(found)
    };
    words.map(condition).collect()
}
