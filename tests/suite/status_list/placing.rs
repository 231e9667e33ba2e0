//! The position of a status that comes into use.

use serde_json::json;

use super::{LIST, bulk, ids};
use crate::support::{ALICE, Api, TestApp};

both!(
    a_new_open_status_comes_behind_the_last_open_one,
    a_new_status_of_another_kind_comes_last,
    a_restored_open_status_comes_behind_the_last_open_one,
    what_is_taken_back_leaves_the_order_as_it_was,
);

async fn order(api: &Api) -> Vec<String> {
    let statuses = api.statuses().await;
    for (index, status) in statuses.iter().enumerate() {
        assert_eq!(status["statusorder"], index + 1, "without gaps");
    }
    let name = |status: &serde_json::Value| status["name"].as_str().unwrap().to_owned();
    statuses.iter().map(name).collect()
}

async fn a_new_open_status_comes_behind_the_last_open_one(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    api.create_status("By API").await;
    let form = browser.get(&format!("{LIST}/new")).await;
    let sent = browser
        .submit(&form, "main form[data-guard]", &[("name", "By page")])
        .await;
    assert_eq!(sent.status, 303, "{sent:?}");
    std::fs::write(app.dir().join("leads.csv"), "name,status\nAna,By file\n").unwrap();
    let done = app.program(&["import", "leads", "leads.csv", "--make-statuses"], "");
    assert!(done.status.success());
    assert_eq!(
        order(&api).await,
        [
            "New",
            "Contacted",
            "Qualified",
            "Proposal",
            "By API",
            "By page",
            "By file",
            "Won",
            "Lost"
        ]
    );
}

async fn a_new_status_of_another_kind_comes_last(app: TestApp) {
    let api = app.api(ALICE);
    for kind in ["paused", "lost", "junk", "won"] {
        let made = api
            .post(
                "lead_statuses",
                json!({"name": format!("Is {kind}"), "kind": kind}),
            )
            .await;
        assert_eq!(made.status, 201);
    }
    assert_eq!(
        order(&api).await[5..],
        ["Lost", "Is paused", "Is lost", "Is junk", "Is won"]
    );
}

async fn a_restored_open_status_comes_behind_the_last_open_one(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let contacted = api.status_id("Contacted").await;
    let path = format!("lead_statuses/{contacted}");
    let expected = ["New", "Qualified", "Proposal", "Contacted", "Won", "Lost"];
    for archived in [true, false] {
        let done = api.put(&path, json!({"archived": archived})).await;
        assert_eq!(done.status, 200);
    }
    assert_eq!(order(&api).await, expected);
    let ticked = ids(&api, &["Contacted"]).await;
    for action in ["archive", "restore"] {
        let sent = bulk(&browser, &ticked, &[("action", action), ("confirm", "1")]).await;
        assert_eq!(sent.status, 303, "{sent:?}");
    }
    assert_eq!(order(&api).await, expected);
    let body = json!({"archived": true});
    api.put(&path, body).await;
    let body = json!({"archived": false, "kind": "lost"});
    api.put(&path, body).await;
    assert_eq!(
        order(&api).await,
        ["New", "Qualified", "Proposal", "Won", "Lost", "Contacted"]
    );
}

async fn what_is_taken_back_leaves_the_order_as_it_was(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let before = order(&api).await;
    let form = browser.get(&format!("{LIST}/new")).await;
    let sent = browser
        .submit(&form, "main form[data-guard]", &[("name", "Mistake")])
        .await;
    let list = browser.follow(&sent).await;
    browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(order(&api).await, before);
    let ticked = ids(&api, &["Contacted"]).await;
    let sent = bulk(
        &browser,
        &ticked,
        &[("action", "archive"), ("confirm", "1")],
    )
    .await;
    let list = browser.follow(&sent).await;
    browser.submit(&list, "form[action$='/undo']", &[]).await;
    assert_eq!(order(&api).await, before);
}
