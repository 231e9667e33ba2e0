//! The parts that lists and forms of all slices share: fields of requests, filters, columns, sort order, pages, bulk
//! selections, edits with their merge, and the mapping of the columns of files.

pub mod bulk_selection;
pub mod checked_text;
pub mod columns;
pub mod edit;
pub mod field;
pub mod field_set;
pub mod fields;
pub mod filter_value;
pub mod filters;
pub mod form_value;
pub mod link;
pub mod list;
pub mod mapped_column;
pub mod mapping;
pub mod openapi;
pub mod paging;
pub mod text;
pub mod unsaved_fields;
