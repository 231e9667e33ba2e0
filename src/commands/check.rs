use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::config::CommandLine;
use crate::db::{Conn, Db, ServeLock};
use crate::error::Result;
use crate::{db, leads, statuses};

/// `check`: every rule that doesn't hold, one line each. It changes nothing, not even the schema.
///
/// # Errors
/// Returns [`Failure::Start`] if there is no database that can be judged; [`Failure::Refused`] if something is wrong with it.
pub fn run(line: &CommandLine) -> Outcome {
    let url = line.config().database_url;
    // Before anything is opened for writing, which would change the file.
    db::inspect_existing(&url)?;
    let _lock = ServeLock::shared(&url)?;
    let (found, [statuses, leads]) = Db::open(&url, 1)?.read_blocking(look)?;
    for fault in &found {
        say(fault)?;
    }
    match found.len() {
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

/// What is wrong, and how many statuses and leads there are.
fn look(conn: &mut Conn) -> Result<(Vec<String>, [i64; 2])> {
    let mut found = db::faults(conn)?;
    // Rows that can't be trusted can't be judged.
    if !found.is_empty() {
        return Ok((found, [0, 0]));
    }
    found.extend(statuses::faults(conn)?);
    found.extend(leads::faults(conn)?);
    Ok((found, [statuses::count_all(conn)?, leads::count_all(conn)?]))
}
