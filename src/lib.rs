//! Lead Statuses: what the statuses of a lead mean, and which leads are stuck in one.

pub mod clock;
pub mod error;
pub mod i18n;
pub mod web;
