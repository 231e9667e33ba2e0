//! The dry run of an import: its outcome for each row, without writing.

use std::sync::atomic::AtomicUsize;

use crate::audit::is_program;
use crate::clock::Timestamp;
use crate::db::{Conn, Db, MAX_STEP_ROWS};
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::import::change_summary::ChangeSummary;
use crate::leads::actions::import::existing::ExistingLeads;
use crate::leads::actions::import::item_plan::{ItemPlanner, PlannedItem};
use crate::leads::actions::import::likely_duplicate_rows::LikelyDuplicateRows;
use crate::leads::actions::import::lookups::{Lookups, UserMatch};
use crate::leads::actions::import::other_names::OtherNames;
use crate::leads::actions::import::problem::{NameCounts, Problems};
use crate::leads::actions::import::repetition::{FNV_START, fnv1a};
use crate::leads::actions::import::request::{
    ChunkRange, ImportItem, ImportRequest, ParsedHistory, RowsWithoutItem,
};
use crate::leads::actions::import::row_plan::{RowOutcome, UnknownName};
use crate::leads::actions::import::target_statuses::TargetStatuses;
use crate::leads::actions::likely_duplicates::LikelyDuplicates;
use crate::leads::domain::import_job::ImportCounts;
use crate::leads::domain::lead::Lead;
use crate::leads::store::import_jobs;
use crate::statuses::{Interpretation, StatusLookup};

/// The results of an import that is not written.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    pub rows: usize,
    pub counts: ImportCounts,
    pub problems: Problems,
    /// Unknown owners: their leads are imported without one.
    pub unknown_owners: NameCounts,
    /// Owners whose name several users have.
    pub ambiguous_owners: NameCounts,
    /// Unknown authors of visits: the visits keep the name as a text.
    pub unknown_actors: NameCounts,
    /// Statuses that don't exist.
    pub missing_statuses: NameCounts,
    /// The ids and names of the statuses in use.
    pub statuses: Vec<(i64, String)>,
    /// All names of statuses in the file.
    status_names: NameCounts,
    /// The names of statuses that exist, with their meaning and number of lines.
    pub interpretations: Vec<(String, Interpretation, usize)>,
    /// Rows without an external reference: leads that a second import creates again, or visits of no lead.
    pub without_reference: usize,
    /// Rows of moves that were voided: they are left out.
    pub voided: usize,
    /// Lines below the table: they are left out.
    pub footer_lines: usize,
    /// Values of new leads that get the default currency, since neither row nor import names one.
    pub default_currency_values: usize,
    /// The changes of leads that exist.
    pub changes: ChangeSummary,
    /// Rows whose references belong to leads with other names.
    pub other_names: Option<OtherNames>,
    /// New leads that likely exist already.
    pub duplicates: LikelyDuplicateRows,
    /// Rows with several telephone numbers or e-mail addresses, of which the first is used.
    pub multi_value_rows: usize,
    /// True if lines with problems are skipped and all others imported.
    pub skips_bad_lines: bool,
    /// A hash of the planned changes.
    pub fingerprint: String,
}

impl DryRun {
    /// True if no row is refused, or those are skipped; statuses may be missing.
    pub fn is_acceptable(&self) -> bool {
        self.problems.is_empty() || self.skips_bad_lines
    }

    /// True if the import would change nothing.
    pub fn changes_nothing(&self) -> bool {
        self.counts.created + self.counts.changed == 0
    }
}

/// The outcome of a row as one byte, of which the fingerprint is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum RowKind {
    Created = b'n',
    Changed = b'c',
    Unchanged = b's',
    InBin = b'b',
    Refused = b'x',
}

/// The count for an outcome; none for a refused row.
fn count_of(counts: &mut ImportCounts, kind: RowKind) -> Option<&mut usize> {
    match kind {
        RowKind::Created => Some(&mut counts.created),
        RowKind::Changed => Some(&mut counts.changed),
        RowKind::Unchanged => Some(&mut counts.same),
        RowKind::InBin => Some(&mut counts.in_bin),
        RowKind::Refused => None,
    }
}

/// The state of a dry run.
struct DryRunner<'a> {
    request: &'a ImportRequest,
    lookups: Lookups,
    target_statuses: TargetStatuses,
    /// The time at which the file was made: the file has no later changes.
    since: Timestamp,
    fingerprint: u64,
    result: DryRun,
}

/// Checks every row of a file without writing; calls `progress` with the number of rows so far.
///
/// # Errors
/// Returns [`crate::error::Error::Unreadable`] for a file that can't be read.
pub fn dry_run(
    db: &Db,
    request: &ImportRequest,
    progress: &mut dyn FnMut(usize),
) -> Result<DryRun> {
    let load = |conn: &mut Conn| {
        let lookups = Lookups::load(conn, &request.options)?;
        let last_import = import_jobs::last_finished(conn, request.dataset)?;
        Ok((lookups, TargetStatuses::load(conn)?, last_import))
    };
    let (lookups, target_statuses, last_import) = db.read_blocking(load)?;
    let mut runner = DryRunner {
        request,
        lookups,
        target_statuses,
        since: request.made_at.or(last_import).unwrap_or_default(),
        fingerprint: fnv1a(FNV_START, request.dataset.as_str().as_bytes()),
        result: DryRun {
            skips_bad_lines: request.options.skips_bad_lines,
            ..DryRun::default()
        },
    };
    let size = AtomicUsize::new(MAX_STEP_ROWS);
    let range = ChunkRange {
        start: 0,
        size: &size,
        finds_repetitions: true,
    };
    request.read_chunks(range, &mut |chunk| {
        runner.result.rows += chunk.rows();
        db.read_blocking(|conn| runner.check_chunk(conn, &chunk.items))?;
        runner.add_without_item(chunk.without_item);
        progress(runner.result.rows);
        Ok(true)
    })?;
    let mut result = runner.result;
    result.statuses = runner.lookups.statuses.in_use();
    result.interpretations = interpretations(&result.status_names, &runner.lookups.statuses);
    result.fingerprint = format!("{:016x}", runner.fingerprint);
    Ok(result)
}

impl DryRunner<'_> {
    fn add_without_item(&mut self, without_item: RowsWithoutItem) {
        self.result.without_reference += without_item.without_reference;
        self.result.voided += without_item.voided;
        self.result.footer_lines += without_item.footer_lines;
        for problem in without_item.problems {
            self.result.problems.add(problem);
        }
    }

    fn check_chunk(&mut self, conn: &mut Conn, items: &[ImportItem]) -> Result<()> {
        let existing = ExistingLeads::find(conn, items, &self.request.options)?;
        let planner = ItemPlanner::new(self.request, &self.lookups, &self.target_statuses);
        let planned: Vec<PlannedItem> = items
            .iter()
            .map(|item| planner.plan(item, &existing))
            .collect();
        self.add_likely_duplicates(conn, items, &planned)?;
        for (item, planned) in items.iter().zip(planned) {
            self.count_names(item);
            self.add_planned(item, planned);
        }
        Ok(())
    }

    /// Counts the new leads that likely exist already.
    fn add_likely_duplicates(
        &mut self,
        conn: &mut Conn,
        items: &[ImportItem],
        planned: &[PlannedItem],
    ) -> Result<()> {
        let planned_items = items.iter().zip(planned);
        let created = planned_items.filter_map(|(item, planned)| match &planned.outcome {
            Ok(RowOutcome::Create(new)) => Some((item.line(), &new.fields)),
            _ => None,
        });
        let leads = LikelyDuplicates::find(conn, created.clone().map(|(_, fields)| fields))?;
        for (line, fields) in created {
            self.result.duplicates.add(line, fields, &leads);
        }
        Ok(())
    }

    /// Counts the names of statuses, and unknown authors.
    fn count_names(&mut self, item: &ImportItem) {
        let name = item.lead().and_then(|row| row.status.as_ref());
        let visits = item.history().map_or(&[][..], |history| &history.visits);
        let names = name.into_iter();
        let names = names.chain(visits.iter().map(|visit| &visit.status));
        names.for_each(|name| self.result.status_names.add(name));
        if let Some(history) = item.history() {
            self.check_actors(history);
        }
    }

    /// Counts the unknown names; returns true if a status must be created.
    fn count_unknown_names(&mut self, unknown: &[UnknownName]) -> bool {
        let result = &mut self.result;
        for name in unknown {
            match name {
                UnknownName::Owner(name) => result.unknown_owners.add(name),
                UnknownName::AmbiguousOwner(name) => result.ambiguous_owners.add(name),
                UnknownName::Status(name) => result.missing_statuses.add(name),
            }
        }
        let mut names = unknown.iter();
        names.any(|name| matches!(name, UnknownName::Status(_)))
    }

    /// Counts the warnings about the row of a lead.
    fn count_warnings(&mut self, item: &ImportItem, lead: Option<&Lead>) {
        let Some(row) = item.lead() else { return };
        let result = &mut self.result;
        let is_valid = matches!(item, ImportItem::Lead(_));
        result.without_reference += usize::from(is_valid && row.external_ref.is_empty());
        result.multi_value_rows += usize::from(!row.multi_value_fields.is_empty());
        if let (Some(lead), false) = (lead, self.request.options.matches_email) {
            OtherNames::add(&mut result.other_names, row, lead);
        }
    }

    /// Adds the outcome of an item, or its problems, to the result.
    fn add_planned(&mut self, item: &ImportItem, planned: PlannedItem) {
        let creates_status = self.count_unknown_names(&planned.unknown);
        self.count_warnings(item, planned.lead);
        let result = &mut self.result;
        result.default_currency_values += usize::from(planned.uses_default_currency);
        if let (Ok(RowOutcome::Change { fields, status, .. }), Some(lead)) =
            (&planned.outcome, planned.lead)
        {
            let changes = &mut result.changes;
            changes.add(lead, fields.as_deref(), *status, &self.lookups, self.since);
        }
        let kind = match planned.outcome {
            Ok(RowOutcome::Create(_)) => RowKind::Created,
            Ok(RowOutcome::Change { .. } | RowOutcome::Replace(_)) => RowKind::Changed,
            // The status that it moves to is created first.
            Ok(RowOutcome::Unchanged) if creates_status => RowKind::Changed,
            Ok(RowOutcome::Unchanged) => RowKind::Unchanged,
            Ok(RowOutcome::InBin) => RowKind::InBin,
            Err(problems) => {
                let problems = problems.into_iter();
                problems.for_each(|problem| result.problems.add(problem));
                RowKind::Refused
            }
        };
        if let Some(count) = count_of(&mut result.counts, kind) {
            *count += 1;
            let version = planned.lead.map(|lead| lead.version);
            self.fingerprint = add_to_fingerprint(self.fingerprint, item.line(), kind, version);
        }
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

/// The meaning of a name of a status, as a sentence without a full stop, and its number of lines.
pub fn interpretation_message(
    (word, interpretation, lines): &(String, Interpretation, usize),
) -> (Message, usize) {
    let slug_holder = interpretation.slug_holder.as_deref();
    let key = match (slug_holder, interpretation.is_outdated) {
        (Some(_), _) => "lead-import-reading-other",
        (None, true) => "lead-import-reading-old",
        (None, false) => "lead-import-reading",
    };
    let message = Message::new(key)
        .with("word", word.as_str())
        .with("name", interpretation.name.as_str())
        .with("other", slug_holder.unwrap_or_default());
    (message, *lines)
}

/// The meaning of each name of a status.
fn interpretations(
    names: &NameCounts,
    statuses: &StatusLookup,
) -> Vec<(String, Interpretation, usize)> {
    let interpret =
        |(name, lines): (&str, usize)| Some((name.to_owned(), statuses.interpret(name)?, lines));
    names.iter().filter_map(interpret).collect()
}

/// True if the name is that of an author in the audit log: a user, a user with a token, or the program.
fn is_author(lookups: &Lookups, name: &str) -> bool {
    let is_user = |name: &str| lookups.find_user(name, None) != UserMatch::Unknown;
    // Names of users and tokens may contain parentheses.
    let mut by_token = name.strip_suffix(')').into_iter().flat_map(|text| {
        let gaps = text.match_indices(" (");
        gaps.map(move |(offset, _)| &text[..offset])
    });
    is_user(name) || is_program(name) || by_token.any(is_user)
}

fn add_to_fingerprint(sum: u64, line: usize, kind: RowKind, version: Option<i32>) -> u64 {
    let sum = fnv1a(sum, &line.to_le_bytes());
    let version = version.filter(|_| kind == RowKind::Changed).unwrap_or(0);
    fnv1a(fnv1a(sum, &[kind as u8]), &version.to_le_bytes())
}
