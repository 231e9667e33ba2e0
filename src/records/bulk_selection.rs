//! The records of a bulk action: the selected ones, or all that match. All that match are compared as a set, not only
//! as a number.

use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};
use crate::records::filters::FilterSet as _;
use crate::records::list::List;

/// The hexadecimal digits of a digest: 128 bits.
const DIGEST_CHARS: usize = 32;

/// The selected ids, sorted, each once; `None` if `scope` selects all that match.
///
/// # Errors
/// Returns [`Error::Invalid`] at `scope` or `ids` for a value that can't be read.
fn selected_ids(fields: &Fields) -> Result<Option<Vec<i64>>> {
    match fields.text("scope") {
        Some("all") => return Ok(None),
        None | Some("") => {}
        Some(scope) => return Err(invalid("scope", "web-bulk-scope", scope)),
    }
    let texts = fields.all("ids").into_iter();
    let read = |text| parse_id(text).ok_or_else(|| invalid("ids", "web-bulk-id", text));
    let mut ids = texts.map(read).collect::<Result<Vec<i64>>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(Some(ids))
}

fn invalid(field: &'static str, key: &'static str, value: &str) -> Error {
    Error::invalid(field, Message::new(key).with("value", value))
}

/// The records of a bulk action: the ticked ones, or all that match the filters of a list.
#[derive(Debug, Clone)]
pub enum Selection<L> {
    Ids(Vec<i64>),
    All {
        listing: L,
        /// The records that the form expects to match; required for a change.
        expect: Option<Expectation>,
    },
}

impl<L: List> Selection<L> {
    /// Reads the selection from a form; `listing` reads the filters, which ticked rows ignore.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at `scope`, `ids`, `expect` or the name of a filter for a value that can't be read.
    pub fn read(fields: &Fields, listing: impl FnOnce() -> L) -> Result<Selection<L>> {
        match selected_ids(fields)? {
            Some(ids) => Ok(Selection::Ids(ids)),
            None => Ok(Selection::All {
                listing: listing().require_readable()?,
                expect: Expectation::read(fields)?,
            }),
        }
    }

    /// The selection, if it may be changed: all that match needs an expectation to be compared with.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at `expect`.
    pub fn for_change(self) -> Result<Selection<L>> {
        match self {
            Selection::All { expect: None, .. } => Err(missing_expectation()),
            other => Ok(other),
        }
    }

    /// The filters as hidden fields, if all that match are selected.
    pub fn filters(&self) -> Option<Vec<(&'static str, String)>> {
        match self {
            Selection::Ids(_) => None,
            Selection::All { listing, .. } => Some(listing.filters().filter_pairs()),
        }
    }

    /// True if these records, which exist now, are those that the form expected.
    pub fn is_expected(&self, ids: &[i64]) -> bool {
        match self {
            Selection::Ids(selected) => selected.len() == ids.len(),
            Selection::All { expect, .. } => {
                expect.as_ref().is_some_and(|expect| expect.holds(ids))
            }
        }
    }

    /// The difference between these records, which exist now, and those that the form expected.
    pub fn difference(&self, ids: &[i64]) -> Difference {
        match self {
            Selection::Ids(selected) => {
                let count = selected.len() as i64 - ids.len() as i64;
                let is_other = count > 0;
                Difference { count, is_other }
            }
            Selection::All { expect, .. } => expect
                .as_ref()
                .map_or_else(Difference::default, |expect| expect.difference(ids)),
        }
    }
}

/// The digest of a set of ids, independent of their order.
pub fn digest(ids: &[i64]) -> String {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    let mut digest = sha256_hex(&ids.join(","));
    digest.truncate(DIGEST_CHARS);
    digest
}

/// Which records an action on all that match expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// This number of records.
    Count(i64),
    /// This number or more, of a list that was not counted to its end: `300+`. Valid for a preview only.
    AtLeast(i64),
    /// The records of a preview: the digest of their ids, and their number if the form has it.
    Set { digest: String, count: Option<i64> },
}

/// How the matching records differ from the expected ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// The number of records more or fewer.
    pub count: i64,
    /// True if other records match, also if their number is the same.
    pub is_other: bool,
}

impl Difference {
    /// True if anything differs.
    pub fn is_any(&self) -> bool {
        self.count != 0 || self.is_other
    }
}

impl Expectation {
    /// Reads `expect`, and `expect_count` beside a digest; returns `None` without `expect`.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at `expect`.
    pub fn read(fields: &Fields) -> Result<Option<Expectation>> {
        let Some(text) = fields.text("expect") else {
            return Ok(None);
        };
        let is_digest = text.len() == DIGEST_CHARS
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let expect = match text.strip_suffix('+') {
            Some(least) => number(least).map(Expectation::AtLeast),
            None if is_digest => Some(Expectation::Set {
                digest: text.to_owned(),
                count: fields.text("expect_count").and_then(number),
            }),
            None => number(text).map(Expectation::Count),
        };
        let refusal = || invalid("expect", "web-bulk-expect", text);
        expect.map(Some).ok_or_else(refusal)
    }

    /// True if these are the expected records, so that the action may be applied to them.
    pub fn holds(&self, ids: &[i64]) -> bool {
        match self {
            Expectation::Count(count) => ids.len() as i64 == *count,
            Expectation::AtLeast(_) => false,
            Expectation::Set {
                digest: expected, ..
            } => *expected == digest(ids),
        }
    }

    /// The difference between these records and the expected ones.
    pub fn difference(&self, ids: &[i64]) -> Difference {
        let actual = ids.len() as i64;
        let count = match self {
            Expectation::Count(count) => (actual - count).abs(),
            Expectation::AtLeast(least) => (least - actual).max(0),
            Expectation::Set { count, .. } => count.map_or(0, |count| (actual - count).abs()),
        };
        let is_other = match self {
            Expectation::AtLeast(_) => count > 0,
            _ => !self.holds(ids),
        };
        Difference { count, is_other }
    }
}

/// The error of an action on all that match without an expectation.
fn missing_expectation() -> Error {
    Error::invalid("expect", Message::new("web-bulk-expect-missing"))
}

fn number(text: &str) -> Option<i64> {
    match text {
        "0" => Some(0),
        text => parse_id(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(text: &str) -> Result<Option<Expectation>> {
        Expectation::read(&Fields::from_pairs([
            ("expect", text),
            ("expect_count", "2"),
        ]))
    }

    #[test]
    fn a_digest_tells_a_set_from_another_of_the_same_size() {
        assert_eq!(digest(&[3, 1, 2]), digest(&[1, 2, 3]));
        for other in [&[1, 2][..], &[1, 2, 4], &[12, 3], &[]] {
            assert_ne!(digest(&[1, 2, 3]), digest(other), "{other:?}");
        }
        let Ok(Some(expected)) = expect(&digest(&[1, 2])) else {
            panic!("a digest is read");
        };
        assert!(expected.holds(&[2, 1]) && !expected.holds(&[1, 3]));
        let other = expected.difference(&[1, 3]);
        assert_eq!((other.count, other.is_other), (0, true));
        assert_eq!(expected.difference(&[1, 2, 3]).count, 1);
        assert_eq!(expected.difference(&[1, 2]), Difference::default());
    }

    #[test]
    fn a_number_is_compared_and_a_bound_is_never_enough() {
        assert_eq!(expect("2").ok().flatten(), Some(Expectation::Count(2)));
        assert_eq!(expect("0").ok().flatten(), Some(Expectation::Count(0)));
        assert!(Expectation::Count(2).holds(&[7, 9]) && !Expectation::Count(2).holds(&[7]));
        let bound = expect("2+").ok().flatten();
        assert_eq!(bound, Some(Expectation::AtLeast(2)));
        assert!(!Expectation::AtLeast(2).holds(&[7, 9]));
        assert_eq!(
            Expectation::AtLeast(2).difference(&[7, 8, 9]),
            Difference::default()
        );
        assert_eq!(Expectation::AtLeast(2).difference(&[7]).count, 1);
        for bad in ["", "x", "-1", "+1", "01", "1e3", " 1", "+", "deadbeef"] {
            assert!(expect(bad).is_err(), "{bad}");
        }
        assert!(matches!(Expectation::read(&Fields::default()), Ok(None)));
    }

    #[test]
    fn one_id_that_cannot_be_read_refuses_all() {
        let read = |query: &str| {
            selected_ids(&Fields::from_urlencoded(query.as_bytes()).unwrap_or_default()).ok()
        };
        assert_eq!(read("ids=4&ids=2&ids=4"), Some(Some(vec![2, 4])));
        assert_eq!(read("scope=all&ids=4"), Some(None));
        assert_eq!(read("scope="), Some(Some(vec![])));
        for bad in ["ids=4&ids=x", "ids=", "ids=4&ids=05", "scope=foo&ids=4"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
