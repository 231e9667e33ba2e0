//! Malicious and malformed input: it is answered with a clear error, and nothing is lost.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{ALICE, Answer, Api, TestApp};

both!(
    a_body_that_cannot_be_read_is_400,
    a_body_of_another_type_is_415,
    a_body_that_is_too_large_is_413,
    a_character_that_cannot_be_stored_is_refused,
    two_thousand_ids_fit,
    an_unreadable_address_is_a_client_error,
);

fn post(api: &Api) -> RequestBuilder {
    api.request(Method::POST, "lead_statuses")
}

async fn with_body(api: &Api, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = post(api).header("content-type", kind.to_owned()).body(body);
    api.send(request).await
}

fn assert_clear(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.text());
    let reply = answer.json();
    assert_eq!(reply["status"], false, "{what}");
    assert!(
        reply["message"]
            .as_str()
            .is_some_and(|text| text.len() > 10),
        "{what}: {reply}"
    );
}

async fn a_body_that_cannot_be_read_is_400(app: TestApp) {
    let api = app.api(ALICE);
    for body in [
        "{",
        "not json",
        "[1]",
        "\"text\"",
        "12",
        "null",
        "{\"name\":}",
        "",
        "{\"name\":\"a\"} trailing",
    ] {
        let answer = with_body(&api, "application/json", body).await;
        assert_clear(&answer, 400, body);
    }
    let deep = format!(
        "{{\"name\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_clear(
        &with_body(&api, "application/json", deep).await,
        400,
        "deep",
    );
    let invalid = with_body(&api, "application/json", &b"{\"name\":\"\xff\"}"[..]).await;
    assert_clear(&invalid, 400, "invalid UTF-8 in JSON");
    let invalid = with_body(
        &api,
        "application/x-www-form-urlencoded",
        "name=%ff&color=%23123456&kind=open",
    )
    .await;
    assert_clear(&invalid, 400, "invalid UTF-8 in a form");
    for body in [
        "",
        "no boundary at all",
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nunfinished",
    ] {
        let answer = with_body(&api, "multipart/form-data; boundary=x", body).await;
        assert!(
            [400, 422].contains(&answer.status),
            "{body}: {}",
            answer.text()
        );
    }
    assert_clear(
        &with_body(&api, "multipart/form-data", "--x").await,
        400,
        "no boundary",
    );
    assert_eq!(api.statuses().await.len(), 6);
}

async fn a_body_of_another_type_is_415(app: TestApp) {
    let api = app.api(ALICE);
    for kind in ["text/plain", "application/xml", "image/png", "nonsense"] {
        assert_clear(&with_body(&api, kind, "name=a").await, 415, kind);
    }
    let answer = with_body(
        &api,
        "Application/JSON; charset=utf-8",
        json!({"name": "A", "color": "#123456", "kind": "open"}).to_string(),
    )
    .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

async fn a_body_that_is_too_large_is_413(app: TestApp) {
    let api = app.api(ALICE);
    let large = json!({"name": "A", "color": "#123456", "kind": "open", "definition": "x".repeat(10 << 20)});
    assert_clear(&api.post("lead_statuses", large).await, 413, "10 MiB");
    let form = [("name", "x".repeat(2 << 20))];
    assert_clear(&api.send(post(&api).form(&form)).await, 413, "2 MiB");
    let long =
        json!({"name": "A", "color": "#123456", "kind": "open", "definition": "x".repeat(900_000)});
    assert_clear(&api.post("lead_statuses", long).await, 422, "0.9 MiB");
    assert_eq!(api.statuses().await.len(), 6);
}

async fn a_character_that_cannot_be_stored_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.status_id("Contacted").await;
    for field in ["name", "definition", "enter_when", "color", "kind"] {
        let mut body = json!({"name": "Fine", "color": "#123456", "kind": "open"});
        body[field] = "a\u{0}b".into();
        let made = api.post("lead_statuses", body).await;
        let changed = api
            .put(&format!("lead_statuses/{id}"), json!({field: "a\u{0}b"}))
            .await;
        for answer in [made, changed] {
            assert!(
                [400, 422].contains(&answer.status),
                "{field}: {}",
                answer.text()
            );
        }
    }
    for query in ["kind=%00", "archived=%00"] {
        let answer = api.get(&format!("lead_statuses?{query}")).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text());
    }
    for query in ["q=a%00b", "sort=%00", "page=%00"] {
        let answer = api.get(&format!("lead_statuses?{query}")).await;
        assert!(
            [200, 400].contains(&answer.status),
            "{query}: {}",
            answer.text()
        );
    }
    assert_eq!(api.statuses().await.len(), 6);
}

async fn two_thousand_ids_fit(app: TestApp) {
    let api = app.api(ALICE);
    let ids: Vec<i64> = (1_000_000..1_002_000).collect();
    let answer = api
        .put("lead_statuses/order", json!({"ids": ids, "expect": ids}))
        .await;
    assert!([409, 422].contains(&answer.status), "{}", answer.text());
}

async fn an_unreadable_address_is_a_client_error(app: TestApp) {
    let api = app.api(ALICE);
    for path in [
        "lead_statuses/%ff",
        "lead_statuses/%",
        "lead_statuses?q=%ff",
        "lead_statuses?%ff=1",
        "lead_statuses//",
        "lead_statuses/%2e%2e",
    ] {
        let answer = api.get(path).await;
        assert!(
            [200, 400, 404].contains(&answer.status),
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
        let _: Value = answer.json();
    }
    let long = format!("lead_statuses?q={}", "x".repeat(20_000));
    let answer = api.get(&long).await;
    assert!(
        [200, 400, 414, 431].contains(&answer.status),
        "{}",
        answer.status
    );
}
