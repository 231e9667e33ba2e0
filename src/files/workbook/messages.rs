//! The messages about workbooks that can't be read.

use std::fmt::Display;

use crate::i18n::Message;

/// The message for a file that is no workbook.
pub fn not_a_workbook() -> Message {
    Message::new("import-not-xlsx")
}

/// [`not_a_workbook`]; the cause goes to the log alone.
pub fn unreadable(cause: impl Display) -> Message {
    tracing::debug!(%cause, "a workbook can't be read");
    not_a_workbook()
}

/// The message for unpacked data that can't be written to disk, or read back.
pub fn spool_failure(cause: std::io::Error) -> Message {
    Message::new("import-unreadable").with("cause", cause.to_string())
}
