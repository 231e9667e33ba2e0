//! Scales with round numbers.

/// A scale from zero to a round number, with ticks at multiples of 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub step: i64,
    pub end: i64,
}

impl Scale {
    /// A scale that ends at the first tick at or after `most`, with at most `intervals` ticks besides zero.
    pub fn up_to(most: i64, intervals: i64) -> Scale {
        let most = most.max(1);
        let step = round_steps()
            .find(|step| rounded_up(most, *step) <= intervals)
            .unwrap_or(most);
        Scale {
            step,
            end: rounded_up(most, step) * step,
        }
    }

    /// A scale that ends at `end` exactly, with ticks before it.
    pub fn ending_at(end: i64, intervals: i64) -> Scale {
        let end = end.max(1);
        Scale {
            end,
            ..Scale::up_to(end, intervals)
        }
    }

    /// The ticks, zero first.
    pub fn ticks(self) -> impl Iterator<Item = i64> {
        (0..=self.end / self.step).map(move |tick| tick * self.step)
    }

    /// Where a value is, from 0 to 1; values beyond the end are at the end.
    pub fn part(self, value: f64) -> f64 {
        (value / self.end as f64).clamp(0.0, 1.0)
    }

    /// The height of a value above the bottom of a chart, as a coordinate from its top.
    pub fn height(self, value: f64, height: f64) -> f64 {
        height - self.part(value) * height
    }
}

/// How many whole parts hold all of a number.
pub fn rounded_up(number: i64, part: i64) -> i64 {
    (number + part - 1) / part
}

/// 1, 2, 5, 10, 20, 50 …
fn round_steps() -> impl Iterator<Item = i64> {
    let powers = (0..18).map(|power| 10i64.pow(power));
    powers.flat_map(|power| [power, 2 * power, 5 * power])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_reach_the_largest_value() {
        for (most, step, end) in [
            (0, 1, 1),
            (3, 1, 3),
            (5, 2, 6),
            (34, 10, 40),
            (340, 100, 400),
            (101, 50, 150),
        ] {
            assert_eq!(Scale::up_to(most, 4), Scale { step, end }, "{most}");
        }
        let ticks: Vec<i64> = Scale::up_to(340, 4).ticks().collect();
        assert_eq!(ticks, [0, 100, 200, 300, 400]);
    }

    #[test]
    fn a_scale_may_end_between_marks() {
        let scale = Scale::ending_at(47, 5);
        assert_eq!(scale.ticks().collect::<Vec<i64>>(), [0, 10, 20, 30, 40]);
        assert_eq!(scale.part(47.0), 1.0);
        assert_eq!(scale.part(94.0), 1.0);
        assert_eq!(scale.height(23.5, 100.0), 50.0);
    }

    #[test]
    fn every_number_has_few_marks() {
        for most in (0..5_000).chain([i64::MAX / 4]) {
            let scale = Scale::up_to(most, 5);
            assert!(scale.ticks().count() <= 6 && scale.end >= most, "{most}");
        }
    }
}
