//! Rows of a file as what they say, before anyone has looked into the database.

use std::collections::HashMap;

use super::mapping::Mapping;
use super::moment::parse_moment;
use super::problem::Problem;
use super::source::Row;
use crate::clock::Timestamp;
use crate::i18n::Message;
use crate::leads::text::{Company, ExternalRef, Line, Mail, Name, Phone, Reason, Source};
use crate::leads::{Currency, Lead, Money};

/// A lead as a row says it; what has no column is nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub line: usize,
    /// Empty if the row has none.
    pub external_ref: ExternalRef,
    /// Nothing if the cell is blank: a lead that is here keeps its name.
    pub name: Option<Name>,
    /// What a new lead is called if it has no name: as its company, else as its reference.
    pub stand_in: Option<Name>,
    pub company: Option<Company>,
    pub email: Option<Mail>,
    pub phone: Option<Phone>,
    pub source: Option<Source>,
    /// An e-mail address or a name; empty for nobody.
    pub owner: Option<String>,
    /// A name or a slug.
    pub status: Option<String>,
    /// In major units; empty for no value.
    pub value: Option<String>,
    pub currency: Option<Currency>,
    pub created_at: Option<Timestamp>,
}

/// A stay in a status as a row says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stay {
    pub line: usize,
    /// A name or a slug.
    pub status: String,
    pub entered_at: Timestamp,
    /// Nothing without a column; may be empty.
    pub actor: Option<Line<200>>,
    pub reason: Option<Reason>,
}

/// Collects what is wrong with the cells of one row.
struct Cells<'a> {
    line: usize,
    row: Row<'a>,
    mapping: &'a Mapping,
    problems: Vec<Problem>,
}

impl Cells<'_> {
    /// The text of a field that has a column, without the white space around it.
    fn text(&self, field: &str) -> Option<&str> {
        Some(self.row.get(self.mapping.at(field)?).trim())
    }

    /// The value of a field that has a column.
    fn read<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        match parse(self.text(field)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems.push(Problem::at(self.line, field, message));
                None
            }
        }
    }

    /// The same where a blank cell says nothing.
    fn filled<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.text(field)?.is_empty() {
            return None;
        }
        self.read(field, parse)
    }

    fn is_wrong(&self, field: &str) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.field == Some(field))
    }
}

impl Draft {
    /// The lead in a row, and what is wrong with its cells: what could be read is judged all the same, so that
    /// everything that is wrong with a row is told at once.
    pub fn read(line: usize, row: Row, mapping: &Mapping, now: Timestamp) -> (Draft, Vec<Problem>) {
        let mut cells = Cells {
            line,
            row,
            mapping,
            problems: Vec::new(),
        };
        let mut draft = Draft {
            line,
            external_ref: cells.read("external_ref", Line::parse).unwrap_or_default(),
            name: cells.filled("name", Line::parse).filter(Line::is_visible),
            stand_in: None,
            company: cells.read("company", Line::parse),
            email: cells.read("email", Mail::parse),
            phone: cells.read("phone", Line::parse),
            source: cells.read("source", Line::parse),
            owner: cells.text("owner").map(str::to_owned),
            status: cells.filled("status", |text| Ok(text.to_owned())),
            value: cells.read("value", number),
            currency: cells.filled("currency", Currency::parse),
            created_at: cells.filled("created_at", |text| parse_moment(text, now)),
        };
        if cells.problems.is_empty() {
            draft.stand_in = draft.stand_in();
            if draft.name.is_none() && draft.stand_in.is_none() {
                let told = Message::new("lead-import-nameless");
                cells.problems.push(Problem::whole(line, told));
            }
        }
        if cells.is_wrong("currency") {
            // How fine a value may be, nobody can say.
            draft.value = None;
        }
        (draft, cells.problems)
    }

    /// The lead that it is about, among those that have its reference or stand for it. One that only has the same id
    /// and was made at another moment is not: the row comes from elsewhere.
    pub fn find<'a>(&self, leads: &'a HashMap<String, Lead>) -> Option<&'a Lead> {
        let lead = leads.get(self.external_ref.as_str())?;
        let has_reference = !lead.fields.external_ref.is_empty();
        let is_it = has_reference || self.created_at.is_none_or(|at| at == lead.created_at);
        is_it.then_some(lead)
    }

    /// What it is called without a name.
    fn stand_in(&self) -> Option<Name> {
        let company = self.company.as_ref().map(Line::as_str);
        let candidates = [company, Some(self.external_ref.as_str())];
        let mut named = candidates.into_iter().flatten();
        named.find_map(|text| Line::required(text, "lead-import-nameless").ok())
    }
}

/// What is no number in any currency is told together with what else is wrong with the row; how fine a number may be
/// depends on the lead.
fn number(text: &str) -> Result<String, Message> {
    match Money::parse(text, Currency::DEFAULT) {
        Err(told) if told.key == "lead-value-number" && !text.is_empty() => Err(told),
        _ => Ok(text.to_owned()),
    }
}

impl Stay {
    /// The visit in a row, and what is wrong with its cells.
    pub fn read(line: usize, row: Row, mapping: &Mapping, now: Timestamp) -> (Stay, Vec<Problem>) {
        let mut cells = Cells {
            line,
            row,
            mapping,
            problems: Vec::new(),
        };
        let missing = |text: &str| match text {
            "" => Err(Message::new("lead-import-no-status")),
            text => Ok(text.to_owned()),
        };
        let status = cells.read("status", missing);
        let entered_at = cells.read("entered_at", |text| parse_moment(text, now));
        let stay = Stay {
            line,
            status: status.unwrap_or_default(),
            entered_at: entered_at.unwrap_or_default(),
            actor: cells.read("actor", Line::parse),
            reason: cells.read("reason", Line::parse),
        };
        (stay, cells.problems)
    }
}
