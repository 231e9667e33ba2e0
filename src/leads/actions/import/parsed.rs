//! Parses rows of a file into leads and visits, without the database.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::files::FileRow;
use crate::i18n::Message;
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::instant::parse_instant;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::domain::text::{ExternalRef, Name, Note, Reason, TextLine};
use crate::money::{Currency, Money};
use crate::records::field::{Field, FieldValues};
use crate::records::mapping::Mapping;

/// The fields that are more than a text: they need other columns, names in the database or a value that is kept.
const PARSED_APART: [LeadField; 5] = [
    LeadField::Name,
    LeadField::Owner,
    LeadField::Value,
    LeadField::Currency,
    LeadField::ExternalRef,
];

/// A lead as parsed from a row; fields without a column are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedLead {
    pub line: usize,
    /// Empty if the row has none.
    pub external_ref: ExternalRef,
    /// Nothing for a blank cell: an existing lead keeps its name.
    pub name: Option<Name>,
    /// The name of a new lead without one: its company, else its reference.
    pub fallback_name: Option<Name>,
    /// The fields that are plain texts: those with a column, and their values.
    pub text_fields: Vec<LeadField>,
    pub texts: LeadFields,
    /// An e-mail address or a name; empty for no owner.
    pub owner: Option<String>,
    /// A name or a slug.
    pub status: Option<String>,
    /// In major units; empty for no value.
    pub value: Option<String>,
    pub currency: Option<Currency>,
    pub created_at: Option<Timestamp>,
}

/// A visit as parsed from a row.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedVisit {
    pub line: usize,
    /// A name or a slug.
    pub status: String,
    pub entered_at: Timestamp,
    /// `None` without a column; may be empty.
    pub actor: Option<TextLine<200>>,
    pub reason: Option<Reason>,
    pub note: Option<Note>,
}

/// Parses the cells of one row and collects their problems.
struct CellParser<'a> {
    line: usize,
    row: FileRow<'a>,
    mapping: &'a Mapping,
    problems: Vec<Problem>,
}

impl CellParser<'_> {
    /// The trimmed text of a field; `None` without a column.
    fn text(&self, field: &str) -> Option<&str> {
        Some(self.row.get(self.mapping.column(field)?).trim())
    }

    /// The parsed value of a field; `None` without a column or with a problem.
    fn parse<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        match parse(self.text(field)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems
                    .push(Problem::for_field(self.line, field, message));
                None
            }
        }
    }

    /// The parsed value of a field; `None` also for a blank cell.
    fn parse_filled<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.text(field)?.is_empty() {
            return None;
        }
        self.parse(field, parse)
    }

    /// The plain texts that have a column and no problem, and their values.
    fn parse_texts(&mut self) -> (Vec<LeadField>, LeadFields) {
        let (mut parsed, mut texts) = (Vec::new(), LeadFields::blank());
        for field in LeadField::ALL
            .iter()
            .filter(|field| !PARSED_APART.contains(field))
        {
            let text = self.parse(field.name(), |text| texts.parse(*field, text));
            parsed.extend(text.map(|()| *field));
        }
        (parsed, texts)
    }

    fn has_problem(&self, field: &str) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.field == Some(field))
    }
}

impl ParsedLead {
    /// Parses a lead and reports the problems of its cells. A row with problems is planned as far as it could be
    /// parsed, so that all problems are reported at once.
    pub fn parse(
        line: usize,
        row: FileRow,
        mapping: &Mapping,
        now: Timestamp,
    ) -> (ParsedLead, Vec<Problem>) {
        let mut cells = CellParser {
            line,
            row,
            mapping,
            problems: Vec::new(),
        };
        let external_ref = cells.parse("external_ref", TextLine::parse);
        let name = cells.parse_filled("name", TextLine::parse);
        let (text_fields, texts) = cells.parse_texts();
        let mut lead = ParsedLead {
            line,
            external_ref: external_ref.unwrap_or_default(),
            name: name.filter(TextLine::is_visible),
            fallback_name: None,
            text_fields,
            texts,
            owner: cells.text("owner").map(str::to_owned),
            status: cells.parse_filled("status", |text| Ok(text.to_owned())),
            value: cells.parse("value", check_number),
            currency: cells.parse_filled("currency", Currency::parse),
            created_at: cells.parse_filled("created_at", |text| parse_instant(text, now)),
        };
        if cells.problems.is_empty() {
            lead.fallback_name = lead.find_fallback_name();
            if lead.name.is_none() && lead.fallback_name.is_none() {
                let message = Message::new("lead-import-nameless");
                cells.problems.push(Problem::for_line(line, message));
            }
        }
        if cells.has_problem("currency") {
            // Without the currency, the decimals of the value can't be checked.
            lead.value = None;
        }
        (lead, cells.problems)
    }

    /// The existing lead that the row means, by reference or fallback reference. A lead with only the same id but
    /// another creation time is a different one.
    pub fn find_existing<'a>(&self, leads: &'a HashMap<String, Lead>) -> Option<&'a Lead> {
        let lead = leads.get(self.external_ref.as_str())?;
        let has_reference = !lead.fields.external_ref.is_empty();
        let is_same = has_reference || self.created_at.is_none_or(|at| at == lead.created_at);
        is_same.then_some(lead)
    }

    /// The name for a row without one.
    fn find_fallback_name(&self) -> Option<Name> {
        let mut texts = [self.texts.company.as_str(), self.external_ref.as_str()].into_iter();
        texts.find_map(|text| TextLine::required(text, "lead-import-nameless").ok())
    }
}

/// Reports text that is no number in any currency together with the other problems of the row; the decimals are checked
/// once the currency is known.
fn check_number(text: &str) -> Result<String, Message> {
    match Money::parse(text, Currency::DEFAULT) {
        Err(message) if message.key == "money-number" && !text.is_empty() => Err(message),
        _ => Ok(text.to_owned()),
    }
}

impl ParsedVisit {
    /// Parses a visit and reports the problems of its cells.
    pub fn parse(
        line: usize,
        row: FileRow,
        mapping: &Mapping,
        now: Timestamp,
    ) -> (ParsedVisit, Vec<Problem>) {
        let mut cells = CellParser {
            line,
            row,
            mapping,
            problems: Vec::new(),
        };
        let required = |text: &str| match text {
            "" => Err(Message::new("lead-import-no-status")),
            text => Ok(text.to_owned()),
        };
        let status = cells.parse("status", required);
        let entered_at = cells.parse("entered_at", |text| parse_instant(text, now));
        // Rows with a readable one are left out before; here it is a problem.
        cells.parse_filled("voided_at", |text| parse_instant(text, now));
        let visit = ParsedVisit {
            line,
            status: status.unwrap_or_default(),
            entered_at: entered_at.unwrap_or_default(),
            actor: cells.parse("actor", TextLine::parse),
            reason: cells.parse("reason", TextLine::parse),
            note: cells.parse("note", Note::parse),
        };
        (visit, cells.problems)
    }
}
