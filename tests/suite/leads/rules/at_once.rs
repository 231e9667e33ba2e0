//! Moves and changes of rules at the same time: every visit fits the rules of the version that it names.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::attempts::RulesFixture;
use crate::support::{Api, TestApp};

both!(nothing_enters_a_status_without_passing_its_rules_or_a_recorded_override);

const TASKS: usize = 32;
const ROUNDS: usize = 6;

/// Changes the sentence to confirm; each change is a new rule.
async fn change_rules(api: &Api, target: i64, task: usize) {
    for round in 0..ROUNDS {
        let rule = json!({"type": "confirm", "text": format!("Sentence {task} {round}")});
        let body = json!({"entry_rules": [rule]});
        let done = api.put(&format!("lead_statuses/{target}"), body).await;
        assert!(matches!(done.status, 200 | 409), "{}", done.text());
    }
}

/// Moves a lead into the status and out again, confirming what it read, nothing, or overriding.
async fn move_about(api: &Api, target: i64, away: i64, lead: i64, task: usize) {
    let path = format!("leads/{lead}/status");
    for round in 0..ROUNDS {
        let status = api.get(&format!("lead_statuses/{target}")).await.json();
        let rule = status["entry_rules"][0]["id"].clone();
        let mut body = json!({"status": target});
        match (task + round) % 3 {
            0 => body["confirmed"] = json!([rule]),
            1 => {
                body["override"] = true.into();
                body["override_reason"] = "At once".into();
            }
            _ => {}
        }
        let moved = api.post(&path, body).await;
        assert!(matches!(moved.status, 200 | 422), "{}", moved.text());
        if moved.status == 200 {
            let back = api.post(&path, json!({"status": away})).await;
            assert_eq!(back.status, 200, "{}", back.text());
        }
    }
}

/// The ids of the rules that a version asks to confirm.
fn rules_of(versions: &[Value], version: &Value) -> Vec<i64> {
    let found = versions.iter().find(|known| known["version"] == *version);
    let rules = found.expect("a version")["entry_rules"]
        .as_array()
        .expect("rules");
    rules
        .iter()
        .map(|rule| rule["id"].as_i64().expect("an id"))
        .collect()
}

async fn nothing_enters_a_status_without_passing_its_rules_or_a_recorded_override(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    let (api, target, away) = (&fixture.api, fixture.ids.target, fixture.ids.contacted);
    fixture
        .rule(json!({"entry_rules": [{"type": "confirm", "text": "The first"}]}))
        .await;
    let mut leads = Vec::new();
    for task in 0..TASKS {
        leads.push(fixture.lead(&format!("lead-{task}")).await);
    }
    let tasks = (0..TASKS).map(|task| {
        let lead = leads[task];
        async move {
            match task % 8 {
                0 => change_rules(api, target, task).await,
                _ => move_about(api, target, away, lead, task).await,
            }
        }
    });
    join_all(tasks).await;
    let versions = api
        .get(&format!("lead_statuses/{target}/definitions"))
        .await
        .json();
    let versions = versions.as_array().expect("versions").clone();
    let mut entered = 0;
    for lead in leads {
        let visits = api.get(&format!("leads/{lead}/visits")).await.json();
        for visit in visits.as_array().expect("visits") {
            if visit["status"] != target {
                continue;
            }
            entered += 1;
            let asked = rules_of(&versions, &visit["definition_version"]).len();
            let confirmed = visit["confirmed"].as_array().map(Vec::len).unwrap_or(0);
            let is_overridden =
                visit["overridden"] == true && visit["override_reason"] == "At once";
            assert!(confirmed == asked || is_overridden, "{visit}");
        }
    }
    assert!(entered > TASKS, "only {entered} visits");
}
