//! The statuses that a lead moves through, from New to Won or Lost, in the order of the pipeline.
//! Each says what it means, which rules a lead must meet to enter it, when a lead should leave it (text that no code
//! checks), and how long a lead should and may stay.
//! One status receives new leads, one receives won leads, and a status that holds leads can't be deleted.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::changes;
pub use actions::changes::{SUBJECT, create};
pub use actions::check::{count_all, faults};
pub use actions::import_export::export::slugs_of;
pub use actions::locks::{default_id, lock_and_find, lock_and_find_default, lock_shared};
#[cfg(test)]
pub use actions::lookup::tests::lookup_of;
pub use actions::lookup::{Interpretation, StatusLookup, StatusMatch};
pub use actions::seed::{seed, translate_seed};
pub use actions::stats::{
    count_entered, count_leads, count_stuck, count_stuck_of_owner, counts, currencies_with_value,
    lead_totals, lead_totals_of, overdue_counts, stats, stats_of,
};
pub use actions::undo::{count_undoable, undo_batch};
pub use domain::color::{Color, Hue};
pub use domain::days::Days;
pub use domain::definition::{Criteria, Definition, Why};
pub use domain::definition_version::DefinitionVersion;
pub use domain::entry_rule::{EntryRule, EntryRules, FieldTest, RuleField, RuleLevel, RuleTest};
pub use domain::form::{Flags, Mode, StatusForm};
pub use domain::handoff::Handoff;
pub use domain::kind::{Kind, Role};
pub use domain::listing::Listing;
pub use domain::median_times::MedianTimes;
pub use domain::movement::{CREATED, EnterFrom, Movers};
pub use domain::name::{Name, Slug};
pub use domain::order::{PipelineMove, Reorder, order_etag, reordered};
pub use domain::rules::{
    being_replaced_message, blockers, check_days, check_kind, check_role, receiving_leads_message,
};
pub use domain::sets::{SetStatus, StandardSet, seed_statuses};
pub use domain::snapshot::{DisplayValue, FieldChange, Snapshot, diff};
pub use domain::state::{Cutoffs, State};
pub use domain::stats::{AgeHistogram, LeadTotals, OverdueCounts, StatusCounts, StatusStats};
#[cfg(test)]
pub use domain::status::tests::status as status_for_tests;
pub use domain::status::{
    DeletedStatus, LeadStatus, NewLeadStatus, ReplacementProgress, StatusField, StatusFields,
    label_key,
};
pub use http::api::body::{StatusBody, StatusChanges};
pub use http::api::{body_of, warnings};
pub use http::views::outcome::BatchOutcome;
pub use http::{pages, paths};
pub use store::counts::not_paused;
pub use store::definitions::{changed_between as definitions_changed, list as definitions};
pub use store::replacements::running_replacements;
pub use store::write::{list_deleted, list_last_positions};
pub use store::{
    count_in_use, find, find_by_name_key, find_many, is_seeded, list_all, list_in_use,
    list_matching,
};
