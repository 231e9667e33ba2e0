//! The program: parses the command line and calls the library.

use std::process::ExitCode;

use clap::Parser;
use lead_statuses::commands;
use lead_statuses::config::CommandLine;

fn main() -> ExitCode {
    ExitCode::from(commands::run(&CommandLine::parse()))
}
