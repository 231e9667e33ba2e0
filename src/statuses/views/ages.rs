use crate::clock::{DAY, Timestamp};
use crate::i18n::{Lang, Message};
use crate::statuses::Ages;

/// The height of the tallest bar in the chart's own units.
const HEIGHT: i64 = 18;
/// The width of a bar with its gap.
const STEP: i64 = 6;

/// One class of ages in the chart.
pub struct Bar {
    /// The class in days: `0–1`, `91+`.
    pub days: String,
    pub leads: i64,
    /// Where it begins, from the left.
    pub x: i64,
    /// Where it begins, from the top.
    pub y: i64,
    pub height: i64,
    /// Its length in hundredths of the longest one.
    pub share: i64,
    /// Class and number of leads, in words.
    pub title: String,
    /// What narrows a list of leads to those of the class, as the end of its address.
    pub query: String,
}

/// How long the leads of a status have been there, as bars.
pub struct AgesChart {
    pub bars: Vec<Bar>,
    /// The chart in words.
    pub label: String,
}

impl AgesChart {
    /// The chart of these ages at this moment.
    pub fn of(ages: &Ages, now: Timestamp, lang: Lang) -> AgesChart {
        let most = ages.most().max(1);
        let bar = |(class, leads): (usize, &i64)| {
            // Whoever is there is seen: a class with one lead of thousands is no empty class.
            let scaled = |full: i64| match leads {
                0 => 0,
                leads => (leads * full / most).max(full / 10).max(1),
            };
            let days = days(class);
            Bar {
                title: title(&days, *leads, lang),
                query: query(class, now),
                days,
                leads: *leads,
                x: class as i64 * STEP,
                y: HEIGHT - scaled(HEIGHT),
                height: scaled(HEIGHT),
                share: scaled(100),
            }
        };
        let bars: Vec<Bar> = ages.0.iter().enumerate().map(bar).collect();
        let told: Vec<&str> = bars
            .iter()
            .filter(|bar| bar.leads > 0)
            .map(|bar| bar.title.as_str())
            .collect();
        let label = Message::new("status-ages-label").with("ages", told.join("; "));
        AgesChart {
            label: label.text(lang),
            bars,
        }
    }

    /// True if there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.bars.iter().all(|bar| bar.leads == 0)
    }
}

fn days(class: usize) -> String {
    let from = Ages::FROM.get(class).copied().unwrap_or_default();
    match Ages::to(class) {
        Some(to) => format!("{from}–{to}"),
        None => format!("{from}+"),
    }
}

/// The days on which those of a class entered, the oldest first.
fn query(class: usize, now: Timestamp) -> String {
    let today = now.0.div_euclid(DAY);
    let day = |ago: i64| Timestamp((today - ago) * DAY).date();
    let first = Ages::to(class).map(|to| format!("&entered_from={}", day(to)));
    let last = Ages::FROM.get(class).filter(|from| **from > 0);
    let last = last.map(|from| format!("&entered_to={}", day(*from)));
    let days = [first, last].into_iter().flatten();
    format!("{}&sort=-age", days.collect::<String>())
}

fn title(days: &str, leads: i64, lang: Lang) -> String {
    let told = Message::new("status-ages-class").with("days", days);
    told.with("count", leads).text(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_that_someone_is_in_can_be_seen_and_is_told() {
        let now = Timestamp(100 * DAY + 1);
        let of = |ages: &Ages, lang: Lang| AgesChart::of(ages, now, lang);
        let chart = of(&Ages([10_000, 0, 1, 0, 0, 0, 0, 5_000]), Lang::En);
        let heights: Vec<i64> = chart.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [18, 0, 1, 0, 0, 0, 0, 9]);
        assert_eq!(chart.bars[2].days, "4–7");
        assert_eq!(chart.bars[7].days, "91+");
        assert_eq!(
            chart.label,
            "Days here: 0–1 days: 10,000 leads; 4–7 days: 1 lead; 91+ days: 5,000 leads"
        );
        assert!(!chart.is_empty() && of(&Ages::default(), Lang::Ro).is_empty());
        let queries = [0, 2, 7].map(|class: usize| chart.bars[class].query.as_str());
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
