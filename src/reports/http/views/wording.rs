//! How reports say durations, shares and amounts.

use crate::clock::DAY_SECONDS;
use crate::i18n::{Arg, Lang};
use crate::money::{Currency, Money};
use crate::reports::domain::curve::Quantile;
use crate::reports::domain::share::Share;

/// Seconds in an hour, and in a minute.
const HOUR: i64 = 3_600;
const MINUTE: i64 = 60;

/// The unit of durations that are said together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    Minutes,
    Hours,
    Days,
}

impl TimeUnit {
    /// The unit in which a duration is said: hours below two days, minutes below two hours.
    pub fn of(seconds: i64) -> TimeUnit {
        match seconds {
            ..7_200 => TimeUnit::Minutes,
            7_200..172_800 => TimeUnit::Hours,
            _ => TimeUnit::Days,
        }
    }

    /// Its seconds.
    pub fn seconds(self) -> i64 {
        match self {
            TimeUnit::Minutes => MINUTE,
            TimeUnit::Hours => HOUR,
            TimeUnit::Days => DAY_SECONDS,
        }
    }

    /// The catalogue key of `count` of it, of which `number` is the text.
    fn key(self) -> &'static str {
        match self {
            TimeUnit::Minutes => "report-unit-minutes",
            TimeUnit::Hours => "report-unit-hours",
            TimeUnit::Days => "report-unit-days",
        }
    }
}

/// The number of a duration in a unit: with a decimal below ten.
pub fn number_of(lang: Lang, seconds: i64, unit: TimeUnit) -> String {
    let number = seconds as f64 / unit.seconds() as f64;
    match number < 9.95 {
        true => lang.tenths(number),
        false => lang.number(number.round() as i64),
    }
}

/// A number with its unit, in the plural form of the whole number, or of a fraction.
fn with_unit(lang: Lang, text: String, seconds: i64, unit: TimeUnit) -> String {
    let number = seconds as f64 / unit.seconds() as f64;
    let is_whole = number >= 9.95 || (number * 10.0).round() % 10.0 == 0.0;
    // A fraction takes the form of a few: 3.5 days.
    let count = if is_whole { number.round() as i64 } else { 2 };
    let args = [("count", Arg::from(count)), ("number", text.into())];
    lang.format(unit.key(), &args).into_owned()
}

/// A duration: `12 days`, `3.5 days`, `7 h`, `35 min`.
pub fn duration(lang: Lang, seconds: i64) -> String {
    duration_in(lang, seconds, TimeUnit::of(seconds))
}

/// A duration in the unit of others beside it.
pub fn duration_in(lang: Lang, seconds: i64, unit: TimeUnit) -> String {
    with_unit(lang, number_of(lang, seconds, unit), seconds, unit)
}

/// A percentile in words: its duration, or `> 86 days`, the longest observed one, if it is not reached.
pub fn percentile(lang: Lang, quantile: &Quantile, longest: i64, unit: TimeUnit) -> String {
    match quantile.seconds {
        Some(seconds) => duration_in(lang, seconds, unit),
        None => {
            let args = [("time", duration_in(lang, longest, unit).into())];
            lang.format("report-longer-than", &args).into_owned()
        }
    }
}

/// Whole days: `12 days`.
pub fn days(lang: Lang, days: i64) -> String {
    with_unit(lang, lang.number(days), days * DAY_SECONDS, TimeUnit::Days)
}

/// The interval of a percentile, without its unit, which is that of the percentile: `9–17`; nothing if there is none.
pub fn interval(lang: Lang, quantile: &Quantile, unit: TimeUnit) -> String {
    let Some(low) = quantile.seconds.and(quantile.low) else {
        return String::new();
    };
    let number = |seconds| number_of(lang, seconds, unit);
    let key = "report-interval-open";
    match quantile.high {
        Some(high) => format!("{}–{}", number(low), number(high)),
        None => lang
            .format(key, &[("low", number(low).into())])
            .into_owned(),
    }
}

/// A share in whole percent; one that is not zero or all is never shown as such.
pub fn share(share: f64) -> String {
    let percent = (share * 100.0).round() as i64;
    match percent {
        0 if share > 0.0 => "<1%".to_owned(),
        100 if share < 1.0 => ">99%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// The interval of a share: `64–81%`.
pub fn share_interval(share: &Share) -> String {
    let percent = |part: f64| (part * 100.0).round() as i64;
    format!("{}–{}%", percent(share.low), percent(share.high))
}

/// Amounts in several currencies: `310,000 EUR, 12,000 USD`; cents are left out of large ones.
pub fn amounts(lang: Lang, amounts: &[Money]) -> String {
    let texts: Vec<String> = amounts
        .iter()
        .map(|amount| rounded(lang, *amount))
        .collect();
    texts.join(", ")
}

/// An amount in whole units of its currency.
fn rounded(lang: Lang, amount: Money) -> String {
    let scale = 10i64.pow(amount.currency.digits());
    let whole = amount.cents.saturating_add(scale / 2) / scale;
    let cents = whole.saturating_mul(scale);
    Money { cents, ..amount }.text(lang)
}

/// A rate in minor units as an amount.
pub fn rate(lang: Lang, cents: f64, currency: Currency) -> String {
    let cents = cents.round() as i64;
    rounded(lang, Money { cents, currency })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_the_unit_that_fits() {
        for (seconds, english, romanian) in [
            (0, "0 min", "0 min"),
            (35 * 60, "35 min", "35 min"),
            (7 * 3_600, "7 h", "7 h"),
            (2 * 86_400, "2 days", "2 zile"),
            (302_400, "3.5 days", "3,5 zile"),
            (12 * 86_400 + 40_000, "12 days", "12 zile"),
            (25 * 86_400, "25 days", "25 de zile"),
        ] {
            assert_eq!(duration(Lang::En, seconds), english);
            assert_eq!(duration(Lang::Ro, seconds), romanian);
        }
    }

    #[test]
    fn a_share_that_is_not_zero_never_looks_like_it() {
        let shares = [0.0, 0.002, 0.331, 0.998, 1.0].map(share);
        assert_eq!(shares, ["0%", "<1%", "33%", ">99%", "100%"]);
    }

    #[test]
    fn an_interval_that_is_open_says_so() {
        let mut quantile = Quantile {
            seconds: Some(8 * 86_400),
            low: Some(2 * 86_400),
            high: None,
        };
        assert_eq!(interval(Lang::En, &quantile, TimeUnit::Days), "at least 2");
        quantile.high = Some(17 * 86_400);
        assert_eq!(interval(Lang::En, &quantile, TimeUnit::Days), "2–17");
        assert_eq!(interval(Lang::En, &Quantile::default(), TimeUnit::Days), "");
    }
}
