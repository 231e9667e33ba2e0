//! The chart of how long leads have been in a status.

use crate::clock::{DAY, Timestamp, Zone};
use crate::i18n::{Lang, Message};
use crate::statuses::domain::stats::AgeHistogram;

/// The height of the tallest bar in SVG units.
const HEIGHT: i64 = 18;
/// The width of a bar with its gap in SVG units.
const STEP: i64 = 6;

/// One class of ages in the chart.
pub struct Bar {
    /// The index of the class, from 0.
    pub class: usize,
    pub leads: i64,
    /// The left edge in SVG units.
    pub x: i64,
    /// The top edge in SVG units.
    pub y: i64,
    /// The length in percent of the longest bar.
    pub share: i64,
}

/// The chart of the ages of the leads in a status.
pub struct AgeChart {
    pub bars: Vec<Bar>,
    now: Timestamp,
    lang: Lang,
}

impl AgeChart {
    /// The chart of these ages at this moment.
    pub fn of(ages: &AgeHistogram, now: Timestamp, lang: Lang) -> AgeChart {
        let most = ages.max_count().max(1);
        let bar = |(class, leads): (usize, &i64)| {
            // A class with one lead of thousands must not look empty.
            let scaled = |full: i64| match leads {
                0 => 0,
                leads => (leads * full / most).max(full / 10).max(1),
            };
            Bar {
                class,
                leads: *leads,
                x: class as i64 * STEP,
                y: HEIGHT - scaled(HEIGHT),
                share: scaled(100),
            }
        };
        let bars = ages.0.iter().enumerate().map(bar).collect();
        AgeChart { bars, now, lang }
    }

    /// The chart as text.
    pub fn label(&self) -> String {
        let bars = self.bars.iter().filter(|bar| bar.leads > 0);
        let titles: Vec<String> = bars.map(|bar| self.title(bar)).collect();
        let label = Message::new("status-ages-label").with("ages", titles.join("; "));
        label.text(self.lang)
    }

    /// The class and its number of leads as text.
    pub fn title(&self, bar: &Bar) -> String {
        let message = Message::new("status-ages-class").with("days", self.days(bar));
        message.with("count", bar.leads).text(self.lang)
    }

    /// The class in days: `0–1`, `91+`.
    pub fn days(&self, bar: &Bar) -> String {
        let from = AgeHistogram::LOWER_BOUNDS[bar.class];
        match AgeHistogram::upper_bound(bar.class) {
            Some(to) => format!("{from}–{to}"),
            None => format!("{from}+"),
        }
    }

    /// The query parameters that filter a list of leads by the class, oldest leads first.
    pub fn query(&self, bar: &Bar) -> String {
        let today = self.now.0.div_euclid(DAY);
        let day = |ago: i64| Zone::UTC.day(Timestamp((today - ago) * DAY));
        let first = AgeHistogram::upper_bound(bar.class);
        let first = first.map(|to| format!("&entered_from={}", day(to)));
        let last = Some(AgeHistogram::LOWER_BOUNDS[bar.class]).filter(|from| *from > 0);
        let last = last.map(|from| format!("&entered_to={}", day(from)));
        let days = [first, last].into_iter().flatten();
        format!("{}&sort=-age", days.collect::<String>())
    }

    /// True if no class has leads.
    pub fn is_empty(&self) -> bool {
        self.bars.iter().all(|bar| bar.leads == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_with_leads_has_a_visible_bar_and_is_in_the_label() {
        let now = Timestamp(100 * DAY + 1);
        let of = |ages: &AgeHistogram, lang: Lang| AgeChart::of(ages, now, lang);
        let chart = of(&AgeHistogram([10_000, 0, 1, 0, 0, 0, 0, 5_000]), Lang::En);
        let heights: Vec<i64> = chart.bars.iter().map(|bar| HEIGHT - bar.y).collect();
        assert_eq!(heights, [18, 0, 1, 0, 0, 0, 0, 9]);
        assert_eq!(chart.days(&chart.bars[2]), "4–7");
        assert_eq!(chart.days(&chart.bars[7]), "91+");
        assert_eq!(
            chart.label(),
            "Days in status: 0–1 days: 10,000 leads; 4–7 days: 1 lead; 91+ days: 5,000 leads"
        );
        assert!(!chart.is_empty() && of(&AgeHistogram::default(), Lang::Ro).is_empty());
        let queries = [0, 2, 7].map(|class: usize| chart.query(&chart.bars[class]));
        assert_eq!(
            queries,
            [
                "&entered_from=1970-04-10&sort=-age",
                "&entered_from=1970-04-04&entered_to=1970-04-07&sort=-age",
                "&entered_to=1970-01-10&sort=-age"
            ]
        );
    }
}
