use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;

use super::terminal::say;
use super::{Desk, Failure, Outcome};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::config::{CommandLine, LeadFile};
use crate::db::Db;
use crate::error::Error;
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::leads::exchange::{Export, Failed, What, Which};
use crate::leads::import::{self, Counts, Mapping, Names, Order, Source, Survey};
use crate::leads::{Currency, Rights};

/// Problems that are told one by one.
const TOLD: usize = 50;

/// `import leads FILE` and `import visits FILE`: every row is looked at first, then all are written or none.
///
/// # Errors
/// [`Failure::Start`] for a mapping or currency that is none; [`Failure::Refused`] if the file or one of its lines is.
pub async fn import(line: &CommandLine, what: What, file: LeadFile) -> Outcome {
    let currency = file.currency.as_deref().map(Currency::parse).transpose();
    let currency = currency.map_err(|told| Failure::Start(in_english(&told)))?;
    let now = line.config().clock.now();
    let order = order(what, &file, currency, now)?;
    let desk = Desk::open(line).await?;
    let (db, actor) = (desk.db.clone(), desk.actor.clone());
    let work = move || run(&db, &actor, &order, &file);
    let done = actix_web::rt::task::spawn_blocking(work).await;
    desk.close().await;
    done.map_err(Error::internal)?
}

fn order(
    what: What,
    file: &LeadFile,
    currency: Option<Currency>,
    now: Timestamp,
) -> Result<Order, Failure> {
    let path = &file.file;
    let name = path.to_string_lossy();
    let refused = |error| refused(path, error);
    let source = Source::open(path, 0, &name).map_err(refused)?;
    let titles = source.titles().map_err(refused)?;
    let mapping = Mapping::parse(what, &titles, source.hidden(), &file.map).map_err(|told| {
        match told.key {
            "import-map-form" | "import-map-field" => Failure::Start(in_english(&told)),
            _ => refused(Error::Unreadable(told)),
        }
    })?;
    mapping
        .check()
        .map_err(|told| refused(Error::Unreadable(told)))?;
    Ok(Order {
        source,
        mapping,
        currency,
        now,
    })
}

fn refused(path: &Path, error: Error) -> Failure {
    match error {
        Error::Unreadable(told) => {
            Failure::Refused(format!("{}: {}", path.display(), in_english(&told)))
        }
        other => other.into(),
    }
}

fn run(db: &Db, actor: &Actor, order: &Order, file: &LeadFile) -> Outcome {
    let progress = Progress::new();
    let path = &file.file;
    let looked = import::survey(db, order, &mut |rows| progress.show("Checked", rows));
    progress.end();
    let survey = looked.map_err(|error| refused(path, error))?;
    report(order, &survey)?;
    verdict(&survey, file.make_statuses)?;
    let missing = import::to_make(&survey.statuses);
    if file.dry_run {
        made(&missing, "would be made")?;
        return say("Nothing was changed: this was a dry run.");
    }
    if survey.changes_nothing() {
        return say("Everything was so already.");
    }
    let actor = Actor {
        door: import::DOOR,
        ..actor.clone()
    };
    let (wanted, names) = (order.clone(), missing.clone());
    let done = db.write_alone(move |conn| {
        let show = |rows| progress.show("Imported", rows);
        import::make_statuses(conn, &actor, &names)?;
        import::carry_out(conn, &actor, Rights::program(), &wanted, &show)
    });
    progress.end();
    done.map_err(|error| refused(path, error))?;
    made(&missing, "was made")?;
    say("Imported.")
}

/// What became of each status that did not exist.
fn made(names: &[String], verb: &str) -> Outcome {
    names
        .iter()
        .try_for_each(|name| say(format_args!("The status “{}” {verb}.", plain(name))))
}

/// What would become of the file, on stdout.
fn report(order: &Order, survey: &Survey) -> Outcome {
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
fn verdict(survey: &Survey, makes_statuses: bool) -> Outcome {
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

/// `export leads` and `export visits`, on stdout as they are read.
///
/// # Errors
/// [`Failure::Start`] for a format that is none; [`Failure::Refused`] for one that can't hold so many.
pub async fn export(line: &CommandLine, what: What, format: &str) -> Outcome {
    let format: Format = format
        .parse()
        .map_err(|told: Message| Failure::Start(in_english(&told)))?;
    let desk = Desk::open(line).await?;
    let export = Export {
        what,
        format,
        which: Which::All,
    };
    let db = desk.db.clone();
    let work = move || export.write(&db, &mut stdout().lock());
    let written = actix_web::rt::task::spawn_blocking(work).await;
    desk.close().await;
    match written.map_err(Error::internal)? {
        Ok(()) => Ok(()),
        Err(Failed::Read(error)) => Err(error.into()),
        // A reader that has seen enough is no failure.
        Err(Failed::Write(cause)) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(Failed::Write(cause)) => Err(Failure::Refused(format!(
            "The output can't be written: {cause}."
        ))),
    }
}

fn in_english(message: &Message) -> String {
    let text = message.text(Lang::En);
    match text.ends_with(['.', '!', '?']) {
        true => text,
        false => format!("{text}."),
    }
}

/// A text from a file without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// How far it is, on a terminal only.
#[derive(Clone, Copy)]
struct Progress {
    is_shown: bool,
}

impl Progress {
    fn new() -> Progress {
        Progress {
            is_shown: stderr().is_terminal(),
        }
    }

    fn show(&self, verb: &str, rows: usize) {
        if self.is_shown {
            let rows = Lang::En.number(rows as i64);
            let _ = write!(stderr().lock(), "\r{verb} {rows} rows");
        }
    }

    /// A line of its own for what comes next.
    fn end(&self) {
        if self.is_shown {
            let _ = write!(stderr().lock(), "\r\u{1b}[K");
        }
    }
}
