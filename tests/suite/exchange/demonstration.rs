use lead_statuses::{db, demo, open, statuses};

use crate::support::{Backend, Copy, TestApp};

/// A database as a demonstration fills it; nothing where PostgreSQL is missing.
async fn fill(backend: Backend) -> Option<()> {
    let dir = tempfile::tempdir().expect("a directory");
    let copy = Copy::empty(backend, dir.path())?;
    let app = TestApp::with(backend, |_| {}).await?;
    let mut config = app.config.clone();
    config.database_url = copy.url.clone();
    config.demo = true;
    let (filled, _lock) = tokio::task::spawn_blocking(move || open(&config))
        .await
        .expect("no panic")
        .expect("a start");
    let now = app.clock.now();
    demo::fill(&filled, now).await.expect("a demonstration");
    let (faults, total) = filled
        .read(|conn| {
            let mut faults = db::faults(conn)?;
            faults.extend(statuses::faults(conn)?);
            Ok((faults, statuses::total(conn)?))
        })
        .await
        .expect("an answer");
    assert_eq!((faults, total), (Vec::new(), 11));
    assert!(demo::fill(&filled, now).await.is_err(), "only an empty one");
    assert!(demo::fill(&app.db, now).await.is_err(), "only an empty one");
    filled.close().await;
    Some(())
}

#[tokio::test]
async fn a_demonstration_keeps_every_rule() {
    fill(Backend::Sqlite).await.expect("SQLite is built in");
}

#[tokio::test]
async fn a_demonstration_keeps_every_rule_on_postgres() {
    let _ = fill(Backend::Postgres).await;
}
