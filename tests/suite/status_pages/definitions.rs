//! A change of what a status means makes a version of its definition.

use serde_json::{Value, json};

use crate::support::{ALICE, Api, TestApp};

both!(
    a_change_of_the_definition_makes_a_version,
    a_visit_remembers_the_version_in_force,
    a_rule_keeps_its_id_and_no_id_is_used_twice,
    undoing_a_change_makes_a_version_too,
);

async fn versions(api: &Api, id: i64) -> Vec<Value> {
    let answer = api.get(&format!("lead_statuses/{id}/definitions")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().expect("a list").clone()
}

async fn put(api: &Api, id: i64, body: Value) {
    let done = api.put(&format!("lead_statuses/{id}"), body).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

async fn a_change_of_the_definition_makes_a_version(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Gated").await;
    for (body, version) in [
        (
            json!({"color": "#111111", "limit_days": 9, "name": "Gate"}),
            1,
        ),
        (json!({"definition": "Meant.", "why": "Nobody knew"}), 2),
        (json!({"definition": "Meant."}), 2),
        (json!({"enter_when": ["Called"]}), 3),
        (json!({"leave_when": ["Left"]}), 4),
        (
            json!({"entry_rules": [{"type": "confirm", "text": "We spoke"}]}),
            5,
        ),
        (json!({"enter_from": [0]}), 6),
        (json!({"movers": ["manager", "admin"]}), 7),
        (json!({"reasons": ["Price"]}), 8),
        (json!({"reason_required": true}), 9),
    ] {
        put(&api, id, body.clone()).await;
        let status = api.get(&format!("lead_statuses/{id}")).await.json();
        assert_eq!(status["definition_version"], version, "{body}");
    }
    let all = versions(&api, id).await;
    let numbers: Vec<i64> = all
        .iter()
        .map(|one| one["version"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let rule = json!({"id": 1, "type": "confirm", "level": "block", "text": "We spoke"});
    let newest = &all[0];
    assert_eq!(newest["entry_rules"], json!([rule]));
    assert_eq!(
        (&newest["movers"], &newest["enter_from"]),
        (&json!(["admin", "manager"]), &json!([0]))
    );
    assert_eq!(
        (&newest["reasons"], &newest["reason_required"]),
        (&json!(["Price"]), &json!(true))
    );
    let second = &all[7];
    assert_eq!(
        (&second["definition"], &second["why"]),
        (&json!("Meant."), &json!("Nobody knew"))
    );
    assert_eq!(
        (&second["entry_rules"], &second["by"]),
        (&json!([]), &json!("Alice Pop (suite)"))
    );
    let unknown = api
        .put(
            &format!("lead_statuses/{id}"),
            json!({"enter_from": [4711]}),
        )
        .await;
    assert!(
        unknown.json()["errors"]["enter_from"].is_array(),
        "{}",
        unknown.text()
    );
    assert_eq!(api.get("lead_statuses/4711/definitions").await.status, 404);
}

async fn a_visit_remembers_the_version_in_force(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Gated").await;
    let lead = api.post("leads", json!({"name": "Ana"})).await.json()["record_id"].clone();
    let path = format!("leads/{lead}/status");
    api.post(&path, json!({"status": id})).await;
    put(&api, id, json!({"definition": "Meant."})).await;
    api.post(&path, json!({"status": api.status_id("Contacted").await}))
        .await;
    api.post(&path, json!({"status": id})).await;
    let visits = api.get(&format!("leads/{lead}/visits")).await.json();
    let versions: Vec<&Value> = [1, 3]
        .map(|index| &visits[index]["definition_version"])
        .to_vec();
    assert_eq!(versions, [&json!(1), &json!(2)]);
}

async fn a_rule_keeps_its_id_and_no_id_is_used_twice(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Gated").await;
    let rule = |text: &str| json!({"type": "confirm", "text": text});
    put(&api, id, json!({"entry_rules": [rule("A"), rule("B")]})).await;
    put(
        &api,
        id,
        json!({"entry_rules": [{"id": 1, "type": "confirm", "text": "A, at length"}]}),
    )
    .await;
    put(
        &api,
        id,
        json!({"entry_rules": [{"id": 1, "type": "confirm", "text": "A"}, rule("C")]}),
    )
    .await;
    let status = api.get(&format!("lead_statuses/{id}")).await.json();
    let ids: Vec<&Value> = [0, 1]
        .map(|index| &status["entry_rules"][index]["id"])
        .to_vec();
    assert_eq!(ids, [&json!(1), &json!(3)]);
}

async fn undoing_a_change_makes_a_version_too(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Gated").await;
    let browser = app.signed_in(ALICE).await;
    let path = format!("/admin/leads/statuses/{id}");
    let form = browser.get(&format!("{path}/edit")).await;
    let saved = browser
        .submit(&form, "main form[data-guard]", &[("definition", "Meant.")])
        .await;
    assert_eq!(saved.status, 303, "{saved:?}");
    let shown = browser.follow(&saved).await;
    let undone = browser.submit(&shown, "#banners form", &[]).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    let all = versions(&api, id).await;
    let texts: Vec<&Value> = all.iter().map(|one| &one["definition"]).collect();
    assert_eq!(texts, [&json!(""), &json!("Meant."), &json!("")]);
}
