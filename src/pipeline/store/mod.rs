//! The queries over replacements that are under way.

pub mod replacements;
