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

/// [`hash`] on another thread than the async workers', and a few at once only.
///
/// # Errors
/// Returns [`Error::Crowded`] if many wait already.
pub async fn hash_limited(app: &App, password: Password) -> Result<String> {
    let cost = app.password_cost;
    run_limited(app, move || hash(&password, cost)).await
}

/// [`verify`] on another thread than the async workers', and a few at once only. [`Verdict::RightButWeak`] comes with the
/// new hash to store.
///
/// # Errors
/// Returns [`Error::Crowded`] if many wait already.
pub async fn verify_limited(
    app: &App,
    typed: String,
    stored_hash: Option<String>,
) -> Result<(Verdict, Option<String>)> {
    let cost = app.password_cost;
    run_limited(app, move || {
        let verdict = verify(&typed, stored_hash.as_deref(), cost)?;
        let new_hash = (verdict == Verdict::RightButWeak).then(|| hash_text(&typed, cost));
        Ok((verdict, new_hash.transpose()?))
    })
    .await
}

async fn run_limited<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _permit = app.hashing.acquire().await?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}
