//! What was typed into a form that is refused for its token, such as one that lay open while its session ended: it is
//! shown for copying. Only from our own origin, only what people write themselves, and never a secret.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};

use super::{App, public_address};
use crate::records::fields::Fields;

/// The most characters of one text that are shown again; forms accept fewer.
const MAX_CHARS: usize = 20_000;

/// Where an error page leads back to, put into the request by a handler: a local path, and the catalogue key of its
/// name.
pub struct BackLink {
    pub path: String,
    pub key: &'static str,
}

/// A text that would be lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredText {
    /// The catalogue key of the name of its field.
    pub key: &'static str,
    pub text: String,
}

/// Leaves in the request what its form holds, for the page that refuses it.
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

/// The page of ours that the form was on, as the browser tells it.
fn form_page(req: &HttpRequest, app: &App) -> Option<String> {
    let referer = req.headers().get(header::REFERER)?.to_str().ok()?;
    let (_, address) = referer.split_once("://")?;
    let path = address.strip_prefix(public_address(req, app).authority())?;
    let is_ours = path.starts_with("/admin/") && path.len() <= MAX_CHARS;
    is_ours.then(|| path.to_owned())
}

/// What was left there.
pub(super) fn recovered(req: &HttpRequest) -> Vec<RecoveredText> {
    let kept = req.extensions().get::<Vec<RecoveredText>>().cloned();
    kept.unwrap_or_default()
}
