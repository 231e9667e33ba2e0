//! The dry run of an import: what a file would do, without writing.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use crate::audit::is_program;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::import::closed_statuses::ClosedStatuses;
use crate::leads::actions::import::history_plan::{HistoryOutcome, plan_history};
use crate::leads::actions::import::lookups::{Lookups, PersonMatch};
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::actions::import::problem::{NameCounts, Problem, Problems};
use crate::leads::actions::import::request::{
    BatchRange, ImportRequest, MAX_BATCH, ParsedHistory, UnassignedRows, Unit, fnv1a,
};
use crate::leads::actions::import::row_plan::{RowOutcome, RowPlanner, UnknownName};
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::lead::Lead;
use crate::leads::store;
use crate::statuses::{Interpretation, StatusLookup};

/// The leads that an import creates, changes and leaves; for visits, the leads whose histories it changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub created: usize,
    pub changed: usize,
    pub same: usize,
    /// Left as they are, since they are deleted.
    pub in_bin: usize,
}

impl ImportCounts {
    /// The count for an outcome; none for a refused row.
    fn get_mut(&mut self, kind: RowKind) -> Option<&mut usize> {
        match kind {
            RowKind::Created => Some(&mut self.created),
            RowKind::Changed => Some(&mut self.changed),
            RowKind::Same => Some(&mut self.same),
            RowKind::InBin => Some(&mut self.in_bin),
            RowKind::Refused => None,
        }
    }
}

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    pub rows: usize,
    pub counts: ImportCounts,
    pub problems: Problems,
    /// Unknown owners: their leads are imported without one.
    pub unknown_owners: NameCounts,
    /// Owners whose name several people have.
    pub ambiguous_owners: NameCounts,
    /// Unknown authors of visits: the visits keep the name as a text.
    pub unknown_actors: NameCounts,
    /// Statuses that don't exist.
    pub missing_statuses: NameCounts,
    /// Every word for a status.
    status_words: NameCounts,
    /// What these words mean, with their lines, if any of them is ambiguous.
    pub readings: Vec<(String, Interpretation, usize)>,
    /// Rows without an external reference: leads that a second import creates again, or visits of no lead.
    pub without_reference: usize,
    /// Values of new leads that get the default currency, since neither row nor import names one.
    pub default_currency_values: usize,
    /// A hash of the planned changes.
    pub fingerprint: String,
}

impl DryRun {
    /// True if no row is refused; statuses may be missing.
    pub fn is_acceptable(&self) -> bool {
        self.problems.is_empty()
    }

    /// True if the import would change nothing.
    pub fn changes_nothing(&self) -> bool {
        self.counts.created + self.counts.changed == 0
    }
}

/// What a row does, in one byte. The bytes enter the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum RowKind {
    Created = b'n',
    Changed = b'c',
    Same = b's',
    InBin = b'b',
    Refused = b'x',
}

/// The state of a dry run.
struct DryRunner<'a> {
    request: &'a ImportRequest,
    lookups: Lookups,
    closed_statuses: ClosedStatuses,
    references: ReferenceLines,
    fingerprint: u64,
    result: DryRun,
}

/// Checks every row of a file without writing; `progress` gets the number of rows so far.
///
/// # Errors
/// [`crate::error::Error::Unreadable`] for a file that can't be read.
pub fn dry_run(
    db: &Db,
    request: &ImportRequest,
    progress: &mut dyn FnMut(usize),
) -> Result<DryRun> {
    let load = |conn: &mut Conn| Ok((Lookups::load(conn)?, ClosedStatuses::load(conn)?));
    let (lookups, closed) = db.read_blocking(load)?;
    let mut runner = DryRunner {
        request,
        lookups,
        closed_statuses: closed,
        references: ReferenceLines::default(),
        fingerprint: fnv1a(0xcbf2_9ce4_8422_2325, request.dataset().as_str().as_bytes()),
        result: DryRun::default(),
    };
    let size = Cell::new(MAX_BATCH);
    let range = BatchRange {
        skip: 0,
        size: &size,
    };
    request.batches(range, &mut |batch| {
        runner.result.rows += batch.rows();
        db.read_blocking(|conn| runner.check_batch(conn, &batch.units))?;
        runner.add_unassigned(batch.unassigned);
        progress(runner.result.rows);
        Ok(true)
    })?;
    let mut result = runner.result;
    result.readings = ambiguous_readings(&result.status_words, &runner.lookups.statuses);
    for (line, first, kind) in runner.references.duplicates() {
        // It was counted as the first row with its reference.
        if let Some(count) = result.counts.get_mut(kind) {
            *count -= 1;
        }
        let message = Message::new("lead-import-twice").with("line", first);
        result
            .problems
            .add(Problem::for_field(line, "external_ref", message));
    }
    result.fingerprint = format!("{:016x}", runner.fingerprint);
    Ok(result)
}

impl DryRunner<'_> {
    fn add_unassigned(&mut self, loose: UnassignedRows) {
        self.result.without_reference += loose.without_reference;
        for problem in loose.problems {
            self.result.problems.add(problem);
        }
    }

    fn check_batch(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        match self.request.dataset() {
            Dataset::Leads => self.check_leads(conn, units),
            Dataset::Visits => self.check_visits(conn, units),
        }
    }

    fn check_leads(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        let rows = units.iter().filter_map(Unit::lead);
        let references = rows.map(|row| row.external_ref.as_str());
        let existing = store::batch::find_by_references(conn, references)?;
        for unit in units {
            match unit {
                Unit::Lead(row) => {
                    let lead = row.find_existing(&existing);
                    let kind = self.plan_row(row, lead);
                    self.result.without_reference += usize::from(row.external_ref.is_empty());
                    self.references
                        .add(row.external_ref.as_str(), row.line, kind);
                    self.count(row.line, kind, lead);
                }
                Unit::Invalid(row, problems) => {
                    if let Some(row) = row {
                        self.plan_row(row, row.find_existing(&existing));
                        let reference = row.external_ref.as_str();
                        self.references.add(reference, row.line, RowKind::Refused);
                    }
                    self.add_problems(problems.clone());
                }
                Unit::History(_) => {}
            }
        }
        Ok(())
    }

    /// Plans a row of leads, and adds its problems and unknown words to the result.
    fn plan_row(&mut self, row: &ParsedLead, lead: Option<&Lead>) -> RowKind {
        if let Some(word) = &row.status {
            self.result.status_words.add(word);
        }
        let planner = RowPlanner {
            lookups: &self.lookups,
            currency: self.request.currency,
            now: self.request.now,
        };
        let mut unknown = Vec::new();
        let outcome = planner.plan(row, lead, &mut unknown);
        let outcome = outcome.and_then(|outcome| self.closed_statuses.check_row(row.line, outcome));
        for word in unknown {
            match word {
                UnknownName::Owner(name) => self.result.unknown_owners.add(&name),
                UnknownName::AmbiguousOwner(name) => self.result.ambiguous_owners.add(&name),
                UnknownName::Status(name) => self.result.missing_statuses.add(&name),
            }
        }
        if matches!(outcome, Ok(RowOutcome::Create(_))) && planner.uses_default_currency(row) {
            self.result.default_currency_values += 1;
        }
        match outcome {
            Ok(RowOutcome::Create(_)) => RowKind::Created,
            Ok(RowOutcome::Change { .. }) => RowKind::Changed,
            Ok(RowOutcome::Same) => RowKind::Same,
            Ok(RowOutcome::InBin) => RowKind::InBin,
            Err(problems) => self.add_problems(problems),
        }
    }

    fn add_problems(&mut self, problems: Vec<Problem>) -> RowKind {
        for problem in problems {
            self.result.problems.add(problem);
        }
        RowKind::Refused
    }

    fn count(&mut self, line: usize, kind: RowKind, lead: Option<&Lead>) {
        if let Some(count) = self.result.counts.get_mut(kind) {
            *count += 1;
            self.fingerprint =
                add_to_fingerprint(self.fingerprint, line, kind, lead.map(|lead| lead.version));
        }
    }

    fn check_visits(&mut self, conn: &mut Conn, units: &[Unit]) -> Result<()> {
        let histories: Vec<&ParsedHistory> = units.iter().filter_map(Unit::history).collect();
        let references = histories
            .iter()
            .map(|history| history.external_ref.as_str());
        let leads = store::batch::find_by_references(conn, references)?;
        let ids: Vec<i64> = leads.values().map(|lead| lead.id).collect();
        let visits = store::batch::visits_by_lead(conn, &ids)?;
        for history in histories {
            self.check_actors(history);
            for visit in &history.visits {
                self.result.status_words.add(&visit.status);
            }
            let lead = leads.get(&history.external_ref);
            let existing = lead
                .and_then(|lead| visits.get(&lead.id))
                .map_or(&[][..], Vec::as_slice);
            let mut unknown = Vec::new();
            let outcome = plan_history(history, lead, existing, &self.lookups, &mut unknown);
            let outcome = outcome
                .and_then(|outcome| self.closed_statuses.check_history(history, lead, outcome));
            for name in unknown {
                self.result.missing_statuses.add(&name);
            }
            let kind = match outcome {
                Err(problems) => self.add_problems(problems),
                Ok(_) if !history.invalid.is_empty() => RowKind::Refused,
                Ok(HistoryOutcome::Replace(_)) => RowKind::Changed,
                Ok(HistoryOutcome::Same) => RowKind::Same,
                Ok(HistoryOutcome::InBin) => RowKind::InBin,
            };
            self.count(history.line(), kind, lead);
        }
        Ok(())
    }

    fn check_actors(&mut self, history: &ParsedHistory) {
        let actors = history.visits.iter().chain(&history.invalid);
        let actors = actors.filter_map(|visit| visit.actor.as_ref());
        for actor in actors.filter(|actor| !actor.is_empty()) {
            if !is_author(&self.lookups, actor.as_str()) {
                self.result.unknown_actors.add(actor.as_str());
            }
        }
    }
}

/// The meaning of a word for a status, as a sentence without a full stop, and its number of lines.
pub fn reading_message(
    (word, reading, lines): &(String, Interpretation, usize),
) -> (Message, usize) {
    let key = match (&reading.slug_holder, reading.is_outdated) {
        (Some(_), _) => "lead-import-reading-other",
        (None, true) => "lead-import-reading-old",
        (None, false) => "lead-import-reading",
    };
    let message = Message::new(key)
        .with("word", word.as_str())
        .with("name", reading.name.as_str())
        .with("other", reading.slug_holder.clone().unwrap_or_default());
    (message, *lines)
}

/// The meaning of each word for a status, if one of them is ambiguous.
fn ambiguous_readings(
    names: &NameCounts,
    statuses: &StatusLookup,
) -> Vec<(String, Interpretation, usize)> {
    let read =
        |(word, lines): (&str, usize)| Some((word.to_owned(), statuses.interpret(word)?, lines));
    let readings: Vec<_> = names.iter().filter_map(read).collect();
    match readings
        .iter()
        .all(|(_, reading, _)| reading.is_unambiguous())
    {
        true => Vec::new(),
        false => readings,
    }
}

/// True if the audit log has such authors: a user, a user with a token, or the program.
fn is_author(lookups: &Lookups, name: &str) -> bool {
    let is_person = |name: &str| lookups.find_person(name, None) != PersonMatch::Nobody;
    // Names of users and tokens may contain parentheses.
    let mut by_token = name.strip_suffix(')').into_iter().flat_map(|text| {
        let gaps = text.match_indices(" (");
        gaps.map(move |(at, _)| &text[..at])
    });
    is_person(name) || is_program(name) || by_token.any(is_person)
}

fn add_to_fingerprint(sum: u64, line: usize, kind: RowKind, version: Option<i32>) -> u64 {
    let sum = fnv1a(sum, &line.to_le_bytes());
    let version = version.filter(|_| kind == RowKind::Changed).unwrap_or(0);
    fnv1a(fnv1a(sum, &[kind as u8]), &version.to_le_bytes())
}

/// The references of a file as hashes, 13 bytes each, so that a million fit in memory.
#[derive(Default)]
struct ReferenceLines {
    state: RandomState,
    digests: Vec<u64>,
    lines: Vec<u32>,
    kinds: Vec<RowKind>,
}

impl ReferenceLines {
    fn add(&mut self, reference: &str, line: usize, kind: RowKind) {
        if !reference.is_empty() {
            self.digests.push(self.state.hash_one(reference));
            self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
            self.kinds.push(kind);
        }
    }

    /// Each line whose reference an earlier line has, with the first such line and its own outcome.
    fn duplicates(&self) -> Vec<(usize, usize, RowKind)> {
        let mut sorted: Vec<u32> = (0..self.digests.len() as u32).collect();
        sorted.sort_unstable_by_key(|at| {
            let at = *at as usize;
            (self.digests[at], self.lines[at])
        });
        let (mut duplicates, mut first) = (Vec::new(), None::<(u64, u32)>);
        for at in sorted {
            let at = at as usize;
            let (digest, line) = (self.digests[at], self.lines[at]);
            match first {
                Some((previous, earlier)) if previous == digest => {
                    duplicates.push((line as usize, earlier as usize, self.kinds[at]));
                }
                _ => first = Some((digest, line)),
            }
        }
        duplicates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_reference_is_reported_with_both_lines() {
        let mut references = ReferenceLines::default();
        for (line, reference) in [(2, "a"), (3, "b"), (4, ""), (5, "a"), (6, ""), (7, "a")] {
            references.add(reference, line, RowKind::Created);
        }
        let expected = [(5, 2, RowKind::Created), (7, 2, RowKind::Created)];
        assert_eq!(references.duplicates(), expected);
    }
}
