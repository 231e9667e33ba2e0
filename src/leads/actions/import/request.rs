//! An import request, and the rows of its file in batches.

use std::cell::Cell;
use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::error::Result;
use crate::files::{FileRow, SourceFile};
use crate::i18n::Message;
use crate::leads::actions::import::cells::{self, OnCells};
use crate::leads::actions::import::parsed::{ParsedLead, ParsedVisit};
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::import_job::BatchResult;
use crate::money::Currency;
use crate::records::mapping::Mapping;

/// The most rows of visits in memory: a longer file is read several times, each time for a part of the leads.
const MAX_VISIT_ROWS: usize = 100_000;

/// An import that a user requested.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    pub dataset: Dataset,
    pub source: SourceFile,
    pub mapping: Mapping,
    /// The currency of values in rows without one.
    pub currency: Option<Currency>,
    /// The start of the import: no date may be later.
    pub now: Timestamp,
}

/// The visits of one lead, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedHistory {
    pub external_ref: String,
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
pub enum Unit {
    Lead(ParsedLead),
    /// A row with problems, and its lead as far as it could be parsed.
    Invalid(Option<ParsedLead>, Vec<Problem>),
    History(ParsedHistory),
}

impl Unit {
    /// The lead in a row, as far as it could be parsed.
    pub fn lead(&self) -> Option<&ParsedLead> {
        match self {
            Unit::Lead(lead) | Unit::Invalid(Some(lead), _) => Some(lead),
            Unit::Invalid(None, _) | Unit::History(_) => None,
        }
    }

    /// The external reference of its lead.
    pub fn reference(&self) -> Option<&str> {
        match self {
            Unit::History(history) => Some(&history.external_ref),
            _ => self.lead().map(|lead| lead.external_ref.as_str()),
        }
    }

    /// The history, if it is one.
    pub fn history(&self) -> Option<&ParsedHistory> {
        match self {
            Unit::History(history) => Some(history),
            Unit::Lead(_) | Unit::Invalid(..) => None,
        }
    }

    /// Its number of rows in the file.
    pub fn rows(&self) -> usize {
        match self {
            Unit::Lead(_) | Unit::Invalid(..) => 1,
            Unit::History(history) => history.visits.len() + history.invalid.len(),
        }
    }

    /// Its first line.
    pub fn line(&self) -> usize {
        match self {
            Unit::Lead(lead) => lead.line,
            Unit::Invalid(_, problems) => problems.first().map_or(0, |problem| problem.line),
            Unit::History(history) => history.line(),
        }
    }
}

/// Rows of visits without a history, and problems of single rows.
#[derive(Debug, Clone, Default)]
pub struct UnassignedRows {
    /// Rows without a history.
    pub rows: usize,
    /// Rows without an external reference.
    pub without_reference: usize,
    /// Problems of single rows, also of those in histories.
    pub problems: Vec<Problem>,
}

/// Units that are planned and written together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub units: Vec<Unit>,
    pub unassigned: UnassignedRows,
}

impl Batch {
    /// Its number of rows in the file.
    pub fn rows(&self) -> usize {
        self.units.iter().map(Unit::rows).sum::<usize>() + self.unassigned.rows
    }

    /// Its result while nothing is written.
    pub fn result(&self) -> BatchResult {
        BatchResult {
            units: self.units.len(),
            rows: self.rows(),
            ..BatchResult::default()
        }
    }

    /// Splits it into two halves.
    pub fn halves(mut self) -> (Batch, Batch) {
        let rest = self.units.split_off(self.units.len() / 2);
        let unassigned = std::mem::take(&mut self.unassigned);
        let second = Batch {
            units: rest,
            unassigned,
        };
        (self, second)
    }
}

/// Called with each batch; false to stop.
pub type OnBatch<'a> = dyn FnMut(Batch) -> Result<bool> + 'a;

/// Where batches begin, and how large they are.
#[derive(Debug, Clone, Copy)]
pub struct BatchRange<'a> {
    /// Units to skip: they are done.
    pub skip: usize,
    /// Rows of a batch; it may change between batches.
    pub size: &'a Cell<usize>,
}

/// Collects units into batches.
struct Batcher<'a, 'b> {
    range: BatchRange<'a>,
    /// The index of the next unit.
    position: usize,
    batch: Batch,
    rows: usize,
    each: &'a mut OnBatch<'b>,
}

impl<'a, 'b> Batcher<'a, 'b> {
    fn new(range: BatchRange<'a>, each: &'a mut OnBatch<'b>) -> Batcher<'a, 'b> {
        Batcher {
            range,
            position: 0,
            batch: Batch::default(),
            rows: 0,
            each,
        }
    }

    /// True if the next unit is done; it is skipped.
    fn skip_done(&mut self) -> bool {
        let is_skipped = self.position < self.range.skip;
        self.position += usize::from(is_skipped);
        is_skipped
    }

    /// Adds the next unit; true to continue.
    fn push(&mut self, unit: Unit) -> Result<bool> {
        self.position += 1;
        self.rows += unit.rows();
        self.batch.units.push(unit);
        match self.rows >= self.range.size.get() {
            true => self.flush(UnassignedRows::default()),
            false => Ok(true),
        }
    }

    /// Passes on the collected batch; true to continue.
    fn flush(&mut self, unassigned: UnassignedRows) -> Result<bool> {
        if self.batch.units.is_empty() && unassigned.rows == 0 && unassigned.problems.is_empty() {
            return Ok(true);
        }
        self.rows = 0;
        let mut batch = std::mem::take(&mut self.batch);
        batch.unassigned = unassigned;
        (self.each)(batch)
    }
}

impl ImportRequest {
    /// Reads the rows in batches; their units and order are always the same.
    ///
    /// # Errors
    /// [`crate::error::Error::Unreadable`] for a file that can't be read; what `each` returns.
    pub fn batches(&self, range: BatchRange, each: &mut OnBatch) -> Result<()> {
        let mut batcher = Batcher::new(range, each);
        match self.dataset {
            Dataset::Leads => self.read_leads(&mut batcher),
            Dataset::Visits => {
                let parts = self.count_rows()? / MAX_VISIT_ROWS + 1;
                for part in 0..parts {
                    if !self.read_histories(part, parts, &mut batcher)? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn read_leads(&self, batcher: &mut Batcher) -> Result<()> {
        let mut goes_on = true;
        self.each_row(&mut |line, row| {
            if !batcher.skip_done() {
                goes_on = batcher.push(self.parse_unit(line, row))?;
            }
            Ok(goes_on)
        })?;
        if goes_on {
            batcher.flush(UnassignedRows::default())?;
        }
        Ok(())
    }

    fn each_row(&self, on_cells: &mut OnCells) -> Result<()> {
        cells::each_row(&self.source, self.mapping.titles(), on_cells)
    }

    fn parse_unit(&self, line: usize, row: Result<FileRow, Message>) -> Unit {
        let row = match row {
            Ok(row) => row,
            Err(message) => return Unit::Invalid(None, vec![Problem::for_line(line, message)]),
        };
        match ParsedLead::parse(line, row, &self.mapping, self.now) {
            (lead, problems) if problems.is_empty() => Unit::Lead(lead),
            (lead, problems) => Unit::Invalid(Some(lead), problems),
        }
    }

    fn reference_of<'a>(&self, row: FileRow<'a>) -> &'a str {
        let place = self.mapping.column("external_ref");
        place.map_or("", |place| row.get(place).trim())
    }

    /// The number of rows.
    fn count_rows(&self) -> Result<usize> {
        let mut rows = 0;
        self.each_row(&mut |_, _| {
            rows += 1;
            Ok(true)
        })?;
        Ok(rows)
    }

    /// Reads the histories of a part of the leads; true to continue.
    fn read_histories(&self, part: usize, parts: usize, batcher: &mut Batcher) -> Result<bool> {
        let (mut gathered, mut unassigned) =
            (HistoriesByReference::default(), UnassignedRows::default());
        self.each_row(&mut |line, row| {
            self.add_visit(line, row, (part, parts), &mut gathered, &mut unassigned);
            Ok(true)
        })?;
        let mut is_new = gathered.histories.is_empty();
        for history in gathered.histories {
            if !batcher.skip_done() {
                is_new = true;
                let history = sort_by_time(history);
                if !batcher.push(Unit::History(history))? {
                    return Ok(false);
                }
            }
        }
        match is_new {
            true => batcher.flush(unassigned),
            // Rows without a history were passed on with the last history.
            false => Ok(true),
        }
    }

    fn add_visit(
        &self,
        line: usize,
        row: Result<FileRow, Message>,
        (part, parts): (usize, usize),
        gathered: &mut HistoriesByReference,
        unassigned: &mut UnassignedRows,
    ) {
        let reference = row.as_ref().map_or("", |row| self.reference_of(*row));
        let reference = reference.to_owned();
        if part_of(&reference, parts) != part {
            return;
        }
        let row = match row {
            Ok(row) if !reference.is_empty() => row,
            Ok(_) => {
                unassigned.rows += 1;
                unassigned.without_reference += 1;
                return;
            }
            Err(message) => {
                unassigned.rows += 1;
                return unassigned.problems.push(Problem::for_line(line, message));
            }
        };
        let (visit, problems) = ParsedVisit::parse(line, row, &self.mapping, self.now);
        let history = gathered.entry(reference);
        match problems.is_empty() {
            true => history.visits.push(visit),
            false => history.invalid.push(visit),
        }
        unassigned.problems.extend(problems);
    }
}

#[derive(Default)]
struct HistoriesByReference {
    indexes: HashMap<String, usize>,
    histories: Vec<ParsedHistory>,
}

impl HistoriesByReference {
    fn entry(&mut self, reference: String) -> &mut ParsedHistory {
        let next = self.histories.len();
        let at = *self.indexes.entry(reference.clone()).or_insert(next);
        if at == next {
            self.histories.push(ParsedHistory {
                external_ref: reference,
                visits: Vec::new(),
                invalid: Vec::new(),
            });
        }
        &mut self.histories[at]
    }
}

/// Sorts visits by time; equal times keep the order of the file.
fn sort_by_time(mut history: ParsedHistory) -> ParsedHistory {
    history.visits.sort_by_key(|visit| visit.entered_at);
    history
}

/// The part that a reference belongs to; equal in every process (FNV-1a).
fn part_of(reference: &str, parts: usize) -> usize {
    if parts < 2 || reference.is_empty() {
        return 0;
    }
    (fnv1a(0xcbf2_9ce4_8422_2325, reference.as_bytes()) % parts as u64) as usize
}

/// Adds bytes to an FNV-1a hash, which tells apart what differs by accident.
pub fn fnv1a(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
