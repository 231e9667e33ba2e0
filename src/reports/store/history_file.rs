//! The histories of all leads in one file, so that a report reads them in one pass: 52 bytes for each lead, 20 for
//! each visit and 8 for each pause, where the database takes many times as long. A page of the file holds the leads of 1,000 ids; a page that
//! changed is written again at the end, and the file begins anew when half of it is out of date.

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
/// So many pages are read and counted in a few hundredths of a second.
const SMALL_PAGES: usize = 20;
/// No instant, or no value.
const NONE: u32 = u32::MAX;
/// Marks a visit that a replacement began.
const REPLACEMENT: u32 = 1 << 31;

/// The words and ids that pages hold as numbers.
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

#[derive(Debug, Clone, Copy)]
struct StoredPage {
    offset: u64,
    words: usize,
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
    /// Goes up with every reading that found changes.
    pub revision: u64,
    /// The second of the earliest visit.
    pub earliest: i64,
}

impl HistoryFile {
    /// An empty one, whose file in this folder has no name and ends with it.
    ///
    /// # Errors
    /// If the file can't be made.
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

    /// True if reading and counting take long enough to be saved.
    pub fn is_large(&self) -> bool {
        self.pages.len() > SMALL_PAGES
    }

    /// True if more than half of its file is out of date.
    pub fn is_wasteful(&self) -> bool {
        let used: usize = self.pages.iter().flatten().map(|page| page.words * 4).sum();
        self.end > 1_000_000 && used as u64 * 2 < self.end
    }

    /// Writes a page.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn put(&mut self, number: usize, history: &HistoryPage) -> io::Result<()> {
        let mut words = Vec::new();
        let (mut visits, mut pauses) = (&history.visits[..], &history.pauses[..]);
        for lead in &history.leads {
            let own_visits = split_off(&mut visits, |visit| visit.lead_id <= lead.id);
            let own_pauses = split_off(&mut pauses, |pause| pause.lead_id <= lead.id);
            self.put_lead(&mut words, lead, own_visits, own_pauses);
        }
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.file.write_all_at(&bytes, self.end)?;
        if self.pages.len() <= number {
            self.pages.resize(number + 1, None);
        }
        self.pages[number] = Some(StoredPage {
            offset: self.end,
            words: words.len(),
        });
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn put_lead(
        &mut self,
        words: &mut Vec<u32>,
        lead: &LeadRow,
        visits: &[VisitRow],
        pauses: &[PauseRow],
    ) {
        put_long(words, lead.id);
        put_long(words, lead.owner.unwrap_or(-1));
        put_long(words, lead.value_cents.unwrap_or(-1));
        words.push(self.dictionary.source(&lead.source));
        words.push(currency_word(&lead.currency));
        words.push(second(lead.deleted_at));
        words.push(second(Some(lead.clock_from)));
        words.push(second(lead.paused_until));
        words.push(visits.len() as u32);
        words.push(pauses.len() as u32);
        for visit in visits {
            let flag = if visit.is_replacement { REPLACEMENT } else { 0 };
            words.push(self.dictionary.status(visit.status_id) | flag);
            words.push(second(Some(visit.entered_at)));
            words.push(second(visit.left_at));
            words.push(second(Some(visit.recorded_at)));
            words.push(second(visit.voided_at));
            self.earliest = self.earliest.min(visit.entered_at.second());
        }
        for pause in pauses {
            words.push(second(Some(pause.began_at)));
            words.push(second(Some(pause.ends_at)));
        }
    }

    /// Calls `each` with every lead, its visits and its pauses.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn for_each(
        &self,
        mut each: impl FnMut(&LeadFacts, &[VisitFacts], &[(i64, i64)]),
    ) -> io::Result<()> {
        let (mut bytes, mut visits, mut pauses) = (Vec::new(), Vec::new(), Vec::new());
        for page in self.pages.iter().flatten() {
            bytes.resize(page.words * 4, 0);
            self.file.read_exact_at(&mut bytes, page.offset)?;
            let mut words = Words(&bytes);
            while !words.0.is_empty() {
                let lead = words.lead();
                let (visit_count, pause_count) = (words.next(), words.next());
                if (visit_count.max(pause_count) as usize) > words.0.len() {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                visits.clear();
                visits.extend((0..visit_count).map(|_| words.visit()));
                pauses.clear();
                pauses.extend((0..pause_count).map(|_| words.pause()));
                each(&lead, &visits, &pauses);
            }
        }
        Ok(())
    }
}

/// The first of `rest` that `is_own`, which are taken off.
fn split_off<'a, T>(rest: &mut &'a [T], is_own: impl Fn(&T) -> bool) -> &'a [T] {
    let (own, others) = rest.split_at(rest.partition_point(is_own));
    *rest = others;
    own
}

/// An instant as a second, rounded down; up to the year 2106.
fn second(at: Option<Timestamp>) -> u32 {
    at.map_or(NONE, |at| u32::try_from(at.second()).unwrap_or(NONE - 1))
}

fn put_long(words: &mut Vec<u32>, value: i64) {
    words.push(value as u32);
    words.push((value >> 32) as u32);
}

fn currency_word(code: &str) -> u32 {
    let letters = code.bytes().take(3);
    letters.fold(0, |word, letter| word << 8 | u32::from(letter))
}

/// The words of a page that were not read yet.
struct Words<'a>(&'a [u8]);

impl Words<'_> {
    /// The next word; [`NONE`] at the end, where no page ends.
    fn next(&mut self) -> u32 {
        match self.0.split_first_chunk::<4>() {
            Some((word, rest)) => {
                self.0 = rest;
                u32::from_le_bytes(*word)
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
            .filter(|word| *word != NONE)
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
