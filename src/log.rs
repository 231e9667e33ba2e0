//! The log on stderr, written by a thread of its own. If its reader stalls or is gone, lines are dropped and counted
//! ([`dropped_lines`]) and the program goes on; the log says how many were dropped once it is read again.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{IsTerminal, Stderr, Write, stderr};
use std::mem;
use std::panic;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};
use tracing::Dispatch;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::{Layer, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;

use crate::config::LogFormat;

/// Lines that wait to be written; what comes on top of them is dropped. At 200 bytes each this is less than 1 MiB.
const MAX_WAITING_LINES: usize = 4_096;
/// A line that takes longer than this to be written has met a reader that stalls.
const STALLED: Duration = Duration::from_millis(50);
/// How long the end of the program waits for a reader that stalls.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

/// Counts the lines that the full buffer dropped; empty until the log has begun.
static OVERFLOWED: OnceLock<ErrorCounter> = OnceLock::new();
/// The lines that could not be written.
static UNWRITTEN: AtomicU64 = AtomicU64::new(0);
/// Since when the log's thread has been writing the line it is at.
static WRITING_SINCE: Mutex<Option<Instant>> = Mutex::new(None);
/// Notified when a line is written.
static WRITTEN: Condvar = Condvar::new();

/// How many lines of the log were dropped since the start, because they were not read.
pub fn dropped_lines() -> u64 {
    let overflowed = OVERFLOWED
        .get()
        .map_or(0, |counter| counter.dropped_lines());
    overflowed as u64 + UNWRITTEN.load(Ordering::Relaxed)
}

/// Writes the lines that wait, when dropped: what a reader takes within two seconds.
#[must_use]
pub struct LogGuard(Option<WorkerGuard>);

impl Drop for LogGuard {
    fn drop(&mut self) {
        let is_stalled =
            |writing: &mut Option<Instant>| writing.is_some_and(|since| since.elapsed() >= STALLED);
        let mut writing = WRITING_SINCE.lock();
        let waited = WRITTEN.wait_while_for(&mut writing, is_stalled, EXIT_TIMEOUT);
        drop(writing);
        if waited.timed_out() {
            // With no place left for the message that ends its thread, the guard would print to stdout.
            mem::forget(self.0.take());
        }
    }
}

/// Sends the log, and what panics say, to stderr.
///
/// # Errors
/// Returns a sentence if the filter can't be read or a log has begun before.
pub fn start(filter: &str, format: LogFormat) -> Result<LogGuard, String> {
    let parsed = || {
        EnvFilter::try_new(filter)
            .map_err(|cause| format!("LS_LOG is not a filter for the log: {cause}."))
    };
    let output = Output {
        stderr: stderr(),
        direct: subscriber(parsed()?, format, stderr),
        reported: 0,
    };
    let (lines, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(MAX_WAITING_LINES)
        .thread_name("log")
        .finish(output);
    let _ = OVERFLOWED.set(lines.error_counter());
    tracing::dispatcher::set_global_default(subscriber(parsed()?, format, lines))
        .map_err(|cause| format!("The log can't be started: {cause}."))?;
    panic::set_hook(Box::new(log_panic));
    Ok(LogGuard(Some(guard)))
}

fn subscriber<W>(filter: EnvFilter, format: LogFormat, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let layer = Layer::default()
        .with_writer(writer)
        // A file or a collector would keep the escape sequences.
        .with_ansi(stderr().is_terminal())
        .log_internal_errors(false);
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Json => registry.with(layer.json()).into(),
        LogFormat::Text => registry.with(layer).into(),
    }
}

/// The standard hook would write to stderr itself, and wait for its reader.
fn log_panic(panicked: &panic::PanicHookInfo) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let at = panicked.location().map(ToString::to_string);
    let at = at.unwrap_or_default();
    let said = panicked.payload_as_str().unwrap_or_default();
    let trace = Backtrace::capture();
    match trace.status() {
        BacktraceStatus::Captured => tracing::error!(thread, at, said, %trace, "a thread panicked"),
        _ => tracing::error!(thread, at, said, "a thread panicked"),
    }
}

/// Where the log's thread writes.
struct Output {
    stderr: Stderr,
    /// A log that waits for its reader, for the line that says how many others were dropped.
    direct: Dispatch,
    /// How many dropped lines were reported so far.
    reported: u64,
}

impl Output {
    /// Now that a line was read: says how many were dropped since this was last said.
    fn report(&mut self) {
        let all = dropped_lines();
        let dropped = all.saturating_sub(self.reported);
        if dropped > 0 {
            self.reported = all;
            tracing::dispatcher::with_default(&self.direct, || {
                tracing::warn!(
                    dropped,
                    "lines of the log were dropped, as nobody read them"
                );
            });
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, line: &[u8]) -> std::io::Result<()> {
        *WRITING_SINCE.lock() = Some(Instant::now());
        let written = self.stderr.write_all(line);
        *WRITING_SINCE.lock() = None;
        WRITTEN.notify_all();
        match written {
            Ok(()) => self.report(),
            Err(_) => {
                UNWRITTEN.fetch_add(1, Ordering::Relaxed);
            }
        }
        written
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.stderr.flush()
    }
}
