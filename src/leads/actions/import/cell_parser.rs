//! Parses the cells of one row and collects their problems.

use std::borrow::Cow;

use crate::access::Email;
use crate::clock::Timestamp;
use crate::files::{FileRow, cell_error_key, is_blank_word, is_cell_error};
use crate::i18n::Message;
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::cell_date::parse_date;
use crate::leads::domain::extra_columns::ExtraColumn;
use crate::leads::domain::import_options::ImportOptions;
use crate::records::mapping::Mapping;

/// The field whose cells keep their line breaks.
const WITH_LINE_BREAKS: &str = "note";
/// The fewest digits of each part of a cell that is split into several telephone numbers.
const MIN_SPLIT_PHONE_DIGITS: usize = 6;

/// The mapping and the options that a row is read with.
#[derive(Clone, Copy)]
pub struct RowContext<'a> {
    pub mapping: &'a Mapping,
    pub options: &'a ImportOptions,
    /// The columns whose cells become extra fields.
    pub extra_columns: &'a [ExtraColumn],
    /// No date may be later.
    pub now: Timestamp,
}

/// Parses the cells of one row and collects their problems.
pub struct CellParser<'a> {
    line: usize,
    row: FileRow<'a>,
    context: RowContext<'a>,
    pub problems: Vec<Problem>,
}

impl<'a> CellParser<'a> {
    /// The parser of a row.
    pub fn new(line: usize, row: FileRow<'a>, context: RowContext<'a>) -> CellParser<'a> {
        CellParser {
            line,
            row,
            context,
            problems: Vec::new(),
        }
    }

    /// The first text of a field that is not blank; `None` without a column.
    pub fn text(&self, field: &str) -> Option<Cow<'a, str>> {
        let mut columns = self.context.mapping.columns_of(field);
        let mut text = self.cell(field, columns.next()?);
        while text.is_empty()
            && let Some(column) = columns.next()
        {
            text = self.cell(field, column);
        }
        Some(text)
    }

    /// True for a word that means nothing, where such words are blank.
    fn is_placeholder(&self, text: &str) -> bool {
        self.context.options.has_blank_words && is_blank_word(text)
    }

    /// The text of a cell without white space around it; on one line, and blank for a word that means nothing.
    fn cell(&self, field: &str, column: usize) -> Cow<'a, str> {
        let text = self.row.get(column).trim();
        if self.is_placeholder(text) {
            return Cow::Borrowed("");
        }
        match field != WITH_LINE_BREAKS && text.contains(is_line_break) {
            false => Cow::Borrowed(text),
            true => {
                let lines = text.split(is_line_break).map(str::trim);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
                Cow::Owned(lines.join(" "))
            }
        }
    }

    /// The names and the texts of the extra fields, without errors of formulas.
    pub fn extra_fields(&self) -> Vec<(String, String)> {
        let columns = self.context.extra_columns.iter();
        let texts = columns.map(|column| {
            let text = self.row.get(column.index).trim();
            let is_blank = self.is_placeholder(text);
            (&column.name, if is_blank { "" } else { text })
        });
        let valid = texts.filter(|(_, text)| !is_cell_error(text));
        valid
            .map(|(name, text)| (name.clone(), text.to_owned()))
            .collect()
    }

    /// The first of the values in all cells of a field, and whether there are several; `None` without a column.
    pub fn first_value(
        &self,
        field: &str,
        split: fn(&str) -> Vec<String>,
    ) -> Option<(Cow<'a, str>, bool)> {
        let mut first = None::<String>;
        for column in self.context.mapping.columns_of(field) {
            let text = self.row.get(column).trim();
            if text.is_empty() || self.is_placeholder(text) {
                continue;
            }
            let mut values = split(text).into_iter();
            let value = first.get_or_insert_with(|| {
                let value = values.next();
                value.unwrap_or_else(|| self.cell(field, column).into_owned())
            });
            if values.any(|other| !other.eq_ignore_ascii_case(value)) {
                return first.map(|first| (Cow::Owned(first), true));
            }
        }
        let text = self.text(field)?;
        Some((first.map_or(text, Cow::Owned), false))
    }

    /// The parsed value of a field; `None` without a column or with a problem.
    pub fn parse<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        let text = self.text(field)?;
        self.parse_text(field, &text, parse)
    }

    /// The parsed text of a field; `None` with a problem.
    pub fn parse_text<T>(
        &mut self,
        field: &'static str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        let value = match is_cell_error(text) {
            true => Err(Message::new(cell_error_key(text)).with("line", self.line)),
            false => parse(text),
        };
        match value {
            Ok(value) => Some(value),
            Err(message) => {
                let problem = Problem::for_field(self.line, field, message);
                self.problems.push(problem.with_value(text));
                None
            }
        }
    }

    /// The parsed value of a field; `None` also for a blank cell.
    pub fn parse_filled<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.text(field)?.is_empty() {
            return None;
        }
        self.parse(field, parse)
    }

    /// The date of a field; `None` also for a blank cell.
    pub fn parse_date(&mut self, field: &'static str) -> Option<Timestamp> {
        let (options, now) = (self.context.options, self.context.now);
        let format = options.date_format(field);
        self.parse_filled(field, |text| parse_date(text, format, options.zone, now))
    }

    /// True if a cell of this field has a problem.
    pub fn has_problem(&self, field: &str) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.field == Some(field))
    }
}

fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The addresses in a cell such as `a@b.ro; c@d.ro` or `Dan <d@e.ro>`; empty if a part is no address.
pub fn split_addresses(text: &str) -> Vec<String> {
    if text.contains('<') {
        let inner = text.split('<').skip(1);
        let inner = inner.filter_map(|part| part.split_once('>'));
        let addresses = inner.map(|(address, _)| address.trim().to_owned());
        return addresses
            .filter(|address| Email::parse(address).is_ok())
            .collect();
    }
    let is_separator = |c: char| matches!(c, ';' | ',' | '|') || c.is_whitespace();
    let parts = text
        .split(is_separator)
        .map(|part| part.trim_start_matches("mailto:"));
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    match parts.iter().all(|part| Email::parse(part).is_ok()) {
        true => parts,
        false => Vec::new(),
    }
}

/// The telephone numbers in a cell, if it has several.
pub fn split_phones(text: &str) -> Vec<String> {
    let text = text
        .replace(" / ", ";")
        .replace(", ", ";")
        .replace(" or ", ";");
    let is_separator = |c: char| matches!(c, ';' | '|') || is_line_break(c);
    let parts = text.split(is_separator).map(str::trim);
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let is_phone = |part: &String| digits(part) >= MIN_SPLIT_PHONE_DIGITS;
    match parts.len() > 1 && parts.iter().all(is_phone) {
        true => parts,
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_if_all_are_addresses() {
        for (text, addresses) in [
            ("a@b.ro", &["a@b.ro"][..]),
            ("a@b.ro; c@d.ro", &["a@b.ro", "c@d.ro"]),
            ("a@b.ro\nc@d.ro", &["a@b.ro", "c@d.ro"]),
            ("Dan <d@e.ro>", &["d@e.ro"]),
            ("\"Pop, Dan\" <d@e.ro>, Ana <a@b.ro>", &["d@e.ro", "a@b.ro"]),
            ("mailto:a@b.ro", &["a@b.ro"]),
            ("n/a", &[]),
            ("a@b.ro (old)", &[]),
        ] {
            assert_eq!(split_addresses(text), addresses, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_taken_apart_if_there_are_several() {
        for (text, numbers) in [
            (
                "+40 722 000 001; 0722/000002",
                &["+40 722 000 001", "0722/000002"][..],
            ),
            ("0722000001 / 0722000002", &["0722000001", "0722000002"]),
            ("0722/000001", &[]),
            ("0722000001, int. 12", &[]),
            ("+40 722 000 001", &[]),
        ] {
            assert_eq!(split_phones(text), numbers, "{text}");
        }
    }
}
