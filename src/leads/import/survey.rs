//! What a file would do, without doing it.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use super::decide::{Fate, Judge, Unknown};
use super::draft::Draft;
use super::entrances::Entrances;
use super::history::{Retold, retell};
use super::lookups::{Found, Lookups};
use super::order::{BATCH, Cut, History, Loose, Order, Unit, fnv};
use super::problem::{Names, Problem, Problems};
use crate::audit::is_program;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::exchange::What;
use crate::leads::{Lead, store};
use crate::statuses::{Reading, Words};

/// How many leads an import makes, changes and leaves; for visits, whose history it tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
    /// Left alone, since they lie in the bin.
    pub in_bin: usize,
}

impl Counts {
    /// The count of a kind of fate; none for a row that is refused.
    fn of(&mut self, kind: u8) -> Option<&mut usize> {
        match kind {
            b'n' => Some(&mut self.created),
            b'c' => Some(&mut self.changed),
            b's' => Some(&mut self.same),
            b'b' => Some(&mut self.in_bin),
            _ => None,
        }
    }
}

/// What a file would do.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    pub rows: usize,
    pub counts: Counts,
    pub problems: Problems,
    /// Owners that are nobody here: their leads are imported without one.
    pub owners: Names,
    /// Owners whose name several have.
    pub several: Names,
    /// Whoever moved leads and is nobody here: the visits keep the name as a text.
    pub actors: Names,
    /// Statuses that don't exist.
    pub statuses: Names,
    /// Every word for a status, with its lines.
    words: Names,
    /// How they are understood, if that is not obvious for all of them.
    pub readings: Vec<(String, Reading, usize)>,
    /// Rows without an external reference: leads that are made anew each time, visits that belong to nobody.
    pub nameless: usize,
    /// Values of new leads in rows that name no currency, where none was chosen.
    pub in_default: usize,
    /// A word over what would happen.
    pub fingerprint: String,
}

impl Survey {
    /// True if the file can be imported, given that its statuses are there.
    pub fn is_acceptable(&self) -> bool {
        self.problems.is_empty()
    }

    /// True if there is nothing to do.
    pub fn changes_nothing(&self) -> bool {
        self.counts.created + self.counts.changed == 0
    }
}

/// The kind of a row that can't be accepted.
const REFUSED: u8 = b'x';

/// The state of a survey on its way.
struct Surveyor<'a> {
    order: &'a Order,
    lookups: Lookups,
    entrances: Entrances,
    seen: Seen,
    sum: u64,
    survey: Survey,
}

/// Goes through a file and looks what it would do; tells `progress` the rows so far.
///
/// # Errors
/// [`crate::error::Error::Unreadable`] for a file that can't be read.
pub fn survey(db: &Db, order: &Order, progress: &mut dyn FnMut(usize)) -> Result<Survey> {
    let known = |conn: &mut Conn| Ok((Lookups::load(conn)?, Entrances::look(conn)?));
    let (lookups, entrances) = db.read_blocking(known)?;
    let mut surveyor = Surveyor {
        order,
        lookups,
        entrances,
        seen: Seen::default(),
        sum: fnv(0xcbf2_9ce4_8422_2325, order.what().as_str().as_bytes()),
        survey: Survey::default(),
    };
    let size = Cell::new(BATCH);
    let cut = Cut {
        from: 0,
        size: &size,
    };
    order.batches(cut, &mut |batch| {
        surveyor.survey.rows += batch.rows();
        db.read_blocking(|conn| surveyor.look(conn, &batch.units))?;
        surveyor.note(batch.loose);
        progress(surveyor.survey.rows);
        Ok(true)
    })?;
    let Surveyor {
        seen,
        sum,
        mut survey,
        lookups,
        ..
    } = surveyor;
    survey.readings = readings(&survey.words, &lookups.statuses);
    for (line, first, kind) in seen.twice() {
        // It was counted before anyone knew that it is one too many.
        if let Some(count) = survey.counts.of(kind) {
            *count -= 1;
        }
        let told = Message::new("lead-import-twice").with("line", first);
        survey.problems.add(Problem::at(line, "external_ref", told));
    }
    survey.fingerprint = format!("{sum:016x}");
    Ok(survey)
}

impl Surveyor<'_> {
    fn note(&mut self, loose: Loose) {
        self.survey.nameless += loose.nameless;
        for problem in loose.problems {
            self.survey.problems.add(problem);
        }
    }

    fn look(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        match self.order.what() {
            What::Leads => self.leads(conn, units),
            What::Visits => self.visits(conn, units),
        }
    }

    fn leads(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        let drafts = units.iter().filter_map(Unit::draft);
        let references = drafts.map(|draft| draft.external_ref.as_str());
        let existing = store::by_references(conn, references)?;
        for unit in units {
            match unit {
                Unit::Lead(draft) => {
                    let lead = draft.find(&existing);
                    let kind = self.judge(draft, lead);
                    self.survey.nameless += usize::from(draft.external_ref.is_empty());
                    self.seen.add(draft.external_ref.as_str(), draft.line, kind);
                    self.count(draft.line, kind, lead);
                }
                Unit::Wrong(draft, problems) => {
                    if let Some(draft) = draft {
                        self.judge(draft, draft.find(&existing));
                        let reference = draft.external_ref.as_str();
                        self.seen.add(reference, draft.line, REFUSED);
                    }
                    self.refuse(problems.clone());
                }
                Unit::History(_) => {}
            }
        }
        Ok(())
    }

    /// The kind of a row's fate; what is wrong with it and what it does not know is noted.
    fn judge(&mut self, draft: &Draft, lead: Option<&Lead>) -> u8 {
        if let Some(word) = &draft.status {
            self.survey.words.add(word);
        }
        let judge = Judge {
            lookups: &self.lookups,
            currency: self.order.currency,
            now: self.order.now,
        };
        let mut unknown = Vec::new();
        let fate = judge.decide(draft, lead, &mut unknown);
        let fate = fate.and_then(|fate| self.entrances.admit(draft.line, fate));
        for word in unknown {
            match word {
                Unknown::Owner(name) => self.survey.owners.add(&name),
                Unknown::Several(name) => self.survey.several.add(&name),
                Unknown::Status(name) => self.survey.statuses.add(&name),
            }
        }
        if matches!(fate, Ok(Fate::Create(_))) && judge.assumes_currency(draft) {
            self.survey.in_default += 1;
        }
        match fate {
            Ok(Fate::Create(_)) => b'n',
            Ok(Fate::Change { .. }) => b'c',
            Ok(Fate::Same) => b's',
            Ok(Fate::InBin) => b'b',
            Err(problems) => self.refuse(problems),
        }
    }

    fn refuse(&mut self, problems: Vec<Problem>) -> u8 {
        for problem in problems {
            self.survey.problems.add(problem);
        }
        REFUSED
    }

    fn count(&mut self, line: usize, kind: u8, lead: Option<&Lead>) {
        if let Some(count) = self.survey.counts.of(kind) {
            *count += 1;
            self.sum = step(self.sum, line, kind, lead.map(|lead| lead.version));
        }
    }

    fn visits(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        let histories: Vec<&History> = units.iter().filter_map(Unit::history).collect();
        let references = histories
            .iter()
            .map(|history| history.external_ref.as_str());
        let leads = store::by_references(conn, references)?;
        let ids: Vec<i64> = leads.values().map(|lead| lead.id).collect();
        let visits = store::visits_of(conn, &ids)?;
        for history in histories {
            self.actors(history);
            for stay in &history.stays {
                self.survey.words.add(&stay.status);
            }
            let lead = leads.get(&history.external_ref);
            let known = lead
                .and_then(|lead| visits.get(&lead.id))
                .map_or(&[][..], Vec::as_slice);
            let mut unknown = Vec::new();
            let retold = retell(history, lead, known, &self.lookups, &mut unknown);
            let retold = retold.and_then(|told| self.entrances.admit_history(history, lead, told));
            for name in unknown {
                self.survey.statuses.add(&name);
            }
            let kind = match retold {
                Err(problems) => self.refuse(problems),
                Ok(_) if !history.doubtful.is_empty() => REFUSED,
                Ok(Retold::Replace(_)) => b'c',
                Ok(Retold::Same) => b's',
                Ok(Retold::InBin) => b'b',
            };
            self.count(history.line(), kind, lead);
        }
        Ok(())
    }

    fn actors(&mut self, history: &History) {
        let actors = history.stays.iter().chain(&history.doubtful);
        let actors = actors.filter_map(|stay| stay.actor.as_ref());
        for actor in actors.filter(|actor| !actor.is_empty()) {
            if !is_author(&self.lookups, actor.as_str()) {
                self.survey.actors.add(actor.as_str());
            }
        }
    }
}

/// How a word for a status was understood, as a sentence without its full stop, and its lines.
pub fn told((word, reading, lines): &(String, Reading, usize)) -> (Message, usize) {
    let key = match (&reading.other, reading.is_old) {
        (Some(_), _) => "lead-import-reading-other",
        (None, true) => "lead-import-reading-old",
        (None, false) => "lead-import-reading",
    };
    let told = Message::new(key)
        .with("word", word.as_str())
        .with("name", reading.name.as_str())
        .with("other", reading.other.clone().unwrap_or_default());
    (told, *lines)
}

/// What each word for a status means, if at least one of them could be taken for another.
fn readings(names: &Names, statuses: &Words) -> Vec<(String, Reading, usize)> {
    let read =
        |(word, lines): (&str, usize)| Some((word.to_owned(), statuses.reading(word)?, lines));
    let readings: Vec<_> = names.iter().filter_map(read).collect();
    match readings.iter().all(|(_, reading, _)| reading.is_obvious()) {
        true => Vec::new(),
        false => readings,
    }
}

/// True if this is how an author is recorded here: a person, a person by one of their tokens, or the program.
fn is_author(lookups: &Lookups, name: &str) -> bool {
    let is_person = |name: &str| lookups.person(name, None) != Found::Nobody;
    // Names of people and of tokens may have parentheses of their own.
    let mut by_token = name.strip_suffix(')').into_iter().flat_map(|text| {
        let gaps = text.match_indices(" (");
        gaps.map(move |(at, _)| &text[..at])
    });
    is_person(name) || is_program(name) || by_token.any(is_person)
}

fn step(sum: u64, line: usize, kind: u8, version: Option<i32>) -> u64 {
    let sum = fnv(sum, &line.to_le_bytes());
    let version = version.filter(|_| kind == b'c').unwrap_or(0);
    fnv(fnv(sum, &[kind]), &version.to_le_bytes())
}

/// The references of a file as digests, 13 bytes each: a million of them must not fill the memory.
#[derive(Default)]
struct Seen {
    state: RandomState,
    digests: Vec<u64>,
    lines: Vec<u32>,
    kinds: Vec<u8>,
}

impl Seen {
    fn add(&mut self, reference: &str, line: usize, kind: u8) {
        if !reference.is_empty() {
            self.digests.push(self.state.hash_one(reference));
            self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
            self.kinds.push(kind);
        }
    }

    /// Each line with a reference that an earlier one has, the first of those, and what would have become of it.
    fn twice(&self) -> Vec<(usize, usize, u8)> {
        let mut order: Vec<u32> = (0..self.digests.len() as u32).collect();
        order.sort_unstable_by_key(|at| {
            let at = *at as usize;
            (self.digests[at], self.lines[at])
        });
        let (mut found, mut first) = (Vec::new(), None::<(u64, u32)>);
        for at in order {
            let at = at as usize;
            let (digest, line) = (self.digests[at], self.lines[at]);
            match first {
                Some((known, earlier)) if known == digest => {
                    found.push((line as usize, earlier as usize, self.kinds[at]));
                }
                _ => first = Some((digest, line)),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_that_comes_again_is_told_with_both_lines() {
        let mut seen = Seen::default();
        for (line, reference) in [(2, "a"), (3, "b"), (4, ""), (5, "a"), (6, ""), (7, "a")] {
            seen.add(reference, line, b'n');
        }
        assert_eq!(seen.twice(), [(5, 2, b'n'), (7, 2, b'n')]);
    }
}
