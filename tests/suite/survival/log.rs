//! A log that is not read: the server goes on, lines are dropped and counted, and the count is in the log afterwards.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use lead_statuses::db::DatabaseUrl;

use crate::support::{Backend, Browser, DatabaseCopy, Process};

/// A pipe holds 64 KiB and the program some thousand lines more: this is more than both.
const REQUESTS: usize = 8_000;

/// A server that logs every request to a pipe which is not read.
fn server_with_unread_log(dir: &tempfile::TempDir) -> (Process, std::process::ChildStderr) {
    let copy = DatabaseCopy::take(Backend::Sqlite, dir.path()).expect("SQLite");
    assert!(matches!(copy.url, DatabaseUrl::Sqlite(_)));
    Process::serve_unread(&copy.url, dir.path(), &[("LS_LOG", "info")])
}

/// Requests from four clients at once, each of which must be answered 200.
async fn make_requests(base: &str, many: usize) {
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let browser = Browser::new(base);
            tokio::spawn(async move {
                for turn in 0..many / 4 {
                    let path = ["/healthz", "/readyz"][turn % 2];
                    let page = browser.get(path).await;
                    assert_eq!(page.status, 200, "{path}, request {turn}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("every request is answered");
    }
}

/// How many lines were dropped, as the page for Prometheus says.
async fn dropped_lines(base: &str) -> u64 {
    let page = Browser::new(base).get("/metrics").await;
    let text = page.answer.text();
    let mut lines = text.lines();
    let found = lines.find_map(|line| line.strip_prefix("lead_statuses_log_lines_dropped_total "));
    let number = found.unwrap_or_else(|| panic!("no count in {text}"));
    number.parse().expect("a number")
}

async fn assert_stops(program: Process) {
    program.ask_to_stop();
    let waited = tokio::task::spawn_blocking(move || program.ended(Duration::from_secs(10)));
    let status = waited.await.expect("no panic");
    assert_eq!(status.expect("it ends in time").code(), Some(0));
}

#[tokio::test]
async fn an_unread_log_stops_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let (program, _stderr) = server_with_unread_log(&dir);
    make_requests(&program.base, REQUESTS).await;
    assert!(dropped_lines(&program.base).await > 0);
    let health = Browser::new(&program.base).get("/healthz").await;
    assert_eq!(health.answer.text(), "ok\n");
    assert_stops(program).await;
}

#[tokio::test]
async fn a_reader_that_wakes_up_finds_how_many_lines_were_dropped() {
    let dir = tempfile::tempdir().expect("a directory");
    let (program, stderr) = server_with_unread_log(&dir);
    make_requests(&program.base, REQUESTS).await;
    // The line about this request is dropped, too.
    let expected = dropped_lines(&program.base).await + 1;
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let until = Instant::now() + Duration::from_secs(20);
    let mut counts = Vec::new();
    let mut answered = 0;
    while counts.iter().sum::<u64>() < expected {
        let left = until.saturating_duration_since(Instant::now());
        let line = receiver.recv_timeout(left).unwrap_or_else(|_| {
            panic!("{expected} lines were dropped; said {counts:?} after {answered} lines")
        });
        answered += usize::from(line.contains("answered"));
        counts.extend(dropped_count(&line));
    }
    assert_eq!(counts, [expected], "one line says it");
    while answered + (expected as usize) < REQUESTS + 1 {
        let left = until.saturating_duration_since(Instant::now());
        let line = receiver
            .recv_timeout(left)
            .expect("what was kept is written");
        assert_eq!(dropped_count(&line), None, "{line}");
        answered += usize::from(line.contains("answered"));
    }
    make_requests(&program.base, 8).await;
    assert_eq!(
        dropped_lines(&program.base).await,
        expected,
        "nothing since"
    );
    assert_stops(program).await;
    let rest: Vec<String> = receiver.iter().collect();
    assert!(rest.iter().filter(|line| line.contains("answered")).count() >= 8);
}

/// The number in the line that says how many were dropped.
fn dropped_count(line: &str) -> Option<u64> {
    let (_, rest) = line.split_once("lines of the log were dropped")?;
    let (_, number) = rest.split_once("dropped=")?;
    number.trim().parse().ok()
}
