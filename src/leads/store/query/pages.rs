//! Pages, ids and counts of a list.

use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::clock::Timestamp;
use crate::db::schema::leads;
use crate::db::{Conn, columns_of};
use crate::error::Result;
use crate::leads::domain::cursor::{Cursor, CursorKey};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::find_many;
use crate::leads::store::query::access_path::AccessPath;
use crate::leads::store::query::conditions::{Condition, Leads, filtered};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::row::LeadRow;
use crate::records::list::Sort;

/// Matching leads are counted up to this number; beyond it, a list shows "5,000+".
pub const COUNT_LIMIT: i64 = 5_000;

/// Up to this many leads in all, a search reads each one to count its matches, in some 20 ms.
const MAX_SEARCHED: i64 = 20_000;

/// What a lead's state depends on: its status, the start of its clock, the end of its pause.
pub type ClockRow = (i64, Timestamp, Option<Timestamp>);

impl LeadQuery {
    /// One page of a list, and one row more if another page follows in the direction of reading.
    pub fn page(&self, conn: &mut Conn, listing: &Listing) -> Result<Vec<Lead>> {
        let sort = Sort {
            is_reversed: listing.sort.is_reversed != listing.position.is_backward(),
            ..listing.sort
        };
        let path = match self.overdue_path(conn, listing)? {
            Some(path) => path,
            None => self.choose_path(conn, listing)?,
        };
        let mut leads = filtered(listing, self, &path);
        if let Some(cursor) = listing.position.cursor() {
            leads = leads.filter(seek_after(cursor, sort, &path));
        }
        let rows: Vec<LeadRow> = ordered(leads, sort, &path)
            .limit(listing.per_page + 1)
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        Ok(rows.into_iter().map(Lead::from).collect())
    }

    /// One page of a list, by its offset.
    pub fn page_by_offset(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        offset: i64,
    ) -> Result<Vec<Lead>> {
        let path = self.choose_path(conn, listing)?;
        let ids: Vec<i64> = ordered(filtered(listing, self, &path), listing.sort, &path)
            .limit(listing.per_page)
            .offset(offset)
            .select(leads::id)
            .load(conn)?;
        let mut leads = find_many(conn, &ids)?;
        leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
        Ok(leads)
    }

    /// The ids of all matching leads in the order of the list, at most `limit`.
    pub fn ids(&self, conn: &mut Conn, listing: &Listing, limit: i64) -> Result<Vec<i64>> {
        let path = self.choose_path(conn, listing)?;
        Ok(ordered(filtered(listing, self, &path), listing.sort, &path)
            .limit(limit)
            .select(leads::id)
            .load(conn)?)
    }

    /// Up to `limit` matching leads with ids above `after`, by id. For reading all of them in batches.
    pub fn page_by_id(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Lead>> {
        let path = self.choose_path(conn, listing)?;
        let rows: Vec<LeadRow> = filtered(listing, self, &path)
            .filter(leads::id.gt(after))
            .order(leads::id)
            .limit(limit)
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        Ok(rows.into_iter().map(Lead::from).collect())
    }

    /// The exact number of matching leads.
    pub fn count(&self, conn: &mut Conn, listing: &Listing) -> Result<i64> {
        let path = self.choose_path(conn, listing)?.unordered(&listing.filter);
        Ok(filtered(listing, self, &path).count().get_result(conn)?)
    }

    /// What the state of each matching lead depends on, up to the count limit; false if there may be more.
    pub fn clock_rows(&self, conn: &mut Conn, listing: &Listing) -> Result<(Vec<ClockRow>, bool)> {
        let mut is_complete = true;
        let path = match self.choose_path(conn, listing)? {
            path if path.is_full_scan(&listing.filter) && is_large(conn)? => {
                is_complete = false;
                self.sample_path(conn, &listing.filter)?
            }
            path => path.unordered(&listing.filter),
        };
        let mut rows: Vec<ClockRow> = filtered(listing, self, &path)
            .limit(COUNT_LIMIT + 1)
            .select((leads::status_id, leads::clock_from, leads::paused_until))
            .load(conn)?;
        is_complete &= rows.len() as i64 <= COUNT_LIMIT;
        rows.truncate(COUNT_LIMIT as usize);
        Ok((rows, is_complete))
    }
}

/// True if there are more leads than a search may read to count.
fn is_large(conn: &mut Conn) -> Result<bool> {
    let last_id: Option<i64> = leads::table.select(max(leads::id)).first(conn)?;
    Ok(last_id.unwrap_or(0) > MAX_SEARCHED)
}

/// The position of a lead in a list with this sort.
pub fn cursor_of(lead: &Lead, sort: LeadSort) -> Cursor {
    let key = match sort {
        LeadSort::CreatedAt => CursorKey::Number(lead.created_at.0),
        LeadSort::Name => CursorKey::Text(lead.fields.name_key()),
        LeadSort::Value => CursorKey::Number(lead.fields.value_cents.unwrap_or(-1)),
        // A greater age is an earlier entry.
        LeadSort::Age => CursorKey::Number(lead.status_since.0),
        LeadSort::UpdatedAt => CursorKey::Number(lead.updated_at.0),
    };
    Cursor { key, id: lead.id }
}

fn sort_column(sort: LeadSort) -> &'static str {
    match sort {
        LeadSort::CreatedAt => "leads.created_at",
        LeadSort::Name => "leads.name_key",
        LeadSort::Value => "leads.value_key",
        LeadSort::Age => "leads.status_since",
        LeadSort::UpdatedAt => "leads.updated_at",
    }
}

/// True if the column is read in descending order: sorted by age, the column is the time of entry.
fn is_descending(sort: Sort<LeadSort>) -> bool {
    (sort.key == LeadSort::Age) != sort.is_reversed
}

/// The leads behind a cursor. A row value lets both databases seek in the index, however many leads share a key.
fn seek_after(cursor: &Cursor, sort: Sort<LeadSort>, path: &AccessPath) -> Condition {
    let operator = if is_descending(sort) { "<" } else { ">" };
    let plus = sort_prefix(path);
    let head = format!(
        "({plus}{}, {plus}leads.id) {operator} (",
        sort_column(sort.key)
    );
    let tail = format!(", {})", cursor.id);
    match &cursor.key {
        CursorKey::Number(number) => Box::new(sql::<Bool>(&format!("{head}{number}{tail}"))),
        CursorKey::Text(text) => {
            let condition = sql::<Bool>(&head).bind::<Text, _>(text.clone()).sql(&tail);
            Box::new(condition)
        }
    }
}

/// A plus before the sort columns, where SQLite must not use their index.
fn sort_prefix(path: &AccessPath) -> &'static str {
    match path {
        AccessPath::IdSet(_) | AccessPath::FullText(_) => "+",
        AccessPath::Planner | AccessPath::SortIndex | AccessPath::SampleIds(_) => "",
        AccessPath::EntryIndex | AccessPath::CurrencyIndex => "",
    }
}

fn ordered<'a>(leads: Leads<'a>, sort: Sort<LeadSort>, path: &AccessPath) -> Leads<'a> {
    let (plus, column) = (sort_prefix(path), sort_column(sort.key));
    let direction = if is_descending(sort) { " desc" } else { "" };
    leads.order(sql::<BigInt>(&format!(
        "{plus}{column}{direction}, {plus}leads.id{direction}"
    )))
}
