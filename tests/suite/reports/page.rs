//! The page of the pipeline and what it compares.

use chrono::Days;
use lead_statuses::clock::Zone;
use lead_statuses::i18n::Lang;
use serde_json::json;

use super::vectors::import_ten;
use crate::support::{ALICE, MARA, Page, RADU, TestApp, VERA};

both!(
    the_page_says_what_the_vector_says,
    a_small_sample_shows_counts_only,
    a_filter_that_cannot_be_read_finds_nothing_and_is_named,
    everyone_may_read_and_representatives_see_their_own,
    the_numbers_of_every_chart_are_a_table_and_a_file,
    a_day_splits_a_comparison_in_two,
    owners_are_compared_with_the_rest,
    two_chosen_periods_are_compared,
    losses_are_ranked_and_open_the_leads,
    a_fixed_link_shows_the_same_figures_later,
    a_fixed_link_says_that_the_pipeline_was_changed_since,
    limits_are_tried_without_being_set,
    limits_are_set_unless_someone_changed_them_meanwhile,
    invalid_parameters_are_named,
    tiles_open_the_lists_and_of_a_fixed_instant_the_leads_of_that_day,
    a_comparison_opens_what_is_behind_its_numbers,
);

const PAGE: &str = "/admin/reports/pipeline";

/// The page after the ten visits of the vector, with a target of 7 days and a limit of 30 for Contacted.
async fn page_of_ten(app: &TestApp, query: &str) -> (i64, Page) {
    import_ten(app).await;
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
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
        ["Half leave within 8 days (95% interval: at least 2)."]
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
    assert_eq!(target, ["4 met, 4 missed, 2 too early to say"]);
    let ways = ["Advanced 54% 4", "Lost 25% 2", "Still here 22% 4"];
    assert_eq!(texts(".ways tbody tr"), ways);
    assert!(page.has(&format!("{card} svg.curve[role=img] path.line")));
}

async fn a_small_sample_shows_counts_only(app: TestApp) {
    let (_, page) = page_of_ten(&app, "").await;
    let qualified = app.api(ALICE).status_id("Qualified").await;
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
    assert_eq!(files.len(), 8);
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
    let today = Zone::UTC.day(app.clock.now());
    let day = today - Days::new(30);
    let page = browser.get(&format!("{PAGE}?compare=day&day={day}")).await;
    let heads = page.texts("table.compare thead th");
    let last = |day| Lang::En.date(day);
    assert_eq!(heads.len(), 3);
    assert!(heads[1].ends_with(&last(day - Days::new(1))) && heads[2].starts_with(&last(day)));
    let outside = browser
        .get(&format!("{PAGE}?compare=day&day=2020-01-01"))
        .await;
    assert_eq!(
        outside.texts(".unreadable p"),
        ["Choose a day within the period, after its first one."]
    );
    for (comparison, columns) in [("period", 3), ("nothing", 0)] {
        let page = browser.get(&format!("{PAGE}?compare={comparison}")).await;
        assert_eq!(
            page.all("table.compare thead th").len(),
            columns,
            "{comparison}"
        );
    }
}

async fn owners_are_compared_with_the_rest(app: TestApp) {
    import_ten(&app).await;
    let api = app.api(ALICE);
    let radu = 3;
    let given = json!({"owner": radu});
    for lead in [1, 2] {
        assert_eq!(
            api.put(&format!("leads/{lead}"), given.clone())
                .await
                .status,
            200
        );
    }
    let browser = app.signed_in(MARA).await;
    let page = browser.get(&format!("{PAGE}?compare=owners")).await;
    let heads = page.texts("table.compare thead th");
    assert_eq!(heads[..2], ["Measure", "All owners"]);
    assert_eq!(heads.len(), 4, "those with most leads first: {heads:?}");
    assert_eq!(heads[2], page.texts(".choose-owners label").pop().unwrap());
    let chosen = browser
        .get(&format!("{PAGE}?compare=owners&with_owner={radu}"))
        .await;
    assert_eq!(chosen.texts("table.compare thead th").len(), 3);
    assert_eq!(chosen.all(".choose-owners input[checked]").len(), 1);
    let rest = browser.get(&format!("{PAGE}?except={radu}")).await;
    assert!(rest.texts(".page-lead")[0].contains("all owners but"));
    let own = app.signed_in(RADU).await;
    let own = own
        .get(&format!("{PAGE}?compare=owners&with_owner=none"))
        .await;
    assert_eq!(
        own.texts("table.compare thead th"),
        ["Measure", "Your leads"]
    );
}

async fn two_chosen_periods_are_compared(app: TestApp) {
    import_ten(&app).await;
    let browser = app.signed_in(MARA).await;
    let page = browser
        .get(&format!(
            "{PAGE}?compare=period&from=2026-03-01&to=2026-04-01&with_from=2026-01-10&with_to=2026-01-20"
        ))
        .await;
    assert_eq!(
        page.texts("table.compare thead th")[1..],
        ["10 Jan 2026 – 19 Jan 2026", "1 Mar 2026 – 31 Mar 2026"]
    );
    assert!(page.has(".report-filters #owner") && page.has("#source"));
    let usual = browser
        .get(&format!(
            "{PAGE}?compare=period&from=2026-03-01&to=2026-03-11"
        ))
        .await;
    let first = usual.attributes("#with_from, #with_to", "value");
    assert_eq!(first, ["2026-02-19", "2026-03-01"]);
    let wrong = browser
        .get(&format!(
            "{PAGE}?compare=period&with_from=2026-03-01&with_to=2026-03-01"
        ))
        .await;
    assert_eq!(
        wrong.texts(".unreadable p"),
        ["Enter a day after the first one"]
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
    let contacted = app.api(ALICE).status_id("Contacted").await;
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

async fn limits_are_set_unless_someone_changed_them_meanwhile(app: TestApp) {
    import_ten(&app).await;
    let api = app.api(ALICE);
    let contacted = api.status_id("Contacted").await;
    let path = format!("lead_statuses/{contacted}");
    let set = |target: i64, limit: i64| json!({"target_days": target, "limit_days": limit});
    assert_eq!(api.put(&path, set(3, 9)).await.status, 200);
    let browser = app.signed_in(ALICE).await;
    let action = format!("{PAGE}/limits/{contacted}");
    let limit = async || api.get(&path).await.json()["limit_days"].clone();
    let set_from = async |was: &str| {
        let page = browser.get(PAGE).await;
        let hidden = |name| {
            page.attributes(&format!("input[name={name}]"), "value")
                .remove(0)
        };
        let (csrf, once) = (hidden("csrf"), hidden("once"));
        let sent = [
            ("csrf", csrf.as_str()),
            ("once", &once),
            ("target_days", "8"),
            ("limit_days", "20"),
            ("was_target_days", "3"),
            ("was_limit_days", was),
        ];
        browser.post(&action, &sent).await.status
    };
    let stale = set_from("7").await;
    assert_eq!((stale, limit().await), (303, json!(9)));
    let page = browser.get(PAGE).await;
    assert!(page.texts(".banner")[0].contains("target 3, limit 9 days"));
    assert_eq!((set_from("9").await, limit().await), (303, json!(20)));
}

async fn invalid_parameters_are_named(app: TestApp) {
    import_ten(&app).await;
    let browser = app.signed_in(MARA).await;
    for (query, said) in [
        (
            "from=2026-03-02&to=2026-03-02",
            "Enter a day after the first one",
        ),
        (
            "start=99999",
            "This status doesn’t exist. Choose an active one",
        ),
        (
            "now=2999-01-01T00:00:00Z",
            "Enter an instant that is not in the future",
        ),
    ] {
        for compare in ["", "&compare=period"] {
            let page = browser.get(&format!("{PAGE}?{query}{compare}")).await;
            assert_eq!(page.texts(".unreadable p"), [said], "{query}{compare}");
            assert!(!page.has(".tiles") && !page.has("table.compare"));
        }
    }
}

async fn tiles_open_the_lists_and_of_a_fixed_instant_the_leads_of_that_day(app: TestApp) {
    let (_, page) = page_of_ten(&app, "?source=Web").await;
    let links = page.attributes(".tiles .kpi-value a", "href");
    assert!(links.contains(&"/admin/leads?state=at_risk&source=Web".to_owned()));
    assert!(links.contains(&"/admin/leads/stuck?source=Web".to_owned()));
    let fixed = page.attributes("#fixed-link", "value").remove(0);
    let fixed = &fixed[fixed.find(PAGE).expect("the path of the page")..];
    let page = app.signed_in(MARA).await.get(fixed).await;
    let links = page.attributes(".tiles .kpi-value a", "href");
    let sets = ["set=open-on", "set=at-risk-on", "set=stuck-on"];
    for set in sets {
        assert!(
            links.iter().any(|link| link.contains(set)),
            "{set}: {links:?}"
        );
    }
}

async fn a_comparison_opens_what_is_behind_its_numbers(app: TestApp) {
    import_ten(&app).await;
    let browser = app.signed_in(MARA).await;
    let page = browser.get(&format!("{PAGE}?compare=period")).await;
    let links = page.attributes("table.compare td a", "href");
    assert!(links.len() > 5);
    for link in &links[..5] {
        assert_eq!(browser.get(link).await.status, 200, "{link}");
    }
}

async fn a_fixed_link_says_that_the_pipeline_was_changed_since(app: TestApp) {
    import_ten(&app).await;
    // After the import, however long it took.
    app.clock.advance(1);
    let now = format!("now={}", app.clock.now().rfc3339());
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let path = format!("lead_statuses/{}", api.status_id("Contacted").await);
    app.clock.advance(60);
    let is_said = async || {
        let page = browser.get(&format!("{PAGE}?period=all&{now}")).await;
        page.has(".note.warn")
    };
    assert!(!is_said().await);
    assert_eq!(api.put(&path, json!({"name": "Called"})).await.status, 200);
    assert!(!is_said().await, "a name changes no number");
    assert_eq!(api.put(&path, json!({"limit_days": 9})).await.status, 200);
    assert!(is_said().await);
}

async fn losses_are_ranked_and_open_the_leads(app: TestApp) {
    let (contacted, page) = page_of_ten(&app, "").await;
    let first = ".losses tbody tr:first-child";
    // Two of the ten were lost from Contacted, four moved on and four are there.
    assert_eq!(
        page.texts(&format!("{first} td.num")),
        ["2", "20%", "100%", "4", "40%", "0", "4", "10"]
    );
    let links = page.attributes(&format!("{first} a"), "href");
    assert!(links[0].contains(&format!("set=dropped&status={contacted}")));
    let behind = app.signed_in(MARA).await.get(&links[0]).await;
    assert_eq!(behind.texts("h1"), ["Lost from Contacted, junk included"]);
    assert!(behind.texts(".visits-count")[0].starts_with("2 entries, longest time first."));
}
