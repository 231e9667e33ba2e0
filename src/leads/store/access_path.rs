//! Chooses how SQLite reads a list, since its planner knows neither how many leads match a filter nor that a page needs
//! only a few. If a filter leaves few leads, their ids are read and sorted; otherwise the index of the sort is read
//! until the page is full.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::Conn;
use crate::error::Result;
use crate::leads::domain::listing::{Listing, OwnerFilter, SortKey};
use crate::leads::store::list::{ListContext, join_ids, state_ranges};
use crate::leads::store::row::IdRow;
use crate::leads::store::trigram as letters;
use crate::statuses::State;

/// The most ids that are read and sorted: more take longer than reading the index of the sort.
const MAX_IDS: i64 = 400;
/// The most ids for days and currencies, where reading another index would fetch each lead.
const MAX_IDS_BY_DATE: i64 = 2_000;

/// The most selects in one union: SQLite allows 500.
pub const MAX_UNION_PARTS: usize = 200;

/// How the leads of a list are found.
pub enum AccessPath {
    /// The planner of the database decides.
    Planner,
    /// By the index of the sort; filters must not use other indexes.
    SortIndex,
    /// By the index of the time of entry, unsorted; it covers most filters.
    EntryIndex,
    /// By the index of the currency, unsorted.
    CurrencyIndex,
    /// Among these ids, which are all that match one of the filters.
    IdSet(Vec<i64>),
    /// What SQLite's full-text index finds for this query.
    FullText(String),
    /// Among a sample of ids, on PostgreSQL.
    SampleIds(Vec<i64>),
}

impl AccessPath {
    /// The path where all matching leads are read and no sort is needed.
    pub fn unordered(self, listing: &Listing) -> AccessPath {
        match self {
            AccessPath::SortIndex => match letters::trigram_query(&listing.q) {
                Some(query) => AccessPath::FullText(query),
                None if !listing.entered.is_unbounded() => AccessPath::EntryIndex,
                None if listing.currency.is_some() => AccessPath::CurrencyIndex,
                None => AccessPath::Planner,
            },
            path => path,
        }
    }

    /// True if counting by this path would read every lead, or too many.
    pub fn is_full_scan(&self, listing: &Listing) -> bool {
        let has_words = !listing.q.is_empty();
        match self {
            AccessPath::SortIndex => has_words,
            AccessPath::Planner => {
                has_words && !listing.is_bin && letters::trigram_query(&listing.q).is_none()
            }
            AccessPath::EntryIndex | AccessPath::CurrencyIndex => false,
            AccessPath::IdSet(_) | AccessPath::FullText(_) | AccessPath::SampleIds(_) => false,
        }
    }

    /// The condition of this path: SQL before a text parameter, the parameter, SQL after it.
    pub fn condition(&self) -> Option<(&'static str, String, &'static str)> {
        match self {
            AccessPath::Planner
            | AccessPath::SortIndex
            | AccessPath::EntryIndex
            | AccessPath::CurrencyIndex => None,
            AccessPath::IdSet(ids) => Some((
                "leads.id in (select value from json_each(",
                serde_json::to_string(ids).unwrap_or_default(),
                "))",
            )),
            AccessPath::FullText(query) => Some((
                "leads.id in (select rowid from lead_search where lead_search match ",
                query.clone(),
                ")",
            )),
            AccessPath::SampleIds(ids) => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                let ids = format!("{{{}}}", ids.join(","));
                Some(("leads.id = any(cast(", ids, " as bigint[]))"))
            }
        }
    }
}

/// The prefix of each filter's column: a plus keeps SQLite from using its index.
pub struct IndexHints {
    pub owner: &'static str,
    pub status: &'static str,
    pub source: &'static str,
    pub created: &'static str,
    pub entered: &'static str,
    pub currency: &'static str,
    pub state: &'static str,
}

impl IndexHints {
    fn uniform(plus: &'static str) -> IndexHints {
        IndexHints {
            owner: plus,
            status: plus,
            source: plus,
            created: plus,
            entered: plus,
            currency: plus,
            state: plus,
        }
    }

    /// The prefixes that keep SQLite on this path.
    pub fn for_path(listing: &Listing, path: &AccessPath) -> IndexHints {
        let no_index = IndexHints::uniform("+");
        match (path, listing.sort) {
            // PostgreSQL accepts no plus before a text.
            (AccessPath::Planner | AccessPath::SampleIds(_), _) => IndexHints::uniform(""),
            (AccessPath::IdSet(_) | AccessPath::FullText(_), _) => no_index,
            (AccessPath::EntryIndex, _) | (AccessPath::SortIndex, SortKey::Age) => {
                IndexHints::by_entry(listing)
            }
            (AccessPath::CurrencyIndex, _) => IndexHints::by_currency(),
            (AccessPath::SortIndex, SortKey::CreatedAt) => IndexHints::by_creation(listing),
            (AccessPath::SortIndex, SortKey::Value) => IndexHints::by_value(listing),
            (AccessPath::SortIndex, SortKey::Name | SortKey::UpdatedAt) => no_index,
        }
    }

    /// The indexes of creation that begin with owner, status or source: the first of these filters uses its index.
    fn by_creation(listing: &Listing) -> IndexHints {
        let mut hints = IndexHints {
            created: "",
            ..IndexHints::uniform("+")
        };
        let indexed = [
            (listing.owner.is_some(), &mut hints.owner),
            (listing.status.is_some(), &mut hints.status),
            (listing.source.is_some(), &mut hints.source),
        ];
        if let Some((_, plus)) = indexed.into_iter().find(|(is_set, _)| *is_set) {
            *plus = "";
        }
        hints
    }

    /// The index of values begins with status and currency, and needs both.
    fn by_value(listing: &Listing) -> IndexHints {
        match listing.status.is_some() && listing.currency.is_some() {
            true => IndexHints::by_currency(),
            false => IndexHints::uniform("+"),
        }
    }

    fn by_currency() -> IndexHints {
        IndexHints {
            status: "",
            currency: "",
            ..IndexHints::uniform("+")
        }
    }

    /// One index of the time of entry begins with the status.
    fn by_entry(listing: &Listing) -> IndexHints {
        IndexHints {
            entered: "",
            status: if listing.status.is_some() { "" } else { "+" },
            ..IndexHints::uniform("+")
        }
    }
}

/// A query for the ids that one filter leaves, and how many of them are worth sorting.
struct Candidate {
    query: String,
    params: Vec<String>,
    max_ids: i64,
}

/// Chooses the path for a list.
pub fn choose_path(conn: &mut Conn, listing: &Listing, context: ListContext) -> Result<AccessPath> {
    if listing.is_bin || !matches!(conn, Conn::Sqlite(_)) {
        return Ok(AccessPath::Planner);
    }
    if matches_sort_index(listing) {
        return Ok(AccessPath::SortIndex);
    }
    if let Some(path) = letters::selective_path(conn, listing, context)? {
        return Ok(path);
    }
    let candidates = candidates(listing, context);
    let is_filtered = !candidates.is_empty() || !listing.q.is_empty() || listing.state.is_some();
    for candidate in candidates {
        let ids = candidate.find_ids(conn)?;
        if ids.len() as i64 <= candidate.max_ids {
            return Ok(AccessPath::IdSet(ids));
        }
    }
    Ok(if is_filtered {
        AccessPath::SortIndex
    } else {
        AccessPath::Planner
    })
}

/// True if the matching leads are one range of the sort's index.
fn matches_sort_index(listing: &Listing) -> bool {
    let is_by_entry = listing.has_entry_counters() && listing.state.is_none();
    is_by_entry && !listing.entered.is_unbounded() && listing.sort == SortKey::Age
}

impl Candidate {
    fn new(condition: &str) -> Candidate {
        Candidate {
            query: format!("select id from leads where deleted_at is null and {condition}"),
            params: Vec::new(),
            max_ids: MAX_IDS,
        }
    }

    /// Up to one id more than are worth sorting.
    fn find_ids(&self, conn: &mut Conn) -> Result<Vec<i64>> {
        let limited = format!("{} limit {}", self.query, self.max_ids + 1);
        let mut query = diesel::sql_query(limited).into_boxed();
        for text in &self.params {
            query = query.bind::<Text, _>(text.clone());
        }
        let rows: Vec<IdRow> = query.load(conn)?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }
}

fn candidates(listing: &Listing, context: ListContext) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let status = listing.status.map(|id| format!("status_id = {id}"));
    let owner = listing.owner.map(|owner| match owner {
        OwnerFilter::User(id) => format!("owner_id = {id}"),
        OwnerFilter::Unassigned | OwnerFilter::Me => "owner_id is null".to_owned(),
    });
    match (&owner, &status) {
        (Some(owner), Some(status)) => {
            candidates.push(Candidate::new(&format!("{owner} and {status}")))
        }
        (Some(condition), None) | (None, Some(condition)) => {
            candidates.push(Candidate::new(condition));
        }
        (None, None) => {}
    }
    candidates.extend(state_candidate(listing, context));
    if let Some(source) = &listing.source {
        candidates.push(Candidate {
            params: vec![source.clone()],
            ..Candidate::new("source = $1")
        });
    }
    candidates.extend(date_candidate(
        listing.created.sql_conditions("created_at"),
        None,
    ));
    candidates.extend(date_candidate(
        listing.entered.sql_conditions("status_since"),
        status,
    ));
    candidates.extend(currency_candidate(listing, context));
    candidates
}

/// The candidate for a range of days, with another condition that the same index covers.
fn date_candidate(days: Vec<String>, other: Option<String>) -> Option<Candidate> {
    (!days.is_empty()).then(|| {
        let conditions: Vec<String> = days.into_iter().chain(other).collect();
        Candidate {
            max_ids: MAX_IDS_BY_DATE,
            ..Candidate::new(&conditions.join(" and "))
        }
    })
}

/// The candidate for a currency. Its index begins with the status, so every status is named.
fn currency_candidate(listing: &Listing, context: ListContext) -> Option<Candidate> {
    let currency = listing.currency?;
    let ids = match listing.status {
        Some(id) => id.to_string(),
        None => join_ids(context.statuses),
    };
    Some(Candidate {
        max_ids: MAX_IDS_BY_DATE,
        ..Candidate::new(&format!(
            "status_id in ({ids}) and currency = '{currency}' and value_key >= 0"
        ))
    })
}

fn state_candidate(listing: &Listing, context: ListContext) -> Option<Candidate> {
    let state = listing.state?;
    if state == State::Paused {
        let is_paused = format!("paused_until > {}", context.now.0);
        return Some(Candidate::new(&is_paused));
    }
    let (pause, ranges) = state_ranges(state, listing.status, context);
    if ranges.len() > MAX_UNION_PARTS {
        return None;
    }
    let selects = ranges.iter().map(|range| {
        format!("select id from leads where deleted_at is null and {pause} and {range}")
    });
    let selects: Vec<String> = selects.collect();
    Some(Candidate {
        query: match selects.is_empty() {
            true => "select id from leads where 1 = 0".to_owned(),
            false => selects.join(" union all "),
        },
        params: Vec::new(),
        max_ids: MAX_IDS,
    })
}
