//! Worklists. The stuck list: all leads at or past their limit, the greatest age ÷ limit first or by another key. The
//! list of one's own open leads, in the same order: those before their limit too.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{BoundedCount, ResultPage, count_in_time, result_page};
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::worklist::Worklist;
use crate::leads::domain::worklist_cursor::WorklistCursor;
use crate::leads::store::query::counts::COUNT_LIMIT;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::cursor_of;
use crate::leads::store::query::status_ranges::StatusRange;
use crate::records::list::{List, PagePosition, PageRows};
use crate::statuses::{self, Days, Kind, LeadStatus};

/// A page of a worklist.
#[derive(Debug, Clone)]
pub struct WorklistRows {
    pub listing: Worklist,
    /// The instant by which the list is ordered.
    pub at: Timestamp,
    pub page: PageRows<Lead>,
}

/// The numbers of leads of a worklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorklistCounts {
    pub all: BoundedCount,
    /// By status id; a status without such leads is left out.
    pub by_status: HashMap<i64, BoundedCount>,
    /// The number of leads at risk, for the page without stuck leads. 0 if the list is filtered.
    pub at_risk: i64,
}

/// The statuses of the list, with their limits in days.
pub(super) struct StatusLimits(Vec<(i64, i64)>);

/// Own leads of an open status without limit and target are ordered as if this were its limit, so they come last.
const LIMIT_IF_NONE: i64 = Days::MAX as i64;

impl StatusLimits {
    pub(super) fn new(statuses: &[LeadStatus], only: Option<i64>, is_own: bool) -> StatusLimits {
        let listed = statuses
            .iter()
            .filter(|status| status.kind == Kind::Open && only.is_none_or(|id| id == status.id));
        let limits = listed.filter_map(|status| {
            let target = status.target_days.filter(|_| is_own);
            let days = status.limit_days.or(target).map(|days| days.get().into());
            Some((status.id, days.or(is_own.then_some(LIMIT_IF_NONE))?))
        });
        StatusLimits(limits.collect())
    }

    /// The position of a lead in the list.
    pub(super) fn cursor(&self, lead: &Lead) -> WorklistCursor {
        let status = self.0.iter().find(|(id, _)| *id == lead.status_id);
        WorklistCursor {
            clock_from: lead.clock_from,
            limit: status.map_or(1, |(_, limit)| *limit),
            id: lead.id,
        }
    }

    /// For each status, the range of leads that the page takes from it.
    fn ranges(&self, position: &PagePosition<WorklistCursor>, at: Timestamp) -> Vec<StatusRange> {
        let is_backward = position.is_backward();
        let range = |(status_id, limit): &(i64, i64)| StatusRange {
            status_id: *status_id,
            from: position
                .cursor()
                .map(|cursor| cursor.seek_bound(*limit, at, is_backward)),
            is_backward,
        };
        self.0.iter().map(range).collect()
    }
}

/// A page of a worklist; past the end it is the first page.
pub fn worklist_page(conn: &mut Conn, list: &Worklist, query: &LeadQuery) -> Result<WorklistRows> {
    let at = list.at.unwrap_or(query.now);
    if list.sort.is_some() {
        let ResultPage { listing, page } = result_page(conn, &list.listing(), query)?;
        let listing = Worklist {
            position_by_key: listing.position,
            offset: listing.offset,
            ..list.clone()
        };
        return Ok(WorklistRows { listing, at, page });
    }
    let limits = StatusLimits::new(&query.statuses, list.filter.status, list.is_own);
    let ranges = limits.ranges(&list.position, at);
    let mut rows = query.list_ranges(conn, &list.filter, &ranges, list.per_page + 1)?;
    rows.sort_by(|one, other| {
        let cursor = |lead| limits.cursor(lead);
        let order = cursor(one).compare(&cursor(other), at);
        match list.position.is_backward() {
            true => order.reverse(),
            false => order,
        }
    });
    let page = PageRows::cut(rows, &list.position, list.per_page);
    // The leads of this page changed, or fewer than a page come before: the first page is shown instead.
    let is_short = (list.position.is_backward() && !page.has_previous) || page.rows.is_empty();
    if is_short && !list.position.is_first() {
        return worklist_page(conn, &list.first_page(), query);
    }
    Ok(WorklistRows {
        listing: list.clone(),
        at,
        page,
    })
}

impl WorklistRows {
    /// The next page; `None` on the last one.
    pub fn next(&self, statuses: &[LeadStatus]) -> Option<Worklist> {
        let last = self.page.rows.last().filter(|_| self.page.has_next)?;
        let position = PagePosition::After(self.cursor(last, statuses));
        let by_key = PagePosition::After(self.cursor_by_key(last));
        Some(self.at_position(position, by_key, self.page.rows.len() as i64))
    }

    /// The previous page; `None` on the first one.
    pub fn previous(&self, statuses: &[LeadStatus]) -> Option<Worklist> {
        let first = self.page.rows.first().filter(|_| self.page.has_previous)?;
        let position = PagePosition::Before(self.cursor(first, statuses));
        let by_key = PagePosition::Before(self.cursor_by_key(first));
        Some(self.at_position(position, by_key, -self.listing.per_page))
    }

    fn cursor(&self, lead: &Lead, statuses: &[LeadStatus]) -> WorklistCursor {
        StatusLimits::new(statuses, Some(lead.status_id), self.listing.is_own).cursor(lead)
    }

    fn cursor_by_key(&self, lead: &Lead) -> Cursor {
        cursor_of(lead, self.listing.sort.unwrap_or_default().key)
    }

    fn at_position(
        &self,
        position: PagePosition<WorklistCursor>,
        position_by_key: PagePosition<Cursor>,
        by: i64,
    ) -> Worklist {
        Worklist {
            at: self.listing.sort.is_none().then_some(self.at),
            position,
            position_by_key,
            offset: (self.listing.offset + by).max(0),
            ..self.listing.clone()
        }
    }
}

/// The numbers of its leads in every status, whichever status the worklist shows, and of leads at risk.
pub fn worklist_counts(
    conn: &mut Conn,
    worklist: &Worklist,
    query: &LeadQuery,
) -> Result<WorklistCounts> {
    let mut any_status = worklist.listing();
    any_status.filter.status = None;
    let mut counts = WorklistCounts::default();
    if !any_status.filter.unreadable.is_empty() {
        return Ok(counts);
    }
    if any_status.filter.has_counters() && !worklist.is_own {
        for (id, overdue) in statuses::overdue_counts(conn, &query.statuses, query.now)? {
            counts.add(id, overdue.stuck, false);
            counts.at_risk += overdue.at_risk;
        }
        return Ok(counts);
    }
    let limits = StatusLimits::new(&query.statuses, None, worklist.is_own);
    let ids: Vec<i64> = limits.0.iter().map(|(id, _)| *id).collect();
    let mut counts_by_status: HashMap<i64, i64> = HashMap::new();
    let aggregates = count_in_time(conn, |conn| {
        query.aggregate_by_status(conn, &any_status.filter, &ids, COUNT_LIMIT)
    })?;
    let Some(aggregates) = aggregates else {
        counts.all = BoundedCount::unknown();
        return Ok(counts);
    };
    for aggregate in aggregates.by_status {
        *counts_by_status.entry(aggregate.status_id).or_default() += aggregate.leads;
    }
    for (id, count) in counts_by_status {
        counts.add(id, count.min(aggregates.max), count > aggregates.max);
    }
    Ok(counts)
}

impl WorklistCounts {
    fn add(&mut self, status_id: i64, count: i64, is_more: bool) {
        if count > 0 {
            self.by_status.insert(
                status_id,
                BoundedCount {
                    count,
                    is_lower_bound: is_more,
                },
            );
        }
        self.all.count += count;
        self.all.is_lower_bound |= is_more;
    }

    /// The number of leads in the status that the list shows, or in all.
    pub fn of_status(&self, status: Option<i64>) -> BoundedCount {
        match status {
            Some(_) if self.is_unknown() => self.all,
            Some(id) => self.by_status.get(&id).copied().unwrap_or_default(),
            None => self.all,
        }
    }

    /// The counts together with what a page shows: not below its last row.
    pub fn reconcile(mut self, results: &WorklistRows) -> WorklistCounts {
        if self.is_unknown() {
            self.all.count = results.listing.offset + results.page.rows.len() as i64;
        }
        self
    }

    /// True if counting took too long.
    fn is_unknown(&self) -> bool {
        self.all.is_lower_bound && self.by_status.is_empty()
    }
}
