//! Files that are imported and exported: their formats and encodings, and the cells of each line. What the cells mean is
//! decided elsewhere.

mod csv;
mod format;
mod json;
mod offset_file;
mod record;
mod rows;
mod source;
mod text;
mod titles;
mod workbook;

pub use csv::escape_formula;
pub use format::Format;
pub use record::{MAX_COLUMNS, Record};
pub use source::{FileRow, SourceFile, unreadable};
pub use titles::list_of_titles;
pub use workbook::SheetNotes;
