//! Deleting statuses.

use serde_json::json;

use crate::support::{ALICE, TestApp};

both!(
    both_addresses_delete,
    a_status_that_holds_a_role_is_never_deleted,
    a_replacement_takes_over_the_role,
    a_replacement_must_be_another_status_in_use,
    a_dry_run_changes_nothing,
);

async fn both_addresses_delete(app: TestApp) {
    let api = app.api(ALICE);
    for (name, path) in [
        ("Contacted", "delete/lead_statuses"),
        ("Proposal", "lead_statuses"),
    ] {
        let id = api.status_id(name).await;
        let answer = api.delete(&format!("{path}/{id}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["status"], true);
        assert_eq!(api.get(&format!("lead_statuses/{id}")).await.status, 404);
        assert_eq!(api.delete(&format!("{path}/{id}")).await.status, 404);
    }
    let order: Vec<i64> = api
        .statuses()
        .await
        .iter()
        .map(|one| one["statusorder"].as_i64().unwrap())
        .collect();
    assert_eq!(order, [1, 2, 3, 4]);
}

async fn a_status_that_holds_a_role_is_never_deleted(app: TestApp) {
    let api = app.api(ALICE);
    for name in ["New", "Won"] {
        let id = api.status_id(name).await;
        let answer = api.delete(&format!("lead_statuses/{id}")).await;
        assert_eq!(answer.status, 409, "{}", answer.text());
        let reply = answer.json();
        assert_eq!(reply["status"], false);
        assert!(
            reply["blockers"]
                .as_array()
                .is_some_and(|list| !list.is_empty()),
            "{reply}"
        );
        assert_eq!(api.status_id(name).await, id);
    }
}

async fn a_replacement_takes_over_the_role(app: TestApp) {
    let api = app.api(ALICE);
    let (new, contacted) = (api.status_id("New").await, api.status_id("Contacted").await);
    let answer = api
        .delete(&format!("lead_statuses/{new}?replace_with={contacted}"))
        .await;
    assert!([200, 409].contains(&answer.status), "{}", answer.text());
    let holders = api
        .statuses()
        .await
        .iter()
        .filter(|one| one["isdefault"] == true)
        .count();
    assert_eq!(holders, 1);
    if answer.status == 200 {
        assert_eq!(api.status("Contacted").await["isdefault"], true);
    }
}

async fn a_replacement_must_be_another_status_in_use(app: TestApp) {
    let api = app.api(ALICE);
    let id = api.status_id("Contacted").await;
    let archived = api.status_id("Proposal").await;
    api.put(
        &format!("lead_statuses/{archived}"),
        json!({"archived": true}),
    )
    .await;
    for replacement in [
        id.to_string(),
        archived.to_string(),
        "4711".into(),
        "x".into(),
        "-1".into(),
    ] {
        let answer = api
            .delete(&format!("lead_statuses/{id}?replace_with={replacement}"))
            .await;
        assert!(
            [409, 422].contains(&answer.status),
            "{replacement}: {} {}",
            answer.status,
            answer.text()
        );
    }
    assert_eq!(api.status_id("Contacted").await, id);
}

async fn a_dry_run_changes_nothing(app: TestApp) {
    let api = app.api(ALICE);
    let before = api.statuses().await;
    let (id, new) = (api.status_id("Contacted").await, api.status_id("New").await);
    let fine = api
        .delete(&format!("delete/lead_statuses/{id}?dry_run=1"))
        .await;
    assert_eq!(
        (fine.status, &fine.json()["status"]),
        (200, &json!(true)),
        "{}",
        fine.text()
    );
    let blocked = api.delete(&format!("lead_statuses/{new}?dry_run=1")).await;
    assert_eq!(blocked.status, 200, "{}", blocked.text());
    assert!(
        blocked.json()["blockers"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
    assert_eq!(api.statuses().await, before);
}
