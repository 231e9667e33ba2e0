use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use super::lead_report::{in_english, outcome, plain, report, verdict, worked_on_by};
use super::terminal::say;
use super::{Desk, Failure, Outcome};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::config::{CommandLine, LeadFile};
use crate::error::Error;
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::leads::Currency;
use crate::leads::exchange::{Export, Failed, What, Which};
use crate::leads::import::{
    self, Context, Counts, Job, Mapping, NewJob, Order, Run, Source, Survey,
};

/// How often it is looked what another process has done.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// `import leads FILE` and `import visits FILE`: every row is looked at first, then all are applied or none.
///
/// # Errors
/// [`Failure::Start`] for a mapping or currency that is none; [`Failure::Refused`] if the file or one of its lines is,
/// or lines had to be left out.
pub async fn import(line: &CommandLine, what: What, file: LeadFile) -> Outcome {
    let begun = Instant::now();
    let currency = file.currency.as_deref().map(Currency::parse).transpose();
    let currency = currency.map_err(|told| Failure::Start(in_english(&told)))?;
    let config = line.config();
    let order = order(what, &file, currency, config.clock.now())?;
    let desk = Desk::open(line).await?;
    let context = Context::of_command(desk.db.clone(), config.clock, &config.data_dir);
    let command = Command {
        context,
        actor: Actor {
            door: import::DOOR,
            ..desk.actor.clone()
        },
        order,
        file,
        begun,
    };
    let done = actix_web::rt::task::spawn_blocking(move || command.run()).await;
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

/// What a command has begun.
enum Claimed {
    Run(Run),
    /// The very import that was asked for had been interrupted; it is finished now.
    Finished(Job),
}

fn refused_as_twice(job: &Job) -> Failure {
    let (done, total) = (job.rows_done, job.rows_total);
    let verb = match job.is_finished() {
        true => "has just been imported",
        false => "is being imported already",
    };
    Failure::Refused(format!(
        "This very file {verb}, {}: {done} of {total} rows so far. Nothing was done by this command.",
        worked_on_by(job)
    ))
}

/// An import at the command line.
struct Command {
    context: Context,
    actor: Actor,
    order: Order,
    file: LeadFile,
    /// When the command was given.
    begun: Instant,
}

impl Command {
    fn run(&self) -> Outcome {
        if self.file.dry_run {
            let survey = self.look()?;
            made(&import::to_make(&survey.statuses), "would be made")?;
            return say("Nothing was changed: this was a dry run.");
        }
        let digest = import::digest(&self.file.file, 0);
        let digest = digest.map_err(|error| refused(&self.file.file, error))?;
        let new = NewJob::of(&self.order, &digest);
        let run = match self.claim(&new)? {
            Claimed::Run(run) => run,
            Claimed::Finished(job) => return self.outcome(&job, None),
        };
        match self.prepare(&run, &new, &digest) {
            Ok(Some(survey)) => self.outcome(&self.apply(&run)?, Some(survey.counts)),
            Ok(None) => Ok(run.forget()?),
            Err(failure) => {
                run.forget()?;
                Err(failure)
            }
        }
    }

    /// The import for this command, once those that were interrupted are finished.
    fn claim(&self, new: &NewJob) -> Result<Claimed, Failure> {
        for job in import::left(&self.context)? {
            let is_this = job.is_of(new);
            match self.go_on(&job)? {
                Some(job) if is_this => return Ok(Claimed::Finished(job)),
                Some(job) => match self.outcome(&job, None) {
                    Err(Failure::Refused(told)) => say(told)?,
                    other => other?,
                },
                None => {}
            }
        }
        loop {
            if let Some(run) = Run::claim(&self.context, &self.actor, new)? {
                return Ok(Claimed::Run(run));
            }
            let Some(job) = import::under_way(&self.context, new)? else {
                continue;
            };
            self.refuse_if_alive(&job)?;
            if let Some(job) = self.go_on(&job)? {
                return Ok(Claimed::Finished(job));
            }
        }
    }

    /// Finishes an import that was interrupted; nothing if nothing came of it.
    fn go_on(&self, job: &Job) -> Result<Option<Job>, Failure> {
        let Some((run, job)) = Run::take_over(&self.context, job.id)? else {
            return Ok(None);
        };
        if !job.is_ready {
            run.forget()?;
            return Ok(None);
        }
        let (done, total) = (job.rows_done, job.rows_total);
        say(format_args!(
            "The import of “{}” was interrupted after {done} of {total} rows, and goes on.",
            plain(&job.filename)
        ))?;
        self.apply(&run).map(Some)
    }

    /// Waits until it is clear whether somebody works on an import: its lease is renewed, or runs out.
    fn refuse_if_alive(&self, first: &Job) -> Outcome {
        while let Some((job, is_worked_on)) = import::look(&self.context, first.id)? {
            if job.is_finished() || (is_worked_on && job.is_renewed_since(first)) {
                return Err(refused_as_twice(&job));
            }
            if !is_worked_on {
                break;
            }
            std::thread::park_timeout(LOOK_AGAIN);
        }
        Ok(())
    }

    /// Looks at every row and says what is found.
    fn look(&self) -> Result<Survey, Failure> {
        let progress = Progress::new();
        let show = &mut |rows| progress.show("Checked", rows as i64);
        let looked = import::survey(&self.context.db, &self.order, show);
        progress.end();
        let survey = looked.map_err(|error| refused(&self.file.file, error))?;
        report(&self.order, &survey)?;
        verdict(&survey, self.file.make_statuses)?;
        Ok(survey)
    }

    /// Looks at every row, and puts the file into the database; nothing if there is nothing to do.
    fn prepare(&self, run: &Run, new: &NewJob, digest: &str) -> Result<Option<Survey>, Failure> {
        let survey = self.look()?;
        if survey.changes_nothing() {
            say("Everything was so already.")?;
            return Ok(None);
        }
        // One of the same file that ended after this command was given was the same import.
        if let Some(job) = import::ended_since(&self.context, new, self.begun)? {
            return Err(refused_as_twice(&job));
        }
        let refused = |error| refused(&self.file.file, error);
        run.send(&self.file.file, 0, digest).map_err(refused)?;
        let missing = import::to_make(&survey.statuses);
        run.begin(&missing, survey.rows).map_err(refused)?;
        made(&missing, "was made")?;
        Ok(Some(survey))
    }

    fn apply(&self, run: &Run) -> Result<Job, Failure> {
        let progress = Progress::new();
        let finished = run.finish(&|rows| progress.show("Imported", rows))?;
        progress.end();
        match finished {
            Some(job) => Ok(job),
            // Another process has taken it over.
            None => self.wait_for(run.id),
        }
    }

    fn outcome(&self, job: &Job, expected: Option<Counts>) -> Outcome {
        outcome(job, expected, &import::left_out(&self.context, job.id)?)
    }

    fn wait_for(&self, id: i64) -> Result<Job, Failure> {
        loop {
            match import::look(&self.context, id)? {
                Some((job, _)) if job.is_finished() => return Ok(job),
                Some((_, false)) => {
                    if let Some((run, _)) = Run::take_over(&self.context, id)?
                        && let Some(job) = run.finish(&|_| ())?
                    {
                        return Ok(job);
                    }
                }
                Some(_) => {}
                None => return Err(Error::NotFound.into()),
            }
            std::thread::park_timeout(LOOK_AGAIN);
        }
    }
}

/// What became of each status that did not exist.
fn made(names: &[String], verb: &str) -> Outcome {
    names
        .iter()
        .try_for_each(|name| say(format_args!("The status “{}” {verb}.", plain(name))))
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

    fn show(&self, verb: &str, rows: i64) {
        if self.is_shown {
            let rows = Lang::En.number(rows);
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
