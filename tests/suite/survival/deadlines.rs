//! Writes that take longer than their deadline: the outcome of one that began is unknown, the others never happen.

use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use lead_statuses::db::Conn;
use serde_json::json;

use super::RunningServer;
use crate::support::{ALICE, Answer, Api, Backend, TestApp};

async fn make(api: &Api, name: &str, key: &str) -> Answer {
    let body = json!({"name": name, "color": "#2a80e2", "kind": "open"});
    let request = api
        .request(reqwest::Method::POST, "lead_statuses")
        .json(&body);
    api.send(request.header("idempotency-key", key)).await
}

/// Makes the disk of a process slow, until it is dropped. `None` where that isn't possible.
struct SlowDisk(Child);

impl SlowDisk {
    fn attach(process: &str) -> Option<SlowDisk> {
        let slow = "inject=fsync,fdatasync:delay_enter=11000000";
        let mut child = Command::new("strace")
            .args([
                "-f",
                "-o",
                "/dev/null",
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                slow,
            ])
            .args(["-p", process])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        // It prints a line once it is attached.
        let mut output = std::io::BufReader::new(child.stderr.take()?);
        let mut line = String::new();
        std::io::BufRead::read_line(&mut output, &mut line).ok()?;
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        line.contains("attached").then_some(SlowDisk(child))
    }
}

impl Drop for SlowDisk {
    fn drop(&mut self) {
        let id = self.0.id().to_string();
        let _ = Command::new("kill").args(["-INT", &id]).status();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_commit_on_a_slow_disk_is_reported_as_unknown_and_by_its_key() {
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite");
    let api = served.api();
    // The use of the token is noted, and the log folded in, before the disk is slow.
    assert_eq!(make(&api, "Before", "before").await.status, 201);
    let Some(slow) = SlowDisk::attach(&served.program.id()) else {
        eprintln!("strace is missing: a slow disk is left out.");
        return;
    };
    let begun = Instant::now();
    let unknown = make(&api, "Slow", "slow").await;
    assert_eq!(unknown.status, 504, "{}", unknown.text());
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    let message = unknown.json()["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(message.contains("Check whether"), "{message}");
    drop(slow);
    let known = make(&api, "Slow", "slow").await;
    assert_eq!(known.status, 201, "{}", known.text());
    assert_eq!(known.json()["record_id"], api.status("Slow").await["id"]);
    served.assert_sound();
}

#[tokio::test]
async fn a_write_that_has_not_begun_in_time_never_happens() {
    let app = TestApp::sqlite().await;
    let api = app.api(ALICE);
    let ((started, has_started), (free, wait)) = (channel(), channel::<()>());
    let wait = Mutex::new(wait);
    let db = app.db.clone();
    let holding = tokio::spawn(async move {
        let hold = move |_: &mut Conn| {
            let _ = started.send(());
            let _ = wait.lock().expect("no panic").recv();
            Ok(())
        };
        db.write(hold).await
    });
    let started = tokio::task::spawn_blocking(move || has_started.recv());
    started.await.expect("no panic").expect("it holds");
    let start = Instant::now();
    let refused = make(&api, "Never", "never").await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    assert!(
        refused.json()["message"]
            .to_string()
            .contains("Nothing was changed")
    );
    free.send(()).expect("it waits");
    let held = holding.await.expect("no panic");
    assert!(held.is_ok() || matches!(held, Err(lead_statuses::error::Error::OutcomeUnknown(_))));
    assert_eq!(make(&api, "Afterwards", "after").await.status, 201);
    let names = super::names(&api).await;
    assert!(!names.contains(&"Never".to_owned()), "{names:?}");
    assert_eq!(
        make(&api, "Never", "never").await.status,
        201,
        "its key is free"
    );
}
