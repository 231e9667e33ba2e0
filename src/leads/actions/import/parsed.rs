//! Parses rows of a file into leads and visits, without the database.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::files::FileRow;
use crate::i18n::Message;
use crate::leads::actions::import::cell_parser::{
    CellParser, RowContext, split_addresses, split_phones,
};
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::domain::reference::Reference;
use crate::leads::domain::text::{ExternalRef, ExternalSystem, Name, Note, Reason, TextLine};
use crate::money::{CellAmount, Currency, parse_cell_currency};
use crate::records::field::{Field, FieldValues};

/// The fields that are more than a text: they need other columns, names in the database or the current value.
const SPECIAL_FIELDS: [LeadField; 6] = [
    LeadField::Name,
    LeadField::Owner,
    LeadField::Value,
    LeadField::Currency,
    LeadField::ExternalRef,
    LeadField::ExternalSystem,
];

/// A lead as parsed from a row; fields without a column are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedLead {
    pub line: usize,
    /// Empty if the row has none.
    pub external_ref: ExternalRef,
    /// The system of the row, else the one of the import; may be empty.
    pub external_system: ExternalSystem,
    /// `None` for a blank cell: an existing lead keeps its name.
    pub name: Option<Name>,
    /// The name of a new lead without one: its company, else its reference.
    pub fallback_name: Option<Name>,
    /// The text fields that have a column; their values are in `texts`.
    pub text_fields: Vec<LeadField>,
    pub texts: LeadFields,
    /// An e-mail address or a name; empty for no owner.
    pub owner: Option<String>,
    /// A name or a slug.
    pub status: Option<String>,
    pub value: Option<ParsedValue>,
    pub currency: Option<Currency>,
    pub created_at: Option<Timestamp>,
    /// Why the lead enters its status.
    pub reason: Option<Reason>,
    /// The extra fields that the row has columns for, and their texts.
    pub extra_fields: Vec<(String, String)>,
    /// The fields with several values in the row: the first value is used.
    pub multi_value_fields: Vec<LeadField>,
}

/// The value of a lead in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsedValue {
    Blank,
    Amount(CellAmount),
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

impl ParsedLead {
    /// Parses a lead and returns the problems of its cells. A row with problems is planned as far as it could be
    /// parsed, so that all problems are reported at once.
    pub fn parse(line: usize, row: FileRow, context: RowContext) -> (ParsedLead, Vec<Problem>) {
        let mut cells = CellParser::new(line, row, context);
        let external_ref = cells.parse("external_ref", TextLine::parse);
        let system = cells.parse_filled("external_system", TextLine::parse);
        let name = parse_name(&mut cells);
        let (text_fields, texts, multi_value_fields) = parse_texts(&mut cells);
        let decimal_mark = context.options.decimal_mark;
        let mut lead = ParsedLead {
            line,
            external_ref: external_ref.unwrap_or_default(),
            external_system: system.unwrap_or_else(|| context.options.default_system()),
            name,
            fallback_name: None,
            text_fields,
            texts,
            owner: cells.text("owner").map(Cow::into_owned),
            status: cells.parse_filled("status", |text| Ok(text.to_owned())),
            value: cells.parse("value", |text| match text {
                "" => Ok(ParsedValue::Blank),
                text => CellAmount::parse(text, decimal_mark).map(ParsedValue::Amount),
            }),
            currency: cells.parse_filled("currency", parse_cell_currency),
            created_at: cells.parse_date("created_at"),
            extra_fields: cells.extra_fields(),
            multi_value_fields,
            reason: cells.parse("reason", TextLine::parse),
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

    /// The existing lead of the row, by reference or fallback reference. A lead that has only the id and another
    /// creation time is a different one.
    pub fn find_existing<'a>(&self, leads: &'a HashMap<Reference, Lead>) -> Option<&'a Lead> {
        let lead = leads.get(&self.reference())?;
        let has_reference = !lead.fields.external_ref.is_empty();
        let is_same = has_reference
            || self
                .created_at
                .is_none_or(|created_at| created_at == lead.created_at);
        is_same.then_some(lead)
    }

    /// The reference of the lead in its system.
    pub fn reference(&self) -> Reference {
        Reference::new(self.external_system.as_str(), self.external_ref.as_str())
    }

    /// The name for a row without one.
    fn find_fallback_name(&self) -> Option<Name> {
        let mut texts = [self.texts.company.as_str(), self.external_ref.as_str()].into_iter();
        texts.find_map(|text| TextLine::required(text, "lead-import-nameless").ok())
    }
}

/// The name in the column of names, else first and last name together.
fn parse_name(cells: &mut CellParser) -> Option<Name> {
    let name = cells.parse_filled("name", TextLine::parse);
    name.filter(TextLine::is_visible)
        .or_else(|| full_name(cells))
}

/// First and last name together.
fn full_name(cells: &mut CellParser) -> Option<Name> {
    let names = ["first_name", "last_name"].map(|field| {
        let text = cells.text(field).unwrap_or_default();
        text.into_owned()
    });
    let name = names.join(" ");
    if name.trim().is_empty() {
        return None;
    }
    let field = match names[1].is_empty() {
        true => "first_name",
        false => "last_name",
    };
    let name = cells.parse_text(field, name.trim(), TextLine::parse)?;
    Some(name).filter(TextLine::is_visible)
}

/// The text fields that have a column and no problem, their values, and the fields with several values.
fn parse_texts(cells: &mut CellParser) -> (Vec<LeadField>, LeadFields, Vec<LeadField>) {
    let (mut parsed, mut texts) = (Vec::new(), LeadFields::blank());
    let mut multi_value_fields = Vec::new();
    let fields = LeadField::ALL.iter().copied();
    for field in fields.filter(|field| !SPECIAL_FIELDS.contains(field)) {
        let value = match field {
            LeadField::Email => cells.first_value(field.name(), split_addresses),
            LeadField::Phone => cells.first_value(field.name(), split_phones),
            _ => cells.text(field.name()).map(|text| (text, false)),
        };
        let Some((text, has_more)) = value else {
            continue;
        };
        let is_parsed = cells.parse_text(field.name(), &text, |text| texts.parse(field, text));
        if is_parsed.is_some() {
            parsed.push(field);
            multi_value_fields.extend(has_more.then_some(field));
        }
    }
    (parsed, texts, multi_value_fields)
}

impl ParsedVisit {
    /// Parses a visit and returns the problems of its cells.
    pub fn parse(line: usize, row: FileRow, context: RowContext) -> (ParsedVisit, Vec<Problem>) {
        let mut cells = CellParser::new(line, row, context);
        let required = |text: &str| match text {
            "" => Err(Message::new("lead-import-no-status")),
            text => Ok(text.to_owned()),
        };
        let status = cells.parse("status", required);
        let entered_at = match cells.text("entered_at").as_deref() {
            Some("") => cells.parse("entered_at", |_| Err(Message::new("lead-moment-unknown"))),
            _ => cells.parse_date("entered_at"),
        };
        // Rows with a valid time of voiding were left out before; an invalid one is a problem.
        cells.parse_date("voided_at");
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
