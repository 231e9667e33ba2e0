//! Every form that links lead to: without a valid CSRF token and origin, nothing happens.

use std::collections::BTreeMap;

use reqwest::Method;

use super::{bare, crawl, routes};
use crate::support::{ALICE, Browser, Page, TestApp};

both!(
    a_forged_form_changes_nothing,
    every_address_that_changes_something_asks_for_the_token,
    what_was_typed_into_an_outdated_form_is_shown_again,
);

const START: [&str; 3] = [
    "/admin/leads/statuses",
    "/admin/leads/statuses?archived=1",
    "/admin/profile",
];

/// Every form that changes something: its action and its token.
fn forms(pages: &[Page]) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    for page in pages {
        for (index, form) in page.all("form").into_iter().enumerate() {
            let is_post = form
                .attr("method")
                .is_some_and(|method| method.eq_ignore_ascii_case("post"));
            if !is_post {
                continue;
            }
            // A form in the menu of rows gets its address from the row.
            let row = format!(
                "/admin/leads/statuses/2{}",
                form.attr("data-path").unwrap_or_default()
            );
            let in_row = form.attr("data-path").map(|_| row.as_str());
            let action = form.attr("action").or(in_row).unwrap_or(&page.path);
            let own = scraper::Selector::parse("[name=csrf]").expect("a selector");
            let hidden = form.select(&own).next();
            let token = hidden
                .and_then(|field| field.attr("value"))
                .map(str::to_owned);
            let address = bare(action).to_owned();
            assert!(
                address.starts_with("/admin"),
                "form {index} of {} leads to {action}",
                page.path
            );
            found.insert(address, token);
        }
        for path in page.attributes("button[data-path]", "data-path") {
            found
                .entry(format!("/admin/leads/statuses/2{path}"))
                .or_insert_with(|| Some("by a button".into()));
        }
    }
    found
}

/// Sends a request as a form of another site, or of another visitor, would.
async fn forge(
    browser: &Browser,
    address: &str,
    token: Option<&str>,
    headers: &[(&str, &str)],
) -> u16 {
    let fields: Vec<(&str, &str)> = token.map(|token| ("csrf", token)).into_iter().collect();
    let mut request = browser.request(Method::POST, address).form(&fields);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await.status
}

async fn a_forged_form_changes_nothing(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let archived = app.api(ALICE).status_id("Proposal").await;
    app.api(ALICE)
        .put(
            &format!("lead_statuses/{archived}"),
            serde_json::json!({"archived": true}),
        )
        .await;
    let pages = crawl(&browser, &START).await;
    let found = forms(&pages);
    assert!(found.len() > 8, "{found:#?}");
    let stranger = app.visitor();
    let login = stranger.get("/admin/login").await;
    let foreign = login
        .form("form[method=post]")
        .value("csrf")
        .expect("a token")
        .to_owned();
    let before = app
        .api(ALICE)
        .get("lead_statuses?archived=all")
        .await
        .text()
        .to_owned();
    let own = app.base.clone();
    for (address, token) in &found {
        let token = token
            .as_deref()
            .unwrap_or_else(|| panic!("no token in the form to {address}"));
        let at_home = [("origin", own.as_str())];
        assert_eq!(
            forge(&browser, address, None, &at_home).await,
            403,
            "without: {address}"
        );
        assert_eq!(
            forge(&browser, address, Some(""), &at_home).await,
            403,
            "empty: {address}"
        );
        assert_eq!(
            forge(&browser, address, Some("made-up"), &at_home).await,
            403,
            "made up: {address}"
        );
        assert_eq!(
            forge(&browser, address, Some(&foreign), &at_home).await,
            403,
            "of a stranger: {address}"
        );
        for away in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(
                forge(&browser, address, Some(token), &[away]).await,
                403,
                "{away:?}: {address}"
            );
        }
    }
    assert_eq!(
        app.api(ALICE)
            .get("lead_statuses?archived=all")
            .await
            .text(),
        before
    );
    assert_eq!(
        browser.get("/admin/profile").await.status,
        200,
        "still signed in"
    );
    for away in [None, Some("made-up")] {
        assert_eq!(
            forge(&stranger, "/admin/login", away, &[]).await,
            403,
            "the login itself"
        );
    }
}

async fn every_address_that_changes_something_asks_for_the_token(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    for route in routes(&app)
        .iter()
        .filter(|route| route.method == "POST" && route.path.starts_with("/admin"))
    {
        let address = route.path.replace("{id}", "2").replace("{visit}", "3");
        assert_eq!(forge(&browser, &address, None, &[]).await, 403, "{address}");
    }
}

async fn what_was_typed_into_an_outdated_form_is_shown_again(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let fields = [
        ("csrf", "outdated"),
        ("version", "41"),
        ("name", "Ana <b>"),
        ("password", "twelve trams under oaks"),
        ("company", " "),
    ];
    let send = async |site: Option<&str>| {
        let request = browser.request(Method::POST, "/admin/leads").form(&fields);
        let request = site.into_iter().fold(request, |request, site| {
            request.header("sec-fetch-site", site)
        });
        let form = format!("{}/admin/leads/new?back=%2Fadmin", app.base);
        let answer = browser.send(request.header("referer", form)).await;
        Page::read("/admin/leads", answer)
    };
    let page = send(Some("same-origin")).await;
    assert_eq!(page.status, 403);
    let form = page.form("main form[data-guard]");
    assert_eq!(form.value("name"), Some("Ana <b>"));
    let html = page.answer.text();
    assert!(
        !html.contains("trams") && !html.contains("outdated"),
        "{html}"
    );
    for elsewhere in [Some("cross-site"), None] {
        let foreign = send(elsewhere).await;
        assert!(
            foreign.status == 403 && !foreign.answer.text().contains("Ana"),
            "nothing of another site"
        );
    }
    // A form without typed text leads back to its page.
    let request = browser.request(Method::POST, "/admin/leads/statuses/2/archive");
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header("referer", format!("{}/admin/leads/statuses/2", app.base));
    let answer = browser.send(request.form(&[("csrf", "outdated")])).await;
    let page = Page::read("/admin/leads/statuses/2/archive", answer);
    assert_eq!(page.status, 403);
    let again = page.attributes(".error-page .row a", "href");
    assert_eq!(again, ["/admin/leads/statuses/2"]);
}
