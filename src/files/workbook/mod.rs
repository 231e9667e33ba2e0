//! Workbooks (XLSX), read once and row by row at flat memory: nothing that a workbook says about its size is believed,
//! every byte that it unpacks to is counted, and texts that cells share go to disk when they are many. One workbook is
//! read at a time.

mod book;
mod cells;
mod contents;
mod faults;
mod formats;
mod notes;
mod package;
mod sheet;
mod spool;
mod strings;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{Read, Seek};
use std::time::Duration;

use parking_lot::Mutex;

use crate::i18n::Message;
use book::Book;
use contents::Contents;
pub(super) use faults::{cannot_keep, no_workbook};
use formats::Formats;
pub use notes::{OnSheetRow, SheetNotes};
use package::Package;
pub(super) use package::allowance;
use sheet::{Sheet, SheetEnd};
use strings::Strings;

/// How long a workbook waits for another one that is being read.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Held while a workbook is read: each may take a while and some memory.
static READING: Mutex<()> = Mutex::new(());

/// Goes through the rows of the first sheet with data that people see: the first with two rows or more, else the first
/// with one. Hidden rows are left out.
///
/// # Errors
/// The sentence to show: it is no workbook, it is too large, all its sheets are hidden, or `take` fails.
pub fn sheet_rows<R: Read + Seek>(input: R, take: &mut OnSheetRow) -> Result<SheetNotes, Message> {
    let reading = READING.try_lock_for(TIMEOUT);
    let _reading = reading.ok_or_else(|| Message::new("import-workbook-busy"))?;
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
        let xml = package.part(&listed.path)?.ok_or_else(no_workbook)?;
        let mut sheet = Sheet::new(take);
        match sheet.read(xml, &mut book)? {
            SheetEnd::Read => return Ok(contents.notes(at, sheet.notes)),
            SheetEnd::Short(Some(row)) if short.is_none() => short = Some((at, row, sheet.notes)),
            SheetEnd::Short(_) => {}
        }
    }
    let (at, (line, record), notes) = short.ok_or_else(|| Message::new("import-empty"))?;
    take(line, &record)?;
    Ok(contents.notes(at, notes))
}
