//! The kind of a status, which says what it means to reports, and the roles that a status may hold.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;

/// What a status means to reports. Code checks the kind, never a name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Open,
    Paused,
    Won,
    Lost,
    Junk,
}

impl Kind {
    /// Every kind, in the order in which people see them.
    pub const ALL: [Kind; 5] = [Kind::Open, Kind::Paused, Kind::Won, Kind::Lost, Kind::Junk];

    /// The word in the database, in URLs and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Open => "open",
            Kind::Paused => "paused",
            Kind::Won => "won",
            Kind::Lost => "lost",
            Kind::Junk => "junk",
        }
    }

    /// The catalogue key of the word that people read.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Open => "status-kind-open",
            Kind::Paused => "status-kind-paused",
            Kind::Won => "status-kind-won",
            Kind::Lost => "status-kind-lost",
            Kind::Junk => "status-kind-junk",
        }
    }
}

impl Kind {
    /// The catalogue key of the sentence that explains it.
    pub fn about_key(self) -> &'static str {
        match self {
            Kind::Open => "status-kind-open-about",
            Kind::Paused => "status-kind-paused-about",
            Kind::Won => "status-kind-won-about",
            Kind::Lost => "status-kind-lost-about",
            Kind::Junk => "status-kind-junk-about",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = Message;

    fn from_str(text: &str) -> Result<Kind, Message> {
        let word = text.trim();
        Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| Message::new("status-kind-unknown"))
    }
}

/// A role that exactly one status holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The status of new leads.
    Default,
    /// The status of won leads.
    Converted,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 2] = [Role::Default, Role::Converted];

    /// The word in the database and in blockers.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Default => "default",
            Role::Converted => "converted",
        }
    }

    /// The catalogue key of the word that people read.
    pub fn key(self) -> &'static str {
        match self {
            Role::Default => "status-role-default",
            Role::Converted => "status-role-converted",
        }
    }

    /// The boolean field in forms, files and the API that says whether a status holds it.
    pub fn field(self) -> &'static str {
        match self {
            Role::Default => "isdefault",
            Role::Converted => "isconverted",
        }
    }

    /// The kind that a status must have to hold it.
    pub fn required_kind(self) -> Kind {
        match self {
            Role::Default => Kind::Open,
            Role::Converted => Kind::Won,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = Message;

    fn from_str(text: &str) -> Result<Role, Message> {
        Role::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| Message::new("status-role-unknown"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_back_from_its_word_in_any_case() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(
                format!(" {} ", kind.as_str().to_uppercase()).parse(),
                Ok(kind)
            );
            assert_eq!(serde_json::json!(kind), kind.as_str());
        }
        assert!("closed".parse::<Kind>().is_err());
        assert!("".parse::<Kind>().is_err());
    }

    #[test]
    fn the_default_status_is_open_and_the_converted_one_won() {
        assert_eq!(Role::Default.required_kind(), Kind::Open);
        assert_eq!(Role::Converted.required_kind(), Kind::Won);
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }
}
