use std::fmt::Display;

use crate::i18n::Message;

/// The sentence for what is no workbook.
pub fn no_workbook() -> Message {
    Message::new("import-not-xlsx")
}

/// [`no_workbook`]; the cause goes to the log alone.
pub fn unreadable(cause: impl Display) -> Message {
    tracing::debug!(%cause, "a workbook can't be read");
    no_workbook()
}

/// The sentence for unpacked data that can't be written, or read back.
pub fn cannot_keep(cause: std::io::Error) -> Message {
    Message::new("import-unreadable").with("cause", cause.to_string())
}
