//! What is said and read at the terminal. A reader that has gone away is no reason to fail.

use std::fmt::Display;
use std::io::{Read, Write};

use super::Failure;

/// The longest password that is read, with its line break.
const PASSWORD_BYTES: u64 = 8 * 1024;

/// A line on stdout.
pub fn say(line: impl Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A line on stderr.
pub fn complain(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// The password on stdin: all of it but the line break at its end.
///
/// # Errors
/// If it can't be read, or isn't UTF-8.
pub fn read_password() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(PASSWORD_BYTES)
        .read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Refused("The password on stdin is not UTF-8.".into()))?;
    Ok(without_line_break(&text).to_owned())
}

fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_loses_only_its_line_break() {
        assert_eq!(without_line_break(" plum tram \r\n"), " plum tram ");
        assert_eq!(without_line_break("plum"), "plum");
        assert_eq!(without_line_break("plum\n\n"), "plum\n");
    }
}
