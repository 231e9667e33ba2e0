//! Passwords of requests: as they are typed, and hashed off the async workers.

use crate::access::domain::password::{Password, Verdict, hash, hash_text, verify};
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields};
use crate::web::App;

/// The field `password` of a form, as it was typed.
pub struct TypedPassword(pub String);

impl FromFields for TypedPassword {
    fn from_fields(fields: Fields) -> Result<TypedPassword> {
        let fields = fields.without_nul()?;
        Ok(TypedPassword(fields.string("password")))
    }
}

/// [`hash`], off the async workers and not too many at once.
///
/// # Errors
/// [`Error::TooMany`] if many wait already.
pub async fn hash_limited(app: &App, password: Password) -> Result<String> {
    let cost = app.password_cost;
    limited(app, move || hash(&password, cost)).await
}

/// [`verify`], off the async workers and not too many at once. With [`Verdict::RightButWeak`] comes the new
/// string to keep instead.
///
/// # Errors
/// [`Error::TooMany`] if many wait already.
pub async fn verify_limited(
    app: &App,
    typed: String,
    kept: Option<String>,
) -> Result<(Verdict, Option<String>)> {
    let cost = app.password_cost;
    limited(app, move || {
        let verdict = verify(&typed, kept.as_deref(), cost)?;
        let stronger = (verdict == Verdict::RightButWeak).then(|| hash_text(&typed, cost));
        Ok((verdict, stronger.transpose()?))
    })
    .await
}

async fn limited<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _permit = app.hashing.acquire().await?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}
