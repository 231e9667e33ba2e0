use serde::Serialize;

use super::super::import::exact;
use crate::leads::{Lead, LeadFields, Money, Visit};

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    Lead(LeadEntry),
    Visit(VisitEntry),
}

/// A lead as a row of a file: the fields of the API that import reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeadEntry {
    external_ref: Option<String>,
    name: String,
    company: String,
    email: String,
    phone: String,
    source: String,
    /// An e-mail address, which names one person everywhere.
    owner: Option<String>,
    /// A slug, which a renaming leaves as it is.
    status: String,
    value: Option<f64>,
    currency: &'static str,
    created_at: String,
    /// The value exactly, for files that hold texts.
    #[serde(skip)]
    exact_value: String,
}

/// A visit as a row of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitEntry {
    external_ref: Option<String>,
    status: String,
    entered_at: String,
    actor: String,
    reason: String,
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Entry {
    /// Names every field of a lead, so that a new one must be decided on here.
    pub fn of_lead(lead: &Lead, called: &str, owner: Option<String>, status: String) -> Entry {
        let LeadFields {
            external_ref: _,
            name,
            company,
            email,
            phone,
            source,
            owner: _,
            value_cents: _,
            currency,
        } = &lead.fields;
        let money = lead.fields.money();
        Entry::Lead(LeadEntry {
            external_ref: filled(called),
            name: name.to_string(),
            company: company.to_string(),
            email: email.to_string(),
            phone: phone.to_string(),
            source: source.to_string(),
            owner,
            status,
            value: money.map(Money::to_number),
            currency: currency.code(),
            created_at: exact(lead.created_at),
            exact_value: money.map(Money::to_plain).unwrap_or_default(),
        })
    }

    /// A visit of the lead that files call so.
    pub fn of_visit(visit: &Visit, called: &str, status: String) -> Entry {
        Entry::Visit(VisitEntry {
            external_ref: filled(called),
            status,
            entered_at: exact(visit.entered_at),
            actor: visit.actor.clone(),
            reason: visit.reason.to_string(),
        })
    }

    /// The cells in the order of [`super::What::fields`].
    pub fn cells(&self) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Entry::Lead(lead) => vec![
                text(&lead.external_ref),
                lead.name.clone(),
                lead.company.clone(),
                lead.email.clone(),
                lead.phone.clone(),
                lead.source.clone(),
                text(&lead.owner),
                lead.status.clone(),
                lead.exact_value.clone(),
                lead.currency.to_owned(),
                lead.created_at.clone(),
            ],
            Entry::Visit(visit) => vec![
                text(&visit.external_ref),
                visit.status.clone(),
                visit.entered_at.clone(),
                visit.actor.clone(),
                visit.reason.clone(),
            ],
        }
    }

    /// The value, where it is a number.
    pub fn number(&self, column: usize) -> Option<f64> {
        match self {
            Entry::Lead(lead) if column == 8 => lead.value,
            _ => None,
        }
    }
}
