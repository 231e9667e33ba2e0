//! A row of an import, or of a standard set.

use crate::records::fields::Fields;

/// A row as fields of a form, which are not checked yet.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Where it begins in the file, counted from 1; in JSON, which of the objects it is.
    pub line: usize,
    pub fields: Fields,
}
