//! Malicious and malformed input: it is answered with a clear error, and nothing is lost.

use reqwest::Method;
use serde_json::{Value, json};

use super::{create_lead, create_named_lead, read_lead};
use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    a_body_that_cannot_be_read_is_refused,
    nested_values_and_huge_numbers_are_refused,
    odd_addresses_are_client_errors,
    text_is_stored_as_typed,
);

async fn with_body(api: &Api, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let request = api
        .request(Method::POST, path)
        .header("content-type", kind.to_owned())
        .body(body);
    api.send(request).await
}

async fn a_body_that_cannot_be_read_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    for path in [
        "leads".to_owned(),
        format!("leads/{id}/status"),
        format!("leads/{id}/pause"),
        format!("leads/{id}/notes"),
    ] {
        for (kind, body, status) in [
            ("application/json", &b"{"[..], 400),
            ("application/json", b"[1]", 400),
            ("application/json", b"", 400),
            ("application/json", b"{\"name\":1e999}", 400),
            ("application/json", b"{\"name\":\"\xff\"}", 400),
            ("application/x-www-form-urlencoded", b"name=%ff", 400),
            ("text/plain", b"name=a", 415),
            ("application/xml", b"<a/>", 415),
        ] {
            let answer = with_body(&api, &path, kind, body.to_vec()).await;
            assert_eq!(answer.status, status, "{path} {kind}: {}", answer.text());
            assert_eq!(answer.json()["status"], false);
        }
        let large = json!({"name": "A", "note": "x".repeat(2 << 20), "until": ""});
        assert_eq!(api.post(&path, large).await.status, 413, "{path}");
    }
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let answer = with_body(&api, "leads", "application/json", deep.into_bytes()).await;
    assert_eq!(answer.status, 400);
    assert_eq!(read_lead(&api, id).await["version"], 1);
}

async fn nested_values_and_huge_numbers_are_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = create_named_lead(&api, "Ana").await;
    let odd = [
        json!({"a": {"b": []}}),
        json!([[1]]),
        json!([]),
        json!(u64::MAX),
        json!(-1e300),
        json!(1e300),
        json!("\u{0}"),
        json!("9".repeat(400)),
        json!(true),
    ];
    let names = [
        "name",
        "company",
        "email",
        "phone",
        "source",
        "owner",
        "value",
        "currency",
        "external_ref",
        "status",
        "version",
        "reason",
        "note",
        "entered_at",
        "until",
    ];
    for field in names {
        for value in &odd {
            for (method, path) in [
                (Method::PUT, format!("leads/{id}")),
                (Method::POST, "leads".to_owned()),
                (Method::POST, format!("leads/{id}/status")),
                (Method::POST, format!("leads/{id}/pause")),
                (Method::POST, format!("leads/{id}/notes")),
            ] {
                let request = api.request(method.clone(), &path);
                let answer = api.send(request.json(&json!({field: value}))).await;
                assert!(
                    answer.status < 500,
                    "{method} {path} {field} {value}: {}",
                    answer.text()
                );
                let _: Value = answer.json();
            }
        }
    }
    let lead = read_lead(&api, id).await;
    assert_eq!(
        (&lead["status_name"], &lead["value"]),
        (&json!("New"), &Value::Null)
    );
}

async fn odd_addresses_are_client_errors(app: TestApp) {
    let api = app.api(ALICE);
    create_named_lead(&api, "Ana").await;
    for query in [
        "q=%00",
        "q=%25%5F",
        "source=%00",
        "sort=%00&page=%00",
        "per_page=-9223372036854775808&page=9223372036854775807",
        "page=9223372036854775807&per_page=100",
        "after=",
        "status=999999999999999999",
        "owner=999999999999999999&page=1",
        "%ff=1",
        "q=%ff",
        "state=stuck&state=paused&bin=1&page=2",
    ] {
        let answer = api.get(&format!("leads?{query}")).await;
        assert!(
            [200, 400].contains(&answer.status),
            "{query}: {}",
            answer.text()
        );
        let _: Value = answer.json();
    }
    for query in [
        "status=%00",
        "owner=%00&sort=%00&page=%00",
        "created_from=-9999-01-01&created_to=99999-01-01",
        "created_from=+262142-12-31",
    ] {
        let answer = api.get(&format!("leads?{query}")).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
    }
    let far = "after=-created_at~9223372036854775807~-9223372036854775808~1&page=1";
    let answer = api.get(&format!("leads?{far}")).await;
    assert_eq!(
        (answer.status, &answer.json()["data"]),
        (200, &json!([])),
        "{}",
        answer.text()
    );
}

async fn text_is_stored_as_typed(app: TestApp) {
    let api = app.api(ALICE);
    for name in [
        "🚀 Launch 👩‍👩‍👧",
        "مؤهل",
        "<b>&amp;\"'",
        "e\u{301} combined",
        "=1+1",
        "x".repeat(200).as_str(),
        &"🚀".repeat(200),
    ] {
        let id = create_lead(&api, json!({"name": name, "company": name})).await;
        let lead = read_lead(&api, id).await;
        assert_eq!(
            (&lead["name"], &lead["company"]),
            (&json!(name), &json!(name))
        );
    }
}
