//! The banner about the last action, which the next page shows.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::App;
use crate::i18n::{Arg, Lang, Message};
use crate::words::word_enum;

const COOKIE: &str = "ls_flash";
const PURPOSE: &str = "flash";

word_enum! {
    /// The tone of a banner; its word is part of class names.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum FlashKind {
        Ok = "ok",
        Warn = "warn",
        Error = "error",
    }
}

/// A banner about the last action, which a signed cookie carries to the next page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    pub kind: FlashKind,
    key: String,
    args: Vec<(String, Arg)>,
    /// The audit batch of the action: it lists the outcomes, and undo reverts it.
    pub batch: Option<i64>,
}

impl Flash {
    /// Something went well.
    pub fn ok(message: Message) -> Flash {
        Flash {
            kind: FlashKind::Ok,
            key: message.key.to_owned(),
            args: message
                .args
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            batch: None,
        }
    }

    /// Something went well, but should be read.
    pub fn warn(message: Message) -> Flash {
        Flash {
            kind: FlashKind::Warn,
            ..Flash::ok(message)
        }
    }

    /// Something was refused.
    pub fn error(message: Message) -> Flash {
        Flash {
            kind: FlashKind::Error,
            ..Flash::ok(message)
        }
    }

    /// Names the audit batch.
    pub fn with_batch(mut self, batch: i64) -> Flash {
        self.batch = Some(batch);
        self
    }

    /// The sentence in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        lang.format_owned(&self.key, &self.args)
    }

    /// The flash that this request carries.
    pub fn read(req: &HttpRequest, app: &App) -> Option<Flash> {
        Flash::from_cookie(&req.cookie(&app.cookie_name(COOKIE))?, app)
    }

    /// The flash that an answer sends along.
    pub fn of_response(response: &HttpResponse, app: &App) -> Option<Flash> {
        let name = app.cookie_name(COOKIE);
        let cookie = response.cookies().find(|cookie| cookie.name() == name)?;
        Flash::from_cookie(&cookie, app)
    }

    fn from_cookie(cookie: &Cookie, app: &App) -> Option<Flash> {
        let (signature, data) = cookie.value().split_once('.')?;
        if !app.signer.verify(PURPOSE, data, signature) {
            return None;
        }
        serde_json::from_slice(&BASE64URL_NOPAD.decode(data.as_bytes()).ok()?).ok()
    }

    /// The cookie that carries this flash.
    pub(super) fn cookie(&self, app: &App) -> Cookie<'static> {
        let data = BASE64URL_NOPAD.encode(&serde_json::to_vec(self).unwrap_or_default());
        let value = format!("{}.{data}", app.signer.sign(PURPOSE, &data));
        let cookie = app.cookie(COOKIE, value);
        cookie.max_age(Duration::minutes(5)).finish()
    }

    /// The cookie that removes the flash of this request.
    pub(super) fn removal(req: &HttpRequest, app: &App) -> Option<Cookie<'static>> {
        req.cookie(&app.cookie_name(COOKIE))?;
        let mut cookie = app.cookie(COOKIE, "").finish();
        cookie.make_removal();
        Some(cookie)
    }
}
