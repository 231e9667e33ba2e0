use serde_json::{Value, json};

use super::{DAY, LIST, insert_lead};
use crate::support::{ALICE, Page, RADU, TestApp, VERA};

both!(
    the_figures_of_the_list_open_their_leads,
    every_role_sees_the_same_figures,
    a_list_sorts_by_the_number_of_leads,
    a_filter_lists_only_statuses_with_stuck_leads,
    what_becomes_stuck_by_time_alone_is_seen_at_once,
    won_leads_are_never_stuck,
    renaming_new_changes_no_behaviour,
    the_page_of_a_status_says_who_is_in_it,
    hundreds_of_statuses_with_limits_are_counted,
);

/// The cells of a row of the list.
fn row(page: &Page, name: &str) -> Vec<String> {
    let rows = page.all("tbody tr");
    let rows = rows.iter().map(|row| {
        let cells = row.child_elements().map(crate::support::text_of);
        cells.collect::<Vec<_>>()
    });
    let mut found = rows.filter(|cells| cells.iter().any(|cell| cell.starts_with(name)));
    found.next().unwrap_or_else(|| panic!("no row {name}"))
}

/// Some leads: 3 in New (limit 3), of which 1 is stuck and 1 at risk; 1 in Won that is as old.
async fn insert_leads(app: &TestApp) -> Vec<i64> {
    let api = app.api(ALICE);
    let (new, won) = (api.status_id("New").await, api.status_id("Won").await);
    let limits = json!({"target_days": 2, "limit_days": 5});
    api.put(&format!("lead_statuses/{new}"), limits).await;
    for (name, days) in [("Ana", 400), ("Bogdan", 3), ("Corina", 0)] {
        insert_lead(app, name, new, days, Some(100_050)).await;
    }
    insert_lead(app, "Dinu", won, 400, None).await;
    vec![new, won]
}

async fn the_figures_of_the_list_open_their_leads(app: TestApp) {
    let ids = insert_leads(&app).await;
    let browser = app.signed_in(ALICE).await;
    let list = browser.get(LIST).await;
    let cells = row(&list, "New");
    for expected in ["3", "1 at risk", "33% 1 stuck"] {
        assert!(
            cells.iter().any(|cell| cell == expected),
            "{expected}: {cells:?}"
        );
    }
    let links = list.attributes("tbody a.figure", "href");
    let new = ids[0];
    for expected in [
        format!("/admin/leads?status={new}"),
        format!("/admin/leads?status={new}&state=at_risk"),
        format!("/admin/leads/stuck?status={new}"),
    ] {
        assert!(links.contains(&expected), "{expected}: {links:?}");
    }
    let shown = list.texts("svg.ages title");
    assert_eq!(
        shown,
        ["Days in status: 0–1 days: 1 lead; 2–3 days: 1 lead; 91+ days: 1 lead"]
    );
    let read = app.api(VERA).get(&format!("lead_statuses/{new}")).await;
    let read = read.json();
    assert_eq!(
        (&read["lead_count"], &read["stuck_count"]),
        (&json!(3), &json!(1))
    );
    let bare = browser.get(&format!("{LIST}?cols=kind")).await;
    assert!(!bare.has(".figure") && !bare.has("svg.ages"));
}

async fn every_role_sees_the_same_figures(app: TestApp) {
    insert_leads(&app).await;
    let mut seen = Vec::new();
    for who in [ALICE, RADU, VERA] {
        let page = app.signed_in(who).await.get(LIST).await;
        seen.push(page.texts("tbody .figure:not(:has(svg.ages))"));
    }
    assert_eq!(seen[0], ["3", "1 at risk", "33% 1 stuck", "3", "1"]);
    assert!(seen.iter().all(|texts| *texts == seen[0]), "{seen:?}");
}

async fn a_list_sorts_by_the_number_of_leads(app: TestApp) {
    let api = app.api(ALICE);
    for (name, count) in [("Lost", 3), ("Qualified", 2), ("New", 1)] {
        let id = api.status_id(name).await;
        for _ in 0..count {
            insert_lead(&app, "Ana", id, 0, None).await;
        }
    }
    let browser = app.signed_in(ALICE).await;
    let down = browser.get(&format!("{LIST}?sort=-leads")).await;
    let names = crate::status_list::names(&down);
    assert_eq!(names[..3], ["Lost", "Qualified", "New"]);
    assert_eq!(down.attributes("[aria-sort]", "aria-sort"), ["descending"]);
    for (query, first) in [
        ("-lead_count", "Lost"),
        ("-leads", "Lost"),
        ("lead_count", "Contacted"),
    ] {
        let listed = api.get(&format!("lead_statuses?sort={query}")).await.json();
        assert_eq!(listed[0]["name"], first, "{query}");
        let counts: Vec<i64> = listed
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["lead_count"].as_i64().unwrap())
            .collect();
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        if query.starts_with('-') {
            sorted.reverse();
        }
        assert_eq!(counts, sorted);
    }
}

async fn a_filter_lists_only_statuses_with_stuck_leads(app: TestApp) {
    insert_leads(&app).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let list = browser.get(&format!("{LIST}?stuck=1")).await;
    assert_eq!(crate::status_list::names(&list), ["New"]);
    assert!(
        list.texts(".chip")
            .iter()
            .any(|chip| chip == "With stuck leads")
    );
    assert_eq!(list.texts(".tab span"), ["1", "1"], "all and open");
    assert!(
        !list.has("[data-grip]"),
        "a part of the pipeline is not dragged"
    );
    let none = browser.get(&format!("{LIST}?stuck=1&kind=won")).await;
    assert!(none.has(".empty"));
    let listed = api.get("lead_statuses?stuck=1").await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let paged = api.get("lead_statuses?stuck=1&page=1").await.json();
    assert_eq!(paged["meta"]["total"], 1);
    let all = [
        ("scope", "all"),
        ("stuck", "1"),
        ("expect", "1"),
        ("action", "edit"),
    ];
    let preview = crate::status_list::bulk(&browser, &[], &all).await;
    assert_eq!(preview.texts(".impact .badge-name"), ["New"]);
    assert!(preview.has("[name=stuck][value='1']"), "it goes along");
    let file = browser.get(&format!("{LIST}/export?stuck=1")).await;
    assert_eq!(
        file.answer
            .text()
            .lines()
            .filter(|line| line.starts_with("Won,"))
            .count(),
        0
    );
}

async fn what_becomes_stuck_by_time_alone_is_seen_at_once(app: TestApp) {
    let api = app.api(ALICE);
    let new = api.status_id("New").await;
    api.put(
        &format!("lead_statuses/{new}"),
        json!({"target_days": null, "limit_days": 5}),
    )
    .await;
    insert_lead(&app, "Ana", new, 4, None).await;
    app.clock.advance(DAY - 60);
    let browser = app.signed_in(ALICE).await;
    let before = browser.get(LIST).await;
    assert!(before.has("tbody .figure") && !before.has(".share .state-stuck"));
    app.clock.advance(61);
    let after = browser.get(LIST).await;
    assert_eq!(after.texts(".share .state-stuck"), ["1 stuck"]);
    assert_eq!(api.status("New").await["stuck_count"], 1);
}

async fn won_leads_are_never_stuck(app: TestApp) {
    let ids = insert_leads(&app).await;
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let limits = json!({"target_days": 1, "limit_days": 2});
    api.put(&format!("lead_statuses/{}", ids[1]), limits).await;
    let won = api.status("Won").await;
    assert_eq!(
        (&won["lead_count"], &won["stuck_count"]),
        (&json!(1), &json!(0))
    );
    let cells = row(&browser.get(LIST).await, "Won");
    assert!(
        cells
            .iter()
            .all(|cell| !cell.contains("stuck") && !cell.contains("risk")),
        "{cells:?}"
    );
}

async fn renaming_new_changes_no_behaviour(app: TestApp) {
    let ids = insert_leads(&app).await;
    let api = app.api(ALICE);
    let figures = |status: &Value| {
        ["lead_count", "stuck_count", "isdefault", "kind"].map(|key| status[key].clone())
    };
    let before = figures(&api.status("New").await);
    api.put(
        &format!("lead_statuses/{}", ids[0]),
        json!({"name": "Won already"}),
    )
    .await;
    assert_eq!(figures(&api.status("Won already").await), before);
    let refused = api.delete(&format!("lead_statuses/{}", ids[0])).await;
    assert_eq!(refused.status, 409);
    assert_eq!(
        refused.json()["blockers"][0]["role"],
        "default",
        "the role is named"
    );
    let listed = app
        .signed_in(ALICE)
        .await
        .get(&format!("{LIST}?stuck=1"))
        .await;
    assert_eq!(crate::status_list::names(&listed), ["Won already"]);
}

async fn the_page_of_a_status_says_who_is_in_it(app: TestApp) {
    let ids = insert_leads(&app).await;
    let browser = app.signed_in(RADU).await;
    let page = browser.get(&format!("{LIST}/{}", ids[0])).await;
    let facts = page.texts(".occupied dd");
    assert_eq!(facts, ["3", "3,001.50 EUR", "1", "1", "3 days"]);
    let leads = format!("/admin/leads?status={}", ids[0]);
    let links = page.attributes(".occupied a", "href");
    assert_eq!(
        links,
        [
            leads.clone(),
            format!("{leads}&currency=EUR&sort=-value"),
            format!("{leads}&state=at_risk"),
            format!("/admin/leads/stuck?status={}", ids[0]),
            format!("{leads}&sort=-age"),
        ]
    );
    assert_eq!(page.texts(".ages-table tbody th").len(), 8);
    let empty = browser
        .get(&format!(
            "{LIST}/{}",
            app.api(ALICE).status_id("Lost").await
        ))
        .await;
    assert!(!empty.has(".occupied") && empty.text().contains("No leads."));
}

async fn hundreds_of_statuses_with_limits_are_counted(app: TestApp) {
    let mut file = "name,kind,target_days,limit_days\n".to_owned();
    for number in 0..320 {
        file.push_str(&format!("Step {number},open,2,5\n"));
    }
    std::fs::write(app.dir().join("many.csv"), file).unwrap();
    let done = app.program(&["import", "statuses", "many.csv"], "");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let api = app.api(ALICE);
    insert_lead(&app, "Ana", api.status_id("Step 300").await, 9, None).await;
    assert_eq!(api.statuses().await.len(), 326);
    let browser = app.signed_in(ALICE).await;
    let list = browser.get(&format!("{LIST}?stuck=1")).await;
    assert_eq!(crate::status_list::names(&list), ["Step 300"]);
    for page in [
        "/admin/leads?state=stuck",
        "/admin/leads?state=stuck&sort=name",
        "/admin/leads/stuck",
        "/admin/leads/board",
    ] {
        let page = browser.get(page).await;
        assert!(
            page.status == 200 && page.text().contains("Ana"),
            "{page:?}"
        );
    }
}
