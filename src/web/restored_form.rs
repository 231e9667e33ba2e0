//! A form that could not be done because its session had ended. It is shown again with what was typed: the handler reads
//! it as if it had been sent, and every write is refused.

use actix_web::{HttpMessage, HttpRequest};

use super::Flash;
use crate::i18n::Message;
use crate::records::fields::Fields;

/// Fields that are never kept: secrets, what names an uploaded file, and what belongs to one page or one press of a button.
const NEVER_KEPT: [&str; 10] = [
    "csrf", "once", "confirm", "upload", "username", "password", "current", "code", "token",
    "secret",
];
/// The most bytes that are kept.
const MAX_BYTES: usize = 1 << 20;

/// Marks a request of a route for which one signs in: its forms may be shown again.
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
    pub fn is_in(req: &HttpRequest) -> bool {
        req.extensions().get::<RestoredForm>().is_some()
    }

    /// The banner above the form.
    pub(super) fn flash(&self) -> Flash {
        Flash::warn(Message::new("web-form-restored"))
    }
}

/// The names and texts of a form to keep; nothing if there is nothing that someone typed or chose, or too much.
pub fn fields_to_keep(fields: &Fields) -> Option<Vec<(String, String)>> {
    let kept = fields
        .texts()
        .filter(|(name, _)| !NEVER_KEPT.contains(name));
    let kept: Vec<(String, String)> = kept
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    let bytes: usize = kept
        .iter()
        .map(|(name, text)| name.len() + text.len())
        .sum();
    let mut texts = kept.iter().filter(|(name, _)| name != "back");
    let has_content = texts.any(|(_, text)| !text.trim().is_empty());
    (has_content && bytes <= MAX_BYTES).then_some(kept)
}
