//! The pages under `/admin/leads`: one module for each group of routes.

pub mod board;
pub mod bulk;
pub mod bulk_job;
pub mod export;
pub mod export_stream;
pub mod form;
pub mod handoff;
pub mod import;
pub mod lead_actions;
pub mod list;
pub mod move_page;
pub mod selection;
pub mod show;
pub mod void;
pub mod worklist;
