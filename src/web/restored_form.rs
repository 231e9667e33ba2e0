//! A form that could not be done because its session had ended. It is shown again with what was typed: the handler reads
//! it as if it had been sent, and every write is refused.

use actix_web::{HttpMessage, HttpRequest};

use super::Flash;
use crate::i18n::Message;
use crate::records::fields::Fields;

/// Fields that are not kept: secrets, the token of an uploaded file, and the values of one page or of one button.
const EXCLUDED_FIELDS: [&str; 10] = [
    "csrf", "once", "confirm", "upload", "username", "password", "current", "code", "token",
    "secret",
];
/// The most bytes that are kept.
const MAX_BYTES: usize = 1 << 20;

/// Marks a request of a route that requires a session: its forms may be shown again.
pub struct RestorableRoute;

/// The form of a request that only shows it again.
#[derive(Debug, Clone)]
pub struct RestoredForm {
    pub fields: Fields,
    /// True if it was sent with this request, under the token of an earlier session.
    pub is_outdated: bool,
}

impl RestoredForm {
    /// The form that this request shows again.
    pub fn of(req: &HttpRequest) -> Option<RestoredForm> {
        req.extensions().get::<RestoredForm>().cloned()
    }

    /// True if this request only shows a form again.
    pub fn is_present(req: &HttpRequest) -> bool {
        req.extensions().get::<RestoredForm>().is_some()
    }

    /// The banner above the form.
    pub(super) fn flash(&self) -> Flash {
        Flash::warn(Message::new("web-form-restored"))
    }
}

/// The names and texts of a form to keep; nothing if there is nothing that someone typed or chose, or too much.
pub fn fields_to_keep(fields: &Fields) -> Option<Vec<(String, String)>> {
    let texts = fields
        .texts()
        .filter(|(name, _)| !EXCLUDED_FIELDS.contains(name));
    let texts: Vec<(String, String)> = texts
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    let bytes: usize = texts
        .iter()
        .map(|(name, text)| name.len() + text.len())
        .sum();
    let mut inputs = texts.iter().filter(|(name, _)| name != "back");
    let has_content = inputs.any(|(_, text)| !text.trim().is_empty());
    (has_content && bytes <= MAX_BYTES).then_some(texts)
}
