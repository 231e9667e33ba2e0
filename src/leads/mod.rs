//! The persons and companies that may buy, and their way through the statuses: each is in exactly one, and its
//! visits tell where it was, how long, and who moved it. Some wait too long; those are seen here and acted on.
//! Every move, whichever door it comes through, is made by one function.

mod act_forms;
pub mod api;
mod board;
pub mod bulk;
mod bulk_form;
mod cast;
mod census;
pub mod changes;
mod check;
mod columns;
pub mod demo;
pub mod edit;
pub mod exchange;
mod filters;
mod form;
mod history;
pub mod import;
mod insert;
mod lead;
mod listing;
mod mark;
mod moves;
pub mod pages;
mod pause;
mod place;
pub mod reference;
mod replace;
mod rights;
mod shown;
mod span;
mod store;
mod stuck;
pub mod text;
mod view;
mod views;
mod visit;
mod voids;

pub use crate::money::{Currency, Money};
pub use board::{Board, CARDS, Column as BoardColumn, columns};
pub use bulk_form::{BulkForm, NOBODY, Verb};
pub use cast::{Cast, NamedStatus};
pub use census::{Census, Counted, Pageful, census, entered, pageful, total};
use changes::record;
pub use changes::{NewLead, SUBJECT, WrittenNote};
pub use check::{count_all, faults};
pub use columns::{Column, Columns};
pub use form::{LeadForm, owner};
pub use history::{Relinked, standing, strike, taken_back};
pub use insert::insert_many;
pub use lead::{FIELDS, Lead, LeadFields, LeadSnapshot};
pub use listing::{Filter, Listing, Mark, OwnerFilter, SortKey, Turn};
pub use moves::{Move, move_held, move_leads, target};
pub use replace::move_out;
pub use rights::Rights;
pub use span::Span;
pub use store::{Against, Letters};
pub use stuck::{Stuck, StuckCounts, StuckPage, stuck_counts, stuck_page};
pub use visit::{Via, Visit};

pub use crate::statuses::State;

/// One lead, in the bin or not.
pub fn find(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<Lead> {
    store::find(conn, id)
}

/// The history of a lead, oldest first, with what was voided.
pub fn visits(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<Vec<Visit>> {
    store::visits(conn, id)
}

/// The newest notes about a lead, newest first.
pub fn notes(
    conn: &mut crate::db::Conn,
    id: i64,
    limit: i64,
) -> crate::error::Result<Vec<WrittenNote>> {
    store::notes(conn, id, limit)
}
