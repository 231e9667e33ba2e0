//! Amounts as people and programs write them in files: with signs and codes of currencies, and marks between thousands.

use serde::{Deserialize, Serialize};

use super::amount::Currency;
use crate::i18n::{Message, fold};
use crate::words::word_enum;

word_enum! {
    /// The mark before the cents in a file.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum DecimalMark {
        Point = "point",
        Comma = "comma",
    }
}

/// Signs and words with the currencies that they can mean; the first is meant where nothing else says which, unless the
/// sign means several alike.
const SIGNS: [(&[&str], &[&str], bool); 17] = [
    (&["€", "euro", "euros"], &["EUR"], true),
    (&["us$", "$us", "us dollar", "u.s. dollar"], &["USD"], true),
    (&["ca$", "c$"], &["CAD"], true),
    (&["au$", "a$"], &["AUD"], true),
    (&["r$"], &["BRL"], true),
    (
        &["$"],
        &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"],
        true,
    ),
    (&["£", "british pound", "pound sterling"], &["GBP"], true),
    (
        &["lei", "leu", "romanian leu", "leu romanesc"],
        &["RON", "MDL"],
        true,
    ),
    (&["zł", "zl"], &["PLN"], true),
    (&["kč", "kc"], &["CZK"], true),
    (&["ft"], &["HUF"], true),
    (&["fr", "fr.", "sfr", "sfr.", "swiss franc"], &["CHF"], true),
    (&["kr", "kr."], &["SEK", "NOK", "DKK", "ISK"], false),
    (&["¥"], &["JPY", "CNY"], false),
    (&["₺", "tl"], &["TRY"], true),
    (&["₴"], &["UAH"], true),
    (&["лв", "лв.", "lv", "lv."], &["BGN"], true),
];

/// An amount as written: its digits with a point, and the currencies that its sign can mean.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenAmount {
    /// Major units with a point, such as `1054.50`.
    pub plain: String,
    /// True if the point could also be a mark between thousands.
    pub is_ambiguous: bool,
    /// Empty without a sign.
    currencies: Vec<Currency>,
    is_sure: bool,
}

impl WrittenAmount {
    /// The amount in a cell; `mark` is what a user chose for the whole file.
    ///
    /// # Errors
    /// The sentence to show: it is no amount, or its comma has two readings. An amount with one point and three digits
    /// behind it is read as a file writes it; whether that is too fine is for its currency to say.
    pub fn parse(text: &str, mark: Option<DecimalMark>) -> Result<WrittenAmount, Message> {
        let number = || Message::new("money-number");
        let is_digit = |c: char| c.is_ascii_digit();
        let first = first_of_number(text).ok_or_else(number)?;
        let last = text.rfind(is_digit).ok_or_else(number)? + 1;
        let before = text[..first].trim_end_matches('+');
        let is_of_number = |c: char| is_digit(c) || matches!(c, '.' | ',') || is_group(c);
        if !text[first..last].chars().all(is_of_number) {
            return Err(number());
        }
        let bare: String = text[first..last]
            .chars()
            .filter(|c| !is_group(*c))
            .collect();
        // Amounts without cents may end in a point and a dash.
        let after = text[last..].trim_start_matches(['.', ',']);
        let after = after.trim_start_matches(['-', '–', '—']);
        let (currencies, is_sure) = currencies(before, after).ok_or_else(number)?;
        let (plain, is_ambiguous) = with_point(&bare, mark)?;
        Ok(WrittenAmount {
            plain,
            is_ambiguous,
            currencies,
            is_sure,
        })
    }

    /// The currency: the one that the row or the lead names if the sign can mean it, else that of the sign.
    ///
    /// # Errors
    /// The sentence to show: the sign means another one, or several.
    pub fn currency(&self, named: Option<Currency>) -> Result<Option<Currency>, Message> {
        let Some(first) = self.currencies.first() else {
            return Ok(named);
        };
        match named {
            Some(named) if self.currencies.contains(&named) => Ok(Some(named)),
            Some(named) => Err(Message::new("money-other-currency")
                .with("sign", first.code())
                .with("currency", named.code())),
            None if self.is_sure => Ok(Some(*first)),
            None => Err(Message::new("money-sign-ambiguous")),
        }
    }

    /// The message for an amount whose point could be a mark between thousands.
    pub fn ambiguity(&self) -> Message {
        two_readings(&self.plain)
    }
}

/// Where the number begins: at its first digit, or at a mark before it that doesn't end a word.
fn first_of_number(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let before = text[..digit].strip_suffix(['.', ',']);
    Some(match before {
        Some(before) if !before.ends_with(char::is_alphabetic) => before.len(),
        _ => digit,
    })
}

/// Marks between thousands that are never before cents.
fn is_group(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '’' | '\u{202f}' | '_')
}

/// The currencies of the words around an amount; nothing if one of them names none.
fn currencies(before: &str, after: &str) -> Option<(Vec<Currency>, bool)> {
    let mut found: Option<(Vec<Currency>, bool)> = None;
    for word in [before, after] {
        let word = word.trim_matches(|c: char| c.is_whitespace() || c == ':');
        if word.is_empty() {
            continue;
        }
        let meant = meaning(word)?;
        found = Some(match found {
            None => meant,
            // `$ 5 CAD`: the code says which dollar.
            Some((other, _)) => {
                let both: Vec<Currency> =
                    other.into_iter().filter(|c| meant.0.contains(c)).collect();
                let is_sure = both.len() == 1;
                (Some(both).filter(|both| !both.is_empty())?, is_sure)
            }
        });
    }
    Some(found.unwrap_or_default())
}

/// The currency that a cell of a file names by its code, its sign or its name, such as `Euro` or `EUR - Euro`.
///
/// # Errors
/// The sentence to show.
pub fn parse_written_currency(text: &str) -> Result<Currency, Message> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut codes = words
        .filter(|word| word.len() == 3)
        .filter_map(Currency::find);
    match (meaning(text.trim()), codes.next()) {
        (Some((currencies, true)), _) if !currencies.is_empty() => Ok(currencies[0]),
        (None, Some(code)) if codes.all(|other| other == code) => Ok(code),
        _ => Currency::parse(text),
    }
}

fn meaning(word: &str) -> Option<(Vec<Currency>, bool)> {
    if let Some(currency) = Currency::find(word) {
        return Some((vec![currency], true));
    }
    let lower = word.to_lowercase();
    let is_meant = |signs: &[&str]| {
        let mut signs = signs.iter();
        signs.any(|sign| *sign == lower || (sign.is_ascii() && *sign == fold(word)))
    };
    let (_, codes, is_sure) = SIGNS.iter().find(|(signs, ..)| is_meant(signs))?;
    let known = codes.iter().filter_map(|code| Currency::find(code));
    Some((known.collect(), *is_sure))
}

/// The digits with a point before the cents, and whether the point could be between thousands.
fn with_point(bare: &str, mark: Option<DecimalMark>) -> Result<(String, bool), Message> {
    let number = || Message::new("money-number");
    if let Some(mark) = mark {
        let (point, group) = match mark {
            DecimalMark::Point => ('.', ','),
            DecimalMark::Comma => (',', '.'),
        };
        let (whole, cents) = bare.split_once(point).unwrap_or((bare, ""));
        let groups: Vec<&str> = whole.split(group).collect();
        if !are_thousands(&groups) || !cents.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(number());
        }
        return Ok((joined(&groups.concat(), cents), false));
    }
    let Some(last) = bare.rfind(['.', ',']) else {
        return Ok((bare.to_owned(), false));
    };
    let (whole, cents) = (&bare[..last], &bare[last + 1..]);
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let is_point = bare[last..].starts_with('.');
    if groups.len() == 1 {
        let could_group = cents.len() == 3 && are_thousands(&groups) && !whole.starts_with('0');
        return match (could_group && !whole.is_empty(), is_point) {
            (true, false) => Err(two_readings(&joined(whole, cents))),
            (is_ambiguous, _) => Ok((joined(whole, cents), is_ambiguous)),
        };
    }
    let marks: Vec<&str> = whole.matches(['.', ',']).collect();
    let is_same = marks.iter().all(|mark| bare[last..].starts_with(mark));
    let is_other = marks.iter().all(|mark| !bare[last..].starts_with(mark));
    match (is_same, is_other) {
        _ if !are_thousands(&groups) => Err(number()),
        (true, _) if cents.len() == 3 => Ok((groups.concat() + cents, false)),
        (_, true) => Ok((joined(&groups.concat(), cents), false)),
        _ => Err(number()),
    }
}

fn joined(whole: &str, cents: &str) -> String {
    match cents {
        "" => whole.to_owned(),
        cents => format!("{whole}.{cents}"),
    }
}

/// True if marks between thousands may be between these digits; one group may have any length.
fn are_thousands(groups: &[&str]) -> bool {
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() == 1
        || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    is_grouped && groups.iter().all(is_digits)
}

/// The message for an amount that could be a thousand times another.
fn two_readings(plain: &str) -> Message {
    let large = plain.replace('.', "");
    Message::new("money-file-two-readings")
        .with("large", large)
        .with("small", plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        text: &str,
        named: Option<&str>,
    ) -> Result<(String, Option<&'static str>), &'static str> {
        let named = named.and_then(Currency::find);
        let amount = WrittenAmount::parse(text, None).map_err(|message| message.key)?;
        let currency = amount.currency(named).map_err(|message| message.key)?;
        Ok((amount.plain, currency.map(Currency::code)))
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, named, plain, code) in [
            ("$22,700.00", Some("USD"), "22700.00", Some("USD")),
            ("€ 1.054,50", Some("EUR"), "1054.50", Some("EUR")),
            ("1054 EUR", None, "1054", Some("EUR")),
            ("1’054.50", Some("CHF"), "1054.50", Some("CHF")),
            ("1054.50 lei", Some("RON"), "1054.50", Some("RON")),
            ("1 054,5 zł", None, "1054.5", Some("PLN")),
            ("CA$ 5", None, "5", Some("CAD")),
            ("Fr. 5", None, "5", Some("CHF")),
            ("Fr.5.50", None, "5.50", Some("CHF")),
            ("$5 CAD", None, "5", Some("CAD")),
            ("CHF 1'054.-", None, "1054", Some("CHF")),
            ("1.234.567", None, "1234567", None),
            ("1,234,567.8", None, "1234567.8", None),
            ("0.5", None, "0.5", None),
            (",5", None, ".5", None),
            ("+7", None, "7", None),
            ("1054", None, "1054", None),
        ] {
            assert_eq!(read(text, named), Ok((plain.to_owned(), code)), "{text}");
        }
    }

    #[test]
    fn a_currency_is_named_by_code_sign_or_name() {
        for (text, code) in [
            ("eur", "EUR"),
            ("Euro", "EUR"),
            ("€", "EUR"),
            ("US Dollar", "USD"),
            ("Leu românesc", "RON"),
            ("EUR - Euro", "EUR"),
            ("British Pound (GBP)", "GBP"),
        ] {
            assert_eq!(
                parse_written_currency(text).map(Currency::code),
                Ok(code),
                "{text}"
            );
        }
        for text in ["kr", "Thaler", "EUR/USD"] {
            assert!(parse_written_currency(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_or_could_be_two_is_refused() {
        for text in [
            "", "-1", "(5)", "1e3", "5k", "five", "1.2.3", "1,23,4.5", "1-2", ".", "€",
        ] {
            assert_eq!(read(text, None), Err("money-number"), "{text}");
        }
        assert_eq!(read("1,054", None), Err("money-file-two-readings"));
        assert!(WrittenAmount::parse("1.054", None).unwrap().is_ambiguous);
        assert_eq!(read("$5", Some("EUR")), Err("money-other-currency"));
        assert_eq!(read("5 kr", None), Err("money-sign-ambiguous"));
        assert_eq!(read("5 kr", Some("DKK")), Ok(("5".to_owned(), Some("DKK"))));
    }

    #[test]
    fn a_chosen_mark_decides_what_could_be_two_amounts() {
        let read =
            |text: &str, mark| WrittenAmount::parse(text, Some(mark)).map(|amount| amount.plain);
        assert_eq!(read("1.054", DecimalMark::Comma).unwrap(), "1054");
        assert_eq!(read("1,054", DecimalMark::Point).unwrap(), "1054");
        assert_eq!(read("1.054,5", DecimalMark::Comma).unwrap(), "1054.5");
        assert!(read("1.05", DecimalMark::Comma).is_err());
        assert!(read("1,05", DecimalMark::Point).is_err());
    }
}
