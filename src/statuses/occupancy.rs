//! Which leads are in a status now: how many, worth how much, how long they have been there.

use std::collections::{BTreeMap, HashMap};

use super::ages::{self, Aged, Ages};
use super::{Cutoffs, Kind, LeadStatus, store};
use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::error::Result;

/// How many leads are in one status, and worth how much.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Headcount {
    pub leads: i64,
    /// Leads in the bin that would come back into this status.
    pub in_bin: i64,
    /// The sum of the values of `leads` by currency, in minor units; only sums that are not zero, the largest first.
    pub sums: Vec<(String, i64)>,
}

/// The leads of one status at one moment; without those in the bin, but in the head count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Occupancy {
    pub head: Headcount,
    pub at_risk: i64,
    pub stuck: i64,
    pub paused: i64,
    /// Half of them have been here for at most this many whole days; nothing where no one waits.
    pub median_days: Option<i64>,
    pub ages: Ages,
}

/// How many leads of one status are past its target and past its limit; those that are set aside are neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    pub at_risk: i64,
    pub stuck: i64,
}

/// Leads of one status whose clock counts from this cutoff or from before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub status_id: i64,
    pub cutoff: Timestamp,
}

/// The day of an instant, counted from 1970.
pub(super) fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY)
}

impl LeadStatus {
    /// The instants before which its leads are at risk and stuck.
    pub fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        Cutoffs::new(self.kind, self.target_days, self.limit_days, now)
    }
}

/// How many leads are in each status, by status id; a status without any may be missing.
pub fn headcounts(conn: &mut Conn) -> Result<HashMap<i64, Headcount>> {
    let mut found: HashMap<i64, Headcount> = HashMap::new();
    for total in store::totals(conn)? {
        let head = found.entry(total.status_id).or_default();
        match total.is_deleted {
            true => head.in_bin += total.leads,
            false => head.add(total.currency, total.leads, total.value_cents),
        }
    }
    Ok(found)
}

/// How many leads are in one status.
pub fn headcount_of(conn: &mut Conn, id: i64) -> Result<Headcount> {
    Ok(headcounts(conn)?.remove(&id).unwrap_or_default())
}

/// The leads in each of these statuses, by status id.
pub fn occupancy(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, Occupancy>> {
    let mut heads = headcounts(conn)?;
    let mut waits = waiting(conn, statuses, now)?;
    let of_kinds = |kinds: &[Kind]| -> Vec<i64> {
        let of_kind = statuses
            .iter()
            .filter(|status| kinds.contains(&status.kind));
        of_kind.map(|status| status.id).collect()
    };
    let waiting_in = of_kinds(&[Kind::Open, Kind::Paused]).into_iter();
    let total = |id: i64| (id, heads.get(&id).map_or(0, |head| head.leads));
    let mut aged = ages::aged(conn, &waiting_in.map(total).collect::<Vec<_>>(), now)?;
    let asleep = store::asleep(conn, &of_kinds(&[Kind::Open]), day(now))?;
    let occupied = |status: &LeadStatus| {
        let id = status.id;
        let (waiting, aged) = (waits.remove(&id).unwrap_or_default(), aged.remove(&id));
        let Aged { ages, median_days } = aged.unwrap_or_default();
        let occupancy = Occupancy {
            head: heads.remove(&id).unwrap_or_default(),
            at_risk: waiting.at_risk,
            stuck: waiting.stuck,
            paused: asleep.get(&id).copied().unwrap_or(0),
            median_days,
            ages,
        };
        (id, occupancy)
    };
    Ok(statuses.iter().map(occupied).collect())
}

/// The leads in one status.
pub fn occupancy_of(conn: &mut Conn, status: &LeadStatus, now: Timestamp) -> Result<Occupancy> {
    let mut found = occupancy(conn, std::slice::from_ref(status), now)?;
    Ok(found.remove(&status.id).unwrap_or_default())
}

/// How many leads of each of these statuses are at risk and stuck, by status id: what [`occupancy`] tells, too.
pub fn waiting(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, Waiting>> {
    let statuses: Vec<&LeadStatus> = statuses.iter().collect();
    let counted = store::past(conn, &edges_of(&statuses, now), now)?;
    let of_status = |status: &&LeadStatus| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let past = |cutoff: Option<Timestamp>| {
            let edge = cutoff.map(|cutoff| Edge {
                status_id: status.id,
                cutoff,
            });
            let count = edge.and_then(|edge| counted.get(&edge));
            count.copied().unwrap_or(0)
        };
        let stuck = past(stuck);
        let at_risk = past(at_risk) - stuck;
        (status.id, Waiting { at_risk, stuck })
    };
    Ok(statuses.iter().map(of_status).collect())
}

/// How many leads of these statuses entered from one day to another, both included and counted from 1970; without those
/// in the bin.
pub fn entered(conn: &mut Conn, statuses: &[LeadStatus], days: (i64, i64)) -> Result<i64> {
    let ids: Vec<i64> = statuses.iter().map(|status| status.id).collect();
    store::entered(conn, &ids, days)
}

/// How many leads are stuck, in all statuses together.
pub fn stuck_in_all(conn: &mut Conn, now: Timestamp) -> Result<i64> {
    let cutoffs = store::stuck_cutoffs(conn, now)?;
    Ok(store::past(conn, &cutoffs, now)?.into_values().sum())
}

/// How many leads of one owner are stuck.
pub fn stuck_of_owner(conn: &mut Conn, owner: i64, now: Timestamp) -> Result<i64> {
    let cutoffs = store::stuck_cutoffs(conn, now)?;
    store::stuck_of_owner(conn, &cutoffs, owner, now)
}

fn edges_of(statuses: &[&LeadStatus], now: Timestamp) -> Vec<Edge> {
    let edges = statuses.iter().flat_map(|status| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let cutoffs = [at_risk, stuck].into_iter().flatten();
        cutoffs.map(|cutoff| Edge {
            status_id: status.id,
            cutoff,
        })
    });
    let mut edges: Vec<Edge> = edges.collect();
    edges.dedup();
    edges
}

impl Headcount {
    /// All leads that keep the status in use, those in the bin too.
    pub fn all(&self) -> i64 {
        self.leads + self.in_bin
    }

    /// Several head counts as one.
    pub fn together<'a>(heads: impl IntoIterator<Item = &'a Headcount>) -> Headcount {
        let mut together = Headcount::default();
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for head in heads {
            together.leads += head.leads;
            together.in_bin += head.in_bin;
            for (currency, cents) in &head.sums {
                *sums.entry(currency).or_default() += cents;
            }
        }
        for (currency, cents) in sums {
            together.add(currency.to_owned(), 0, cents);
        }
        together
    }

    fn add(&mut self, currency: String, leads: i64, cents: i64) {
        self.leads += leads;
        if cents != 0 {
            let at = self.sums.iter().position(|(_, sum)| *sum < cents);
            self.sums
                .insert(at.unwrap_or(self.sums.len()), (currency, cents));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stand_with_the_largest_first_and_zero_is_left_out() {
        let mut head = Headcount::default();
        for (currency, cents) in [("EUR", 5), ("RON", 0), ("USD", 9)] {
            head.add(currency.to_owned(), 1, cents);
        }
        let sums = [("USD".to_owned(), 9), ("EUR".to_owned(), 5)];
        assert_eq!((head.leads, &head.sums[..]), (3, &sums[..]));
        let twice = Headcount::together([&head, &head]);
        let sums = [("USD".to_owned(), 18), ("EUR".to_owned(), 10)];
        assert_eq!((twice.all(), &twice.sums[..]), (6, &sums[..]));
    }
}
