pub mod bulk_action;
pub mod bulk_edit;
pub mod replacement;
