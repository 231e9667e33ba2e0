//! Leads: the people and companies that may buy. A lead is in exactly one status, and its visits record where it was,
//! for how long, and who moved it. Moves of every channel end in one function (`actions::moves::move_locked`), but for
//! imported histories. Lists, the board and the stuck list show the leads; imports, exports and the API exchange them.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::audit_entries::SUBJECT;
pub use actions::board::{BoardColumn, CARDS_PER_COLUMN, board_columns};
pub use actions::bulk_jobs::run_step as run_bulk_step;
pub use actions::check::faults;
pub use actions::counts::{
    BoundedCount, ResultPage, StateCounts, count_entered, count_matching, count_states, result_page,
};
pub use actions::filter_options::FilterOptions;
pub use actions::import::running::{RunningImport, running_imports};
pub use actions::import_undo::{
    UndoSkippedLead, UndoStep, preview as preview_undo, run as run_undo,
};
pub use actions::insert::insert_many;
pub use actions::moves::{move_leads, move_leads_to_replacement, move_locked};
pub use actions::related_records::{NamedStatus, RelatedRecords};
pub use actions::targets::lock_target_status;
pub use actions::waiting::count_waiting;
pub use actions::worklist::{WorklistCounts, WorklistRows, worklist_counts, worklist_page};
pub use domain::board_listing::BoardListing;
pub use domain::bulk_action::{BulkAction, BulkActionKind};
pub use domain::bulk_form::{BulkForm, UNASSIGNED};
pub use domain::filters::OwnerFilter;
pub use domain::form::LeadForm;
pub use domain::handoff::{OfferOutcome, Receiver};
pub use domain::history::{VisitChange, effective_visits, find_mistake, plan_void};
pub use domain::import_job::StoredMessage;
pub use domain::lead::{Lead, LeadField, LeadFields, parse_owner};
pub use domain::lead_move::Move;
pub use domain::lead_request::LeadRequest;
pub use domain::listing::Listing;
pub use domain::new_lead::{LeadNote, NewLead};
pub use domain::rights::Rights;
pub use domain::snapshot::LeadSnapshot;
pub use domain::text::source_key;
pub use domain::visit::Visit;
pub use domain::worklist::Worklist;
pub use store::bulk_jobs::next as next_bulk_job;
pub use store::check::count_all;
pub use store::find;
pub use store::handoffs::of_lead as offers;
pub use store::history::{notes, visits};
pub use store::query::lead_query::LeadQuery;
pub use store::sources::{are_unified as are_sources_unified, unify as unify_sources};
