//! Files as people bring them and take them away: which format, which encoding, which cells on which line. What the
//! cells mean is for the slices to say; nothing here knows a status or a lead.

mod csv;
mod format;
mod record;
mod rows;
mod text;
mod workbook;

pub use csv::{Reader, escape_formula, separator_of, unescape_formula};
pub use format::Format;
pub use record::Record;
pub use rows::{Rows, is_rows, unpack};
pub use text::{decode, utf8};
pub use workbook::{SheetNotes, sheet_rows};

/// The most columns of a file.
pub const MAX_COLUMNS: usize = 200;

/// The titles of a wrong header; a long one is cut, since it is then no header at all.
pub fn list_of_titles(titles: &[String]) -> String {
    let mut text = titles.join(", ");
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
        text.push('…');
    }
    text
}
