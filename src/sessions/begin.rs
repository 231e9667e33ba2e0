//! Where a session begins: a new key, and what its row will say.

use actix_session::SessionExt;
use actix_web::http::header;
use actix_web::{HttpMessage, HttpResponse};

use super::agent;
use super::rows::{ADDRESS, AGENT, USER};
use crate::access::{User, Visitor};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::web::{Flash, RequestId, client_address};

/// Begins a session for `user` in this browser, under a new key; one that was there ends. The answer leads to
/// `path` and remembers the theme.
///
/// # Errors
/// If the answer can't carry it.
pub fn begin(
    visitor: &Visitor,
    user: &User,
    path: &str,
    flash: Option<Flash>,
) -> Result<HttpResponse> {
    let req = visitor.request();
    let agent = req
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let session = req.get_session();
    session.renew();
    session.insert(USER, user.id).map_err(Error::internal)?;
    session
        .insert(AGENT, agent::shortened(agent))
        .map_err(Error::internal)?;
    session
        .insert(ADDRESS, client_address(req, visitor.app()))
        .map_err(Error::internal)?;
    let mut response = visitor.redirect(path, flash);
    response
        .add_cookie(&user.theme.cookie(visitor.app()))
        .map_err(Error::internal)?;
    Ok(response)
}

/// The author of what happens before anyone is signed in: the program, or the user who comes in.
pub fn actor(visitor: &Visitor, user: Option<&User>, now: Timestamp) -> Actor {
    let request_id = visitor
        .request()
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone());
    let program = Actor::program("ui", now);
    Actor {
        user_id: user.map(|user| user.id),
        name: user.map_or(program.name.clone(), |user| user.name.clone()),
        request_id: request_id.unwrap_or_default(),
        ..program
    }
}
