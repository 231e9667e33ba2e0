//! The command line and the environment, parsed into one [`Config`]. Unknown variables are refused.

mod import_arguments;
mod public_url;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Arg, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::clock::{Clock, Zone};
use crate::db::{DatabaseUrl, StartError};
use crate::digest::PasswordCost;
use crate::i18n::Lang;

pub use import_arguments::{ImportArguments, ReadArguments};
pub use public_url::{PublicUrl, host_of};

/// The statuses a lead moves through: an admin web app with a REST API.
#[derive(Debug, Parser)]
#[command(name = "lead-statuses", version)]
pub struct CommandLine {
    #[command(flatten)]
    pub options: Options,
    /// Fill an empty database with demo data and print how to sign in.
    #[arg(long)]
    pub demo: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command; each is also an environment variable.
#[derive(Debug, Args)]
pub struct Options {
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "DATABASE_URL",
        global = true,
        default_value = "sqlite://data/lead-statuses.db",
        hide_env_values = true
    )]
    pub database_url: DatabaseUrl,
    /// Address and port; port 0 picks a free one and prints it.
    #[arg(long, env = "LS_BIND", global = true, default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// Folder of the signing key, the unpacked assets and files that are being imported.
    #[arg(long, env = "LS_DATA_DIR", global = true, default_value = "data")]
    pub data_dir: PathBuf,
    /// The address people use, for absolute links and the Host check; https:// turns on Secure cookies and HSTS.
    #[arg(long, env = "LS_PUBLIC_URL", global = true)]
    pub public_url: Option<PublicUrl>,
    /// Proxies whose forwarded headers are trusted, separated by commas.
    #[arg(long, env = "LS_TRUSTED_PROXIES", global = true, value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// What to log: a `tracing` filter, such as info or debug.
    #[arg(long, env = "LS_LOG", global = true, default_value = "info")]
    pub log: String,
    /// Text for people or JSON for machines.
    #[arg(long, env = "LS_LOG_FORMAT", global = true, default_value = "text")]
    pub log_format: LogFormat,
    /// Worker threads; by default the number of cores.
    #[arg(long, env = "LS_WORKERS", global = true, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Time zone of people who have not chosen one, such as Europe/Bucharest.
    #[arg(long, env = "LS_TIME_ZONE", global = true, default_value = "UTC")]
    pub time_zone: Zone,
    /// Seconds to add to the clock, for tests and demos.
    #[arg(
        long,
        env = "LS_CLOCK_OFFSET_SECONDS",
        global = true,
        default_value_t = 0,
        allow_hyphen_values = true
    )]
    pub clock_offset_seconds: i64,
    /// Language of the first statuses and of the demonstration: en or ro; by default that of the system.
    #[arg(long, env = "LS_LANGUAGE", global = true, value_parser = parse_language)]
    pub language: Option<Lang>,
    /// `off` turns rate limits off, for scanners and load tests.
    #[arg(long, env = "LS_RATE_LIMITS", global = true, default_value = "on")]
    pub rate_limits: OnOff,
    /// True if the time zone is an argument: else times in files are in UTC, whatever the environment says.
    #[arg(skip)]
    pub is_zone_typed: bool,
}

fn parse_language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "it is one of en, ro".to_owned())
}

/// The language of the system, if it is one of ours.
fn system_language() -> Option<Lang> {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let mut set = variables.filter_map(|name| std::env::var(name).ok());
    set.find(|tag| !tag.is_empty())
        .and_then(|tag| Lang::from_tag(&tag))
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// A switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    On,
    Off,
}

/// The commands; `serve` is the default.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Update the database, then start the server; the default.
    Serve {
        /// Fill an empty database with demo data and print how to sign in.
        #[arg(long)]
        demo: bool,
    },
    /// Add, list, disable users, or set a password.
    #[command(subcommand)]
    User(UserCommand),
    /// Create API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Import a file, which is checked as a whole before anything is written.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Export to standard output.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Back up the database to FILE; safe while the server runs.
    Backup { file: PathBuf },
    /// Restore a backup; stop the server first.
    Restore { file: PathBuf },
    /// Update the database to the newest schema.
    Migrate,
    /// Check all data against every rule.
    Check,
    /// List the routes.
    Routes {
        /// As JSON: method, path, permission.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// Add a user; the password is read from standard input.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_parser = ["admin", "manager", "rep", "viewer"])]
        role: String,
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// List users with their roles.
    List,
    /// Disable a user, and end all sessions.
    Disable { email: String },
    /// Set a password; it is read from standard input.
    Password {
        email: String,
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum TokenCommand {
    /// Create a token and print it once, alone on the last line.
    Add {
        /// E-mail address of the user the token acts for.
        #[arg(long)]
        owner: String,
        #[arg(long)]
        name: String,
        /// read, write, delete, separated by commas.
        #[arg(long, value_delimiter = ',', required = true, value_parser = ["read", "write", "delete"])]
        scopes: Vec<String>,
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
        expires_days: Option<u32>,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Statuses from CSV, JSON or XLSX; matched by slug, else by name.
    Statuses {
        file: PathBuf,
        /// Preview the changes without making them.
        #[arg(long)]
        dry_run: bool,
        /// Map a column with COLUMN=FIELD.
        #[arg(long)]
        map: Vec<String>,
        #[command(flatten)]
        read: ReadArguments,
    },
    /// Leads from CSV, JSON or XLSX; matched by external_ref, or with --match by e-mail address.
    Leads(Box<ImportArguments>),
    /// Status history, one row per status that a lead entered; matched by external_ref.
    Visits(Box<ImportArguments>),
}

#[derive(Debug, Clone, Subcommand)]
pub enum ExportCommand {
    /// All active statuses, in pipeline order.
    Statuses {
        #[arg(long, default_value = "csv")]
        format: String,
    },
    /// All leads that are not in the bin.
    Leads {
        #[arg(long, default_value = "csv")]
        format: String,
    },
    /// Status history, one row per status that a lead entered; undone moves have voided_at.
    Visits {
        #[arg(long, default_value = "csv")]
        format: String,
    },
}

/// The settings of the server and of the commands.
#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: DatabaseUrl,
    pub bind: SocketAddr,
    pub data_dir: PathBuf,
    pub public_url: Option<PublicUrl>,
    pub trusted_proxies: Vec<IpAddr>,
    pub workers: usize,
    pub clock: Clock,
    pub time_zone: Zone,
    /// Of the first statuses and of the demonstration.
    pub language: Lang,
    pub has_rate_limits: bool,
    /// Not an option: only tests set a lower cost.
    pub password_cost: PasswordCost,
    pub is_demo: bool,
}

/// Refuses a misspelt variable, which would otherwise silently mean its default.
///
/// # Errors
/// Returns an error if the environment holds an `LS_` variable that isn't one of ours.
pub fn refuse_unknown_variables() -> Result<(), StartError> {
    let known = variables();
    let unknown = std::env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .find(|name| is_unknown(name, &known));
    match unknown {
        Some(name) => Err(StartError(format!(
            "The environment variable {name} is not known; the known ones are {}.",
            known.join(", ")
        ))),
        None => Ok(()),
    }
}

/// The variables of the options that start with `LS_`.
fn variables() -> Vec<String> {
    let command = CommandLine::command();
    let variables = command.get_arguments().filter_map(Arg::get_env);
    let variables = variables.map(|name| name.to_string_lossy().into_owned());
    variables.filter(|name| name.starts_with("LS_")).collect()
}

/// True for an unknown variable with our prefix; two that have it belong to the command `ls`.
fn is_unknown(name: &str, known: &[String]) -> bool {
    name.starts_with("LS_")
        && !known.iter().any(|known| known == name)
        && !["LS_COLORS", "LS_OPTIONS"].contains(&name)
}

impl CommandLine {
    /// The settings that these options make.
    pub fn config(&self) -> Config {
        let options = &self.options;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Config {
            database_url: options.database_url.clone(),
            bind: options.bind,
            data_dir: options.data_dir.clone(),
            public_url: options.public_url.clone(),
            trusted_proxies: options.trusted_proxies.clone(),
            workers: options.workers.map_or(cores, usize::from),
            clock: Clock::shifted(options.clock_offset_seconds),
            time_zone: options.time_zone,
            language: options
                .language
                .or_else(system_language)
                .unwrap_or_default(),
            has_rate_limits: options.rate_limits == OnOff::On,
            password_cost: PasswordCost::RECOMMENDED,
            is_demo: self.demo || matches!(self.command, Some(Command::Serve { demo: true })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn a_misspelt_variable_is_unknown_but_those_of_ls_are_not_ours() {
        let known = variables();
        assert!(is_unknown("LS_BNID", &known));
        for fine in ["LS_BIND", "LS_COLORS", "LS_OPTIONS", "PATH"] {
            assert!(!is_unknown(fine, &known), "{fine}");
        }
    }

    #[test]
    fn only_two_databases_are_known() {
        for bad in [
            "mysql://x/y",
            "sqlite://",
            "sqlite://:memory:",
            "data.db",
            "",
        ] {
            assert!(bad.parse::<DatabaseUrl>().is_err(), "{bad}");
        }
    }
}
