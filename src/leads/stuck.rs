//! The stuck list: all leads at or past their limit, by age ÷ limit, the worst first.

use std::collections::HashMap;

use super::place::Place;
use super::store::{self, Against, COUNTED, Letters, Slice};
use super::{Counted, Lead, Listing, State};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::{self, LeadStatus};
use crate::web::fields::Fields;
use crate::web::filters::Filtered;

/// Which page of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    #[default]
    First,
    After(Place),
    Before(Place),
}

/// The state of the stuck list as its URL says it. A bad place means its default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stuck {
    /// The filters; their state is always stuck.
    pub filters: Listing,
    /// The moment that the order is of, so that pages follow each other: limits differ, and with them how quickly
    /// leads rise. Nothing means now.
    pub at: Option<Timestamp>,
    pub turn: Turn,
    /// How many rows stand before this page, as far as the way here tells.
    pub seen: i64,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct StuckPage {
    pub stuck: Stuck,
    /// The moment that the order is of.
    pub at: Timestamp,
    pub rows: Vec<Lead>,
    pub has_earlier: bool,
    pub has_later: bool,
}

/// How many are stuck, in all and by status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StuckCounts {
    pub all: Counted,
    /// By status id; without those where nobody is stuck.
    pub by_status: HashMap<i64, Counted>,
    /// At risk, for those whom nothing is stuck for.
    pub at_risk: i64,
}

/// The statuses in which leads can be stuck, with their limits in days.
struct Limits(Vec<(i64, i64)>);

impl Limits {
    fn new(statuses: &[LeadStatus], only: Option<i64>, now: Timestamp) -> Limits {
        let of_list = statuses
            .iter()
            .filter(|status| only.is_none_or(|id| id == status.id));
        let limited = of_list.filter_map(|status| {
            status.cutoffs(now).stuck?;
            Some((status.id, i64::from(status.limit_days?.get())))
        });
        Limits(limited.collect())
    }

    /// Where a lead stands in the list.
    fn place(&self, lead: &Lead) -> Place {
        let found = self.0.iter().find(|(id, _)| *id == lead.status_id);
        Place {
            clock_from: lead.clock_from,
            limit: found.map_or(1, |(_, limit)| *limit),
            id: lead.id,
        }
    }

    /// The stretches of leads, one for each status, that the page of a turn is made of.
    fn slices(&self, turn: Turn, at: Timestamp) -> Vec<Slice> {
        let is_backward = matches!(turn, Turn::Before(_));
        let slice = |(status_id, limit): &(i64, i64)| Slice {
            status_id: *status_id,
            from: match turn {
                Turn::First => None,
                Turn::After(place) | Turn::Before(place) => {
                    Some(place.edge(*limit, at, is_backward))
                }
            },
            is_backward,
        };
        self.0.iter().map(slice).collect()
    }
}

impl Stuck {
    /// The list that an address describes, seen at `now`.
    pub fn read(fields: &Fields, now: Timestamp) -> Stuck {
        let filters = Listing {
            state: Some(State::Stuck),
            is_bin: false,
            ..Listing::read(fields).filters_alone()
        };
        let place = |name: &str| Place::parse(fields.text(name)?);
        let at = fields.text("at").and_then(|text| text.parse().ok());
        let at = at
            .map(Timestamp)
            .filter(|at| (Timestamp(0)..=now).contains(at));
        let turn = match (at, place("after"), place("before")) {
            (Some(_), Some(place), _) => Turn::After(place),
            (Some(_), None, Some(place)) => Turn::Before(place),
            _ => Turn::First,
        };
        let seen = fields.text("n").and_then(|text| text.parse().ok());
        let is_first = turn == Turn::First;
        Stuck {
            filters,
            at: at.filter(|_| !is_first),
            turn,
            seen: seen.filter(|_| !is_first).unwrap_or(0).max(0),
        }
    }

    /// The same list from its beginning, as of now.
    pub fn from_start(&self) -> Stuck {
        Stuck {
            filters: self.filters.clone(),
            ..Stuck::default()
        }
    }

    /// Name and value of the filters; the state goes without saying here.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let filters = Listing {
            state: None,
            ..self.filters.clone()
        };
        filters.filter_pairs()
    }

    /// The address of this list under `path`; defaults are left out.
    pub fn url(&self, path: &str) -> String {
        let mut pairs = self.filter_pairs();
        if self.filters.per != Listing::default().per {
            pairs.push(("per", self.filters.per.to_string()));
        }
        pairs.extend(self.at.map(|at| ("at", at.0.to_string())));
        match self.turn {
            Turn::First => {}
            Turn::After(place) => pairs.push(("after", place.to_word())),
            Turn::Before(place) => pairs.push(("before", place.to_word())),
        }
        if self.seen > 0 {
            pairs.push(("n", self.seen.to_string()));
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        match query.finish().as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// A page of the list; one past its end is its first one.
pub fn stuck_page(
    conn: &mut Conn,
    stuck: &Stuck,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<StuckPage> {
    let at = stuck.at.unwrap_or(now);
    let limits = Limits::new(statuses, stuck.filters.status, now);
    let is_backward = matches!(stuck.turn, Turn::Before(_));
    let wanted = limits.slices(stuck.turn, at);
    let per = usize::try_from(stuck.filters.per).unwrap_or(0);
    let letters = Letters::default();
    let against = Against::new(statuses, now, &letters);
    let limit = stuck.filters.per + 1;
    let mut rows = store::slices(conn, &stuck.filters, against, &wanted, limit)?;
    rows.sort_by(|one, other| {
        let place = |lead| limits.place(lead);
        let order = place(one).compare(&place(other), at);
        if is_backward { order.reverse() } else { order }
    });
    let is_more = rows.len() > per;
    rows.truncate(per);
    // Someone worked through the rest, or there is less than a page before: the beginning shows what is left.
    let is_short = (is_backward && !is_more) || rows.is_empty();
    if is_short && stuck.turn != Turn::First {
        return stuck_page(conn, &stuck.from_start(), statuses, now);
    }
    if is_backward {
        rows.reverse();
    }
    Ok(StuckPage {
        stuck: stuck.clone(),
        at,
        has_earlier: if is_backward {
            is_more
        } else {
            stuck.turn != Turn::First
        },
        has_later: is_backward || is_more,
        rows,
    })
}

impl StuckPage {
    /// The list from just after this page; nothing on the last one.
    pub fn later(&self, statuses: &[LeadStatus]) -> Option<Stuck> {
        let last = self.rows.last().filter(|_| self.has_later)?;
        let by = self.rows.len() as i64;
        Some(self.turned(Turn::After(self.place(last, statuses)), by))
    }

    /// The list from just before this page; nothing on the first one.
    pub fn earlier(&self, statuses: &[LeadStatus]) -> Option<Stuck> {
        let first = self.rows.first().filter(|_| self.has_earlier)?;
        let by = -self.stuck.filters.per;
        Some(self.turned(Turn::Before(self.place(first, statuses)), by))
    }

    fn place(&self, lead: &Lead, statuses: &[LeadStatus]) -> Place {
        Limits::new(statuses, Some(lead.status_id), self.at).place(lead)
    }

    fn turned(&self, turn: Turn, by: i64) -> Stuck {
        Stuck {
            filters: self.stuck.filters.clone(),
            at: Some(self.at),
            turn,
            seen: (self.stuck.seen + by).max(0),
        }
    }
}

/// How many are stuck by status, whichever status the list shows, and how many are at risk.
pub fn stuck_counts(
    conn: &mut Conn,
    stuck: &Stuck,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<StuckCounts> {
    let any = Listing {
        status: None,
        ..stuck.filters.clone()
    };
    let mut counts = StuckCounts::default();
    if !any.unreadable.is_empty() {
        return Ok(counts);
    }
    if any.is_plain() {
        for (id, waits) in statuses::waiting(conn, statuses, now)? {
            counts.add(id, waits.stuck, false);
            counts.at_risk += waits.at_risk;
        }
        return Ok(counts);
    }
    let limits = Limits::new(statuses, None, now);
    let ids: Vec<i64> = limits.0.iter().map(|(id, _)| *id).collect();
    let mut found: HashMap<i64, i64> = HashMap::new();
    let letters = Letters::default();
    let against = Against::new(statuses, now, &letters);
    for tally in store::tally(conn, &any, against, &ids, COUNTED)? {
        *found.entry(tally.status_id).or_default() += tally.leads;
    }
    for (id, count) in found {
        counts.add(id, count.min(COUNTED), count > COUNTED);
    }
    Ok(counts)
}

impl StuckCounts {
    fn add(&mut self, status_id: i64, count: i64, is_more: bool) {
        if count > 0 {
            self.by_status.insert(status_id, Counted { count, is_more });
        }
        self.all.count += count;
        self.all.is_more |= is_more;
    }

    /// How many the list itself shows: those of its status, or all.
    pub fn shown(&self, status: Option<i64>) -> Counted {
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

    fn read(query: &str) -> Stuck {
        Stuck::read(
            &Fields::from_urlencoded(query.as_bytes()).unwrap_or_default(),
            AT,
        )
    }

    #[test]
    fn the_url_says_what_differs_from_the_default_and_reads_back_the_same() {
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
        assert_eq!(read(&future).turn, Turn::First);
    }
}
