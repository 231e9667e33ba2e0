//! Leads by status in the order of their clocks, and their sums by status, in one query for all statuses: for the board
//! and the stuck list.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::{Conn, MAX_UNION_PARTS, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::{Filter, LeadFilter};
use crate::leads::domain::lead::Lead;
use crate::leads::store::find_many;
use crate::leads::store::query::access_path::status_range;
use crate::leads::store::query::conditions::{conditions, state_condition};
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::{LeadMatch, Matches};
use crate::leads::store::query::page_rows::{columns, load_leads};
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::statuses::State;

/// A range of the leads of one status, in the order of their clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusRange {
    pub status_id: i64,
    /// After this clock and id, or before them if backward; nothing for the whole status.
    pub from: Option<(i64, i64)>,
    /// The latest clock first.
    pub is_backward: bool,
}

/// The matching leads of one status and currency, as far as they were counted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StatusAggregate {
    pub status_id: i64,
    pub currency: String,
    pub leads: i64,
    /// The sum of their values in minor units.
    pub cents: i64,
    pub stuck: i64,
    pub at_risk: i64,
}

/// The matching leads of some statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusAggregates {
    pub by_status: Vec<StatusAggregate>,
    /// A status with more leads was counted only up to here.
    pub max: i64,
}

/// The most entries that are read to find all leads of a board, in less than 20 ms.
const MAX_READ: i64 = 100_000;

/// The most leads of a board that are read at once, in 20 ms.
const MAX_LEADS: i64 = 12_500;

/// A search is frequent if one of so many leads is a candidate.
const LEADS_PER_FREQUENT: i64 = 50;

/// The most leads of a status that a search with many matches counts: each is compared with the words.
const MAX_COUNT_OF_SEARCH: i64 = 50;

impl LeadQuery {
    /// Up to `limit` matching leads of each range; the filter by status is not used.
    pub fn list_ranges(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        ranges: &[StatusRange],
        limit: i64,
    ) -> Result<Vec<Lead>> {
        let any_status = filter.with_status(None);
        if !is_in_clock_index(filter)
            && let Some(matches) = self.matches_of_statuses(conn, &any_status)?
        {
            let in_range = |range| ids_in_range(&matches, range, limit);
            let ids: Vec<i64> = ranges.iter().flat_map(in_range).collect();
            return find_many(conn, &ids);
        }
        let columns = columns()?;
        let mut leads = Vec::new();
        for chunk in ranges.chunks(MAX_UNION_PARTS) {
            let parts = chunk.iter().map(|range| {
                let select = self.select_range(conn, &any_status, range, &columns);
                SqlText::new("select * from (")
                    .then(select)
                    .sql(" limit ")
                    .number(limit)
                    .sql(") as part")
            });
            leads.extend(load_leads(conn, SqlText::join(parts, " union all "))?);
        }
        Ok(leads)
    }

    /// The matching leads of each status: their number, their value, how many are stuck and at risk. If there are many,
    /// at most `max` of a status are counted, and less of a search.
    pub fn aggregate_by_status(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        ids: &[i64],
        max: i64,
    ) -> Result<StatusAggregates> {
        type Types = (BigInt, Text, BigInt, BigInt, BigInt, BigInt);
        let any_status = filter.with_status(None);
        if let Some(matches) = self.matches_of_statuses(conn, &any_status)? {
            let by_status = self.aggregate(&matches, ids);
            return Ok(StatusAggregates {
                by_status,
                max: i64::MAX,
            });
        }
        let max = match filter.q.is_empty() {
            true => max,
            false => max.min(MAX_COUNT_OF_SEARCH),
        };
        let mut by_status = Vec::new();
        for chunk in ids.chunks(MAX_UNION_PARTS) {
            let parts = chunk.iter().map(|id| {
                let range = status_range(&any_status, *id, self);
                let columns = "status_id, currency, value_key, clock_from, paused_until";
                let of_status = any_status.with_status(Some(*id));
                let leads = self.select_in_order(conn, &of_status, &range, columns, None, "");
                aggregate_select(*id, self)
                    .then(leads)
                    .sql(" limit ")
                    .number(max + 1)
                    .sql(") as leads group by status_id, currency")
            });
            let union = SqlText::join(parts, " union all ");
            by_status.extend(union.load::<Types, StatusAggregate>(conn)?);
        }
        Ok(StatusAggregates { by_status, max })
    }

    /// The matches of a list without regard to the status, if they are not too many. Without a filter they always are.
    fn matches_of_statuses(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<Option<Matches>> {
        if filter.readable_pairs().is_empty() {
            return Ok(None);
        }
        let few = self.few_matches(conn, filter)?;
        if few.is_some() {
            return Ok(few);
        }
        let candidates = self.candidates(conn, filter)?;
        let per_candidate = candidates.and_then(|all| all.leads_per_candidate());
        // Of a frequent search each status soon has as many as are shown.
        let is_frequent = per_candidate.is_some_and(|leads| leads <= LEADS_PER_FREQUENT);
        let max = if is_frequent { MAX_READ / 2 } else { MAX_READ };
        match self.smallest_range(conn, filter)?.size {
            Some(size) if size <= max => self.matches_up_to(conn, filter, MAX_LEADS),
            _ => Ok(None),
        }
    }

    fn select_range(
        &self,
        conn: &Conn,
        filter: &LeadFilter,
        range: &StatusRange,
        columns: &str,
    ) -> SqlText {
        let (operator, direction) = match range.is_backward {
            true => ("<", " desc"),
            false => (">", ""),
        };
        // A row value lets both databases seek in the index.
        let after = range.from.map(|(clock, id)| {
            let seek = SqlText::new(format!("(clock_from, id) {operator} (")).number(clock);
            seek.sql(", ").number(id).sql(")")
        });
        let leads = status_range(filter, range.status_id, self);
        let prefix = leads.order_prefix(conn, direction);
        let order = format!(" order by {prefix}clock_from{direction}, id{direction}");
        let of_status = filter.with_status(Some(range.status_id));
        self.select_in_order(conn, &of_status, &leads, columns, after, &order)
    }

    /// `columns` of the matching leads of a range behind a position, in an order. Where many leads have the words of a search,
    /// PostgreSQL would compare the whole range with them, unless they stand outside of the query that sorts it.
    fn select_in_order(
        &self,
        conn: &Conn,
        filter: &LeadFilter,
        range: &IndexRange,
        columns: &str,
        after: Option<SqlText>,
        order: &str,
    ) -> SqlText {
        let words = self.search.condition();
        let words = words.filter(|_| matches!(conn, Conn::Postgres(_)) && !filter.q.is_empty());
        let (columns_of_range, filter_of_range) = match words {
            Some(_) => ("*", &filter.without_words()),
            None => (columns, filter),
        };
        let all = after.into_iter().chain([conditions(filter_of_range, self)]);
        let condition = SqlText::join(all, " and ");
        let select = range.select(conn, columns_of_range, &condition);
        let select = select.sql(order.to_owned());
        match words {
            None => select,
            Some(words) => SqlText::new(format!("select {columns} from ("))
                .then(select)
                .sql(" offset 0) as leads where ")
                .then(words),
        }
    }

    fn aggregate(&self, matches: &[LeadMatch], ids: &[i64]) -> Vec<StatusAggregate> {
        let mut by_key: BTreeMap<(i64, &str), StatusAggregate> = BTreeMap::new();
        for lead in matches.iter().filter(|lead| ids.contains(&lead.status_id)) {
            let key = (lead.status_id, lead.currency.as_str());
            let sum = by_key.entry(key).or_insert_with(|| StatusAggregate {
                status_id: lead.status_id,
                currency: lead.currency.clone(),
                leads: 0,
                cents: 0,
                stuck: 0,
                at_risk: 0,
            });
            sum.leads += 1;
            sum.cents += lead.value_key.max(0);
            match self.state(lead.status_id, lead.clock_from, lead.paused_until) {
                State::Stuck => sum.stuck += 1,
                State::AtRisk => sum.at_risk += 1,
                _ => {}
            }
        }
        by_key.into_values().collect()
    }
}

/// True if the leads of a status that pass these filters are a range of an index of clocks.
fn is_in_clock_index(filter: &LeadFilter) -> bool {
    let mut set = Filter::ALL
        .iter()
        .filter(|each| filter.value(**each).is_some());
    filter.unreadable.is_empty()
        && set.all(|each| match each {
            Filter::Status | Filter::Owner | Filter::Bin => true,
            Filter::State => filter.state != Some(State::Paused),
            _ => false,
        })
}

/// The ids of the first leads of a range.
fn ids_in_range(matches: &[LeadMatch], range: &StatusRange, limit: i64) -> Vec<i64> {
    let is_after = |key: &(i64, i64)| match (range.from, range.is_backward) {
        (None, _) => true,
        (Some(from), true) => *key < from,
        (Some(from), false) => *key > from,
    };
    let of_status = matches
        .iter()
        .filter(|lead| lead.status_id == range.status_id);
    let mut keys: Vec<(i64, i64)> = of_status.map(|lead| (lead.clock_from.0, lead.id)).collect();
    keys.retain(is_after);
    keys.sort_unstable();
    if range.is_backward {
        keys.reverse();
    }
    keys.truncate(usize::try_from(limit).unwrap_or_default());
    keys.into_iter().map(|(_, id)| id).collect()
}

fn aggregate_select(id: i64, query: &LeadQuery) -> SqlText {
    let count = |state| {
        SqlText::new(", cast(sum(case when ")
            .then(state_condition(state, Some(id), query))
            .sql(" then 1 else 0 end) as bigint)")
    };
    SqlText::new(
        "select status_id, currency, count(*), \
         cast(coalesce(sum(case when value_key >= 0 then value_key end), 0) as bigint)",
    )
    .then(count(State::Stuck))
    .then(count(State::AtRisk))
    .sql(" from (")
}
