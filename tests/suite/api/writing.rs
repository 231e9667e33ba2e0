//! Creating and changing statuses.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ALICE, Answer, Api, MARA, TestApp};

both!(
    a_new_status_is_made_at_the_end,
    every_invalid_value_is_refused_at_its_field,
    a_name_is_taken_without_regard_to_case_and_accents,
    three_encodings_of_a_body_are_read_alike,
    only_the_fields_sent_change,
    unknown_and_read_only_fields_are_ignored,
    a_stale_version_is_refused,
    a_repeated_key_makes_nothing_twice,
    text_is_stored_as_typed,
);

fn open_status(name: &str) -> Value {
    json!({"name": name, "color": "#9163d5", "kind": "open"})
}

async fn read_status(api: &Api, id: i64) -> Value {
    api.get(&format!("lead_statuses/{id}")).await.json()
}

async fn a_new_status_is_made_at_the_end(app: TestApp) {
    let api = app.api(ALICE);
    let body = json!({
        "name": "Demo booked", "color": "#ABC", "kind": "open", "definition": "A date is set.",
        "enter_when": ["The lead said yes", "A date is in the calendar"], "leave_when": "Shown\nCancelled",
        "target_days": 3, "limit_days": "7",
    });
    let made = api.post("lead_statuses", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let reply = made.json();
    let id = reply["record_id"].as_i64().unwrap();
    assert_eq!(reply["status"], true);
    assert!(
        reply["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty())
    );
    assert!(
        made.header("location")
            .ends_with(&format!("/api/lead_statuses/{id}"))
    );
    let status = read_status(&api, id).await;
    assert_eq!(status["color"], "#aabbcc");
    assert_eq!(status["statusorder"], 5);
    assert_eq!(status["slug"], "demo-booked");
    assert_eq!(
        status["enter_when"],
        json!(["The lead said yes", "A date is in the calendar"])
    );
    assert_eq!(status["leave_when"], json!(["Shown", "Cancelled"]));
    assert_eq!(
        (&status["target_days"], &status["limit_days"]),
        (&json!(3), &json!(7))
    );
    assert_eq!(
        (&status["version"], &status["archived"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(
        (&status["lead_count"], &status["stuck_count"]),
        (&json!(0), &json!(0))
    );
}

async fn every_invalid_value_is_refused_at_its_field(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.create_status("Mine").await;
    let long = "x".repeat(51);
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("   ")),
        ("name", json!(long)),
        ("name", json!("two\nlines")),
        ("name", json!(["a"])),
        ("color", json!("red")),
        ("color", json!("#12345")),
        ("color", json!("#1234567")),
        ("color", json!("#gggggg")),
        ("kind", json!("maybe")),
        ("kind", json!("")),
        ("target_days", json!(-1)),
        ("target_days", json!(0)),
        ("target_days", json!(1.5)),
        ("limit_days", json!(99_999_999_999_i64)),
        ("limit_days", json!("soon")),
        ("definition", json!({"a": 1})),
    ] {
        let mut body = open_status("Fine");
        body[field] = value.clone();
        let refused = [
            api.post("lead_statuses", body).await,
            api.put(&format!("lead_statuses/{id}"), json!({field: value}))
                .await,
        ];
        for answer in refused {
            assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text());
            let reply = answer.json();
            let at_field = reply["errors"][field]
                .as_array()
                .unwrap_or_else(|| panic!("{field} {value}: {reply}"));
            assert!(at_field.len() == 1 && at_field[0].as_str().is_some_and(|text| text.len() > 5));
            assert_eq!(reply["status"], false);
        }
    }
    let crossed = api.post("lead_statuses", json!({"name": "X", "color": "#123456", "kind": "open", "target_days": 9, "limit_days": 3})).await;
    assert_eq!(crossed.status, 422);
    let empty = api.post("lead_statuses", json!({})).await;
    assert_eq!(empty.status, 422);
    assert!(empty.json()["errors"]["name"].is_array());
    assert_eq!(api.statuses().await.len(), 7, "nothing was made");
    assert_eq!(
        read_status(&api, id).await["version"],
        1,
        "nothing was changed"
    );
}

async fn a_name_is_taken_without_regard_to_case_and_accents(app: TestApp) {
    let api = app.api(ALICE);
    api.create_status("Ofertă trimisă").await;
    for name in [
        "ofertă trimisă",
        "OFERTA TRIMISA",
        "Oferta  trimisa",
        " Ofertă trimisă ",
        "Ofertă\u{a0}trimisă",
    ] {
        let answer = api.post("lead_statuses", open_status(name)).await;
        assert_eq!(answer.status, 409, "{name:?}: {}", answer.text());
        assert!(
            answer.json()["errors"]["name"].is_array(),
            "{}",
            answer.text()
        );
    }
    let new = api.status_id("New").await;
    let answer = api
        .put(
            &format!("lead_statuses/{new}"),
            json!({"name": "contacted"}),
        )
        .await;
    assert_eq!(answer.status, 409);
    let same = api
        .put(&format!("lead_statuses/{new}"), json!({"name": "NEW"}))
        .await;
    assert_eq!(
        same.status,
        200,
        "its own name in another case: {}",
        same.text()
    );
    let archived = api.status_id("Contacted").await;
    api.put(
        &format!("lead_statuses/{archived}"),
        json!({"archived": true}),
    )
    .await;
    api.create_status("CONTACTED").await;
    let back = api
        .put(
            &format!("lead_statuses/{archived}"),
            json!({"archived": false}),
        )
        .await;
    assert_eq!(
        back.status,
        409,
        "its name is taken by now: {}",
        back.text()
    );
}

async fn three_encodings_of_a_body_are_read_alike(app: TestApp) {
    let api = app.api(ALICE);
    let fields = [
        ("name", "Ținută"),
        ("color", "#123456"),
        ("kind", "paused"),
        ("enter_when", "a\nb"),
        ("limit_days", "9"),
    ];
    let named = |name: &'static str| {
        fields.map(|(field, value)| (field, if field == "name" { name } else { value }))
    };
    let post = || api.request(Method::POST, "lead_statuses");
    let form = api.send(post().form(&named("Form ț"))).await;
    let parts = named("Parts ț")
        .into_iter()
        .fold(reqwest::multipart::Form::new(), |form, (name, value)| {
            form.text(name, value)
        });
    let multipart = api.send(post().multipart(parts)).await;
    let object: serde_json::Map<String, Value> = named("Json ț")
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let json = api.post("lead_statuses", object.into()).await;
    for (answer, name) in [(form, "Form ț"), (multipart, "Parts ț"), (json, "Json ț")] {
        assert_eq!(answer.status, 201, "{}", answer.text());
        let status = read_status(&api, answer.json()["record_id"].as_i64().unwrap()).await;
        assert_eq!(
            (&status["name"], &status["kind"]),
            (&json!(name), &json!("paused"))
        );
        assert_eq!(
            (&status["enter_when"], &status["limit_days"]),
            (&json!(["a", "b"]), &json!(9))
        );
    }
    let id = api.status_id("Form ț").await;
    let path = format!("lead_statuses/{id}");
    let put = api
        .send(
            api.request(Method::PUT, &path)
                .form(&[("definition", "By form")]),
        )
        .await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(read_status(&api, id).await["definition"], "By form");
}

async fn only_the_fields_sent_change(app: TestApp) {
    let api = app.api(ALICE);
    let before = api.status("Qualified").await;
    let path = format!("lead_statuses/{}", before["id"]);
    app.clock.advance(60);
    let put = api.put(&path, json!({"limit_days": 20})).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(put.json()["status"], true);
    let after = api.status("Qualified").await;
    let mut expected = before.clone();
    for (field, value) in [
        ("limit_days", json!(20)),
        ("version", json!(2)),
        ("updated_at", after["updated_at"].clone()),
    ] {
        expected[field] = value;
    }
    assert_eq!(after, expected);
    assert_ne!(after["updated_at"], before["updated_at"]);
    let cleared = api
        .put(
            &path,
            json!({"target_days": null, "limit_days": "", "enter_when": []}),
        )
        .await;
    assert_eq!(cleared.status, 200, "{}", cleared.text());
    let cleared = api.status("Qualified").await;
    assert_eq!(
        (&cleared["target_days"], &cleared["limit_days"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(cleared["enter_when"], json!([]));
    let renamed = api.put(&path, json!({"name": "Sales qualified"})).await;
    assert_eq!(renamed.status, 200);
    assert_eq!(
        api.status("Sales qualified").await["slug"],
        "qualified",
        "a slug never changes"
    );
}

async fn unknown_and_read_only_fields_are_ignored(app: TestApp) {
    let api = app.api(ALICE);
    let before = api.status("Proposal").await;
    let path = format!("lead_statuses/{}", before["id"]);
    let body = json!({"id": 4711, "slug": "other", "lead_count": 9, "stuck_count": 9, "created_at": "2000-01-01T00:00:00Z",
        "updated_at": "2000-01-01T00:00:00Z", "nonsense": {"deep": [1, {"a": 2}]}, "archived_at": "x", "position": 1});
    let put = api.put(&path, body).await;
    assert_eq!(put.status, 200, "{}", put.text());
    let after = api.status("Proposal").await;
    for field in [
        "id",
        "slug",
        "lead_count",
        "stuck_count",
        "created_at",
        "statusorder",
        "archived",
    ] {
        assert_eq!(after[field], before[field], "{field}");
    }
}

async fn a_stale_version_is_refused(app: TestApp) {
    let (alice, mara) = (app.api(ALICE), app.api(MARA));
    let id = alice.status_id("Qualified").await;
    let path = format!("lead_statuses/{id}");
    let tag = mara.get(&path).await.header("etag").to_owned();
    let put = async |tag: &str, body: Value| -> Answer {
        let request = alice
            .request(Method::PUT, &path)
            .header("if-match", tag.to_owned());
        alice.send(request.json(&body)).await
    };
    assert_eq!(put(&tag, json!({"definition": "One"})).await.status, 200);
    let stale = put(&tag, json!({"definition": "Two"})).await;
    assert_eq!(stale.status, 412, "{}", stale.text());
    assert_eq!(
        put("\"999\"", json!({"definition": "Two"})).await.status,
        412
    );
    assert_eq!(put("*", json!({"definition": "Three"})).await.status, 200);
    let version = read_status(&alice, id).await["version"].as_i64().unwrap();
    let stale = alice
        .put(&path, json!({"definition": "Four", "version": version - 1}))
        .await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    assert_eq!(read_status(&alice, id).await["definition"], "Three");
    let fresh = alice
        .put(&path, json!({"definition": "Five", "version": version}))
        .await;
    assert_eq!(fresh.status, 200, "{}", fresh.text());
}

async fn a_repeated_key_makes_nothing_twice(app: TestApp) {
    let (alice, count) = (app.api(ALICE), async || {
        app.api(ALICE).statuses().await.len()
    });
    let post = async |key: &str, name: &str| {
        let request = alice
            .request(Method::POST, "lead_statuses")
            .header("idempotency-key", key.to_owned());
        alice.send(request.json(&open_status(name))).await
    };
    let first = post("k-1", "Once").await;
    assert_eq!(first.status, 201);
    let again = post("k-1", "Once").await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(count().await, 7);
    let other = post("k-1", "Something else").await;
    assert!([409, 422].contains(&other.status), "{}", other.text());
    assert_eq!(
        post("k-2", "Once").await.status,
        409,
        "another key is another call"
    );
    app.clock.advance(24 * 3600 + 60);
    assert_eq!(post("k-1", "The day after").await.status, 201);
    assert_eq!(count().await, 8);
}

async fn text_is_stored_as_typed(app: TestApp) {
    let api = app.api(ALICE);
    for name in [
        "🚀 Launch 👩‍👩‍👧",
        "مؤهل",
        "<b>&amp;\"'",
        "e\u{301} combined",
        "=1+1",
        "x".repeat(50).as_str(),
        &"🚀".repeat(50),
    ] {
        let made = api.post("lead_statuses", open_status(name)).await;
        assert_eq!(made.status, 201, "{name}: {}", made.text());
        let id = made.json()["record_id"].as_i64().unwrap();
        assert_eq!(read_status(&api, id).await["name"], *name);
    }
}
