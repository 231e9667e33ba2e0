//! What the command line prints about an import of leads or visits.

use crate::audit::actor_label;
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::commands::terminal::{in_english, noun_of_rows, refused_lines, without_control};
use crate::i18n::{Lang, Message};
use crate::leads::actions::import::change_summary::{ChangeSummary, FieldChanges};
use crate::leads::actions::import::dry_run::{DryRun, interpretation_message};
use crate::leads::actions::import::missing_statuses::creation_problem;
use crate::leads::actions::import::problem::NameCounts;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::extra_columns::extra_titles;
use crate::leads::domain::import_job::{ImportCounts, Job, SkippedLine};
use crate::money::Currency;
use crate::records::field::Field;

/// The most problems and names that are listed.
const MAX_LISTED: usize = 50;

/// Prints the dry run.
pub fn report(request: &ImportRequest, dry_run: &DryRun) -> Outcome {
    let word = noun_of_rows(request.source.format);
    print_problems(dry_run, word)?;
    print_names(
        &dry_run.missing_statuses,
        word,
        "The status {} doesn’t exist yet",
    )?;
    print_names(&dry_run.unknown_owners, word, "The owner {} is not a user")?;
    print_names(
        &dry_run.unknown_actors,
        word,
        "The actor {} is not a user and stays a name",
    )?;
    print_names(
        &dry_run.ambiguous_owners,
        word,
        "The owner {} fits several users: use e-mail addresses",
    )?;
    print_not_imported(request, dry_run, word)?;
    print_interpretations(dry_run, word)?;
    print_changes(&dry_run.changes)?;
    print_warnings(request, dry_run)?;
    if dry_run.multi_value_rows > 0 {
        let lines = with_noun(dry_run.multi_value_rows, word);
        say(format_args!(
            "{lines} with several phones or e-mail addresses: the first is used."
        ))?;
    }
    say(summary(request, dry_run))
}

/// Prints warnings, for which no line is refused.
fn print_warnings(request: &ImportRequest, dry_run: &DryRun) -> Outcome {
    let titles = request.mapping.titles();
    let names = dry_run.other_names.iter();
    for message in names.flat_map(|names| names.messages(titles)) {
        say(without_control(&in_english(&message)))?;
    }
    let duplicates = &dry_run.duplicates;
    if duplicates.count > 0 {
        let message = Message::new("lead-import-similar").with("count", duplicates.count);
        say(in_english(&message))?;
    }
    for row in &duplicates.examples {
        say(without_control(&in_english(&row.message())))?;
    }
    Ok(())
}

/// Prints the first problems, and the kinds of all if there are more.
fn print_problems(dry_run: &DryRun, word: &str) -> Outcome {
    for problem in dry_run.problems.iter().take(MAX_LISTED) {
        let field = problem
            .field
            .map_or(String::new(), |field| format!("{field}: "));
        let message = without_control(&in_english(&problem.message));
        let value = match problem.value.as_str() {
            "" => String::new(),
            value => format!(" (“{}”)", without_control(value)),
        };
        say(format_args!(
            "{word} {}: {field}{message}{value}",
            problem.line
        ))?;
    }
    let rest = dry_run.problems.total().saturating_sub(MAX_LISTED);
    if rest > 0 {
        say(format_args!("and {rest} more."))?;
        print_kinds(dry_run, word)?;
    }
    Ok(())
}

/// Prints the kinds of problems with their numbers and an example.
fn print_kinds(dry_run: &DryRun, word: &str) -> Outcome {
    for kind in dry_run.problems.kinds() {
        let field = kind.first.field.unwrap_or("line");
        let lines = with_noun(kind.count, word);
        let value = without_control(&kind.first.value);
        let line = kind.first.line;
        say(format_args!(
            "{field}: {lines}, such as “{value}” in {word} {line}."
        ))?;
    }
    Ok(())
}

/// Prints how leads that exist change.
fn print_changes(changes: &ChangeSummary) -> Outcome {
    let example = |change: &FieldChanges| {
        let (before, after) = &change.example;
        let shown = |text: &str| match text {
            "" => "blank".to_owned(),
            text => without_control(text),
        };
        format!("{} → {}", shown(before), shown(after))
    };
    for change in changes.moves() {
        let leads = noun_of_leads(change.changed);
        say(format_args!("status of {leads}: {}", example(change)))?;
    }
    for (field, change) in changes.fields() {
        let name = field.name();
        if change.changed > 0 {
            let leads = noun_of_leads(change.changed);
            say(format_args!("{name} of {leads}: {}", example(change)))?;
        }
        if change.erased > 0 {
            say(format_args!(
                "{name} of {} erased",
                noun_of_leads(change.erased)
            ))?;
        }
    }
    match &changes.local_edits {
        None => Ok(()),
        Some(edits) => say(format_args!(
            "{} changed here since the file was made, such as {} by {} at {}.",
            noun_of_leads(edits.count),
            without_control(&edits.name),
            without_control(actor_label(&edits.actor, Lang::En)),
            edits.edited_at.rfc3339()
        )),
    }
}

fn noun_of_leads(count: usize) -> String {
    match count {
        1 => "1 lead".to_owned(),
        count => format!("{} leads", Lang::En.number(count as i64)),
    }
}

/// Prints how words of the file are read.
fn print_interpretations(dry_run: &DryRun, word: &str) -> Outcome {
    for (message, lines) in dry_run
        .interpretations
        .iter()
        .take(MAX_LISTED)
        .map(interpretation_message)
    {
        let message = without_control(&message.text(Lang::En));
        say(format_args!("{message}: {}.", with_noun(lines, word)))?;
    }
    Ok(())
}

/// The number of rows, and what they would do.
fn summary(request: &ImportRequest, dry_run: &DryRun) -> String {
    let counts = counts_sentence(request.dataset, dry_run.counts);
    let (rows, refused) = (dry_run.rows, dry_run.problems.lines());
    format!("{rows} rows: {counts}, {refused} refused.")
}

/// How many leads are new, changed and unchanged.
fn counts_sentence(dataset: Dataset, counts: ImportCounts) -> String {
    let ImportCounts {
        created,
        changed,
        same,
        in_bin,
    } = counts;
    let deleted = match in_bin {
        0 => String::new(),
        count => format!(", {count} stay in the bin"),
    };
    match dataset {
        Dataset::Leads => {
            format!("{created} new, {changed} changed, {same} unchanged{deleted}")
        }
        Dataset::Visits => {
            format!("the history of {changed} leads changed, {same} unchanged{deleted}")
        }
    }
}

fn print_names(names: &NameCounts, word: &str, sentence: &str) -> Outcome {
    for (name, lines) in names.iter().take(MAX_LISTED) {
        let message = sentence.replace("{}", &format!("“{}”", without_control(name)));
        say(format_args!("{message}: {}.", with_noun(lines, word)))?;
    }
    let rest = names
        .iter()
        .skip(MAX_LISTED)
        .map(|(_, lines)| lines)
        .sum::<usize>()
        + names.further_lines();
    match rest {
        0 => Ok(()),
        lines => say(format_args!(
            "and {} with other names.",
            with_noun(lines, word)
        )),
    }
}

fn with_noun(count: usize, word: &str) -> String {
    match (count, word) {
        (1, word) => format!("1 {word}"),
        (count, "entry") => format!("{count} entries"),
        (count, word) => format!("{count} {word}s"),
    }
}

fn print_not_imported(request: &ImportRequest, dry_run: &DryRun, word: &str) -> Outcome {
    let untitled = request.source.untitled_columns();
    let columns = request.mapping.unmapped_titles(Lang::En, untitled);
    if !columns.is_empty() {
        let columns = without_control(&columns.join(", "));
        say(format_args!("Not imported: {columns}"))?;
    }
    let titles = extra_titles(&request.mapping);
    if !titles.is_empty() {
        let titles = without_control(&titles);
        say(format_args!("Kept as extra fields: {titles}"))?;
    }
    if dry_run.default_currency_values > 0 {
        let count = Lang::En.number(dry_run.default_currency_values as i64);
        let values = if dry_run.default_currency_values == 1 {
            "value"
        } else {
            "values"
        };
        let code = Currency::DEFAULT.code();
        say(format_args!("{count} {values} without a currency: {code}."))?;
    }
    if dry_run.footer_lines > 0 {
        let lines = with_noun(dry_run.footer_lines, word);
        say(format_args!("{lines} below the table: not imported."))?;
    }
    if dry_run.voided > 0 {
        let lines = with_noun(dry_run.voided, word);
        say(format_args!("{lines} with voided_at: not imported."))?;
    }
    match (dry_run.without_reference, request.dataset) {
        (0, _) => Ok(()),
        (count, Dataset::Leads) => say(format_args!(
            "{} without external_ref: importing the file again would create these leads twice.",
            with_noun(count, word)
        )),
        (count, Dataset::Visits) => say(format_args!(
            "{} without external_ref: not imported.",
            with_noun(count, word)
        )),
    }
}

/// Refuses an import with problems or missing statuses.
pub fn verdict(dry_run: &DryRun, makes_statuses: bool) -> Outcome {
    let refused = |message: String| Err(Failure::Refused(message));
    let bad_lines = match dry_run.is_acceptable() {
        true => 0,
        false => dry_run.problems.lines(),
    };
    match (bad_lines, dry_run.missing_statuses.len()) {
        (0, 0) => Ok(()),
        (0, _) if makes_statuses => match creation_problem(&dry_run.missing_statuses) {
            None => Ok(()),
            Some(message) => refused(in_english(&message)),
        },
        (0, count) => {
            let (subject, object) = match count {
                1 => ("1 status does".to_owned(), "it"),
                count => (format!("{count} statuses do"), "them"),
            };
            refused(format!(
                "{subject} not exist, so nothing was imported: create {object} with --make-statuses, import statuses first, or map another column."
            ))
        }
        (count, _) => Err(refused_lines(count)),
    }
}

/// Who works on a job, and since when.
pub fn worker_text(job: &Job) -> String {
    let actor = without_control(actor_label(&job.actor, Lang::En));
    let since = job.started_at.rfc3339();
    match job.holder.process_and_host() {
        Some((process, host)) => {
            format!(
                "by {actor} (process {process} on {}) since {since}",
                without_control(host)
            )
        }
        None => format!("by {actor} since {since}"),
    }
}

/// Prints what a job has done, and the lines that it skipped.
///
/// # Errors
/// Returns [`Failure::Refused`] if it ended early or skipped lines.
pub fn outcome(job: &Job, expected: Option<ImportCounts>, skipped: &[SkippedLine]) -> Outcome {
    if let Some(problem) = job.problem() {
        let message = problem.text(Lang::En);
        return Err(Failure::Refused(format!(
            "The import ended early, after {} of {} rows: {message}",
            job.rows_done, job.rows_total
        )));
    }
    if expected != Some(job.counts) || job.skipped_rows > 0 {
        say(job_summary(job))?;
    }
    for line in skipped {
        let field = line.field.as_deref();
        let field = field.map_or(String::new(), |field| format!("{field}: "));
        let message = without_control(&line.reason.text(Lang::En));
        say(format_args!("line {}: {field}{message}", line.line))?;
    }
    if job.skipped_rows == 0 {
        return say("Imported.");
    }
    if job.options.skips_bad_lines {
        let lines = match job.skipped_rows {
            1 => "1 line was left out".to_owned(),
            count => format!("{count} lines were left out"),
        };
        return say(format_args!("Imported; {lines}."));
    }
    let message = match job.skipped_rows {
        1 => "1 line was skipped".to_owned(),
        count => format!("{count} lines were skipped"),
    };
    Err(Failure::Refused(format!(
        "{message}: something has changed since the preview. All others were imported."
    )))
}

fn job_summary(job: &Job) -> String {
    let counts = counts_sentence(job.dataset, job.counts);
    let noun = match job.dataset {
        Dataset::Leads => "",
        Dataset::Visits => " lines",
    };
    format!("Done: {counts}, {}{noun} skipped.", job.skipped_rows)
}
