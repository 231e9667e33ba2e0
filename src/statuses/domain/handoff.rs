//! The hand-off of a status: who receives the leads that enter it, and what they can answer.

use serde_json::{Value, json};

use crate::access::Role;
use crate::i18n::{Lang, Message};
use crate::records::field::json_text;
use crate::statuses::domain::definition::Criteria;
use crate::statuses::domain::kind::Kind;

/// What happens to the leads that enter a status, until they are accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    /// The role of those who receive the leads.
    pub to: Role,
    /// The hours within which they answer.
    pub within_hours: i64,
    /// The status of a rejected lead; nothing for the one that it came from.
    pub reject_to: Option<i64>,
    /// The status of a recycled lead; nothing for the default one.
    pub recycle_to: Option<i64>,
    /// The reasons to choose from; empty if any will do.
    pub reasons: Criteria,
}

impl Handoff {
    /// The roles that receive leads.
    pub const CHOICES: [Role; 2] = [Role::Rep, Role::Manager];
    /// The most hours: a year.
    pub const MAX_HOURS: i64 = 8_760;
    /// The names of the members that are statuses.
    pub const STATUSES: [&str; 2] = ["reject_to", "recycle_to"];

    /// Parses a JSON object; nothing for an empty text.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<Option<Handoff>, Message> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        if !value.is_object() {
            return Err(Message::new("status-handoff-unreadable"));
        }
        let text = |name: &str| value.get(name).map(json_text).unwrap_or_default();
        let to = Role::from_word(text("to").trim());
        let hours = text("within_hours").trim().parse();
        Ok(Some(Handoff {
            to: to
                .filter(|role| Handoff::CHOICES.contains(role))
                .ok_or_else(|| Message::new("status-handoff-to-unknown"))?,
            within_hours: hours
                .ok()
                .filter(|hours| (1..=Handoff::MAX_HOURS).contains(hours))
                .ok_or_else(|| {
                    Message::new("status-handoff-hours").with("max", Handoff::MAX_HOURS)
                })?,
            reject_to: parse_status(&text("reject_to"))?,
            recycle_to: parse_status(&text("recycle_to"))?,
            reasons: Criteria::parse(&text("reasons"))?,
        }))
    }

    /// One from the database; nothing if it can't be read.
    pub(crate) fn stored(json: Option<&str>) -> Option<Handoff> {
        Handoff::parse(json.unwrap_or_default()).ok().flatten()
    }

    /// The object that the API shows and the database holds.
    pub fn to_json(&self) -> Value {
        json!({
            "to": self.to.as_str(), "within_hours": self.within_hours,
            "reject_to": self.reject_to, "recycle_to": self.recycle_to,
            "reasons": self.reasons.lines(),
        })
    }

    /// The statuses that it names.
    pub fn statuses(&self) -> impl Iterator<Item = i64> {
        self.reject_to.into_iter().chain(self.recycle_to)
    }

    /// With other ids in place of those that it has.
    pub fn with_statuses(self, id: impl Fn(i64) -> Option<i64>) -> Handoff {
        Handoff {
            reject_to: self.reject_to.and_then(&id),
            recycle_to: self.recycle_to.and_then(&id),
            ..self
        }
    }

    /// True if a recycled lead can wait in a status of this kind.
    pub fn can_recycle_to(kind: Kind) -> bool {
        !kind.is_closed()
    }

    /// It in words, one line for each part; `name` gives the name of a status.
    pub fn lines(&self, lang: Lang, name: impl Fn(i64) -> String) -> Vec<String> {
        let to = Message::new("status-handoff-line-to")
            .with("role", lang.t(self.to.key()))
            .with("hours", lang.tn("moment-hours", self.within_hours));
        let mut lines = vec![to.text(lang)];
        let statuses = [
            ("status-handoff-line-reject", self.reject_to),
            ("status-handoff-line-recycle", self.recycle_to),
        ];
        for (key, id) in statuses {
            let line = id.map(|id| Message::new(key).with("name", name(id)).text(lang));
            lines.extend(line);
        }
        if !self.reasons.is_empty() {
            let reasons = self.reasons.lines().join(" · ");
            let line = Message::new("status-handoff-line-reasons").with("reasons", reasons);
            lines.push(line.text(lang));
        }
        lines
    }
}

/// The id of a status; a number below 0 is that of a status which a file makes.
fn parse_status(typed: &str) -> Result<Option<i64>, Message> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse() {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Message::new("status-named-unknown").with("name", typed)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_off_is_unchanged_by_writing_and_reading_it() {
        let typed = r#"{"to":"rep","within_hours":"24","reject_to":3,"reasons":["No budget"," "]}"#;
        let read = Handoff::parse(typed).unwrap().unwrap();
        assert_eq!(
            (read.to, read.within_hours, read.reject_to, read.recycle_to),
            (Role::Rep, 24, Some(3), None)
        );
        assert_eq!(read.reasons.lines(), ["No budget"]);
        let stored = read.to_json().to_string();
        assert_eq!(Handoff::stored(Some(&stored)), Some(read));
        assert_eq!(Handoff::parse(" "), Ok(None));
        assert_eq!(Handoff::stored(None), None);
    }

    #[test]
    fn a_hand_off_that_says_nothing_is_refused() {
        for (typed, key) in [
            ("yes", "status-handoff-unreadable"),
            ("[]", "status-handoff-unreadable"),
            ("{}", "status-handoff-to-unknown"),
            (
                r#"{"to":"viewer","within_hours":1}"#,
                "status-handoff-to-unknown",
            ),
            (
                r#"{"to":"admin","within_hours":1}"#,
                "status-handoff-to-unknown",
            ),
            (r#"{"to":"rep"}"#, "status-handoff-hours"),
            (r#"{"to":"rep","within_hours":0}"#, "status-handoff-hours"),
            (
                r#"{"to":"rep","within_hours":8761}"#,
                "status-handoff-hours",
            ),
            (
                r#"{"to":"rep","within_hours":1,"reject_to":"New"}"#,
                "status-named-unknown",
            ),
        ] {
            assert_eq!(Handoff::parse(typed).unwrap_err().key, key, "{typed}");
        }
    }
}
