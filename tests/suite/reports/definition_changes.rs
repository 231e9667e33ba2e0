//! Changes of definitions on the reports.

use serde_json::json;

use crate::support::{ALICE, MARA, TestApp};

both!(a_change_of_a_definition_is_a_line_and_one_click_from_before_and_after);

async fn a_change_of_a_definition_is_a_line_and_one_click_from_before_and_after(app: TestApp) {
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
    api.post("leads", json!({"name": "Early"})).await;
    app.clock.advance(5 * 86_400);
    let path = format!("lead_statuses/{contacted}");
    let changed = api
        .put(&path, json!({"definition": "Answered at least once."}))
        .await;
    assert_eq!(changed.status, 200);
    let day = app.clock.now().rfc3339()[..10].to_owned();
    app.clock.advance(3 * 86_400);
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/reports/pipeline").await;
    let lines = page.texts("svg.series .day-line title");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("Contacted, version 2"), "{lines:?}");
    let link = page
        .attributes(
            &format!("a[href*='compare=day'][href*='day={day}']"),
            "href",
        )
        .remove(0);
    let compared = browser.get(&link).await;
    assert_eq!(
        compared.attributes("input[name=day][type=date]", "value"),
        [day.as_str()]
    );
    // The page of comparisons offers the day, too.
    let offered = browser.get("/admin/reports/pipeline?compare=day").await;
    assert!(offered.has(&format!("a[href*='day={day}']")));
    let before = browser
        .get(&format!("/admin/reports/pipeline?to={day}"))
        .await;
    assert!(!before.has("svg.series .day-line"));
}
