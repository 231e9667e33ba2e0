//! Leads and their way through the statuses.

mod board;
mod bulk;
mod bulk_limits;
mod counters;
mod create;
pub mod desk;
mod doors;
pub mod drafts;
mod edit;
mod export;
mod figures;
mod files;
mod import;
mod import_meaning;
mod import_page;
mod import_report;
mod import_workbook;
mod list;
mod many;
mod move_page;
mod newest;
mod pause;
mod show;
mod stuck;
mod visits_import;
mod void;
