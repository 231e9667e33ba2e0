//! New leads of a file that likely exist already.

use crate::i18n::Message;
use crate::leads::actions::similar::{SimilarLead, SimilarLeads};
use crate::leads::domain::lead::LeadFields;

/// The most rows that are shown.
const MAX_EXAMPLES: usize = 5;

/// A row, and the existing lead that it is likely about.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarRow {
    pub line: usize,
    pub name: String,
    pub lead: SimilarLead,
}

/// The rows of new leads that likely exist already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SimilarRows {
    pub count: usize,
    /// The first rows.
    pub examples: Vec<SimilarRow>,
}

impl SimilarRows {
    /// Adds a row of a new lead, if it is similar to one of these leads.
    pub fn add(&mut self, line: usize, fields: &LeadFields, leads: &SimilarLeads) {
        let Some(lead) = leads.matching(fields).into_iter().next() else {
            return;
        };
        self.count += 1;
        if self.examples.len() < MAX_EXAMPLES {
            self.examples.push(SimilarRow {
                line,
                name: fields.name.to_string(),
                lead,
            });
        }
    }
}

impl SimilarRow {
    /// The sentence about it, without a full stop.
    pub fn message(&self) -> Message {
        Message::new("lead-import-similar-row")
            .with("line", self.line)
            .with("name", self.name.as_str())
            .with("other", self.lead.name.as_str())
            .with("by", self.lead.likeness.as_str())
    }
}
