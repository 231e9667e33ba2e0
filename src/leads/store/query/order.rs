//! The order of a list as SQL.

use diesel::sql_types::{BigInt, Text};

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::cursor::{Cursor, CursorKey};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::match_cache::LeadMatch;
use crate::records::list::Sort;

/// The column that a list is sorted by, then the id, in the direction of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    key: LeadSort,
    /// True if the largest key comes first.
    pub is_descending: bool,
}

impl Order {
    /// The order of a list.
    pub fn of(sort: Sort<LeadSort>) -> Order {
        Order {
            key: sort.key,
            // A greater age is an earlier entry.
            is_descending: (sort.key == LeadSort::Age) != sort.is_reversed,
        }
    }

    /// The order in which a page is read: a previous page is read backward.
    pub fn of_page(listing: &Listing) -> Order {
        Order::of(Sort {
            is_reversed: listing.sort.is_reversed != listing.position.is_backward(),
            ..listing.sort
        })
    }

    /// The column of the key.
    pub fn column(self) -> &'static str {
        match self.key {
            LeadSort::CreatedAt => "created_at",
            LeadSort::Name => "name_key",
            LeadSort::Value => "value_key",
            LeadSort::Age => "status_since",
            LeadSort::UpdatedAt => "updated_at",
        }
    }

    /// The terms after `order by`.
    pub fn terms(self) -> String {
        let direction = self.direction();
        format!("{}{direction}, id{direction}", self.column())
    }

    /// The terms after `order by` in a query of a range whose index has this order.
    pub fn terms_in(self, conn: &Conn, range: &IndexRange) -> String {
        range.order_prefix(conn, self.direction()) + &self.terms()
    }

    fn direction(self) -> &'static str {
        if self.is_descending { " desc" } else { "" }
    }

    /// The leads behind a cursor.
    pub fn after(self, cursor: &Cursor) -> SqlText {
        self.compare(cursor, if self.is_descending { "<" } else { ">" })
    }

    /// The leads before a cursor, and the one at it.
    pub fn up_to(self, cursor: &Cursor) -> SqlText {
        self.compare(cursor, if self.is_descending { ">=" } else { "<=" })
    }

    /// A row value lets both databases seek in the index, however many leads share a key.
    fn compare(self, cursor: &Cursor, operator: &str) -> SqlText {
        let head = format!("({}, id) {operator} (", self.column());
        let key = match &cursor.key {
            CursorKey::Number(number) => SqlText::new(head).number(*number),
            CursorKey::Text(text) => SqlText::new(head).text(text.clone()),
        };
        key.sql(", ").number(cursor.id).sql(")")
    }

    /// The ids of a page among these matches, and one more; nothing if they don't hold the key of the sort.
    pub fn page_ids(self, matches: &[LeadMatch], listing: &Listing) -> Option<Vec<i64>> {
        let key: fn(&LeadMatch) -> i64 = match self.key {
            LeadSort::CreatedAt => |lead| lead.created_at.0,
            LeadSort::Value => |lead| lead.value_key,
            LeadSort::Age => |lead| lead.status_since.0,
            LeadSort::Name | LeadSort::UpdatedAt => return None,
        };
        let sign = if self.is_descending { -1 } else { 1 };
        let position = |key: i64, id: i64| (key * sign, id * sign);
        let start = listing.position.cursor();
        let start = start.and_then(|cursor| match cursor.key {
            CursorKey::Number(key) => Some(position(key, cursor.id)),
            CursorKey::Text(_) => None,
        });
        let positions = matches.iter().map(|lead| position(key(lead), lead.id));
        let mut positions: Vec<(i64, i64)> = positions
            .filter(|each| start.is_none_or(|start| *each > start))
            .collect();
        positions.sort_unstable();
        positions.truncate(usize::try_from(listing.per_page + 1).unwrap_or_default());
        Some(positions.iter().map(|(_, id)| id * sign).collect())
    }

    /// The position of the entry that `skipped` others come before, in the leads of a range for which `condition` holds.
    pub fn position_of(
        self,
        conn: &mut Conn,
        range: &IndexRange,
        condition: &SqlText,
        skipped: i64,
    ) -> Result<Option<Cursor>> {
        let columns = format!("{}, id", self.column());
        let select = range.select(conn, &columns, condition);
        let terms = self.terms_in(conn, range);
        let order = format!(" order by {terms} limit 1 offset ");
        let select = select.sql(order).number(skipped);
        Ok(match self.key {
            LeadSort::Name => {
                let rows: Vec<(String, i64)> = select.load::<(Text, BigInt), _>(conn)?;
                let text = |(text, id)| (CursorKey::Text(text), id);
                rows.into_iter().map(text).next()
            }
            _ => {
                let rows: Vec<(i64, i64)> = select.load::<(BigInt, BigInt), _>(conn)?;
                let number = |(number, id)| (CursorKey::Number(number), id);
                rows.into_iter().map(number).next()
            }
        }
        .map(|(key, id)| Cursor { key, id }))
    }
}

/// The position of a lead in a list with this sort.
pub fn cursor_of(lead: &Lead, sort: LeadSort) -> Cursor {
    let key = match sort {
        LeadSort::CreatedAt => CursorKey::Number(lead.created_at.0),
        LeadSort::Name => CursorKey::Text(lead.fields.name_key()),
        LeadSort::Value => CursorKey::Number(lead.fields.value_cents.unwrap_or(-1)),
        LeadSort::Age => CursorKey::Number(lead.status_since.0),
        LeadSort::UpdatedAt => CursorKey::Number(lead.updated_at.0),
    };
    Cursor { key, id: lead.id }
}
