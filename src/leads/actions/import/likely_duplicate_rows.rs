//! New leads of a file that likely exist already.

use crate::i18n::Message;
use crate::leads::actions::likely_duplicates::{LikelyDuplicate, LikelyDuplicates};
use crate::leads::domain::lead::LeadFields;

/// The most rows that are shown.
const MAX_EXAMPLES: usize = 5;

/// A row, and the existing lead that it is likely about.
#[derive(Debug, Clone, PartialEq)]
pub struct LikelyDuplicateRow {
    pub line: usize,
    pub name: String,
    pub lead: LikelyDuplicate,
}

/// The rows of new leads that likely exist already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LikelyDuplicateRows {
    pub count: usize,
    /// The first rows.
    pub examples: Vec<LikelyDuplicateRow>,
}

impl LikelyDuplicateRows {
    /// Adds a row of a new lead, if it is likely a duplicate of one of these leads.
    pub fn add(&mut self, line: usize, fields: &LeadFields, leads: &LikelyDuplicates) {
        let Some(lead) = leads.matching(fields).into_iter().next() else {
            return;
        };
        self.count += 1;
        if self.examples.len() < MAX_EXAMPLES {
            self.examples.push(LikelyDuplicateRow {
                line,
                name: fields.name.to_string(),
                lead,
            });
        }
    }
}

impl LikelyDuplicateRow {
    /// The sentence about it, without a full stop.
    pub fn message(&self) -> Message {
        Message::new("lead-import-similar-row")
            .with("line", self.line)
            .with("name", self.name.as_str())
            .with("other", self.lead.name.as_str())
            .with("by", self.lead.shared_key.as_str())
    }
}
