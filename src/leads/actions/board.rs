//! The board: a column of leads for each status, the oldest clock first.

use std::collections::BTreeMap;

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{BoundedCount, count_in_time};
use crate::leads::domain::board_listing::BoardListing;
use crate::leads::domain::lead::Lead;
use crate::leads::store;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::status_ranges::{StatusAggregates, StatusRange};
use crate::records::filters::FilterSet;
use crate::statuses::{self, LeadStatus};

/// Cards of a column at a time.
pub const CARDS_PER_COLUMN: usize = 20;
/// With filters the leads of a column are counted only up to here ("1,000+"), because no counter holds their number.
const MAX_COUNT: i64 = 1_000;

/// A status with the leads that its column shows.
#[derive(Debug, Clone)]
pub struct BoardColumn {
    pub status: LeadStatus,
    /// True if only its head is shown.
    pub is_folded: bool,
    pub count: BoundedCount,
    /// The sum of the values by currency, in minor units, the largest first.
    pub sums: Vec<(String, i64)>,
    /// The number of its leads by currency.
    pub leads_by_currency: Vec<(String, i64)>,
    pub stuck: i64,
    pub at_risk: i64,
    pub cards: Vec<Lead>,
    /// The clock and id of the last card, if more leads follow.
    pub next_cursor: Option<(i64, i64)>,
}

/// The columns: open and paused statuses in pipeline order, then the others. None if a filter is invalid.
pub fn board_columns(
    conn: &mut Conn,
    board: &BoardListing,
    query: &LeadQuery,
) -> Result<Vec<BoardColumn>> {
    if !board.filter.unreadable.is_empty() {
        return Ok(Vec::new());
    }
    let mut columns = column_heads(conn, board, query)?;
    columns.retain(|column| !column.status.is_archived() || column.may_have_leads());
    columns.sort_by_key(|column| {
        let status = &column.status;
        let is_last = status.kind.is_closed() || status.is_archived();
        (is_last, status.position.unwrap_or(i32::MAX), status.id)
    });
    let ranges: Vec<StatusRange> = columns
        .iter()
        .filter(|column| !column.is_folded && column.may_have_leads())
        .map(|column| StatusRange {
            status_id: column.status.id,
            from: board.cursors.get(&column.status.id).copied(),
            is_backward: false,
        })
        .collect();
    // One lead more than shown, to know whether others follow.
    let limit = CARDS_PER_COLUMN as i64 + 1;
    for lead in query.list_ranges(conn, &board.filter, &ranges, limit)? {
        let of_lead = |column: &&mut BoardColumn| column.status.id == lead.status_id;
        if let Some(column) = columns.iter_mut().find(of_lead) {
            column.cards.push(lead);
        }
    }
    for column in &mut columns {
        column.cards.sort_by_key(|lead| (lead.clock_from, lead.id));
        if column.cards.len() > CARDS_PER_COLUMN {
            column.cards.truncate(CARDS_PER_COLUMN);
            let last = column.cards.last();
            column.next_cursor = last.map(|lead| (lead.clock_from.0, lead.id));
        }
        column.count.count = column.count.count.max(column.cards.len() as i64);
    }
    put_moved_lead_first(conn, board.moved_lead, &mut columns)?;
    Ok(columns)
}

/// Puts the lead that was just moved first in its column, because its new clock would make it the last one.
fn put_moved_lead_first(
    conn: &mut Conn,
    lead_id: Option<i64>,
    columns: &mut [BoardColumn],
) -> Result<()> {
    let Some(id) = lead_id else {
        return Ok(());
    };
    let Some(lead) = store::find_many(conn, &[id])?.pop() else {
        return Ok(());
    };
    let of_lead =
        |column: &&mut BoardColumn| column.status.id == lead.status_id && !column.is_folded;
    if let Some(column) = columns
        .iter_mut()
        .find(of_lead)
        .filter(|_| !lead.is_in_bin())
    {
        column.cards.retain(|card| card.id != id);
        column.cards.insert(0, lead);
    }
    Ok(())
}

/// The columns without their cards.
fn column_heads(
    conn: &mut Conn,
    board: &BoardListing,
    query: &LeadQuery,
) -> Result<Vec<BoardColumn>> {
    let head = |status: &LeadStatus| BoardColumn {
        is_folded: board.is_folded(status),
        status: status.clone(),
        count: BoundedCount::default(),
        sums: Vec::new(),
        leads_by_currency: Vec::new(),
        stuck: 0,
        at_risk: 0,
        cards: Vec::new(),
        next_cursor: None,
    };
    let mut columns: Vec<BoardColumn> = query.statuses.iter().map(head).collect();
    if board.filter.is_filtered() {
        let ids: Vec<i64> = query.statuses.iter().map(|status| status.id).collect();
        let aggregates = count_in_time(conn, |conn| {
            query.aggregate_by_status(conn, &board.filter, &ids, MAX_COUNT)
        })?;
        for column in &mut columns {
            match &aggregates {
                Some(aggregates) => column.add_counts(aggregates),
                None => column.count = BoundedCount::unknown(),
            }
        }
        return Ok(columns);
    }
    let mut totals = statuses::lead_totals(conn)?;
    let overdue_by_status = statuses::overdue_counts(conn, &query.statuses, query.now)?;
    for column in &mut columns {
        let id = column.status.id;
        let (total, overdue) = (
            totals.remove(&id).unwrap_or_default(),
            overdue_by_status.get(&id),
        );
        let overdue = overdue.copied().unwrap_or_default();
        (column.count.count, column.sums) = (total.leads, total.sums);
        column.leads_by_currency = total.leads_by_currency;
        (column.stuck, column.at_risk) = (overdue.stuck, overdue.at_risk);
    }
    Ok(columns)
}

/// The currency that most leads of the board are valued in.
pub fn team_currency(columns: &[BoardColumn]) -> Option<String> {
    let mut leads: BTreeMap<&str, i64> = BTreeMap::new();
    for (currency, count) in columns.iter().flat_map(|column| &column.leads_by_currency) {
        *leads.entry(currency).or_default() += count;
    }
    let most = leads.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(currency, _)| currency.to_owned())
}

impl BoardColumn {
    /// False for a column without leads, which an archived status doesn't show.
    pub fn may_have_leads(&self) -> bool {
        self.count.count > 0 || self.count.is_lower_bound
    }

    fn add_counts(&mut self, aggregates: &StatusAggregates) {
        for aggregate in aggregates
            .by_status
            .iter()
            .filter(|aggregate| aggregate.status_id == self.status.id)
        {
            self.count.count += aggregate.leads;
            self.stuck += aggregate.stuck;
            self.at_risk += aggregate.at_risk;
            let leads = (aggregate.currency.clone(), aggregate.leads);
            self.leads_by_currency.push(leads);
            if aggregate.cents > 0 {
                self.sums
                    .push((aggregate.currency.clone(), aggregate.cents));
            }
        }
        self.sums
            .sort_by_key(|(_, cents)| std::cmp::Reverse(*cents));
        self.count.is_lower_bound = self.count.count > aggregates.max;
        self.count.count = self.count.count.min(aggregates.max);
    }
}
