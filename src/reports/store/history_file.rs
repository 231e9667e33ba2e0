//! The histories of all leads in one file, so that a report reads them in one pass; from the database it takes many times
//! as long. The file consists of fields of 4 bytes: 13 for each lead, 5 for each visit and 2 for each pause. A page of the
//! file holds the leads of 1,000 ids. A page that changed is written again at the end, and a new file is begun when half
//! of the old one is out of date.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::reports::domain::stays::{LeadFacts, VisitFacts};
use crate::reports::store::history::{HistoryPage, LeadRow, PauseRow, VisitRow};

/// Ids of leads on one page.
pub const PAGE_IDS: i64 = 1_000;
/// A file of up to so many pages is read and counted in a few hundredths of a second.
const SMALL_PAGES: usize = 20;
/// The field of an instant that is missing.
const NONE: u32 = u32::MAX;
const FIELD_BYTES: usize = size_of::<u32>();
/// The bit in the field of the status that marks a visit which a replacement began.
const REPLACEMENT: u32 = 1 << 31;

/// The ids of statuses and the sources; pages hold their indexes.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// The ids of statuses.
    pub statuses: Vec<i64>,
    pub sources: Vec<String>,
    status_indexes: HashMap<i64, u32>,
    source_indexes: HashMap<String, u32>,
}

impl Dictionary {
    fn status(&mut self, id: i64) -> u32 {
        *self.status_indexes.entry(id).or_insert_with(|| {
            self.statuses.push(id);
            self.statuses.len() as u32 - 1
        })
    }

    fn source(&mut self, source: &str) -> u32 {
        if let Some(index) = self.source_indexes.get(source) {
            return *index;
        }
        let index = self.sources.len() as u32;
        self.sources.push(source.to_owned());
        self.source_indexes.insert(source.to_owned(), index);
        index
    }
}

/// Where a page is in the file.
#[derive(Debug, Clone, Copy)]
struct StoredPage {
    offset: u64,
    /// How many fields it has.
    fields: usize,
}

/// All histories, as they were at one moment.
#[derive(Debug, Clone)]
pub struct HistoryFile {
    file: Arc<File>,
    /// By page number: the ids of a page, divided by [`PAGE_IDS`].
    pages: Vec<Option<StoredPage>>,
    end: u64,
    pub dictionary: Dictionary,
    /// The newest entry of the log when it was read, and when that was recorded.
    pub newest_change: (i64, Timestamp),
    /// Goes up whenever pages are read from the database.
    pub revision: u64,
    /// The second of the earliest visit.
    pub earliest: i64,
}

impl HistoryFile {
    /// An empty file in this folder. It has no name, and is removed when it is dropped.
    ///
    /// # Errors
    /// Returns an error if the file can't be created.
    pub fn empty(folder: &Path) -> io::Result<HistoryFile> {
        Ok(HistoryFile {
            file: Arc::new(tempfile::tempfile_in(folder)?),
            pages: Vec::new(),
            end: 0,
            dictionary: Dictionary::default(),
            newest_change: (0, Timestamp(0)),
            revision: 0,
            earliest: i64::MAX,
        })
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// True if reading and counting take so long that figures should be cached.
    pub fn is_large(&self) -> bool {
        self.pages.len() > SMALL_PAGES
    }

    /// True if more than half of its file is out of date.
    pub fn is_wasteful(&self) -> bool {
        let used: usize = self
            .pages
            .iter()
            .flatten()
            .map(|page| page.fields * FIELD_BYTES)
            .sum();
        self.end > 1_000_000 && used as u64 * 2 < self.end
    }

    /// Writes a page.
    ///
    /// # Errors
    /// Returns an error if the file can't be written.
    pub fn write_page(&mut self, number: usize, history: &HistoryPage) -> io::Result<()> {
        let mut fields = Vec::new();
        let (mut visits, mut pauses) = (&history.visits[..], &history.pauses[..]);
        for lead in &history.leads {
            let own_visits = take_leading(&mut visits, |visit| visit.lead_id <= lead.id);
            let own_pauses = take_leading(&mut pauses, |pause| pause.lead_id <= lead.id);
            self.push_lead(&mut fields, lead, own_visits, own_pauses);
        }
        let bytes: Vec<u8> = fields
            .iter()
            .flat_map(|field| field.to_le_bytes())
            .collect();
        self.file.write_all_at(&bytes, self.end)?;
        if self.pages.len() <= number {
            self.pages.resize(number + 1, None);
        }
        self.pages[number] = Some(StoredPage {
            offset: self.end,
            fields: fields.len(),
        });
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn push_lead(
        &mut self,
        fields: &mut Vec<u32>,
        lead: &LeadRow,
        visits: &[VisitRow],
        pauses: &[PauseRow],
    ) {
        push_long(fields, lead.id);
        push_long(fields, lead.owner.unwrap_or(-1));
        push_long(fields, lead.value_cents.unwrap_or(-1));
        fields.push(self.dictionary.source(&lead.source));
        fields.push(currency_field(&lead.currency));
        fields.push(second(lead.deleted_at));
        fields.push(second(Some(lead.clock_from)));
        fields.push(second(lead.paused_until));
        fields.push(visits.len() as u32);
        fields.push(pauses.len() as u32);
        for visit in visits {
            let flag = if visit.is_replacement { REPLACEMENT } else { 0 };
            fields.push(self.dictionary.status(visit.status_id) | flag);
            fields.push(second(Some(visit.entered_at)));
            fields.push(second(visit.left_at));
            fields.push(second(Some(visit.recorded_at)));
            fields.push(second(visit.voided_at));
            self.earliest = self.earliest.min(visit.entered_at.second());
        }
        for pause in pauses {
            fields.push(second(Some(pause.began_at)));
            fields.push(second(Some(pause.ends_at)));
        }
    }

    /// Calls `each` with every lead, its visits and its pauses.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or is damaged.
    pub fn for_each(
        &self,
        mut each: impl FnMut(&LeadFacts, &[VisitFacts], &[(i64, i64)]),
    ) -> io::Result<()> {
        let (mut bytes, mut visits, mut pauses) = (Vec::new(), Vec::new(), Vec::new());
        for page in self.pages.iter().flatten() {
            bytes.resize(page.fields * FIELD_BYTES, 0);
            self.file.read_exact_at(&mut bytes, page.offset)?;
            let mut reader = PageReader(&bytes);
            while !reader.0.is_empty() {
                let lead = reader.lead();
                let (visit_count, pause_count) = (reader.next(), reader.next());
                if (visit_count.max(pause_count) as usize) > reader.0.len() {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                visits.clear();
                visits.extend((0..visit_count).map(|_| reader.visit()));
                pauses.clear();
                pauses.extend((0..pause_count).map(|_| reader.pause()));
                each(&lead, &visits, &pauses);
            }
        }
        Ok(())
    }
}

/// Takes the leading rows that are of one lead off `rows`, which are in the order of leads.
fn take_leading<'a, T>(rows: &mut &'a [T], is_own: impl Fn(&T) -> bool) -> &'a [T] {
    let (own, others) = rows.split_at(rows.partition_point(is_own));
    *rows = others;
    own
}

/// An instant as a second, rounded down; up to the year 2106.
fn second(at: Option<Timestamp>) -> u32 {
    at.map_or(NONE, |at| u32::try_from(at.second()).unwrap_or(NONE - 1))
}

fn push_long(fields: &mut Vec<u32>, value: i64) {
    fields.push(value as u32);
    fields.push((value >> 32) as u32);
}

fn currency_field(code: &str) -> u32 {
    let letters = code.bytes().take(3);
    letters.fold(0, |field, letter| field << 8 | u32::from(letter))
}

/// Reads a page field by field; holds the bytes that were not read yet.
struct PageReader<'a>(&'a [u8]);

impl PageReader<'_> {
    /// The next field; [`NONE`] after the last one, which only happens in a damaged page.
    fn next(&mut self) -> u32 {
        match self.0.split_first_chunk::<4>() {
            Some((field, rest)) => {
                self.0 = rest;
                u32::from_le_bytes(*field)
            }
            None => NONE,
        }
    }

    fn long(&mut self) -> i64 {
        let low = i64::from(self.next());
        i64::from(self.next()) << 32 | low
    }

    fn instant(&mut self) -> Option<i64> {
        Some(self.next())
            .filter(|field| *field != NONE)
            .map(i64::from)
    }

    fn lead(&mut self) -> LeadFacts {
        let (id, owner, value) = (self.long(), self.long(), self.long());
        let (source, [_, a, b, c]) = (self.next(), self.next().to_be_bytes());
        LeadFacts {
            id,
            owner: Some(owner).filter(|owner| *owner >= 0),
            source,
            value_cents: Some(value).filter(|value| *value >= 0),
            currency: [a, b, c],
            deleted_at: self.instant(),
            clock_from: self.instant().unwrap_or(0),
            paused_until: self.instant(),
        }
    }

    fn visit(&mut self) -> VisitFacts {
        let status = self.next();
        VisitFacts {
            status: (status & !REPLACEMENT) as usize,
            is_replacement: status & REPLACEMENT != 0,
            entered_at: self.instant().unwrap_or(0),
            left_at: self.instant(),
            recorded_at: self.instant().unwrap_or(0),
            voided_at: self.instant(),
        }
    }

    fn pause(&mut self) -> (i64, i64) {
        let from = self.instant().unwrap_or(0);
        (from, self.instant().unwrap_or(0))
    }
}
