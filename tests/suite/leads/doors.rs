//! Through whichever door a lead is moved, it leaves the same rows behind: only the door and who came through it differ.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use lead_statuses::audit::Actor;
use lead_statuses::clock::Clock;
use lead_statuses::db::Conn;
use lead_statuses::leads::{Move, Rights, Via, move_leads};
use serde_json::{Value, json};

use crate::support::{ALICE, Backend, TestApp};

/// A door: what stands in its rows, and how a lead goes through it, from its id to the id of a status.
struct Door {
    name: &'static str,
    via: &'static str,
    go: for<'a> fn(&'a TestApp, i64, i64) -> LocalBoxFuture<'a, ()>,
}

const DOORS: &[Door] = &[
    Door {
        name: "the function itself",
        via: "ui",
        go: by_function,
    },
    Door {
        name: "POST leads/{id}/status",
        via: "api",
        go: by_call,
    },
    Door {
        name: "PUT leads/{id}",
        via: "api",
        go: by_put,
    },
];

fn by_function(app: &TestApp, id: i64, to: i64) -> LocalBoxFuture<'_, ()> {
    async move {
        let (actor, order) = (
            Actor::program("ui", app.clock.now()),
            Move::new(to, Via::Ui),
        );
        let go = move |conn: &mut Conn| move_leads(conn, &actor, Rights::program(), &order, &[id]);
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

const LEAD: &str = "name name_key company email phone source owner_id value_cents value_key currency status_id \
    status_since clock_from paused_until pause_reason last_note last_note_at last_activity_at deleted_at version created_at \
    updated_at";
const VISIT: &str =
    "status_id entered_at left_at next_status_id clock_from reason note recorded_at voided_at";

/// What a move left behind, without ids and without what tells one door from another.
#[derive(Debug, Clone, PartialEq)]
struct Left {
    lead: Vec<String>,
    visits: Vec<String>,
    audit: Vec<(String, Value, Value)>,
    totals: BTreeMap<String, i64>,
    ages: BTreeMap<String, i64>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, columns: &str, rest: &str) -> Vec<String> {
    let columns: Vec<String> = columns
        .split_whitespace()
        .map(|column| format!("coalesce(cast({column} as text), 'null')"))
        .collect();
    let query = format!("select {} as line {rest}", columns.join(" || '|' || "));
    let lines: Vec<Line> = diesel::sql_query(query).load(conn).expect("lines");
    lines.into_iter().map(|line| line.line).collect()
}

/// Each counter by its key.
fn counted(conn: &mut Conn, table: &str, key: &str, figure: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for line in lines(conn, &format!("{key} {figure}"), &format!("from {table}")) {
        let (key, figure) = line.rsplit_once('|').expect("a key and a figure");
        *sums.entry(key.to_owned()).or_insert(0) += figure.parse::<i64>().expect("a figure");
    }
    sums
}

fn counters(conn: &mut Conn) -> [BTreeMap<String, i64>; 2] {
    let totals = counted(
        conn,
        "lead_totals",
        "status_id currency is_deleted",
        "leads",
    );
    let ages = counted(
        conn,
        "lead_ages",
        "status_id clock_day wake_day since_day",
        "leads",
    );
    [totals, ages]
}

/// What was added to each counter; what stayed is left out.
fn added(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let keys = before.keys().chain(after.keys());
    let at = |of: &BTreeMap<String, i64>, key: &String| of.get(key).copied().unwrap_or(0);
    keys.map(|key| (key.clone(), at(after, key) - at(before, key)))
        .filter(|(_, added)| *added != 0)
        .collect()
}

fn anonymous(json: &str) -> Value {
    let mut snapshot: Value = serde_json::from_str(json).unwrap_or(Value::Null);
    if let Some(snapshot) = snapshot.as_object_mut() {
        snapshot.remove("id");
    }
    snapshot
}

/// Leads a fresh lead through a door, ten days after it was made; answers the rows.
async fn through(app: &TestApp, door: &Door, id: i64, to: i64) -> Left {
    let before = app
        .db
        .read(|conn| Ok(counters(conn)))
        .await
        .expect("a read");
    (door.go)(app, id, to).await;
    let (via, name) = (door.via, door.name);
    let read = move |conn: &mut Conn| {
        let after = counters(conn);
        let of_lead = format!(
            "from audit_entries where subject = 'lead' and subject_id = {id} and action <> 'create' order by id"
        );
        let befores = lines(conn, "before_json", &of_lead);
        let afters = lines(conn, "after_json", &of_lead);
        let heads = lines(
            conn,
            "action subject_version subject_name recorded_at",
            &of_lead,
        );
        let told = heads.into_iter().zip(befores.iter().zip(&afters));
        let audit = told.map(|(head, (before, after))| (head, anonymous(before), anonymous(after)));
        let audit = audit.collect();
        let doors = lines(conn, "door", &of_lead);
        assert_eq!(doors, [via], "{name}: in the audit log");
        let newest = format!("from visits where lead_id = {id} and left_at is null");
        assert_eq!(lines(conn, "via", &newest), [via], "{name}: in the visit");
        Ok(Left {
            lead: lines(conn, LEAD, &format!("from leads where id = {id}")),
            visits: lines(
                conn,
                VISIT,
                &format!("from visits where lead_id = {id} order by id"),
            ),
            audit,
            totals: added(&before[0], &after[0]),
            ages: added(&before[1], &after[1]),
        })
    };
    app.db.read(read).await.expect("a read")
}

async fn every_door_leaves_the_same_rows(backend: Backend) {
    let at = Clock::shifted(0).now();
    let still = TestApp::with(backend, |config| config.clock = Clock::fixed(at)).await;
    let Some(app) = still else {
        return;
    };
    let (api, mut ids) = (app.api(ALICE), Vec::new());
    for _ in DOORS {
        let body = json!({"name": "Ana", "company": "Acme", "owner": 3, "value": 1054.5});
        let made = api.post("leads", body).await.json();
        ids.push(made["record_id"].as_i64().expect("an id"));
    }
    let to = api.id("Contacted").await;
    app.clock.advance(10 * 86_400);
    let mut first = None;
    for (door, id) in DOORS.iter().zip(ids) {
        let left = through(&app, door, id, to).await;
        assert_eq!(
            (left.visits.len(), left.audit.len()),
            (2, 1),
            "{}",
            door.name
        );
        let first = first.get_or_insert_with(|| (door.name, left.clone()));
        assert_eq!(left, first.1, "{} and {}", door.name, first.0);
    }
}

#[tokio::test]
async fn every_door_leaves_the_same_rows_on_sqlite() {
    every_door_leaves_the_same_rows(Backend::Sqlite).await;
}

#[tokio::test]
async fn every_door_leaves_the_same_rows_on_postgres() {
    every_door_leaves_the_same_rows(Backend::Postgres).await;
}
