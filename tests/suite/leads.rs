//! Leads and their way through the statuses.

mod counters;
mod create;
mod desk;
mod edit;
mod move_page;
mod pause;
mod show;
mod void;
