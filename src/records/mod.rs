pub mod bulk_selection;
pub mod edit;
pub mod field;
pub mod fields;
pub mod filters;
pub mod form_value;
pub mod mapping;

/// How many rows a page of a list may have; the first is the default.
pub const PAGE_SIZES: [i64; 3] = [20, 50, 100];
