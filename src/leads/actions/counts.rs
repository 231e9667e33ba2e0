//! A page of a list, and how many leads the list has in all and by state.

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::domain::cursor::PagePosition;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::{Listing, SortKey};
use crate::leads::store;
use crate::leads::store::list::{ClockRow, ListContext};
use crate::statuses::State;
use crate::statuses::{self, LeadStatus, StatusStats};

/// The rows of one page, and whether others come before and after it.
#[derive(Debug, Clone)]
pub struct ResultPage {
    /// Its page position is one that has rows.
    pub listing: Listing,
    pub rows: Vec<Lead>,
    pub has_previous: bool,
    pub has_next: bool,
}

/// The number of leads of a list, or a lower bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BoundedCount {
    pub count: i64,
    /// There may be more: without counters, at most 5,000 leads are counted, and at most 300 of a search among many
    /// leads.
    pub is_lower_bound: bool,
}

impl BoundedCount {
    /// The count together with what a page shows: at least its rows, and exactly these if it is the only page.
    pub fn reconcile(self, page: &ResultPage) -> BoundedCount {
        let rows = page.rows.len() as i64;
        match self.is_lower_bound {
            false => self,
            true if !page.has_previous && !page.has_next => BoundedCount {
                count: rows,
                is_lower_bound: false,
            },
            true => BoundedCount {
                count: self.count.max(page.listing.offset + rows),
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
pub fn result_page(conn: &mut Conn, listing: &Listing, context: ListContext) -> Result<ResultPage> {
    let per = usize::try_from(listing.per_page).unwrap_or(0);
    let mut rows = store::list::page(conn, listing, context)?;
    let is_more = rows.len() > per;
    rows.truncate(per);
    let is_backward = listing.position.is_backward();
    let is_short = match listing.position {
        PagePosition::Before(_) => !is_more,
        PagePosition::After(_) => rows.is_empty(),
        PagePosition::First | PagePosition::Last => false,
    };
    if is_short {
        let turn = if is_backward {
            PagePosition::First
        } else {
            PagePosition::Last
        };
        let existing = Listing {
            position: turn,
            offset: 0,
            ..listing.clone()
        };
        return result_page(conn, &existing, context);
    }
    if is_backward {
        rows.reverse();
    }
    Ok(ResultPage {
        listing: listing.clone(),
        rows,
        has_previous: if is_backward {
            is_more
        } else {
            listing.position != PagePosition::First
        },
        has_next: if is_backward {
            listing.position != PagePosition::Last
        } else {
            is_more
        },
    })
}

impl ResultPage {
    /// A page without rows.
    pub fn empty(listing: &Listing) -> ResultPage {
        ResultPage {
            listing: listing.first_page(),
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
        }
    }

    /// The listing of the previous page; nothing on the first one.
    pub fn previous_listing(&self) -> Option<Listing> {
        let first = self.rows.first().filter(|_| self.has_previous)?;
        Some(self.at_position(
            PagePosition::Before(store::list::cursor_of(first, self.sort())),
            -self.listing.per_page,
        ))
    }

    /// The listing of the next page; nothing on the last one.
    pub fn next_listing(&self) -> Option<Listing> {
        let last = self.rows.last().filter(|_| self.has_next)?;
        Some(self.at_position(
            PagePosition::After(store::list::cursor_of(last, self.sort())),
            self.rows.len() as i64,
        ))
    }

    /// The counts from the rows of this page, if it shows the whole list and there are no counters for it.
    pub fn state_counts(&self, listing: &Listing, context: ListContext) -> Option<StateCounts> {
        let is_all = listing.state.is_none() && !self.has_previous && !self.has_next;
        (is_all && !listing.has_counters()).then(|| {
            let clock = |lead: &Lead| (lead.status_id, lead.clock_from, lead.paused_until);
            let rows: Vec<ClockRow> = self.rows.iter().map(clock).collect();
            counts_from_rows(listing, &rows, true, context)
        })
    }

    fn sort(&self) -> SortKey {
        self.listing.sort
    }

    fn at_position(&self, turn: PagePosition, by: i64) -> Listing {
        Listing {
            position: turn,
            offset: (self.listing.offset + by).max(0),
            ..self.listing.clone()
        }
    }
}

/// Counts the leads of a list by state, without its filter by state.
pub fn count_states(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
) -> Result<StateCounts> {
    let ListContext { statuses, now, .. } = context;
    let any_state = Listing {
        state: None,
        ..listing.first_page()
    };
    if listing.has_counters() {
        return counts_from_counters(conn, &any_state, statuses, now);
    }
    let count = count_entered(conn, &any_state, statuses)?;
    if let Some(count) = count.filter(|count| *count > store::list::COUNT_LIMIT) {
        let is_more = false;
        return Ok(StateCounts {
            total: BoundedCount {
                count,
                is_lower_bound: is_more,
            },
            ..StateCounts::default()
        });
    }
    let (rows, is_all) = store::list::clock_rows(conn, &any_state, context)?;
    Ok(counts_from_rows(listing, &rows, is_all, context))
}

/// The number of leads of a list that only status and days of entry narrow; nothing for another list.
pub fn count_entered(
    conn: &mut Conn,
    listing: &Listing,
    statuses: &[LeadStatus],
) -> Result<Option<i64>> {
    if !listing.has_entry_counters() || listing.state.is_some() || listing.is_bin {
        return Ok(None);
    }
    let days = listing.entered.day_numbers();
    statuses::count_entered(conn, &selected_statuses(listing, statuses), days).map(Some)
}

/// The statuses that a list is narrowed to.
fn selected_statuses(listing: &Listing, statuses: &[LeadStatus]) -> Vec<LeadStatus> {
    let is_selected = |status: &&LeadStatus| listing.status.is_none_or(|id| id == status.id);
    statuses.iter().filter(is_selected).cloned().collect()
}

fn counts_from_rows(
    listing: &Listing,
    rows: &[ClockRow],
    is_all: bool,
    context: ListContext,
) -> StateCounts {
    StateCounts {
        total: BoundedCount {
            count: rows.len() as i64,
            is_lower_bound: !is_all,
        },
        by_state: (is_all && !listing.is_bin).then(|| count_by_state(rows, context)),
        in_bin: None,
    }
}

/// The number of leads of a list with its filter by state, given its counts by state.
pub fn count_matching(
    conn: &mut Conn,
    listing: &Listing,
    counts: &StateCounts,
    context: ListContext,
) -> Result<BoundedCount> {
    let Some(state) = listing.state else {
        return Ok(counts.total);
    };
    if let Some(count) = counts.get(state) {
        let is_more = false;
        return Ok(BoundedCount {
            count,
            is_lower_bound: is_more,
        });
    }
    let (rows, is_all) = store::list::clock_rows(conn, listing, context)?;
    Ok(BoundedCount {
        count: rows.len() as i64,
        is_lower_bound: !is_all,
    })
}

fn count_by_state(rows: &[ClockRow], ListContext { statuses, now, .. }: ListContext) -> [i64; 4] {
    let mut states = [0; 4];
    for (status_id, clock_from, paused_until) in rows {
        let status = statuses.iter().find(|status| status.id == *status_id);
        let state = status.map(|status| status.cutoffs(now).state(*clock_from, *paused_until));
        match state {
            Some(State::OnTrack) => states[0] += 1,
            Some(State::AtRisk) => states[1] += 1,
            Some(State::Stuck) => states[2] += 1,
            Some(State::Paused) => states[3] += 1,
            Some(State::None) | None => {}
        }
    }
    states
}

fn counts_from_counters(
    conn: &mut Conn,
    listing: &Listing,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<StateCounts> {
    let selected = selected_statuses(listing, statuses);
    let occupancy = statuses::stats(conn, &selected, now)?;
    let sum = |of: fn(&StatusStats) -> i64| occupancy.values().map(of).sum::<i64>();
    let in_bin = sum(|status| status.totals.in_bin);
    if listing.is_bin {
        let all = BoundedCount {
            count: in_bin,
            is_lower_bound: false,
        };
        return Ok(StateCounts {
            total: all,
            by_state: None,
            in_bin: Some(in_bin),
        });
    }
    let open: Vec<&LeadStatus> = selected
        .iter()
        .filter(|status| status.cutoffs(now).state(now, None) != State::None)
        .collect();
    let in_open = open.iter().filter_map(|status| occupancy.get(&status.id));
    let in_open: i64 = in_open.map(|status| status.totals.leads).sum();
    let (at_risk, stuck, paused) = (sum(|o| o.at_risk), sum(|o| o.stuck), sum(|o| o.paused));
    let all = BoundedCount {
        count: sum(|status| status.totals.leads),
        is_lower_bound: false,
    };
    Ok(StateCounts {
        total: all,
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
            rows: vec![lead(1, "Ana"); 3],
            has_previous: seen > 0,
            has_next: has_later,
        };
        assert_eq!(bound(0).reconcile(&page(true, 0)), bound(3));
        assert_eq!(bound(0).reconcile(&page(true, 20)), bound(23));
        assert_eq!(bound(168).reconcile(&page(true, 20)), bound(168));
        let exact = BoundedCount {
            count: 3,
            is_lower_bound: false,
        };
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
