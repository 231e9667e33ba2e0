//! Amounts as users type them on pages: in the number format of the page's language.

use super::amount::{Currency, Money};
use crate::i18n::{Lang, Message};

/// The decimal mark and the thousands separator of a language.
fn separators(lang: Lang) -> (char, char) {
    match lang {
        Lang::En => ('.', ','),
        Lang::Ro => (',', '.'),
    }
}

/// An example of an amount in the number format of a language.
pub fn example_amount(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "1,054.50",
        Lang::Ro => "1.054,50",
    }
}

impl Money {
    /// Parses an amount that a user typed on a page, with the decimal mark and the thousands separator of the language.
    /// Those of the other language are accepted where only one reading is possible (`1.5` in Romanian).
    ///
    /// A separator before three digits has two readings. The thousands separator of the language is read as one; its
    /// decimal mark is refused with both readings, if the currency has fewer than three decimals: `1.000` in English
    /// may mean a thousand, and a factor of a thousand is never guessed.
    ///
    /// # Errors
    /// The sentence to show: it is no amount, could be two, is negative, too large or finer than the currency.
    pub fn parse_in_lang(text: &str, currency: Currency, lang: Lang) -> Result<Money, Message> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let decimal_mark = match decimal_mark(&bare, currency, lang) {
            Ok(index) => index,
            Err(AmountError::TwoReadings) => return Err(two_readings(&bare, lang)),
            Err(AmountError::NoNumber) => return Err(no_number(lang)),
        };
        let (whole, fraction) = match decimal_mark {
            Some(index) => (&bare[..index], &bare[index + 1..]),
            None => (bare.as_str(), ""),
        };
        let whole: String = whole.chars().filter(|c| !is_separator(*c)).collect();
        Money::parse(&format!("{whole}.{fraction}"), currency).map_err(|message| {
            match message.key {
                "money-number" => no_number(lang),
                _ => message,
            }
        })
    }

    /// The amount for an input field, with the decimal mark of the language and no thousands separator: `1054,50`.
    pub fn to_input(self, lang: Lang) -> String {
        self.to_plain()
            .replace('.', &separators(lang).0.to_string())
    }
}

enum AmountError {
    NoNumber,
    TwoReadings,
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// The index of the decimal mark; nothing if there is none.
fn decimal_mark(bare: &str, currency: Currency, lang: Lang) -> Result<Option<usize>, AmountError> {
    let Some(last) = bare.rfind(is_separator) else {
        return Ok(None);
    };
    let (whole, after) = (&bare[..last], &bare[last + 1..]);
    let separator = &bare[last..=last];
    let groups: Vec<&str> = whole.split(is_separator).collect();
    if groups.len() > 1 {
        // One that occurs several times is the thousands separator; a different last one is the decimal mark.
        let is_same = whole.matches(is_separator).all(|other| other == separator);
        let is_other = whole.matches(is_separator).all(|other| other != separator);
        return match (is_same, is_other) {
            (true, _) if are_thousands(&groups) && after.len() == 3 => Ok(None),
            (_, true) if are_thousands(&groups) => Ok(Some(last)),
            _ => Err(AmountError::NoNumber),
        };
    }
    let is_decimal_mark = separator.starts_with(separators(lang).0);
    let could_group = after.len() == 3 && are_thousands(&groups);
    match (is_decimal_mark, could_group) {
        (false, true) => Ok(None),
        (true, true) if currency.digits() < 3 => Err(AmountError::TwoReadings),
        (true, _) => Ok(Some(last)),
        // The decimal mark of the other language, where it can't be a thousands separator.
        (false, false) if (1..=3).contains(&after.len()) => Ok(Some(last)),
        (false, false) => Err(AmountError::NoNumber),
    }
}

/// True if thousands separators may divide these groups: one to three digits, not beginning with 0, then three each.
fn are_thousands(groups: &[&str]) -> bool {
    let (first, rest) = (groups[0], &groups[1..]);
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.iter().all(|group| group.len() == 3)
}

fn no_number(lang: Lang) -> Message {
    Message::new("money-typed").with("example", example_amount(lang))
}

/// The message with both readings of an amount, each in an unambiguous form.
fn two_readings(bare: &str, lang: Lang) -> Message {
    let (whole, after) = bare.split_once(is_separator).unwrap_or((bare, ""));
    let after = after.trim_end_matches('0');
    let small = match after {
        "" => whole.to_owned(),
        after => format!("{whole}{}{after}", separators(lang).0),
    };
    let large: String = bare.chars().filter(|c| !is_separator(*c)).collect();
    let message = Message::new("money-two-readings").with("typed", bare);
    message.with("large", large).with("small", small)
}

#[cfg(test)]
mod tests {
    use super::super::amount::MAX_CENTS;
    use super::*;

    fn cents(text: &str, code: &str, lang: Lang) -> Result<i64, &'static str> {
        let money = Money::parse_in_lang(text, Currency::parse(code).unwrap(), lang);
        money
            .map(|money| money.cents)
            .map_err(|message| message.key)
    }

    #[test]
    fn thousands_are_read_as_the_language_writes_them() {
        assert_eq!(cents("1.000", "EUR", Lang::Ro), Ok(100_000));
        assert_eq!(cents("1.000", "KWD", Lang::Ro), Ok(1_000_000));
        assert_eq!(cents("1,000", "EUR", Lang::En), Ok(100_000));
        assert_eq!(cents("1,000", "KWD", Lang::En), Ok(1_000_000));
        assert_eq!(cents("1.054,50", "EUR", Lang::Ro), Ok(105_450));
        assert_eq!(cents("1054,5", "EUR", Lang::Ro), Ok(105_450));
        assert_eq!(cents("1,054.50", "EUR", Lang::En), Ok(105_450));
        assert_eq!(cents("1,234", "KWD", Lang::Ro), Ok(1_234));
        assert_eq!(cents("1.234", "KWD", Lang::En), Ok(1_234));
    }

    #[test]
    fn what_can_mean_only_one_thing_is_understood_in_both() {
        for lang in [Lang::En, Lang::Ro] {
            for text in [
                "1054.50",
                "1.054,50",
                "1,054.50",
                "1 054,5",
                "1\u{a0}054.5",
                "1054,500",
            ] {
                assert_eq!(cents(text, "EUR", lang), Ok(105_450), "{text}");
            }
            for text in ["1.5", "1,5", "1.50"] {
                assert_eq!(cents(text, "EUR", lang), Ok(150), "{text}");
            }
            for text in ["1.234.567", "1,234,567", "1234567"] {
                assert_eq!(cents(text, "EUR", lang), Ok(123_456_700), "{text}");
            }
            for text in ["0.5", "0,500", "0.500", ",5", ".5"] {
                assert_eq!(cents(text, "EUR", lang), Ok(50), "{text}");
            }
        }
    }

    #[test]
    fn a_factor_of_a_thousand_is_never_guessed() {
        for text in ["1.000", "1.500", "12.345", "999.000"] {
            for code in ["EUR", "JPY"] {
                let message = Err("money-two-readings");
                assert_eq!(cents(text, code, Lang::En), message, "{text}");
                assert_eq!(
                    cents(&text.replace('.', ","), code, Lang::Ro),
                    message,
                    "{text}"
                );
            }
        }
        let message = Money::parse_in_lang("1,500", Currency::DEFAULT, Lang::Ro).unwrap_err();
        let said = message.text(Lang::Ro);
        assert!(said.contains("1500 sau 1,5."), "{said}");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for lang in [Lang::En, Lang::Ro] {
            for bad in [
                "-1",
                "1e3",
                "",
                ".",
                ",",
                "1.2.3",
                "1,2,3",
                "1,23,4.5",
                "1234,567.8",
                "1.05,50",
                "1,050,50",
                "ă,5",
                "1.000,000.5",
                "0.000.000",
                "1..5",
                "1,.5",
                "٣",
            ] {
                assert_eq!(cents(bad, "EUR", lang), Err("money-typed"), "{bad}");
            }
            assert_eq!(cents("1234,567", "EUR", lang), Err("money-fine"));
            assert_eq!(cents("1.5", "JPY", lang), Err("money-fine"));
            assert_eq!(cents(&"9".repeat(40), "EUR", lang), Err("money-large"));
        }
    }

    #[test]
    fn what_the_form_shows_is_read_as_it_was() {
        for lang in [Lang::En, Lang::Ro] {
            for code in ["EUR", "JPY", "KWD", "CLF"] {
                let currency = Currency::parse(code).unwrap();
                for cents in [0, 1, 100, 1_000, 105_400, 105_450, 1_000_000, MAX_CENTS] {
                    let money = Money { cents, currency };
                    let shown = money.to_input(lang);
                    assert_eq!(
                        Money::parse_in_lang(&shown, currency, lang),
                        Ok(money),
                        "{shown}"
                    );
                }
            }
        }
    }
}
