//! What the command line prints about an import of leads or visits.

use crate::audit::actor_label;
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::commands::terminal::{in_english, noun_of_rows, refused_lines, without_control};
use crate::i18n::Lang;
use crate::leads::Currency;
use crate::leads::actions::import::dry_run::{DryRun, reading_message};
use crate::leads::actions::import::missing_statuses::creation_problem;
use crate::leads::actions::import::problem::NameCounts;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::import_job::{ImportCounts, Job, LeftOut};

/// The most problems and names that are listed.
const MAX_LISTED: usize = 50;

/// Prints the dry run.
pub fn report(request: &ImportRequest, dry_run: &DryRun) -> Outcome {
    let word = noun_of_rows(request.source.format);
    for problem in dry_run.problems.iter().take(MAX_LISTED) {
        let field = problem
            .field
            .map_or(String::new(), |field| format!("{field}: "));
        let message = without_control(&in_english(&problem.message));
        say(format_args!("{word} {}: {field}{message}", problem.line))?;
    }
    let rest = dry_run.problems.total().saturating_sub(MAX_LISTED);
    if rest > 0 {
        say(format_args!("and {rest} more."))?;
    }
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
    print_left_out(request, dry_run, word)?;
    print_readings(request, dry_run, word)?;
    say(summary(request, dry_run))
}

/// Prints which sheet was read, and what words for statuses mean.
fn print_readings(request: &ImportRequest, dry_run: &DryRun, word: &str) -> Outcome {
    for note in request.source.sheet_messages(request.mapping.titles()) {
        say(without_control(&in_english(&note)))?;
    }
    for (message, lines) in dry_run
        .readings
        .iter()
        .take(MAX_LISTED)
        .map(reading_message)
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

/// What became of the leads.
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

fn print_left_out(request: &ImportRequest, dry_run: &DryRun, word: &str) -> Outcome {
    let columns = request.mapping.unmapped_titles();
    if !columns.is_empty() {
        let columns = without_control(&columns.join(", "));
        say(format_args!("Not imported: {columns}"))?;
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
    match (dry_run.problems.lines(), dry_run.missing_statuses.len()) {
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

/// The worker of a job, and since when.
pub fn worked_on_by(job: &Job) -> String {
    let actor = without_control(actor_label(&job.actor, Lang::En));
    let since = job.started_at.rfc3339();
    match job.worker.process_and_host() {
        Some((process, host)) => {
            format!(
                "by {actor} (process {process} on {}) since {since}",
                without_control(host)
            )
        }
        None => format!("by {actor} since {since}"),
    }
}

/// Prints what a job has done, and the lines that it left out.
///
/// # Errors
/// [`Failure::Refused`] if it ended early or left lines out.
pub fn outcome(job: &Job, expected: Option<ImportCounts>, left_out: &[LeftOut]) -> Outcome {
    if let Some(problem) = job.problem() {
        let message = problem.text(Lang::En);
        return Err(Failure::Refused(format!(
            "The import ended early, after {} of {} rows: {message}",
            job.rows_done, job.rows_total
        )));
    }
    if expected != Some(job.counts) || job.left_out > 0 {
        say(job_summary(job))?;
    }
    for line in left_out {
        let field = line.field.as_deref();
        let field = field.map_or(String::new(), |field| format!("{field}: "));
        let message = without_control(&line.reason.text(Lang::En));
        say(format_args!("line {}: {field}{message}", line.line))?;
    }
    if job.left_out == 0 {
        return say("Imported.");
    }
    let message = match job.left_out {
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
    format!("Done: {counts}, {}{noun} skipped.", job.left_out)
}
