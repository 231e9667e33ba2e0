//! Leads and visits as files, on the way out: read a few hundred at a time and written as they come, so that a
//! million of them take no more memory than a dozen. What is in the bin stays there, and what was voided is left out.
//! The way in is [`super::import`].

mod record;
mod rows;
mod sheet;
mod stream;
mod what;

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::{Listing, store};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, FieldErrors};
use crate::files::{Format, neutral};
use crate::i18n::Message;

use record::Entry;
use rows::pages;
pub use stream::{file, stream};
pub use what::{What, label, stand_in, stands_for};

/// The most rows of a sheet, without its header.
pub const SHEET_ROWS: i64 = 1_048_575;

/// Of which leads an export tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Which {
    /// All that are not in the bin.
    All,
    /// Those of these ids that are not in the bin.
    Ids(Vec<i64>),
    /// Those that a list shows at this moment; of the bin, none.
    Listed(Box<Listing>, Timestamp),
}

/// An export that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub what: What,
    pub format: Format,
    pub which: Which,
}

/// Why an export ended early.
#[derive(Debug)]
pub enum Failed {
    /// It can't be read, or must not be.
    Read(Error),
    /// It can't be written where it should go.
    Write(io::Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Read(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Failed {
        Failed::Write(error)
    }
}

impl From<csv::Error> for Failed {
    fn from(error: csv::Error) -> Failed {
        Failed::Write(error.into())
    }
}

impl Export {
    /// The name under which it is saved.
    pub fn filename(&self) -> String {
        self.format.filename(self.what.as_str())
    }

    /// Refuses more rows than the format holds, before anything is written.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `format`.
    pub fn check(&self, conn: &mut crate::db::Conn) -> crate::error::Result<()> {
        if self.format != Format::Xlsx {
            return Ok(());
        }
        let rows = match self.what {
            What::Leads => store::count_exported(conn, &self.which)?,
            What::Visits => store::count_exported_visits(conn, &self.which)?,
        };
        if rows <= SHEET_ROWS {
            return Ok(());
        }
        let told = Message::new("lead-export-too-many")
            .with("count", rows)
            .with("max", SHEET_ROWS);
        Err(Error::Invalid(FieldErrors::one("format", told)))
    }

    /// Writes it bit by bit. Waits for the database and for `out`: not for an async worker.
    ///
    /// # Errors
    /// [`Failed`]; what was written until then is there.
    pub fn write(&self, db: &Db, out: &mut dyn Write) -> Result<(), Failed> {
        db.read_blocking(|conn| self.check(conn))?;
        match self.format {
            Format::Csv => self.csv(db, out),
            Format::Json => self.json(db, out),
            Format::Xlsx => sheet::write(self, db, out),
        }
    }

    fn csv(&self, db: &Db, out: &mut dyn Write) -> Result<(), Failed> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer.write_record(self.what.fields())?;
        pages(db, self, &mut |entries| {
            for entry in entries {
                writer.write_record(entry.cells().into_iter().map(neutral))?;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(())
    }

    fn json(&self, db: &Db, out: &mut dyn Write) -> Result<(), Failed> {
        let mut gap = "[";
        pages(db, self, &mut |entries: &[Entry]| {
            for entry in entries {
                write!(out, "{gap}\n  ")?;
                serde_json::to_writer(&mut *out, entry).map_err(io::Error::from)?;
                gap = ",";
            }
            Ok(())
        })?;
        let end = if gap == "[" { "[]\n" } else { "\n]\n" };
        out.write_all(end.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}
