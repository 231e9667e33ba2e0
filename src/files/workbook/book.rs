//! What the cells of all sheets refer to.

use crate::files::workbook::formats::Formats;
use crate::files::workbook::strings::Strings;

/// The texts and the formats that the cells of all sheets refer to.
pub struct Book {
    pub strings: Strings,
    pub formats: Formats,
    pub is_1904: bool,
}
