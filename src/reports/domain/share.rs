//! Shares with their intervals.

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// A share of some things, with Wilson's 95 % interval (1927).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// The share that `some` have of `all`; nothing without any.
    pub fn of(some: i64, all: i64) -> Option<Share> {
        if all <= 0 {
            return None;
        }
        let (n, share) = (all as f64, some as f64 / all as f64);
        let spread = 1.0 + Z * Z / n;
        let center = (share + Z * Z / (2.0 * n)) / spread;
        let half = Z / spread * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some(Share {
            value: share,
            low: (center - half).max(0.0),
            high: (center + half).min(1.0),
        })
    }

    /// True if the two intervals have values in common: then the difference may be chance.
    pub fn overlaps(&self, other: &Share) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}
