//! The request to create a lead, with the answers to the rules of its status.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::error::{Error, FieldErrors, Result};
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::text::Reason;
use crate::records::fields::Fields;
use crate::records::form_value::{FormValue, parse_field};

/// The request to create a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadRequest {
    pub fields: LeadFields,
    /// The status in which it starts; without it, the default one.
    pub status: Option<i64>,
    pub channel: Channel,
    /// When it was created, if earlier than now; it has been in its status since then.
    pub created_at: Option<Timestamp>,
    pub reason: Reason,
    /// The answers to the rules of the status.
    pub answers: MoveAnswers,
}

impl LeadRequest {
    /// A request without reason and answers.
    pub fn of(fields: LeadFields, status: Option<i64>, channel: Channel) -> LeadRequest {
        LeadRequest {
            fields,
            status,
            channel,
            created_at: None,
            reason: Reason::default(),
            answers: MoveAnswers::default(),
        }
    }
}

/// The form fields for the status that a lead enters: the reason, and the answers to its rules or their errors.
#[derive(Debug, Clone)]
pub struct EntryForm {
    reason: FormValue,
    answers: Result<MoveAnswers, FieldErrors>,
}

impl EntryForm {
    /// Reads the form.
    pub fn read(fields: &Fields) -> EntryForm {
        EntryForm {
            reason: FormValue::read(fields, "reason"),
            answers: MoveAnswers::read(fields),
        }
    }

    /// The reason and the answers.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self) -> Result<(Reason, MoveAnswers), FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = parse_field(&mut errors, "reason", self.reason.simple(), Reason::parse);
        let answers = self.answers.clone().unwrap_or_else(|more| {
            errors.extend(more);
            MoveAnswers::default()
        });
        errors.value_or_errors((reason.unwrap_or_default(), answers))
    }

    /// The request for the lead of `form`, with the reason and the answers.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that is wrong.
    pub fn request(&self, form: &LeadForm, channel: Channel) -> Result<LeadRequest> {
        let (fields, status) = form.parse_all(None).map_err(Error::Invalid)?;
        let (reason, answers) = self.parse().map_err(Error::Invalid)?;
        Ok(LeadRequest {
            fields,
            status,
            channel,
            created_at: None,
            reason,
            answers,
        })
    }
}
