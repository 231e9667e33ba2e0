//! The command `check`.

use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::config::CommandLine;
use crate::db::{Conn, Db, ServeLock};
use crate::error::Result;
use crate::{db, leads, statuses};

/// `check`: prints a line for each rule that is violated. It changes nothing, not even the schema.
///
/// # Errors
/// Returns [`Failure::Start`] if there is no database that can be checked; [`Failure::Refused`] if it has a fault.
pub fn run(line: &CommandLine) -> Outcome {
    let url = line.config().database_url;
    // Before anything is opened for writing, which would change the file.
    db::inspect_existing(&url)?;
    let _lock = ServeLock::shared(&url)?;
    let (faults, [statuses, leads]) = Db::open(&url, 1)?.read_blocking(find_faults)?;
    for fault in &faults {
        say(fault)?;
    }
    match faults.len() {
        0 => say(format_args!(
            "Every rule holds over {} and {}.",
            counted(statuses, "status", "statuses"),
            counted(leads, "lead", "leads")
        )),
        1 => Err(Failure::Refused("1 rule does not hold.".into())),
        count => Err(Failure::Refused(format!("{count} rules do not hold."))),
    }
}

fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The faults, and how many statuses and leads there are.
fn find_faults(conn: &mut Conn) -> Result<(Vec<String>, [i64; 2])> {
    let mut faults = db::faults(conn)?;
    // In a damaged database, the rules of statuses and leads can't be checked.
    if !faults.is_empty() {
        return Ok((faults, [0, 0]));
    }
    faults.extend(statuses::faults(conn)?);
    faults.extend(leads::faults(conn)?);
    Ok((
        faults,
        [statuses::count_all(conn)?, leads::count_all(conn)?],
    ))
}
