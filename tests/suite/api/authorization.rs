//! Authorization: tokens, their scopes, and the rights of their owners.

use reqwest::Method;
use serde_json::json;

use crate::support::{ALICE, Api, DAN, MARA, RADU, TestApp, VERA};

both!(
    a_bad_token_is_always_answered_alike,
    a_token_in_the_address_is_not_accepted,
    a_token_never_does_more_than_its_owner,
    a_method_that_is_not_there_is_405,
);

async fn a_bad_token_is_always_answered_alike(app: TestApp) {
    let strangers = [
        app.api_with(None),
        app.api_with(Some("made-up")),
        app.api_with(Some(&"x".repeat(300))),
        app.api(DAN),
    ];
    let known = app.api(ALICE).status_id("Contacted").await;
    let mut bodies = Vec::new();
    for stranger in &strangers {
        for (method, path) in [
            (Method::GET, "lead_statuses".to_owned()),
            (Method::GET, format!("lead_statuses/{known}")),
            (Method::GET, "lead_statuses/4711".to_owned()),
            (Method::GET, "lead_statuses/abc".to_owned()),
            (Method::POST, "lead_statuses".to_owned()),
            (Method::PUT, format!("lead_statuses/{known}")),
            (Method::PUT, "lead_statuses/order".to_owned()),
            (Method::DELETE, format!("lead_statuses/{known}?dry_run=1")),
            (Method::DELETE, format!("delete/lead_statuses/{known}")),
        ] {
            let request = stranger
                .request(method.clone(), &path)
                .json(&json!({"name": ""}));
            let answer = stranger.send(request).await;
            assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text());
            bodies.push(answer.text().to_owned());
        }
        let garbage = stranger
            .request(Method::POST, "lead_statuses")
            .header("content-type", "application/json")
            .body("{");
        bodies.push(stranger.send(garbage).await.text().to_owned());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:#?}");
}

async fn a_token_in_the_address_is_not_accepted(app: TestApp) {
    let token = app.token(ALICE);
    let stranger = Api::new(&app.base, None);
    let answer = stranger
        .get(&format!("lead_statuses?authtoken={token}"))
        .await;
    assert_eq!(answer.status, 401);
    let request = stranger
        .request(Method::GET, "lead_statuses")
        .header("cookie", format!("authtoken={token}"));
    assert_eq!(stranger.send(request).await.status, 401);
}

async fn a_token_never_does_more_than_its_owner(app: TestApp) {
    for who in [MARA, RADU, VERA] {
        let api = app.api(who);
        let id = api.status_id("Contacted").await;
        for answer in [
            api.post(
                "lead_statuses",
                json!({"name": "X", "color": "#123456", "kind": "open"}),
            )
            .await,
            api.put(&format!("lead_statuses/{id}"), json!({"definition": "X"}))
                .await,
            api.put("lead_statuses/order", json!({"ids": [id], "expect": [id]}))
                .await,
            api.delete(&format!("lead_statuses/{id}")).await,
            api.delete(&format!("delete/lead_statuses/{id}?dry_run=1"))
                .await,
        ] {
            assert_eq!(answer.status, 403, "{}: {}", who.role, answer.text());
            assert_eq!(answer.json()["status"], false);
        }
    }
    assert_eq!(app.api(ALICE).statuses().await.len(), 6);
}

async fn a_method_that_is_not_there_is_405(app: TestApp) {
    let api = app.api(ALICE);
    for (method, path, allowed) in [
        (
            Method::PATCH,
            "lead_statuses/1",
            ["GET", "PUT", "DELETE"].as_slice(),
        ),
        (Method::DELETE, "lead_statuses", &["GET", "POST"]),
        (Method::GET, "lead_statuses/order", &["PUT"]),
        (Method::POST, "delete/lead_statuses/1", &["DELETE"]),
    ] {
        let answer = api.send(api.request(method.clone(), path)).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        for method in allowed {
            assert!(
                answer.header("allow").contains(method),
                "{path}: {}",
                answer.header("allow")
            );
        }
        assert_eq!(answer.json()["status"], false);
    }
}
