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
pub use notes::SheetNotes;
pub(super) use notes::{BookNotes, OnBookRow};
use package::Package;
pub(super) use package::allowance;
use sheet::Sheet;
use strings::Strings;

/// How long a workbook waits for another one that is being read.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Held while a workbook is read: each may take a while and some memory.
static READING: Mutex<()> = Mutex::new(());

/// Goes through the rows of all sheets that people see. Hidden rows are left out. Behind a sheet with data, one that
/// can't be read ends the reading: it and the others are only named.
///
/// # Errors
/// The sentence to show: it is no workbook, it is too large, all its sheets are hidden or blank, or `take` fails.
pub fn book_rows<R: Read + Seek>(input: R, take: &mut OnBookRow) -> Result<BookNotes, Message> {
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
    let notes = read_sheets(&package, &contents, &mut book, take)?;
    match notes.sheets.iter().any(|sheet| sheet.rows > 0) {
        true => Ok(notes),
        false => Err(Message::new("import-empty")),
    }
}

fn read_sheets<R: Read + Seek>(
    package: &Package<R>,
    contents: &Contents,
    book: &mut Book,
    take: &mut OnBookRow,
) -> Result<BookNotes, Message> {
    let mut notes = BookNotes::default();
    for (place, listed) in contents.sheets.iter().enumerate() {
        if listed.is_hidden {
            notes.hidden_sheets.push(listed.name.clone());
            continue;
        }
        let at = notes.sheets.len();
        let result = package.part(&listed.path).and_then(|xml| {
            let xml = xml.ok_or_else(no_workbook)?;
            let mut take = |line, record: &_| take(at, line, record);
            Sheet::new(&mut take).read(xml, book)
        });
        match result {
            Ok(sheet) => notes.sheets.push(SheetNotes {
                sheet: listed.name.clone(),
                ..sheet
            }),
            Err(_) if notes.has_data() => {
                let rest = contents.sheets[place..].iter();
                let rest = rest.filter(|sheet| !sheet.is_hidden);
                notes.unread_sheets = rest.map(|sheet| sheet.name.clone()).collect();
                break;
            }
            Err(message) => return Err(message),
        }
    }
    Ok(notes)
}
