//! What is missing is asked for at once.

use serde_json::{Value, json};

use super::super::fixtures::LIST;
use super::attempts::{Channel, RulesFixture, last_visit};
use super::cases::NOTHING;
use crate::support::TestApp;

both!(
    everything_that_is_missing_is_named_at_once_and_blocking_rules_first,
    a_refused_move_changes_no_field,
    a_dry_run_names_what_is_missing_and_changes_nothing,
    rules_that_changed_meanwhile_are_asked_for_and_nothing_typed_is_lost,
);

const MANY: &str = r#"{"entry_rules": [
    {"id": 1, "type": "field", "field": "phone", "op": "set", "level": "warn", "text": "Phone is known"},
    {"id": 2, "type": "field", "field": "email", "op": "set", "text": "E-mail is known"},
    {"id": 3, "type": "confirm", "text": "We spoke"}], "reason_required": true}"#;

async fn everything_that_is_missing_is_named_at_once_and_blocking_rules_first(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(serde_json::from_str(MANY).unwrap()).await;
    let (_, text) = fixture.attempt(Channel::Call, "ana", &NOTHING).await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    let field = |rule: i64, field: &str, level: &str, text: &str| json!({"rule": rule, "type": "field", "level": level, "field": field, "text": text});
    let expected = json!([
        field(2, "email", "block", "E-mail is known"),
        {"rule": 3, "type": "confirm", "level": "block", "text": "We spoke"},
        {"rule": null, "type": "reason", "choices": []},
        field(1, "phone", "warn", "Phone is known"),
    ]);
    assert_eq!(answer["unmet"], expected);
    let (id, _) = fixture.find_lead("ana").await.unwrap();
    let body = json!({"status": fixture.ids.target, "fields": {"email": "a@b.ro"}, "confirmed": [3], "reason": "Asked"});
    let moved = fixture.api.post(&format!("leads/{id}/status"), body).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(
        moved.json()["warnings"],
        json!([field(1, "phone", "warn", "Phone is known")])
    );
    let visit = last_visit(&fixture.api, id).await;
    assert_eq!(
        (&visit["unmet"], &visit["overridden"]),
        (&json!(["Phone is known"]), &json!(false))
    );
    let lead = fixture.api.get(&format!("leads/{id}")).await.json();
    assert_eq!(lead["email"], "a@b.ro");
}

async fn a_refused_move_changes_no_field(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(serde_json::from_str(MANY).unwrap()).await;
    let id = fixture.lead("ana").await;
    let before = fixture.api.get(&format!("leads/{id}")).await.json();
    let body = json!({"status": fixture.ids.target, "fields": {"email": "a@b.ro"}});
    let refused = fixture
        .api
        .post(&format!("leads/{id}/status"), body.clone())
        .await;
    assert_eq!(refused.status, 422);
    let body = json!({"status": fixture.ids.target, "email": "a@b.ro"});
    assert_eq!(
        fixture.api.put(&format!("leads/{id}"), body).await.status,
        422
    );
    assert_eq!(fixture.api.get(&format!("leads/{id}")).await.json(), before);
    for (name, value) in [
        ("confirmed", json!("x")),
        ("evidence", json!(7)),
        ("fields", json!([1])),
        ("override", json!("perhaps")),
    ] {
        let body = json!({"status": fixture.ids.target, name: value});
        let refused = fixture.api.post(&format!("leads/{id}/status"), body).await;
        assert_eq!(refused.status, 422, "{name}");
    }
}

async fn a_dry_run_names_what_is_missing_and_changes_nothing(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    fixture.rule(serde_json::from_str(MANY).unwrap()).await;
    let id = fixture.lead("ana").await;
    let body = json!({"status": fixture.ids.target, "fields": {"email": "a@b.ro"}});
    let path = format!("leads/{id}/status?dry_run=1");
    let preview = fixture.api.post(&path, body).await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    let missing = preview.json()["unmet"].as_array().unwrap().len();
    assert_eq!((missing, &preview.json()["status"]), (3, &json!(false)));
    assert_eq!(fixture.find_lead("ana").await, Some((id, fixture.ids.new)));
    let lead = fixture.api.get(&format!("leads/{id}")).await.json();
    assert_eq!((&lead["email"], &lead["version"]), (&json!(""), &json!(1)));
}

async fn rules_that_changed_meanwhile_are_asked_for_and_nothing_typed_is_lost(app: TestApp) {
    let fixture = RulesFixture::new(&app).await;
    let first = json!({"id": 1, "type": "confirm", "text": "We spoke"});
    fixture.rule(json!({"entry_rules": [first, {"id": 2, "type": "field", "field": "email", "op": "set"}]})).await;
    let id = fixture.lead("ana").await;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let typed = vec![
        pair("status", &fixture.ids.target.to_string()),
        pair("note", "Called twice"),
    ];
    let asked = fixture.post(&format!("{LIST}/{id}/status"), typed).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked.has("input[name='fields[email]']") && asked.has("input[name=confirmed][value='1']")
    );
    let second = json!({"id": 3, "type": "evidence", "text": "Link to the call"});
    fixture.rule(json!({"entry_rules": [first, {"id": 2, "type": "field", "field": "email", "op": "set"}, second]})).await;
    let filled = [("confirmed", "1"), ("fields[email]", "a@b.ro")];
    let again = fixture.browser.submit(&asked, "main form", &filled).await;
    assert_eq!(again.status, 422, "{again:?}");
    assert!(again.has("input[name='evidence[3]']") && !again.has("input[type=email]"));
    let lead = fixture.api.get(&format!("leads/{id}")).await.json();
    assert_eq!(lead["email"], "", "nothing is written before all is there");
    let done = fixture
        .browser
        .submit(&again, "main form", &[("evidence[3]", "https://x.ro")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    let lead = fixture.api.get(&format!("leads/{id}")).await.json();
    assert_eq!(
        (&lead["email"], &lead["status"]),
        (&json!("a@b.ro"), &json!(fixture.ids.target))
    );
    let visit = last_visit(&fixture.api, id).await;
    assert_eq!(
        (&visit["note"], &visit["confirmed"]),
        (&json!("Called twice"), &json!(["We spoke"]))
    );
    let page = fixture.browser.get(&format!("{LIST}/{id}")).await;
    assert!(
        page.text().contains("Link to the call"),
        "the timeline shows it"
    );
}
