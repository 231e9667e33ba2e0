//! The answers of a user to what a status asks: what they confirm, what they give as evidence, why the lead passes
//! although a rule is not met, and the receiver of a lead that is handed over.

use serde::{Deserialize, Serialize};

use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::domain::text::{Reason, TextLine};
use crate::records::fields::{Fields, Input, parse_id};

/// A text or a link that shows that a rule is met.
pub type EvidenceText = TextLine<500>;

/// The answers to the rules of a status.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveAnswers {
    /// The ids of the rules that were confirmed.
    pub confirmed: Vec<i64>,
    /// The text or link given as evidence, with the id of its rule.
    pub evidence: Vec<(i64, String)>,
    /// Why the lead passes although it doesn't meet a rule; nothing unless that is asked for.
    pub override_reason: Option<String>,
    /// The user who is to receive the lead; nothing for all of the role.
    #[serde(default)]
    pub offer_to: Option<i64>,
}

impl MoveAnswers {
    /// Reads the answers in what was sent.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn read(sent: &Fields) -> Result<MoveAnswers, FieldErrors> {
        let mut errors = FieldErrors::new();
        let confirmed = errors.check("confirmed", read_confirmed(sent));
        let evidence = match sent.object("evidence") {
            Ok(given) => errors.check("evidence", read_evidence(given.unwrap_or_default())),
            Err(Error::Invalid(more)) => {
                errors.extend(more);
                None
            }
            Err(_) => None,
        };
        let override_reason = errors.check("override_reason", read_override(sent));
        let offer_to = errors.check("offer_to", read_receiver(sent));
        errors.result(MoveAnswers {
            confirmed: confirmed.unwrap_or_default(),
            evidence: evidence.unwrap_or_default(),
            override_reason: override_reason.flatten(),
            offer_to: offer_to.flatten(),
        })
    }

    /// The evidence given for a rule.
    pub fn evidence_for(&self, rule: i64) -> Option<&str> {
        let given = self.evidence.iter().find(|(id, _)| *id == rule);
        given.map(|(_, text)| text.as_str())
    }
}

fn read_confirmed(sent: &Fields) -> Result<Vec<i64>, Message> {
    let words = sent.all("confirmed").into_iter();
    let words = words.filter(|word| !word.trim().is_empty());
    let ids: Option<Vec<i64>> = words.map(|word| word.trim().parse().ok()).collect();
    ids.ok_or_else(|| Message::new("rule-answer-unknown"))
}

fn read_evidence(given: Fields) -> Result<Vec<(i64, String)>, Message> {
    let mut evidence = Vec::new();
    for (id, text) in given.texts() {
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

fn read_receiver(sent: &Fields) -> Result<Option<i64>, Message> {
    match sent.input("offer_to") {
        None | Some(Input::Null) => Ok(None),
        Some(Input::Text(text)) if text.trim().is_empty() => Ok(None),
        Some(Input::Text(text)) => match parse_id(text.trim()) {
            Some(id) => Ok(Some(id)),
            None => Err(Message::new("offer-to-unknown")),
        },
        Some(_) => Err(Message::new("web-input-not-simple")),
    }
}

fn read_override(sent: &Fields) -> Result<Option<String>, Message> {
    let is_asked = match sent.text("override").map(str::trim) {
        None | Some("") => false,
        Some(_) => sent
            .boolean("override")
            .ok_or_else(|| Message::new("web-input-not-truth"))?,
    };
    if !is_asked {
        return Ok(None);
    }
    let typed = sent.text("override_reason").unwrap_or_default();
    let reason: Reason = TextLine::required(typed, "rule-override-reason")?;
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
        let sent = Fields::from_pairs([("override", "1"), ("override_reason", " ")]);
        assert!(
            MoveAnswers::read(&sent)
                .unwrap_err()
                .at("override_reason")
                .is_some()
        );
        let sent = Fields::from_pairs([("override_reason", "unused")]);
        assert_eq!(MoveAnswers::read(&sent), Ok(MoveAnswers::default()));
    }
}
