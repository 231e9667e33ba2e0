//! The command `routes`.

use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::routes::lines;

/// `routes`: method, path and permission of each, for people or as JSON.
///
/// # Errors
/// Returns an error if they can't be written.
pub fn print(as_json: bool) -> Outcome {
    let lines = lines();
    if as_json {
        let text = serde_json::to_string_pretty(&lines)
            .map_err(|cause| Failure::Refused(cause.to_string()))?;
        return say(text);
    }
    for line in lines {
        say(format_args!(
            "{:<7} {:<45} {}",
            line.method, line.path, line.permission
        ))?;
    }
    Ok(())
}
