//! Faults of disk and database: the server reports them, keeps reading, and recovers by itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use lead_statuses::db::DatabaseUrl;
use serde_json::json;

use super::RunningServer;
use crate::support::{ALICE, Answer, Api, Backend, Cluster, TestApp, open_sqlite};

async fn create_status(api: &Api, name: &str) -> Answer {
    api.post(
        "lead_statuses",
        json!({"name": name, "color": "#2a80e2", "kind": "open", "definition": "x".repeat(1500)}),
    )
    .await
}

fn assert_busy(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 503, "{what}: {}", answer.text());
    assert!(!answer.header("retry-after").is_empty(), "{what}");
    assert!(
        answer.json()["message"]
            .as_str()
            .is_some_and(|text| text.len() > 20),
        "{what}"
    );
}

#[tokio::test]
async fn a_locked_database_is_read_and_heals() {
    let app = TestApp::sqlite().await;
    let (api, browser) = (app.api(ALICE), app.signed_in(ALICE).await);
    let DatabaseUrl::Sqlite(path) = &app.config.database_url else {
        unreachable!()
    };
    let mut other = open_sqlite(path);
    other.batch_execute("BEGIN EXCLUSIVE").expect("a lock");
    let start = Instant::now();
    let refused = create_status(&api, "While locked").await;
    assert_busy(&refused, "locked");
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(api.get("lead_statuses").await.status, 200, "reads go on");
    assert_eq!(browser.get("/admin/leads/statuses").await.status, 200);
    other.batch_execute("ROLLBACK").expect("the end of it");
    assert_eq!(create_status(&api, "Afterwards").await.status, 201);
    let names: Vec<String> = api
        .statuses()
        .await
        .iter()
        .map(|one| one["name"].to_string())
        .collect();
    assert!(
        !names.contains(&"\"While locked\"".to_owned()),
        "never a false success"
    );
}

#[tokio::test]
async fn a_full_disk_is_reported_and_heals() {
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite");
    let api = served.api();
    assert_eq!(create_status(&api, "Before").await.status, 201);
    if !served.program.limit_files(Some(4096)) {
        eprintln!("prlimit is missing: a full disk is left out.");
        return;
    }
    let mut refused = None;
    for turn in 0..200 {
        let answer = create_status(&api, &format!("Full {turn}")).await;
        if answer.status != 201 {
            refused = Some(answer);
            break;
        }
    }
    assert_busy(&refused.expect("no space left"), "full");
    assert_eq!(api.get("lead_statuses").await.status, 200, "reads go on");
    assert!(served.program.limit_files(None));
    let begun = Instant::now();
    while create_status(&api, "Room again").await.status != 201 {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not heal");
    }
    served.assert_sound();
}

#[tokio::test]
async fn a_database_server_that_went_away_is_found_again() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let (api, cluster) = (app.api(ALICE), Cluster::get().expect("it was just used"));
    let DatabaseUrl::Postgres(url) = &app.config.database_url else {
        unreachable!()
    };
    let name = url.split(['/', '?']).nth(3).expect("a name");
    for round in 0..3 {
        cluster.execute(&format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        ));
        let start = Instant::now();
        while api.get("lead_statuses").await.status != 200 {
            assert!(
                start.elapsed() < Duration::from_secs(2),
                "it does not read again"
            );
        }
        while create_status(&api, &format!("Round {round}")).await.status != 201 {
            assert!(
                start.elapsed() < Duration::from_secs(2),
                "it does not write again"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_blocks_no_other_request() {
    let app = TestApp::sqlite().await;
    let address = app.base.trim_start_matches("http://").to_owned();
    let token = app.token(ALICE).to_owned();
    let slow: Vec<_> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).expect("a connection");
            let head = format!("POST /api/lead_statuses HTTP/1.1\r\nHost: 127.0.0.1\r\nauthtoken: {token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{");
            stream.write_all(head.as_bytes()).expect("it listens");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(app.api(ALICE).get("lead_statuses").await.status, 200);
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "others wait {:?}",
        start.elapsed()
    );
    let answers = tokio::task::spawn_blocking(move || {
        let read = |mut stream: TcpStream| {
            stream
                .set_read_timeout(Some(Duration::from_secs(20)))
                .expect("a socket");
            let mut answer = [0; 12];
            stream
                .read_exact(&mut answer)
                .expect("an answer within 15 seconds");
            String::from_utf8_lossy(&answer).into_owned()
        };
        slow.into_iter().map(read).collect::<Vec<_>>()
    });
    let answers = answers.await.expect("no panic");
    assert!(
        answers.iter().all(|answer| answer == "HTTP/1.1 408"),
        "{answers:?}"
    );
}
