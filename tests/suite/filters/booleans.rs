//! Boolean parameters of writes, and how the reference documents refusals.

use serde_json::json;

use super::{LEADS, post_by_hand};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, MARA, TestApp};

both!(
    an_empty_truth_value_is_refused,
    a_card_without_a_valid_column_is_not_moved,
    every_call_that_changes_something_documents_its_422,
);

/// A script whose variable is empty deletes nothing and keeps no age.
async fn an_empty_truth_value_is_refused(app: TestApp) {
    let api = app.api(ALICE);
    let from = api.status_id("Contacted").await;
    let to = api.status_id("Qualified").await;
    let ids = make(&app, vec![draft("Ana").in_status("Contacted", 3)]).await;
    for (path, field) in [
        (
            format!("lead_statuses/{from}?replace_with={to}&restart_age="),
            "restart_age",
        ),
        (
            format!("lead_statuses/{from}?replace_with={to}&restart_age=+"),
            "restart_age",
        ),
        (
            format!("delete/lead_statuses/{from}?replace_with={to}&dry_run="),
            "dry_run",
        ),
        (format!("leads/{}?dry_run=", ids[0]), "dry_run"),
    ] {
        let answer = api.delete(&path).await;
        assert_eq!(answer.status, 422, "{path}: {}", answer.text());
        assert!(answer.json()["errors"][field].is_array(), "{path}");
    }
    let path = format!("leads/{}?dry_run=", ids[0]);
    let answer = api.put(&path, json!({"name": "B"})).await;
    assert_eq!(answer.status, 422, "not taken for a change that is meant");
    let put = json!({"archived": true, "replace_with": to, "restart_age": ""});
    let answer = api.put(&format!("lead_statuses/{from}"), put).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    for odd in [json!([]), json!({"a": 1}), json!(["1"])] {
        let put = json!({"archived": true, "replace_with": to, "restart_age": odd});
        let answer = api.put(&format!("lead_statuses/{from}"), put).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    assert_eq!(api.status("Contacted").await["lead_count"], 1);
}

async fn a_card_without_a_valid_column_is_not_moved(app: TestApp) {
    let ids = make(&app, vec![draft("Ana")]).await;
    let (browser, api) = (app.signed_in(MARA).await, app.api(ALICE));
    let from = api.status_id("New").await.to_string();
    let to = api.status_id("Won").await.to_string();
    let path = format!("{LEADS}/{}/move", ids[0]);
    for odd in ["x", "", "01", "99999999999999999999"] {
        let answer = post_by_hand(&browser, &path, &[("status", &to), ("from", odd)]).await;
        assert_eq!(answer.status, 409, "{odd:?}: {answer:?}");
    }
    assert_eq!(lead(&app, ids[0]).await.version, 1);
    let moved = post_by_hand(&browser, &path, &[("status", &to), ("from", &from)]).await;
    assert_eq!(moved.status, 303, "{moved:?}");
}

async fn every_call_that_changes_something_documents_its_422(app: TestApp) {
    let api = app.api(ALICE);
    let ids = make(&app, vec![draft("Ana")]).await;
    let path = format!("leads/{}/restore", ids[0]);
    let refused = api.post(&path, json!({"version": "x"})).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let document = api.get("openapi.json").await.json();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let is_write = ["post", "put", "delete"].contains(&method.as_str());
            // A call that changes something can't be tried out, and says so with 422.
            let says = call["responses"]["422"].is_object();
            assert!(!is_write || says, "{method} {path} documents no 422");
        }
    }
}
