//! Many clients change the same leads: no call fails, no change is lost, and the counts are right.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::clock::Zone;
use lead_statuses::db::Conn;
use lead_statuses::leads::actions::bulk;
use lead_statuses::leads::domain::bulk_action::BulkAction;
use lead_statuses::leads::domain::pause::PauseEnd;
use lead_statuses::leads::domain::text::Reason;
use lead_statuses::leads::{Move, Rights};
use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, visits};
use crate::support::{ALICE, Answer, Api, MARA, Random, TestApp};

both!(
    thirty_two_tasks_move_the_same_twenty_leads,
    of_many_who_take_a_reference_one_gets_it,
    a_key_that_many_repeat_makes_one_lead,
    a_request_that_waited_is_dated_before_what_was_done_meanwhile,
);

const TASKS: usize = 32;
const LEADS: usize = 20;
/// Calls of each task: some seconds in all.
const CALLS: usize = 25;

/// Rules about every lead, each with a query that counts the leads that break it.
const RULES: &[(&str, &str)] = &[
    (
        "exactly one visit is open",
        "select count(*) as found from leads where (select count(*) from visits where visits.lead_id = leads.id \
         and visits.left_at is null) <> 1",
    ),
    (
        "the lead stands where its open visit is",
        "select count(*) as found from leads join visits on visits.lead_id = leads.id and visits.left_at is null \
         where visits.status_id <> leads.status_id or visits.entered_at <> leads.status_since \
         or visits.voided_at is not null",
    ),
    (
        "each visit that stands ends where and when the next begins",
        "select count(*) as found from (select left_at, next_status_id, lead(entered_at) over one as next_at, \
         lead(status_id) over one as next_id from visits where voided_at is null \
         window one as (partition by lead_id order by id)) as chain \
         where coalesce(left_at, -1) <> coalesce(next_at, -1) or coalesce(next_status_id, -1) <> coalesce(next_id, -1)",
    ),
    (
        "no visit is without its lead",
        "select count(*) as found from visits where not exists (select 1 from leads where leads.id = visits.lead_id)",
    ),
    (
        "no lead is in a status that is archived",
        "select count(*) as found from leads join lead_statuses on lead_statuses.id = leads.status_id \
         where lead_statuses.is_archived",
    ),
    (
        "leads and values are counted as they are",
        "select count(*) as found from (select status_id, currency, is_deleted, cast(sum(leads) as bigint) as leads, \
         cast(sum(value_cents) as bigint) as cents from lead_totals group by status_id, currency, is_deleted \
         having sum(leads) <> 0 or sum(value_cents) <> 0 \
         except select status_id, currency, deleted_at is not null, count(*), \
         cast(sum(coalesce(value_cents, 0)) as bigint) from leads group by 1, 2, 3) as apart",
    ),
    (
        "no lead is left out of the counters",
        "select abs((select cast(sum(leads) as bigint) from lead_totals) - (select count(*) from leads)) as found",
    ),
    (
        "ages are counted as they are",
        "select count(*) as found from (select status_id, since_day, cast(sum(leads) as bigint) as leads from lead_ages \
         group by 1, 2 having sum(leads) <> 0 \
         except select status_id, status_since / 86400000000, count(*) from leads where deleted_at is null \
         group by 1, 2) as apart",
    ),
    (
        "clocks are counted as they are",
        "select count(*) as found from (select status_id, clock_day, wake_quarter, cast(sum(leads) as bigint) as leads \
         from lead_clocks group by 1, 2, 3 having sum(leads) <> 0 \
         except select status_id, clock_from / 86400000000, coalesce(paused_until / 900000000, 0), count(*) \
         from leads where deleted_at is null group by 1, 2, 3) as apart",
    ),
    (
        "those that were paused are counted as they are",
        "select count(*) as found from (select status_id, wake_quarter, cast(sum(leads) as bigint) as leads \
         from lead_sleeps group by 1, 2 having sum(leads) <> 0 \
         except select status_id, paused_until / 900000000, count(*) \
         from leads where deleted_at is null and paused_until is not null group by 1, 2) as apart",
    ),
    (
        "no lead is left out of the ages",
        "select abs((select cast(sum(leads) as bigint) from lead_ages) \
         - (select count(*) from leads where deleted_at is null)) as found",
    ),
    (
        "each move is in the audit log",
        "select abs((select count(*) from visits) - (select count(*) from leads) - (select count(*) \
         from audit_entries where subject = 'lead' and action = 'move')) as found",
    ),
    (
        "each version is in the audit log",
        "select count(*) as found from leads where version <> (select count(*) from audit_entries \
         where subject = 'lead' and subject_id = leads.id)",
    ),
];

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    found: i64,
}

/// The broken rules, and how many leads break each.
pub fn broken_rules(conn: &mut Conn) -> Vec<String> {
    let count = |(rule, query): &(&str, &str)| {
        let found: CountRow = diesel::sql_query(*query).get_result(conn).expect(rule);
        (found.found != 0).then(|| format!("{rule}: broken {} times", found.found))
    };
    RULES.iter().filter_map(count).collect()
}

async fn assert_rules(app: &TestApp) {
    let broken = app.db.read(|conn| Ok(broken_rules(conn))).await.unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A random action on one of the leads.
async fn act(api: &Api, random: &mut Random, leads: &[i64], statuses: &[i64]) -> Answer {
    let id = leads[random.below(leads.len())];
    let to = statuses[random.below(statuses.len())];
    let path = format!("leads/{id}");
    let post = async |end: &str, body: Value| api.post(&format!("{path}/{end}"), body).await;
    match random.below(14) {
        0..=5 => post("status", json!({"status": to, "note": "on"})).await,
        6 => {
            let value = random.below(1_000);
            let body = json!({"value": value, "status": to});
            api.put(&path, body).await
        }
        7 => {
            let currency = ["EUR", "RON"][random.below(2)];
            api.put(&path, json!({"value": 5, "currency": currency}))
                .await
        }
        8 => post("pause", json!({"until": "2033-06-01", "reason": "r"})).await,
        9 => post("pause", json!({"until": ""})).await,
        10 => post("notes", json!({"note": "seen"})).await,
        11 => api.delete(&path).await,
        12 => post("restore", json!({})).await,
        _ => {
            let read = api.get(&format!("{path}/visits")).await;
            let Some(last) = (read.status == 200).then(|| read.json()) else {
                return read;
            };
            let last = last.as_array().and_then(|all| all.last()?["id"].as_i64());
            post(&format!("visits/{}/void", last.unwrap_or(1)), json!({})).await
        }
    }
}

/// Archives and restores a status, if it is empty.
async fn archive_and_restore(api: &Api, status: i64, turn: usize) -> Answer {
    let body = json!({"archived": turn.is_multiple_of(2)});
    api.put(&format!("lead_statuses/{status}"), body).await
}

async fn thirty_two_tasks_move_the_same_twenty_leads(app: TestApp) {
    let api = app.api(ALICE);
    let passing = api.create_status("Passing").await;
    let mut statuses: Vec<i64> = Vec::new();
    for status in api.statuses().await {
        statuses.push(status["id"].as_i64().expect("an id"));
    }
    let mut leads = Vec::new();
    for number in 0..LEADS {
        leads.push(
            create_lead(
                &api,
                json!({"name": format!("Lead {number}"), "value": number}),
            )
            .await,
        );
    }
    assert_rules(&app).await;
    let answers: Arc<[AtomicUsize; 6]> = Arc::default();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let api = app.api(if task % 2 == 0 { ALICE } else { MARA });
            let (leads, statuses, answers) = (leads.clone(), statuses.clone(), answers.clone());
            let mut random = Random::new(0x9e37_79b9 + task as u64 * 7919);
            tokio::spawn(async move {
                for turn in 0..CALLS {
                    let answer = match task {
                        0 => archive_and_restore(&api, passing, turn).await,
                        _ => act(&api, &mut random, &leads, &statuses).await,
                    };
                    assert!(answer.status < 500, "{}: {}", answer.status, answer.text());
                    answers[usize::from(answer.status / 100)].fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no one gives up");
    }
    let done = answers[2].load(Ordering::Relaxed);
    assert!(done > TASKS * CALLS / 4, "too little happened: {answers:?}");
    assert_rules(&app).await;
    let read = api.get("leads").await.json();
    let bin = api.get("leads?bin=1").await.json();
    let there = |list: &Value| list.as_array().expect("a list").len();
    assert_eq!(there(&read) + there(&bin), LEADS, "no lead is lost");
    let mut counted = 0;
    for status in api.statuses().await {
        counted += status["lead_count"].as_u64().expect("a number") as usize;
    }
    assert_eq!(counted, there(&read), "the counts add up");
    let check = app.program(&["check"], "");
    assert!(check.status.success(), "{check:?}");
}

async fn of_many_who_take_a_reference_one_gets_it(app: TestApp) {
    let body = json!({"name": "Twin", "external_ref": "X-1"});
    let answered = all_at_once(&app, |api| api.request(Method::POST, "leads").json(&body)).await;
    let made = answered.iter().filter(|answer| answer.status == 201);
    assert_eq!(made.count(), 1);
    assert!(
        answered
            .iter()
            .all(|answer| [201, 409].contains(&answer.status))
    );
    assert_rules(&app).await;
}

async fn a_key_that_many_repeat_makes_one_lead(app: TestApp) {
    let body = json!({"name": "Once"});
    let answered = all_at_once(&app, |api| {
        let request = api.request(Method::POST, "leads").json(&body);
        request.header("idempotency-key", "k")
    })
    .await;
    for answer in &answered {
        assert_eq!((answer.status, answer.json()), (201, answered[0].json()));
    }
    let api = app.api(ALICE);
    let id = answered[0].json()["record_id"].as_i64().expect("an id");
    assert_eq!(visits(&api, id).await.len(), 1);
    assert_eq!(
        api.get("leads")
            .await
            .json()
            .as_array()
            .expect("a list")
            .len(),
        1
    );
}

/// A change carries the moment of its request, and may be carried out after one that was asked for later.
async fn a_request_that_waited_is_dated_before_what_was_done_meanwhile(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_lead(&api, json!({"name": "Ana"})).await;
    let to = api.status_id("Lost").await;
    let until = PauseEnd::of_day("2033-06-01".parse().unwrap(), Zone::UTC);
    let begun = app.clock.now();
    let act = async |seconds: i64, act: BulkAction| {
        let actor = Actor::program(Channel::Api, begun.plus_seconds(seconds));
        let rights = Rights::program();
        let carry_out = move |conn: &mut Conn| bulk::apply(conn, &actor, rights, &act, &[id], None);
        app.db.write(carry_out).await.expect("it is carried out");
    };
    let pause = |until| BulkAction::Pause {
        until,
        reason: Reason::parse("away").unwrap(),
    };
    act(60, pause(until)).await;
    act(30, pause(None)).await;
    act(60, pause(until)).await;
    act(30, BulkAction::Move(Move::new(to, Channel::Api))).await;
    let left = visits(&api, id).await;
    let path = format!("leads/{id}/visits/{}/void", left[1]["id"]);
    assert_eq!(api.post(&path, json!({})).await.status, 200);
    act(20, BulkAction::Move(Move::new(to, Channel::Api))).await;
    act(
        10,
        BulkAction::Move(Move::new(api.status_id("New").await, Channel::Api)),
    )
    .await;
    assert_rules(&app).await;
}

/// Sends eight equal calls at once.
async fn all_at_once(
    app: &TestApp,
    request: impl Fn(&Api) -> reqwest::RequestBuilder,
) -> Vec<Answer> {
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let api = app.api(ALICE);
            let request = request(&api);
            tokio::spawn(async move { api.send(request).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    answers
}

#[tokio::test]
async fn a_broken_rule_is_seen() {
    let app = TestApp::sqlite().await;
    let api = app.api(ALICE);
    for number in 0..2 {
        let id = create_lead(&api, json!({"name": "Ana", "value": number})).await;
        super::move_to(&api, id, api.status_id("Contacted").await).await;
    }
    assert_rules(&app).await;
    for (damage, rule) in [
        (
            "update visits set left_at = entered_at where left_at is null and lead_id = 1",
            "open",
        ),
        (
            "update leads set status_since = status_since + 1, clock_from = clock_from + 1 where id = 1",
            "stands",
        ),
        (
            "update visits set next_status_id = 5 where left_at is not null and lead_id = 1",
            "ends",
        ),
        ("update lead_totals set leads = leads + 1", "counted"),
        ("update lead_ages set leads = leads + 1", "ages"),
        ("update lead_clocks set leads = leads + 1", "clocks"),
        ("delete from visits where lead_id = 1", "audit"),
        ("update leads set version = 9 where id = 1", "version"),
    ] {
        let damaged = move |conn: &mut Conn| {
            diesel::sql_query(damage).execute(conn)?;
            let found = broken_rules(conn);
            // The error rolls the damage back.
            Err::<(), _>(lead_statuses::error::Error::Internal(found.join("; ")))
        };
        let found = app
            .db
            .write(damaged)
            .await
            .expect_err("taken back")
            .to_string();
        assert!(found.contains(rule), "{damage}: {found}");
    }
    assert_rules(&app).await;
}
