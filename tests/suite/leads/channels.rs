//! A move writes the same rows through every channel: only the channel and its actor differ.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::Clock;
use lead_statuses::db::Conn;
use lead_statuses::leads::domain::text::Reason;
use lead_statuses::leads::{Move, move_leads};
use lead_statuses::statuses;
use serde_json::{Value, json};

use super::bulk::bulk;
use super::fixtures::{FORM, LIST, MOVE, move_card};
use super::lead_builder::{draft, make, pause};
use crate::support::{ALICE, Api, Backend, Page, TestApp};

both!(the_form_for_the_fields_of_a_lead_moves_nothing);

/// A channel: the value in its rows, and how it moves a lead (its id) to a status (its id).
struct MoveCase {
    name: &'static str,
    via: &'static str,
    go: for<'a> fn(&'a TestApp, i64, i64) -> LocalBoxFuture<'a, ()>,
}

const CHANNELS: &[MoveCase] = &[
    MoveCase {
        name: "the function itself",
        via: "ui",
        go: by_function,
    },
    MoveCase {
        name: "POST leads/{id}/status",
        via: "api",
        go: by_call,
    },
    MoveCase {
        name: "PUT leads/{id}",
        via: "api",
        go: by_put,
    },
    MoveCase {
        name: "the page of a lead",
        via: "ui",
        go: by_page,
    },
    MoveCase {
        name: "the list",
        via: "bulk",
        go: by_list,
    },
    MoveCase {
        name: "the board",
        via: "board",
        go: by_board,
    },
    MoveCase {
        name: "a file",
        via: "import",
        go: by_file,
    },
];

fn by_function(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let actor = Actor::program(Channel::Ui, app.clock.now());
        let lead_move = Move::new(to, Channel::Ui);
        let go = move |conn: &mut Conn| move_leads(conn, &actor, &lead_move, &[id]);
        assert_eq!(app.db.write(go).await.expect("a move"), [id]);
    }
    .boxed_local()
}

fn by_call(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let api = app.api(ALICE);
        let path = format!("leads/{id}/status");
        let moved = api.post(&path, json!({"status": to})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }
    .boxed_local()
}

fn by_put(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let api = app.api(ALICE);
        let path = format!("leads/{id}");
        let moved = api.put(&path, json!({"status": to})).await;
        assert_eq!(moved.status, 200, "{}", moved.text());
    }
    .boxed_local()
}

/// A move redirects to a page.
fn assert_moved(sent: &Page) {
    assert_eq!(sent.status, 303, "{sent:?}");
}

fn by_page(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let (browser, to) = (app.signed_in(ALICE).await, to.to_string());
        let page = browser.get(&format!("{LIST}/{id}")).await;
        assert_moved(&browser.submit(&page, MOVE, &[("status", &to)]).await);
    }
    .boxed_local()
}

fn by_list(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let (browser, to) = (app.signed_in(ALICE).await, to.to_string());
        let preview = bulk(&browser, &[id], &[("action", "move")]).await;
        let confirmed = [("status", to.as_str()), ("confirm", "1")];
        assert_moved(&browser.submit(&preview, "#preview", &confirmed).await);
    }
    .boxed_local()
}

fn by_board(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let (browser, to) = (app.signed_in(ALICE).await, to.to_string());
        let page = browser.get("/admin/leads/board").await;
        assert_moved(&move_card(&browser, &page, id, &to).await);
    }
    .boxed_local()
}

/// Through the browser: `import leads` does the same, but by the clock of the machine.
fn by_file(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let (api, browser) = (app.api(ALICE), app.signed_in(ALICE).await);
        let lead = api.get(&format!("leads/{id}")).await.json();
        let status = api.get(&format!("lead_statuses/{to}")).await.json();
        let (lead, status) = (&lead["external_ref"], &status["name"]);
        // JSON quotes as CSV does, as long as nothing in there needs quoting.
        let file = format!("external_ref,status\n{lead},{status}\n");
        let page = browser.get("/admin/leads/import").await;
        let file = ("file", "leads.csv", file.as_bytes());
        let preview = browser.upload(&page, "form[enctype]", file, &[]).await;
        assert_moved(
            &browser
                .submit(&preview, "form.plan-form", &[("confirm", "1")])
                .await,
        );
    }
    .boxed_local()
}

const LEAD: &str = "name name_key company email email_key phone phone_key source owner_id value_cents value_key currency status_id \
    status_since clock_from paused_until resumes_on pause_reason last_note last_note_at last_activity_at deleted_at version created_at \
    updated_at";
const VISIT: &str =
    "status_id entered_at left_at next_status_id clock_from reason note recorded_at voided_at";

/// The tables that triggers update for a lead that was never paused, and their keys.
const COUNTERS: [(&str, &str); 4] = [
    ("lead_totals", "status_id currency is_deleted"),
    ("lead_ages", "status_id since_day"),
    ("lead_clocks", "status_id clock_day wake_quarter"),
    ("lead_hours", "status_id clock_hour wake_quarter"),
];

/// The rows that a move wrote, without ids, references and the channel.
#[derive(Debug, Clone, PartialEq)]
struct RowsAfter {
    lead: Vec<String>,
    visits: Vec<String>,
    audit: Vec<(String, Value, Value)>,
    counted: Vec<BTreeMap<String, i64>>,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    line: String,
}

fn rows(conn: &mut Conn, columns: &str, rest: &str) -> Vec<String> {
    let columns: Vec<String> = columns
        .split_whitespace()
        .map(|column| format!("coalesce(cast({column} as text), 'null')"))
        .collect();
    let query = format!("select {} as line {rest}", columns.join(" || '|' || "));
    let lines: Vec<TextRow> = diesel::sql_query(query).load(conn).expect("lines");
    lines.into_iter().map(|line| line.line).collect()
}

/// How many leads each counter of a table counts, by its key.
fn lead_counts(conn: &mut Conn, table: &str, key: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for line in rows(conn, &format!("{key} leads"), &format!("from {table}")) {
        let (key, leads) = line.rsplit_once('|').expect("a key and a figure");
        *sums.entry(key.to_owned()).or_insert(0) += leads.parse::<i64>().expect("a figure");
    }
    sums
}

fn counters(conn: &mut Conn) -> Vec<BTreeMap<String, i64>> {
    let tables = COUNTERS.into_iter();
    tables
        .map(|(table, key)| lead_counts(conn, table, key))
        .collect()
}

/// The difference of each counter, without those that are equal.
fn difference(
    before: &BTreeMap<String, i64>,
    after: &BTreeMap<String, i64>,
) -> BTreeMap<String, i64> {
    let keys = before.keys().chain(after.keys());
    let at = |of: &BTreeMap<String, i64>, key: &String| of.get(key).copied().unwrap_or(0);
    keys.map(|key| (key.clone(), at(after, key) - at(before, key)))
        .filter(|(_, added)| *added != 0)
        .collect()
}

fn without_ids(json: &str) -> Value {
    let mut snapshot: Value = serde_json::from_str(json).unwrap_or(Value::Null);
    if let Some(snapshot) = snapshot.as_object_mut() {
        snapshot.remove("id");
        snapshot.remove("external_ref");
    }
    snapshot
}

/// Moves a new lead through a channel, ten days after it was created; returns the rows.
async fn move_through(app: &TestApp, channel: &MoveCase, id: i64, to: i64) -> RowsAfter {
    let before = app
        .db
        .read(|conn| Ok(counters(conn)))
        .await
        .expect("a read");
    (channel.go)(app, id, to).await;
    let (via, name) = (channel.via, channel.name);
    let read = move |conn: &mut Conn| {
        let counted = before.iter().zip(counters(conn));
        let counted = counted.map(|(before, after)| difference(before, &after));
        let counted = counted.collect();
        let of_lead = format!(
            "from audit_entries where subject = 'lead' and subject_id = {id} and action <> 'create' order by id"
        );
        let befores = rows(conn, "before_json", &of_lead);
        let afters = rows(conn, "after_json", &of_lead);
        let heads = rows(
            conn,
            "action subject_version subject_name recorded_at",
            &of_lead,
        );
        let shown = heads.into_iter().zip(befores.iter().zip(&afters));
        let audit =
            shown.map(|(head, (before, after))| (head, without_ids(before), without_ids(after)));
        let audit = audit.collect();
        let channels = rows(conn, "door", &of_lead);
        assert_eq!(channels, [via], "{name}: in the audit log");
        let newest = format!("from visits where lead_id = {id} and left_at is null");
        assert_eq!(rows(conn, "via", &newest), [via], "{name}: in the visit");
        Ok(RowsAfter {
            lead: rows(conn, LEAD, &format!("from leads where id = {id}")),
            visits: rows(
                conn,
                VISIT,
                &format!("from visits where lead_id = {id} order by id"),
            ),
            audit,
            counted,
        })
    };
    app.db.read(read).await.expect("a read")
}

/// A lead that differs from others only by its reference.
async fn create_lead(api: &Api, reference: &str) -> i64 {
    let body = json!({"name": "Ana", "company": "Acme", "owner": 3, "value": 1054.5, "external_ref": reference});
    let made = api.post("leads", body).await.json();
    made["record_id"].as_i64().expect("an id")
}

async fn every_channel_leaves_the_same_rows(backend: Backend) {
    let at = Clock::shifted(0).now();
    let still = TestApp::with(backend, |config| config.clock = Clock::fixed(at)).await;
    let Some(app) = still else {
        return;
    };
    let (api, mut ids) = (app.api(ALICE), Vec::new());
    for channel in CHANNELS {
        ids.push(create_lead(&api, channel.name).await);
    }
    let to = api.status_id("Contacted").await;
    app.clock.advance(10 * 86_400);
    let mut first = None;
    for (channel, id) in CHANNELS.iter().zip(ids) {
        let left = move_through(&app, channel, id, to).await;
        assert_eq!(
            (left.visits.len(), left.audit.len()),
            (2, 1),
            "{}",
            channel.name
        );
        let stale: Vec<_> = left.counted.iter().map(BTreeMap::is_empty).collect();
        assert_eq!(stale, [false; 4], "{}", channel.name);
        let first = first.get_or_insert_with(|| (channel.name, left.clone()));
        assert_eq!(left, first.1, "{} and {}", channel.name, first.0);
    }
}

#[tokio::test]
async fn every_channel_leaves_the_same_rows_on_sqlite() {
    every_channel_leaves_the_same_rows(Backend::Sqlite).await;
}

#[tokio::test]
async fn every_channel_leaves_the_same_rows_on_postgres() {
    every_channel_leaves_the_same_rows(Backend::Postgres).await;
}

async fn the_form_for_the_fields_of_a_lead_moves_nothing(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(&api, "A-1").await;
    let to = api.status_id("Contacted").await.to_string();
    let browser = app.signed_in(ALICE).await;
    let form = browser.get(&format!("{LIST}/{id}/edit")).await;
    assert!(!form.has("main [name=status]"), "{form:?}");
    let edit = [("name", "Ana Pop"), ("status", to.as_str())];
    assert_moved(&browser.submit(&form, FORM, &edit).await);
    let lead = api.get(&format!("leads/{id}")).await.json();
    assert_eq!(
        (&lead["name"], &lead["status_name"]),
        (&json!("Ana Pop"), &json!("New"))
    );
    let visits = api.get(&format!("leads/{id}/visits")).await.json();
    assert_eq!(visits.as_array().map(Vec::len), Some(1), "{visits}");
}

/// A paused lead.
async fn paused_lead(app: &TestApp, name: &str) -> i64 {
    let id = make(app, vec![draft(name).in_status("Contacted", 9)]).await[0];
    pause(app, id, 4).await;
    id
}

async fn a_lead_leaves_the_same_rows_alone_and_among_others(backend: Backend) {
    let at = Clock::shifted(0).now();
    let still = TestApp::with(backend, |config| config.clock = Clock::fixed(at)).await;
    let Some(app) = still else {
        return;
    };
    let mut ids = Vec::new();
    for name in ["Ana", "Bea", "Cia", "Ana", "Bea", "Cia"] {
        ids.push(paused_lead(&app, name).await);
    }
    app.clock.advance(86_400);
    let [kept, fresh] = [true, false];
    for (round, keeps_age) in [(0, kept), (1, fresh)] {
        let [alone, one, another] = [ids[3 * round], ids[3 * round + 1], ids[3 * round + 2]];
        let now = app.clock.now();
        let go = move |conn: &mut Conn| {
            let actor = Actor::program(Channel::Bulk, now);
            let to = statuses::list_all(conn)?[2].id;
            let lead_move = Move {
                keeps_age,
                reason: Reason::parse("Called back").expect("a reason"),
                ..Move::new(
                    to,
                    [Channel::Bulk, Channel::Replace][usize::from(keeps_age)],
                )
            };
            for some in [vec![alone], vec![one, another]] {
                move_leads(conn, &actor, &lead_move, &some)?;
            }
            let columns = LEAD.replace("name name_key ", "");
            let mut rows = |id: i64| {
                let visits = format!("from visits where lead_id = {id} order by id");
                let lead = rows(conn, &columns, &format!("from leads where id = {id}"));
                [lead, rows(conn, VISIT, &visits)].concat()
            };
            Ok((rows(alone), rows(one)))
        };
        let (alone, among) = app.db.write(go).await.expect("a write");
        assert_eq!(alone.len(), 3, "a lead and two visits");
        assert_eq!(alone, among, "keeps its age: {keeps_age}");
    }
}

#[tokio::test]
async fn a_lead_leaves_the_same_rows_alone_and_among_others_on_sqlite() {
    a_lead_leaves_the_same_rows_alone_and_among_others(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_lead_leaves_the_same_rows_alone_and_among_others_on_postgres() {
    a_lead_leaves_the_same_rows_alone_and_among_others(Backend::Postgres).await;
}
