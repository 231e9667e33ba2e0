//! Leads and their way through the statuses.

mod board;
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
pub mod planted;
mod show;
mod stuck;
mod void;
