//! Issuing and revoking tokens. Each is a step of a transaction and records its audit entry.

use crate::access::User;
use crate::api_tokens::domain::token::{ApiToken, Secret, TokenForm};
use crate::api_tokens::store;
use crate::audit::{self, Actor, NewEntry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;

/// Issues a token that acts for `owner`, with its secret, which is not stored.
///
/// # Errors
/// [`Error::Invalid`] if the owner is disabled or a field of the form is invalid.
pub fn issue(
    conn: &mut Conn,
    actor: &Actor,
    owner: &User,
    form: &TokenForm,
) -> Result<(ApiToken, Secret)> {
    if !owner.is_enabled() {
        let message = Message::new("token-owner-disabled");
        return Err(Error::invalid("owner", message));
    }
    let fields = form.parse(owner.role).map_err(Error::Invalid)?;
    let secret = Secret::new()?;
    let id = store::insert(conn, owner, &fields, &secret, actor.now)?;
    let token = store::find(conn, id)?;
    record(conn, actor, "create", None, &token)?;
    Ok((token, secret))
}

/// Revokes a token. Revoking twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`].
pub fn revoke(conn: &mut Conn, actor: &Actor, id: i64) -> Result<ApiToken> {
    let before = store::find(conn, id)?;
    if store::revoke(conn, id, actor.now)? {
        let after = store::find(conn, id)?;
        record(conn, actor, "revoke", Some(&before), &after)?;
    }
    Ok(before)
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&ApiToken>,
    after: &ApiToken,
) -> Result<()> {
    let entry = NewEntry {
        subject: "api_token",
        subject_id: Some(after.id),
        name: after.name.clone(),
        action,
        before: before.and_then(|token| audit::snapshot(&token.snapshot())),
        after: audit::snapshot(&after.snapshot()),
        ..NewEntry::default()
    };
    audit::record(conn, actor, &entry)
}
