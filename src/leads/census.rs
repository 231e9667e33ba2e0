//! A page of a list, and how many leads the list has in all and by how they stand.

use super::listing::{Listing, SortKey, Turn};
use super::store::{self, Against, Standing};
use super::{Lead, State};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::{self, LeadStatus, Occupancy};

/// The rows of one page.
#[derive(Debug, Clone)]
pub struct Pageful {
    /// With the turn that leads to a page with rows.
    pub listing: Listing,
    pub rows: Vec<Lead>,
    pub has_earlier: bool,
    pub has_later: bool,
}

/// How many leads a list has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: i64,
    /// There may be more: nobody counts further than 5,000 where the counters don't know, or looks at more than 300 of a
    /// search among many leads.
    pub is_more: bool,
}

impl Counted {
    /// What a page of the list adds to that: its leads are there, whoever stopped counting before them, and a page
    /// without others before or after it is all there is.
    pub fn beside(self, pageful: &Pageful) -> Counted {
        let rows = pageful.rows.len() as i64;
        match self.is_more {
            false => self,
            true if !pageful.has_earlier && !pageful.has_later => Counted {
                count: rows,
                is_more: false,
            },
            true => Counted {
                count: self.count.max(pageful.listing.seen + rows),
                is_more: true,
            },
        }
    }
}

/// How many leads a list would have without its filter by state, in all and by how they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    pub all: Counted,
    /// On track, at risk, stuck, paused; nothing where there are too many to look at each.
    pub states: Option<[i64; 4]>,
    /// In the bin, where the counters know it.
    pub bin: Option<i64>,
}

impl Census {
    /// How many stand so.
    pub fn of(&self, state: State) -> Option<i64> {
        let [on_track, at_risk, stuck, paused] = self.states?;
        match state {
            State::OnTrack => Some(on_track),
            State::AtRisk => Some(at_risk),
            State::Stuck => Some(stuck),
            State::Paused => Some(paused),
            State::None => None,
        }
    }

    /// What is known once the list itself, with its filter by state, has been counted beside its page.
    pub fn beside(self, state: Option<State>, total: Counted) -> Census {
        let all = match (state, self.all) {
            (None, _) => total,
            (Some(_), all) if all.is_more => Counted {
                count: all.count.max(total.count),
                ..all
            },
            (Some(_), all) => all,
        };
        Census { all, ..self }
    }
}

/// The page of a list; one past the end is the last one, one before the beginning the first.
pub fn pageful(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Pageful> {
    let per = usize::try_from(listing.per).unwrap_or(0);
    let mut rows = store::page(conn, listing, against)?;
    let is_more = rows.len() > per;
    rows.truncate(per);
    let is_backward = listing.turn.is_backward();
    let is_short = match listing.turn {
        Turn::Before(_) => !is_more,
        Turn::After(_) => rows.is_empty(),
        Turn::First | Turn::Last => false,
    };
    if is_short {
        let turn = if is_backward { Turn::First } else { Turn::Last };
        let elsewhere = Listing {
            turn,
            seen: 0,
            ..listing.clone()
        };
        return pageful(conn, &elsewhere, against);
    }
    if is_backward {
        rows.reverse();
    }
    Ok(Pageful {
        listing: listing.clone(),
        rows,
        has_earlier: if is_backward {
            is_more
        } else {
            listing.turn != Turn::First
        },
        has_later: if is_backward {
            listing.turn != Turn::Last
        } else {
            is_more
        },
    })
}

impl Pageful {
    /// A page without rows.
    pub fn none(listing: &Listing) -> Pageful {
        Pageful {
            listing: listing.from_start(),
            rows: Vec::new(),
            has_earlier: false,
            has_later: false,
        }
    }

    /// The list from just before this page; nothing on the first one.
    pub fn earlier(&self) -> Option<Listing> {
        let first = self.rows.first().filter(|_| self.has_earlier)?;
        Some(self.turned(
            Turn::Before(store::mark(first, self.sort())),
            -self.listing.per,
        ))
    }

    /// The list from just after this page; nothing on the last one.
    pub fn later(&self) -> Option<Listing> {
        let last = self.rows.last().filter(|_| self.has_later)?;
        Some(self.turned(
            Turn::After(store::mark(last, self.sort())),
            self.rows.len() as i64,
        ))
    }

    /// How many leads the list has, where this page shows all there are and the counters don't know better.
    pub fn census(&self, listing: &Listing, against: Against) -> Option<Census> {
        let is_all = listing.state.is_none() && !self.has_earlier && !self.has_later;
        (is_all && !listing.is_plain()).then(|| {
            let standing = |lead: &Lead| (lead.status_id, lead.clock_from, lead.paused_until);
            let shown: Vec<Standing> = self.rows.iter().map(standing).collect();
            counted(listing, &shown, true, against)
        })
    }

    fn sort(&self) -> SortKey {
        self.listing.sort
    }

    fn turned(&self, turn: Turn, by: i64) -> Listing {
        Listing {
            turn,
            seen: (self.listing.seen + by).max(0),
            ..self.listing.clone()
        }
    }
}

/// How many leads the list has, whatever its filter by state.
pub fn census(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Census> {
    let Against { statuses, now, .. } = against;
    let any = Listing {
        state: None,
        ..listing.from_start()
    };
    if listing.is_plain() {
        return counted_by_counters(conn, &any, statuses, now);
    }
    let known = entered(conn, &any, statuses)?;
    if let Some(count) = known.filter(|count| *count > store::COUNTED) {
        let is_more = false;
        return Ok(Census {
            all: Counted { count, is_more },
            ..Census::default()
        });
    }
    let (found, is_all) = store::standings(conn, &any, against)?;
    Ok(counted(listing, &found, is_all, against))
}

/// How many leads a list has that nothing but status and days of entry narrow; nothing for another list.
pub fn entered(conn: &mut Conn, listing: &Listing, statuses: &[LeadStatus]) -> Result<Option<i64>> {
    if !listing.is_by_entry() || listing.state.is_some() || listing.is_bin {
        return Ok(None);
    }
    let days = listing.entered.days();
    statuses::entered(conn, &of_list(listing, statuses), days).map(Some)
}

/// The statuses whose leads a list may have.
fn of_list(listing: &Listing, statuses: &[LeadStatus]) -> Vec<LeadStatus> {
    let is_meant = |status: &&LeadStatus| listing.status.is_none_or(|id| id == status.id);
    statuses.iter().filter(is_meant).cloned().collect()
}

fn counted(listing: &Listing, found: &[Standing], is_all: bool, against: Against) -> Census {
    Census {
        all: Counted {
            count: found.len() as i64,
            is_more: !is_all,
        },
        states: (is_all && !listing.is_bin).then(|| tally(found, against)),
        bin: None,
    }
}

/// How many leads the list itself has, with its filter by state, given its census.
pub fn total(
    conn: &mut Conn,
    listing: &Listing,
    census: &Census,
    against: Against,
) -> Result<Counted> {
    let Some(state) = listing.state else {
        return Ok(census.all);
    };
    if let Some(count) = census.of(state) {
        let is_more = false;
        return Ok(Counted { count, is_more });
    }
    let (found, is_all) = store::standings(conn, listing, against)?;
    Ok(Counted {
        count: found.len() as i64,
        is_more: !is_all,
    })
}

fn tally(found: &[Standing], Against { statuses, now, .. }: Against) -> [i64; 4] {
    let mut states = [0; 4];
    for (status_id, clock_from, paused_until) in found {
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

fn counted_by_counters(
    conn: &mut Conn,
    listing: &Listing,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<Census> {
    let shown = of_list(listing, statuses);
    let occupied = statuses::occupancy(conn, &shown, now)?;
    let sum = |of: fn(&Occupancy) -> i64| occupied.values().map(of).sum::<i64>();
    let in_bin = sum(|there| there.head.in_bin);
    if listing.is_bin {
        let all = Counted {
            count: in_bin,
            is_more: false,
        };
        return Ok(Census {
            all,
            states: None,
            bin: Some(in_bin),
        });
    }
    let open: Vec<&LeadStatus> = shown
        .iter()
        .filter(|status| status.cutoffs(now).state(now, None) != State::None)
        .collect();
    let in_open = open.iter().filter_map(|status| occupied.get(&status.id));
    let in_open: i64 = in_open.map(|there| there.head.leads).sum();
    let (at_risk, stuck, paused) = (sum(|o| o.at_risk), sum(|o| o.stuck), sum(|o| o.paused));
    let all = Counted {
        count: sum(|there| there.head.leads),
        is_more: false,
    };
    Ok(Census {
        all,
        states: Some([in_open - at_risk - stuck - paused, at_risk, stuck, paused]),
        bin: Some(in_bin),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::lead::tests::lead;

    #[test]
    fn a_bound_is_never_below_what_a_page_shows() {
        let bound = |count| Counted {
            count,
            is_more: true,
        };
        let page = |has_later, seen| Pageful {
            listing: Listing {
                seen,
                ..Listing::default()
            },
            rows: vec![lead(1, "Ana"); 3],
            has_earlier: seen > 0,
            has_later,
        };
        assert_eq!(bound(0).beside(&page(true, 0)), bound(3));
        assert_eq!(bound(0).beside(&page(true, 20)), bound(23));
        assert_eq!(bound(168).beside(&page(true, 20)), bound(168));
        let exact = Counted {
            count: 3,
            is_more: false,
        };
        assert_eq!(bound(1).beside(&page(false, 0)), exact);
        let census = Census {
            all: bound(1),
            bin: None,
            states: None,
        };
        assert_eq!(census.beside(Some(State::Stuck), exact).all, bound(3));
        assert_eq!(census.beside(None, exact).all, exact);
    }
}
