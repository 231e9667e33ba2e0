//! One row of an export, of a lead or of a visit.

use serde::Serialize;

use crate::leads::domain::instant::format_instant;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::visit::Visit;
use crate::money::Money;

/// A row of an export.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ExportRow {
    Lead(LeadExportRow),
    Visit(VisitExportRow),
}

/// A lead as a row: the fields of the API that imports read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeadExportRow {
    external_ref: Option<String>,
    name: String,
    company: String,
    email: String,
    phone: String,
    source: String,
    /// An e-mail address, which is unique.
    owner: Option<String>,
    /// A slug, which stays when the status is renamed.
    status: String,
    value: Option<f64>,
    currency: &'static str,
    created_at: String,
    /// The exact value, for formats of text.
    #[serde(skip)]
    exact_value: String,
}

/// A visit as a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitExportRow {
    external_ref: Option<String>,
    status: String,
    entered_at: String,
    actor: String,
    reason: String,
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl ExportRow {
    /// The row of a lead. The pattern names every field, so that a new one does not compile until it is added here.
    pub fn of_lead(
        lead: &Lead,
        reference: &str,
        owner: Option<String>,
        status: String,
    ) -> ExportRow {
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
        ExportRow::Lead(LeadExportRow {
            external_ref: non_empty(reference),
            name: name.to_string(),
            company: company.to_string(),
            email: email.to_string(),
            phone: phone.to_string(),
            source: source.to_string(),
            owner,
            status,
            value: money.map(Money::to_number),
            currency: currency.code(),
            created_at: format_instant(lead.created_at),
            exact_value: money.map(Money::to_plain).unwrap_or_default(),
        })
    }

    /// The row of a visit of the lead with this reference.
    pub fn of_visit(visit: &Visit, reference: &str, status: String) -> ExportRow {
        ExportRow::Visit(VisitExportRow {
            external_ref: non_empty(reference),
            status,
            entered_at: format_instant(visit.entered_at),
            actor: visit.actor.clone(),
            reason: visit.reason.to_string(),
        })
    }

    /// The cells in the order of the fields of the dataset.
    pub fn cells(&self) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            ExportRow::Lead(lead) => vec![
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
            ExportRow::Visit(visit) => vec![
                text(&visit.external_ref),
                visit.status.clone(),
                visit.entered_at.clone(),
                visit.actor.clone(),
                visit.reason.clone(),
            ],
        }
    }

    /// The value of a column that holds numbers.
    pub fn number(&self, column: usize) -> Option<f64> {
        match self {
            ExportRow::Lead(lead) if column == 8 => lead.value,
            _ => None,
        }
    }
}
