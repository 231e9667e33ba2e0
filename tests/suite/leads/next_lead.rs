//! The stuck list and the own leads of a rep: after an action on a lead the next one follows.

use serde_json::json;

use super::fixtures::{MOVE, status_value, user};
use super::lead_builder::{draft, lead, make};
use crate::support::{ALICE, MARA, Page, RADU, TestApp, VERA};

both!(
    the_stuck_list_has_value_sort_columns_and_export,
    after_an_action_on_one_lead_the_next_follows,
    a_pause_leads_to_the_next_lead_too,
    a_deletion_leads_to_the_next_lead_too,
    own_leads_are_listed_the_worst_first,
    what_is_ticked_and_all_that_match_is_what_may_be_changed,
);

const STUCK: &str = "/admin/leads/stuck";
const OWN: &str = "/admin/leads/mine";

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .board-name")
}

/// New has a limit of 2 days, Contacted of 10; Qualified has a target of 5 days alone, Proposal neither.
async fn set_limits(app: &TestApp) {
    let api = app.api(ALICE);
    for (name, target, limit) in [
        ("New", json!(null), json!(2)),
        ("Contacted", json!(null), json!(10)),
        ("Qualified", json!(5), json!(null)),
        ("Proposal", json!(null), json!(null)),
    ] {
        let id = api.status_id(name).await;
        let body = json!({"target_days": target, "limit_days": limit});
        let done = api.put(&format!("lead_statuses/{id}"), body).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
}

/// Ratios 10, 3 and 2.
async fn insert_three_leads(app: &TestApp) -> Vec<i64> {
    set_limits(app).await;
    let drafts = vec![
        draft("Ten").in_status("New", 20).worth(100).of(RADU),
        draft("Three").in_status("Contacted", 30).worth(90_000),
        draft("Two").in_status("New", 4).worth(5_000).of(RADU),
    ];
    make(app, drafts).await
}

async fn the_stuck_list_has_value_sort_columns_and_export(app: TestApp) {
    insert_three_leads(&app).await;
    let mara = app.signed_in(MARA).await;
    let page = mara.get(STUCK).await;
    assert_eq!(page.texts("tbody td.lead-value")[1], "900 EUR");
    let links = page.attributes("thead a.sort", "href");
    for wanted in ["sort=-value", "sort=-age", "sort=name"] {
        let link = format!("{STUCK}?{wanted}");
        assert!(links.contains(&link), "{wanted}: {links:?}");
    }
    for (query, expected) in [
        ("", ["Ten", "Three", "Two"]),
        ("?sort=-value", ["Three", "Two", "Ten"]),
        ("?sort=value", ["Ten", "Two", "Three"]),
        ("?sort=name", ["Ten", "Three", "Two"]),
        ("?sort=-age", ["Three", "Ten", "Two"]),
        ("?sort=odd", ["Ten", "Three", "Two"]),
    ] {
        let page = mara.get(&format!("{STUCK}{query}")).await;
        assert_eq!(names(&page), expected, "{query}");
    }
    let sorted = mara.get(&format!("{STUCK}?sort=-value")).await;
    assert_eq!(sorted.texts("th[aria-sort=descending]"), ["Value"]);
    let few = mara.get(&format!("{STUCK}?cols=value")).await;
    assert_eq!(
        few.texts("thead th").join("|").matches("Owner").count(),
        0,
        "{few:?}"
    );
    assert!(few.has("td.lead-value") && !few.has("td.lead-owner"));
    let file = page.attributes(".page-head a[download]", "href").remove(0);
    let file = mara.get(&file).await;
    let text = file.answer.text();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(
        !app.signed_in(RADU)
            .await
            .get(STUCK)
            .await
            .has(".page-head a[download]")
    );
}

async fn after_an_action_on_one_lead_the_next_follows(app: TestApp) {
    let ids = insert_three_leads(&app).await;
    let mara = app.signed_in(MARA).await;
    let list = mara.get(STUCK).await;
    let first = list.attributes("tbody .board-name", "href").remove(0);
    let page = mara.get(&first).await;
    let href = |id: i64| format!("/admin/leads/{id}?back=%2Fadmin%2Fleads%2Fstuck");
    assert_eq!(
        page.attributes(".page-actions [rel=next]", "href"),
        [href(ids[1])]
    );
    assert!(!page.has(".page-actions [rel=prev]"));
    // Moved: the next one, with a banner about the one that is done.
    let lost = status_value(&app, "Lost").await;
    let sent = mara.submit(&page, MOVE, &[("status", &lost)]).await;
    assert_eq!(sent.leads_to(), Some(href(ids[1])));
    let page = mara.follow(&sent).await;
    assert!(page.banner().contains("Ten moved to Lost"), "{page:?}");
    assert_eq!(page.texts("h1"), ["Three"]);
    // A note is an action too; behind the last one comes the list.
    let note = "button[formaction$='/notes']";
    let sent = mara.submit(&page, note, &[("note", "Called")]).await;
    assert_eq!(sent.leads_to(), Some(href(ids[2])));
    let page = mara.follow(&sent).await;
    assert_eq!(
        page.attributes(".page-actions [rel=prev]", "href"),
        [href(ids[1])]
    );
    let sent = mara.submit(&page, MOVE, &[("status", &lost)]).await;
    let after = sent.leads_to().unwrap();
    assert!(after == href(ids[1]) || after == STUCK, "{after}");
    // Only the last one left: the list follows.
    let page = mara.get(&href(ids[1])).await;
    assert!(!page.has(".page-actions [rel=next]"), "{page:?}");
    let sent = mara.submit(&page, MOVE, &[("status", &lost)]).await;
    assert_eq!(sent.leads_to(), Some(STUCK.to_owned()));
    // Opened from elsewhere, a lead stays.
    let page = mara.get(&format!("/admin/leads/{}", ids[0])).await;
    assert!(!page.has(".page-actions [rel=next]"));
    let sent = mara.submit(&page, note, &[("note", "Again")]).await;
    assert_eq!(sent.leads_to(), Some(format!("/admin/leads/{}", ids[0])));
}

async fn a_pause_leads_to_the_next_lead_too(app: TestApp) {
    let ids = insert_three_leads(&app).await;
    let mara = app.signed_in(MARA).await;
    let back = "back=%2Fadmin%2Fleads%2Fstuck%3Fsort%3D-value";
    let page = mara.get(&format!("/admin/leads/{}?{back}", ids[1])).await;
    let pause = page
        .attributes("#lead-menu a[href*='/pause']", "href")
        .remove(0);
    let form = mara.get(&pause).await;
    let fields = [("until", "2030-01-01"), ("reason", "Away")];
    let sent = mara.submit(&form, "main form", &fields).await;
    assert_eq!(
        sent.leads_to(),
        Some(format!("/admin/leads/{}?{back}", ids[2])),
        "in the order of the list: {sent:?}"
    );
}

async fn a_deletion_leads_to_the_next_lead_too(app: TestApp) {
    let ids = insert_three_leads(&app).await;
    let mara = app.signed_in(MARA).await;
    let list = mara.get(STUCK).await;
    let first = list.attributes("tbody .board-name", "href").remove(0);
    let page = mara.get(&first).await;
    let asked = mara.submit(&page, "form[action$='/delete']", &[]).await;
    let done = mara
        .submit(&asked, "form[action$='/delete']", &[("confirm", "1")])
        .await;
    let next = format!("/admin/leads/{}?back=%2Fadmin%2Fleads%2Fstuck", ids[1]);
    assert_eq!(done.leads_to(), Some(next), "{done:?}");
}

async fn own_leads_are_listed_the_worst_first(app: TestApp) {
    set_limits(&app).await;
    let of = |name: &str, status, days| draft(name).in_status(status, days).of(RADU);
    let ids = make(
        &app,
        vec![
            of("1.5 of the limit", "Contacted", 15),
            of("0.5 of the limit", "New", 1),
            of("2 of the target", "Qualified", 10),
            of("No limit at all", "Proposal", 90),
            of("Won", "Won", 90),
            draft("Of another").in_status("New", 90).of(MARA),
            draft("Of nobody").in_status("New", 90),
        ],
    )
    .await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(OWN).await;
    assert_eq!(
        names(&page),
        [
            "2 of the target",
            "1.5 of the limit",
            "0.5 of the limit",
            "No limit at all"
        ]
    );
    assert_eq!(page.texts("#tabs [aria-current] span"), ["4"]);
    let columns = page.attributes("#columns [name=cols]", "value");
    assert_eq!(columns, ["value", "age", "limit", "note"], "all are Radu's");
    assert!(!page.has(".lead-owner"), "{page:?}");
    assert_eq!(page.texts("tbody .tag.state-stuck").len(), 1);
    assert_eq!(page.texts("tbody .tag.state-at_risk").len(), 1);
    let second = radu
        .get(&format!("{OWN}?status={}", status_value(&app, "New").await))
        .await;
    assert_eq!(names(&second), ["0.5 of the limit"]);
    let href = page.attributes("tbody .board-name", "href").remove(0);
    let page = radu.get(&href).await;
    let next = page
        .attributes(".page-actions [rel=next]", "href")
        .remove(0);
    assert!(
        next.starts_with(&format!("/admin/leads/{}?", ids[0])),
        "{next}"
    );
    assert!(app.signed_in(VERA).await.get(OWN).await.has(".empty"));
    assert_eq!(
        lead(&app, ids[0]).await.fields.owner,
        Some(user(&app, RADU).await)
    );
}

async fn what_is_ticked_and_all_that_match_is_what_may_be_changed(app: TestApp) {
    let mut drafts: Vec<_> = (0..25)
        .map(|n| draft(&format!("Own {n:02}")).in_status("New", 50).of(RADU))
        .collect();
    drafts.extend((0..25).map(|n| draft(&format!("Other {n:02}")).in_status("New", 50)));
    make(&app, drafts).await;
    let (radu, mara) = (app.signed_in(RADU).await, app.signed_in(MARA).await);
    for path in ["/admin/leads?per=100", "/admin/leads/stuck?per=100"] {
        let page = radu.get(path).await;
        assert_eq!(page.all("tbody tr").len(), 50, "{path}");
        assert_eq!(page.all("tbody .check input").len(), 25, "{path}");
        assert!(!page.has(".bulk-all"), "{path}: others' leads match");
        assert_eq!(mara.get(path).await.all("tbody .check input").len(), 50);
    }
    for path in ["/admin/leads?owner=me", "/admin/leads/stuck?owner=me"] {
        let page = radu.get(path).await;
        assert_eq!(
            page.texts(".bulk-all"),
            ["Select all 25 matching"],
            "{path}"
        );
    }
    for path in ["/admin/leads", STUCK] {
        let page = mara.get(path).await;
        assert_eq!(
            page.texts(".bulk-all"),
            ["Select all 50 matching"],
            "{path}"
        );
        assert!(!radu.get(path).await.has(".bulk-all"), "{path}");
    }
}
