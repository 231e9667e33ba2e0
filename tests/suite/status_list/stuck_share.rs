//! Where it hurts: the share of a status's leads that are stuck, and the order by it.

use serde_json::json;

use super::{LIST, names};
use crate::leads::lead_builder::{draft, make};
use crate::support::{ALICE, MARA, TestApp};

both!(
    the_list_says_which_share_of_the_leads_is_stuck,
    the_list_is_sorted_by_the_share_that_is_stuck,
);

/// New: 1 of 4 is stuck, Contacted: 2 of 3, Qualified: none of 1, Won: one, which is never stuck.
async fn insert_stuck_leads(app: &TestApp) {
    let api = app.api(ALICE);
    for name in ["New", "Contacted", "Qualified", "Proposal"] {
        let id = api.status_id(name).await;
        let limits = json!({"target_days": null, "limit_days": 5});
        let done = api.put(&format!("lead_statuses/{id}"), limits).await;
        assert_eq!(done.status, 200);
    }
    let of = |status, days| draft("Ana").in_status(status, days);
    make(
        app,
        vec![
            of("New", 9),
            of("New", 1),
            of("New", 1),
            of("New", 1),
            of("Contacted", 6),
            of("Contacted", 60),
            of("Contacted", 1),
            of("Qualified", 1),
            of("Won", 900),
        ],
    )
    .await;
}

async fn the_list_says_which_share_of_the_leads_is_stuck(app: TestApp) {
    insert_stuck_leads(&app).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(LIST).await;
    assert_eq!(page.texts("td a.share"), ["25% 1 stuck", "67% 2 stuck"]);
    let id = app.api(ALICE).status_id("Contacted").await;
    let opened = format!("/admin/leads/stuck?status={id}");
    assert_eq!(page.attributes("td a.share", "href")[1], opened);
    assert_eq!(page.attributes("td .bar rect", "width"), ["25", "67"]);
}

async fn the_list_is_sorted_by_the_share_that_is_stuck(app: TestApp) {
    insert_stuck_leads(&app).await;
    let (browser, api) = (app.signed_in(MARA).await, app.api(ALICE));
    let page = browser.get(LIST).await;
    let links = page.attributes("thead a.sort", "href");
    assert!(
        links.contains(&format!("{LIST}?sort=-stuck")),
        "the worst first: {links:?}"
    );
    let page = browser.get(&format!("{LIST}?sort=-stuck")).await;
    assert_eq!(names(&page)[..2], ["Contacted", "New"]);
    assert_eq!(page.texts("th[aria-sort='descending']"), ["Stuck"]);
    let page = browser.get(&format!("{LIST}?sort=stuck")).await;
    assert_eq!(names(&page)[4..], ["New", "Contacted"]);
    for query in ["sort=-stuck", "sort=-stuck_share&per_page=2&page=1"] {
        let list = api.get(&format!("lead_statuses?{query}")).await.json();
        let rows = list["data"].as_array().or(list.as_array()).unwrap();
        assert_eq!(
            (&rows[0]["name"], &rows[1]["name"]),
            (&json!("Contacted"), &json!("New")),
            "{query}"
        );
    }
    let second = api.get("lead_statuses?sort=-stuck&per_page=2&page=2").await;
    assert_eq!(second.json()["data"].as_array().unwrap().len(), 2);
    // A file is in the order of the pipeline, which reading it back keeps.
    let file = browser.get(&format!("{LIST}/export?sort=-stuck")).await;
    let text = file.answer.text();
    assert!(text.lines().nth(1).unwrap().starts_with("New,"), "{text}");
}
