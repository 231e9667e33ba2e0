//! Leads: the people and companies that may buy. A lead is in exactly one status, and its visits record where it was,
//! for how long, and who moved it. One function makes all moves, whichever channel they come through; lists, the board
//! and the stuck list show the leads, and imports, exports and the API exchange them.

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
pub use board::{Board, BoardColumn, CARDS_PER_COLUMN, board_columns};
pub use bulk_form::{BulkActionKind, BulkForm, UNASSIGNED};
pub use cast::{NameLookup, NamedStatus};
pub use census::{
    BoundedCount, ResultPage, StateCounts, count_entered, count_matching, count_states, result_page,
};
use changes::record;
pub use changes::{LeadNote, NewLead, SUBJECT};
pub use check::{count_all, faults};
pub use columns::{ListColumn, VisibleColumns};
pub use form::{LeadForm, parse_owner};
pub use history::{VisitChange, effective_visits, find_mistake, plan_void};
pub use insert::insert_many;
pub use lead::{FIELDS, Lead, LeadFields, LeadSnapshot};
pub use listing::{Cursor, Filter, Listing, OwnerFilter, PagePosition, SortKey};
pub use moves::{Move, lock_target_status, move_leads, move_locked};
pub use replace::move_out;
pub use rights::Rights;
pub use span::DateRange;
pub use store::{ListContext, TrigramSearch};
pub use stuck::{StuckCounts, StuckListing, StuckPage, stuck_counts, stuck_page};
pub use visit::{Channel, Visit};

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
) -> crate::error::Result<Vec<LeadNote>> {
    store::notes(conn, id, limit)
}
