//! Cursors: positions in an ordered list, from which a page is read as fast as the first one.

use crate::leads::domain::listing::SortKey;
use crate::records::fields::{Fields, parse_id};

/// The most characters of a cursor: the longest folded name and an id.
const CURSOR_MAX: usize = 1_000;

/// The value of the sort key at a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorKey {
    Number(i64),
    Text(String),
}

/// A position in an ordered list: before or after the lead with this key and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub key: CursorKey,
    pub id: i64,
}

/// Which page of a list to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PagePosition {
    #[default]
    First,
    After(Cursor),
    Before(Cursor),
    /// The last page.
    Last,
}

impl Cursor {
    /// Its value in the URL: key, `~`, id.
    pub fn to_param(&self) -> String {
        match &self.key {
            CursorKey::Number(number) => format!("{number}~{}", self.id),
            CursorKey::Text(text) => format!("{text}~{}", self.id),
        }
    }

    fn parse(text: &str, sort: SortKey) -> Option<Cursor> {
        let (key, id) = text.rsplit_once('~').filter(|_| text.len() <= CURSOR_MAX)?;
        let key = match sort {
            SortKey::Name => CursorKey::Text(key.to_owned()).without_nul()?,
            _ => CursorKey::Number(key.parse().ok()?),
        };
        Some(Cursor {
            key,
            id: parse_id(id)?,
        })
    }
}

impl CursorKey {
    /// `None` for a NUL character, which neither database accepts.
    fn without_nul(self) -> Option<CursorKey> {
        match &self {
            CursorKey::Text(text) if text.contains('\0') => None,
            _ => Some(self),
        }
    }
}

impl PagePosition {
    /// True if the page is read from its end.
    pub fn is_backward(&self) -> bool {
        matches!(self, PagePosition::Before(_) | PagePosition::Last)
    }

    /// Reads the page that a URL asks for, in a list with this sort key.
    pub fn read(fields: &Fields, sort: SortKey) -> PagePosition {
        let cursor = |name: &str| Cursor::parse(fields.text(name)?, sort);
        match (cursor("after"), cursor("before"), fields.text("at")) {
            (Some(cursor), ..) => PagePosition::After(cursor),
            (None, Some(cursor), _) => PagePosition::Before(cursor),
            (None, None, Some("end")) => PagePosition::Last,
            _ => PagePosition::First,
        }
    }
}
