//! The states of leads look the same wherever they are shown.

use serde_json::json;

use super::lead_builder::{draft, make};
use crate::support::{ALICE, MARA, TestApp};

both!(stuck_and_at_risk_have_one_colour_each_on_every_page,);

async fn stuck_and_at_risk_have_one_colour_each_on_every_page(app: TestApp) {
    let new = app.api(ALICE).status_id("New").await;
    let limits = json!({"target_days": 2, "limit_days": 5});
    app.api(ALICE)
        .put(&format!("lead_statuses/{new}"), limits)
        .await;
    let drafts = vec![
        draft("Stuck").in_status("New", 9),
        draft("At risk").in_status("New", 3),
    ];
    let ids = make(&app, drafts).await;
    let browser = app.signed_in(MARA).await;
    for (path, is_stuck, is_at_risk) in [
        ("/admin/leads".to_owned(), true, true),
        ("/admin/leads/board".to_owned(), true, true),
        ("/admin/leads/statuses".to_owned(), true, true),
        (format!("/admin/leads/statuses/{new}"), true, true),
        (format!("/admin/leads/{}", ids[0]), true, false),
        (format!("/admin/leads/{}", ids[1]), false, true),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.has("main .tag.state-stuck"), is_stuck, "{path}");
        assert_eq!(page.has("main .tag.state-at_risk"), is_at_risk, "{path}");
        // Only the state gives a colour.
        assert!(
            !page.has("main [class*='state-']:is(.warn, .danger, .accent, .ok)"),
            "{path}"
        );
        assert!(page.has(".nav-count.tag.danger"), "{path}");
    }
}
