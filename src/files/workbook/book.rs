use crate::files::workbook::formats::Formats;
use crate::files::workbook::strings::Strings;

/// What the cells of every sheet refer to.
pub struct Book {
    pub strings: Strings,
    pub formats: Formats,
    pub is_1904: bool,
}
