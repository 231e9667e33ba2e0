//! Identifies and authorizes the sender of a request, in the transaction of its work.

use crate::access::domain::permission::{Permission, Scope};
use crate::access::domain::principal::Principal;
use crate::access::store::form_keys;
use crate::access::store::principals::{Purpose, principal_by_session, principal_by_token};
use crate::clock::{Timestamp, Zone};
use crate::db::Conn;
use crate::error::{Error, Result};

/// The credential of a request, as a hash.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    Session(String),
    Token { hash: String, scope: Scope },
}

/// The credential of a request, and the permission that it needs.
#[derive(Debug, Clone)]
pub(crate) struct Authorization {
    pub credential: Credential,
    pub permission: Permission,
    pub now: Timestamp,
    /// The time zone of users who have not chosen one.
    pub time_zone: Zone,
    pub request_id: String,
    /// The key of the form that was sent, until this request has stored it.
    pub form_key: Option<String>,
}

impl Authorization {
    /// Identifies the sender. For [`Purpose::Write`] on PostgreSQL, a change of their rights waits for the end of the
    /// transaction.
    ///
    /// # Errors
    /// [`Error::SignedOut`] and [`Error::BadToken`] if the credential is unknown or has ended.
    pub(crate) fn identify(&self, conn: &mut Conn, purpose: Purpose) -> Result<Principal> {
        let (now, request_id) = (self.now, &self.request_id);
        match &self.credential {
            Credential::Session(hash) => {
                let principal = principal_by_session(conn, purpose, hash, now, request_id)?;
                let principal = principal.ok_or(Error::SignedOut)?;
                Ok(Principal {
                    zone: principal.time_zone.unwrap_or(self.time_zone),
                    ..principal
                })
            }
            Credential::Token { hash, .. } => {
                principal_by_token(conn, purpose, hash, now, request_id)?.ok_or(Error::BadToken)
            }
        }
    }

    /// Refuses a sender without the permission of the route, or a token without the scope of the method.
    ///
    /// # Errors
    /// [`Error::Scope`], and as [`Principal::require`].
    pub(crate) fn check(&self, principal: &Principal) -> Result<()> {
        match &self.credential {
            Credential::Session(_) => principal.require(self.permission),
            Credential::Token { scope, .. } => {
                let mut tokens = principal.token.iter();
                let has_scope = tokens.any(|token| token.scopes.contains(scope));
                match has_scope {
                    false => Err(Error::Scope(scope.as_str())),
                    true if principal.can(self.permission) => Ok(()),
                    true => Err(Error::Forbidden),
                }
            }
        }
    }

    /// Refuses a form that was sent before. A write stores the key of the form in the transaction of the form's changes.
    ///
    /// # Errors
    /// [`Error::Repeated`].
    pub(crate) fn refuse_repeated_form(&self, conn: &mut Conn, purpose: Purpose) -> Result<()> {
        let is_first = match (&self.form_key, purpose) {
            (None, _) => true,
            (Some(key), Purpose::Read) => !form_keys::exists(conn, key)?,
            (Some(key), Purpose::Write) => form_keys::insert(conn, key, self.now)?,
        };
        is_first.then_some(()).ok_or(Error::Repeated)
    }

    /// [`Authorization::check`] for a sender who was identified for an earlier request: nothing was written since, but
    /// time has passed.
    ///
    /// # Errors
    /// As [`Authorization::identify`] and [`Authorization::check`].
    pub(crate) fn check_again(&self, principal: &Principal) -> Result<()> {
        match &self.credential {
            _ if self.now < principal.valid_until => self.check(principal),
            Credential::Session(_) => Err(Error::SignedOut),
            Credential::Token { .. } => Err(Error::BadToken),
        }
    }

    /// The hash of the session's key or of the token.
    pub(crate) fn credential_hash(&self) -> &str {
        match &self.credential {
            Credential::Session(hash) | Credential::Token { hash, .. } => hash,
        }
    }
}
