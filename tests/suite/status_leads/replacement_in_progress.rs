//! While a status is being replaced nothing else is done to it, and no lead comes back into it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{LIST, insert_copies, insert_lead, lead_with_visits};
use crate::exchange::{confirm, upload};
use crate::leads::fixtures;
use crate::support::{ALICE, TestApp, ask_again};

both!(
    undo_is_refused_while_the_status_is_being_replaced,
    a_void_is_refused_that_leads_back_into_it,
    an_import_that_changes_it_is_refused,
);

/// These take some seconds to move.
const MANY: i64 = 8_000;
/// The message of every refused action.
const WAIT: &str = "“Old” is being replaced by “Qualified”. Wait until its leads have moved.";

/// A status “Old” with many leads.
async fn create_old_status(app: &TestApp) -> i64 {
    let old = app.api(ALICE).create_status("Old").await;
    insert_lead(app, "Ana", old, 9, None).await;
    insert_copies(&app.config.database_url, old, MANY - 1);
    old
}

async fn begin_replacement(app: &TestApp, old: i64) {
    let api = app.api(ALICE);
    let to = api.status_id("Qualified").await;
    let answer = api
        .delete(&format!("lead_statuses/{old}?replace_with={to}"))
        .await;
    assert_eq!(answer.json()["moving"], MANY, "{}", answer.text());
}

async fn has_status(app: &TestApp, old: i64) -> bool {
    let read = app.api(ALICE).get(&format!("lead_statuses/{old}")).await;
    read.status == 200
}

/// Waits until the status is gone.
async fn wait_until_gone(app: &TestApp, old: i64) {
    let until = Instant::now() + Duration::from_secs(60);
    while has_status(app, old).await {
        assert!(Instant::now() < until, "it is still there");
        ask_again().await;
    }
    crate::exchange::assert_sound(app);
}

async fn undo_is_refused_while_the_status_is_being_replaced(app: TestApp) {
    let old = create_old_status(&app).await;
    let browser = app.signed_in(ALICE).await;
    let form = browser.get(&format!("{LIST}/{old}/edit")).await;
    let saved = browser
        .submit(
            &form,
            "main form[data-guard]",
            &[("definition", "Other words")],
        )
        .await;
    assert_eq!(saved.status, 303, "{saved:?}");
    let page = browser.follow(&saved).await;
    begin_replacement(&app, old).await;
    let undone = browser.submit(&page, "form[action$='/undo']", &[]).await;
    assert!(
        has_status(&app, old).await,
        "the replacement is already over"
    );
    assert_eq!(undone.status, 409, "{undone:?}");
    assert!(undone.text().contains(WAIT), "{undone:?}");
    let kept = app.api(ALICE).get(&format!("lead_statuses/{old}")).await;
    assert_eq!(kept.json()["definition"], "Other words");
    wait_until_gone(&app, old).await;
}

async fn a_void_is_refused_that_leads_back_into_it(app: TestApp) {
    let (old, api) = (create_old_status(&app).await, app.api(ALICE));
    let to = api.status_id("Contacted").await;
    let mut moved = Vec::new();
    for name in ["Ion", "Eva"] {
        let one = insert_lead(&app, name, old, 3, None).await;
        let path = format!("leads/{}/status", one.id);
        assert_eq!(api.post(&path, json!({"status": to})).await.status, 200);
        let (_, visits) = lead_with_visits(&app, one.id).await;
        moved.push((one, visits[1].id));
    }
    let browser = app.signed_in(ALICE).await;
    let (eva, visit) = &moved[1];
    let page = browser.get(&fixtures::path_of(eva)).await;
    let strike = format!("form[action$='/visits/{visit}/void']");
    let preview = browser.submit(&page, &strike, &[]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    begin_replacement(&app, old).await;
    let (ion, first) = &moved[0];
    let path = format!("leads/{}/visits/{first}/void", ion.id);
    let refused = api.post(&path, json!({})).await;
    let by_page = browser
        .submit(&preview, "form[action$='/void']", &[("confirm", "1")])
        .await;
    let again = browser.submit(&page, &strike, &[]).await;
    assert!(
        has_status(&app, old).await,
        "the replacement is already over"
    );
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert_eq!(refused.json()["message"], WAIT);
    assert_eq!(by_page.status, 409, "{by_page:?}");
    assert!(by_page.text().contains(WAIT), "{by_page:?}");
    assert_eq!(again.status, 409, "the preview says so too: {again:?}");
    assert!(again.text().contains(WAIT), "{again:?}");
    for (one, _) in &moved {
        assert_eq!(lead_with_visits(&app, one.id).await.0.status_id, to);
    }
    wait_until_gone(&app, old).await;
}

async fn an_import_that_changes_it_is_refused(app: TestApp) {
    let old = create_old_status(&app).await;
    let browser = app.signed_in(ALICE).await;
    let file = b"name,definition\nOld,Other words\n";
    let preview = upload(&browser, "a.csv", file).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    begin_replacement(&app, old).await;
    let refused = confirm(&browser, &preview).await;
    let again = upload(&browser, "a.csv", file).await;
    assert!(
        has_status(&app, old).await,
        "the replacement is already over"
    );
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.text().contains(WAIT), "{refused:?}");
    assert!(again.text().contains(WAIT), "{again:?}");
    assert!(!again.has("[name=confirm]"), "{again:?}");
    let kept = app.api(ALICE).get(&format!("lead_statuses/{old}")).await;
    assert_eq!(kept.json()["definition"], "");
    wait_until_gone(&app, old).await;
}
