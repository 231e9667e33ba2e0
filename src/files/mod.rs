//! Files as people bring them and take them away: which format, which encoding, which cells on which line. What the
//! cells mean is for the slices to say; nothing here knows a status or a lead.

mod csv;
mod format;
mod json;
mod offset_file;
mod record;
mod rows;
mod source;
mod text;
mod workbook;

pub use csv::escape_formula;
pub use format::Format;
pub use record::Record;
pub use source::{FileRow, SourceFile, unreadable};
pub use workbook::SheetNotes;

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
