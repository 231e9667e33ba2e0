//! The user who sent a request, and the token that a call came with.

use crate::access::domain::permission::{Permission, Scope};
use crate::access::domain::role::Role;
use crate::clock::{Timestamp, Zone};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::theme::Theme;

/// The API token that a call came with.
#[derive(Debug, Clone)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scopes: Vec<Scope>,
}

/// The user who sent a request, as the transaction reads them.
#[derive(Debug, Clone)]
pub struct Principal {
    pub user_id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The language of the profile; nothing means the browser's.
    pub language: Option<Lang>,
    pub theme: Theme,
    pub has_shortcuts: bool,
    /// The time zone of the profile; nothing until one is chosen.
    pub time_zone: Option<Zone>,
    /// The time zone in which this request types and shows times; UTC for the API.
    pub zone: Zone,
    /// The row of the session, for pages.
    pub session_id: Option<i64>,
    /// The token, for the API.
    pub token: Option<Token>,
    /// When it was last stored that the session or token is in use.
    pub seen_at: Option<Timestamp>,
    /// When the session or token ends by itself.
    pub valid_until: Timestamp,
    /// The instant of the request.
    pub now: Timestamp,
    pub request_id: String,
    /// Ties together all audit rows of this request.
    pub batch_id: i64,
}

impl Principal {
    /// True if the role, and for the API the role behind the token, grants `permission`.
    pub fn can(&self, permission: Permission) -> bool {
        permission.is_granted_to(self.role)
    }

    /// Refuses a principal without `permission`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the permission is hidden, else [`Error::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        match self.can(permission) {
            true => Ok(()),
            false if permission.is_hidden() => Err(Error::NotFound),
            false => Err(Error::Forbidden),
        }
    }
}
