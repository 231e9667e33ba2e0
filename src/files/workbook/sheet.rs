//! Reads a sheet row by row.

use quick_xml::events::Event;

use crate::files::workbook::book::Book;
use crate::files::workbook::cells::Cell;
use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::files::workbook::summary::{OnSheetRow, SheetSummary};
use crate::files::workbook::xml::{Xml, attribute, is_on};
use crate::files::{MAX_COLUMNS, Record};
use crate::i18n::Message;

/// The most bytes of a row.
const MAX_ROW_BYTES: usize = 1 << 20;
/// The most tags about columns: a sheet has no more columns.
const MAX_COLUMN_TAGS: usize = 16_384;

/// A sheet that is being read: each row is passed on before the next is read.
pub struct Sheet<'a, 'b> {
    on_row: &'a mut OnSheetRow<'b>,
    /// The row that is being read, from 1, and its cells.
    row: u32,
    record: Record,
    summary: SheetSummary,
}

impl<'a, 'b> Sheet<'a, 'b> {
    pub fn new(on_row: &'a mut OnSheetRow<'b>) -> Sheet<'a, 'b> {
        Sheet {
            on_row,
            row: 0,
            record: Record::default(),
            summary: SheetSummary::default(),
        }
    }

    /// Passes on the visible rows with data.
    ///
    /// # Errors
    /// Returns the message to show for an invalid sheet, and the errors of `on_row`.
    pub fn read(mut self, mut xml: Xml, book: &mut Book) -> Result<SheetSummary, Message> {
        self.read_columns(&mut xml)?;
        let (mut next, mut is_hidden, mut has_data) = ((1u32, 0), false, false);
        let mut text = String::new();
        loop {
            let cell = match xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    if let Some(number) = attribute(&tag, "r")? {
                        next = (number.parse().map_err(unreadable)?, 0);
                    }
                    (is_hidden, has_data) = (is_on(&tag, "hidden")?, false);
                    continue;
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    self.summary.hidden_rows += usize::from(is_hidden && has_data);
                    next = (next.0.saturating_add(1), 0);
                    continue;
                }
                Event::Start(tag) if tag.local_name().as_ref() == "c" => Cell::of(&tag, next)?,
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => break,
                Event::Eof => return Err(not_a_workbook()),
                _ => continue,
            };
            next.1 = cell.column + 1;
            let has_value = cell.read(&mut xml, book, &mut text)?;
            has_data |= has_value;
            if has_value && !is_hidden {
                self.add_cell(&cell, &text)?;
            }
        }
        xml.finish()?;
        self.end_row()?;
        Ok(self.summary)
    }

    /// Reads up to the rows: which columns are hidden.
    fn read_columns(&mut self, xml: &mut Xml) -> Result<(), Message> {
        let mut columns = 0;
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "col" => {
                    let number = |name| -> Result<usize, Message> {
                        let value = attribute(&tag, name)?;
                        Ok(value.and_then(|value| value.parse().ok()).unwrap_or(0))
                    };
                    columns += 1;
                    if columns > MAX_COLUMN_TAGS {
                        return Err(not_a_workbook());
                    }
                    if is_on(&tag, "hidden")? {
                        let numbers = number("min")?.max(1)..=number("max")?.min(MAX_COLUMNS);
                        self.summary
                            .hidden_columns
                            .extend(numbers.map(|number| number - 1));
                    }
                    self.summary.hidden_columns.sort_unstable();
                    self.summary.hidden_columns.dedup();
                }
                Event::Start(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(()),
                Event::Eof => return Err(not_a_workbook()),
                _ => {}
            }
        }
    }

    fn add_cell(&mut self, cell: &Cell, text: &str) -> Result<(), Message> {
        let (line, column) = (cell.row as usize, cell.column as usize);
        if text.contains('\0') {
            return Err(Message::new("import-nul").with("line", line));
        }
        if cell.row < self.row {
            return Err(not_a_workbook());
        }
        if cell.row != self.row {
            self.end_row()?;
        }
        self.row = cell.row;
        if column >= MAX_COLUMNS {
            return Err(Message::new("import-too-many-columns").with("max", MAX_COLUMNS));
        }
        if self.record.len() > column {
            return Err(not_a_workbook());
        }
        while self.record.len() < column {
            self.record.push("");
        }
        if self.record.size() + text.len() > MAX_ROW_BYTES {
            return Err(Message::new("import-line-too-long").with("line", line));
        }
        self.record.push(text);
        Ok(())
    }

    /// Passes on the row that was read.
    fn end_row(&mut self) -> Result<(), Message> {
        if self.record.is_empty() {
            return Ok(());
        }
        self.summary.rows += 1;
        self.summary.columns = self.summary.columns.max(self.record.len());
        (self.on_row)(self.row as usize, &self.record)?;
        self.record.clear();
        Ok(())
    }
}
