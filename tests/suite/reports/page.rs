//! The page of the pipeline and what it compares.

use serde_json::json;

use super::vectors::import_ten;
use crate::support::{ALICE, MARA, Page, RADU, TestApp, VERA};

both!(
    the_page_says_what_the_vector_says,
    too_few_are_counted_and_nothing_more_is_said,
    a_filter_that_cannot_be_read_finds_nothing_and_is_named,
    everyone_may_read_and_representatives_see_their_own,
    the_numbers_of_every_chart_are_a_table_and_a_file,
    a_day_splits_a_comparison_in_two,
    owners_are_compared_with_all,
    a_fixed_link_shows_the_same_figures_later,
    limits_are_tried_without_being_set,
);

const PAGE: &str = "/admin/reports/pipeline";

/// The page after the ten visits of the vector, with a target of 7 days and a limit of 30 for Contacted.
async fn page_of_ten(app: &TestApp, query: &str) -> (i64, Page) {
    import_ten(app).await;
    let api = app.api(ALICE);
    let contacted = api.id("Contacted").await;
    let body = json!({"target_days": 7, "limit_days": 30});
    let path = format!("lead_statuses/{contacted}");
    assert_eq!(api.put(&path, body).await.status, 200);
    let page = app
        .signed_in(MARA)
        .await
        .get(&format!("{PAGE}{query}"))
        .await;
    assert_eq!(page.status, 200);
    (contacted, page)
}

async fn the_page_says_what_the_vector_says(app: TestApp) {
    let (contacted, page) = page_of_ten(&app, "").await;
    let card = format!("#time-{contacted}");
    let texts = |part: &str| page.texts(&format!("{card} {part}"));
    assert_eq!(
        texts(".time-sentence"),
        ["Half leave within 8 days (95%: at least 2)."]
    );
    assert_eq!(
        texts(".time-counts"),
        ["10 entered · 6 left · 4 still here"]
    );
    assert_eq!(
        texts(".percentiles b"),
        ["8 days", "13 days", "> 20 days", "50%"]
    );
    let target = texts(".percentiles div:last-child .muted");
    assert_eq!(target, ["4 met, 4 missed, 2 undecided"]);
    let ways = ["Advanced 54% 4", "Lost 25% 2", "Still here 22% 4"];
    assert_eq!(texts(".ways tbody tr"), ways);
    assert!(page.has(&format!("{card} svg.curve[role=img] path.line")));
}

async fn too_few_are_counted_and_nothing_more_is_said(app: TestApp) {
    let (_, page) = page_of_ten(&app, "").await;
    let qualified = app.api(ALICE).id("Qualified").await;
    let card = format!("#time-{qualified}");
    let sentence = page.texts(&format!("{card} .time-sentence"));
    assert_eq!(sentence, ["Only 3 entries: counts only."]);
    assert!(!page.has(&format!("{card} svg.curve")) && !page.has(&format!("{card} .percentiles")));
}

async fn a_filter_that_cannot_be_read_finds_nothing_and_is_named(app: TestApp) {
    let (_, page) = page_of_ten(&app, "?from=soon&owner=7e1&source=Web").await;
    let said = page.texts(".unreadable p");
    assert_eq!(said, ["“soon” isn’t a day.", "“7e1” isn’t a valid filter."]);
    let links = page.attributes(".unreadable a.button", "href");
    assert_eq!(links[0], format!("{PAGE}?owner=7e1&source=Web"));
    assert!(!page.has(".tiles") && !page.has("svg.chart"));
}

async fn everyone_may_read_and_representatives_see_their_own(app: TestApp) {
    import_ten(&app).await;
    for who in [ALICE, MARA, VERA] {
        let page = app.signed_in(who).await.get(PAGE).await;
        assert!(page.has("#owner") && page.has(&format!(".nav-item[href='{PAGE}'][aria-current]")));
        assert!(page.texts(".page-lead")[0].ends_with("all owners"));
    }
    let page = app
        .signed_in(RADU)
        .await
        .get(&format!("{PAGE}?owner=none"))
        .await;
    assert!(!page.has("#owner") && page.texts(".page-lead")[0].ends_with("your leads"));
    assert_eq!(
        page.texts(".hurts span"),
        ["No leads entered a status in this period."]
    );
}

async fn the_numbers_of_every_chart_are_a_table_and_a_file(app: TestApp) {
    let (_, page) = page_of_ten(&app, "").await;
    assert!(page.all("details.as-table table").len() >= 5);
    let files = page.attributes("a.csv", "href");
    assert_eq!(files.len(), 7);
    let browser = app.signed_in(MARA).await;
    for file in files {
        let answer = browser.get(&file).await.answer;
        assert_eq!(answer.status, 200, "{file}");
        assert!(
            answer.header("content-type").starts_with("text/csv"),
            "{file}"
        );
        assert!(answer.text().lines().count() > 1, "{file}");
    }
    let other = browser.get(&format!("{PAGE}/time.csv?from=soon")).await;
    assert_eq!(other.status, 422);
}

async fn a_day_splits_a_comparison_in_two(app: TestApp) {
    import_ten(&app).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(&format!("{PAGE}?compare=day")).await;
    assert!(page.has("form input[type=date][name=day]") && !page.has("table.compare"));
    let page = browser
        .get(&format!("{PAGE}?compare=day&day=2026-03-01"))
        .await;
    let heads = page.texts("table.compare thead th");
    assert_eq!(heads.len(), 3);
    assert!(heads[1].starts_with("Before 1 Mar 2026") && heads[2].starts_with("From 1 Mar 2026"));
    for (comparison, columns) in [("period", 3), ("nothing", 0)] {
        let page = browser.get(&format!("{PAGE}?compare={comparison}")).await;
        assert_eq!(
            page.all("table.compare thead th").len(),
            columns,
            "{comparison}"
        );
    }
}

async fn owners_are_compared_with_all(app: TestApp) {
    import_ten(&app).await;
    let page = app
        .signed_in(MARA)
        .await
        .get(&format!("{PAGE}?compare=owners"))
        .await;
    // The leads of the file have no owner.
    assert_eq!(
        page.texts("table.compare thead th"),
        ["Measure", "All owners"]
    );
    let own = app
        .signed_in(RADU)
        .await
        .get(&format!("{PAGE}?compare=owners"))
        .await;
    assert_eq!(
        own.texts("table.compare thead th"),
        ["Measure", "Your leads"]
    );
}

async fn a_fixed_link_shows_the_same_figures_later(app: TestApp) {
    let (contacted, page) = page_of_ten(&app, "?period=90d").await;
    let card = format!("#time-{contacted}");
    let link = page.attributes("#fixed-link", "value").remove(0);
    let link = &link[link.find(PAGE).expect("the path of the page")..];
    app.clock.advance(20 * 86_400);
    let browser = app.signed_in(MARA).await;
    let later = browser.get(link).await;
    assert_eq!(later.texts(&card), page.texts(&card));
    assert_ne!(browser.get(PAGE).await.texts(&card), page.texts(&card));
}

async fn limits_are_tried_without_being_set(app: TestApp) {
    import_ten(&app).await;
    let contacted = app.api(ALICE).id("Contacted").await;
    let browser = app.signed_in(MARA).await;
    let page = browser
        .get(&format!("{PAGE}?try_status={contacted}&try_days=5"))
        .await;
    let trial = format!(".limits tr:has(input[value='{contacted}']) .trial p");
    let said = page.texts(&trial);
    // Of the four that are there, three have been there for five days: 6, 9 and 20.
    assert!(
        said[0].starts_with("3 leads would be flagged today"),
        "{said:?}"
    );
}
