//! Parses the command line, and prints what is wrong with it.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, Error};
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches};

use crate::commands::terminal::{READER_TIMEOUT, print_error, try_for};
use crate::config::CommandLine;

/// Parses the command line. Prints what clap says is wrong with it, or the name of the environment variable that an invalid
/// value came from, which clap doesn't name.
///
/// # Errors
/// Returns the exit status, after the error was printed.
pub fn parse() -> Result<CommandLine, u8> {
    read().map_err(|error| match invalid_variable(&error) {
        Some(sentence) => {
            print_error(sentence);
            2
        }
        None => {
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            if error.use_stderr() {
                try_for(READER_TIMEOUT, move || drop(error.print()));
            } else {
                let _ = error.print();
            }
            status
        }
    })
}

fn read() -> Result<CommandLine, Error> {
    let matches = CommandLine::command().try_get_matches()?;
    let mut line = CommandLine::from_arg_matches(&matches)?;
    let source = matches.value_source("time_zone");
    line.options.is_zone_typed = source == Some(ValueSource::CommandLine);
    Ok(line)
}

fn invalid_variable(error: &Error) -> Option<String> {
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let flag = shown.split(' ').next()?.strip_prefix("--")?;
    let was_typed = std::env::args_os().any(|typed| {
        let typed = typed.to_string_lossy();
        let typed = typed.strip_prefix("--").unwrap_or_default();
        typed.split('=').next() == Some(flag)
    });
    let command = CommandLine::command();
    let option = command
        .get_arguments()
        .find(|o| o.get_long() == Some(flag))?;
    let name = option.get_env()?.to_str()?;
    if was_typed || std::env::var_os(name).is_none() {
        return None;
    }
    // The value is not printed: it may hold a password.
    let why = match (error.source(), error.get(ContextKind::ValidValue)) {
        (Some(cause), _) => cause.to_string(),
        (None, Some(ContextValue::Strings(known))) => format!("it is one of {}", known.join(", ")),
        _ => "it has a value that is none".to_owned(),
    };
    let why = why.trim_end_matches('.');
    Some(format!(
        "The environment variable {name} can't be used: {why}."
    ))
}
