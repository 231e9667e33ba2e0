//! Leads and their way through the statuses.

mod bulk;
mod bulk_limits;
mod counters;
mod create;
mod desk;
mod edit;
mod move_page;
mod pause;
mod show;
mod void;
pub mod drafts;
mod list;
