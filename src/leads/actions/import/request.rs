//! An import request, and the rows of its file in chunks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::files::{FileRow, SourceFile};
use crate::i18n::Message;
use crate::leads::actions::import::cell_parser::RowContext;
use crate::leads::actions::import::cells::{self, OnCells};
use crate::leads::actions::import::parsed::{ParsedLead, ParsedVisit};
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::repetition::EarlierLines;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::extra_columns::{ExtraColumn, extra_columns};
use crate::leads::domain::import_job::ChunkResult;
use crate::leads::domain::import_options::ImportOptions;
use crate::leads::domain::reference::Reference;
use crate::leads::domain::text::{ExternalSystem, Reason, TextLine};
use crate::leads::store::systems;
use crate::money::Currency;
use crate::records::mapping::Mapping;

/// An import that a user requested.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    pub dataset: Dataset,
    pub source: SourceFile,
    pub mapping: Mapping,
    pub options: ImportOptions,
    /// The currency of values in rows without one.
    pub currency: Option<Currency>,
    /// Why rows pass that don't meet the rules of their status; without it they are refused.
    pub override_reason: Option<String>,
    /// The start of the import: no date may be later.
    pub now: Timestamp,
    /// The time at which the file was made, if that is known.
    pub made_at: Option<Timestamp>,
}

/// The reason for an override; `None` for a blank one.
///
/// # Errors
/// Returns the message to show.
pub fn parse_override(text: &str) -> Result<Option<String>, Message> {
    let reason: Reason = TextLine::parse(text)?;
    Ok(reason.is_visible().then(|| reason.to_string()))
}

/// The system of a file; may be empty.
///
/// # Errors
/// Returns the message to show.
pub fn parse_system(text: &str) -> Result<String, Message> {
    let system: ExternalSystem = TextLine::parse(text)?;
    Ok(system.to_string())
}

/// The visits of one lead, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedHistory {
    pub reference: Reference,
    pub visits: Vec<ParsedVisit>,
    /// Rows with problems, as far as they could be parsed.
    pub invalid: Vec<ParsedVisit>,
}

impl ParsedHistory {
    /// Its first line.
    pub fn line(&self) -> usize {
        let all = self.visits.iter().chain(&self.invalid);
        all.map(|visit| visit.line).min().unwrap_or(0)
    }
}

/// One row of leads, or all visits of one lead: planned and written as a whole.
#[derive(Debug, Clone)]
pub enum ImportItem {
    Lead(ParsedLead),
    /// A row with problems, and its lead as far as it could be parsed.
    Invalid(Option<ParsedLead>, Vec<Problem>),
    History(ParsedHistory),
}

impl ImportItem {
    /// The lead in a row, as far as it could be parsed.
    pub fn lead(&self) -> Option<&ParsedLead> {
        match self {
            Self::Lead(lead) | Self::Invalid(Some(lead), _) => Some(lead),
            Self::Invalid(None, _) | Self::History(_) => None,
        }
    }

    /// The reference of its lead.
    pub fn reference(&self) -> Option<Reference> {
        let of_history = self.history().map(|history| history.reference.clone());
        of_history.or_else(|| self.lead().map(ParsedLead::reference))
    }

    /// The history, if it is one.
    pub fn history(&self) -> Option<&ParsedHistory> {
        match self {
            Self::History(history) => Some(history),
            Self::Lead(_) | Self::Invalid(..) => None,
        }
    }

    /// Its number of rows in the file.
    pub fn rows(&self) -> usize {
        let rows = |history: &ParsedHistory| history.visits.len() + history.invalid.len();
        self.history().map_or(1, rows)
    }

    /// Its first line.
    pub fn line(&self) -> usize {
        match self {
            Self::Lead(lead) => lead.line,
            Self::Invalid(_, problems) => problems.first().map_or(0, |problem| problem.line),
            Self::History(history) => history.line(),
        }
    }
}

/// The rows of visits that belong to no item, the lines below the table, and the problems of single rows.
#[derive(Debug, Clone, Default)]
pub struct RowsWithoutItem {
    /// Rows that belong to no history.
    pub rows: usize,
    /// Rows without an external reference.
    pub without_reference: usize,
    /// Rows of moves that were voided.
    pub voided: usize,
    /// Lines below the table.
    pub footer_lines: usize,
    /// Problems of single rows, also of those in histories.
    pub problems: Vec<Problem>,
}

impl RowsWithoutItem {
    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0 && self.footer_lines == 0 && self.problems.is_empty()
    }

    pub(super) fn add(&mut self, other: RowsWithoutItem) {
        self.rows += other.rows;
        self.without_reference += other.without_reference;
        self.voided += other.voided;
        self.footer_lines += other.footer_lines;
        self.problems.extend(other.problems);
    }
}

/// Items that are planned and written together, in one transaction.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    pub items: Vec<ImportItem>,
    pub without_item: RowsWithoutItem,
}

impl Chunk {
    /// Its number of rows in the file.
    pub fn rows(&self) -> usize {
        self.items.iter().map(ImportItem::rows).sum::<usize>() + self.without_item.rows
    }

    /// The result of the chunk before anything is written.
    pub fn result(&self) -> ChunkResult {
        ChunkResult {
            items: self.items.len(),
            rows: self.rows(),
            ..ChunkResult::default()
        }
    }

    /// Splits it into two halves.
    pub fn halves(mut self) -> (Chunk, Chunk) {
        let second = Chunk {
            items: self.items.split_off(self.items.len() / 2),
            without_item: std::mem::take(&mut self.without_item),
        };
        (self, second)
    }
}

/// Called with each chunk; returns false to stop.
pub type OnChunk<'a> = dyn FnMut(Chunk) -> Result<bool> + 'a;

/// The item that the first chunk begins with, and the size of chunks.
#[derive(Debug, Clone, Copy)]
pub struct ChunkRange<'a> {
    /// The index of the first item: those before it are done.
    pub start: usize,
    /// The rows of a chunk; the number may change between chunks.
    pub size: &'a AtomicUsize,
    /// True if rows with the reference of an earlier row are refused.
    pub finds_repetitions: bool,
}

/// Collects items into chunks.
pub(super) struct Chunker<'a, 'b> {
    range: ChunkRange<'a>,
    /// The index of the next item.
    position: usize,
    pub(super) chunk: Chunk,
    rows: usize,
    on_chunk: &'a mut OnChunk<'b>,
}

impl<'a, 'b> Chunker<'a, 'b> {
    pub(super) fn new(range: ChunkRange<'a>, on_chunk: &'a mut OnChunk<'b>) -> Chunker<'a, 'b> {
        Chunker {
            range,
            position: 0,
            chunk: Chunk::default(),
            rows: 0,
            on_chunk,
        }
    }

    /// Skips the next item if it is done; returns true if it did.
    pub(super) fn skip_if_done(&mut self) -> bool {
        let is_skipped = self.position < self.range.start;
        self.position += usize::from(is_skipped);
        is_skipped
    }

    /// Adds the next item; returns true to continue.
    pub(super) fn push(&mut self, item: ImportItem) -> Result<bool> {
        self.position += 1;
        self.rows += item.rows();
        self.chunk.items.push(item);
        match self.rows >= self.range.size.load(Ordering::Relaxed) {
            true => self.flush(RowsWithoutItem::default()),
            false => Ok(true),
        }
    }

    /// Passes on the collected chunk; returns true to continue.
    pub(super) fn flush(&mut self, without_item: RowsWithoutItem) -> Result<bool> {
        self.chunk.without_item.add(without_item);
        if self.chunk.items.is_empty() && self.chunk.without_item.is_empty() {
            return Ok(true);
        }
        self.rows = 0;
        (self.on_chunk)(std::mem::take(&mut self.chunk))
    }
}

impl ImportRequest {
    /// Reads the rows in chunks; their items and order are always the same. A chunk is read in another thread while
    /// `on_chunk` has the one before.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] for a file that can't be read, and the errors of `on_chunk`.
    pub fn read_chunks(&self, range: ChunkRange, on_chunk: &mut OnChunk) -> Result<()> {
        let (sender, chunks) = sync_channel(0);
        std::thread::scope(|scope| {
            let reader = scope.spawn(move || {
                let mut pass_on = |chunk| Ok(sender.send(chunk).is_ok());
                let mut chunker = Chunker::new(range, &mut pass_on);
                match self.dataset {
                    Dataset::Leads => self.read_leads(&mut chunker),
                    Dataset::Visits => self.read_visits(&mut chunker),
                }
            });
            for chunk in chunks {
                if !on_chunk(chunk)? {
                    break;
                }
            }
            let panicked = |_| Err(Error::Internal("the reader of a file panicked".into()));
            reader.join().unwrap_or_else(panicked)
        })
    }

    /// Checks that the options fit the columns.
    ///
    /// # Errors
    /// Returns the message to show.
    pub fn check(&self) -> Result<(), Message> {
        self.dataset.check(&self.mapping)?;
        let matches_email = self.options.matches_email && self.dataset == Dataset::Leads;
        match matches_email && self.mapping.column("email").is_none() {
            true => Err(Message::new("lead-import-no-email")),
            false => Ok(()),
        }
    }

    /// Changes the spelling of the system to the one that existing leads have.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub fn unify_system(&mut self, conn: &mut Conn) -> Result<()> {
        self.options.system = systems::canonical_system(conn, &self.options.system)?;
        Ok(())
    }

    /// The context that its rows are read with.
    pub fn row_context<'a>(&'a self, extra_columns: &'a [ExtraColumn]) -> RowContext<'a> {
        RowContext {
            mapping: &self.mapping,
            options: &self.options,
            extra_columns,
            now: self.now,
        }
    }

    fn read_leads(&self, chunker: &mut Chunker) -> Result<()> {
        let mut should_continue = true;
        let mut earlier = EarlierLines::default();
        let extra_columns = extra_columns(&self.mapping);
        let footer_lines = self.each_row(&mut |line, row| {
            let is_done = chunker.skip_if_done();
            if is_done && !chunker.range.finds_repetitions {
                return Ok(true);
            }
            let mut item = self.parse_item(line, row, &extra_columns);
            if chunker.range.finds_repetitions
                && let Some(lead) = item.lead()
                && let Some(problem) = earlier.find_repetition(lead, self.options.matches_email)
            {
                item = ImportItem::Invalid(None, vec![problem]);
            }
            if !is_done {
                should_continue = chunker.push(item)?;
            }
            Ok(should_continue)
        })?;
        if should_continue {
            chunker.flush(RowsWithoutItem {
                footer_lines,
                ..RowsWithoutItem::default()
            })?;
        }
        Ok(())
    }

    pub(super) fn each_row(&self, on_cells: &mut OnCells) -> Result<usize> {
        cells::each_row(&self.source, self.mapping.titles(), on_cells)
    }

    fn parse_item(
        &self,
        line: usize,
        row: Result<FileRow, Message>,
        extra_columns: &[ExtraColumn],
    ) -> ImportItem {
        let row = match row {
            Ok(row) => row,
            Err(message) => {
                return ImportItem::Invalid(None, vec![Problem::for_line(line, message)]);
            }
        };
        match ParsedLead::parse(line, row, self.row_context(extra_columns)) {
            (lead, problems) if problems.is_empty() => ImportItem::Lead(lead),
            (lead, problems) => ImportItem::Invalid(Some(lead), problems),
        }
    }
}
