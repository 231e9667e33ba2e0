//! Statistics of the leads in each status: number, value, age, and how many are at risk, stuck or paused.

use std::collections::{BTreeMap, HashMap};

use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::actions::ages;
use crate::statuses::actions::ages::{AgeHistogram, AgeStats};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::state::Cutoffs;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

/// The number and value of the leads in one status.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadTotals {
    pub leads: i64,
    /// Leads in the bin that would be restored to this status.
    pub in_bin: i64,
    /// The sum of the values of `leads` by currency, in minor units; only sums that are not zero, the largest first.
    pub sums: Vec<(String, i64)>,
}

/// The statistics of one status at one moment; only the totals include the bin.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusStats {
    pub totals: LeadTotals,
    pub at_risk: i64,
    pub stuck: i64,
    pub paused: i64,
    /// Half of the leads have been here for at most this many whole days; nothing without leads or in a closed status.
    pub median_days: Option<i64>,
    pub ages: AgeHistogram,
}

/// The numbers of leads of one status that are at risk and stuck; paused leads are neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OverdueCounts {
    pub at_risk: i64,
    pub stuck: i64,
}

/// An instant for one status: leads whose clock began then or earlier are at its target or limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StatusCutoff {
    pub status_id: i64,
    pub cutoff: Timestamp,
}

/// The day of an instant in UTC, counted from 1970.
pub(crate) fn day_number(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY)
}

impl LeadStatus {
    /// The instants at which the clocks of leads began that are now at the target and at the limit.
    pub fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        Cutoffs::new(self.kind, self.target_days, self.limit_days, now)
    }
}

/// The totals by status id; a status without leads may be missing.
pub fn lead_totals(conn: &mut Conn) -> Result<HashMap<i64, LeadTotals>> {
    let mut by_status: HashMap<i64, LeadTotals> = HashMap::new();
    for total in store::counts::list_totals(conn)? {
        let totals = by_status.entry(total.status_id).or_default();
        match total.is_deleted {
            true => totals.in_bin += total.leads,
            false => totals.add(total.currency, total.leads, total.value_cents),
        }
    }
    Ok(by_status)
}

/// The totals of one status.
pub fn lead_totals_of(conn: &mut Conn, id: i64) -> Result<LeadTotals> {
    Ok(lead_totals(conn)?.remove(&id).unwrap_or_default())
}

/// The statistics of these statuses by id.
pub fn stats(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, StatusStats>> {
    let mut totals = lead_totals(conn)?;
    let mut overdue = overdue_counts(conn, statuses, now)?;
    let of_kinds = |kinds: &[Kind]| -> Vec<i64> {
        let of_kind = statuses
            .iter()
            .filter(|status| kinds.contains(&status.kind));
        of_kind.map(|status| status.id).collect()
    };
    let waiting_in = of_kinds(&[Kind::Open, Kind::Paused]).into_iter();
    let total = |id: i64| (id, totals.get(&id).map_or(0, |head| head.leads));
    let mut aged = ages::age_stats(conn, &waiting_in.map(total).collect::<Vec<_>>(), now)?;
    let asleep = store::ages::count_paused(conn, &of_kinds(&[Kind::Open]), day_number(now))?;
    let with_stats = |status: &LeadStatus| {
        let id = status.id;
        let (counts, aged) = (overdue.remove(&id).unwrap_or_default(), aged.remove(&id));
        let AgeStats { ages, median_days } = aged.unwrap_or_default();
        let stats = StatusStats {
            totals: totals.remove(&id).unwrap_or_default(),
            at_risk: counts.at_risk,
            stuck: counts.stuck,
            paused: asleep.get(&id).copied().unwrap_or(0),
            median_days,
            ages,
        };
        (id, stats)
    };
    Ok(statuses.iter().map(with_stats).collect())
}

/// The statistics of one status.
pub fn stats_of(conn: &mut Conn, status: &LeadStatus, now: Timestamp) -> Result<StatusStats> {
    let mut stats = stats(conn, std::slice::from_ref(status), now)?;
    Ok(stats.remove(&status.id).unwrap_or_default())
}

/// The numbers of leads at risk and stuck in these statuses, by status id; cheaper than all statistics.
pub fn overdue_counts(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, OverdueCounts>> {
    let statuses: Vec<&LeadStatus> = statuses.iter().collect();
    let counted = store::counts::count_past_cutoffs(conn, &status_cutoffs(&statuses, now), now)?;
    let of_status = |status: &&LeadStatus| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let past = |cutoff: Option<Timestamp>| {
            let cutoff = cutoff.map(|cutoff| StatusCutoff {
                status_id: status.id,
                cutoff,
            });
            let count = cutoff.and_then(|cutoff| counted.get(&cutoff));
            count.copied().unwrap_or(0)
        };
        let stuck = past(stuck);
        let at_risk = past(at_risk) - stuck;
        (status.id, OverdueCounts { at_risk, stuck })
    };
    Ok(statuses.iter().map(of_status).collect())
}

/// The number of leads in these statuses that entered from one day to another, both included and counted from 1970;
/// without the bin.
pub fn count_entered(conn: &mut Conn, statuses: &[LeadStatus], days: (i64, i64)) -> Result<i64> {
    let ids: Vec<i64> = statuses.iter().map(|status| status.id).collect();
    store::ages::count_entered(conn, &ids, days)
}

/// The number of stuck leads in all statuses together.
pub fn count_stuck(conn: &mut Conn, now: Timestamp) -> Result<i64> {
    let cutoffs = store::counts::stuck_cutoffs(conn, now)?;
    Ok(store::counts::count_past_cutoffs(conn, &cutoffs, now)?
        .into_values()
        .sum())
}

/// The number of stuck leads of one owner.
pub fn count_stuck_of_owner(conn: &mut Conn, owner: i64, now: Timestamp) -> Result<i64> {
    let cutoffs = store::counts::stuck_cutoffs(conn, now)?;
    store::counts::count_stuck_of_owner(conn, &cutoffs, owner, now)
}

fn status_cutoffs(statuses: &[&LeadStatus], now: Timestamp) -> Vec<StatusCutoff> {
    let cutoffs = statuses.iter().flat_map(|status| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let instants = [at_risk, stuck].into_iter().flatten();
        instants.map(|cutoff| StatusCutoff {
            status_id: status.id,
            cutoff,
        })
    });
    let mut cutoffs: Vec<StatusCutoff> = cutoffs.collect();
    cutoffs.dedup();
    cutoffs
}

impl LeadTotals {
    /// The number of leads including the bin; any of them keeps the status from being deleted.
    pub fn including_bin(&self) -> i64 {
        self.leads + self.in_bin
    }

    /// The sum of several totals.
    pub fn sum<'a>(heads: impl IntoIterator<Item = &'a LeadTotals>) -> LeadTotals {
        let mut together = LeadTotals::default();
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
    fn sums_are_sorted_largest_first_and_zero_is_left_out() {
        let mut head = LeadTotals::default();
        for (currency, cents) in [("EUR", 5), ("RON", 0), ("USD", 9)] {
            head.add(currency.to_owned(), 1, cents);
        }
        let sums = [("USD".to_owned(), 9), ("EUR".to_owned(), 5)];
        assert_eq!((head.leads, &head.sums[..]), (3, &sums[..]));
        let twice = LeadTotals::sum([&head, &head]);
        let sums = [("USD".to_owned(), 18), ("EUR".to_owned(), 10)];
        assert_eq!((twice.including_bin(), &twice.sums[..]), (6, &sums[..]));
    }
}
