//! Shutdown and kills: what is in the database afterwards.

use std::time::Duration;

use super::{RunningServer, create_until_stopped, names};
use crate::support::{ALICE, Backend, Process, ask_again};

#[tokio::test]
async fn every_acknowledged_change_is_there_after_a_kill() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(RunningServer { program, copy, dir }) = RunningServer::start(backend) else {
            continue;
        };
        let token = copy.token(ALICE);
        let tasks: Vec<_> = (0..8)
            .map(|task| tokio::spawn(create_until_stopped(program.api(token), task)))
            .collect();
        let watcher = program.api(token);
        while names(&watcher).await.len() < 60 {
            ask_again().await;
        }
        program.kill();
        let mut acknowledged = Vec::new();
        for task in tasks {
            acknowledged.extend(task.await.expect("an end"));
        }
        assert!(acknowledged.len() > 20, "{}", acknowledged.len());
        let program = Process::serve(&copy.url, dir.path());
        let served = RunningServer { program, copy, dir };
        let found = names(&served.api()).await;
        for name in acknowledged {
            assert!(found.contains(&name), "{backend:?}: {name} is lost");
        }
        served.assert_sound();
    }
}

#[tokio::test]
async fn a_server_that_stops_finishes_its_requests() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(RunningServer { program, copy, dir }) = RunningServer::start(backend) else {
            continue;
        };
        let token = copy.token(ALICE);
        let tasks: Vec<_> = (0..4)
            .map(|task| tokio::spawn(create_until_stopped(program.api(token), task)))
            .collect();
        let watcher = program.api(token);
        while names(&watcher).await.len() < 20 {
            ask_again().await;
        }
        program.ask_to_stop();
        let waited = tokio::task::spawn_blocking(move || program.ended(Duration::from_secs(12)));
        let status = waited
            .await
            .expect("no panic")
            .expect("it ends within ten seconds");
        assert_eq!(status.code(), Some(0), "{backend:?}");
        let log = dir.path().join("lead-statuses.db-wal");
        let is_folded = std::fs::metadata(log).map_or(true, |log| log.len() == 0);
        assert!(is_folded, "the log is folded into the file");
        let mut acknowledged = Vec::new();
        for task in tasks {
            acknowledged.extend(task.await.expect("an end"));
        }
        let program = Process::serve(&copy.url, dir.path());
        let served = RunningServer { program, copy, dir };
        let found = names(&served.api()).await;
        assert!(
            acknowledged.iter().all(|name| found.contains(name)),
            "{backend:?}: something is lost"
        );
        served.assert_sound();
    }
}

#[tokio::test]
async fn two_processes_serve_one_database() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(served) = RunningServer::start(backend) else {
            continue;
        };
        let second = Process::serve(&served.copy.url, served.dir.path());
        let token = served.copy.token(ALICE);
        let apis = [served.api(), second.api(token)];
        let tasks: Vec<_> = (0..6)
            .map(|task| {
                let api = apis[task % 2].clone();
                tokio::spawn(async move {
                    for turn in 0..8 {
                        api.create_status(&format!("Both {task} {turn}")).await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("every write is taken");
        }
        let (here, there) = (names(&apis[0]).await, names(&apis[1]).await);
        assert_eq!((here.len(), &here), (54, &there), "{backend:?}");
        served.assert_sound();
    }
}

#[tokio::test]
async fn a_backup_under_load_holds_what_was_acknowledged_before() {
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite");
    let task = tokio::spawn(create_until_stopped(served.api(), 0));
    while names(&served.api()).await.len() < 20 {
        ask_again().await;
    }
    let before = names(&served.api()).await;
    let file = served.dir.path().join("backup.db");
    let file = file.to_str().expect("UTF-8");
    let done = crate::support::program(&served.copy.url, served.dir.path(), &["backup", file], "");
    assert!(done.status.success());
    let RunningServer { program, copy, dir } = served;
    program.kill();
    task.await.expect("an end");
    let done = crate::support::program(&copy.url, dir.path(), &["restore", file], "");
    assert!(
        done.status.success(),
        "over a stale log: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    let program = Process::serve(&copy.url, dir.path());
    let served = RunningServer { program, copy, dir };
    let found = names(&served.api()).await;
    assert!(before.iter().all(|name| found.contains(name)));
    served.assert_sound();
}
