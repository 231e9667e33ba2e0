//! Leads, visits and moves as types and rules, without database and web.

pub mod bulk_action;
pub mod bulk_form;
pub mod columns;
pub mod cursor;
pub mod dataset;
pub mod date_range;
pub mod display;
pub mod extra;
pub mod filters;
pub mod form;
pub mod history;
pub mod import_job;
pub mod instant;
pub mod lead;
pub mod lead_move;
pub mod listing;
pub mod move_form;
pub mod new_lead;
pub mod pause;
pub mod pause_form;
pub mod rights;
pub mod sort;
pub mod stuck_cursor;
pub mod stuck_listing;
pub mod text;
pub mod visit;
