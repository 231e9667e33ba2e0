//! Where leads are now: counts of the lists' own query, which are never older than the page.

use crate::money::Money;

/// The leads that the filters choose, as they are now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Present {
    /// In open or paused statuses.
    pub open: i64,
    /// What these are worth, in each currency; the one with most leads first.
    pub open_values: Vec<Money>,
    pub at_risk: i64,
    pub stuck: i64,
    /// What the stuck ones are worth.
    pub stuck_values: Vec<Money>,
    pub by_status: Vec<PresentCounts>,
}

/// The leads in one open or paused status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PresentCounts {
    pub status: i64,
    pub leads: i64,
    pub at_risk: i64,
    pub stuck: i64,
}

impl Present {
    /// The counts of a status.
    pub fn of(&self, status: i64) -> PresentCounts {
        let known = self.by_status.iter().find(|counts| counts.status == status);
        known.copied().unwrap_or_default()
    }
}
