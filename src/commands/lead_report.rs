//! What the command line says about an import of leads or visits.

use super::terminal::say;
use super::{Failure, Outcome};
use crate::audit::shown_actor;
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::leads::Currency;
use crate::leads::exchange::What;
use crate::leads::import::{self, Counts, Job, LeftOut, Names, Order, Survey};

/// Problems that are told one by one.
const TOLD: usize = 50;

/// What would become of the file, on stdout.
pub fn report(order: &Order, survey: &Survey) -> Outcome {
    let word = match order.source.format {
        Format::Json => "entry",
        _ => "line",
    };
    for problem in survey.problems.iter().take(TOLD) {
        let field = problem
            .field
            .map_or(String::new(), |field| format!("{field}: "));
        let told = plain(&in_english(&problem.message));
        say(format_args!("{word} {}: {field}{told}", problem.line))?;
    }
    let more = survey.problems.total().saturating_sub(TOLD);
    if more > 0 {
        say(format_args!("and {more} more."))?;
    }
    names(&survey.statuses, word, "The status {} does not exist")?;
    names(&survey.owners, word, "The owner {} is nobody here")?;
    names(
        &survey.actors,
        word,
        "The actor {} is nobody here and stays a name",
    )?;
    names(
        &survey.several,
        word,
        "The owner {} may be several people here: use e-mail addresses",
    )?;
    left_out(order, survey, word)?;
    notes(order, survey, word)?;
    say(sum(order, survey))
}

/// Which sheet was read, and how words for statuses were.
fn notes(order: &Order, survey: &Survey, word: &str) -> Outcome {
    for note in order.source.told(order.mapping.titles()) {
        say(plain(&in_english(&note)))?;
    }
    for (told, lines) in survey.readings.iter().take(TOLD).map(import::told) {
        let told = plain(&told.text(Lang::En));
        say(format_args!("{told}: {}.", counted(lines, word)))?;
    }
    Ok(())
}

/// How many rows there are, and what would become of them.
fn sum(order: &Order, survey: &Survey) -> String {
    let Counts {
        created,
        changed,
        same,
        in_bin,
    } = survey.counts;
    let (rows, refused) = (survey.rows, survey.problems.lines());
    let bin = match in_bin {
        0 => String::new(),
        count => format!(", {count} left in the bin"),
    };
    match order.what() {
        What::Leads => format!(
            "{rows} rows: {created} new, {changed} changed, {same} as they are{bin}, {refused} refused."
        ),
        What::Visits => format!(
            "{rows} rows: the history of {changed} leads changed, {same} as they are{bin}, {refused} refused."
        ),
    }
}

fn names(names: &Names, word: &str, sentence: &str) -> Outcome {
    for (name, lines) in names.iter().take(TOLD) {
        let told = sentence.replace("{}", &format!("“{}”", plain(name)));
        say(format_args!("{told}: {}.", counted(lines, word)))?;
    }
    let more = names
        .iter()
        .skip(TOLD)
        .map(|(_, lines)| lines)
        .sum::<usize>()
        + names.beyond();
    match more {
        0 => Ok(()),
        lines => say(format_args!(
            "and {} with further names.",
            counted(lines, word)
        )),
    }
}

fn counted(count: usize, word: &str) -> String {
    match (count, word) {
        (1, word) => format!("1 {word}"),
        (count, "entry") => format!("{count} entries"),
        (count, word) => format!("{count} {word}s"),
    }
}

fn left_out(order: &Order, survey: &Survey, word: &str) -> Outcome {
    let columns = order.mapping.left_out();
    if !columns.is_empty() {
        let columns = plain(&columns.join(", "));
        say(format_args!(
            "Left out, since they stand for no field: {columns}"
        ))?;
    }
    if survey.in_default > 0 {
        let count = Lang::En.number(survey.in_default as i64);
        let values = if survey.in_default == 1 {
            "value"
        } else {
            "values"
        };
        let code = Currency::DEFAULT.code();
        say(format_args!("{count} {values} without a currency: {code}."))?;
    }
    match (survey.nameless, order.what()) {
        (0, _) => Ok(()),
        (count, What::Leads) => say(format_args!(
            "{} without external_ref: importing the file again would make these leads again.",
            counted(count, word)
        )),
        (count, What::Visits) => say(format_args!(
            "{} without external_ref: left out, since no lead can be found.",
            counted(count, word)
        )),
    }
}

/// One sentence for what stands in the way.
pub fn verdict(survey: &Survey, makes_statuses: bool) -> Outcome {
    let refused = |told: String| Err(Failure::Refused(told));
    match (survey.problems.lines(), survey.statuses.len()) {
        (0, 0) => Ok(()),
        (0, _) if makes_statuses => match import::unmakeable(&survey.statuses) {
            None => Ok(()),
            Some(told) => refused(in_english(&told)),
        },
        (0, count) => {
            let (subject, them) = match count {
                1 => ("1 status does".to_owned(), "it"),
                count => (format!("{count} statuses do"), "them"),
            };
            refused(format!(
                "{subject} not exist, so nothing was imported: make {them} with --make-statuses, import statuses first, or map another column."
            ))
        }
        (1, _) => refused("1 line can't be accepted, so nothing was imported.".into()),
        (count, _) => refused(format!(
            "{count} lines can't be accepted, so nothing was imported."
        )),
    }
}

/// Who works on an import, or did.
pub fn worked_on_by(job: &Job) -> String {
    let who = plain(shown_actor(&job.actor, Lang::En));
    let since = job.started_at.rfc3339();
    match job.worker.place() {
        Some((process, host)) => {
            format!(
                "by {who} (process {process} on {}) since {since}",
                plain(host)
            )
        }
        None => format!("by {who} since {since}"),
    }
}

/// What an import has done, and the lines that it left out.
///
/// # Errors
/// [`Failure::Refused`] if it ended early, or there are any.
pub fn outcome(job: &Job, expected: Option<Counts>, left_out: &[LeftOut]) -> Outcome {
    if let Some(problem) = job.problem() {
        let told = problem.text(Lang::En);
        return Err(Failure::Refused(format!(
            "The import ended early, after {} of {} rows: {told}",
            job.rows_done, job.rows_total
        )));
    }
    if expected != Some(job.counts) || job.left_out > 0 {
        say(done(job))?;
    }
    for line in left_out {
        let field = line.field.as_deref();
        let field = field.map_or(String::new(), |field| format!("{field}: "));
        let told = plain(&line.why.text(Lang::En));
        say(format_args!("line {}: {field}{told}", line.line))?;
    }
    if job.left_out == 0 {
        return say("Imported.");
    }
    let told = match job.left_out {
        1 => "1 line was left out".to_owned(),
        count => format!("{count} lines were left out"),
    };
    Err(Failure::Refused(format!(
        "{told}, since something has changed since they were checked; all others are imported."
    )))
}

fn done(job: &Job) -> String {
    let Counts {
        created,
        changed,
        same,
        in_bin,
    } = job.counts;
    let bin = match in_bin {
        0 => String::new(),
        count => format!(", {count} left in the bin"),
    };
    let out = job.left_out;
    match job.what {
        What::Leads => format!(
            "Done: {created} new, {changed} changed, {same} as they are{bin}, {out} left out."
        ),
        What::Visits => format!(
            "Done: the history of {changed} leads changed, {same} as they are{bin}, {out} lines left out."
        ),
    }
}

/// A message as a sentence.
pub fn in_english(message: &Message) -> String {
    let text = message.text(Lang::En);
    match text.ends_with(['.', '!', '?']) {
        true => text,
        false => format!("{text}."),
    }
}

/// A text from a file without what a terminal would obey.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
