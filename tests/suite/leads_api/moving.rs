//! Moves, pauses, notes and voids.

use lead_statuses::clock::Timestamp;
use serde_json::{Value, json};

use super::{assert_refused, create_named_lead, move_to, read_lead, visits};
use crate::support::{ALICE, TestApp};

both!(
    a_move_begins_a_visit_with_a_new_clock,
    a_move_to_where_it_is_changes_nothing,
    an_invalid_move_is_refused_at_its_field,
    an_entry_may_be_back_dated,
    a_lead_that_comes_back_has_a_new_clock,
    a_pause_stops_the_clock_and_an_empty_one_resumes,
    an_invalid_pause_is_refused,
    notes_are_read_newest_first,
    a_voided_move_stays_in_the_history,
);

async fn a_move_begins_a_visit_with_a_new_clock(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let to = api.status_id("Proposal").await;
    app.clock.advance(100 * 86_400);
    assert_eq!(read_lead(&api, id).await["state"], "stuck");
    let moved = move_to(&api, id, to).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(
        super::fields(&moved.json()),
        ["message", "status", "warnings"]
    );
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["status"], &lead["state"]),
        (&json!(to), &json!("on_track"))
    );
    assert_eq!(
        (&lead["version"], &lead["status_name"]),
        (&json!(2), &json!("Proposal"))
    );
    assert_eq!(lead["status_since"], lead["updated_at"]);
    assert_eq!(api.status("Proposal").await["lead_count"], 1);
    assert_eq!(api.status("New").await["stuck_count"], 0);
}

async fn a_move_to_where_it_is_changes_nothing(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let before = read_lead(&api, id).await;
    app.clock.advance(60);
    let body = json!({"status": before["status"], "reason": "Again", "note": "Again"});
    let same = api.post(&format!("leads/{id}/status"), body).await;
    assert_eq!((same.status, &same.json()["status"]), (200, &json!(true)));
    let early = json!({"status": before["status"], "entered_at": "2001-01-01T00:00:00Z"});
    let early = api.post(&format!("leads/{id}/status"), early).await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert_eq!(read_lead(&api, id).await, before);
    assert_eq!(visits(&api, id).await.len(), 1);
}

async fn an_invalid_move_is_refused_at_its_field(app: TestApp) {
    let api = app.api(ALICE);
    let (id, to, old) = (
        create_named_lead(&api, "Ana").await,
        api.status_id("Proposal").await,
        api.create_status("Old").await,
    );
    let archive = json!({"archived": true});
    api.put(&format!("lead_statuses/{old}"), archive).await;
    let path = format!("leads/{id}/status");
    for (field, value) in [
        ("status", json!(null)),
        ("status", json!("")),
        ("status", json!(4711)),
        ("status", json!("01")),
        ("status", json!(old)),
        ("status", json!([to])),
        ("status", json!({"id": to})),
        ("reason", json!("x".repeat(201))),
        ("reason", json!("a\nb")),
        ("note", json!("x".repeat(2_001))),
        ("note", json!("a\u{0}")),
        ("entered_at", json!("yesterday")),
        ("entered_at", json!(12)),
        ("entered_at", json!("2026-02-30T00:00:00Z")),
        ("entered_at", json!("2999-01-01T00:00:00Z")),
        ("entered_at", json!("1969-01-01T00:00:00Z")),
        ("version", json!("x")),
    ] {
        let mut body = json!({"status": to});
        body[field] = value;
        assert_refused(&api.post(&path, body).await, 422, field);
    }
    assert_refused(&api.post(&path, json!({})).await, 422, "status");
    assert_eq!(read_lead(&api, id).await["version"], 1);
}

async fn an_entry_may_be_back_dated(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let to = api.status_id("Contacted").await;
    let made = read_lead(&api, id).await["created_at"].clone();
    let then = Timestamp::parse_rfc3339(made.as_str().unwrap()).unwrap();
    app.clock.advance(10 * 86_400);
    let post = async |to: i64, at: String| {
        let body = json!({"status": to, "entered_at": at});
        api.post(&format!("leads/{id}/status"), body).await
    };
    let early = then.plus_seconds(-1).rfc3339();
    assert_refused(&post(to, early).await, 422, "entered_at");
    let late = app.clock.now().plus_seconds(60).rfc3339();
    assert_refused(&post(to, late).await, 422, "entered_at");
    let entered = then.plus_seconds(86_400);
    assert_eq!(post(to, entered.rfc3339()).await.status, 200);
    let history = visits(&api, id).await;
    assert_eq!(history[1]["entered_at"], entered.rfc3339());
    assert_eq!(history[0]["left_at"], entered.rfc3339());
    assert_eq!(read_lead(&api, id).await["status_since"], entered.rfc3339());
    let moment = app.clock.now().plus_seconds(-60);
    let local = Timestamp(moment.0 + 3 * 3_600_000_000).rfc3339();
    let back = api.status_id("New").await;
    let moved = post(back, local.replace('Z', "+03:00")).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(read_lead(&api, id).await["status_since"], moment.rfc3339());
    // What was read is not too early, though the entry was some microseconds after that second.
    let fresh = read_lead(&api, create_named_lead(&api, "Bogdan").await).await;
    let body = json!({"status": to, "entered_at": fresh["status_since"]});
    let path = format!("leads/{}/status", fresh["id"]);
    let moved = api.post(&path, body).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
}

async fn a_lead_that_comes_back_has_a_new_clock(app: TestApp) {
    let api = app.api(ALICE);
    let (id, new, lost) = (
        create_named_lead(&api, "Ana").await,
        api.status_id("New").await,
        api.status_id("Lost").await,
    );
    app.clock.advance(100 * 86_400);
    for to in [lost, new] {
        assert_eq!(move_to(&api, id, to).await.status, 200);
    }
    assert_eq!(read_lead(&api, id).await["state"], "on_track");
    assert_eq!(visits(&api, id).await.len(), 3);
}

async fn a_pause_stops_the_clock_and_an_empty_one_resumes(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    app.clock.advance(100 * 86_400);
    let day = app
        .clock
        .now()
        .plus_seconds(5 * 86_400)
        .utc()
        .date_naive()
        .to_string();
    let pause = async |body: Value| api.post(&format!("leads/{id}/pause"), body).await;
    let paused = pause(json!({"until": day, "reason": "On holiday"})).await;
    assert_eq!(paused.status, 200, "{}", paused.text());
    let lead = read_lead(&api, id).await;
    let until = format!("{day}T00:00:00Z");
    assert_eq!(
        (&lead["state"], &lead["paused_until"]),
        (&json!("paused"), &json!(until))
    );
    assert_eq!(api.get("leads?state=paused").await.json()[0]["id"], id);
    assert_eq!(
        pause(json!({"until": until, "reason": "Still"}))
            .await
            .status,
        200,
        "as it was read"
    );
    app.clock.advance(5 * 86_400);
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["state"], &lead["paused_until"]),
        (&json!("stuck"), &Value::Null)
    );
    for empty in [json!(""), json!(null)] {
        let again = json!({"until": "2033-06-01", "reason": "Again"});
        assert_eq!(pause(again).await.status, 200);
        let resumed = pause(json!({"until": empty})).await;
        assert_eq!(resumed.status, 200, "{}", resumed.text());
        let lead = read_lead(&api, id).await;
        assert_eq!(
            (&lead["state"], &lead["paused_until"]),
            (&json!("stuck"), &Value::Null)
        );
    }
    let version = read_lead(&api, id).await["version"].clone();
    assert_eq!(pause(json!({"until": ""})).await.status, 200);
    assert_eq!(
        read_lead(&api, id).await["version"],
        version,
        "nothing to resume"
    );
}

async fn an_invalid_pause_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let path = format!("leads/{id}/pause");
    let today = app.clock.now().utc().date_naive().to_string();
    for until in [
        json!("soon"),
        json!("2020-01-01"),
        json!(today),
        json!("2999-01-01"),
        json!("2026-02-30"),
        json!(5),
        json!([]),
        json!({}),
    ] {
        let body = json!({"until": until, "reason": "away"});
        assert_refused(&api.post(&path, body).await, 422, "until");
    }
    for reason in [json!(""), json!(" "), Value::Null] {
        let body = json!({"until": "2033-06-01", "reason": reason});
        assert_refused(&api.post(&path, body).await, 422, "reason");
    }
    let bare = json!({"until": "2033-06-01"});
    assert_refused(&api.post(&path, bare).await, 422, "reason");
    for empty in [json!(""), Value::Null] {
        let body = json!({"until": empty, "reason": "dropped?"});
        assert_refused(&api.post(&path, body).await, 422, "until");
    }
    assert_refused(&api.post(&path, json!({})).await, 422, "until");
    let long = json!({"until": "2033-06-01", "reason": "x".repeat(201)});
    assert_refused(&api.post(&path, long).await, 422, "reason");
    move_to(&api, id, api.status_id("Won").await).await;
    let closed = json!({"until": "2033-06-01", "reason": "away"});
    let closed = api.post(&path, closed).await;
    assert_eq!(closed.status, 409, "{}", closed.text());
}

async fn notes_are_read_newest_first(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let path = format!("leads/{id}/notes");
    for (number, note) in ["First", "Second\n<b>"].into_iter().enumerate() {
        let noted = api.post(&path, json!({"note": note})).await;
        assert_eq!(noted.status, 201, "{}", noted.text());
        assert_eq!(noted.header("location"), format!("/api/{path}"));
        let notes = api.get(&path).await.json();
        assert_eq!(notes[0]["id"], noted.json()["record_id"]);
        assert_eq!(notes.as_array().unwrap().len(), number + 1);
    }
    let notes = api.get(&path).await.json();
    assert_eq!(
        (&notes[0]["note"], &notes[1]["note"]),
        (&json!("Second\n<b>"), &json!("First"))
    );
    assert_eq!(
        super::fields(&notes[0]),
        ["actor", "created_at", "id", "note"]
    );
    assert_eq!(notes[0]["actor"], "Alice Pop (suite)");
    for bad in [
        json!(""),
        json!(null),
        json!("x".repeat(2_001)),
        json!(["a"]),
    ] {
        assert_refused(&api.post(&path, json!({"note": bad})).await, 422, "note");
    }
    assert_refused(&api.post(&path, json!({})).await, 422, "note");
}

async fn a_voided_move_stays_in_the_history(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let other = create_named_lead(&api, "Bogdan").await;
    let before = read_lead(&api, id).await;
    app.clock.advance(60);
    move_to(&api, id, api.status_id("Lost").await).await;
    let known = visits(&api, id).await;
    let void = async |lead: i64, visit: &Value| {
        let path = format!("leads/{lead}/visits/{visit}/void");
        api.post(&path, json!({})).await
    };
    assert_eq!(
        void(id, &known[0]["id"]).await.status,
        409,
        "how it came here"
    );
    assert_eq!(
        void(other, &known[1]["id"]).await.status,
        404,
        "another lead's"
    );
    assert_eq!(void(id, &json!(4711)).await.status, 404);
    let voided = void(id, &known[1]["id"]).await;
    assert_eq!(voided.status, 200, "{}", voided.text());
    let lead = read_lead(&api, id).await;
    for field in ["status", "status_since", "state"] {
        assert_eq!(lead[field], before[field], "{field}");
    }
    let history = visits(&api, id).await;
    assert_eq!(
        (&history[0]["left_at"], &history[1]["voided"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(
        void(id, &known[1]["id"]).await.status,
        409,
        "once is enough"
    );
}
