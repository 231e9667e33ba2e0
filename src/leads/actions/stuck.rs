//! The stuck list: all leads at or past their limit, the greatest age ÷ limit first.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::BoundedCount;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::stuck_cursor::StuckCursor;
use crate::leads::store;
use crate::leads::store::list::{COUNT_LIMIT, ListContext};
use crate::leads::store::status_ranges::StatusRange;
use crate::leads::store::trigram::TrigramSearch;
use crate::records::fields::Fields;
use crate::records::filters::Filtered;
use crate::statuses::State;
use crate::statuses::{self, LeadStatus};

/// Which page of the list to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StuckPosition {
    #[default]
    First,
    After(StuckCursor),
    Before(StuckCursor),
}

/// The stuck list as its URL describes it. An invalid value means the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StuckListing {
    /// The filters; the state is always stuck.
    pub filters: Listing,
    /// The moment at which the list is ordered, so that pages fit together: each limit changes the ratio at another
    /// rate. `None` means now.
    pub at: Option<Timestamp>,
    pub position: StuckPosition,
    /// The number of rows before this page, or 0 if the URL doesn't say.
    pub offset: i64,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct StuckPage {
    pub listing: StuckListing,
    /// The moment that the order is of.
    pub at: Timestamp,
    pub rows: Vec<Lead>,
    pub has_previous: bool,
    pub has_next: bool,
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
    fn ranges(&self, position: StuckPosition, at: Timestamp) -> Vec<StatusRange> {
        let is_backward = matches!(position, StuckPosition::Before(_));
        let slice = |(status_id, limit): &(i64, i64)| StatusRange {
            status_id: *status_id,
            from: match position {
                StuckPosition::First => None,
                StuckPosition::After(cursor) | StuckPosition::Before(cursor) => {
                    Some(cursor.seek_bound(*limit, at, is_backward))
                }
            },
            is_backward,
        };
        self.0.iter().map(slice).collect()
    }
}

impl StuckListing {
    /// Reads the list from the query of a URL.
    pub fn read(fields: &Fields, now: Timestamp) -> StuckListing {
        let filters = Listing {
            state: Some(State::Stuck),
            is_bin: false,
            ..Listing::read(fields).only_filters()
        };
        let cursor = |name: &str| StuckCursor::parse(fields.text(name)?);
        let at = fields.text("at").and_then(|text| text.parse().ok());
        let at = at
            .map(Timestamp)
            .filter(|at| (Timestamp(0)..=now).contains(at));
        let position = match (at, cursor("after"), cursor("before")) {
            (Some(_), Some(cursor), _) => StuckPosition::After(cursor),
            (Some(_), None, Some(cursor)) => StuckPosition::Before(cursor),
            _ => StuckPosition::First,
        };
        let seen = fields.text("n").and_then(|text| text.parse().ok());
        let is_first = position == StuckPosition::First;
        StuckListing {
            filters,
            at: at.filter(|_| !is_first),
            position,
            offset: seen.filter(|_| !is_first).unwrap_or(0).max(0),
        }
    }

    /// The first page of this list, as of now.
    pub fn first_page(&self) -> StuckListing {
        StuckListing {
            filters: self.filters.clone(),
            ..StuckListing::default()
        }
    }

    /// Name and value of the filters, without the state.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let filters = Listing {
            state: None,
            ..self.filters.clone()
        };
        filters.filter_pairs()
    }

    /// The URL of this list under `path`, without defaults.
    pub fn url(&self, path: &str) -> String {
        let mut pairs = self.filter_pairs();
        if self.filters.per_page != Listing::default().per_page {
            pairs.push(("per", self.filters.per_page.to_string()));
        }
        pairs.extend(self.at.map(|at| ("at", at.0.to_string())));
        match self.position {
            StuckPosition::First => {}
            StuckPosition::After(cursor) => pairs.push(("after", cursor.to_param())),
            StuckPosition::Before(cursor) => pairs.push(("before", cursor.to_param())),
        }
        if self.offset > 0 {
            pairs.push(("n", self.offset.to_string()));
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        match query.finish().as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// A page of the list; past the end it is the first page.
pub fn stuck_page(
    conn: &mut Conn,
    stuck: &StuckListing,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<StuckPage> {
    let at = stuck.at.unwrap_or(now);
    let limits = StatusLimits::new(statuses, stuck.filters.status, now);
    let is_backward = matches!(stuck.position, StuckPosition::Before(_));
    let ranges = limits.ranges(stuck.position, at);
    let per = usize::try_from(stuck.filters.per_page).unwrap_or(0);
    let trigrams = TrigramSearch::default();
    let context = ListContext::new(statuses, now, &trigrams);
    let limit = stuck.filters.per_page + 1;
    let mut rows =
        store::status_ranges::list_ranges(conn, &stuck.filters, context, &ranges, limit)?;
    rows.sort_by(|one, other| {
        let cursor = |lead| limits.cursor(lead);
        let order = cursor(one).compare(&cursor(other), at);
        if is_backward { order.reverse() } else { order }
    });
    let is_more = rows.len() > per;
    rows.truncate(per);
    // The leads of this page changed, or fewer than a page come before: the first page shows what is left.
    let is_short = (is_backward && !is_more) || rows.is_empty();
    if is_short && stuck.position != StuckPosition::First {
        return stuck_page(conn, &stuck.first_page(), statuses, now);
    }
    if is_backward {
        rows.reverse();
    }
    Ok(StuckPage {
        listing: stuck.clone(),
        at,
        has_previous: if is_backward {
            is_more
        } else {
            stuck.position != StuckPosition::First
        },
        has_next: is_backward || is_more,
        rows,
    })
}

impl StuckPage {
    /// The next page; `None` on the last one.
    pub fn next(&self, statuses: &[LeadStatus]) -> Option<StuckListing> {
        let last = self.rows.last().filter(|_| self.has_next)?;
        let by = self.rows.len() as i64;
        Some(self.at_position(StuckPosition::After(self.cursor(last, statuses)), by))
    }

    /// The previous page; `None` on the first one.
    pub fn previous(&self, statuses: &[LeadStatus]) -> Option<StuckListing> {
        let first = self.rows.first().filter(|_| self.has_previous)?;
        let by = -self.listing.filters.per_page;
        Some(self.at_position(StuckPosition::Before(self.cursor(first, statuses)), by))
    }

    fn cursor(&self, lead: &Lead, statuses: &[LeadStatus]) -> StuckCursor {
        StatusLimits::new(statuses, Some(lead.status_id), self.at).cursor(lead)
    }

    fn at_position(&self, position: StuckPosition, by: i64) -> StuckListing {
        StuckListing {
            filters: self.listing.filters.clone(),
            at: Some(self.at),
            position,
            offset: (self.listing.offset + by).max(0),
        }
    }
}

/// The numbers of stuck leads in every status, whichever status the list shows, and of leads at risk.
pub fn stuck_counts(
    conn: &mut Conn,
    stuck: &StuckListing,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<StuckCounts> {
    let any_status = Listing {
        status: None,
        ..stuck.filters.clone()
    };
    let mut counts = StuckCounts::default();
    if !any_status.unreadable.is_empty() {
        return Ok(counts);
    }
    if any_status.has_counters() {
        for (id, overdue) in statuses::overdue_counts(conn, statuses, now)? {
            counts.add(id, overdue.stuck, false);
            counts.at_risk += overdue.at_risk;
        }
        return Ok(counts);
    }
    let limits = StatusLimits::new(statuses, None, now);
    let ids: Vec<i64> = limits.0.iter().map(|(id, _)| *id).collect();
    let mut counts_by_status: HashMap<i64, i64> = HashMap::new();
    let trigrams = TrigramSearch::default();
    let context = ListContext::new(statuses, now, &trigrams);
    for tally in
        store::status_ranges::aggregate_by_status(conn, &any_status, context, &ids, COUNT_LIMIT)?
    {
        *counts_by_status.entry(tally.status_id).or_default() += tally.leads;
    }
    for (id, count) in counts_by_status {
        counts.add(id, count.min(COUNT_LIMIT), count > COUNT_LIMIT);
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
            Some(id) => self.by_status.get(&id).copied().unwrap_or_default(),
            None => self.all,
        }
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
        assert_eq!(read(&future).position, StuckPosition::First);
    }
}
