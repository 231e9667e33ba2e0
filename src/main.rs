//! The program: parses the command line and calls the library.

use std::process::ExitCode;

use lead_statuses::{commands, memory};

fn main() -> ExitCode {
    memory::limit_arenas();
    ExitCode::from(match commands::parse() {
        Ok(line) => commands::run(&line),
        Err(status) => status,
    })
}
