//! A database file that is damaged while the server runs: the server logs it once, and stops writing.

use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use lead_statuses::db::DatabaseUrl;

use super::RunningServer;
use crate::status_leads::insert_copies;
use crate::support::{ALICE, Backend, ask_again, execute, query_text};

/// Overwrites the first page of a table and of its indexes; a write before that makes every connection read them anew.
fn damage(url: &DatabaseUrl, table: &str) {
    execute(
        url,
        "update users set name = name; PRAGMA wal_checkpoint(TRUNCATE)",
    );
    let DatabaseUrl::Sqlite(path) = url else {
        unreachable!()
    };
    let roots = format!(
        "select group_concat(rootpage) as value from sqlite_master where tbl_name = '{table}' and rootpage > 0"
    );
    let size: u64 = query_text(
        url,
        "select cast(page_size as text) as value from pragma_page_size",
    )
    .parse()
    .expect("a number");
    let mut file = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("a file");
    for root in query_text(url, &roots).split(',') {
        let root: u64 = root.parse().expect("a page");
        file.seek(SeekFrom::Start((root - 1) * size))
            .expect("a place");
        file.write_all(&vec![0xa5; size as usize]).expect("a page");
    }
    file.sync_all().expect("on the disk");
}

#[tokio::test]
async fn damage_found_by_a_request_is_reported_from_then_on() {
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite");
    let (api, url) = (served.api(), served.copy.url.clone());
    let browser = crate::support::Browser::new(&served.program.base);
    browser.sign_in(ALICE).await;
    super::seed_lead(&url, api.status_id("Qualified").await).await;
    damage(&url, "leads");
    for first in [
        api.get("leads").await.status,
        browser.get("/admin/leads").await.status,
    ] {
        assert_eq!(first, 503);
    }
    assert_eq!(browser.get("/readyz").await.status, 503);
    let met = Instant::now();
    while served.program.log().is_empty() {
        assert!(met.elapsed() < Duration::from_secs(5), "it says nothing");
        ask_again().await;
    }
    assert_eq!(served.program.log().len(), 1, "{:?}", served.program.log());
}

#[tokio::test]
async fn damage_met_while_serving_is_logged_once_and_ends_all_writing() {
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite");
    let (api, url) = (served.api(), served.copy.url.clone());
    let browser = crate::support::Browser::new(&served.program.base);
    browser.sign_in(ALICE).await;
    let old = api.create_status("Old").await;
    let to = api.status_id("Qualified").await;
    super::seed_lead(&url, old).await;
    insert_copies(&url, old, 20_000);
    // Its leads are moving when the damage is met.
    let answer = api
        .delete(&format!("lead_statuses/{old}?replace_with={to}"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(browser.get("/readyz").await.status, 200);
    damage(&url, "leads");
    let refused = api.get("leads").await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.json()["message"].to_string().contains("damaged"));
    assert!(!refused.header("retry-after").is_empty());
    let met = Instant::now();
    while met.elapsed() < Duration::from_secs(7) {
        assert_eq!(browser.get("/readyz").await.status, 503);
        assert_eq!(browser.get("/healthz").await.status, 200);
        let page = browser.get("/admin/leads").await;
        assert_eq!(page.status, 503, "{}", page.text());
        let written = api
            .post("lead_statuses", serde_json::json!({"name": "Worse"}))
            .await;
        assert_eq!(written.status, 503, "{}", written.text());
        ask_again().await;
    }
    let log = served.program.log();
    assert_eq!(log.len(), 1, "{log:#?}");
    assert!(
        log[0].contains("ERROR") && log[0].contains("damaged"),
        "{log:?}"
    );
}
