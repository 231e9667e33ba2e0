//! Statistics of the leads in each status: number, value, age, and how many are at risk, stuck or paused.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;
use crate::statuses::actions::ages;
use crate::statuses::actions::ages::AgeStats;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::state::Cutoffs;
use crate::statuses::domain::stats::{
    LeadTotals, OverdueCounts, StatusCounts, StatusCutoff, StatusStats,
};
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

/// The totals by status id; a status without leads may be missing.
pub fn lead_totals(conn: &mut Conn) -> Result<HashMap<i64, LeadTotals>> {
    let mut by_status: HashMap<i64, LeadTotals> = HashMap::new();
    for total in store::counts::list_totals(conn)?.iter() {
        let totals = by_status.entry(total.status_id).or_default();
        match total.is_deleted {
            true => totals.in_bin += total.leads,
            false => totals.add(&total.currency, total.leads, total.value_cents),
        }
    }
    Ok(by_status)
}

/// The totals of one status.
pub fn lead_totals_of(conn: &mut Conn, id: i64) -> Result<LeadTotals> {
    Ok(lead_totals(conn)?.remove(&id).unwrap_or_default())
}

/// The numbers of leads in these statuses, by status id.
pub fn counts(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, StatusCounts>> {
    let mut totals = lead_totals(conn)?;
    let mut overdue = overdue_counts(conn, statuses, now)?;
    let open = ids_of_kinds(statuses, &[Kind::Open]);
    let paused = store::ages::count_paused(conn, &open, now)?;
    let counts_of = |status: &LeadStatus| {
        let OverdueCounts { at_risk, stuck } = overdue.remove(&status.id).unwrap_or_default();
        let counts = StatusCounts {
            totals: totals.remove(&status.id).unwrap_or_default(),
            at_risk,
            stuck,
            paused: paused.get(&status.id).copied().unwrap_or(0),
        };
        (status.id, counts)
    };
    Ok(statuses.iter().map(counts_of).collect())
}

/// The numbers of leads in one status.
pub fn counts_of(conn: &mut Conn, status: &LeadStatus, now: Timestamp) -> Result<StatusCounts> {
    let mut counts = counts(conn, std::slice::from_ref(status), now)?;
    Ok(counts.remove(&status.id).unwrap_or_default())
}

/// The statistics of these statuses by id.
pub fn stats(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, StatusStats>> {
    let counts = counts(conn, statuses, now)?;
    let ids = ids_of_kinds(statuses, &[Kind::Open, Kind::Paused]).into_iter();
    let total = |id: i64| (id, counts.get(&id).map_or(0, |counts| counts.totals.leads));
    let mut aged = ages::age_stats(conn, &ids.map(total).collect::<Vec<_>>(), now)?;
    let with_ages = |(id, counts)| {
        let AgeStats { ages, median_days } = aged.remove(&id).unwrap_or_default();
        let stats = StatusStats {
            counts,
            median_days,
            ages,
        };
        (id, stats)
    };
    Ok(counts.into_iter().map(with_ages).collect())
}

fn ids_of_kinds(statuses: &[LeadStatus], kinds: &[Kind]) -> Vec<i64> {
    let of_kind = statuses
        .iter()
        .filter(|status| kinds.contains(&status.kind));
    of_kind.map(|status| status.id).collect()
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
    let counted = store::count_past_cutoffs(conn, &status_cutoffs(&statuses, now), now)?;
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
    let cutoffs = store::stuck_cutoffs(conn, now)?;
    Ok(store::count_past_cutoffs(conn, &cutoffs, now)?
        .into_values()
        .sum())
}

/// The number of stuck leads of one owner.
pub fn count_stuck_of_owner(conn: &mut Conn, owner: i64, now: Timestamp) -> Result<i64> {
    let cutoffs = store::stuck_cutoffs(conn, now)?;
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

/// The number of leads in all statuses together, without the bin.
pub fn count_leads(conn: &mut Conn) -> Result<i64> {
    let totals = store::counts::list_totals(conn)?;
    let outside_bin = totals.iter().filter(|total| !total.is_deleted);
    Ok(outside_bin.map(|total| total.leads).sum())
}

/// The currencies of leads with a value that are not deleted, by code.
pub fn currencies_with_value(conn: &mut Conn) -> Result<Vec<Currency>> {
    let totals = store::counts::list_totals(conn)?;
    let with_value = totals
        .iter()
        .filter(|total| !total.is_deleted && total.leads > 0 && total.value_cents > 0);
    let codes: BTreeSet<&str> = with_value.map(|total| total.currency.as_str()).collect();
    Ok(codes.into_iter().filter_map(Currency::find).collect())
}
