//! Pages of a list by their number, as the API answers them.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{count_entered, count_in_time, count_states};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::list::{PageRows, Sort};
use crate::records::paging::page_count;

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
    match count_entered(conn, &listing.filter, query)? {
        Some(count) => Ok(count),
        None => query.count(conn, &listing.filter),
    }
}

/// A page by its number.
pub struct NumberedPage {
    pub page: PageRows<Lead>,
    /// The number of all rows; nothing if counting them takes too long.
    pub total: Option<i64>,
    /// The number of the page that was read: past the end it is the last one.
    pub number: i64,
}

/// Reads a page by its number. A first page that is not full needs no count.
pub fn numbered_page(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    number: i64,
) -> Result<NumberedPage> {
    if number == 1 {
        let page = first_rows(conn, listing, query)?;
        let total = match page.has_next {
            true => total_in_time(conn, listing, query)?,
            false => Some(page.rows.len() as i64),
        };
        return Ok(NumberedPage {
            page,
            total,
            number,
        });
    }
    if let Some(total) = total_in_time(conn, listing, query)? {
        return page_of(conn, listing, query, number, total);
    }
    let offset = (number - 1).saturating_mul(listing.per_page);
    let page = uncounted_page(conn, listing, query, offset)?;
    if page.rows.is_empty() {
        // Past the end: which page is the last one takes the number of all.
        let total = exact_total(conn, listing, query)?;
        return page_of(conn, listing, query, number, total);
    }
    Ok(NumberedPage {
        page,
        total: None,
        number,
    })
}

/// Reads the page that begins after `offset` rows; past the end it has none.
pub fn page_at_offset(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    offset: i64,
) -> Result<NumberedPage> {
    if offset == 0 {
        return numbered_page(conn, listing, query, 1);
    }
    let per_page = listing.per_page;
    let total = total_in_time(conn, listing, query)?;
    let page = match total {
        None => uncounted_page(conn, listing, query, offset)?,
        Some(total) => PageRows {
            rows: match offset < total {
                true => rows_at_offset(conn, listing, query, total, offset)?,
                false => Vec::new(),
            },
            has_previous: true,
            has_next: offset.saturating_add(per_page) < total,
        },
    };
    Ok(NumberedPage {
        page,
        total,
        number: offset / per_page + 1,
    })
}

fn total_in_time(conn: &mut Conn, listing: &Listing, query: &LeadQuery) -> Result<Option<i64>> {
    count_in_time(conn, |conn| exact_total(conn, listing, query))
}

/// A page of a list with `total` rows.
fn page_of(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    number: i64,
    total: i64,
) -> Result<NumberedPage> {
    let pages = page_count(total, listing.per_page);
    let number = number.min(pages);
    let offset = (number - 1) * listing.per_page;
    let page = PageRows {
        rows: rows_at_offset(conn, listing, query, total, offset)?,
        has_previous: number > 1,
        has_next: number < pages,
    };
    Ok(NumberedPage {
        page,
        total: Some(total),
        number,
    })
}

/// The page after `offset` rows of a list whose end is not known.
fn uncounted_page(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
    offset: i64,
) -> Result<PageRows<Lead>> {
    let one_more = Listing {
        per_page: listing.per_page + 1,
        ..listing.clone()
    };
    let mut rows = query.page_by_offset(conn, &one_more, offset)?;
    let has_next = rows.len() as i64 > listing.per_page;
    rows.truncate(listing.per_page as usize);
    Ok(PageRows {
        rows,
        has_previous: true,
        has_next,
    })
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
