//! Statuses, their order, roles and rules, without database and web.

pub mod absent_status;
pub mod color;
pub mod columns;
pub mod completeness;
pub mod days;
pub mod definition;
pub mod definition_version;
pub mod entry_rule;
pub mod form;
pub mod handoff;
pub mod handoff_form;
pub mod import_row;
pub mod kind;
pub mod listing;
pub mod median_times;
pub mod movement;
pub mod name;
pub mod order;
pub mod rule_rows;
pub mod rules;
pub mod sets;
pub mod snapshot;
pub mod state;
pub mod stats;
pub mod status;
pub mod status_fields;
