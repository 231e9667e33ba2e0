//! Currencies, and amounts in them.

use std::fmt;

use iso_currency::Currency as Iso;
use serde::Serialize;

use crate::i18n::{Lang, Message};

/// The largest value in minor units: a whole number that every JSON reader keeps exactly.
pub(super) const MAX_CENTS: i64 = 99_999_999_999_999;

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(Iso);

impl Currency {
    /// The currency of a value that names none.
    pub const DEFAULT: Currency = Currency(Iso::EUR);

    /// The currencies that menus list first, in this order; any other can be typed.
    pub const COMMON: [&'static str; 8] = ["EUR", "RON", "USD", "GBP", "CHF", "HUF", "PLN", "MDL"];

    /// The currency of a code such as `EUR`, in any case; nothing means the default.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<Currency, Message> {
        let code = text.trim().to_ascii_uppercase();
        if code.is_empty() {
            return Ok(Currency::DEFAULT);
        }
        let currency = Currency::find(&code);
        currency.ok_or_else(|| Message::new("money-currency-unknown"))
    }

    /// The currency of this code, in any case; nothing for what is none.
    pub fn find(code: &str) -> Option<Currency> {
        Iso::from_code(&code.trim().to_ascii_uppercase()).map(Currency)
    }

    /// A code that the database holds; an unknown one means the default.
    pub fn from_stored(code: &str) -> Currency {
        Iso::from_code(code).map_or(Currency::DEFAULT, Currency)
    }

    /// The code: three letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits follow the point: 2 for most, 0 for the yen.
    pub fn digits(self) -> u32 {
        self.0.exponent().unwrap_or(2).into()
    }

    fn scale(self) -> i64 {
        10i64.pow(self.digits())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// An amount in whole minor units of a currency, from 0 to about 10¹⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    pub cents: i64,
    pub currency: Currency,
}

impl Money {
    /// Parses an amount of a file or another system, in major units with a point, such as `1054.50`; those that users type
    /// on pages are parsed by [`Money::parse_in_lang`]. Spaces between digits are accepted, and so are other formats where
    /// only one reading is possible: `1054,50`, `1.054,50`, `1,054.50`.
    ///
    /// # Errors
    /// The sentence to show: it is no such number, negative, too large or has more decimals than the currency.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, Message> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{202f}')
            .collect();
        let plain = with_point(plain);
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return Err(Message::new("money-number"));
        }
        let digits = currency.digits() as usize;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > digits {
            let message = Message::new("money-fine").with("currency", currency.code());
            return Err(message.with("count", digits));
        }
        let cents = format!("{whole}{fraction:0<digits$}");
        match cents.trim_start_matches('0') {
            "" => Ok(Money { cents: 0, currency }),
            cents => match cents.parse::<i64>() {
                Ok(cents) if cents <= MAX_CENTS => Ok(Money { cents, currency }),
                _ => Err(Message::new("money-large")),
            },
        }
    }

    /// Parses an amount in major units with a point, which a spreadsheet computed, and rounds it to the digits of the currency.
    ///
    /// # Errors
    /// As [`Money::parse`], but for decimals.
    pub fn parse_rounded(plain: &str, currency: Currency) -> Result<Money, Message> {
        let digits = currency.digits() as usize;
        let Some((whole, fraction)) = plain
            .split_once('.')
            .filter(|(_, cents)| cents.len() > digits)
        else {
            return Money::parse(plain, currency);
        };
        let next = fraction.as_bytes().get(digits).copied().unwrap_or(b'0');
        let cut = fraction.get(..digits).unwrap_or_default();
        let money = Money::parse(&format!("{whole}.{cut}0"), currency)?;
        let cents = money.cents + i64::from(next >= b'5');
        Ok(Money { cents, ..money })
    }

    /// The amount in major units with a point and all its digits, as files hold it: `1054.00`.
    pub fn to_plain(self) -> String {
        let (scale, digits) = (self.currency.scale(), self.currency.digits() as usize);
        match digits {
            0 => self.cents.to_string(),
            _ => format!("{}.{:0digits$}", self.cents / scale, self.cents % scale),
        }
    }

    /// The amount in major units as a JSON number.
    pub fn to_number(self) -> f64 {
        self.cents as f64 / self.currency.scale() as f64
    }

    /// The amount as people read it: `1,054.00 EUR`; a fraction of nothing is left out.
    pub fn text(self, lang: Lang) -> String {
        let (scale, digits) = (self.currency.scale(), self.currency.digits() as usize);
        let whole = lang.number(self.cents / scale);
        let point = if lang == Lang::En { '.' } else { ',' };
        match self.cents % scale {
            0 => format!("{whole}\u{a0}{}", self.currency),
            rest => format!("{whole}{point}{rest:0digits$}\u{a0}{}", self.currency),
        }
    }
}

/// A number with a point as the decimal mark, if its commas have only one reading; any other number unchanged.
fn with_point(text: String) -> String {
    let Some(last) = text.rfind(['.', ',']).filter(|_| text.contains(',')) else {
        return text;
    };
    let (whole, cents) = (&text[..last], &text[last + 1..]);
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && (groups.len() == 1 || (1..=3).contains(&groups[0].len()));
    // The thousands separator is not the decimal mark.
    let is_distinct = whole.matches(&text[last..=last]).count() == 0;
    let is_unambiguous = groups.len() > 1 || matches!(cents.len(), 1 | 2);
    match is_grouped && is_distinct && is_unambiguous {
        true => format!("{}.{cents}", groups.concat()),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, code: &str) -> Result<i64, &'static str> {
        let money = Money::parse(text, Currency::parse(code).unwrap());
        money
            .map(|money| money.cents)
            .map_err(|message| message.key)
    }

    #[test]
    fn an_amount_is_exact_to_the_minor_unit() {
        assert_eq!(parse("1054", "EUR"), Ok(105_400));
        assert_eq!(parse("1 054.5", "usd"), Ok(105_450));
        assert_eq!(parse("0", "EUR"), Ok(0));
        assert_eq!(parse(".05", "EUR"), Ok(5));
        assert_eq!(parse("7.00", "JPY"), Ok(7));
        assert_eq!(parse("1.234", "KWD"), Ok(1_234));
    }

    #[test]
    fn a_comma_is_understood_where_it_can_mean_only_one_thing() {
        for text in ["1054,50", "1.054,50", "1,054.50", "1 054,5"] {
            assert_eq!(parse(text, "EUR"), Ok(105_450), "{text}");
        }
        assert_eq!(parse("1.234.567,8", "EUR"), Ok(123_456_780));
        assert_eq!(parse(",5", "EUR"), Ok(50));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for bad in [
            "-1",
            "1,000",
            "1e3",
            "",
            ".",
            ",",
            "1.2.3",
            "NaN",
            "٣",
            "1,2,3",
            "1,23,4.5",
            "1234,567.8",
            "1.05,50",
            "1,050,50",
            "ă,5",
        ] {
            assert_eq!(parse(bad, "EUR"), Err("money-number"), "{bad}");
        }
        assert_eq!(parse("1.005", "EUR"), Err("money-fine"));
        assert_eq!(parse("1.5", "JPY"), Err("money-fine"));
        assert_eq!(parse("1000000000000", "EUR"), Err("money-large"));
        assert_eq!(parse(&"9".repeat(40), "EUR"), Err("money-large"));
        assert!(Currency::parse("XYZW").is_err());
    }

    #[test]
    fn computed_amounts_are_rounded_to_the_digits_of_their_currency() {
        let rounded = |plain: &str, code: &str| {
            let currency = Currency::parse(code).unwrap();
            Money::parse_rounded(plain, currency).unwrap().to_plain()
        };
        assert_eq!(rounded("333.333333333333", "EUR"), "333.33");
        assert_eq!(rounded("1054.125", "EUR"), "1054.13");
        assert_eq!(rounded("9.999", "EUR"), "10.00");
        assert_eq!(rounded("7.5", "JPY"), "8");
        assert_eq!(rounded("7", "EUR"), "7.00");
    }

    #[test]
    fn an_amount_reads_back_as_it_was_written() {
        let money = Money::parse("1234.50", Currency::DEFAULT).unwrap();
        assert_eq!(money.to_plain(), "1234.50");
        assert_eq!(money.text(Lang::En), "1,234.50\u{a0}EUR");
        assert_eq!(money.text(Lang::Ro), "1.234,50\u{a0}EUR");
        let yen = Money::parse("500", Currency::parse("JPY").unwrap()).unwrap();
        assert_eq!((yen.to_plain().as_str(), yen.to_number()), ("500", 500.0));
    }
}
