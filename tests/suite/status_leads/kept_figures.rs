use serde_json::json;

use super::{DAY, LIST, insert_lead};
use crate::support::{ALICE, TestApp};

both!(
    stuck_leads_and_ages_follow_every_change_and_the_clock,
    a_dry_run_changes_no_figure,
);

/// Sets the limit of New.
async fn set_limit(app: &TestApp, days: i64) -> i64 {
    let api = app.api(ALICE);
    let new = api.status_id("New").await;
    let limits = json!({"target_days": null, "limit_days": days});
    let done = api.put(&format!("lead_statuses/{new}"), limits).await;
    assert_eq!(done.status, 200);
    new
}

/// The number of stuck leads in New, which the list, its frame and the API say alike, also a second time.
async fn stuck_count(app: &TestApp) -> i64 {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let mut said = Vec::new();
    for _ in 0..2 {
        let page = browser.get(LIST).await;
        let of_row = page.texts(".share .state-stuck").pop();
        let of_row = of_row.map_or(0, |text| text.replace(" stuck", "").parse().unwrap());
        // "(2) Statuses"
        let title = page.texts("title").remove(0);
        let number = title
            .strip_prefix('(')
            .and_then(|text| text.split(')').next());
        let of_frame = number.map_or(0, |text| text.parse().unwrap());
        let of_api = api.status("New").await["stuck_count"].as_i64().unwrap();
        said.extend([of_row, of_frame, of_api]);
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    said[0]
}

async fn stuck_leads_and_ages_follow_every_change_and_the_clock(app: TestApp) {
    let (api, new) = (app.api(ALICE), set_limit(&app, 5).await);
    let contacted = api.status_id("Contacted").await;
    let ana = insert_lead(&app, "Ana", new, 400, None).await.id;
    insert_lead(&app, "Bogdan", new, 4, None).await;
    let corina = insert_lead(&app, "Corina", new, 9, None).await.id;
    assert_eq!(stuck_count(&app).await, 2);

    let path = format!("leads/{ana}/status");
    let moved = api.post(&path, json!({"status": contacted}));
    assert_eq!(moved.await.status, 200);
    assert_eq!(stuck_count(&app).await, 1);

    let wakes = app.clock.now().plus_seconds(2 * DAY).rfc3339();
    let pause = json!({"until": wakes[..10], "reason": "Budget"});
    let paused = api.post(&format!("leads/{corina}/pause"), pause).await;
    assert_eq!(paused.status, 200, "{}", paused.text());
    assert_eq!(stuck_count(&app).await, 0);

    app.clock.advance(DAY - 60);
    assert_eq!(stuck_count(&app).await, 0);
    app.clock.advance(120);
    assert_eq!(stuck_count(&app).await, 1, "Bogdan has reached the limit");
    app.clock.advance(DAY);
    assert_eq!(stuck_count(&app).await, 2, "the pause of Corina is over");

    let path = format!("leads/{corina}");
    assert_eq!(api.delete(&path).await.status, 200);
    assert_eq!(stuck_count(&app).await, 1);
    let restored = api.post(&format!("{path}/restore"), json!({})).await;
    assert_eq!(restored.status, 200);
    assert_eq!(stuck_count(&app).await, 2);

    set_limit(&app, 300).await;
    assert_eq!(stuck_count(&app).await, 0);
    set_limit(&app, 5).await;
    assert_eq!(stuck_count(&app).await, 2);
    let page = app.signed_in(ALICE).await.get(LIST).await;
    assert!(page.texts("td .ages title")[0].ends_with("4–7 days: 1 lead; 8–14 days: 1 lead"));
}

async fn a_dry_run_changes_no_figure(app: TestApp) {
    let (api, new) = (app.api(ALICE), set_limit(&app, 5).await);
    let contacted = api.status_id("Contacted").await;
    let first = insert_lead(&app, "Ana", new, 9, None).await.id;
    let second = insert_lead(&app, "Bogdan", new, 10, None).await.id;
    assert_eq!(stuck_count(&app).await, 2);
    let path = format!("leads/{first}/status?dry_run=1");
    let dry = api.post(&path, json!({"status": contacted})).await;
    assert_eq!(dry.status, 200, "{}", dry.text());
    assert_eq!(stuck_count(&app).await, 2);
    // As many changes as the dry run made before its rollback, of another lead.
    let path = format!("leads/{second}/status");
    let moved = api.post(&path, json!({"status": contacted})).await;
    assert_eq!(moved.status, 200);
    assert_eq!(stuck_count(&app).await, 1);
}
