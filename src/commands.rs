//! The commands of the program. The exit status is 0 after success, 1 if the command was refused or failed, 2 if it could
//! not start or was used wrongly; each failure prints one sentence on stderr.

mod check;
mod context;
mod files;
mod lead_options;
mod lead_report;
mod leads;
mod outcome;
mod routes;
mod serve;
mod statuses;
mod terminal;
mod token;
mod usage;
mod user;

use crate::config::{Command, CommandLine, ExportCommand, ImportCommand, refuse_unknown_variables};
use crate::leads::domain::dataset::Dataset;
use crate::log;

use outcome::{Failure, Outcome};

pub use usage::parse;

/// Runs the command and returns the exit status.
pub fn run(line: &CommandLine) -> u8 {
    let (status, sentence) = match start(line) {
        Ok(()) => return 0,
        Err(Failure::Refused(sentence)) => (1, sentence),
        Err(Failure::Start(sentence)) => (2, sentence),
    };
    terminal::print_error(&sentence);
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
        ImportCommand::Statuses {
            file,
            dry_run,
            map,
            read,
        } => statuses::import(line, &file, dry_run, &map, &read).await,
        ImportCommand::Leads(file) => leads::import(line, Dataset::Leads, *file).await,
        ImportCommand::Visits(file) => leads::import(line, Dataset::Visits, *file).await,
    }
}

async fn export(line: &CommandLine, command: ExportCommand) -> Outcome {
    match command {
        ExportCommand::Statuses { format } => statuses::export(line, &format).await,
        ExportCommand::Leads { format } => leads::export(line, Dataset::Leads, &format).await,
        ExportCommand::Visits { format } => leads::export(line, Dataset::Visits, &format).await,
    }
}
