//! The texts of a form whose CSRF token is refused, such as one whose session ended while it was open. The error page shows
//! them for copying: only those of our own origin, only free texts, and never a secret.

use actix_web::{HttpMessage, HttpRequest};

use super::{App, form_page};
use crate::records::fields::Fields;

/// The most characters of one text that are shown again; forms accept fewer.
const MAX_CHARS: usize = 20_000;

/// The link of an error page, which a handler puts into the request: a local path, and the catalogue key of its label.
pub struct BackLink {
    pub path: String,
    pub key: &'static str,
}

/// A text of the refused form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredText {
    /// The catalogue key of the name of its field.
    pub key: &'static str,
    pub text: String,
}

/// Puts the texts of the form into the request, for the error page.
pub(super) fn recover(req: &HttpRequest, app: &App, fields: &Fields) {
    let kept = app.recovered_fields.iter().filter_map(|(name, key)| {
        let text = fields.text(name).filter(|text| !text.trim().is_empty())?;
        Some(RecoveredText {
            key,
            text: text.chars().take(MAX_CHARS).collect(),
        })
    });
    let kept: Vec<RecoveredText> = kept.collect();
    req.extensions_mut().insert(kept);
    if let Some(path) = form_page(req, app) {
        let key = "error-form-again";
        req.extensions_mut().insert(BackLink { path, key });
    }
}

/// The texts that [`recover`] put into the request.
pub(super) fn recovered(req: &HttpRequest) -> Vec<RecoveredText> {
    let kept = req.extensions().get::<Vec<RecoveredText>>().cloned();
    kept.unwrap_or_default()
}
