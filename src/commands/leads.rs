//! The commands `import leads`, `import visits`, `export leads` and `export visits`.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::{Timestamp, Zone};
use crate::commands::context::CommandContext;
use crate::commands::lead_options::{options, status_words};
use crate::commands::lead_report::{outcome, report, verdict, worker_text};
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::commands::terminal::{in_english, parse_format, unwritable, without_control};
use crate::config::{CommandLine, ImportArguments};
use crate::error::Error;
use crate::files::ReadOptions;
use crate::i18n::{Lang, Message};
use crate::leads::actions::export::request::{Export, ExportError};
use crate::leads::actions::import::cells::{open_source, read_titles};
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::dry_run::{DryRun, dry_run};
use crate::leads::actions::import::file_parts::ImportFile;
use crate::leads::actions::import::guesses;
use crate::leads::actions::import::guesses::DateSurveys;
use crate::leads::actions::import::job::new_job;
use crate::leads::actions::import::missing_statuses::statuses_to_create;
use crate::leads::actions::import::request::{ImportRequest, parse_override};
use crate::leads::actions::import::resume;
use crate::leads::actions::import::run::JobRun;
use crate::leads::domain::cell_date::parse_date;
use crate::leads::domain::dataset::{Dataset, ExportScope};
use crate::leads::domain::import_job::{ImportCounts, Job, NewJob};
use crate::money::Currency;
use crate::records::mapping::{ColumnChoice, Mapping};
use crate::statuses::StatusLookup;

/// How often the progress of another process is read.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// `import leads FILE` and `import visits FILE`: checks every row, then applies all rows or none.
///
/// # Errors
/// Returns [`Failure::Start`] for an invalid mapping or currency; [`Failure::Refused`] if the file or a line is refused, or
/// lines were skipped.
pub async fn import(line: &CommandLine, dataset: Dataset, file: ImportArguments) -> Outcome {
    let started_at = Instant::now();
    let currency = file.currency.as_deref().map(Currency::parse).transpose();
    let currency = currency.map_err(|message| Failure::Start(in_english(&message)))?;
    let config = line.config();
    let zone = match line.options.is_zone_typed {
        true => config.time_zone,
        false => Zone::UTC,
    };
    let now = config.clock.now();
    let (mut request, surveys) = parse_request(dataset, &file, currency, (now, zone))?;
    let cli = CommandContext::open(line).await?;
    let words = cli.db.read_blocking(|conn| {
        request.unify_system(conn)?;
        Ok(status_words(&StatusLookup::load(conn)?, &file.status))
    })?;
    request.options.status_words = words.map_err(|message| Failure::Start(in_english(&message)))?;
    let context = JobContext::for_command(cli.db.clone(), config.clock, &config.data_dir);
    let command = LeadImport {
        context,
        actor: Actor {
            channel: Channel::Import,
            ..cli.actor.clone()
        },
        request,
        surveys,
        file,
        started_at,
    };
    let result = actix_web::rt::task::spawn_blocking(move || command.run()).await;
    cli.close().await;
    result.map_err(Error::internal)?
}

fn parse_request(
    dataset: Dataset,
    file: &ImportArguments,
    currency: Option<Currency>,
    (now, zone): (Timestamp, Zone),
) -> Result<(ImportRequest, DateSurveys), Failure> {
    let (path, fields) = (&file.file, dataset.field_set());
    let name = path.to_string_lossy();
    let refused = |error| refused(path, error);
    let usage = |message: Message| Failure::Start(in_english(&message));
    if file.keep_other_columns && fields.extra.is_none() {
        return Err(usage(Message::new("lead-import-keep-visits")));
    }
    let read = ReadOptions::parse(|name| file.read.text(name)).map_err(usage)?;
    let source = open_source(dataset, path, 0, &name, &read).map_err(refused)?;
    let titles = read_titles(&source).map_err(refused)?;
    let choices = ColumnChoice::parse_all(fields, &file.map).map_err(usage)?;
    let mapping = Mapping::parse(fields, &titles, source.hidden_columns(), &choices);
    let mapping = mapping.map(|mapping| match file.keep_other_columns {
        true => mapping.with_extra_columns(fields, source.hidden_columns()),
        false => mapping,
    });
    let mapping = mapping.map_err(|message| refused(Error::Unreadable(message)))?;
    let override_reason = parse_override(file.override_reason.as_deref().unwrap_or_default());
    let override_reason = override_reason.map_err(usage)?;
    let made_at = made_at(file, zone, now).map_err(usage)?;
    let mut request = ImportRequest {
        dataset,
        source,
        options: options(dataset, file, zone, &mapping).map_err(usage)?,
        mapping,
        currency,
        override_reason,
        now,
        made_at,
    };
    request
        .check()
        .map_err(|message| refused(Error::Unreadable(message)))?;
    let surveys = guesses::guess_options(&mut request).map_err(refused)?;
    Ok((request, surveys))
}

/// When the file was made: the argument of the command, else when the file was changed last.
fn made_at(
    file: &ImportArguments,
    zone: Zone,
    now: Timestamp,
) -> Result<Option<Timestamp>, Message> {
    if let Some(typed) = &file.made_at {
        return parse_date(typed, None, zone, now).map(Some);
    }
    let changed_at = std::fs::metadata(&file.file).and_then(|file| file.modified());
    Ok(changed_at.ok().map(|at| DateTime::<Utc>::from(at).into()))
}

fn refused(path: &Path, error: Error) -> Failure {
    match error {
        Error::Unreadable(message) => {
            Failure::Refused(format!("{}: {}", path.display(), in_english(&message)))
        }
        other => other.into(),
    }
}

/// The job that a command does or has done.
enum ClaimedJob {
    Run(JobRun),
    /// An earlier run of this import was interrupted, and is finished now.
    Finished(Box<Job>),
}

fn duplicate_import(job: &Job) -> Failure {
    let (done, total) = (job.rows_done, job.rows_total);
    let verb = match job.is_finished() {
        true => "has just been imported",
        false => "is already being imported",
    };
    Failure::Refused(format!(
        "This file {verb}, {}: {done} of {total} rows so far. Nothing was started.",
        worker_text(job)
    ))
}

/// An import at the command line.
struct LeadImport {
    context: JobContext,
    actor: Actor,
    request: ImportRequest,
    surveys: DateSurveys,
    file: ImportArguments,
    /// When the command started.
    started_at: Instant,
}

impl LeadImport {
    fn run(&self) -> Outcome {
        if self.file.dry_run {
            let dry_run = self.dry_run()?;
            print_statuses(
                &statuses_to_create(&dry_run.missing_statuses),
                "would be created",
            )?;
            return say("Nothing was changed: this was a dry run.");
        }
        let file = ImportFile::read(self.file.file.clone(), 0);
        let file = file.map_err(|error| refused(&self.file.file, error))?;
        let new = new_job(&self.request, &file.digest);
        let run = match self.start(&new)? {
            ClaimedJob::Run(run) => run,
            ClaimedJob::Finished(job) => return self.outcome(&job, None),
        };
        match self.prepare(&run, &new, &file) {
            Ok(Some(dry_run)) => self.outcome(&self.apply(&run)?, Some(dry_run.counts)),
            Ok(None) => Ok(run.discard()?),
            Err(failure) => {
                run.discard()?;
                Err(failure)
            }
        }
    }

    /// Starts the job of this command, after interrupted jobs are finished.
    fn start(&self, new: &NewJob) -> Result<ClaimedJob, Failure> {
        for job in resume::list_abandoned(&self.context)? {
            let is_this = job.is_same_as(new);
            match self.resume(&job)? {
                Some(job) if is_this => return Ok(ClaimedJob::Finished(Box::new(job))),
                Some(job) => match self.outcome(&job, None) {
                    Err(Failure::Refused(message)) => say(message)?,
                    other => other?,
                },
                None => {}
            }
        }
        loop {
            if let Some(run) = JobRun::start(&self.context, &self.actor, new)? {
                return Ok(ClaimedJob::Run(run));
            }
            let Some(job) = resume::find_running(&self.context, new)? else {
                continue;
            };
            self.refuse_if_running(&job)?;
            if let Some(job) = self.resume(&job)? {
                return Ok(ClaimedJob::Finished(Box::new(job)));
            }
        }
    }

    /// Finishes an interrupted job; nothing if it was deleted.
    fn resume(&self, job: &Job) -> Result<Option<Job>, Failure> {
        let Some((run, job)) = JobRun::take_over(&self.context, job.id)? else {
            return Ok(None);
        };
        if !job.is_ready {
            run.discard()?;
            return Ok(None);
        }
        let (done, total) = (job.rows_done, job.rows_total);
        say(format_args!(
            "The import of “{}” was interrupted after {done} of {total} rows and continues.",
            without_control(&job.filename)
        ))?;
        self.apply(&run).map(Some)
    }

    /// Waits until a job's lease is renewed or expires; refuses the command if it is renewed.
    fn refuse_if_running(&self, first: &Job) -> Outcome {
        while let Some((job, is_worked_on)) = resume::find_job(&self.context, first.id)? {
            if job.is_finished() || (is_worked_on && job.is_renewed_since(first)) {
                return Err(duplicate_import(&job));
            }
            if !is_worked_on {
                break;
            }
            std::thread::park_timeout(POLL_INTERVAL);
        }
        Ok(())
    }

    /// Runs the dry run and prints its report.
    fn dry_run(&self) -> Result<DryRun, Failure> {
        let progress = ProgressLine::new();
        let show = &mut |rows| progress.show("Checked", rows as i64);
        let result = dry_run(&self.context.db, &self.request, show);
        progress.end();
        let dry_run = result.map_err(|error| refused(&self.file.file, error))?;
        for message in guesses::messages(&self.request, &self.surveys) {
            say(without_control(&in_english(&message)))?;
        }
        report(&self.request, &dry_run)?;
        verdict(&dry_run, self.file.make_statuses)?;
        Ok(dry_run)
    }

    /// Runs the dry run and stores the file; nothing if the import would change nothing.
    fn prepare(
        &self,
        run: &JobRun,
        new: &NewJob,
        file: &ImportFile,
    ) -> Result<Option<DryRun>, Failure> {
        let dry_run = self.dry_run()?;
        if dry_run.changes_nothing() {
            say("No changes.")?;
            return Ok(None);
        }
        // A job for the same file that ended after this command started did the same.
        if let Some(job) = resume::find_ended_since(&self.context, new, self.started_at)? {
            return Err(duplicate_import(&job));
        }
        let missing = statuses_to_create(&dry_run.missing_statuses);
        let accepted = run.accept(file, &missing, dry_run.rows);
        accepted.map_err(|error| refused(&self.file.file, error))?;
        print_statuses(&missing, "was created")?;
        Ok(Some(dry_run))
    }

    fn apply(&self, run: &JobRun) -> Result<Job, Failure> {
        let progress = ProgressLine::new();
        let finished = run.finish(&|rows| progress.show("Imported", rows))?;
        progress.end();
        match finished {
            Some(job) => Ok(job),
            // Another process has taken it over.
            None => self.wait_for(run.id),
        }
    }

    fn outcome(&self, job: &Job, expected: Option<ImportCounts>) -> Outcome {
        outcome(job, expected, &resume::list_skipped(&self.context, job.id)?)
    }

    fn wait_for(&self, id: i64) -> Result<Job, Failure> {
        loop {
            match resume::find_job(&self.context, id)? {
                Some((job, _)) if job.is_finished() => return Ok(job),
                Some((_, false)) => {
                    if let Some((run, _)) = JobRun::take_over(&self.context, id)?
                        && let Some(job) = run.finish(&|_| ())?
                    {
                        return Ok(job);
                    }
                }
                Some(_) => {}
                None => return Err(Error::NotFound.into()),
            }
            std::thread::park_timeout(POLL_INTERVAL);
        }
    }
}

/// Prints a line for each created status.
fn print_statuses(names: &[String], verb: &str) -> Outcome {
    names.iter().try_for_each(|name| {
        say(format_args!(
            "The status “{}” {verb}.",
            without_control(name)
        ))
    })
}

/// `export leads` and `export visits`, to stdout.
///
/// # Errors
/// Returns [`Failure::Start`] for an unknown format; [`Failure::Refused`] for one that can't hold so many rows.
pub async fn export(line: &CommandLine, dataset: Dataset, format: &str) -> Outcome {
    let format = parse_format(format)?;
    let context = CommandContext::open(line).await?;
    let export = Export {
        dataset,
        format,
        scope: ExportScope::All,
        has_bom: false,
    };
    let db = context.db.clone();
    let work = move || export.write(&db, &mut stdout().lock());
    let written = actix_web::rt::task::spawn_blocking(work).await;
    context.close().await;
    match written.map_err(Error::internal)? {
        Ok(()) => Ok(()),
        Err(ExportError::Read(error)) => Err(error.into()),
        // A closed pipe is no failure.
        Err(ExportError::Write(cause)) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(ExportError::Write(cause)) => Err(unwritable(cause)),
    }
}

/// A progress line, on a terminal only.
#[derive(Clone, Copy)]
struct ProgressLine {
    is_shown: bool,
}

impl ProgressLine {
    fn new() -> ProgressLine {
        ProgressLine {
            is_shown: stderr().is_terminal(),
        }
    }

    fn show(&self, verb: &str, rows: i64) {
        if self.is_shown {
            let rows = Lang::En.number(rows);
            let _ = write!(stderr().lock(), "\r{verb} {rows} rows");
        }
    }

    /// Clears the line.
    fn end(&self) {
        if self.is_shown {
            let _ = write!(stderr().lock(), "\r\u{1b}[K");
        }
    }
}
