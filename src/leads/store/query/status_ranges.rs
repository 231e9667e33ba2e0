//! Leads by status in the order of their clocks, and their sums by status, in one query for all statuses: for the board
//! and the stuck list.

use diesel::dsl::{SqlTypeOf, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::db::schema::leads;
use crate::db::{Conn, Part, Union, columns_of};
use crate::error::Result;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::access_path::{AccessPath, MAX_UNION_PARTS};
use crate::leads::store::query::conditions::{Leads, filtered};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::predicates::state_condition;
use crate::leads::store::row::{LeadColumns, LeadRow};
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

impl LeadQuery {
    /// Up to `limit` matching leads of each range; the filter by status is not used.
    pub fn list_ranges(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ranges: &[StatusRange],
        limit: i64,
    ) -> Result<Vec<Lead>> {
        let path = self.path_for_statuses(conn, listing)?;
        let mut leads = Vec::new();
        for chunk in ranges.chunks(MAX_UNION_PARTS) {
            let parts = chunk.iter().map(|range| {
                let query = filtered(&with_status(listing, Some(range.status_id)), self, &path);
                Part::plain(
                    keyset_range(query, range)
                        .limit(limit)
                        .select(columns_of::<LeadRow>()),
                )
            });
            let rows: Vec<LeadRow> =
                Union::<_, SqlTypeOf<LeadColumns>>::all(parts.collect()).load(conn)?;
            leads.extend(rows.into_iter().map(Lead::from));
        }
        Ok(leads)
    }

    /// The matching leads of each status: their number, their value, how many are stuck and at risk. At most `max` + 1
    /// leads of a status are read.
    pub fn aggregate_by_status(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ids: &[i64],
        max: i64,
    ) -> Result<Vec<StatusAggregate>> {
        type Types = (BigInt, Text, BigInt, BigInt, BigInt, BigInt);
        let path = self.path_for_statuses(conn, listing)?;
        let mut aggregates = Vec::new();
        for chunk in ids.chunks(MAX_UNION_PARTS) {
            let parts = chunk.iter().map(|id| Part {
                before: aggregate_select(*id, self),
                inner: filtered(&with_status(listing, Some(*id)), self, &path)
                    .limit(max + 1)
                    .select((
                        leads::status_id,
                        leads::currency,
                        leads::value_cents,
                        leads::clock_from,
                        leads::paused_until,
                    )),
                // The alias is the name of the table, so that one predicate serves inside and outside.
                after: ") as leads group by leads.status_id, leads.currency".to_owned(),
            });
            let rows: Vec<StatusAggregate> = Union::<_, Types>::all(parts.collect()).load(conn)?;
            aggregates.extend(rows);
        }
        Ok(aggregates)
    }

    /// The path for all statuses; the indexes of the clock serve if no filter leaves few leads.
    fn path_for_statuses(&self, conn: &mut Conn, listing: &Listing) -> Result<AccessPath> {
        Ok(match self.choose_path(conn, &with_status(listing, None))? {
            AccessPath::SortIndex => AccessPath::Planner,
            path => path,
        })
    }
}

fn with_status(listing: &Listing, status: Option<i64>) -> Listing {
    let mut listing = listing.clone();
    listing.filter.status = status;
    listing
}

fn keyset_range<'a>(mut query: Leads<'a>, range: &StatusRange) -> Leads<'a> {
    if let Some((clock, id)) = range.from {
        let operator = if range.is_backward { "<" } else { ">" };
        // A row value lets both databases seek in the index.
        let seek = format!("(leads.clock_from, leads.id) {operator} ({clock}, {id})");
        query = query.filter(sql::<Bool>(&seek));
    }
    match range.is_backward {
        true => query.order((leads::clock_from.desc(), leads::id.desc())),
        false => query.order((leads::clock_from, leads::id)),
    }
}

fn aggregate_select(id: i64, query: &LeadQuery) -> String {
    let count = |state| {
        let condition = state_condition(state, Some(id), query, "");
        format!("cast(sum(case when {condition} then 1 else 0 end) as bigint)")
    };
    format!(
        "select leads.status_id, leads.currency, count(*), cast(coalesce(sum(leads.value_cents), 0) as bigint), \
         {}, {} from (",
        count(State::Stuck),
        count(State::AtRisk)
    )
}
