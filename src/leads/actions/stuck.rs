//! The stuck list: all leads at or past their limit, the greatest age ÷ limit first.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{BoundedCount, count_in_time};
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::{Listing, offset_pair, read_offset};
use crate::leads::domain::stuck_cursor::StuckCursor;
use crate::leads::store::query::counts::COUNT_LIMIT;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::status_ranges::StatusRange;
use crate::records::fields::Fields;
use crate::records::filters::Filtered;
use crate::records::list::{List, PagePosition, PageRows, Pair, per_page_pair, read_per_page};
use crate::statuses::{self, LeadStatus, State};

/// The stuck list as its URL describes it. An invalid value means the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckListing {
    /// The state is always stuck.
    pub filter: LeadFilter,
    pub per_page: i64,
    /// The moment at which the list is ordered, so that pages fit together: each limit changes the ratio at another
    /// rate. `None` means now.
    pub at: Option<Timestamp>,
    pub position: PagePosition<StuckCursor>,
    /// The number of rows before this page, or 0 if the URL doesn't say.
    pub offset: i64,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct StuckPage {
    pub listing: StuckListing,
    /// The moment that the order is of.
    pub at: Timestamp,
    pub page: PageRows<Lead>,
}

/// The numbers of stuck leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StuckCounts {
    pub all: BoundedCount,
    /// By status id; a status without stuck leads is left out.
    pub by_status: HashMap<i64, BoundedCount>,
    /// The number of leads at risk, for the page without stuck leads. 0 if the list is filtered.
    pub at_risk: i64,
}

/// The statuses in which leads can be stuck, with their limits in days.
struct StatusLimits(Vec<(i64, i64)>);

impl StatusLimits {
    fn new(statuses: &[LeadStatus], only: Option<i64>, now: Timestamp) -> StatusLimits {
        let of_list = statuses
            .iter()
            .filter(|status| only.is_none_or(|id| id == status.id));
        let limited = of_list.filter_map(|status| {
            status.cutoffs(now).stuck?;
            Some((status.id, i64::from(status.limit_days?.get())))
        });
        StatusLimits(limited.collect())
    }

    /// The position of a lead in the list.
    fn cursor(&self, lead: &Lead) -> StuckCursor {
        let entry = self.0.iter().find(|(id, _)| *id == lead.status_id);
        StuckCursor {
            clock_from: lead.clock_from,
            limit: entry.map_or(1, |(_, limit)| *limit),
            id: lead.id,
        }
    }

    /// For each status, the range of leads that the page takes from it.
    fn ranges(&self, position: &PagePosition<StuckCursor>, at: Timestamp) -> Vec<StatusRange> {
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

impl StuckListing {
    /// Reads the list from the query of a URL.
    pub fn read(fields: &Fields, now: Timestamp) -> StuckListing {
        let at = fields.text("at").and_then(|text| text.parse().ok());
        let at = at
            .map(Timestamp)
            .filter(|at| (Timestamp(0)..=now).contains(at));
        let position = match at {
            Some(_) => PagePosition::read(fields, StuckCursor::parse),
            None => PagePosition::First,
        };
        StuckListing {
            filter: LeadFilter {
                state: Some(State::Stuck),
                is_bin: false,
                ..LeadFilter::read(fields)
            },
            per_page: read_per_page(fields),
            at: at.filter(|_| !position.is_first()),
            offset: read_offset(fields, &position),
            position,
        }
    }

    /// The filters that can be set, which are those without the state.
    pub fn own_filter(&self) -> LeadFilter {
        LeadFilter {
            state: None,
            ..self.filter.clone()
        }
    }

    fn listing(&self) -> Listing {
        Listing {
            per_page: self.per_page,
            ..Listing::of(self.filter.clone())
        }
    }
}

impl List for StuckListing {
    type Filters = LeadFilter;

    fn filters(&self) -> &LeadFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut LeadFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.own_filter().filter_pairs();
        pairs.extend(per_page_pair(self.per_page));
        pairs.extend(self.at.map(|at| ("at", at.0.to_string())));
        pairs.extend(self.position.pair(|cursor| cursor.to_param()));
        pairs.extend(offset_pair(self.offset));
        pairs
    }

    fn first_page(&self) -> StuckListing {
        StuckListing {
            at: None,
            position: PagePosition::First,
            offset: 0,
            ..self.clone()
        }
    }
}

/// A page of the list; past the end it is the first page.
pub fn stuck_page(conn: &mut Conn, stuck: &StuckListing, query: &LeadQuery) -> Result<StuckPage> {
    let at = stuck.at.unwrap_or(query.now);
    let limits = StatusLimits::new(&query.statuses, stuck.filter.status, query.now);
    let ranges = limits.ranges(&stuck.position, at);
    let mut rows = query.list_ranges(conn, &stuck.filter, &ranges, stuck.per_page + 1)?;
    rows.sort_by(|one, other| {
        let cursor = |lead| limits.cursor(lead);
        let order = cursor(one).compare(&cursor(other), at);
        match stuck.position.is_backward() {
            true => order.reverse(),
            false => order,
        }
    });
    let page = PageRows::cut(rows, &stuck.position, stuck.per_page);
    // The leads of this page changed, or fewer than a page come before: the first page shows what is left.
    let is_short = (stuck.position.is_backward() && !page.has_previous) || page.rows.is_empty();
    if is_short && !stuck.position.is_first() {
        return stuck_page(conn, &stuck.first_page(), query);
    }
    Ok(StuckPage {
        listing: stuck.clone(),
        at,
        page,
    })
}

impl StuckPage {
    /// The next page; `None` on the last one.
    pub fn next(&self, statuses: &[LeadStatus]) -> Option<StuckListing> {
        let last = self.page.rows.last().filter(|_| self.page.has_next)?;
        let position = PagePosition::After(self.cursor(last, statuses));
        Some(self.at_position(position, self.page.rows.len() as i64))
    }

    /// The previous page; `None` on the first one.
    pub fn previous(&self, statuses: &[LeadStatus]) -> Option<StuckListing> {
        let first = self.page.rows.first().filter(|_| self.page.has_previous)?;
        let position = PagePosition::Before(self.cursor(first, statuses));
        Some(self.at_position(position, -self.listing.per_page))
    }

    fn cursor(&self, lead: &Lead, statuses: &[LeadStatus]) -> StuckCursor {
        StatusLimits::new(statuses, Some(lead.status_id), self.at).cursor(lead)
    }

    fn at_position(&self, position: PagePosition<StuckCursor>, by: i64) -> StuckListing {
        StuckListing {
            at: Some(self.at),
            position,
            offset: (self.listing.offset + by).max(0),
            ..self.listing.clone()
        }
    }
}

/// The numbers of stuck leads in every status, whichever status the list shows, and of leads at risk.
pub fn stuck_counts(
    conn: &mut Conn,
    stuck: &StuckListing,
    query: &LeadQuery,
) -> Result<StuckCounts> {
    let mut any_status = stuck.listing();
    any_status.filter.status = None;
    let mut counts = StuckCounts::default();
    if !any_status.filter.unreadable.is_empty() {
        return Ok(counts);
    }
    if any_status.filter.has_counters() {
        for (id, overdue) in statuses::overdue_counts(conn, &query.statuses, query.now)? {
            counts.add(id, overdue.stuck, false);
            counts.at_risk += overdue.at_risk;
        }
        return Ok(counts);
    }
    let limits = StatusLimits::new(&query.statuses, None, query.now);
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

impl StuckCounts {
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
    pub fn reconcile(mut self, results: &StuckPage) -> StuckCounts {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    const AT: Timestamp = Timestamp(1_000 * DAY);

    fn read(query: &str) -> StuckListing {
        StuckListing::read(
            &Fields::from_urlencoded(query.as_bytes()).unwrap_or_default(),
            AT,
        )
    }

    #[test]
    fn a_url_holds_what_differs_from_the_default_and_round_trips() {
        for query in [
            "q=a&status=3&owner=me&source=Web&per=50&at=86400000000&after=5.10.7&n=20",
            "owner=none&at=5&before=5.10.7",
        ] {
            assert_eq!(read(query).url("/x"), format!("/x?{query}"));
        }
        for bad in [
            "after=5.10.7",
            "at=5&after=5.0.7",
            "at=5&after=-5.1.7",
            "at=9e3&n=4",
            "state=paused&bin=1",
        ] {
            assert_eq!(read(bad).url("/x"), "/x", "{bad}");
        }
        let future = format!("at={}&after=5.10.7", AT.0 + 1);
        assert_eq!(read(&future).position, PagePosition::First);
    }
}
