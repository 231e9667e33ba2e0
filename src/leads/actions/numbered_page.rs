//! Pages of a list by their number, as the API answers them.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{count_entered, count_states};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::list::{PageRows, Sort};

/// The number of pages for `total` rows; at least 1.
pub fn page_count(total: i64, per: i64) -> i64 {
    ((total + per - 1) / per).max(1)
}

/// The exact number of leads, from counters if they hold it.
fn exact_total(conn: &mut Conn, listing: &Listing, query: &LeadQuery) -> Result<i64> {
    if listing.filter.has_counters() {
        let counts = count_states(conn, listing, query)?;
        let count = match listing.filter.state {
            None => Some(counts.total.count),
            Some(state) => counts.get(state),
        };
        if let Some(count) = count {
            return Ok(count);
        }
    }
    match count_entered(conn, &listing.filter, &query.statuses)? {
        Some(count) => Ok(count),
        None => query.count(conn, &listing.filter),
    }
}

/// A page by its number, the number of all rows, and the number of the page that was read. A first page that is not
/// full needs no count.
pub fn numbered_page(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    number: i64,
) -> Result<(PageRows<Lead>, i64, i64)> {
    if number == 1 {
        let mut page = first_rows(conn, listing, query)?;
        let total = match page.has_next {
            true => exact_total(conn, listing, query)?,
            false => page.rows.len() as i64,
        };
        page.has_next = 1 < page_count(total, listing.per_page);
        return Ok((page, total, 1));
    }
    let total = exact_total(conn, listing, query)?;
    let pages = page_count(total, listing.per_page);
    let number = number.min(pages);
    let page = PageRows {
        rows: rows_at_offset(conn, listing, query, total, (number - 1) * listing.per_page)?,
        has_previous: number > 1,
        has_next: number < pages,
    };
    Ok((page, total, number))
}

/// The rows after the cursor, or the first ones.
pub fn first_rows(conn: &mut Conn, listing: &Listing, query: &LeadQuery) -> Result<PageRows<Lead>> {
    let rows = query.page(conn, listing)?;
    Ok(PageRows::cut(rows, &listing.position, listing.per_page))
}

/// The rows from `offset` on, counted from the nearer end of the list.
fn rows_at_offset(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    total: i64,
    offset: i64,
) -> Result<Vec<Lead>> {
    let rows_after = (total - offset - listing.per_page).max(0);
    if offset <= rows_after {
        return query.page_by_offset(conn, listing, offset);
    }
    let reversed = Listing {
        sort: Sort {
            is_reversed: !listing.sort.is_reversed,
            ..listing.sort
        },
        per_page: listing.per_page.min(total - offset),
        ..listing.clone()
    };
    let mut rows = query.page_by_offset(conn, &reversed, rows_after)?;
    rows.reverse();
    Ok(rows)
}
