//! Places in ordered lists.

use super::listing::SortKey;
use crate::web::fields::{Fields, parse_id};

/// The most characters of a place in the list: the longest name, folded, and an id.
const MARK_MAX: usize = 1_000;

/// The value by which a lead stands where it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKey {
    Number(i64),
    Text(String),
}

/// A place in an ordered list: just after, or just before, the lead with this key and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub key: MarkKey,
    pub id: i64,
}

/// Which page of a list: by the place it begins or ends at, so that far pages are as quick as near ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Turn {
    #[default]
    First,
    After(Mark),
    Before(Mark),
    /// The end of the list.
    Last,
}

impl Mark {
    /// The place as the URL holds it: key, `~`, id.
    pub fn to_word(&self) -> String {
        match &self.key {
            MarkKey::Number(number) => format!("{number}~{}", self.id),
            MarkKey::Text(text) => format!("{text}~{}", self.id),
        }
    }

    fn parse(word: &str, sort: SortKey) -> Option<Mark> {
        let (key, id) = word.rsplit_once('~').filter(|_| word.len() <= MARK_MAX)?;
        let key = match sort {
            SortKey::Name => MarkKey::Text(key.to_owned()).filter_nul()?,
            _ => MarkKey::Number(key.parse().ok()?),
        };
        Some(Mark {
            key,
            id: parse_id(id)?,
        })
    }
}

impl MarkKey {
    /// No database here stores the NUL character, nor can be asked for it.
    fn filter_nul(self) -> Option<MarkKey> {
        match &self {
            MarkKey::Text(text) if text.contains('\0') => None,
            _ => Some(self),
        }
    }
}

impl Turn {
    /// True if the page is read from its end.
    pub fn is_backward(&self) -> bool {
        matches!(self, Turn::Before(_) | Turn::Last)
    }

    /// The turn that a URL describes, in a list with this order.
    pub fn read(fields: &Fields, sort: SortKey) -> Turn {
        let mark = |name: &str| Mark::parse(fields.text(name)?, sort);
        match (mark("after"), mark("before"), fields.text("at")) {
            (Some(mark), ..) => Turn::After(mark),
            (None, Some(mark), _) => Turn::Before(mark),
            (None, None, Some("end")) => Turn::Last,
            _ => Turn::First,
        }
    }
}
