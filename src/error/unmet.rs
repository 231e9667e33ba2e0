//! What a status requires of a lead that enters it, and the lead doesn't meet.

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::words::word_enum;

word_enum! {
    /// The kind of a requirement. The words are in the database and in the API.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum RequirementKind {
        /// A rule about a field of the lead.
        Field = "field",
        /// A rule whose sentence the user confirms.
        Confirm = "confirm",
        /// A rule that needs evidence.
        Evidence = "evidence",
        /// The statuses that the lead may come from.
        From = "from",
        /// The roles that may move the lead.
        Mover = "mover",
        /// The reason of the move.
        Reason = "reason",
    }
}

impl RequirementKind {
    /// The sentence for a requirement that isn't met; `text` is that of a rule.
    pub fn message(self, text: &str) -> Message {
        match self {
            RequirementKind::From => Message::new("rule-unmet-from"),
            RequirementKind::Mover => Message::new("rule-unmet-mover"),
            RequirementKind::Reason => Message::new("rule-unmet-reason"),
            _ => Message::new("rule-unmet-text").with("text", text),
        }
    }
}

word_enum! {
    /// The effect on a move of a rule that isn't met.
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum RuleLevel {
        Block = "block", "rule-level-block";
        Warn = "warn", "rule-level-warn";
    }
}

/// A requirement of a status that a lead doesn't meet.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Unmet {
    /// The id of the rule; null for `from`, `mover` and `reason`.
    #[schema(required = true, example = 12)]
    pub rule: Option<i64>,
    /// `field`, `confirm` or `evidence` for a rule; `from` for a status that the lead may not come from, `mover` for a
    /// role that may not move it, `reason` for a reason that is missing or not one of the choices.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "field")]
    pub kind: RequirementKind,
    /// `block`, or `warn` for a rule that holds no move.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, example = "block")]
    pub level: Option<RuleLevel>,
    /// The field of the lead that a rule reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, example = "email")]
    pub field: Option<&'static str>,
    /// The text of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, example = "E-mail is known")]
    pub text: Option<String>,
    /// The reasons to choose from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false)]
    pub choices: Option<Vec<String>>,
}

impl Unmet {
    /// An unmet requirement without a rule.
    pub fn of(kind: RequirementKind) -> Unmet {
        Unmet {
            rule: None,
            kind,
            level: None,
            field: None,
            text: None,
            choices: None,
        }
    }

    /// True if the lead can't enter because of it.
    pub fn is_blocking(&self) -> bool {
        self.level != Some(RuleLevel::Warn)
    }

    /// The sentence that names it.
    pub fn message(&self) -> Message {
        let choices = self.choices.as_deref().unwrap_or_default();
        match self.kind {
            RequirementKind::Reason if !choices.is_empty() => {
                Message::new("rule-unmet-reason-of").with("choices", choices.join(", "))
            }
            kind => kind.message(self.text.as_deref().unwrap_or_default()),
        }
    }
}

/// What blocks a lead, in one sentence.
pub fn unmet_message(unmet: &[Unmet]) -> Message {
    let blocking: Vec<&Unmet> = unmet.iter().filter(|unmet| unmet.is_blocking()).collect();
    if let [only] = blocking[..] {
        return only.message();
    }
    let has = |kind| match blocking.iter().any(|unmet| unmet.kind == kind) {
        true => "yes",
        false => "no",
    };
    let texts = blocking.iter().filter_map(|unmet| unmet.text.as_deref());
    Message::new("rule-unmet-list")
        .with("texts", texts.collect::<Vec<_>>().join(" · "))
        .with("from", has(RequirementKind::From))
        .with("mover", has(RequirementKind::Mover))
        .with("reason", has(RequirementKind::Reason))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_json_has_the_words_of_kinds_and_levels() {
        for kind in RequirementKind::ALL {
            let unmet = json!(Unmet::of(kind));
            assert_eq!(unmet, json!({"rule": null, "type": kind.as_str()}));
        }
        for level in RuleLevel::ALL {
            let unmet = Unmet {
                rule: Some(12),
                level: Some(level),
                field: Some("email"),
                text: Some("E-mail is known".to_owned()),
                choices: Some(vec!["Price".to_owned()]),
                ..Unmet::of(RequirementKind::Field)
            };
            let body = json!({"rule": 12, "type": "field", "level": level.as_str(), "field": "email",
                "text": "E-mail is known", "choices": ["Price"]});
            assert_eq!(json!(unmet), body);
        }
        assert_eq!(json!(RequirementKind::Mover), "mover");
        assert_eq!(json!(RuleLevel::Warn), "warn");
    }
}
