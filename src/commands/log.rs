use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::Failure;
use crate::config::{CommandLine, LogFormat};

/// Sends the log to stderr. If nobody reads it any more, it is lost and the program lives.
///
/// # Errors
/// [`Failure::Start`] if the filter can't be read.
pub fn start(line: &CommandLine) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&line.options.log)
        .map_err(|cause| Failure::Start(format!("LS_LOG is not a filter for the log: {cause}.")))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A file or a collector would keep the escape sequences.
        .with_ansi(std::io::stderr().is_terminal())
        .log_internal_errors(false);
    let begun = match line.options.log_format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log.try_init(),
    };
    begun.map_err(|cause| Failure::Start(format!("The log can't be started: {cause}.")))
}
