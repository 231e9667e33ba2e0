//! The stuck list: its leads, their order, and its pages.

use serde_json::json;

use super::lead_builder::{draft, make, note, pause};
use crate::support::{ALICE, MARA, Page, RADU, TestApp, VERA};

both!(
    the_worst_by_age_and_limit_comes_first,
    time_paused_does_not_count_and_paused_leads_are_not_listed,
    paging_lists_each_lead_once_while_time_passes,
    counts_are_those_of_the_status_list_and_of_the_filters,
    there_is_no_upper_cut_off_and_closed_leads_are_never_stuck,
    a_row_shows_the_last_note_and_the_bar_carries_the_filters,
    an_empty_list_says_that_nothing_is_stuck,
);

const DAY: i64 = 86_400;
const STUCK: &str = "/admin/leads/stuck";

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .board-name")
}

/// New with a limit of 3 days, Contacted 10, Qualified 14, Proposal none; Won and Lost.
async fn set_limits(app: &TestApp) -> Vec<i64> {
    let api = app.api(ALICE);
    let all = api.statuses().await;
    let ids: Vec<i64> = all.iter().map(|s| s["id"].as_i64().unwrap()).collect();
    for (id, limit) in ids
        .iter()
        .zip([json!(3), json!(10), json!(14), json!(null)])
    {
        let body = json!({"limit_days": limit, "target_days": null});
        let done = api.put(&format!("lead_statuses/{id}"), body).await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    ids
}

async fn the_worst_by_age_and_limit_comes_first(app: TestApp) {
    set_limits(&app).await;
    make(
        &app,
        vec![
            draft("2.0 of 10, second by id").in_status("Contacted", 20),
            draft("2.0 of 14, third by id").in_status("Qualified", 28),
            draft("3.0 of 10").in_status("Contacted", 30),
            draft("1.0 of 3, at the limit").in_status("New", 3),
            draft("not yet").in_status("New", 2),
            draft("4.0 of 3").in_status("New", 12),
            draft("never without a limit").in_status("Proposal", 900),
        ],
    )
    .await;
    let page = app.signed_in(MARA).await.get(STUCK).await;
    assert_eq!(
        names(&page),
        [
            "4.0 of 3",
            "3.0 of 10",
            "2.0 of 10, second by id",
            "2.0 of 14, third by id",
            "1.0 of 3, at the limit",
        ]
    );
    assert_eq!(
        page.texts(".stuck-ratio"),
        ["4.0×", "3.0×", "2.0×", "2.0×", "1.0×"]
    );
    let first = page.texts("tbody tr")[0].clone();
    assert!(first.contains("12 days 3 days"), "{first}");
}

async fn time_paused_does_not_count_and_paused_leads_are_not_listed(app: TestApp) {
    set_limits(&app).await;
    let made = make(
        &app,
        vec![
            draft("Once aside").in_status("Contacted", 30),
            draft("Aside").in_status("Contacted", 90),
            draft("Never").in_status("Contacted", 31),
        ],
    )
    .await;
    pause(&app, made[0], 5).await;
    app.clock.advance(5 * DAY);
    pause(&app, made[1], 2).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(STUCK).await;
    assert_eq!(names(&page), ["Never", "Once aside"]);
    let ages: Vec<String> = page.texts("tbody td[data-label='In status']");
    assert!(
        ages[0] == "36 days" && ["30 days", "31 days"].contains(&ages[1].as_str()),
        "{ages:?}"
    );
    app.clock.advance(2 * DAY);
    let later = app.signed_in(MARA).await;
    assert_eq!(
        names(&later.get(STUCK).await),
        ["Aside", "Never", "Once aside"]
    );
}

async fn paging_lists_each_lead_once_while_time_passes(app: TestApp) {
    set_limits(&app).await;
    // Ratios of every kind, many of them equal, over three limits.
    let drafts = (0..45).map(|n| {
        let (status, limit) = [("New", 3), ("Contacted", 10), ("Qualified", 14)][n % 3];
        draft(&format!("Lead {n:02}")).in_status(status, limit * (1 + n as i64 / 9))
    });
    make(&app, drafts.collect()).await;
    let browser = app.signed_in(MARA).await;
    let mut page = browser.get(STUCK).await;
    let (mut met, mut firsts) = (Vec::new(), Vec::new());
    for (expected, range) in [(20, "1–20 of 45"), (20, "21–40 of 45"), (5, "41–45 of 45")] {
        let shown = names(&page);
        assert_eq!(shown.len(), expected);
        assert_eq!(page.texts(".table-foot > .num"), [range]);
        firsts.push(shown[0].clone());
        met.extend(shown);
        // Ratios with small limits grow faster, but the order of the first page holds.
        app.clock.advance(DAY / 16);
        if let Some(next) = page.attributes("a[rel=next]", "href").first() {
            page = browser.get(next).await;
        }
    }
    let mut each = met.clone();
    each.sort();
    let all: Vec<String> = (0..45).map(|n| format!("Lead {n:02}")).collect();
    assert_eq!(each, all);
    // And backwards.
    for first in [&firsts[1], &firsts[0]] {
        page = browser
            .get(&page.attributes("a[rel=prev]", "href")[0])
            .await;
        assert_eq!(names(&page)[0], **first);
        assert_eq!(names(&page).len(), 20);
    }
    assert!(!page.has("a[rel=prev]"));
}

async fn counts_are_those_of_the_status_list_and_of_the_filters(app: TestApp) {
    let ids = set_limits(&app).await;
    make(
        &app,
        vec![
            draft("A").in_status("New", 9).of(RADU).from("Fair"),
            draft("B").in_status("New", 9),
            draft("C").in_status("Contacted", 20).of(RADU),
            draft("D").in_status("Contacted", 2),
        ],
    )
    .await;
    let browser = app.signed_in(RADU).await;
    let page = browser.get(STUCK).await;
    assert_eq!(page.texts("#tabs .tab"), ["All 3", "New 2", "Contacted 1"]);
    // Summed up by the database or looked at day by day: the same.
    let now = app.clock.now();
    let look = move |conn: &mut lead_statuses::db::Conn| {
        let all = lead_statuses::statuses::list_all(conn)?;
        let waiting = lead_statuses::statuses::overdue_counts(conn, &all, now)?;
        let occupied = lead_statuses::statuses::stats(conn, &all, now)?;
        let shown = all.iter().map(|status| {
            let (waits, there) = (&waiting[&status.id], &occupied[&status.id]);
            assert_eq!(
                (waits.stuck, waits.at_risk),
                (there.counts.stuck, there.counts.at_risk)
            );
            waits.stuck
        });
        Ok(shown.collect::<Vec<i64>>())
    };
    assert_eq!(app.db.read(look).await.unwrap(), [2, 1, 0, 0, 0, 0]);
    let one = browser.get(&format!("{STUCK}?status={}", ids[1])).await;
    assert_eq!(names(&one), ["C"]);
    assert_eq!(one.texts("#tabs [aria-current]"), ["Contacted 1"]);
    let mine = browser.get(&format!("{STUCK}?owner=me")).await;
    assert_eq!(names(&mine), ["A", "C"]);
    assert_eq!(mine.texts("#tabs .tab"), ["All 2", "New 1", "Contacted 1"]);
    let fair = browser.get(&format!("{STUCK}?owner=me&source=Fair")).await;
    assert_eq!(names(&fair), ["A"]);
    assert_eq!(names(&browser.get(&format!("{STUCK}?q=b")).await), ["B"]);
    for odd in [
        "at=1&after=x",
        "at=99999999999999999&after=1.2.3",
        "after=1.2.3",
    ] {
        assert_eq!(
            names(&browser.get(&format!("{STUCK}?{odd}")).await).len(),
            3,
            "{odd}"
        );
    }
    for odd in ["owner=01", "status=x"] {
        let page = browser.get(&format!("{STUCK}?{odd}")).await;
        assert!(names(&page).is_empty() && page.has(".unreadable"), "{odd}");
    }
}

async fn there_is_no_upper_cut_off_and_closed_leads_are_never_stuck(app: TestApp) {
    set_limits(&app).await;
    make(
        &app,
        vec![
            draft("Idle for 13 months").in_status("Qualified", 395),
            draft("Won").in_status("Won", 395),
            draft("Lost").in_status("Lost", 395),
        ],
    )
    .await;
    let page = app.signed_in(VERA).await.get(STUCK).await;
    assert_eq!(names(&page), ["Idle for 13 months"]);
    assert!(
        !page.has(".check [name=ids]"),
        "who may not write ticks nothing"
    );
}

async fn a_row_shows_the_last_note_and_the_bar_carries_the_filters(app: TestApp) {
    let ids = set_limits(&app).await;
    let made = make(
        &app,
        vec![
            draft("His").in_status("New", 9).of(RADU),
            draft("Hers").in_status("New", 10),
        ],
    )
    .await;
    note(&app, made[0], "Asked to be called in May").await;
    let browser = app.signed_in(RADU).await;
    let page = browser.get(&format!("{STUCK}?status={}", ids[0])).await;
    let rows = page.texts("tbody tr");
    assert!(
        rows[1].contains("Asked to be called in May Just now"),
        "{rows:?}"
    );
    assert_eq!(
        page.attributes(".check [name=ids]", "value"),
        [made[0].to_string()]
    );
    let bar = page.form("#bulk");
    assert_eq!(bar.action, "/admin/leads/bulk");
    assert_eq!(bar.value("state"), Some("stuck"));
    let statuses: Vec<&str> = bar
        .fields
        .iter()
        .filter(|(name, _)| name == "status")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(statuses, [ids[0].to_string().as_str(), ""]);
    assert_eq!(bar.value("expect"), Some("2"));
    assert_eq!(
        bar.value("back"),
        Some(format!("{STUCK}?status={}", ids[0]).as_str())
    );
    assert_eq!(
        page.attributes("#bulk [name=action]", "value"),
        ["move", "pause", "note"]
    );
    let manager = app.signed_in(MARA).await.get(STUCK).await;
    assert_eq!(
        manager.attributes("#bulk [name=action]", "value"),
        ["move", "assign", "pause", "note"]
    );
}

async fn an_empty_list_says_that_nothing_is_stuck(app: TestApp) {
    set_limits(&app).await;
    make(&app, vec![draft("Fresh")]).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(STUCK).await;
    assert!(page.text().contains("No stuck leads"), "{page:?}");
    assert!(page.attributes(".empty a", "href")[0].starts_with("/admin/leads?state=at_risk"));
    let filtered = browser.get(&format!("{STUCK}?owner=me")).await;
    assert!(filtered.text().contains("No stuck leads here"));
}
