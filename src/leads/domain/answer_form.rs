//! The form that answers an offer, of a page or an API call.

use crate::clock::Zone;
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::domain::handoff::OfferAnswer;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::pause_form::parse_day;
use crate::leads::domain::text::Reason;
use crate::records::fields::{Fields, parse_optional_id};
use crate::records::form_value::{FormValue, parse_field};

/// The form of an answer, before it is checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswerForm {
    pub answer: FormValue,
    pub reason: FormValue,
    /// The day until which a recycled lead waits.
    pub until: FormValue,
    /// The id of the offer that was shown; may be absent.
    pub offer: FormValue,
}

/// A checked answer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferReply {
    pub answer: OfferAnswer,
    pub reason: Reason,
    /// Set for recycling.
    pub until: Option<PauseEnd>,
    /// The offer that was shown; nothing means the one that is open.
    pub offer: Option<i64>,
}

impl AnswerForm {
    /// Reads the form.
    pub fn read(fields: &Fields) -> AnswerForm {
        let value = |name| FormValue::read(fields, name);
        AnswerForm {
            answer: value("answer"),
            reason: value("reason"),
            until: value("until"),
            offer: value("offer"),
        }
    }

    /// The answer; `until` is a day in `zone`.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, zone: Zone) -> Result<OfferReply, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unknown = || Message::new("offer-answer-unknown");
        let parse = |text: &str| OfferAnswer::from_word(text.trim()).ok_or_else(unknown);
        let answer = parse_field(&mut errors, "answer", self.answer.simple(), parse);
        if answer.is_none() && errors.is_empty() {
            errors.add("answer", unknown());
        }
        let reason = parse_field(&mut errors, "reason", self.reason.simple(), Reason::parse);
        let parse_offer = |text: &str| parse_optional_id(text, "offer-answer-unknown");
        let offer = parse_field(&mut errors, "offer", self.offer.simple(), parse_offer);
        let until = match answer {
            Some(OfferAnswer::Recycle) => {
                let value = self
                    .until
                    .simple()
                    .map(|text| Some(text.unwrap_or_default()));
                parse_field(&mut errors, "until", value, |text| parse_day(text, zone))
            }
            _ => None,
        };
        let reason = reason.unwrap_or_default();
        if answer.is_some_and(OfferAnswer::needs_reason)
            && reason.is_empty()
            && errors.at("reason").is_none()
        {
            errors.add("reason", Message::new("rule-unmet-reason"));
        }
        match answer {
            Some(answer) if errors.is_empty() => Ok(OfferReply {
                answer,
                reason,
                until,
                offer: offer.flatten(),
            }),
            _ => Err(errors),
        }
    }

    /// The answer that the form names; nothing if it is none.
    pub fn selected_answer(&self) -> Option<OfferAnswer> {
        OfferAnswer::from_word(self.answer.text().trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(pairs: &[(&str, &str)]) -> Vec<String> {
        let form = AnswerForm::read(&Fields::from_pairs(pairs.iter().copied()));
        let errors = form.parse(Zone::UTC).err().unwrap_or_default();
        errors.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn each_answer_needs_what_it_says() {
        assert_eq!(errors(&[]), ["answer"]);
        assert_eq!(errors(&[("answer", "perhaps")]), ["answer"]);
        assert_eq!(errors(&[("answer", "accept")]), [] as [&str; 0]);
        assert_eq!(errors(&[("answer", "withdraw")]), [] as [&str; 0]);
        assert_eq!(errors(&[("answer", "reject")]), ["reason"]);
        assert_eq!(errors(&[("answer", "recycle")]), ["until", "reason"]);
        let recycled = [
            ("answer", "recycle"),
            ("reason", "Later"),
            ("until", "soon"),
        ];
        assert_eq!(errors(&recycled), ["until"]);
    }
}
