//! The cursor of a worklist, which is ordered by age ÷ limit.

use std::cmp::{Ordering, Reverse};

use crate::clock::Timestamp;
use crate::records::fields::parse_id;
use crate::statuses::Days;

/// A position in a worklist, which is ordered by age ÷ limit at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorklistCursor {
    /// When the clock of the lead started.
    pub clock_from: Timestamp,
    /// The limit of its status then, in days.
    pub limit: i64,
    pub id: i64,
}

impl WorklistCursor {
    /// `CLOCK.LIMIT.ID`.
    pub fn parse(text: &str) -> Option<WorklistCursor> {
        let mut parts = text.split('.');
        let cursor = WorklistCursor {
            clock_from: Timestamp(parts.next()?.parse().ok()?),
            limit: Days::new(parts.next()?.parse().ok()?)?.get().into(),
            id: parse_id(parts.next()?)?,
        };
        let is_valid = parts.next().is_none() && cursor.clock_from.0 >= 0;
        is_valid.then_some(cursor)
    }

    /// Its value in the URL.
    pub fn to_param(self) -> String {
        format!("{}.{}.{}", self.clock_from.0, self.limit, self.id)
    }

    /// The order of the list: the greater age ÷ limit first, then the smaller id. Cross-multiplied, so exact.
    pub fn compare(&self, other: &WorklistCursor, at: Timestamp) -> Ordering {
        let age = |cursor: &WorklistCursor| i128::from(at.0) - i128::from(cursor.clock_from.0);
        let (mine, theirs) = (
            age(self) * i128::from(other.limit),
            age(other) * i128::from(self.limit),
        );
        Reverse(mine)
            .cmp(&Reverse(theirs))
            .then(self.id.cmp(&other.id))
    }

    /// The clock and id in a status with this limit after which leads follow this position (backwards: before which
    /// they precede it).
    pub fn seek_bound(&self, limit: i64, at: Timestamp, is_backward: bool) -> (i64, i64) {
        let own = i128::from(self.limit.max(1));
        let age = i128::from(at.0) - i128::from(self.clock_from.0);
        // The clock c with (at − c) ÷ limit = age ÷ own, rounded down.
        let exact = i128::from(at.0) * own - age * i128::from(limit);
        let clock = exact.div_euclid(own);
        let clamped = |clock: i128| clock.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        match (exact.rem_euclid(own), is_backward) {
            // A lead of this status can have exactly this ratio, so the id decides.
            (0, _) => (clamped(clock), self.id),
            (_, false) => (clamped(clock), i64::MAX),
            (_, true) => (clamped(clock + 1), 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    const AT: Timestamp = Timestamp(1_000 * DAY);

    fn cursor(age: i64, limit: i64, id: i64) -> WorklistCursor {
        WorklistCursor {
            clock_from: Timestamp(AT.0 - age),
            limit,
            id,
        }
    }

    #[test]
    fn the_greater_age_by_limit_comes_first_and_ties_go_by_id() {
        let order = |a: WorklistCursor, b: WorklistCursor| a.compare(&b, AT);
        assert_eq!(
            order(cursor(30 * DAY, 10, 9), cursor(40 * DAY, 20, 1)),
            Ordering::Less
        );
        assert_eq!(
            order(cursor(30 * DAY, 10, 1), cursor(60 * DAY, 20, 2)),
            Ordering::Less
        );
        assert_eq!(
            order(cursor(30 * DAY, 10, 3), cursor(60 * DAY, 20, 2)),
            Ordering::Greater
        );
        // A difference of one microsecond, which floating point would lose.
        assert_eq!(
            order(cursor(999 * DAY + 1, 3, 9), cursor(333 * DAY, 1, 1)),
            Ordering::Less
        );
    }

    /// Range and comparison agree, also for limits that don't divide each other.
    #[test]
    fn the_edge_of_a_range_agrees_with_the_order() {
        for limit in [1, 3, 7, 10] {
            for other in [1, 2, 3, 9, 10] {
                for age in [70, 71, 72, 210, 211] {
                    let from = cursor(age, limit, 5);
                    for theirs in 0..800 {
                        for id in [4, 5, 6] {
                            let lead = cursor(theirs, other, id);
                            let key = (lead.clock_from.0, lead.id);
                            let order = lead.compare(&from, AT);
                            let after = key > from.seek_bound(other, AT, false);
                            let before = key < from.seek_bound(other, AT, true);
                            assert_eq!(after, order == Ordering::Greater, "{from:?} {lead:?}");
                            assert_eq!(before, order == Ordering::Less, "{from:?} {lead:?}");
                        }
                    }
                }
            }
        }
    }
}
