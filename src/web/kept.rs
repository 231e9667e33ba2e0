//! What was typed into a form that is refused for its token, such as one that lay open while its session ended: it is
//! shown for copying. Only from our own origin, only what people write themselves, and never a secret.

use actix_web::{HttpMessage, HttpRequest};

use super::fields::Fields;

/// The fields whose text is worth keeping, with the catalogue keys of their names.
const WRITTEN: [(&str, &str); 15] = [
    ("name", "lead-column-name"),
    ("company", "lead-column-company"),
    ("email", "lead-column-email"),
    ("phone", "lead-column-phone"),
    ("source", "lead-column-source"),
    ("value", "lead-column-value"),
    ("external_ref", "lead-column-reference"),
    ("definition", "status-field-definition"),
    ("enter_when", "status-field-enter-when"),
    ("leave_when", "status-field-leave-when"),
    ("target_days", "status-field-target-days"),
    ("limit_days", "status-field-limit-days"),
    ("reason", "lead-bulk-reason"),
    ("note", "lead-bulk-note"),
    ("body", "lead-bulk-note"),
];
/// The most characters of one text that are shown again; forms accept fewer.
const LONGEST: usize = 20_000;

/// A text that would be lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The catalogue key of the name of its field.
    pub key: &'static str,
    pub text: String,
}

/// Leaves in the request what its form holds, for the page that refuses it.
pub(super) fn keep(req: &HttpRequest, fields: &Fields) {
    let kept = WRITTEN.iter().filter_map(|(name, key)| {
        let text = fields.text(name).filter(|text| !text.trim().is_empty())?;
        Some(Kept {
            key,
            text: text.chars().take(LONGEST).collect(),
        })
    });
    let kept: Vec<Kept> = kept.collect();
    req.extensions_mut().insert(kept);
}

/// What was left there.
pub(super) fn kept(req: &HttpRequest) -> Vec<Kept> {
    let kept = req.extensions().get::<Vec<Kept>>().cloned();
    kept.unwrap_or_default()
}
