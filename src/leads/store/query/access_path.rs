//! Chooses how SQLite reads a list, since its planner knows neither how many leads match a filter nor that a page needs
//! only a few. If a filter leaves few leads, their ids are read and sorted; otherwise the index of the sort is read
//! until the page is full.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::Conn;
use crate::error::Result;
use crate::leads::domain::filters::{Filter, LeadFilter};
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::predicates::{
    day_conditions, join_ids, owner_condition, state_ranges,
};
use crate::leads::store::query::trigram::{newest_ids, trigram_query};
use crate::records::filters::{Filter as _, Filtered};
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
    pub fn unordered(self, filter: &LeadFilter) -> AccessPath {
        match self {
            AccessPath::SortIndex => match trigram_query(&filter.q) {
                Some(query) => AccessPath::FullText(query),
                None if !filter.entered.is_unbounded() => AccessPath::EntryIndex,
                None if filter.currency.is_some() => AccessPath::CurrencyIndex,
                None => AccessPath::Planner,
            },
            path => path,
        }
    }

    /// True if counting by this path would read every lead, or too many.
    pub fn is_full_scan(&self, filter: &LeadFilter) -> bool {
        let has_words = !filter.q.is_empty();
        match self {
            AccessPath::SortIndex => has_words,
            AccessPath::Planner => {
                has_words && !filter.is_bin && trigram_query(&filter.q).is_none()
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

/// The filters that may use an index. A plus before the columns of the others keeps SQLite from using theirs.
pub struct IndexHints(Vec<Filter>);

impl IndexHints {
    /// The prefix of a filter's column.
    pub fn plus(&self, filter: Filter) -> &'static str {
        if self.0.contains(&filter) { "" } else { "+" }
    }

    /// The prefixes that keep SQLite on this path.
    pub fn for_path(listing: &Listing, path: &AccessPath) -> IndexHints {
        let filter = &listing.filter;
        IndexHints(match (path, listing.sort.key) {
            // PostgreSQL accepts no plus before a text.
            (AccessPath::Planner | AccessPath::SampleIds(_), _) => Filter::ALL.to_vec(),
            (AccessPath::IdSet(_) | AccessPath::FullText(_), _) => Vec::new(),
            (AccessPath::EntryIndex, _) | (AccessPath::SortIndex, LeadSort::Age) => {
                // One index of the time of entry begins with the status.
                let status = filter.status.map(|_| Filter::Status);
                let entered = [Filter::EnteredFrom, Filter::EnteredTo];
                entered.into_iter().chain(status).collect()
            }
            (AccessPath::CurrencyIndex, _) => vec![Filter::Status, Filter::Currency],
            (AccessPath::SortIndex, LeadSort::CreatedAt) => by_creation(filter),
            // The index of values begins with status and currency, and needs both.
            (AccessPath::SortIndex, LeadSort::Value)
                if filter.status.is_some() && filter.currency.is_some() =>
            {
                vec![Filter::Status, Filter::Currency]
            }
            (AccessPath::SortIndex, LeadSort::Value | LeadSort::Name | LeadSort::UpdatedAt) => {
                Vec::new()
            }
        })
    }
}

/// The indexes of creation that begin with owner, status or source: the first of these filters uses its index.
fn by_creation(filter: &LeadFilter) -> Vec<Filter> {
    let indexed = [Filter::Owner, Filter::Status, Filter::Source];
    let first = indexed
        .into_iter()
        .find(|each| filter.value(*each).is_some());
    let created = [Filter::CreatedFrom, Filter::CreatedTo];
    created.into_iter().chain(first).collect()
}

/// A query for the ids that one filter leaves, and how many of them are worth sorting.
struct Candidate {
    query: String,
    params: Vec<String>,
    max_ids: i64,
}

impl LeadQuery {
    /// Chooses the path for a list.
    pub(super) fn choose_path(&self, conn: &mut Conn, listing: &Listing) -> Result<AccessPath> {
        let filter = &listing.filter;
        if filter.is_bin || !matches!(conn, Conn::Sqlite(_)) {
            return Ok(AccessPath::Planner);
        }
        if matches_sort_index(listing) {
            return Ok(AccessPath::SortIndex);
        }
        let (key, per_page) = (listing.sort.key, listing.per_page);
        if let Some(ids) = self.trigrams.few_ids(conn, &filter.q, key, per_page)? {
            return Ok(AccessPath::IdSet(ids));
        }
        for candidate in candidates(filter, self) {
            let ids = candidate.find_ids(conn)?;
            if ids.len() as i64 <= candidate.max_ids {
                return Ok(AccessPath::IdSet(ids));
            }
        }
        Ok(match filter.readable_pairs().is_empty() {
            true => AccessPath::Planner,
            false => AccessPath::SortIndex,
        })
    }

    /// A sample of the leads that may match a search; the newest leads if it is too short for a trigram.
    pub(super) fn sample_path(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<AccessPath> {
        if let Conn::Postgres(_) = conn {
            return Ok(AccessPath::SampleIds(newest_ids(conn)?));
        }
        Ok(AccessPath::IdSet(
            self.trigrams.sample_ids(conn, &filter.q)?,
        ))
    }
}

/// True if the matching leads are one range of the sort's index.
fn matches_sort_index(listing: &Listing) -> bool {
    let filter = &listing.filter;
    let is_by_entry = filter.has_entry_counters() && filter.state.is_none();
    is_by_entry && !filter.entered.is_unbounded() && listing.sort.key == LeadSort::Age
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
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

fn candidates(filter: &LeadFilter, query: &LeadQuery) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let status = filter.status.map(|id| format!("status_id = {id}"));
    let owner = filter
        .owner
        .map(|owner| owner_condition(owner, query, "owner_id"));
    match (&owner, &status) {
        (Some(owner), Some(status)) => {
            candidates.push(Candidate::new(&format!("{owner} and {status}")))
        }
        (Some(condition), None) | (None, Some(condition)) => {
            candidates.push(Candidate::new(condition));
        }
        (None, None) => {}
    }
    candidates.extend(state_candidate(filter, query));
    if let Some(source) = &filter.source {
        candidates.push(Candidate {
            params: vec![source.clone()],
            ..Candidate::new("source = $1")
        });
    }
    candidates.extend(date_candidate(
        day_conditions(filter.created, "created_at"),
        None,
    ));
    candidates.extend(date_candidate(
        day_conditions(filter.entered, "status_since"),
        status,
    ));
    candidates.extend(currency_candidate(filter, query));
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
fn currency_candidate(filter: &LeadFilter, query: &LeadQuery) -> Option<Candidate> {
    let currency = filter.currency?;
    let ids = match filter.status {
        Some(id) => id.to_string(),
        None => join_ids(&query.statuses),
    };
    Some(Candidate {
        max_ids: MAX_IDS_BY_DATE,
        ..Candidate::new(&format!(
            "status_id in ({ids}) and currency = '{currency}' and value_key >= 0"
        ))
    })
}

fn state_candidate(filter: &LeadFilter, query: &LeadQuery) -> Option<Candidate> {
    let state = filter.state?;
    if state == State::Paused {
        let is_paused = format!("paused_until > {}", query.now.0);
        return Some(Candidate::new(&is_paused));
    }
    let (pause, ranges) = state_ranges(state, filter.status, query);
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
