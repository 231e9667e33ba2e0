pub mod bulk_selection;
pub mod edit;
pub mod field;
pub mod fields;
pub mod filters;
pub mod form_value;
pub mod mapping;
