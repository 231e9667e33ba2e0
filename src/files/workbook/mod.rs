//! Workbooks (XLSX), read once and row by row at flat memory: nothing that a workbook says about its size is believed,
//! every byte that it unpacks to is counted, and texts that cells share go to disk when they are many. One workbook is
//! read at a time.

mod book;
mod cells;
mod contents;
mod formats;
mod messages;
mod package;
mod sheet;
mod spool;
mod strings;
mod summary;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{Read, Seek};
use std::time::Duration;

use parking_lot::Mutex;

use crate::i18n::Message;
use book::Book;
pub use cells::SHEET_ROWS;
use contents::Contents;
use formats::Formats;
pub(super) use messages::{not_a_workbook, spool_failure};
use package::Package;
pub(super) use package::max_unpacked_size;
use sheet::Sheet;
use strings::Strings;
pub use summary::SheetSummary;
pub(super) use summary::{BookSummary, OnBookRow};

/// How long a workbook waits for another one that is being read.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Held while a workbook is read: each may take a while and some memory.
static READING: Mutex<()> = Mutex::new(());

/// Reads the rows of all visible sheets, without hidden rows. After a sheet with data, the first that can't be read
/// ends the reading: the result has only its name and the names of those after it.
///
/// # Errors
/// Returns the message to show if the file is no workbook, is too large, or all its sheets are hidden or blank, and the
/// errors of `on_row`.
pub fn book_rows<R: Read + Seek>(input: R, on_row: &mut OnBookRow) -> Result<BookSummary, Message> {
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
    let summary = read_sheets(&package, &contents, &mut book, on_row)?;
    match summary.sheets.iter().any(|sheet| sheet.rows > 0) {
        true => Ok(summary),
        false => Err(Message::new("import-empty")),
    }
}

fn read_sheets<R: Read + Seek>(
    package: &Package<R>,
    contents: &Contents,
    book: &mut Book,
    on_row: &mut OnBookRow,
) -> Result<BookSummary, Message> {
    let mut book_summary = BookSummary::default();
    for (index, sheet) in contents.sheets.iter().enumerate() {
        if sheet.is_hidden {
            book_summary.hidden_sheets.push(sheet.name.clone());
            continue;
        }
        let visible_index = book_summary.sheets.len();
        let result = package.part(&sheet.path).and_then(|xml| {
            let xml = xml.ok_or_else(not_a_workbook)?;
            let mut on_sheet_row = |line, record: &_| on_row(visible_index, line, record);
            Sheet::new(&mut on_sheet_row).read(xml, book)
        });
        match result {
            Ok(summary) => book_summary.sheets.push(SheetSummary {
                name: sheet.name.clone(),
                ..summary
            }),
            Err(_) if book_summary.has_data() => {
                let unread = contents.sheets[index..].iter();
                let unread = unread.filter(|sheet| !sheet.is_hidden);
                book_summary.unread_sheets = unread.map(|sheet| sheet.name.clone()).collect();
                break;
            }
            Err(message) => return Err(message),
        }
    }
    Ok(book_summary)
}
