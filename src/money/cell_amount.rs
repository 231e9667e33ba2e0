//! Amounts in the cells of files: with signs and codes of currencies, and thousands separators.

use serde::{Deserialize, Serialize};

use super::amount::Currency;
use crate::i18n::{Message, fold};
use crate::words::word_enum;

word_enum! {
    /// The decimal mark of a file.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum DecimalMark {
        Point = "point",
        Comma = "comma",
    }
}

/// Signs and names of currencies, each with the codes that it can mean, and true if the first is the default where
/// nothing else names the currency.
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

/// An amount in a cell: its digits with a point, and the currencies that its sign can mean.
#[derive(Debug, Clone, PartialEq)]
pub struct CellAmount {
    /// Major units with a point, such as `1054.50`.
    pub plain: String,
    /// True if the point could also be a thousands separator.
    pub is_ambiguous: bool,
    /// Empty without a sign.
    currencies: Vec<Currency>,
    /// True if the first of `currencies` is the default.
    has_default: bool,
}

impl CellAmount {
    /// Parses the amount in a cell; `mark` is the decimal mark of the file, if a user selected one.
    ///
    /// # Errors
    /// The sentence to show: it is no amount, or its comma has two readings. The point in an amount with one point and
    /// three digits after it is the decimal mark; the currency decides whether it has too many decimals.
    pub fn parse(text: &str, mark: Option<DecimalMark>) -> Result<CellAmount, Message> {
        let no_number = || Message::new("money-number");
        let is_digit = |c: char| c.is_ascii_digit();
        let first = first_of_number(text).ok_or_else(no_number)?;
        let last = text.rfind(is_digit).ok_or_else(no_number)? + 1;
        let before = text[..first].trim_end_matches('+');
        let is_of_number = |c: char| is_digit(c) || matches!(c, '.' | ',') || is_group(c);
        if !text[first..last].chars().all(is_of_number) {
            return Err(no_number());
        }
        let bare: String = text[first..last]
            .chars()
            .filter(|c| !is_group(*c))
            .collect();
        // Amounts without decimals may end in a point and a dash.
        let after = text[last..].trim_start_matches(['.', ',']);
        let after = after.trim_start_matches(['-', '–', '—']);
        let (currencies, has_default) = currencies(before, after).ok_or_else(no_number)?;
        let (plain, is_ambiguous) = with_point(&bare, mark)?;
        Ok(CellAmount {
            plain,
            is_ambiguous,
            currencies,
            has_default,
        })
    }

    /// The currency: `named`, that of the row or the lead, if the sign can mean it; without one, the default of the sign.
    ///
    /// # Errors
    /// The sentence to show: the sign means another currency, or several.
    pub fn currency(&self, named: Option<Currency>) -> Result<Option<Currency>, Message> {
        let Some(first) = self.currencies.first() else {
            return Ok(named);
        };
        match named {
            Some(named) if self.currencies.contains(&named) => Ok(Some(named)),
            Some(named) => Err(Message::new("money-other-currency")
                .with("sign", first.code())
                .with("currency", named.code())),
            None if self.has_default => Ok(Some(*first)),
            None => Err(Message::new("money-sign-ambiguous")),
        }
    }

    /// The message for an amount whose point could be a thousands separator.
    pub fn two_readings(&self) -> Message {
        two_readings(&self.plain)
    }
}

/// The index at which the number begins: its first digit, or a separator before it that doesn't end a word.
fn first_of_number(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let before = text[..digit].strip_suffix(['.', ',']);
    Some(match before {
        Some(before) if !before.ends_with(char::is_alphabetic) => before.len(),
        _ => digit,
    })
}

/// True for a thousands separator that is never a decimal mark.
fn is_group(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '’' | '\u{202f}' | '_')
}

/// The currencies that the words around an amount can mean, and true if the first is the default; nothing for a word that
/// is no currency.
fn currencies(before: &str, after: &str) -> Option<(Vec<Currency>, bool)> {
    let mut both: Option<(Vec<Currency>, bool)> = None;
    for word in [before, after] {
        let word = word.trim_matches(|c: char| c.is_whitespace() || c == ':');
        if word.is_empty() {
            continue;
        }
        let named = meaning(word)?;
        both = Some(match both {
            None => named,
            // In `$ 5 CAD` the code decides which dollar the sign means.
            Some((other, _)) => {
                let shared: Vec<Currency> =
                    other.into_iter().filter(|c| named.0.contains(c)).collect();
                let has_default = shared.len() == 1;
                (Some(shared).filter(|all| !all.is_empty())?, has_default)
            }
        });
    }
    Some(both.unwrap_or_default())
}

/// The currency that a cell of a file names by its code, its sign or its name, such as `Euro` or `EUR - Euro`.
///
/// # Errors
/// The sentence to show.
pub fn parse_cell_currency(text: &str) -> Result<Currency, Message> {
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

/// The currencies that a word can mean, and true if the first is the default; nothing for a word that is no currency.
fn meaning(word: &str) -> Option<(Vec<Currency>, bool)> {
    if let Some(currency) = Currency::find(word) {
        return Some((vec![currency], true));
    }
    let lower = word.to_lowercase();
    let is_meant = |signs: &[&str]| {
        let mut signs = signs.iter();
        signs.any(|sign| *sign == lower || (sign.is_ascii() && *sign == fold(word)))
    };
    let (_, codes, has_default) = SIGNS.iter().find(|(signs, ..)| is_meant(signs))?;
    let currencies = codes.iter().filter_map(|code| Currency::find(code));
    Some((currencies.collect(), *has_default))
}

/// The digits with a point as the decimal mark, and true if the point could also be a thousands separator.
fn with_point(bare: &str, mark: Option<DecimalMark>) -> Result<(String, bool), Message> {
    let no_number = || Message::new("money-number");
    if let Some(mark) = mark {
        let (point, group) = match mark {
            DecimalMark::Point => ('.', ','),
            DecimalMark::Comma => (',', '.'),
        };
        let (whole, cents) = bare.split_once(point).unwrap_or((bare, ""));
        let groups: Vec<&str> = whole.split(group).collect();
        if !are_thousands(&groups) || !cents.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(no_number());
        }
        return Ok((join(&groups.concat(), cents), false));
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
            (true, false) => Err(two_readings(&join(whole, cents))),
            (is_ambiguous, _) => Ok((join(whole, cents), is_ambiguous)),
        };
    }
    let earlier: Vec<&str> = whole.matches(['.', ',']).collect();
    let is_same = earlier.iter().all(|other| bare[last..].starts_with(other));
    let is_other = earlier.iter().all(|other| !bare[last..].starts_with(other));
    match (is_same, is_other) {
        _ if !are_thousands(&groups) => Err(no_number()),
        (true, _) if cents.len() == 3 => Ok((groups.concat() + cents, false)),
        (_, true) => Ok((join(&groups.concat(), cents), false)),
        _ => Err(no_number()),
    }
}

fn join(whole: &str, cents: &str) -> String {
    match cents {
        "" => whole.to_owned(),
        cents => format!("{whole}.{cents}"),
    }
}

/// True if thousands separators may divide these groups; a single group may have any length.
fn are_thousands(groups: &[&str]) -> bool {
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() == 1
        || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    is_grouped && groups.iter().all(is_digits)
}

/// The message with both readings of an amount.
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
        let amount = CellAmount::parse(text, None).map_err(|message| message.key)?;
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
                parse_cell_currency(text).map(Currency::code),
                Ok(code),
                "{text}"
            );
        }
        for text in ["kr", "Thaler", "EUR/USD"] {
            assert!(parse_cell_currency(text).is_err(), "{text}");
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
        assert!(CellAmount::parse("1.054", None).unwrap().is_ambiguous);
        assert_eq!(read("$5", Some("EUR")), Err("money-other-currency"));
        assert_eq!(read("5 kr", None), Err("money-sign-ambiguous"));
        assert_eq!(read("5 kr", Some("DKK")), Ok(("5".to_owned(), Some("DKK"))));
    }

    #[test]
    fn a_chosen_mark_decides_what_could_be_two_amounts() {
        let read =
            |text: &str, mark| CellAmount::parse(text, Some(mark)).map(|amount| amount.plain);
        assert_eq!(read("1.054", DecimalMark::Comma).unwrap(), "1054");
        assert_eq!(read("1,054", DecimalMark::Point).unwrap(), "1054");
        assert_eq!(read("1.054,5", DecimalMark::Comma).unwrap(), "1054.5");
        assert!(read("1.05", DecimalMark::Comma).is_err());
        assert!(read("1,05", DecimalMark::Point).is_err());
    }
}
