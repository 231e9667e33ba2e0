//! Pages of a list by their number, with the exact number of leads.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{count_entered, count_states};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store;
use crate::leads::store::list::ListContext;

/// The number of pages of a list; at least one.
pub fn page_count(total: i64, per: i64) -> i64 {
    ((total + per - 1) / per).max(1)
}

/// The exact number of leads, from counters if they hold it.
fn exact_total(conn: &mut Conn, listing: &Listing, context: ListContext) -> Result<i64> {
    if listing.has_counters() {
        let census = count_states(conn, listing, context)?;
        let count = match listing.state {
            None => Some(census.total.count),
            Some(state) => census.get(state),
        };
        if let Some(count) = count {
            return Ok(count);
        }
    }
    match count_entered(conn, listing, context.statuses)? {
        Some(count) => Ok(count),
        None => store::list::count(conn, listing, context),
    }
}

/// The rows of a page by its number, the number of all rows, and the number of the page that was read. A first page
/// that is not full needs no count.
pub fn numbered_page(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    page: i64,
) -> Result<(Vec<Lead>, i64, i64)> {
    if page == 1 {
        let (rows, has_more) = first_rows(conn, listing, context)?;
        let total = match has_more {
            true => exact_total(conn, listing, context)?,
            false => rows.len() as i64,
        };
        return Ok((rows, total, 1));
    }
    let total = exact_total(conn, listing, context)?;
    let page = page.min(page_count(total, listing.per_page));
    let rows = rows_at_offset(conn, listing, context, total, (page - 1) * listing.per_page)?;
    Ok((rows, total, page))
}

/// The rows after the cursor, or the first ones, and whether there are more.
pub fn first_rows(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
) -> Result<(Vec<Lead>, bool)> {
    let mut rows = store::list::page(conn, listing, context)?;
    let has_more = rows.len() as i64 > listing.per_page;
    rows.truncate(usize::try_from(listing.per_page).unwrap_or(0));
    Ok((rows, has_more))
}

/// The rows from `offset` on, counted from the nearer end of the list.
fn rows_at_offset(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
    total: i64,
    offset: i64,
) -> Result<Vec<Lead>> {
    let rows_after = (total - offset - listing.per_page).max(0);
    if offset <= rows_after {
        return store::list::page_by_offset(conn, listing, context, offset);
    }
    let reversed = Listing {
        is_reversed: !listing.is_reversed,
        per_page: listing.per_page.min(total - offset),
        ..listing.clone()
    };
    let mut rows = store::list::page_by_offset(conn, &reversed, context, rows_after)?;
    rows.reverse();
    Ok(rows)
}
