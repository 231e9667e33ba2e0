//! What the program does when asked at the command line. Exit status 0 is done, 1 refused or failed, 2 wrong
//! usage or a start that can't be; each failure says one sentence on stderr.

mod check;
mod files;
mod lead_report;
mod leads;
mod routes;
mod serve;
mod statuses;
mod terminal;
mod token;
mod usage;
mod user;

use crate::app::open_off_the_loop;
use crate::audit::Actor;
use crate::config::{Command, CommandLine, ExportCommand, ImportCommand, refuse_unknown_variables};
use crate::db::{Db, ServeLock, StartError};
use crate::error::Error;
use crate::i18n::Lang;
use crate::leads::domain::dataset::Dataset;
use crate::log;

pub use usage::parse;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The configuration or the database makes it impossible: exit status 2.
    Start(String),
    /// It was refused, or failed on the way: exit status 1.
    Refused(String),
}

impl From<StartError> for Failure {
    fn from(StartError(sentence): StartError) -> Failure {
        Failure::Start(sentence)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Refused(match error {
            Error::Invalid(errors) => {
                let told = errors.iter().map(|(_, message)| message.text(Lang::En));
                told.collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        })
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Refused(error.to_string())
    }
}

/// What a command returns.
pub type Outcome = Result<(), Failure>;

/// Does what the command line asks and answers the exit status.
pub fn run(line: &CommandLine) -> u8 {
    let (status, sentence) = match start(line) {
        Ok(()) => return 0,
        Err(Failure::Refused(sentence)) => (1, sentence),
        Err(Failure::Start(sentence)) => (2, sentence),
    };
    terminal::complain(&sentence);
    status
}

fn start(line: &CommandLine) -> Outcome {
    refuse_unknown_variables()?;
    let options = &line.options;
    let _log = log::start(&options.log, options.log_format).map_err(Failure::Start)?;
    actix_web::rt::System::new().block_on(dispatch(line))
}

async fn dispatch(line: &CommandLine) -> Outcome {
    let config = line.config();
    match line.command.clone() {
        None | Some(Command::Serve { .. }) => serve::serve(line).await,
        Some(Command::User(command)) => user::run(line, command).await,
        Some(Command::Token(command)) => token::run(line, command).await,
        Some(Command::Backup { file }) => files::backup(&config.database_url, &file),
        Some(Command::Restore { file }) => files::restore(&config.database_url, &file),
        Some(Command::Migrate) => files::migrate(&config.database_url),
        Some(Command::Routes { json }) => routes::print(json),
        Some(Command::Import(command)) => import(line, command).await,
        Some(Command::Export(command)) => export(line, command).await,
        Some(Command::Check) => check::run(line),
    }
}

async fn import(line: &CommandLine, command: ImportCommand) -> Outcome {
    match command {
        ImportCommand::Statuses { file, dry_run, map } => {
            statuses::import(line, &file, dry_run, &map).await
        }
        ImportCommand::Leads(file) => leads::import(line, Dataset::Leads, file).await,
        ImportCommand::Visits(file) => leads::import(line, Dataset::Visits, file).await,
    }
}

async fn export(line: &CommandLine, command: ExportCommand) -> Outcome {
    match command {
        ExportCommand::Statuses { format } => statuses::export(line, &format).await,
        ExportCommand::Leads { format } => leads::export(line, Dataset::Leads, &format).await,
        ExportCommand::Visits { format } => leads::export(line, Dataset::Visits, &format).await,
    }
}

/// The database, open for one command.
pub struct Desk {
    pub db: Db,
    /// The author of what is done here.
    pub actor: Actor,
    _lock: ServeLock,
}

impl Desk {
    /// Opens and migrates the database that the command line names.
    ///
    /// # Errors
    /// [`Failure::Start`] if it can't be.
    pub async fn open(line: &CommandLine) -> Result<Desk, Failure> {
        let config = line.config();
        let actor = Actor::program("cli", config.clock.now());
        let (db, lock) = open_off_the_loop(config).await?;
        Ok(Desk {
            db,
            actor,
            _lock: lock,
        })
    }

    /// Closes the database, so that its file is whole without its log.
    pub async fn close(self) {
        self.db.close().await;
    }
}
