//! An import that was asked for: which file, what its columns stand for, and its rows in batches.

use std::collections::HashMap;

use super::super::exchange::What;
use super::draft::{Draft, Stay};
use super::mapping::Mapping;
use super::problem::Problem;
use super::source::{Row, Source};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::leads::Currency;

/// Leads that are written together.
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

/// Rows that are judged and written together.
#[derive(Debug, Clone)]
pub enum Batch {
    Leads(Vec<Draft>),
    Visits(Vec<History>),
}

/// What goes by beside the batches.
#[derive(Debug, Default)]
pub struct Aside {
    /// What is wrong with rows by themselves.
    pub problems: Vec<Problem>,
    /// Rows that were read, whatever became of them.
    pub rows: usize,
    /// Rows without an external reference.
    pub nameless: usize,
    /// Leads in rows with something wrong, as far as they could be read.
    pub doubtful: Vec<Draft>,
}

/// What is done with each batch; false to see no more.
pub type Each<'a> = dyn FnMut(Batch, Aside) -> Result<bool> + 'a;

impl Order {
    pub fn what(&self) -> What {
        self.mapping.what
    }

    /// Goes through the rows in batches, the same ones each time.
    ///
    /// # Errors
    /// [`crate::error::Error::Unreadable`] for a file that can't be read on; what `each` returns.
    pub fn batches(&self, each: &mut Each) -> Result<()> {
        match self.what() {
            What::Leads => self.drafts(each),
            What::Visits => {
                let parts = self.count()? / PART + 1;
                for part in 0..parts {
                    if !self.histories(part, parts, each)? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn drafts(&self, each: &mut Each) -> Result<()> {
        let (mut drafts, mut aside, mut is_over) = (Vec::new(), Aside::default(), false);
        self.source.rows(self.mapping.titles(), &mut |line, row| {
            aside.rows += 1;
            match row {
                Ok(row) => {
                    let (draft, problems) = Draft::read(line, row, &self.mapping, self.now);
                    if problems.is_empty() {
                        aside.nameless += usize::from(draft.external_ref.is_empty());
                        drafts.push(draft);
                    } else {
                        aside.doubtful.push(draft);
                    }
                    aside.problems.extend(problems);
                }
                Err(message) => aside.problems.push(Problem::whole(line, message)),
            }
            if aside.rows == BATCH {
                let batch = Batch::Leads(std::mem::take(&mut drafts));
                is_over = !each(batch, std::mem::take(&mut aside))?;
            }
            Ok(!is_over)
        })?;
        if aside.rows > 0 && !is_over {
            each(Batch::Leads(drafts), aside)?;
        }
        Ok(())
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
    fn histories(&self, part: usize, parts: usize, each: &mut Each) -> Result<bool> {
        let (mut found, mut aside) = (Gathered::default(), Aside::default());
        self.source.rows(self.mapping.titles(), &mut |line, row| {
            self.gather(line, row, (part, parts), &mut found, &mut aside);
            Ok(true)
        })?;
        let mut histories = found.histories.into_iter().peekable();
        loop {
            let some: Vec<History> = histories.by_ref().take(BATCH).map(in_time_order).collect();
            let is_last = histories.peek().is_none();
            if !each(Batch::Visits(some), std::mem::take(&mut aside))? {
                return Ok(false);
            }
            if is_last {
                return Ok(true);
            }
        }
    }

    fn gather(
        &self,
        line: usize,
        row: Result<Row, crate::i18n::Message>,
        (part, parts): (usize, usize),
        found: &mut Gathered,
        aside: &mut Aside,
    ) {
        let reference = row.as_ref().map_or("", |row| self.reference(*row));
        let reference = reference.to_owned();
        if share(&reference, parts) != part {
            return;
        }
        aside.rows += 1;
        let row = match row {
            Ok(row) => row,
            Err(message) => return aside.problems.push(Problem::whole(line, message)),
        };
        if reference.is_empty() {
            aside.nameless += 1;
            return;
        }
        let (stay, problems) = Stay::read(line, row, &self.mapping, self.now);
        let history = found.of(reference);
        match problems.is_empty() {
            true => history.stays.push(stay),
            false => history.doubtful.push(stay),
        }
        aside.problems.extend(problems);
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
