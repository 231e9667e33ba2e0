//! Many clients of two servers on one database: no answer is 5xx, nothing acknowledged is lost, and the rules hold at
//! every read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use lead_statuses::db::{Conn, Db};
use serde_json::{Value, json};

use super::client::{Client, SHARED, TASKS, ids};
use super::journal::Journal;
use super::{deadline, seed};
use crate::leads_api::concurrency::broken_rules;
use crate::support::{ALICE, Api, Backend, Browser, DatabaseCopy, MARA, Process, Random, program};

/// Replacing a status keeps ages: the next visit begins where the last one did. `check` knows, this rule doesn't.
const NOT_WITH_REPLACING: &str = "each visit that stands ends";

#[tokio::test]
async fn sqlite_loses_nothing_of_many_clients() {
    run_clients(Backend::Sqlite).await;
}

#[tokio::test]
async fn postgres_loses_nothing_of_many_clients() {
    run_clients(Backend::Postgres).await;
}

async fn run_clients(backend: Backend) {
    let dirs = [(); 2].map(|()| tempfile::tempdir().expect("a directory"));
    let Some(copy) = DatabaseCopy::take(backend, dirs[0].path()) else {
        return;
    };
    let servers = [0, 1].map(|index| Process::serve(&copy.url, dirs[index].path()));
    let api = servers[0].api(copy.token(ALICE));
    let (leads, statuses) = (shared_leads(&api).await, ids(&api.statuses().await));
    let (seed, until) = (seed(), deadline());
    let is_over = Arc::new(AtomicBool::new(false));
    let watchers = [0, 1].map(|index| {
        let api = servers[index].api(copy.token(MARA));
        let db = Db::open(&copy.url, 1).expect("a database");
        tokio::spawn(check_rules_until(api, db, leads.clone(), is_over.clone()))
    });
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let server = &servers[task % 2];
        let who = if task % 4 < 2 { ALICE } else { MARA };
        let client = Client {
            task,
            api: server.api(copy.token(who)),
            admin: server.api(copy.token(ALICE)),
            browser: browser(&server.base).await,
            leads: leads.clone(),
            statuses: statuses.clone(),
            random: Random::new(seed + task as u64),
            journal: Journal::default(),
        };
        tasks.push(tokio::spawn(client.work(until)));
    }
    let mut journals = Vec::new();
    for task in tasks {
        journals.push(
            task.await
                .unwrap_or_else(|failed| panic!("seed {seed}: {failed}")),
        );
    }
    is_over.store(true, Ordering::Relaxed);
    for watcher in watchers {
        let reads = watcher
            .await
            .unwrap_or_else(|failed| panic!("seed {seed}: {failed}"));
        assert!(reads > 2, "{reads} reads");
    }
    let done: usize = journals.iter().map(|journal| journal.done).sum();
    assert!(done > 100, "too little happened: {done}");
    assert_nothing_is_lost(&servers[1].api(copy.token(ALICE)), &leads, &journals).await;
    let check = program(&copy.url, dirs[0].path(), &["check"], "");
    assert!(
        check.status.success(),
        "seed {seed}: {}",
        String::from_utf8_lossy(&check.stdout)
    );
}

async fn assert_nothing_is_lost(api: &Api, leads: &[i64], journals: &[Journal]) {
    for id in leads {
        let back = api.post(&format!("leads/{id}/restore"), json!({})).await;
        assert_eq!(back.status, 200, "{}", back.text());
    }
    let until = Instant::now() + Duration::from_secs(60);
    while is_replacing(api).await {
        assert!(Instant::now() < until, "replacing a status does not end");
    }
    for journal in journals {
        let lost = journal.missing(api).await;
        assert!(lost.is_empty(), "{lost:#?}\n{}", journal.last.join("\n"));
    }
    let all = api.get("leads").await.json();
    let counted = api.statuses().await;
    let counted = counted
        .iter()
        .filter_map(|status| status["lead_count"].as_u64());
    let there = all.as_array().map_or(0, Vec::len) as u64;
    assert_eq!(counted.sum::<u64>(), there, "the counts add up");
}

/// A status with many leads is replaced little by little.
async fn is_replacing(api: &Api) -> bool {
    let all = api.statuses().await;
    all.iter().any(|status| !status["leaving"].is_null())
}

async fn shared_leads(api: &Api) -> Vec<i64> {
    let mut leads = Vec::new();
    for number in 0..SHARED {
        let body = json!({"name": format!("Shared {number}"), "value": number});
        let made = api.post("leads", body).await;
        leads.push(made.json()["record_id"].as_i64().expect("an id"));
    }
    leads
}

/// A manager who is signed in, and the token of the forms.
async fn browser(base: &str) -> (Browser, String) {
    let browser = Browser::new(base);
    browser.sign_in(MARA).await;
    let profile = browser.get("/admin/profile").await;
    let csrf = profile.csrf();
    (browser, csrf)
}

/// Reads and checks until all clients have finished; returns the number of reads.
async fn check_rules_until(api: Api, db: Db, leads: Vec<i64>, is_over: Arc<AtomicBool>) -> usize {
    let mut reads = 0;
    while !is_over.load(Ordering::Relaxed) {
        let read = api.get("lead_statuses").await;
        assert_eq!(read.status, 200, "{}", read.text());
        assert_pipeline(&read.json());
        let lead = leads[reads % leads.len()];
        let visits = api.get(&format!("leads/{lead}/visits")).await;
        assert!([200, 404].contains(&visits.status), "{}", visits.text());
        if visits.status == 200 {
            assert_history(&visits.json());
        }
        let rules = |conn: &mut Conn| Ok(broken_rules(conn));
        let mut found = db.read(rules).await.expect("a read");
        found.retain(|rule| !rule.starts_with(NOT_WITH_REPLACING));
        assert!(found.is_empty(), "{found:#?}");
        reads += 1;
    }
    db.close().await;
    reads
}

/// Exactly one default and one converted; positions 1..n; names once each.
fn assert_pipeline(list: &Value) {
    let list = list.as_array().expect("a list");
    for role in ["isdefault", "isconverted"] {
        let holders = list.iter().filter(|status| status[role] == true);
        assert_eq!(holders.count(), 1, "{role}: {list:#?}");
    }
    let positions = list
        .iter()
        .map(|status| status["statusorder"].as_u64().unwrap_or(0));
    let expected: Vec<u64> = (1..=list.len() as u64).collect();
    assert_eq!(positions.collect::<Vec<_>>(), expected, "{list:#?}");
}

/// Exactly one visit is open, and it is not voided.
fn assert_history(visits: &Value) {
    let visits = visits.as_array().expect("a list");
    let open: Vec<&Value> = visits
        .iter()
        .filter(|visit| visit["left_at"].is_null())
        .collect();
    assert!(open.len() == 1 && open[0]["voided"] == false, "{visits:#?}");
}

#[test]
fn a_broken_rule_is_seen() {
    let one = |order: i64, isdefault: bool| json!({"statusorder": order, "isdefault": isdefault, "isconverted": !isdefault});
    assert_pipeline(&json!([one(1, true), one(2, false)]));
    for broken_rules in [
        json!([one(1, true), one(3, false)]),
        json!([one(1, true), one(2, true)]),
    ] {
        assert!(
            std::panic::catch_unwind(|| assert_pipeline(&broken_rules)).is_err(),
            "{broken_rules}"
        );
    }
    let visit = |left: Option<&str>, voided: bool| json!({"left_at": left, "voided": voided});
    assert_history(&json!([visit(Some("2026"), false), visit(None, false)]));
    for broken_rules in [
        json!([visit(None, true)]),
        json!([visit(None, false), visit(None, false)]),
        json!([]),
    ] {
        assert!(
            std::panic::catch_unwind(|| assert_history(&broken_rules)).is_err(),
            "{broken_rules}"
        );
    }
}
