//! Protection against forms of other sites: each form carries a signature of the browser's cookie, and must come from our
//! own origin.

use actix_web::cookie::Cookie;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};

use super::{App, header_text, public_address};
use crate::error::{Error, Result};
use crate::signer::random_token;

/// The cookie of the session; its value is signed by the session layer.
pub const SESSION_COOKIE: &str = "ls_session";
/// The cookie of a browser without a session.
pub const VISITOR_COOKIE: &str = "ls_visitor";
const PURPOSE: &str = "csrf";

/// The value of a new visitor cookie, which the response sets.
#[derive(Clone)]
pub struct NewVisitorCookie(pub String);

/// The token for forms in the page that answers `req`, masked anew with each call.
pub fn token(req: &HttpRequest, app: &App) -> String {
    app.signer.sign_masked(PURPOSE, &cookie_to_sign(req, app))
}

/// What all tokens of a browser have in common: equal for two requests if the form of one is good for the other.
pub fn token_key(req: &HttpRequest, app: &App) -> String {
    app.signer.sign(PURPOSE, &cookie_to_sign(req, app))
}

/// The value that the token signs: that of the cookie that came, else of the visitor's cookie that the response sets.
fn cookie_to_sign(req: &HttpRequest, app: &App) -> String {
    signed_cookie(req, app).unwrap_or_else(|| {
        let value = req
            .extensions()
            .get::<NewVisitorCookie>()
            .map(|new| new.0.clone());
        value.unwrap_or_else(|| {
            let value = random_token(16);
            req.extensions_mut().insert(NewVisitorCookie(value.clone()));
            value
        })
    })
}

/// The session's cookie, else the visitor's.
fn signed_cookie(req: &HttpRequest, app: &App) -> Option<String> {
    [SESSION_COOKIE, VISITOR_COOKIE]
        .into_iter()
        .find_map(|name| req.cookie(&app.cookie_name(name)))
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// False if the request carries the cookies of several sessions: another site has set one, and it is unknown which.
pub fn has_one_session(req: &HttpRequest, app: &App) -> bool {
    let name = app.cookie_name(SESSION_COOKIE);
    let Ok(cookies) = req.cookies() else {
        return false;
    };
    let mut values = cookies.iter().filter(|cookie| cookie.name() == name);
    let first = values.next().map(Cookie::value);
    values.all(|other| Some(other.value()) == first)
}

/// Refuses a form of another site.
///
/// # Errors
/// [`Error::Csrf`] if the token is missing or wrong, or the request comes from another origin.
pub fn check(req: &HttpRequest, app: &App, token: Option<&str>) -> Result<()> {
    if !is_same_origin(req, app) {
        return Err(Error::Csrf);
    }
    let header = header_text(req.headers(), "x-csrf-token");
    let (Some(token), Some(cookie)) = (token.or(header), signed_cookie(req, app)) else {
        return Err(Error::Csrf);
    };
    match app.signer.verify_masked(PURPOSE, &cookie, token) {
        true => Ok(()),
        false => Err(Error::Csrf),
    }
}

/// True if the browser says that the request comes from our origin, or doesn't say where from.
pub(super) fn is_same_origin(req: &HttpRequest, app: &App) -> bool {
    if let Some(site) = header_text(req.headers(), "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = header_text(req.headers(), header::ORIGIN) else {
        return true;
    };
    let own = public_address(req, app);
    match &app.public_url {
        Some(_) => origin.eq_ignore_ascii_case(&own.origin()),
        // A proxy that ends TLS may forward no scheme.
        None => origin
            .split_once("://")
            .is_some_and(|(_, from)| from.eq_ignore_ascii_case(own.authority())),
    }
}
