//! One lead, and its history.

use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, create_named_lead, fields, move_to, read_lead, visits};
use crate::support::{ALICE, TestApp};

both!(
    a_lead_has_the_fields_of_the_contract,
    unknown_values_are_empty_or_null,
    an_unknown_lead_is_404_at_every_call,
    a_lead_in_the_bin_is_not_found,
    only_plain_digits_are_an_id,
    a_history_has_the_fields_of_the_contract,
    a_deleted_status_keeps_its_name_in_history,
    age_alone_makes_a_lead_stuck,
);

async fn a_lead_has_the_fields_of_the_contract(app: TestApp) {
    let api = app.api(ALICE);
    let body = json!({"name": "Ana Țepeș", "company": "Acme", "email": "ana@example.com", "phone": "0722 123",
        "source": "Web", "owner": 3, "value": 1054, "currency": "ron", "external_ref": "X-1"});
    let id = create_lead(&api, body).await;
    let answer = api.get(&format!("leads/{id}")).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    assert!(answer.header("etag").starts_with("\"1-"));
    let lead = answer.json();
    let mut expected = vec![
        "id",
        "external_ref",
        "external_system",
        "name",
        "company",
        "email",
        "phone",
        "source",
        "owner",
        "value",
        "currency",
        "status",
        "status_name",
        "status_since",
        "state",
        "handoff",
        "paused_until",
        "version",
        "created_at",
        "updated_at",
        "extra",
        "description",
        "phonenumber",
        "lead_value",
        "source_name",
        "assigned",
        "dateadded",
    ];
    expected.sort_unstable();
    assert_eq!(fields(&lead), expected);
    let status = api.status_id("New").await;
    for (field, value) in [
        ("id", json!(id)),
        ("external_ref", json!("X-1")),
        ("name", json!("Ana Țepeș")),
        ("company", json!("Acme")),
        ("email", json!("ana@example.com")),
        ("phone", json!("0722 123")),
        ("source", json!("Web")),
        ("owner", json!(3)),
        ("value", json!(1054.0)),
        ("currency", json!("RON")),
        ("status", json!(status)),
        ("status_name", json!("New")),
        ("state", json!("on_track")),
        ("paused_until", Value::Null),
        ("version", json!(1)),
    ] {
        assert_eq!(lead[field], value, "{field}");
    }
    for moment in ["status_since", "created_at", "updated_at"] {
        let text = lead[moment].as_str().unwrap();
        assert!(text.len() == 20 && text.ends_with('Z'), "{moment}: {text}");
    }
    let list = api.get("leads").await.json();
    assert_eq!(list, json!([lead]), "one and the list say the same");
}

async fn unknown_values_are_empty_or_null(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let lead = read_lead(&api, id).await;
    for text in ["company", "email", "phone", "source"] {
        assert_eq!(lead[text], "", "{text}");
    }
    for gap in ["external_ref", "owner", "value", "paused_until"] {
        assert_eq!(lead[gap], Value::Null, "{gap}");
    }
    assert_eq!(lead["currency"], "EUR");
}

/// Every call about one lead.
fn calls(id: &str) -> Vec<(Method, String, Value)> {
    vec![
        (Method::GET, format!("leads/{id}"), json!({})),
        (Method::GET, format!("leads/{id}/visits"), json!({})),
        (Method::GET, format!("leads/{id}/notes"), json!({})),
        (Method::PUT, format!("leads/{id}"), json!({"name": "X"})),
        (Method::DELETE, format!("leads/{id}"), json!({})),
        (Method::DELETE, format!("delete/leads/{id}"), json!({})),
        (Method::DELETE, format!("leads/{id}?dry_run=1"), json!({})),
        (
            Method::POST,
            format!("leads/{id}/status"),
            json!({"status": 2}),
        ),
        (
            Method::POST,
            format!("leads/{id}/pause"),
            json!({"until": "2033-06-01", "reason": "r"}),
        ),
        (
            Method::POST,
            format!("leads/{id}/notes"),
            json!({"note": "n"}),
        ),
        (Method::POST, format!("leads/{id}/visits/1/void"), json!({})),
        (Method::POST, format!("leads/{id}/restore"), json!({})),
    ]
}

async fn an_unknown_lead_is_404_at_every_call(app: TestApp) {
    let api = app.api(ALICE);
    for (method, path, body) in calls("4711") {
        let answer = api
            .send(api.request(method.clone(), &path).json(&body))
            .await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
        let expected = json!({"status": false, "message": "No data were found"});
        assert_eq!(answer.json(), expected);
    }
}

async fn a_lead_in_the_bin_is_not_found(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    assert_eq!(api.delete(&format!("leads/{id}")).await.status, 200);
    for (method, path, body) in calls(&id.to_string()) {
        let expected = match (method.as_str(), path.as_str()) {
            ("GET" | "DELETE", _) => 404,
            (_, path) if path.ends_with("/restore") => 200,
            // The first visit can't be voided, whether the lead is in the bin or not.
            _ => 409,
        };
        let answer = api
            .send(api.request(method.clone(), &path).json(&body))
            .await;
        let is_void = path.ends_with("/void");
        assert!(
            answer.status == expected || (is_void && answer.status == 404),
            "{method} {path}: {} {}",
            answer.status,
            answer.text()
        );
    }
    assert_eq!(read_lead(&api, id).await["name"], "Ana");
    let again = api.post(&format!("leads/{id}/restore"), json!({})).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(read_lead(&api, id).await["version"], 3, "nothing changed");
}

async fn only_plain_digits_are_an_id(app: TestApp) {
    let api = app.api(ALICE);
    create_named_lead(&api, "Ana").await;
    for id in [
        "+1",
        "01",
        "1e3",
        "0x1",
        "-1",
        "0",
        "1.0",
        "abc",
        "99999999999999999999",
        "1%00",
        "%20 1",
        "١",
    ] {
        for (method, path, body) in calls(id) {
            let request = api.request(method.clone(), &path).json(&body);
            assert_eq!(api.send(request).await.status, 404, "{method} {path}");
        }
        let void = format!("leads/1/visits/{id}/void");
        assert_eq!(api.post(&void, json!({})).await.status, 404, "{void}");
    }
}

async fn a_history_has_the_fields_of_the_contract(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let contacted = api.status_id("Contacted").await;
    app.clock.advance(60);
    let body = json!({"status": contacted, "reason": "Called back", "note": "Nice\nperson"});
    let moved = api.post(&format!("leads/{id}/status"), body).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let visits = visits(&api, id).await;
    assert_eq!(visits.len(), 2);
    let (first, second) = (&visits[0], &visits[1]);
    let expected = [
        "actor",
        "confirmed",
        "definition_version",
        "entered_at",
        "evidence",
        "id",
        "left_at",
        "note",
        "overridden",
        "override_reason",
        "reason",
        "status",
        "status_name",
        "unmet",
        "via",
        "voided",
    ];
    assert_eq!(fields(first), expected);
    assert_eq!(first["left_at"], second["entered_at"]);
    assert_eq!(
        (&second["left_at"], &second["via"]),
        (&Value::Null, &json!("api"))
    );
    assert_eq!(second["status"], contacted);
    assert_eq!(second["status_name"], "Contacted");
    assert_eq!((&first["reason"], &first["note"]), (&json!(""), &json!("")));
    assert_eq!(second["reason"], "Called back");
    assert_eq!(second["note"], "Nice\nperson");
    assert_eq!(second["actor"], "Alice Pop (suite)");
    assert_eq!(
        (&first["voided"], &second["voided"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(
        read_lead(&api, id).await["status_since"],
        second["entered_at"]
    );
}

async fn a_deleted_status_keeps_its_name_in_history(app: TestApp) {
    let api = app.api(ALICE);
    let (id, new, passing) = (
        create_named_lead(&api, "Ana").await,
        api.status_id("New").await,
        api.create_status("Passing").await,
    );
    assert_eq!(move_to(&api, id, passing).await.status, 200);
    assert_eq!(move_to(&api, id, new).await.status, 200);
    let gone = api.delete(&format!("lead_statuses/{passing}")).await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    let visits = visits(&api, id).await;
    let names: Vec<&Value> = visits.iter().map(|visit| &visit["status_name"]).collect();
    assert_eq!(names, ["New", "Passing", "New"]);
}

async fn age_alone_makes_a_lead_stuck(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let status = api.status("New").await;
    app.clock
        .advance(status["limit_days"].as_i64().unwrap() * 86_400);
    assert_eq!(read_lead(&api, id).await["state"], "stuck");
    assert_eq!(api.status("New").await["stuck_count"], 1);
    app.clock.advance(400 * 86_400);
    assert_eq!(
        read_lead(&api, id).await["state"],
        "stuck",
        "there is no cut-off"
    );
    assert_eq!(
        move_to(&api, id, api.status_id("Won").await).await.status,
        200
    );
    app.clock.advance(400 * 86_400);
    assert_eq!(read_lead(&api, id).await["state"], "none");
}
