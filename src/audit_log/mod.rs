//! The page under `/admin/audit`: every change, newest first, by filters. It is a slice of its own because it shows users
//! and needs authorization, while [`crate::audit`] is used by all that write.

mod diff;
pub mod pages;
mod views;
