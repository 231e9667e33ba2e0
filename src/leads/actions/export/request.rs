//! An export that a user requested.

use std::io;

use crate::error::Error;
use crate::files::Format;
use crate::leads::domain::dataset::{Dataset, ExportScope};

/// An export that a user requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub dataset: Dataset,
    pub format: Format,
    pub scope: ExportScope,
    /// True for CSV that begins with a byte order mark, by which spreadsheets recognize UTF-8.
    pub has_bom: bool,
}

/// Why an export ended early.
#[derive(Debug)]
pub enum ExportError {
    /// Reading failed or was refused.
    Read(Error),
    /// The output can't be written.
    Write(io::Error),
}

impl From<Error> for ExportError {
    fn from(error: Error) -> ExportError {
        ExportError::Read(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> ExportError {
        ExportError::Write(error)
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> ExportError {
        ExportError::Write(error.into())
    }
}

impl Export {
    /// The name of the file.
    pub fn filename(&self) -> String {
        self.format.filename(self.dataset.as_str())
    }
}
