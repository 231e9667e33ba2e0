//! Files that are imported and exported: their formats and encodings, and the cells of each line. What the cells mean
//! is decided elsewhere.

mod csv;
mod encoding;
mod format;
mod json;
mod layout;
mod offset_file;
mod read_options;
mod reading;
mod record;
mod separator;
mod source;
mod special_cells;
mod table_footer;
mod text;
mod titles;
mod unpacked_rows;
mod workbook;

pub use csv::{UTF8_BOM, escape_formula};
pub use encoding::TextEncoding;
pub use format::Format;
pub use offset_file::OffsetFile;
pub use read_options::ReadOptions;
pub use reading::FileReading;
pub use record::{MAX_COLUMNS, Record};
pub use separator::Separator;
pub use source::{FileRow, SourceFile, unreadable};
pub use special_cells::{BlankCells, cell_error_key, is_blank_word, is_cell_error};
pub use titles::list_of_titles;
pub use workbook::{SHEET_ROWS, SheetSummary};
