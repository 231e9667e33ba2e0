//! Workbooks (XLSX), read once and row by row at flat memory: nothing that a workbook says about its size is believed,
//! every byte that it unpacks to is counted, and texts that cells share go to disk when they are many. One workbook is
//! read at a time.

mod cells;
mod contents;
mod formats;
mod package;
mod sheet;
mod spool;
mod strings;
mod xml;

#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::io::{Read, Seek};
use std::time::Duration;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::files::{Record, list_of_titles};
use crate::i18n::Message;
use contents::Contents;
use formats::Formats;
use package::Package;
pub(super) use package::allowance;
use sheet::{Sheet, SheetEnd};
use strings::Strings;

/// The most bytes of a row.
const LONGEST: usize = 1 << 20;
/// How long a workbook waits for the one that is being read.
const PATIENCE: Duration = Duration::from_secs(30);

/// Held while a workbook is read: each may take a while and some memory.
static READING: Mutex<()> = Mutex::new(());

/// What is done with each row of a sheet: its line, its cells; false to see no more.
pub type OnRow<'a> = dyn FnMut(usize, &Record) -> Result<bool, Message> + 'a;

/// The sheet that was read, and the rows and columns that were left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetNotes {
    /// The sheet that was read.
    pub sheet: String,
    /// The other ones that people see.
    pub others: Vec<String>,
    /// Those that they don't.
    pub hidden_sheets: Vec<String>,
    /// Rows that hold something and that people don't see: they are left out.
    pub hidden_rows: usize,
    /// Places of hidden columns, from 0: they are read and stand for nothing unless someone says so.
    pub hidden_columns: Vec<usize>,
}

impl SheetNotes {
    /// The sentences about a sheet with these titles: which one was read, and what was left out.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let list = |key, name, texts: &[String]| {
            (!texts.is_empty()).then(|| Message::new(key).with(name, list_of_titles(texts)))
        };
        let has_others = !self.others.is_empty() || !self.hidden_sheets.is_empty();
        let hidden = self.hidden_columns.iter().filter_map(|at| titles.get(*at));
        let hidden: Vec<String> = hidden.filter(|title| !title.is_empty()).cloned().collect();
        let rows = self.hidden_rows;
        let told = [
            has_others.then(|| Message::new("import-sheet-read").with("sheet", &*self.sheet)),
            list("import-sheets-others", "sheets", &self.others),
            list("import-sheets-hidden", "sheets", &self.hidden_sheets),
            (rows > 0).then(|| Message::new("import-rows-hidden").with("count", rows)),
            list("import-columns-hidden", "columns", &hidden),
        ];
        told.into_iter().flatten().collect()
    }
}

/// What the cells of every sheet refer to.
pub struct Book {
    strings: Strings,
    formats: Formats,
    is_1904: bool,
}

/// Goes through the rows of the first sheet with data that people see: the first with two rows or more, else the first
/// with one. Hidden rows are left out.
///
/// # Errors
/// The sentence to show: it is no workbook, or too large, all its sheets are hidden, or `take` refuses.
pub fn sheet_rows<R: Read + Seek>(input: R, take: &mut OnRow) -> Result<SheetNotes, Message> {
    let turn = READING.try_lock_for(PATIENCE);
    let _turn = turn.ok_or_else(|| Message::new("import-workbook-busy"))?;
    let package = Package::open(input)?;
    let contents = Contents::read(&package)?;
    let strings = package.part(&contents.path("sharedStrings.xml"))?;
    let styles = package.part(&contents.path("styles.xml"))?;
    let mut book = Book {
        strings: strings.map_or_else(|| Ok(Strings::none()), Strings::read)?,
        formats: styles.map_or_else(|| Ok(Formats::default()), Formats::read)?,
        is_1904: contents.is_1904,
    };
    if contents.sheets.iter().all(|sheet| sheet.is_hidden) {
        return Err(Message::new("import-all-hidden"));
    }
    let mut short = None;
    for (at, listed) in contents.sheets.iter().enumerate() {
        if listed.is_hidden {
            continue;
        }
        let xml = package
            .part(&listed.path)?
            .ok_or_else(|| Message::new("import-not-xlsx"))?;
        let mut sheet = Sheet::new(take);
        match sheet.read(xml, &mut book)? {
            SheetEnd::Out => return Ok(contents.notes(at, sheet.notes)),
            SheetEnd::Short(Some(row)) if short.is_none() => short = Some((at, row, sheet.notes)),
            SheetEnd::Short(_) => {}
        }
    }
    let (at, (line, record), notes) = short.ok_or_else(|| Message::new("import-empty"))?;
    take(line, &record)?;
    Ok(contents.notes(at, notes))
}

/// The sentence for what is no workbook; the cause goes to the log alone.
fn unreadable(cause: impl Display) -> Message {
    tracing::debug!(%cause, "a workbook can't be read");
    Message::new("import-not-xlsx")
}

/// The sentence for what was unpacked and can't be kept, or can't be read back.
pub(super) fn cannot_keep(cause: std::io::Error) -> Message {
    Message::new("import-unreadable").with("cause", cause.to_string())
}
