//! Making, changing, deleting and restoring leads.

use reqwest::Method;
use serde_json::{Value, json};

use super::{assert_refused, create_lead, create_named_lead, read_lead, visits};
use crate::support::{ALICE, Answer, TestApp};

both!(
    a_new_lead_is_in_the_default_status,
    every_invalid_value_is_refused_at_its_field,
    every_error_comes_in_one_answer,
    a_reference_belongs_to_one_lead,
    three_encodings_of_a_body_are_read_alike,
    only_the_fields_sent_change,
    a_status_that_is_sent_moves_the_lead,
    a_stale_version_is_refused,
    a_repeated_key_makes_nothing_twice,
    both_addresses_delete_and_a_dry_run_does_not,
    amounts_keep_every_digit_of_their_currency,
);

async fn a_new_lead_is_in_the_default_status(app: TestApp) {
    let api = app.api(ALICE);
    let made = api.post("leads", json!({"name": " Ana "})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let reply = made.json();
    let id = reply["record_id"].as_i64().unwrap();
    assert_eq!(reply["status"], true);
    assert!(
        reply["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert_eq!(made.header("location"), format!("/api/leads/{id}"));
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["name"], &lead["status_name"]),
        (&json!("Ana"), &json!("New"))
    );
    assert_eq!(lead["status_since"], lead["created_at"]);
    let history = visits(&api, id).await;
    assert_eq!((history.len(), &history[0]["via"]), (1, &json!("api")));
    let qualified = api.status_id("Qualified").await;
    let contacted = api.status_id("Contacted").await;
    let there = create_lead(&api, json!({"name": "B", "status": qualified.to_string()})).await;
    assert_eq!(read_lead(&api, there).await["status"], qualified);
    let body = json!({"isdefault": true});
    api.put(&format!("lead_statuses/{contacted}"), body).await;
    let elsewhere = create_named_lead(&api, "C").await;
    assert_eq!(read_lead(&api, elsewhere).await["status"], contacted);
    assert_eq!(api.status("Contacted").await["lead_count"], 1);
}

async fn every_invalid_value_is_refused_at_its_field(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Mine").await;
    let archived = api.create_status("Old").await;
    api.put(
        &format!("lead_statuses/{archived}"),
        json!({"archived": true}),
    )
    .await;
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("  \u{200b}")),
        ("name", json!("x".repeat(201))),
        ("name", json!("two\nlines")),
        ("name", json!(["a"])),
        ("company", json!({"a": 1})),
        ("company", json!("a\u{0}b")),
        ("email", json!("nobody")),
        ("phone", json!("1".repeat(51))),
        ("source", json!("x".repeat(101))),
        ("external_ref", json!("a\tb")),
        ("owner", json!("me")),
        ("owner", json!(4711)),
        ("owner", json!(-1)),
        ("owner", json!(5)),
        ("value", json!(-1)),
        ("value", json!(1.005)),
        ("value", json!("1e3")),
        ("value", json!("NaN")),
        ("value", json!(1e20)),
        ("value", json!(1_000_000_000_000_i64)),
        ("value", json!([1])),
        ("currency", json!("EURO")),
        ("currency", json!("XYZW")),
        ("currency", json!(7)),
        ("status", json!(4711)),
        ("status", json!("New")),
        ("status", json!("1e3")),
        ("status", json!(archived)),
        ("status", json!([1])),
    ] {
        let mut body = json!({"name": "Fine"});
        body[field] = value.clone();
        let refused = [
            api.post("leads", body).await,
            api.put(&format!("leads/{id}"), json!({field: value})).await,
        ];
        for answer in refused {
            assert_refused(&answer, 422, field);
        }
    }
    for version in [json!("x"), json!(0), json!(-1), json!(1.5), json!([1])] {
        let body = json!({"name": "Other", "version": version});
        let answer = api.put(&format!("leads/{id}"), body).await;
        assert_refused(&answer, 422, "version");
    }
    let empty = api.post("leads", json!({})).await;
    assert_refused(&empty, 422, "name");
    let list = api.get("leads").await.json();
    assert_eq!(list.as_array().unwrap().len(), 1, "nothing was made");
    assert_eq!(list[0]["version"], 1, "nothing was changed");
}

async fn every_error_comes_in_one_answer(app: TestApp) {
    let api = app.api(ALICE);
    let body = json!({"email": "x", "value": -1, "currency": "€", "status": "01"});
    let reply = api.post("leads", body).await.json();
    assert_eq!(
        super::fields(&reply["errors"]),
        ["currency", "email", "name", "status", "value"]
    );
}

async fn a_reference_belongs_to_one_lead(app: TestApp) {
    let api = app.api(ALICE);
    let first = create_lead(&api, json!({"name": "A", "external_ref": "X-1"})).await;
    let second = create_named_lead(&api, "B").await;
    let path = format!("leads/{second}");
    let taken = json!({"name": "C", "external_ref": " X-1 "});
    assert_refused(&api.post("leads", taken.clone()).await, 409, "external_ref");
    assert_refused(&api.put(&path, taken.clone()).await, 409, "external_ref");
    assert_eq!(read_lead(&api, second).await["name"], "B", "all or nothing");
    api.delete(&format!("leads/{first}")).await;
    assert_refused(&api.put(&path, taken).await, 409, "external_ref");
    api.post(&format!("leads/{first}/restore"), json!({})).await;
    let freed = api
        .put(&format!("leads/{first}"), json!({"external_ref": null}))
        .await;
    assert_eq!(freed.status, 200);
    let put = api.put(&path, json!({"external_ref": "X-1"})).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(read_lead(&api, first).await["external_ref"], Value::Null);
}

async fn three_encodings_of_a_body_are_read_alike(app: TestApp) {
    let api = app.api(ALICE);
    let fields = [
        ("name", "Ținută & Co"),
        ("company", "a+b=c"),
        ("owner", "3"),
        ("value", "12.50"),
        ("currency", "RON"),
    ];
    let post = || api.request(Method::POST, "leads");
    let parts = fields
        .into_iter()
        .fold(reqwest::multipart::Form::new(), |form, (name, value)| {
            form.text(name, value)
        });
    let object: serde_json::Map<String, Value> = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    for request in [
        post().form(&fields),
        post().multipart(parts),
        post().json(&object),
        post().json(&json!({"name": "Ținută & Co", "company": "a+b=c", "owner": 3, "value": 12.5, "currency": "RON"})),
    ] {
        let answer = api.send(request).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let lead = read_lead(&api, answer.json()["record_id"].as_i64().unwrap()).await;
        assert_eq!(lead["name"], "Ținută & Co");
        assert_eq!((&lead["company"], &lead["owner"]), (&json!("a+b=c"), &json!(3)));
        assert_eq!((&lead["value"], &lead["currency"]), (&json!(12.5), &json!("RON")));
    }
    let id = create_named_lead(&api, "Form").await;
    let status = api.status_id("Contacted").await.to_string();
    let form = [("status", status.as_str()), ("reason", "By form")];
    let path = format!("leads/{id}/status");
    let moved = api.send(api.request(Method::POST, &path).form(&form)).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let path = format!("leads/{id}/pause");
    let parts = reqwest::multipart::Form::new().text("until", "2033-06-01");
    let parts = parts.text("reason", "By form");
    let paused = api.send(api.request(Method::POST, &path).multipart(parts));
    assert_eq!(paused.await.status, 200);
    let put = api.request(Method::PUT, &format!("leads/{id}"));
    let put = api.send(put.form(&[("company", "By form")])).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(visits(&api, id).await[1]["reason"], "By form");
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["company"], &lead["state"]),
        (&json!("By form"), &json!("paused"))
    );
}

async fn only_the_fields_sent_change(app: TestApp) {
    let api = app.api(ALICE);
    let body = json!({"name": "Ana", "company": "Acme", "owner": 3, "value": 7, "currency": "RON"});
    let id = create_lead(&api, body).await;
    let path = format!("leads/{id}");
    let before = read_lead(&api, id).await;
    app.clock.advance(60);
    let sent = json!({"company": "Zeta", "id": 9, "status_name": "x", "updated_at": "2000-01-01", "state": "stuck",
        "paused_until": "2030-01-01", "nonsense": {"deep": [{}]}});
    let put = api.put(&path, sent).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(
        super::fields(&put.json()),
        ["message", "status", "warnings"]
    );
    assert_eq!(super::warnings(&put.json()).len(), 6, "{}", put.text());
    let after = read_lead(&api, id).await;
    let mut expected = before.clone();
    expected["company"] = json!("Zeta");
    expected["version"] = json!(2);
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, expected);
    assert_ne!(after["updated_at"], before["updated_at"]);
    let same = api.put(&path, after.clone()).await;
    assert_eq!(
        same.status,
        200,
        "what was read can be sent back: {}",
        same.text()
    );
    assert_eq!(read_lead(&api, id).await, after, "and changes nothing");
    let cleared = json!({"company": "", "owner": null, "value": null});
    assert_eq!(api.put(&path, cleared).await.status, 200);
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["company"], &lead["owner"]),
        (&json!(""), &Value::Null)
    );
    assert_eq!(lead["value"], Value::Null);
}

async fn a_status_that_is_sent_moves_the_lead(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let contacted = api.status_id("Contacted").await;
    let path = format!("leads/{id}");
    app.clock.advance(60);
    let put = api
        .put(&path, json!({"status": contacted, "company": "Acme"}))
        .await;
    assert_eq!(put.status, 200, "{}", put.text());
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["status"], &lead["company"]),
        (&json!(contacted), &json!("Acme"))
    );
    let history = visits(&api, id).await;
    assert_eq!((history.len(), &history[1]["via"]), (2, &json!("api")));
    let refused = json!({"status": 4711, "company": "Zeta"});
    assert_refused(&api.put(&path, refused).await, 422, "status");
    let refused = json!({"status": api.status_id("Won").await, "external_ref": "a\tb"});
    assert_refused(&api.put(&path, refused).await, 422, "external_ref");
    assert_eq!(read_lead(&api, id).await, lead, "all or nothing");
}

async fn a_stale_version_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let path = format!("leads/{id}");
    let tag = api.get(&path).await.header("etag").to_owned();
    let ask = async |method: Method, path: &str, tag: &str, body: Value| -> Answer {
        let request = api.request(method, path).header("if-match", tag.to_owned());
        api.send(request.json(&body)).await
    };
    let put =
        async |tag: &str, name: &str| ask(Method::PUT, &path, tag, json!({"name": name})).await;
    assert_eq!(put(&tag, "One").await.status, 200);
    assert_eq!(put(&tag, "Two").await.status, 412);
    assert_eq!(put("\"999\"", "Two").await.status, 412);
    assert_eq!(put("*", "Three").await.status, 200);
    for (method, end, body) in [
        (Method::DELETE, "", json!({})),
        (Method::POST, "/status", json!({"status": 2})),
        (
            Method::POST,
            "/pause",
            json!({"until": "2033-06-01", "reason": "r"}),
        ),
        (Method::POST, "/notes", json!({"note": "n"})),
        (Method::POST, "/restore", json!({})),
    ] {
        let stale = ask(method.clone(), &format!("{path}{end}"), &tag, body.clone()).await;
        assert_eq!(stale.status, 412, "{end}: {}", stale.text());
        if method == Method::POST {
            let mut body = body;
            body["version"] = json!(1);
            let stale = api.post(&format!("{path}{end}"), body).await;
            assert_eq!(stale.status, 409, "{end}: {}", stale.text());
            assert_eq!(stale.json()["version"], 3, "{end}: {}", stale.text());
        }
    }
    let stale = json!({"name": "Four", "version": 2});
    assert_eq!(api.put(&path, stale).await.status, 409);
    assert_eq!(read_lead(&api, id).await["name"], "Three");
    let fresh = json!({"name": "Five", "version": 3});
    assert_eq!(api.put(&path, fresh).await.status, 200);
}

async fn a_repeated_key_makes_nothing_twice(app: TestApp) {
    let api = app.api(ALICE);
    let post = async |path: &str, key: &str, body: Value| {
        let request = api
            .request(Method::POST, path)
            .header("idempotency-key", key.to_owned());
        api.send(request.json(&body)).await
    };
    let first = post("leads", "k-1", json!({"name": "Once"})).await;
    let again = post("leads", "k-1", json!({"name": "Once"})).await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(again.header("location"), first.header("location"));
    let other = post("leads", "k-1", json!({"name": "Other"})).await;
    assert_eq!(other.status, 409, "{}", other.text());
    let id = first.json()["record_id"].as_i64().unwrap();
    let there = json!({"status": api.status_id("Contacted").await});
    let moved = post(&format!("leads/{id}/status"), "k-2", there.clone()).await;
    super::move_to(&api, id, api.status_id("New").await).await;
    let again = post(&format!("leads/{id}/status"), "k-2", there).await;
    assert_eq!((again.status, again.json()), (200, moved.json()));
    let lead = read_lead(&api, id).await;
    assert_eq!(lead["status_name"], "New", "it did not move again");
    for _ in 0..2 {
        let noted = post(&format!("leads/{id}/notes"), "k-3", json!({"note": "n"})).await;
        assert_eq!(noted.status, 201, "{}", noted.text());
    }
    let notes = api.get(&format!("leads/{id}/notes")).await.json();
    assert_eq!(notes.as_array().unwrap().len(), 1);
    let failed = post("leads", "k-4", json!({"name": ""})).await;
    assert_eq!(failed.status, 422, "a failed call keeps nothing");
    let repeated = post("leads", "k-4", json!({"name": "Now"})).await;
    assert_eq!(repeated.status, 201);
}

async fn both_addresses_delete_and_a_dry_run_does_not(app: TestApp) {
    let api = app.api(ALICE);
    for address in ["delete/leads", "leads"] {
        let id = create_named_lead(&api, "Ana").await;
        let path = format!("{address}/{id}");
        for dry in ["1", "true"] {
            let shown = api.delete(&format!("{path}?dry_run={dry}")).await;
            assert_eq!(
                (shown.status, &shown.json()["dry_run"]),
                (200, &json!(true))
            );
        }
        let unclear = api.delete(&format!("{path}?dry_run=perhaps")).await;
        assert_refused(&unclear, 422, "dry_run");
        assert_eq!(read_lead(&api, id).await["version"], 1);
        let gone = api.delete(&path).await;
        assert_eq!((gone.status, &gone.json()["status"]), (200, &json!(true)));
        assert_eq!(api.get(&format!("leads/{id}")).await.status, 404);
        assert_eq!(api.delete(&path).await.status, 404);
        assert_eq!(api.status("New").await["lead_count"], 0);
        let back = api.post(&format!("leads/{id}/restore"), json!({})).await;
        assert_eq!(back.status, 200, "{}", back.text());
        assert_eq!(visits(&api, id).await.len(), 1, "its visit ran on");
        assert_eq!(api.delete(&path).await.status, 200);
    }
    let bin = api.get("leads?bin=1").await.json();
    assert_eq!(super::names(&bin), ["Ana", "Ana"]);
    assert_eq!(api.get("leads").await.json(), json!([]));
}

async fn amounts_keep_every_digit_of_their_currency(app: TestApp) {
    let api = app.api(ALICE);
    for (sent, currency, read) in [
        (json!("1054.00"), "EUR", json!(1054.0)),
        (json!(0), "EUR", json!(0.0)),
        (json!(0.1), "EUR", json!(0.1)),
        (json!("999999999999.99"), "EUR", json!(999_999_999_999.99)),
        (json!(12_345_678_901.23), "EUR", json!(12_345_678_901.23)),
        (json!(500), "JPY", json!(500.0)),
        (json!(1.234), "KWD", json!(1.234)),
    ] {
        let body = json!({"name": "A", "value": sent, "currency": currency});
        let id = create_lead(&api, body).await;
        let lead = read_lead(&api, id).await;
        assert_eq!(lead["value"], read, "{sent} {currency}");
    }
    let id = create_lead(&api, json!({"name": "A", "value": 10.5})).await;
    let yen = api
        .put(&format!("leads/{id}"), json!({"currency": "JPY"}))
        .await;
    assert_refused(&yen, 422, "value");
}
