//! Leads and their way through the statuses.

mod bulk;
mod bulk_limits;
mod counters;
mod create;
mod desk;
mod doors;
pub mod drafts;
mod edit;
mod list;
mod move_page;
mod pause;
mod show;
mod void;
