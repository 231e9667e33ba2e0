//! The cursor of the list of leads, from which a page is read as fast as the first one.

use crate::leads::domain::sort::LeadSort;
use crate::records::fields::parse_id;

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

impl Cursor {
    /// Its value in the URL: key, `~`, id.
    pub fn to_param(&self) -> String {
        match &self.key {
            CursorKey::Number(number) => format!("{number}~{}", self.id),
            CursorKey::Text(text) => format!("{text}~{}", self.id),
        }
    }

    /// Reads the cursor of a list with this sort key. Neither database accepts the NUL character.
    pub fn parse(text: &str, sort: LeadSort) -> Option<Cursor> {
        let (key, id) = text.rsplit_once('~').filter(|_| text.len() <= CURSOR_MAX)?;
        let key = match sort {
            LeadSort::Name if key.contains('\0') => return None,
            LeadSort::Name => CursorKey::Text(key.to_owned()),
            _ => CursorKey::Number(key.parse().ok()?),
        };
        Some(Cursor {
            key,
            id: parse_id(id)?,
        })
    }
}
