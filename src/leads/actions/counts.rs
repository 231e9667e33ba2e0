//! A page of a list, and how many leads the list has in all and by state.

use std::time::Duration;

use crate::db::{Conn, attempt_within};
use crate::error::Result;
use crate::leads::domain::cursor::Cursor;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::counts::{COUNT_LIMIT, MatchCount, StateColumns, is_large};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::cursor_of;
use crate::records::list::{List, PagePosition, PageRows};
use crate::statuses::{self, LeadStatus, State, StatusCounts};

/// The time that a page has to count leads; after it, the page is shown without the counts. A list takes 50 ms at most.
const COUNT_TIME: Duration = Duration::from_millis(25);

/// The result of `work`; nothing if there are many leads and it takes too long. Few leads are counted in a millisecond,
/// without a time limit, so that their counts don't depend on how busy the machine is.
pub fn count_in_time<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<Option<T>> {
    match is_large(conn)? {
        true => attempt_within(conn, COUNT_TIME, work),
        false => work(conn).map(Some),
    }
}

/// The rows of one page, and the list at a position that has rows.
#[derive(Debug, Clone)]
pub struct ResultPage {
    pub listing: Listing,
    pub page: PageRows<Lead>,
}

/// The number of leads of a list, or a lower bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoundedCount {
    pub count: i64,
    /// There may be more: without counters, leads are counted up to a limit of the page, and not at all if that takes too
    /// long.
    pub is_lower_bound: bool,
}

impl BoundedCount {
    /// There may be any number.
    pub fn unknown() -> BoundedCount {
        BoundedCount {
            count: 0,
            is_lower_bound: true,
        }
    }

    /// This number and no more.
    pub fn exact(count: i64) -> BoundedCount {
        BoundedCount {
            count,
            is_lower_bound: false,
        }
    }

    /// This number or more.
    pub fn at_least(count: i64) -> BoundedCount {
        BoundedCount {
            count,
            is_lower_bound: true,
        }
    }

    /// The count together with what a page shows: at least its rows, and exactly these if it is the only page.
    pub fn reconcile(self, results: &ResultPage) -> BoundedCount {
        let rows = results.page.rows.len() as i64;
        match self.is_lower_bound {
            false => self,
            true if results.page.is_whole() => BoundedCount::exact(rows),
            true => BoundedCount {
                count: self.count.max(results.listing.offset + rows),
                is_lower_bound: true,
            },
        }
    }
}

/// The number of leads of a list without its filter by state: in all and by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StateCounts {
    pub total: BoundedCount,
    /// On track, at risk, stuck, paused; nothing if there are too many leads to read each.
    pub by_state: Option<[i64; 4]>,
    /// In the bin, if the counters know it.
    pub in_bin: Option<i64>,
}

impl StateCounts {
    /// The number of leads in a state.
    pub fn get(&self, state: State) -> Option<i64> {
        let [on_track, at_risk, stuck, paused] = self.by_state?;
        match state {
            State::OnTrack => Some(on_track),
            State::AtRisk => Some(at_risk),
            State::Stuck => Some(stuck),
            State::Paused => Some(paused),
            State::None => None,
        }
    }

    /// The counts together with the number of leads of the list with its filter by state.
    pub fn with_total(self, state: Option<State>, total: BoundedCount) -> StateCounts {
        let all = match (state, self.total) {
            (None, _) => total,
            (Some(_), all) if all.is_lower_bound => BoundedCount {
                count: all.count.max(total.count),
                ..all
            },
            (Some(_), all) => all,
        };
        StateCounts { total: all, ..self }
    }
}

/// Reads a page of a list. Past the end it is the last page, before the beginning the first.
pub fn result_page(conn: &mut Conn, listing: &Listing, query: &LeadQuery) -> Result<ResultPage> {
    let rows = query.page(conn, listing)?;
    let page = PageRows::cut(rows, &listing.position, listing.per_page);
    let position = match listing.position {
        PagePosition::Before(_) if !page.has_previous => PagePosition::First,
        PagePosition::After(_) if page.rows.is_empty() => PagePosition::Last,
        _ => {
            return Ok(ResultPage {
                listing: listing.clone(),
                page,
            });
        }
    };
    let existing = Listing {
        position,
        ..listing.first_page()
    };
    result_page(conn, &existing, query)
}

impl ResultPage {
    /// A page without rows.
    pub fn empty(listing: &Listing) -> ResultPage {
        ResultPage {
            listing: listing.first_page(),
            page: PageRows::default(),
        }
    }

    /// The listing of the previous page; nothing on the first one.
    pub fn previous_listing(&self) -> Option<Listing> {
        let first = self.page.rows.first().filter(|_| self.page.has_previous)?;
        let position = PagePosition::Before(self.cursor(first));
        Some(self.listing.at_position(position, -self.listing.per_page))
    }

    /// The listing of the next page; nothing on the last one.
    pub fn next_listing(&self) -> Option<Listing> {
        let last = self.page.rows.last().filter(|_| self.page.has_next)?;
        let position = PagePosition::After(self.cursor(last));
        Some(
            self.listing
                .at_position(position, self.page.rows.len() as i64),
        )
    }

    fn cursor(&self, lead: &Lead) -> Cursor {
        cursor_of(lead, self.listing.sort.key)
    }

    /// The counts from the rows of this page, if it shows the whole list and there are no counters for it.
    pub fn state_counts(&self, filter: &LeadFilter, query: &LeadQuery) -> Option<StateCounts> {
        let is_all = filter.state.is_none() && self.page.is_whole();
        (is_all && !filter.has_counters()).then(|| {
            let columns = |lead: &Lead| (lead.status_id, lead.clock_from, lead.paused_until);
            let rows: Vec<StateColumns> = self.page.rows.iter().map(columns).collect();
            counts_from_rows(filter, &rows, query)
        })
    }
}

/// Counts the leads of a list by state, without its filter by state.
pub fn count_states(conn: &mut Conn, listing: &Listing, query: &LeadQuery) -> Result<StateCounts> {
    let filter = &listing.filter;
    if filter.has_counters() {
        return counts_from_counters(conn, filter, query);
    }
    let mut any_state = listing.first_page();
    any_state.filter.state = None;
    let count = count_entered(conn, &any_state.filter, query)?;
    if let Some(count) = count.filter(|count| *count > COUNT_LIMIT) {
        return Ok(StateCounts {
            total: BoundedCount::exact(count),
            ..StateCounts::default()
        });
    }
    let count = count_in_time(conn, |conn| query.count_matches(conn, &any_state.filter))?;
    Ok(match count.unwrap_or(MatchCount::AtLeast(0)) {
        MatchCount::All(rows) => counts_from_rows(filter, &rows, query),
        MatchCount::AtLeast(count) => StateCounts {
            total: BoundedCount::at_least(count),
            ..StateCounts::default()
        },
    })
}

/// The number of leads of a list that only status and days of entry narrow; nothing for another list.
pub fn count_entered(
    conn: &mut Conn,
    filter: &LeadFilter,
    query: &LeadQuery,
) -> Result<Option<i64>> {
    if !filter.has_entry_counters() || filter.state.is_some() || filter.is_in_bin {
        return Ok(None);
    }
    let days = filter.entered.day_numbers();
    let selected: Vec<LeadStatus> = query.selected_statuses(filter.status).cloned().collect();
    statuses::count_entered(conn, &selected, days).map(Some)
}

fn counts_from_rows(filter: &LeadFilter, rows: &[StateColumns], query: &LeadQuery) -> StateCounts {
    StateCounts {
        total: BoundedCount::exact(rows.len() as i64),
        by_state: (!filter.is_in_bin).then(|| count_by_state(rows, query)),
        in_bin: None,
    }
}

/// The number of leads of a list with its filter by state, given its counts by state.
pub fn count_matching(
    conn: &mut Conn,
    listing: &Listing,
    counts: &StateCounts,
    query: &LeadQuery,
) -> Result<BoundedCount> {
    let Some(state) = listing.filter.state else {
        return Ok(counts.total);
    };
    if let Some(count) = counts.get(state) {
        return Ok(BoundedCount::exact(count));
    }
    let count = count_in_time(conn, |conn| query.count_matches(conn, &listing.filter))?;
    Ok(match count.unwrap_or(MatchCount::AtLeast(0)) {
        MatchCount::All(rows) => BoundedCount::exact(rows.len() as i64),
        MatchCount::AtLeast(count) => BoundedCount::at_least(count),
    })
}

fn count_by_state(rows: &[StateColumns], query: &LeadQuery) -> [i64; 4] {
    let mut states = [0; 4];
    for (status_id, clock_from, paused_until) in rows {
        match query.state(*status_id, *clock_from, *paused_until) {
            State::OnTrack => states[0] += 1,
            State::AtRisk => states[1] += 1,
            State::Stuck => states[2] += 1,
            State::Paused => states[3] += 1,
            State::None => {}
        }
    }
    states
}

fn counts_from_counters(
    conn: &mut Conn,
    filter: &LeadFilter,
    query: &LeadQuery,
) -> Result<StateCounts> {
    let selected: Vec<LeadStatus> = query.selected_statuses(filter.status).cloned().collect();
    let counts = statuses::counts(conn, &selected, query.now)?;
    let sum = |of: fn(&StatusCounts) -> i64| counts.values().map(of).sum::<i64>();
    let in_bin = sum(|status| status.totals.in_bin);
    if filter.is_in_bin {
        return Ok(StateCounts {
            total: BoundedCount::exact(in_bin),
            by_state: None,
            in_bin: Some(in_bin),
        });
    }
    let is_open =
        |status: &&LeadStatus| status.cutoffs(query.now).state(query.now, None) != State::None;
    let open = selected.iter().filter(is_open);
    let in_open = open.filter_map(|status| counts.get(&status.id));
    let in_open: i64 = in_open.map(|status| status.totals.leads).sum();
    let (at_risk, stuck, paused) = (sum(|s| s.at_risk), sum(|s| s.stuck), sum(|s| s.paused));
    Ok(StateCounts {
        total: BoundedCount::exact(sum(|status| status.totals.leads)),
        by_state: Some([in_open - at_risk - stuck - paused, at_risk, stuck, paused]),
        in_bin: Some(in_bin),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::tests::lead;

    #[test]
    fn a_bound_is_never_below_what_a_page_shows() {
        let bound = |count| BoundedCount {
            count,
            is_lower_bound: true,
        };
        let page = |has_later, seen| ResultPage {
            listing: Listing {
                offset: seen,
                ..Listing::default()
            },
            page: PageRows {
                rows: vec![lead(1, "Ana"); 3],
                has_previous: seen > 0,
                has_next: has_later,
            },
        };
        assert_eq!(bound(0).reconcile(&page(true, 0)), bound(3));
        assert_eq!(bound(0).reconcile(&page(true, 20)), bound(23));
        assert_eq!(bound(168).reconcile(&page(true, 20)), bound(168));
        let exact = BoundedCount::exact(3);
        assert_eq!(bound(1).reconcile(&page(false, 0)), exact);
        let counts = StateCounts {
            total: bound(1),
            in_bin: None,
            by_state: None,
        };
        assert_eq!(counts.with_total(Some(State::Stuck), exact).total, bound(3));
        assert_eq!(counts.with_total(None, exact).total, exact);
    }
}
