//! The answers of a user to the rules of a status: confirmations, evidence, the reason for an override, and the receiver of
//! the lead.

use serde::{Deserialize, Serialize};

use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Reason, TextLine};
use crate::records::fields::{Fields, Input, parse_optional_id};

/// A text or a link that shows that a rule is met.
pub type EvidenceText = TextLine<500>;

/// The answers to the rules of a status.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveAnswers {
    /// The ids of the rules that were confirmed.
    pub confirmed: Vec<i64>,
    /// The id of each rule that asks for evidence, and the text or link.
    pub evidence: Vec<(i64, String)>,
    /// The reason for an override; nothing without one.
    pub override_reason: Option<String>,
    /// The user who is to receive the lead; nothing for all of the role.
    #[serde(default)]
    pub offer_to: Option<i64>,
}

impl MoveAnswers {
    /// Reads the answers from a form.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn read(fields: &Fields) -> Result<MoveAnswers, FieldErrors> {
        let mut errors = FieldErrors::new();
        let confirmed = errors.check("confirmed", read_confirmed(fields));
        let evidence = match fields.object("evidence") {
            Ok(members) => errors.check("evidence", read_evidence(members.unwrap_or_default())),
            Err(Error::Invalid(more)) => {
                errors.extend(more);
                None
            }
            Err(_) => None,
        };
        let override_reason = errors.check("override_reason", read_override(fields));
        let offer_to = errors.check("offer_to", read_receiver(fields));
        errors.value_or_errors(MoveAnswers {
            confirmed: confirmed.unwrap_or_default(),
            evidence: evidence.unwrap_or_default(),
            override_reason: override_reason.flatten(),
            offer_to: offer_to.flatten(),
        })
    }

    /// Refuses an override by a user who may not override rules.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_allowed(&self, rights: Rights) -> Result<()> {
        match self.override_reason {
            Some(_) => rights.require_manage(),
            None => Ok(()),
        }
    }

    /// The evidence for a rule.
    pub fn evidence_for(&self, rule: i64) -> Option<&str> {
        let evidence = self.evidence.iter().find(|(id, _)| *id == rule);
        evidence.map(|(_, text)| text.as_str())
    }
}

fn read_confirmed(fields: &Fields) -> Result<Vec<i64>, Message> {
    let texts = fields.all("confirmed").into_iter();
    let texts = texts.filter(|text| !text.trim().is_empty());
    let ids: Option<Vec<i64>> = texts.map(|text| text.trim().parse().ok()).collect();
    ids.ok_or_else(|| Message::new("rule-answer-unknown"))
}

fn read_evidence(members: Fields) -> Result<Vec<(i64, String)>, Message> {
    let mut evidence = Vec::new();
    for (id, text) in members.texts() {
        let id = id
            .parse()
            .map_err(|_| Message::new("rule-answer-unknown"))?;
        let text: EvidenceText = TextLine::parse(text)?;
        if text.is_visible() {
            evidence.push((id, text.to_string()));
        }
    }
    Ok(evidence)
}

fn read_receiver(fields: &Fields) -> Result<Option<i64>, Message> {
    match fields.input("offer_to") {
        None | Some(Input::Null) => Ok(None),
        Some(Input::Text(text)) => parse_optional_id(text, "offer-to-unknown"),
        Some(_) => Err(Message::new("web-input-not-simple")),
    }
}

fn read_override(fields: &Fields) -> Result<Option<String>, Message> {
    let is_overriding = match fields.text("override").map(str::trim) {
        None | Some("") => false,
        Some(_) => fields
            .boolean("override")
            .ok_or_else(|| Message::new("web-input-not-truth"))?,
    };
    if !is_overriding {
        return Ok(None);
    }
    let text = fields.text("override_reason").unwrap_or_default();
    let reason: Reason = TextLine::required(text, "rule-override-reason")?;
    Ok(Some(reason.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_from_json_and_forms() {
        let json = serde_json::json!({
            "confirmed": [13], "evidence": {"14": " a link ", "15": ""}, "override": true,
            "override_reason": "The board asked",
        });
        let form = b"confirmed=13&evidence[14]=a+link&evidence[15]=&override=1&override_reason=The+board+asked";
        let read = MoveAnswers::read(&Fields::from_json(json).unwrap());
        assert_eq!(
            read,
            MoveAnswers::read(&Fields::from_urlencoded(form).unwrap())
        );
        let read = read.unwrap();
        assert_eq!(read.confirmed, [13]);
        assert_eq!(read.evidence_for(14), Some("a link"));
        assert_eq!(read.evidence_for(15), None);
        assert_eq!(read.override_reason.as_deref(), Some("The board asked"));
    }

    #[test]
    fn an_override_needs_a_reason() {
        let fields = Fields::from_pairs([("override", "1"), ("override_reason", " ")]);
        assert!(
            MoveAnswers::read(&fields)
                .unwrap_err()
                .at("override_reason")
                .is_some()
        );
        let fields = Fields::from_pairs([("override_reason", "unused")]);
        assert_eq!(MoveAnswers::read(&fields), Ok(MoveAnswers::default()));
    }
}
