//! Bulk actions and replacements as types, without database and web.

pub mod bulk_action;
pub mod bulk_edit;
pub mod replacement;
pub mod undo;
