//! The kind of a status, which says what it means to reports, and the roles that a status may hold.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::words::word_enum;

word_enum! {
    /// What a status means to reports, in the order in which people see them. Code checks the kind, never a name.
    #[derive(PartialOrd, Ord, Default, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Kind {
        #[default]
        Open = "open", "status-kind-open";
        Paused = "paused", "status-kind-paused";
        Won = "won", "status-kind-won";
        Lost = "lost", "status-kind-lost";
        Junk = "junk", "status-kind-junk";
    }
}

impl Kind {
    /// True if leads in such a status are won, lost or junk.
    pub fn is_closed(self) -> bool {
        matches!(self, Kind::Won | Kind::Lost | Kind::Junk)
    }

    /// The catalogue key of its name for several statuses.
    pub fn plural_key(self) -> &'static str {
        match self {
            Kind::Open => "status-kind-open-plural",
            Kind::Paused => "status-kind-paused-plural",
            Kind::Won => "status-kind-won-plural",
            Kind::Lost => "status-kind-lost-plural",
            Kind::Junk => "status-kind-junk-plural",
        }
    }

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

word_enum! {
    /// A role that exactly one status holds.
    #[derive(PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Role {
        /// The status of new leads.
        Default = "default", "status-role-default";
        /// The status of won leads.
        Converted = "converted", "status-role-converted";
    }
}

impl Role {
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
            assert_eq!(Role::from_word(role.as_str()), Some(role));
        }
    }
}
