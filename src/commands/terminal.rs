//! Output to and input from the terminal. Output that the reader no longer wants is not an error.

use std::fmt::Display;
use std::io::{ErrorKind, Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use crate::commands::outcome::{Failure, Outcome};
use crate::files::Format;
use crate::i18n::{Lang, Message};

/// The longest password that is read, with its line break.
const PASSWORD_BYTES: u64 = 8 * 1024;

/// Prints a line on stdout.
///
/// # Errors
/// Returns an error if it can't be written, unless the reader is gone.
pub fn say(line: impl Display) -> Outcome {
    write_out(format!("{line}\n").as_bytes())
}

/// How long the program waits for the reader of a line that is not its main output.
pub const READER_TIMEOUT: Duration = Duration::from_secs(1);

/// Prints a line on stdout; the program goes on if it can't be written.
pub fn try_to_say(line: impl Display) {
    let line = line.to_string();
    try_for(READER_TIMEOUT, move || drop(say(line)));
}

/// Writes in another thread and waits for at most `timeout`, since a reader that stalls would block the program.
pub fn try_for(timeout: Duration, write: impl FnOnce() + Send + 'static) {
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        write();
        let _ = sender.send(());
    };
    if std::thread::Builder::new().spawn(work).is_ok() {
        let _ = receiver.recv_timeout(timeout);
    }
}

/// Prints bytes on stdout.
///
/// # Errors
/// Returns an error if they can't be written, unless the reader is gone.
pub fn write_out(bytes: &[u8]) -> Outcome {
    write_to(&mut std::io::stdout().lock(), bytes)
}

fn write_to(out: &mut impl Write, bytes: &[u8]) -> Outcome {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // The reader has closed the pipe, which is not an error.
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(unwritable(cause)),
        _ => Ok(()),
    }
}

/// The failure to write to stdout.
pub fn unwritable(cause: std::io::Error) -> Failure {
    Failure::Refused(format!("The output can't be written: {cause}."))
}

/// The failure of an import with invalid lines.
pub fn refused_lines(count: usize) -> Failure {
    let errors = match count {
        1 => "1 line has an error".to_owned(),
        count => format!("{count} lines have errors"),
    };
    Failure::Refused(format!("{errors}. Nothing was imported."))
}

/// A message as a sentence.
pub fn in_english(message: &Message) -> String {
    let text = message.text(Lang::En);
    match text.ends_with(['.', '!', '?']) {
        true => text,
        false => format!("{text}."),
    }
}

/// A text from a file, without control characters.
pub fn without_control(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// The format of an export.
///
/// # Errors
/// Returns [`Failure::Start`] for an unknown one.
pub fn parse_format(word: &str) -> Result<Format, Failure> {
    word.parse()
        .map_err(|message: Message| Failure::Start(in_english(&message)))
}

/// The word for a row in files of a format.
pub fn noun_of_rows(format: Format) -> &'static str {
    match format {
        Format::Json => "entry",
        Format::Csv | Format::Xlsx => "line",
    }
}

/// Prints a line on stderr; the program goes on if it can't be written.
pub fn print_error(line: impl Display) {
    let line = line.to_string();
    try_for(READER_TIMEOUT, move || {
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    });
}

/// The password on stdin: all of it but the line break at its end.
///
/// # Errors
/// Returns an error if it can't be read, or isn't UTF-8.
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

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_a_failure_and_a_reader_that_left_is_none() {
        assert!(write_to(&mut Broken(ErrorKind::BrokenPipe), b"a").is_ok());
        let full = write_to(&mut Broken(ErrorKind::StorageFull), b"a");
        assert!(matches!(full, Err(Failure::Refused(text)) if text.starts_with("The output")));
    }

    #[test]
    fn a_password_loses_only_its_line_break() {
        assert_eq!(without_line_break(" plum tram \r\n"), " plum tram ");
        assert_eq!(without_line_break("plum"), "plum");
        assert_eq!(without_line_break("plum\n\n"), "plum\n");
    }
}
