//! An import that was asked for: which file, what its columns stand for, and its rows in batches.

use std::cell::Cell;
use std::collections::HashMap;

use super::super::exchange::What;
use super::draft::{Draft, Stay};
use super::mapping::Mapping;
use super::problem::Problem;
use super::source::{Row, Source};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::Currency;

/// The most rows that are judged or written together.
pub const BATCH: usize = 500;
/// Rows of visits that are in memory at once: more are gone through in parts, each a share of the leads.
const PART: usize = 100_000;

/// An import that was asked for.
#[derive(Debug, Clone)]
pub struct Order {
    pub source: Source,
    pub mapping: Mapping,
    /// The currency of values in rows that name none.
    pub currency: Option<Currency>,
    /// What dates are compared with.
    pub now: Timestamp,
}

/// The rows of one lead: its history in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub external_ref: String,
    pub stays: Vec<Stay>,
    /// Rows with something wrong, as far as they could be read.
    pub doubtful: Vec<Stay>,
}

impl History {
    /// The first line that is about it.
    pub fn line(&self) -> usize {
        let all = self.stays.iter().chain(&self.doubtful);
        all.map(|stay| stay.line).min().unwrap_or(0)
    }
}

/// What is judged and written as one.
#[derive(Debug, Clone)]
pub enum Unit {
    Lead(Draft),
    /// A row with something wrong: the lead as far as it could be read.
    Wrong(Option<Draft>, Vec<Problem>),
    History(History),
}

impl Unit {
    /// The lead in a row, as far as it could be read.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Unit::Lead(draft) | Unit::Wrong(Some(draft), _) => Some(draft),
            Unit::Wrong(None, _) | Unit::History(_) => None,
        }
    }

    /// The history of a lead.
    pub fn history(&self) -> Option<&History> {
        match self {
            Unit::History(history) => Some(history),
            Unit::Lead(_) | Unit::Wrong(..) => None,
        }
    }

    /// How many rows of the file it is.
    pub fn rows(&self) -> usize {
        match self {
            Unit::Lead(_) | Unit::Wrong(..) => 1,
            Unit::History(history) => history.stays.len() + history.doubtful.len(),
        }
    }

    /// The first line that is about it.
    pub fn line(&self) -> usize {
        match self {
            Unit::Lead(draft) => draft.line,
            Unit::Wrong(_, problems) => problems.first().map_or(0, |problem| problem.line),
            Unit::History(history) => history.line(),
        }
    }
}

/// Rows of visits that belong to no history, or are wrong by themselves.
#[derive(Debug, Clone, Default)]
pub struct Loose {
    /// How many there are that belong to no history.
    pub rows: usize,
    /// Those of them without an external reference.
    pub nameless: usize,
    /// What is wrong with rows by themselves, also with those of histories.
    pub problems: Vec<Problem>,
}

/// Units that are judged and written together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub units: Vec<Unit>,
    pub loose: Loose,
}

impl Batch {
    /// How many rows of the file it is.
    pub fn rows(&self) -> usize {
        self.units.iter().map(Unit::rows).sum::<usize>() + self.loose.rows
    }

    /// Two halves, the first units first.
    pub fn halves(mut self) -> (Batch, Batch) {
        let rest = self.units.split_off(self.units.len() / 2);
        let loose = std::mem::take(&mut self.loose);
        let second = Batch { units: rest, loose };
        (self, second)
    }
}

/// What is done with each batch; false to see no more.
pub type Each<'a> = dyn FnMut(Batch) -> Result<bool> + 'a;

/// Which units make a batch.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    /// As many units were gone through before.
    pub from: usize,
    /// As many rows are together; it may change from batch to batch.
    pub size: &'a Cell<usize>,
}

/// Collects units up to the size of a batch.
struct Cutter<'a, 'b> {
    cut: Cut<'a>,
    /// The place of the next unit.
    at: usize,
    batch: Batch,
    rows: usize,
    each: &'a mut Each<'b>,
}

impl<'a, 'b> Cutter<'a, 'b> {
    fn new(cut: Cut<'a>, each: &'a mut Each<'b>) -> Cutter<'a, 'b> {
        Cutter {
            cut,
            at: 0,
            batch: Batch::default(),
            rows: 0,
            each,
        }
    }

    /// True if the next unit was gone through before; it is passed over.
    fn passes(&mut self) -> bool {
        let is_before = self.at < self.cut.from;
        self.at += usize::from(is_before);
        is_before
    }

    /// Takes the next unit; answers whether to go on.
    fn take(&mut self, unit: Unit) -> Result<bool> {
        self.at += 1;
        self.rows += unit.rows();
        self.batch.units.push(unit);
        match self.rows >= self.cut.size.get() {
            true => self.flush(Loose::default()),
            false => Ok(true),
        }
    }

    /// Hands on what was collected; answers whether to go on.
    fn flush(&mut self, loose: Loose) -> Result<bool> {
        if self.batch.units.is_empty() && loose.rows == 0 && loose.problems.is_empty() {
            return Ok(true);
        }
        self.rows = 0;
        let mut batch = std::mem::take(&mut self.batch);
        batch.loose = loose;
        (self.each)(batch)
    }
}

impl Order {
    pub fn what(&self) -> What {
        self.mapping.what
    }

    /// Goes through the rows in batches; the units are the same ones in the same order each time.
    ///
    /// # Errors
    /// [`crate::error::Error::Unreadable`] for a file that can't be read on; what `each` returns.
    pub fn batches(&self, cut: Cut, each: &mut Each) -> Result<()> {
        let mut cutter = Cutter::new(cut, each);
        match self.what() {
            What::Leads => self.drafts(&mut cutter),
            What::Visits => {
                let parts = self.count()? / PART + 1;
                for part in 0..parts {
                    if !self.histories(part, parts, &mut cutter)? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn drafts(&self, cutter: &mut Cutter) -> Result<()> {
        let mut goes_on = true;
        self.source.rows(self.mapping.titles(), &mut |line, row| {
            if !cutter.passes() {
                goes_on = cutter.take(self.unit(line, row))?;
            }
            Ok(goes_on)
        })?;
        if goes_on {
            cutter.flush(Loose::default())?;
        }
        Ok(())
    }

    fn unit(&self, line: usize, row: Result<Row, Message>) -> Unit {
        let row = match row {
            Ok(row) => row,
            Err(message) => return Unit::Wrong(None, vec![Problem::whole(line, message)]),
        };
        match Draft::read(line, row, &self.mapping, self.now) {
            (draft, problems) if problems.is_empty() => Unit::Lead(draft),
            (draft, problems) => Unit::Wrong(Some(draft), problems),
        }
    }

    fn reference<'a>(&self, row: Row<'a>) -> &'a str {
        let place = self.mapping.at("external_ref");
        place.map_or("", |place| row.get(place).trim())
    }

    /// How many rows there are.
    fn count(&self) -> Result<usize> {
        let mut rows = 0;
        self.source.rows(self.mapping.titles(), &mut |_, _| {
            rows += 1;
            Ok(true)
        })?;
        Ok(rows)
    }

    /// The histories of a share of the leads; answers whether to go on.
    fn histories(&self, part: usize, parts: usize, cutter: &mut Cutter) -> Result<bool> {
        let (mut found, mut loose) = (Gathered::default(), Loose::default());
        self.source.rows(self.mapping.titles(), &mut |line, row| {
            self.gather(line, row, (part, parts), &mut found, &mut loose);
            Ok(true)
        })?;
        let mut is_new = found.histories.is_empty();
        for history in found.histories {
            if !cutter.passes() {
                is_new = true;
                let history = in_time_order(history);
                if !cutter.take(Unit::History(history))? {
                    return Ok(false);
                }
            }
        }
        match is_new {
            true => cutter.flush(loose),
            // What was loose was handed on with the last history.
            false => Ok(true),
        }
    }

    fn gather(
        &self,
        line: usize,
        row: Result<Row, Message>,
        (part, parts): (usize, usize),
        found: &mut Gathered,
        loose: &mut Loose,
    ) {
        let reference = row.as_ref().map_or("", |row| self.reference(*row));
        let reference = reference.to_owned();
        if share(&reference, parts) != part {
            return;
        }
        let row = match row {
            Ok(row) if !reference.is_empty() => row,
            Ok(_) => {
                loose.rows += 1;
                loose.nameless += 1;
                return;
            }
            Err(message) => {
                loose.rows += 1;
                return loose.problems.push(Problem::whole(line, message));
            }
        };
        let (stay, problems) = Stay::read(line, row, &self.mapping, self.now);
        let history = found.of(reference);
        match problems.is_empty() {
            true => history.stays.push(stay),
            false => history.doubtful.push(stay),
        }
        loose.problems.extend(problems);
    }
}

#[derive(Default)]
struct Gathered {
    places: HashMap<String, usize>,
    histories: Vec<History>,
}

impl Gathered {
    fn of(&mut self, reference: String) -> &mut History {
        let next = self.histories.len();
        let at = *self.places.entry(reference.clone()).or_insert(next);
        if at == next {
            self.histories.push(History {
                external_ref: reference,
                stays: Vec::new(),
                doubtful: Vec::new(),
            });
        }
        &mut self.histories[at]
    }
}

/// Rows of equal time keep their order.
fn in_time_order(mut history: History) -> History {
    history.stays.sort_by_key(|stay| stay.entered_at);
    history
}

/// In which part a reference is looked at; the same for every process (FNV-1a).
fn share(reference: &str, parts: usize) -> usize {
    if parts < 2 || reference.is_empty() {
        return 0;
    }
    (fnv(0xcbf2_9ce4_8422_2325, reference.as_bytes()) % parts as u64) as usize
}

/// A running sum over bytes that tells apart what differs by accident.
pub fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
