//! Statistics of the leads in each status: number, value, age, and how many are at risk, stuck or paused.

use std::collections::BTreeMap;

use crate::clock::{DAY, Timestamp};
use crate::i18n::Lang;
use crate::money::{Currency, Money};

/// The number and value of the leads in one status.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadTotals {
    pub leads: i64,
    /// Leads in the bin that would be restored to this status.
    pub in_bin: i64,
    /// The sum of the values of `leads` by currency, in minor units; only sums that are not zero, the largest first.
    pub sums: Vec<(String, i64)>,
    /// The number of `leads` by the currency of their value.
    pub leads_by_currency: Vec<(String, i64)>,
}

/// The number of leads of one status at one moment; only the totals include the bin.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusCounts {
    pub totals: LeadTotals,
    pub at_risk: i64,
    pub stuck: i64,
    pub paused: i64,
}

/// The statistics of one status at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusStats {
    pub counts: StatusCounts,
    /// Half of the leads have been in the status for at most this many whole days; nothing without leads or in a closed status.
    pub median_days: Option<i64>,
    pub ages: AgeHistogram,
}

impl StatusCounts {
    /// The share of the leads that are stuck, in whole percent: at least 1 where any is, and 100 only where all are.
    pub fn stuck_percent(&self) -> i64 {
        let (stuck, leads) = (self.stuck, self.totals.leads.max(1));
        match stuck {
            0 => 0,
            _ if stuck >= leads => 100,
            _ => ((200 * stuck + leads) / (2 * leads)).clamp(1, 99),
        }
    }
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

/// The number of leads in each class of age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgeHistogram(pub [i64; AgeHistogram::LOWER_BOUNDS.len()]);

impl AgeHistogram {
    /// The lower bound of each class in whole days.
    pub const LOWER_BOUNDS: [i64; 8] = [0, 2, 4, 8, 15, 31, 61, 91];

    /// The index of the class with the oldest leads.
    pub(crate) const LAST: usize = AgeHistogram::LOWER_BOUNDS.len() - 1;

    /// The class of an age in whole days.
    pub fn class_of(days: i64) -> usize {
        let above = AgeHistogram::LOWER_BOUNDS
            .iter()
            .filter(|from| **from <= days)
            .count();
        above.saturating_sub(1)
    }

    /// The upper bound of a class in whole days, inclusive; nothing for the last class.
    pub fn upper_bound(class: usize) -> Option<i64> {
        AgeHistogram::LOWER_BOUNDS
            .get(class + 1)
            .map(|next| next - 1)
    }

    /// The most leads in one class.
    pub fn max_count(&self) -> i64 {
        self.0.iter().copied().max().unwrap_or(0)
    }
}

impl LeadTotals {
    /// The number of leads including the bin; any of them keeps the status from being deleted.
    pub fn including_bin(&self) -> i64 {
        self.leads + self.in_bin
    }

    /// The sum of several totals.
    pub fn sum<'a>(totals: impl IntoIterator<Item = &'a LeadTotals>) -> LeadTotals {
        let mut total = LeadTotals::default();
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for status_totals in totals {
            total.leads += status_totals.leads;
            total.in_bin += status_totals.in_bin;
            for (currency, cents) in &status_totals.sums {
                *sums.entry(currency).or_default() += cents;
            }
        }
        for (currency, cents) in sums {
            total.add(currency, 0, cents);
        }
        total
    }

    /// The sums as text.
    pub fn sum_texts(&self, lang: Lang) -> Vec<String> {
        let sums = self.sums.iter().map(|(code, cents)| Money {
            cents: *cents,
            currency: Currency::from_stored(code),
        });
        sums.map(|sum| sum.text(lang)).collect()
    }

    pub(crate) fn add(&mut self, currency: &str, leads: i64, cents: i64) {
        self.leads += leads;
        self.leads_by_currency.push((currency.to_owned(), leads));
        if cents != 0 {
            let index = self.sums.iter().position(|(_, sum)| *sum < cents);
            let index = index.unwrap_or(self.sums.len());
            self.sums.insert(index, (currency.to_owned(), cents));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_but_never_to_none_or_all() {
        for (stuck, leads, percent) in [
            (0, 0, 0),
            (0, 9, 0),
            (1, 4, 25),
            (2, 3, 67),
            (1, 900, 1),
            (899, 900, 99),
            (7, 7, 100),
        ] {
            let totals = LeadTotals {
                leads,
                ..LeadTotals::default()
            };
            let stats = StatusCounts {
                stuck,
                totals,
                ..StatusCounts::default()
            };
            assert_eq!(stats.stuck_percent(), percent, "{stuck} of {leads}");
        }
    }

    #[test]
    fn sums_are_sorted_largest_first_and_zero_is_left_out() {
        let mut totals = LeadTotals::default();
        for (currency, cents) in [("EUR", 5), ("RON", 0), ("USD", 9)] {
            totals.add(currency, 1, cents);
        }
        let sums = [("USD".to_owned(), 9), ("EUR".to_owned(), 5)];
        assert_eq!((totals.leads, &totals.sums[..]), (3, &sums[..]));
        let twice = LeadTotals::sum([&totals, &totals]);
        let sums = [("USD".to_owned(), 18), ("EUR".to_owned(), 10)];
        assert_eq!((twice.including_bin(), &twice.sums[..]), (6, &sums[..]));
    }
}
