//! Lists of leads at any size: filters, sort, pages by keyset or by offset, and bounded counts.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::leads;
use crate::error::Result;
use crate::i18n::{fold_name, like_pattern};
use crate::leads::domain::cursor::{Cursor, CursorKey, PagePosition};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::{Listing, OwnerFilter, SortKey};
use crate::leads::store::access_path::{AccessPath, IndexHints, choose_path};
use crate::leads::store::overdue as newest;
use crate::leads::store::row::{LeadRow, lead_columns};
use crate::leads::store::trigram::{TrigramSearch, sample_path};
use crate::statuses::State;
use crate::statuses::{Cutoffs, LeadStatus};

/// Matching leads are counted up to this number; beyond it, a list shows "5,000+".
pub const COUNT_LIMIT: i64 = 5_000;

/// Up to this many leads in all, a search reads each one to count its matches, in some 20 ms.
const MAX_SEARCHED: i64 = 20_000;

type Backend = <Conn as diesel::Connection>::Backend;
pub type LeadQuery<'a> = leads::BoxedQuery<'a, Backend>;
type Condition = Box<dyn BoxableExpression<leads::table, Backend, SqlType = Bool>>;

/// What a list depends on beside its filters: the statuses, the instant that states are computed for, and the cached
/// trigram search.
#[derive(Clone, Copy)]
pub struct ListContext<'a> {
    pub statuses: &'a [LeadStatus],
    pub now: Timestamp,
    pub trigrams: &'a TrigramSearch,
}

impl<'a> ListContext<'a> {
    /// The context for these statuses at this instant.
    pub fn new(
        statuses: &'a [LeadStatus],
        now: Timestamp,
        trigrams: &'a TrigramSearch,
    ) -> ListContext<'a> {
        ListContext {
            statuses,
            now,
            trigrams,
        }
    }
}

/// What a lead's state depends on: its status, the start of its clock, the end of its pause.
pub type ClockRow = (i64, Timestamp, Option<Timestamp>);

/// One page of a list, and one row more if another page follows in the direction of reading.
pub fn page(conn: &mut Conn, listing: &Listing, context: ListContext) -> Result<Vec<Lead>> {
    let is_reversed = listing.is_reversed != listing.position.is_backward();
    let path = match newest::overdue_path(conn, listing, context)? {
        Some(path) => path,
        None => choose_path(conn, listing, context)?,
    };
    let mut query = filtered(listing, context, &path);
    if let PagePosition::After(mark) | PagePosition::Before(mark) = &listing.position {
        query = query.filter(seek_after(mark, listing.sort, is_reversed, &path));
    }
    let rows: Vec<LeadRow> = ordered(query, listing.sort, is_reversed, &path)
        .limit(listing.per_page + 1)
        .select(lead_columns())
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// One page of a list, by its offset.
pub fn page_by_offset(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    offset: i64,
) -> Result<Vec<Lead>> {
    let path = choose_path(conn, listing, context)?;
    let query = filtered(listing, context, &path);
    let ids: Vec<i64> = ordered(query, listing.sort, listing.is_reversed, &path)
        .limit(listing.per_page)
        .offset(offset)
        .select(leads::id)
        .load(conn)?;
    let mut leads = crate::leads::store::find_many(conn, &ids)?;
    leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
    Ok(leads)
}

/// The ids of all matching leads in the order of the list, at most `limit`.
pub fn ids(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    limit: i64,
) -> Result<Vec<i64>> {
    let path = choose_path(conn, listing, context)?;
    let query = filtered(listing, context, &path);
    Ok(ordered(query, listing.sort, listing.is_reversed, &path)
        .limit(limit)
        .select(leads::id)
        .load(conn)?)
}

/// Up to `limit` matching leads with ids above `after`, by id. For reading all of them in batches.
pub fn page_by_id(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    after: i64,
    limit: i64,
) -> Result<Vec<Lead>> {
    let path = choose_path(conn, listing, context)?;
    let rows: Vec<LeadRow> = filtered(listing, context, &path)
        .filter(leads::id.gt(after))
        .order(leads::id)
        .limit(limit)
        .select(lead_columns())
        .load(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// The exact number of matching leads.
pub fn count(conn: &mut Conn, listing: &Listing, context: ListContext) -> Result<i64> {
    let path = choose_path(conn, listing, context)?.unordered(listing);
    let query = filtered(listing, context, &path);
    Ok(query.count().get_result(conn)?)
}

/// What the state of each matching lead depends on, up to the count limit; false if there may be more.
pub fn clock_rows(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
) -> Result<(Vec<ClockRow>, bool)> {
    let mut is_complete = true;
    let path = match choose_path(conn, listing, context)? {
        path if path.is_full_scan(listing) && is_large(conn)? => {
            is_complete = false;
            sample_path(conn, listing, context)?
        }
        path => path.unordered(listing),
    };
    let mut rows: Vec<ClockRow> = filtered(listing, context, &path)
        .limit(COUNT_LIMIT + 1)
        .select((leads::status_id, leads::clock_from, leads::paused_until))
        .load(conn)?;
    is_complete &= rows.len() as i64 <= COUNT_LIMIT;
    rows.truncate(COUNT_LIMIT as usize);
    Ok((rows, is_complete))
}

/// True if there are more leads than a search may read to count.
fn is_large(conn: &mut Conn) -> Result<bool> {
    let last_id: Option<i64> = leads::table.select(max(leads::id)).first(conn)?;
    Ok(last_id.unwrap_or(0) > MAX_SEARCHED)
}

/// The position of a lead in a list with this sort.
pub fn cursor_of(lead: &Lead, sort: SortKey) -> Cursor {
    let key = match sort {
        SortKey::CreatedAt => CursorKey::Number(lead.created_at.0),
        SortKey::Name => CursorKey::Text(lead.fields.name_key()),
        SortKey::Value => CursorKey::Number(lead.fields.value_cents.unwrap_or(-1)),
        // A greater age is an earlier entry.
        SortKey::Age => CursorKey::Number(lead.status_since.0),
        SortKey::UpdatedAt => CursorKey::Number(lead.updated_at.0),
    };
    Cursor { key, id: lead.id }
}

fn sort_column(sort: SortKey) -> &'static str {
    match sort {
        SortKey::CreatedAt => "leads.created_at",
        SortKey::Name => "leads.name_key",
        SortKey::Value => "leads.value_key",
        SortKey::Age => "leads.status_since",
        SortKey::UpdatedAt => "leads.updated_at",
    }
}

/// True if the column is read in descending order: sorted by age, the column is the time of entry.
fn is_descending(sort: SortKey, is_reversed: bool) -> bool {
    (sort == SortKey::Age) != is_reversed
}

/// The leads behind a cursor. A row value lets both databases seek in the index, however many leads share a key.
fn seek_after(mark: &Cursor, sort: SortKey, is_reversed: bool, path: &AccessPath) -> Condition {
    let operator = if is_descending(sort, is_reversed) {
        "<"
    } else {
        ">"
    };
    let plus = sort_prefix(path);
    let head = format!("({plus}{}, {plus}leads.id) {operator} (", sort_column(sort));
    let tail = format!(", {})", mark.id);
    match &mark.key {
        CursorKey::Number(number) => Box::new(sql::<Bool>(&format!("{head}{number}{tail}"))),
        CursorKey::Text(text) => {
            let condition = sql::<Bool>(&head).bind::<Text, _>(text.clone()).sql(&tail);
            Box::new(condition)
        }
    }
}

/// A plus before the sort columns, where SQLite must not use their index.
fn sort_prefix(path: &AccessPath) -> &'static str {
    match path {
        AccessPath::IdSet(_) | AccessPath::FullText(_) => "+",
        AccessPath::Planner | AccessPath::SortIndex | AccessPath::SampleIds(_) => "",
        AccessPath::EntryIndex | AccessPath::CurrencyIndex => "",
    }
}

fn ordered<'a>(
    query: LeadQuery<'a>,
    sort: SortKey,
    is_reversed: bool,
    path: &AccessPath,
) -> LeadQuery<'a> {
    let plus = sort_prefix(path);
    let direction = if is_descending(sort, is_reversed) {
        " desc"
    } else {
        ""
    };
    let column = sort_column(sort);
    query.order(sql::<BigInt>(&format!(
        "{plus}{column}{direction}, {plus}leads.id{direction}"
    )))
}

/// The matching leads, read by an access path.
pub fn filtered<'a>(listing: &Listing, context: ListContext, path: &AccessPath) -> LeadQuery<'a> {
    let mut query = leads::table.into_boxed();
    if !listing.unreadable.is_empty() {
        query = query.filter(sql::<Bool>("1 = 0"));
    }
    query = match listing.is_bin {
        true => query.filter(leads::deleted_at.is_not_null()),
        false => query.filter(leads::deleted_at.is_null()),
    };
    if let Some((before, value, after)) = path.condition() {
        query = query.filter(sql::<Bool>(before).bind::<Text, _>(value).sql(after));
    }
    let hints = IndexHints::for_path(listing, path);
    for condition in scalar_filters(listing, context, &hints) {
        query = query.filter(sql::<Bool>(&condition));
    }
    if let Some(source) = &listing.source {
        let condition = sql::<Bool>(&format!("{}leads.source = ", hints.source));
        query = query.filter(condition.bind::<Text, _>(source.clone()));
    }
    for condition in search_filters(&listing.q) {
        query = query.filter(condition);
    }
    query
}

/// The conditions made of numbers and known currency codes, which need no parameters.
fn scalar_filters(listing: &Listing, context: ListContext, hints: &IndexHints) -> Vec<String> {
    let owner = listing.owner.map(|owner| match owner {
        OwnerFilter::User(id) => format!("{}leads.owner_id = {id}", hints.owner),
        // `Me` was replaced by a user before; here it matches no owner.
        OwnerFilter::Unassigned | OwnerFilter::Me => {
            format!("{}leads.owner_id is null", hints.owner)
        }
    });
    let status = match (listing.status, listing.currency) {
        (Some(id), _) => Some(format!("{}leads.status_id = {id}", hints.status)),
        // The index of currencies begins with the status.
        (None, Some(_)) => Some(format!(
            "{}leads.status_id in ({})",
            hints.status,
            join_ids(context.statuses)
        )),
        (None, None) => None,
    };
    let state = listing
        .state
        .map(|state| state_condition(state, listing.status, context, hints.state));
    let mut conditions: Vec<String> = [owner, status, state].into_iter().flatten().collect();
    let (created, entered) = (hints.created, hints.entered);
    conditions.extend(
        listing
            .created
            .sql_conditions(&format!("{created}leads.created_at")),
    );
    conditions.extend(
        listing
            .entered
            .sql_conditions(&format!("{entered}leads.status_since")),
    );
    if let Some(currency) = listing.currency {
        let plus = hints.currency;
        conditions.push(format!("{plus}leads.currency = '{currency}'"));
        conditions.push(format!("{plus}leads.value_key >= 0"));
    }
    conditions
}

/// The ids of these statuses, separated by commas.
pub fn join_ids(statuses: &[LeadStatus]) -> String {
    let ids: Vec<String> = statuses
        .iter()
        .map(|status| status.id.to_string())
        .collect();
    ids.join(", ")
}

/// A state as SQL: the condition on the pause, and for each status its range of clocks.
pub fn state_ranges(
    state: State,
    status: Option<i64>,
    ListContext { statuses, now, .. }: ListContext,
) -> (String, Vec<String>) {
    let is_selected = |each: &&LeadStatus| status.is_none_or(|id| id == each.id);
    let ranges = statuses.iter().filter(is_selected).filter_map(|status| {
        let range = clock_range(state, status.cutoffs(now))?;
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

/// A state as one SQL condition.
pub fn state_condition(
    state: State,
    status: Option<i64>,
    context: ListContext,
    plus: &str,
) -> String {
    let (pause, ranges) = state_ranges(state, status, context);
    if ranges.is_empty() {
        return "1 = 0".to_owned();
    }
    let condition = format!("{pause} and ({})", ranges.join(" or "));
    condition.replace("leads.", &format!("{plus}leads."))
}

/// The range of clocks of a status that gives this state; nothing if no clock does.
fn clock_range(state: State, cutoffs: Cutoffs) -> Option<String> {
    let never = Timestamp(i64::MIN);
    let is_open = cutoffs.state(Timestamp::NEVER, None) != State::None;
    let (at_risk, stuck) = (cutoffs.at_risk, cutoffs.stuck);
    match state {
        _ if !is_open => None,
        State::Paused => Some(String::new()),
        State::Stuck => stuck.map(|at| format!(" and leads.clock_from <= {}", at.0)),
        State::AtRisk => at_risk.filter(|at| Some(*at) != stuck).map(|at| {
            let after = stuck.unwrap_or(never).0;
            format!(
                " and leads.clock_from <= {} and leads.clock_from > {after}",
                at.0
            )
        }),
        State::OnTrack => {
            let after = at_risk.unwrap_or(never).0;
            Some(format!(" and leads.clock_from > {after}"))
        }
        State::None => None,
    }
}

/// A condition for each word of a search: the lead contains it.
fn search_filters(q: &str) -> Vec<Condition> {
    let folded = fold_name(q);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    let condition = |word: &str| -> Condition {
        Box::new(leads::search_key.like(like_pattern(word)).escape('\\'))
    };
    words.map(condition).collect()
}
