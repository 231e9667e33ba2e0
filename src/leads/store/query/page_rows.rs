//! The rows of a page, read by the ids or the index that its query names.

use diesel::dsl::SqlTypeOf;

use crate::db::{Conn, SqlText, column_list};
use crate::error::Result;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::order::Order;
use crate::leads::store::row::{LeadColumns, LeadRow};

/// The columns of a lead.
pub fn columns() -> Result<String> {
    Ok(column_list::<LeadRow>()?)
}

/// The leads of a query for the columns of leads.
pub fn load_leads(conn: &mut Conn, select: SqlText) -> Result<Vec<Lead>> {
    let rows: Vec<LeadRow> = select.load::<SqlTypeOf<LeadColumns>, _>(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// The rows of a page in the index of its order.
pub fn page_of_range(
    conn: &mut Conn,
    listing: &Listing,
    range: &IndexRange,
    condition: &SqlText,
) -> Result<Vec<Lead>> {
    match conn {
        Conn::Sqlite(_) => load_page(conn, range.select(conn, &columns()?, condition), listing),
        // PostgreSQL compares the other columns of an index with filters only where it needs no row at all.
        Conn::Postgres(_) => page_of_ids(conn, listing, range.select(conn, "id", condition)),
    }
}

/// The rows of a page among the leads with the ids that a query finds.
pub fn page_of_ids(conn: &mut Conn, listing: &Listing, ids: SqlText) -> Result<Vec<Lead>> {
    let select = SqlText::new(format!("select {} from leads where id in (", columns()?));
    let select = select.then(first_of_order(ids, listing)).sql(")");
    load_page(conn, select, listing)
}

/// The rows of a page among those of a query for the columns of leads.
pub fn load_page(conn: &mut Conn, select: SqlText, listing: &Listing) -> Result<Vec<Lead>> {
    load_leads(conn, first_of_order(select, listing))
}

/// The first rows of a query in the order of a page, one more than it shows.
fn first_of_order(select: SqlText, listing: &Listing) -> SqlText {
    let terms = Order::of_page(listing).terms();
    let select = select.sql(format!(" order by {terms} limit "));
    select.number(listing.per_page + 1)
}
