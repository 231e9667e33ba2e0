//! Concurrent changes of leads and statuses: locks are taken in one order, so there is no deadlock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use lead_statuses::db::DatabaseUrl;
use serde_json::{Value, json};

use super::create_lead;
use crate::status_leads::insert_copies;
use crate::support::{
    ALICE, Api, Backend, Browser, MARA, Random, TestApp, ask_again, open_postgres, query_text,
};

#[tokio::test]
async fn no_request_waits_for_ever_on_sqlite() {
    let app = TestApp::with(Backend::Sqlite, |config| config.workers = 8).await;
    no_request_waits_for_ever(app.expect("SQLite is built in")).await;
}

#[tokio::test]
async fn no_request_waits_for_ever_on_postgres() {
    // So many connections as in a server with eight cores: with four of them few transactions meet.
    if let Some(app) = TestApp::with(Backend::Postgres, |config| config.workers = 8).await {
        no_request_waits_for_ever(app).await;
    }
}

/// A deadlock raises the count that the test above reads.
#[tokio::test]
async fn a_deadlock_is_counted() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let DatabaseUrl::Postgres(url) = &app.config.database_url else {
        panic!("another database");
    };
    let each_other = Arc::new(std::sync::Barrier::new(2));
    let threads: Vec<_> = [(1, 2), (2, 1)]
        .map(|(first, second)| {
            let (url, each_other) = (url.clone(), each_other.clone());
            std::thread::spawn(move || {
                let mut conn = open_postgres(&url);
                let lock = |id| format!("begin; select pg_advisory_xact_lock({id})");
                conn.batch_execute(&lock(first)).expect("a free lock");
                each_other.wait();
                conn.batch_execute(&lock(second)).is_err()
            })
        })
        .into();
    let lost = threads
        .into_iter()
        .map(|thread| thread.join().expect("an end"));
    assert_eq!(lost.filter(|is_lost| *is_lost).count(), 1);
    assert_eq!(deadlocks(&app.config.database_url), "1");
}

both!(a_lead_without_a_status_is_made_while_the_default_moves);

const TASKS: usize = 32;
const LEADS: usize = 20;
const STAGES: usize = 4;
/// Calls of each task; `LOCKING_CALLS` in the environment asks for another number.
const CALLS: usize = 40;
/// For one request. PostgreSQL detects a deadlock after a second; the rest is for a slow machine.
const SLOWEST: Duration = Duration::from_secs(5);

/// A client that calls the API and sends forms.
#[derive(Clone)]
struct Worker {
    api: Api,
    browser: Browser,
    csrf: String,
    leads: Arc<Vec<i64>>,
    statuses: Arc<Vec<i64>>,
    /// How long the slowest request of all workers took, in milliseconds.
    slowest: Arc<AtomicU64>,
}

impl Worker {
    /// Returns the answer of a request, and measures how long it took.
    async fn timed<T>(&self, request: impl Future<Output = T>) -> T {
        let since = Instant::now();
        let answer = request.await;
        let took = u64::try_from(since.elapsed().as_millis()).expect("a short time");
        self.slowest.fetch_max(took, Ordering::Relaxed);
        answer
    }

    async fn post(&self, path: &str, fields: &[(&str, String)]) -> u16 {
        let mut sent: Vec<(&str, &str)> = vec![("csrf", &self.csrf)];
        sent.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        self.timed(self.browser.post(path, &sent)).await.status
    }

    async fn call(&self, path: &str, body: Value) -> u16 {
        self.timed(self.api.post(path, body)).await.status
    }

    /// A random action on leads.
    async fn change_leads(&self, random: &mut Random) -> u16 {
        let id = random.pick(&self.leads);
        let to = random.pick(&self.statuses);
        let path = format!("leads/{id}");
        let page = format!("/admin/leads/{id}");
        match random.below(16) {
            0..=2 => {
                self.call(&format!("{path}/status"), json!({"status": to}))
                    .await
            }
            3 | 4 => {
                let fields = [("status", to.to_string())];
                self.post(&format!("{page}/status"), &fields).await
            }
            5 | 6 => {
                let fields = [("status", to.to_string())];
                self.post(&format!("{page}/move"), &fields).await
            }
            7..=9 => {
                self.bulk(random, "move", &[("status", to.to_string())])
                    .await
            }
            10 => {
                let body = json!({"value": random.below(99), "status": to});
                self.timed(self.api.put(&path, body)).await.status
            }
            11 => {
                let body = json!({"until": "2033-06-01", "reason": "r"});
                self.call(&format!("{path}/pause"), body).await
            }
            12 => self.timed(self.api.delete(&path)).await.status,
            13 => self.bulk(random, "restore", &[]).await,
            14 => self.void(id).await,
            _ => self.call("leads", json!({"name": "New one"})).await,
        }
    }

    async fn bulk(&self, random: &mut Random, action: &str, more: &[(&str, String)]) -> u16 {
        let mut fields = vec![("action", action.to_owned()), ("confirm", "1".to_owned())];
        let some = random.sample(&self.leads, 8).into_iter();
        fields.extend(some.map(|id| ("ids", id.to_string())));
        fields.extend(more.iter().cloned());
        self.post("/admin/leads/bulk", &fields).await
    }

    async fn void(&self, id: i64) -> u16 {
        let path = format!("leads/{id}/visits");
        let read = self.timed(self.api.get(&path)).await;
        if read.status != 200 {
            return read.status;
        }
        let read = read.json();
        let last = read.as_array().and_then(|all| all.last()?["id"].as_i64());
        let path = format!("leads/{id}/visits/{}/void", last.unwrap_or(1));
        self.call(&path, json!({})).await
    }

    /// A random action on statuses.
    async fn change_statuses(&self, random: &mut Random, turn: usize, task: usize) -> u16 {
        let id = random.pick(&self.statuses);
        let path = format!("lead_statuses/{id}");
        match random.below(8) {
            0..=2 => {
                let listed = self.timed(self.api.statuses()).await;
                let ids: Vec<i64> = listed.iter().filter_map(|one| one["id"].as_i64()).collect();
                let mut order = ids.clone();
                order.swap(random.below(ids.len()), random.below(ids.len()));
                let body = json!({"ids": order, "expect": ids});
                self.timed(self.api.put("lead_statuses/order", body))
                    .await
                    .status
            }
            3 => {
                let body = json!({"target_days": 1 + random.below(9), "limit_days": 20});
                self.timed(self.api.put(&path, body)).await.status
            }
            4 => {
                let kind = random.pick(&["open", "paused", "won", "junk"]);
                self.timed(self.api.put(&path, json!({"kind": kind})))
                    .await
                    .status
            }
            5 => {
                let body = json!({"kind": "open", "isdefault": true});
                self.timed(self.api.put(&path, body)).await.status
            }
            _ => {
                self.replace(random, &format!("Passing {task} {turn}"))
                    .await
            }
        }
    }

    /// Creates two statuses with leads, and replaces both at once.
    async fn replace(&self, random: &mut Random, name: &str) -> u16 {
        let mut ids = Vec::new();
        for end in ["one", "two"] {
            let body = json!({"name": format!("{name} {end}"), "color": "#2a80e2", "kind": "open"});
            let made = self.timed(self.api.post("lead_statuses", body)).await;
            if made.status != 201 {
                return made.status;
            }
            let id = made.json()["record_id"].as_i64().expect("an id");
            self.bulk(random, "move", &[("status", id.to_string())])
                .await;
            ids.push(id);
        }
        // The newer one is named first: the server must order the locks.
        ids.reverse();
        let mut fields = vec![
            ("action", "archive".to_owned()),
            ("confirm", "1".to_owned()),
            ("replace_with", random.pick(&self.statuses).to_string()),
        ];
        fields.extend(ids.iter().map(|id| ("ids", id.to_string())));
        self.post("/admin/leads/statuses/bulk", &fields).await
    }
}

/// How many deadlocks PostgreSQL has seen here. Its connections are ended first: each keeps what it counted for a while.
fn deadlocks(url: &DatabaseUrl) -> String {
    if matches!(url, DatabaseUrl::Sqlite(_)) {
        return "0".into();
    }
    let end_others = "select cast(count(pg_terminate_backend(pid)) as text) as value from pg_stat_activity \
                  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
    let until = Instant::now() + Duration::from_secs(10);
    // The server opens new ones meanwhile, for its work in the background.
    while query_text(url, end_others) != "0" {
        assert!(Instant::now() < until, "a connection doesn't end");
    }
    let count = "select cast(deadlocks as text) as value from pg_stat_database where datname = current_database()";
    query_text(url, count)
}

async fn no_request_waits_for_ever(app: TestApp) {
    let api = app.api(ALICE);
    let mut statuses = Vec::new();
    for number in 0..STAGES {
        statuses.push(api.create_status(&format!("Stage {number}")).await);
    }
    let mut leads = Vec::new();
    for number in 0..LEADS {
        let body = json!({"name": format!("Lead {number}"), "value": number, "status": statuses[number % STAGES]});
        leads.push(create_lead(&api, body).await);
    }
    // Replacing a status with this many leads takes several steps, concurrent with the other tasks.
    let old = api.create_status("Old").await;
    let body = json!({"name": "Ana", "status": old});
    leads.push(create_lead(&api, body).await);
    insert_copies(&app.config.database_url, old, 1_500);
    let (leads, statuses) = (Arc::new(leads), Arc::new(statuses));
    let slowest = Arc::<AtomicU64>::default();
    let mut workers = Vec::<Worker>::new();
    for person in [ALICE, MARA] {
        let browser = app.signed_in(person).await;
        let csrf = browser.get("/admin/profile").await.csrf();
        workers.push(Worker {
            api: app.api(person),
            browser,
            csrf,
            leads: leads.clone(),
            statuses: statuses.clone(),
            slowest: slowest.clone(),
        });
    }
    let path = format!("lead_statuses/{old}?replace_with={}", statuses[0]);
    assert_eq!(api.delete(&path).await.json()["moving"], 1_501);
    all_at_once(&workers).await;
    while api.get(&format!("lead_statuses/{old}")).await.status == 200 {
        ask_again().await;
    }
    let slowest = Duration::from_millis(workers[0].slowest.load(Ordering::Relaxed));
    eprintln!("{:?}: the slowest request took {slowest:?}", app.backend);
    assert_eq!(deadlocks(&app.config.database_url), "0", "deadlocks");
    assert!(slowest < SLOWEST, "{slowest:?}");
    let check = app.program(&["check"], "");
    assert!(check.status.success(), "{check:?}");
}

fn calls() -> usize {
    let asked = std::env::var("LOCKING_CALLS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(CALLS)
}

async fn all_at_once(workers: &[Worker]) {
    let answers: Arc<[AtomicUsize; 6]> = Arc::default();
    let start = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            // Managers may not change statuses: every fourth task is Alice's, and half of those are about statuses.
            let worker = workers[usize::from(!task.is_multiple_of(4))].clone();
            let (answers, mut random) = (
                answers.clone(),
                Random::new(0x9e37_79b9 + task as u64 * 7919),
            );
            tokio::spawn(async move {
                for turn in 0..calls() {
                    let status = match task.is_multiple_of(4) {
                        true => worker.change_statuses(&mut random, turn, task).await,
                        false => worker.change_leads(&mut random).await,
                    };
                    assert!(status < 500, "{status}");
                    answers[usize::from(status / 100)].fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no one gives up");
    }
    eprintln!("{answers:?} after {:?}", start.elapsed());
    let done: usize = [2, 3]
        .map(|kind: usize| answers[kind].load(Ordering::Relaxed))
        .iter()
        .sum();
    assert!(
        done > TASKS * calls() / 3,
        "too little happened: {answers:?}"
    );
}

async fn a_lead_without_a_status_is_made_while_the_default_moves(app: TestApp) {
    let api = app.api(ALICE);
    let mover = {
        let api = app.api(ALICE);
        tokio::spawn(async move {
            // Each default status is deleted as soon as there is another one, which takes over its leads.
            for turn in 0..40 {
                let old = api
                    .statuses()
                    .await
                    .into_iter()
                    .find(|one| one["isdefault"] == true);
                let old = old.expect("a default")["id"].as_i64().expect("an id");
                let next = api.create_status(&format!("Start {turn}")).await;
                let path = format!("lead_statuses/{old}?replace_with={next}");
                let gone = api.delete(&path).await;
                assert_eq!(gone.status, 200, "{}", gone.text());
            }
        })
    };
    let makers: Vec<_> = (0..6)
        .map(|task| {
            let api = app.api(if task % 2 == 0 { ALICE } else { MARA });
            tokio::spawn(async move {
                for turn in 0..30 {
                    let body = json!({"name": format!("Lead {task} {turn}")});
                    let made = api.post("leads", body).await;
                    assert_eq!(made.status, 201, "{}", made.text());
                }
            })
        })
        .collect();
    for maker in makers {
        maker.await.expect("each is made");
    }
    mover.await.expect("each default is replaced");
    let mut counted = 0;
    for status in api.statuses().await {
        counted += status["lead_count"].as_u64().expect("a number");
    }
    assert_eq!(counted, 180);
    let check = app.program(&["check"], "");
    assert!(check.status.success(), "{check:?}");
}
