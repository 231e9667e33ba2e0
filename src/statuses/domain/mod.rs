//! Statuses, their order, roles and rules, without database and web.

pub mod color;
pub mod columns;
pub mod days;
pub mod definition;
pub mod form;
pub mod import_row;
pub mod kind;
pub mod listing;
pub mod median_times;
pub mod name;
pub mod order;
pub mod rules;
pub mod sets;
pub mod snapshot;
pub mod state;
pub mod stats;
pub mod status;
