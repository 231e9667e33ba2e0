use serde_json::json;

use super::{LIST, names};
use crate::support::{ALICE, RADU, TestApp, VERA};

both!(
    the_address_says_what_is_shown,
    a_bad_order_or_page_falls_back_and_a_bad_filter_is_named,
    links_leave_defaults_out,
    twenty_rows_make_a_page,
    actions_without_permission_are_not_offered,
    three_empty_states_say_what_to_do,
    what_was_typed_is_never_markup,
);

async fn the_address_says_what_is_shown(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let parked = api.status_id("Proposal").await;
    api.put(
        &format!("lead_statuses/{parked}"),
        json!({"archived": true}),
    )
    .await;
    for (query, expected) in [
        ("", vec!["New", "Contacted", "Qualified", "Won", "Lost"]),
        ("?kind=won", vec!["Won"]),
        ("?q=QUALI", vec!["Qualified"]),
        (
            "?sort=name",
            vec!["Contacted", "Lost", "New", "Qualified", "Won"],
        ),
        (
            "?sort=-name",
            vec!["Won", "Qualified", "New", "Lost", "Contacted"],
        ),
        (
            "?sort=-position",
            vec!["Lost", "Won", "Qualified", "Contacted", "New"],
        ),
        ("?archived=1", vec!["Proposal"]),
        (
            "?kind=open&sort=-name",
            vec!["Qualified", "New", "Contacted"],
        ),
    ] {
        let page = browser.get(&format!("{LIST}{query}")).await;
        assert_eq!(
            (page.status, names(&page)),
            (
                200,
                expected.iter().map(|name| (*name).to_owned()).collect()
            ),
            "{query}"
        );
    }
    let all = browser.get(&format!("{LIST}?archived=all")).await;
    assert_eq!(names(&all).len(), 6);
    assert_eq!(
        browser
            .get(&format!("{LIST}?sort=name"))
            .await
            .attributes("th[aria-sort]", "aria-sort"),
        ["ascending"]
    );
    assert_eq!(
        browser.get(LIST).await.title().trim_start_matches("(0) "),
        "Lead Statuses"
    );
}

async fn a_bad_order_or_page_falls_back_and_a_bad_filter_is_named(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let plain = names(&browser.get(LIST).await);
    for query in [
        "sort=x",
        "sort=--name",
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999",
        "per=x",
        "per=-5",
        "per=7",
        "kind=x&kind=",
        "unknown=1",
        "%5B%5D=1",
    ] {
        let page = browser.get(&format!("{LIST}?{query}")).await;
        assert_eq!((page.status, names(&page)), (200, plain.clone()), "{query}");
    }
    for query in ["kind=x", "archived=x", "stuck=x", "kind=&kind=x"] {
        let page = browser.get(&format!("{LIST}?{query}")).await;
        assert_eq!((page.status, names(&page).len()), (200, 0), "{query}");
        assert_eq!(page.texts(".unreadable p").len(), 1, "{query}");
    }
}

async fn links_leave_defaults_out(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser
        .get(&format!(
            "{LIST}?kind=&archived=&page=1&per=20&sort=position&q="
        ))
        .await;
    let links = page.attributes("#list a[href]", "href");
    for default in [
        "page=1",
        "per=20",
        "sort=position",
        "kind=&",
        "q=&",
        "archived=&",
    ] {
        assert!(
            !links.iter().any(|link| link.contains(default)),
            "{default}: {links:?}"
        );
    }
}

async fn twenty_rows_make_a_page(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    for number in 1..=37 {
        api.create_status(&format!("Stage {number:02}")).await;
    }
    let first = browser.get(LIST).await;
    assert_eq!(names(&first).len(), 20);
    assert!(first.text().contains("1–20 of 43"), "{first:?}");
    let last = browser.get(&format!("{LIST}?page=3")).await;
    assert_eq!(names(&last), ["Stage 37", "Won", "Lost"]);
    assert_eq!(
        names(&browser.get(&format!("{LIST}?page=99")).await),
        names(&last),
        "past the end is the last one"
    );
    assert_eq!(
        names(&browser.get(&format!("{LIST}?per=50")).await).len(),
        43
    );
    let mut seen = names(&first);
    seen.extend(names(&browser.get(&format!("{LIST}?page=2")).await));
    seen.extend(names(&last));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 43, "every status is on exactly one page");
}

async fn actions_without_permission_are_not_offered(app: TestApp) {
    for (who, may_select) in [(RADU, false), (VERA, true)] {
        let page = app.signed_in(who).await.get(LIST).await;
        for selector in [
            "a[href$='/new']",
            "[data-grip]",
            "form[data-move]",
            "[data-path='/delete']",
            "a[data-menu]",
            "#bulk [value=delete]",
            "#bulk [value=edit]",
        ] {
            assert!(!page.has(selector), "{}: {selector}", who.role);
        }
        assert_eq!(page.has("#bulk [value=export]"), may_select, "{}", who.role);
        assert_eq!(names(&page).len(), 6);
    }
}

async fn three_empty_states_say_what_to_do(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let searched = browser.get(&format!("{LIST}?q=no+such+thing")).await;
    assert!(
        searched.text().contains("no such thing"),
        "it quotes the query"
    );
    assert!(searched.has(".empty a[href='/admin/leads/statuses']"));
    let filtered = browser.get(&format!("{LIST}?kind=junk")).await;
    assert!(filtered.has(".empty a[href='/admin/leads/statuses']"));
    assert!(!searched.has("#bulk") && !filtered.has("#bulk"));
}

async fn what_was_typed_is_never_markup(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let name = "<b>x</b>\"'&amp;";
    api.create_status(name).await;
    let page = browser.get(LIST).await;
    assert!(names(&page).contains(&name.to_owned()));
    assert!(!page.has("tbody b"));
    for query in [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%3E%3Cimg%20src=x%3E",
        "%27%22%3C%3E%26",
    ] {
        let page = browser
            .get(&format!("{LIST}?q={query}&sort={query}&kind={query}"))
            .await;
        assert!(
            !page.has("img[src=x]") && page.all("script").len() == 1,
            "{query}"
        );
    }
}
