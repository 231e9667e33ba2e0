//! Leads and their way through the statuses.

mod bulk;
mod bulk_limits;
mod counters;
mod create;
mod desk;
pub mod drafts;
mod edit;
mod list;
mod move_page;
mod pause;
mod show;
mod void;
mod doors;
