//! API tokens: their scopes, their end, and their text.

use serde::Serialize;

use crate::access::{Permission, Role, Scope};
use crate::clock::Timestamp;
use crate::digest::sha256_hex;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::signer::random_token;

/// The longest name.
const NAME_MAX: usize = 100;
/// The longest life, in days.
const DAYS_MAX: i64 = 3650;
/// Random bytes behind the prefix: 192 bits.
const SECRET_BYTES: usize = 24;
/// Characters of the part that people can read.
const PREFIX_CHARS: usize = 8;

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiToken {
    pub id: i64,
    pub owner_id: i64,
    pub owner: String,
    pub owner_email: String,
    pub owner_role: Role,
    pub is_owner_enabled: bool,
    pub name: String,
    /// The readable beginning of the token.
    pub prefix: String,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    /// Nothing means never.
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// The state of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    Active,
    Expired,
    Revoked,
    OwnerDisabled,
}

impl TokenState {
    /// The catalogue key of its name.
    pub fn key(self) -> &'static str {
        match self {
            TokenState::Active => "token-active",
            TokenState::Expired => "token-expired",
            TokenState::Revoked => "token-revoked",
            TokenState::OwnerDisabled => "token-idle",
        }
    }

    /// The tone of its tag.
    pub fn tone(self) -> &'static str {
        match self {
            TokenState::Active => "ok",
            TokenState::Expired | TokenState::OwnerDisabled => "warn",
            TokenState::Revoked => "",
        }
    }
}

impl ApiToken {
    /// Its state at `now`.
    pub fn state(&self, now: Timestamp) -> TokenState {
        if self.revoked_at.is_some() {
            TokenState::Revoked
        } else if self.expires_at.is_some_and(|end| end <= now) {
            TokenState::Expired
        } else if !self.is_owner_enabled {
            TokenState::OwnerDisabled
        } else {
            TokenState::Active
        }
    }

    /// The token as the audit log stores it.
    pub fn snapshot(&self) -> TokenSnapshot<'_> {
        TokenSnapshot {
            name: &self.name,
            prefix: &self.prefix,
            owner: &self.owner_email,
            scopes: self.scopes.iter().map(|scope| scope.as_str()).collect(),
            expires_at: self.expires_at.map(Timestamp::rfc3339),
            revoked: self.revoked_at.is_some(),
        }
    }
}

/// A token as the audit log stores it.
#[derive(Debug, Serialize)]
pub struct TokenSnapshot<'a> {
    name: &'a str,
    prefix: &'a str,
    owner: &'a str,
    scopes: Vec<&'static str>,
    expires_at: Option<String>,
    revoked: bool,
}

/// The secret of a new token, which is shown once and stored as a hash.
#[derive(Clone)]
pub struct Secret {
    pub prefix: String,
    text: String,
}

impl Secret {
    /// `ls_` + eight readable characters + `_` + 192 random bits.
    ///
    /// # Errors
    /// Returns an error if the system gives no random bytes.
    pub fn new() -> Result<Secret> {
        let (seed, random) = (random_token(16), random_token(SECRET_BYTES));
        if seed.is_empty() || random.is_empty() {
            return Err(Error::internal("the system gives no random bytes"));
        }
        let digest = sha256_hex(&seed);
        let prefix = format!("ls_{}", digest.get(..PREFIX_CHARS).unwrap_or_default());
        Ok(Secret {
            text: format!("{prefix}_{random}"),
            prefix,
        })
    }

    /// The token, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// The hash that is stored.
    pub fn hash(&self) -> String {
        sha256_hex(&self.text)
    }
}

/// The scopes that tokens of users with this role can have.
pub fn scopes_of(role: Role) -> &'static [Scope] {
    let can = |permission: Permission| permission.is_granted_to(role);
    if can(Permission::StatusesWrite) || can(Permission::LeadsManage) {
        &Scope::ALL
    } else if can(Permission::LeadsWrite) {
        &[Scope::Read, Scope::Write]
    } else {
        &[Scope::Read]
    }
}

/// The fields of a new token besides its owner.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenFields {
    pub name: String,
    pub scopes: Vec<Scope>,
    /// Nothing means never.
    pub expires_days: Option<i64>,
}

/// The form of a new token as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenForm {
    pub name: String,
    pub scopes: Vec<String>,
    /// A number of days, or empty for never.
    pub expires_days: String,
    /// The id of a user.
    pub owner: String,
}

impl FromFields for TokenForm {
    fn from_fields(fields: Fields) -> Result<TokenForm> {
        let fields = fields.without_nul()?;
        let scopes = fields.all("scopes").into_iter();
        Ok(TokenForm {
            name: fields.string("name"),
            scopes: scopes.map(str::to_owned).collect(),
            expires_days: fields.string("expires_days"),
            owner: fields.string("owner"),
        })
    }
}

impl TokenForm {
    /// True if this scope is ticked.
    pub fn has(&self, scope: &Scope) -> bool {
        self.scopes.iter().any(|word| word == scope.as_str())
    }

    /// The valid fields for an owner of `role`, or every error at once.
    ///
    /// # Errors
    /// Messages at `name`, `scopes`, `expires_days`.
    pub fn parse(&self, role: Role) -> Result<TokenFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("name", parse_name(&self.name));
        let scopes = errors.check("scopes", parse_scopes(&self.scopes, role));
        let days = errors.check("expires_days", parse_days(&self.expires_days));
        match (name, scopes, days) {
            (Some(name), Some(scopes), Some(expires_days)) => Ok(TokenFields {
                name,
                scopes,
                expires_days,
            }),
            _ => Err(errors),
        }
    }
}

fn parse_name(typed: &str) -> Result<String, Message> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(Message::new("token-name-missing"));
    }
    if name.chars().count() > NAME_MAX {
        return Err(Message::new("token-name-long").with("count", NAME_MAX));
    }
    if name.chars().any(char::is_control) {
        return Err(Message::new("token-name-controls"));
    }
    Ok(name.to_owned())
}

fn parse_scopes(typed: &[String], role: Role) -> Result<Vec<Scope>, Message> {
    let scopes: Option<Vec<Scope>> = typed.iter().map(|word| Scope::from_word(word)).collect();
    let scopes = scopes.ok_or_else(|| Message::new("token-scope-unknown"))?;
    if scopes.is_empty() {
        return Err(Message::new("token-scope-missing"));
    }
    if !scopes.iter().all(|scope| scopes_of(role).contains(scope)) {
        return Err(Message::new("token-scope-above"));
    }
    let ordered = Scope::ALL.into_iter();
    Ok(ordered.filter(|scope| scopes.contains(scope)).collect())
}

fn parse_days(typed: &str) -> Result<Option<i64>, Message> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let days = typed
        .parse()
        .ok()
        .filter(|days| (1..=DAYS_MAX).contains(days));
    match days {
        Some(days) if typed.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(days)),
        _ => Err(Message::new("token-days").with("max", DAYS_MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TokenForm {
        TokenForm {
            name: " Website forms ".into(),
            scopes: vec!["write".into(), "read".into()],
            expires_days: "90".into(),
            owner: "1".into(),
        }
    }

    #[test]
    fn a_token_has_a_readable_prefix_and_enough_chance() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        let mut parts = one.reveal().splitn(3, '_');
        assert_eq!(parts.next(), Some("ls"));
        assert_eq!(parts.next().map(str::len), Some(8));
        assert!(parts.next().is_some_and(|secret| secret.len() >= 27));
        assert!(one.reveal().starts_with(&one.prefix));
        assert_ne!(one.reveal(), other.reveal());
        assert_eq!(one.hash(), sha256_hex(one.reveal()));
    }

    #[test]
    fn a_token_never_reaches_above_its_owner() {
        let fields = form().parse(Role::Admin).unwrap();
        assert_eq!(fields.scopes, [Scope::Read, Scope::Write]);
        assert_eq!(fields.name, "Website forms");
        assert!(form().parse(Role::Rep).is_ok(), "of their own leads");
        let errors = form().parse(Role::Viewer).unwrap_err();
        assert!(errors.at("scopes").is_some());
        let reach = |role| scopes_of(role).len();
        assert_eq!(
            [Role::Admin, Role::Manager, Role::Rep, Role::Viewer].map(reach),
            [3, 3, 2, 1]
        );
    }

    #[test]
    fn a_life_is_a_number_of_days_or_without_end() {
        let days = |typed: &str| {
            TokenForm {
                expires_days: typed.into(),
                ..form()
            }
            .parse(Role::Admin)
            .map(|fields| fields.expires_days)
        };
        assert_eq!(days(" "), Ok(None));
        assert_eq!(days("3650"), Ok(Some(3650)));
        for bad in [
            "0",
            "-1",
            "3651",
            "+7",
            "ten",
            "1.5",
            "99999999999999999999",
        ] {
            assert!(days(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_error_is_reported_at_once() {
        let errors = TokenForm {
            expires_days: "x".into(),
            ..TokenForm::default()
        }
        .parse(Role::Admin)
        .unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "scopes", "expires_days"]);
    }
}
