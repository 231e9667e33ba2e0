//! The queries over replacements that are under way, and over changes that are taken back.

pub mod replacements;
pub mod undos;
