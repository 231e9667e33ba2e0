//! A form of one of our pages as it was sent. Every form carries a one-time key, by which a form that is sent again is
//! recognised.

use actix_web::{HttpMessage, HttpRequest};
use tokio::sync::OwnedMutexGuard;

use super::App;
use crate::digest::sha256_hex;
use crate::records::fields::Fields;

/// The form that a request carried.
#[derive(Debug, Clone)]
pub struct SubmittedForm {
    pub fields: Fields,
    /// A hash of its address and its fields, which is another one for each page; nothing for a form without a one-time key,
    /// or with a file.
    pub key_hash: Option<String>,
}

/// Held until the request is answered, so that the same form, sent meanwhile, gets the same answer.
pub struct SubmissionGuard(#[expect(dead_code, reason = "held, not read")] OwnedMutexGuard<()>);

impl SubmittedForm {
    /// The form of this request, once it has been read.
    pub fn of(req: &HttpRequest) -> Option<SubmittedForm> {
        req.extensions().get::<SubmittedForm>().cloned()
    }

    /// Puts the form into the request, after the same form that came earlier has been answered.
    pub(super) async fn begin(req: &HttpRequest, app: &App, fields: &Fields, has_file: bool) {
        let has_key = !has_file && fields.text("once").is_some_and(|key| !key.is_empty());
        let key_hash = has_key.then(|| sha256_hex(&format!("{} {fields:?}", req.uri())));
        if let Some(key) = &key_hash {
            let guard = app.submissions.acquire(key).await;
            req.extensions_mut().insert(SubmissionGuard(guard));
        }
        let fields = fields.clone();
        let form = SubmittedForm { fields, key_hash };
        req.extensions_mut().insert(form);
    }
}
