//! Counts the leads that are open or paused now.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::money::{Currency, Money};
use crate::reports::domain::daily_series::Thresholds;
use crate::reports::domain::figures::{CurrentCounts, CurrentInStatus, ReportStatus};
use crate::reports::domain::stays::{LeadStays, Stay};
use crate::statuses::{Cutoffs, Days, State};

/// How many leads have values in a currency, and their sum.
type Sums = BTreeMap<[u8; 3], (i64, i64)>;

/// Counts the leads that are open or paused. Their states now are those of the lists, by the same predicate; at an earlier
/// instant they follow from the pauses that were in force then.
pub struct CurrentCounter {
    /// Nothing for an earlier instant.
    cutoffs: Option<Vec<Cutoffs>>,
    by_status: Vec<CurrentInStatus>,
    open: Sums,
    stuck: Sums,
}

impl CurrentCounter {
    /// For these statuses, at an instant that is now or earlier.
    pub fn new(statuses: &[ReportStatus], as_of: Timestamp, is_now: bool) -> CurrentCounter {
        let cutoffs = |status: &ReportStatus| {
            let days = |days: Option<i32>| days.and_then(Days::new);
            let (target, limit) = (days(status.target_days), days(status.limit_days));
            Cutoffs::new(status.kind, target, limit, as_of)
        };
        let counts = |status: &ReportStatus| CurrentInStatus {
            status: status.id,
            ..CurrentInStatus::default()
        };
        CurrentCounter {
            cutoffs: is_now.then(|| statuses.iter().map(cutoffs).collect()),
            by_status: statuses.iter().map(counts).collect(),
            open: Sums::new(),
            stuck: Sums::new(),
        }
    }

    /// Adds a lead.
    pub fn add(&mut self, lead: &LeadStays, statuses: &[ReportStatus], thresholds: &[Thresholds]) {
        let Some(stay) = lead.stays.last().filter(|stay| stay.is_ongoing()) else {
            return;
        };
        if statuses[stay.status].kind.is_closed() {
            return;
        }
        let state = self.state(lead, stay, thresholds);
        let counts = &mut self.by_status[stay.status];
        counts.leads += 1;
        counts.at_risk += i64::from(state == State::AtRisk);
        counts.stuck += i64::from(state == State::Stuck);
        add_value(&mut self.open, lead);
        if state == State::Stuck {
            add_value(&mut self.stuck, lead);
        }
    }

    fn state(&self, lead: &LeadStays, stay: &Stay, thresholds: &[Thresholds]) -> State {
        let instant = |second: i64| Timestamp(0).plus_seconds(second);
        match &self.cutoffs {
            Some(cutoffs) => {
                let paused_until = lead.facts.paused_until.map(instant);
                cutoffs[stay.status].state(instant(lead.facts.clock_from), paused_until)
            }
            None => thresholds[stay.status].state(lead, stay, lead.as_of),
        }
    }

    /// The counts.
    pub fn finish(self) -> CurrentCounts {
        let sum = |count: fn(&CurrentInStatus) -> i64| self.by_status.iter().map(count).sum();
        CurrentCounts {
            open_or_paused: sum(|counts| counts.leads),
            open_or_paused_values: values(self.open),
            at_risk: sum(|counts| counts.at_risk),
            stuck: sum(|counts| counts.stuck),
            stuck_values: values(self.stuck),
            by_status: self.by_status,
        }
    }
}

fn add_value(sums: &mut Sums, lead: &LeadStays) {
    if let Some(cents) = lead.facts.value_cents {
        let (leads, sum) = sums.entry(lead.facts.currency).or_default();
        *leads += 1;
        *sum = sum.saturating_add(cents);
    }
}

fn values(sums: Sums) -> Vec<Money> {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (leads, _))| std::cmp::Reverse(*leads));
    let money = |(code, (_, cents)): ([u8; 3], (i64, i64))| {
        let currency = Currency::find(std::str::from_utf8(&code).ok()?)?;
        Some(Money { cents, currency })
    };
    sums.into_iter().filter_map(money).collect()
}
