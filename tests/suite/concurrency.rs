//! Concurrent writes: one wins, the others are refused, and the rules hold at every read.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{ALICE, Api, MARA, RADU, Random, TestApp, execute};

both!(
    the_rules_hold_at_every_read_while_sixteen_change_everything,
    of_two_who_take_a_name_one_is_refused,
    of_two_who_saved_from_one_version_one_is_refused,
    every_acknowledged_change_is_there,
    a_change_by_another_process_is_in_the_next_answer,
);

/// How long the tasks run.
const WHILE: Duration = Duration::from_secs(3);

/// What the writers and readers share.
#[derive(Default)]
struct Counts {
    done: AtomicUsize,
    refused: AtomicUsize,
    reads: AtomicUsize,
    is_over: AtomicBool,
}

fn assert_rules(list: &Value) {
    let list = list.as_array().expect("a list");
    for role in ["isdefault", "isconverted"] {
        let holders: Vec<&Value> = list.iter().filter(|one| one[role] == true).collect();
        assert_eq!(holders.len(), 1, "{role}: {list:#?}");
    }
    let positions: Vec<usize> = list
        .iter()
        .map(|one| one["statusorder"].as_u64().expect("a number") as usize)
        .collect();
    assert_eq!(positions, (1..=list.len()).collect::<Vec<_>>());
    let names: BTreeSet<String> = list
        .iter()
        .map(|one| one["name"].to_string().to_lowercase())
        .collect();
    assert_eq!(names.len(), list.len(), "a name stands twice");
}

/// A random change, based on what was just read.
async fn change_status(api: &Api, random: &mut Random, task: usize, turn: usize) -> u16 {
    let list = api.statuses().await;
    let ids: Vec<i64> = list
        .iter()
        .map(|one| one["id"].as_i64().expect("an id"))
        .collect();
    let one = ids[random.below(ids.len())];
    let path = format!("lead_statuses/{one}");
    let answer = match random.below(6) {
        0 => {
            api.put(&path, json!({"kind": "open", "isdefault": true}))
                .await
        }
        1 => {
            let mut order = ids.clone();
            order.swap(0, random.below(ids.len()));
            api.put("lead_statuses/order", json!({"ids": order, "expect": ids}))
                .await
        }
        2 | 3 => {
            api.post(
                "lead_statuses",
                json!({"name": format!("Stage {task} {turn}"), "color": "#2a80e2", "kind": "open"}),
            )
            .await
        }
        4 => api.delete(&path).await,
        _ => api.put(&path, json!({"archived": true})).await,
    };
    answer.status
}

async fn the_rules_hold_at_every_read_while_sixteen_change_everything(app: TestApp) {
    let (score, until) = (Arc::new(Counts::default()), Instant::now() + WHILE);
    let writers: Vec<_> = (0..16)
        .map(|task| {
            let (api, score, mut random) = (
                app.api(ALICE),
                score.clone(),
                Random::new(0x9e37_79b9 + task as u64 * 7919),
            );
            tokio::spawn(async move {
                for turn in 0.. {
                    if Instant::now() > until {
                        return;
                    }
                    let status = change_status(&api, &mut random, task, turn).await;
                    assert!(status < 500, "{status}");
                    let counted = if status < 300 {
                        &score.done
                    } else {
                        &score.refused
                    };
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let (api, watched) = (app.api(ALICE), score.clone());
    let reader = tokio::spawn(async move {
        while !watched.is_over.load(Ordering::Relaxed) {
            let read = api.get("lead_statuses").await;
            assert_eq!(read.status, 200, "{}", read.text());
            assert_rules(&read.json());
            watched.reads.fetch_add(1, Ordering::Relaxed);
        }
    });
    for writer in writers {
        writer.await.expect("no one gives up");
    }
    score.is_over.store(true, Ordering::Relaxed);
    reader.await.expect("the rules hold");
    let counts =
        [&score.done, &score.refused, &score.reads].map(|count| count.load(Ordering::Relaxed));
    assert!(
        counts[0] > 20 && counts[2] > 5,
        "too little happened: {counts:?}"
    );
    assert_rules(&app.api(ALICE).get("lead_statuses").await.json());
    let check = app.program(&["check"], "");
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
}

async fn of_two_who_take_a_name_one_is_refused(app: TestApp) {
    for round in 0..5 {
        let tasks: Vec<_> = ["Twin", "TWÍN"]
            .into_iter()
            .map(|name| {
                let (api, name) = (app.api(ALICE), format!("{name} {round}"));
                tokio::spawn(async move {
                    let body = json!({"name": name, "color": "#2a80e2", "kind": "open"});
                    api.post("lead_statuses", body).await.status
                })
            })
            .collect();
        let mut statuses = Vec::new();
        for task in tasks {
            statuses.push(task.await.expect("an answer"));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }
}

async fn of_two_who_saved_from_one_version_one_is_refused(app: TestApp) {
    let id = app.api(ALICE).status_id("Qualified").await;
    for _ in 0..5 {
        let version = app.api(ALICE).status("Qualified").await["version"].clone();
        let tasks: Vec<_> = ["left", "right"]
            .into_iter()
            .map(|text| {
                let (api, body) = (
                    app.api(ALICE),
                    json!({"definition": format!("{text} {version}"), "version": version}),
                );
                tokio::spawn(
                    async move { api.put(&format!("lead_statuses/{id}"), body).await.status },
                )
            })
            .collect();
        let mut statuses = Vec::new();
        for task in tasks {
            statuses.push(task.await.expect("an answer"));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

async fn every_acknowledged_change_is_there(app: TestApp) {
    let tasks: Vec<_> = (0..12)
        .map(|task| {
            let api = app.api(ALICE);
            tokio::spawn(async move {
                let mut made = Vec::new();
                for turn in 0..5 {
                    made.push((
                        api.create_status(&format!("Kept {task} {turn}")).await,
                        format!("Kept {task} {turn}"),
                    ));
                }
                made
            })
        })
        .collect();
    let mut made = Vec::new();
    for task in tasks {
        made.extend(task.await.expect("no one gives up"));
    }
    let list = app.api(ALICE).statuses().await;
    assert_eq!(list.len(), 66);
    for (id, name) in made {
        assert!(
            list.iter()
                .any(|one| one["id"] == id && one["name"] == *name),
            "{name}"
        );
    }
    assert_rules(&Value::Array(list));
}

async fn a_change_by_another_process_is_in_the_next_answer(app: TestApp) {
    let (api, browser) = (app.api(ALICE), app.signed_in(MARA).await);
    let id = api.status_id("Contacted").await;
    let seen = async || {
        let statuses = api.get("lead_statuses").await.text().to_owned();
        statuses + &browser.get("/admin/leads").await.text()
    };
    let before = seen().await;
    assert!(before.contains(RADU.name) && before.contains("Contacted"));
    execute(
        &app.config.database_url,
        &format!("update lead_statuses set name = 'Phoned', name_key = 'phoned' where id = {id}"),
    );
    let renamed = seen().await;
    assert!(!renamed.contains("Contacted") && renamed.contains("Phoned"));
    execute(
        &app.config.database_url,
        &format!("update lead_status_roles set status_id = {id} where role = 'default'"),
    );
    assert_eq!(api.status("Phoned").await["isdefault"], true);
    execute(
        &app.config.database_url,
        &format!(
            "update users set name = 'Someone Else' where email = '{}'",
            RADU.email
        ),
    );
    let other = seen().await;
    assert!(!other.contains(RADU.name) && other.contains("Someone Else"));
}

#[test]
fn a_broken_rule_is_seen() {
    let one = |name: &str, position: i64, isdefault: bool, isconverted: bool| json!({"name": name, "statusorder": position, "isdefault": isdefault, "isconverted": isconverted});
    assert_rules(&json!([one("A", 1, true, false), one("B", 2, false, true)]));
    for broken in [
        json!([one("A", 1, true, false), one("B", 2, true, true)]),
        json!([one("A", 1, false, false), one("B", 2, false, true)]),
        json!([one("A", 1, true, false), one("B", 3, false, true)]),
        json!([one("A", 1, true, false), one("a", 2, false, true)]),
    ] {
        assert!(
            std::panic::catch_unwind(|| assert_rules(&broken)).is_err(),
            "{broken}"
        );
    }
}
