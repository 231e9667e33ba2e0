//! Leads by status in the order of their clocks, and their sums by status, in one query for all statuses: for the board
//! and the stuck list.

use diesel::dsl::{SqlTypeOf, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::db::schema::leads;
use crate::db::{Conn, Part, Union};
use crate::error::Result;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::access_path::{AccessPath, MAX_UNION_PARTS, choose_path};
use crate::leads::store::list::{LeadQuery, ListContext, filtered, state_condition};
use crate::leads::store::row::{LeadColumns, LeadRow, lead_columns};
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

/// Up to `limit` matching leads of each range; the filter by status is not used.
pub fn list_ranges(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    ranges: &[StatusRange],
    limit: i64,
) -> Result<Vec<Lead>> {
    let path = path_for_statuses(conn, listing, context)?;
    let mut leads = Vec::new();
    for chunk in ranges.chunks(MAX_UNION_PARTS) {
        let parts = chunk.iter().map(|range| {
            let query = filtered(&with_status(listing, range.status_id), context, &path);
            Part::plain(
                keyset_range(query, range)
                    .limit(limit)
                    .select(lead_columns()),
            )
        });
        let rows: Vec<LeadRow> =
            Union::<_, SqlTypeOf<LeadColumns>>::all(parts.collect()).load(conn)?;
        leads.extend(rows.into_iter().map(Lead::from));
    }
    Ok(leads)
}

/// The path for all statuses; the indexes of the clock serve if no filter leaves few leads.
fn path_for_statuses(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
) -> Result<AccessPath> {
    let any_status = Listing {
        status: None,
        ..listing.clone()
    };
    Ok(match choose_path(conn, &any_status, context)? {
        AccessPath::SortIndex => AccessPath::Planner,
        path => path,
    })
}

fn with_status(listing: &Listing, status_id: i64) -> Listing {
    Listing {
        status: Some(status_id),
        ..listing.clone()
    }
}

fn keyset_range<'a>(mut query: LeadQuery<'a>, range: &StatusRange) -> LeadQuery<'a> {
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

/// The matching leads of each status: their number, their value, how many are stuck and at risk. At most `max` + 1
/// leads of a status are read.
pub fn aggregate_by_status(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    ids: &[i64],
    max: i64,
) -> Result<Vec<StatusAggregate>> {
    type Types = (BigInt, Text, BigInt, BigInt, BigInt, BigInt);
    let path = path_for_statuses(conn, listing, context)?;
    let mut tallies = Vec::new();
    for chunk in ids.chunks(MAX_UNION_PARTS) {
        let parts = chunk.iter().map(|id| Part {
            before: aggregate_select(*id, context),
            inner: filtered(&with_status(listing, *id), context, &path)
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
        tallies.extend(rows);
    }
    Ok(tallies)
}

fn aggregate_select(id: i64, context: ListContext) -> String {
    let count = |state| {
        let condition = state_condition(state, Some(id), context, "");
        format!("cast(sum(case when {condition} then 1 else 0 end) as bigint)")
    };
    format!(
        "select leads.status_id, leads.currency, count(*), cast(coalesce(sum(leads.value_cents), 0) as bigint), \
         {}, {} from (",
        count(State::Stuck),
        count(State::AtRisk)
    )
}
