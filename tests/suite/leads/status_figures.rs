//! Every figure on the page of a status opens the leads behind it, and every page and call with these filters agrees.

use lead_statuses::money::Currency;
use serde_json::Value;

use super::fixtures::status;
use super::lead_builder::{LeadBuilder, draft, make};
use crate::support::{ALICE, Browser, MARA, Page, TestApp};

both!(
    a_class_of_ages_opens_its_leads,
    a_sum_opens_the_leads_with_a_value_in_its_currency,
    the_median_and_the_small_chart_open_the_oldest_first,
    days_of_entry_narrow_every_list_alike,
    thousands_of_one_class_are_counted_to_the_last,
);

const LIST: &str = "/admin/leads";

/// Ages on both sides of each class, some of them several times.
const DAYS: [i64; 19] = [
    0, 0, 1, 2, 3, 4, 7, 7, 8, 14, 15, 30, 31, 60, 61, 90, 91, 91, 400,
];

fn lead_with_value(name: &str, cents: i64, currency: &str) -> LeadBuilder {
    let mut draft = draft(name).in_status("Qualified", 3).worth(cents);
    draft.fields.currency = Currency::parse(currency).unwrap();
    draft
}

async fn insert_aged(app: &TestApp) -> i64 {
    let drafts = DAYS
        .iter()
        .enumerate()
        .map(|(number, days)| draft(&format!("Lead {number}")).in_status("Qualified", *days));
    let others = [0, 5, 100].map(|days| draft("Other").in_status("Contacted", days));
    make(app, drafts.chain(others).collect()).await;
    status(app, "Qualified").await
}

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .lead-link")
}

/// Figure, address and name of each link of the table of ages.
async fn classes(browser: &Browser, status: i64) -> Vec<(String, String, String)> {
    let page = browser
        .get(&format!("/admin/leads/statuses/{status}"))
        .await;
    let figures = page.texts(".ages-table a");
    let hrefs = page.attributes(".ages-table a", "href");
    let labels = page.attributes(".ages-table a", "aria-label");
    let links = figures.into_iter().zip(hrefs).zip(labels);
    links
        .map(|((figure, href), label)| (figure, href, label))
        .collect()
}

async fn a_class_of_ages_opens_its_leads(app: TestApp) {
    let qualified = insert_aged(&app).await;
    let browser = app.signed_in(MARA).await;
    let classes = classes(&browser, qualified).await;
    let shown: Vec<&str> = classes.iter().map(|(.., label)| label.as_str()).collect();
    assert_eq!(
        shown,
        [
            "0–1 days: 3 leads",
            "2–3 days: 2 leads",
            "4–7 days: 3 leads",
            "8–14 days: 2 leads",
            "15–30 days: 2 leads",
            "31–60 days: 2 leads",
            "61–90 days: 2 leads",
            "91+ days: 3 leads",
        ]
    );
    let mut seen = Vec::new();
    for (figure, href, label) in &classes {
        let list = browser.get(href).await;
        assert_eq!(names(&list).len().to_string(), *figure, "{label}: {href}");
        assert_eq!(list.texts("#tabs a")[0], format!("All {figure}"), "{label}");
        assert!(list.texts(".chips .chip").len() >= 2, "{label}: {list:?}");
        seen.extend(names(&list));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), DAYS.len(), "each in one class");
    let empty = browser
        .get(&format!(
            "/admin/leads/statuses/{}",
            status(&app, "Contacted").await
        ))
        .await;
    assert_eq!(empty.texts(".ages-table a").len(), 3, "no link to nothing");
}

async fn a_sum_opens_the_leads_with_a_value_in_its_currency(app: TestApp) {
    let euros = [("Small", 100), ("Great", 900_000), ("Nil", 0)];
    let mut drafts: Vec<LeadBuilder> = euros
        .map(|(name, cents)| lead_with_value(name, cents, "EUR"))
        .to_vec();
    drafts.push(lead_with_value("Leu", 5_000, "RON"));
    drafts.push(draft("Unknown").in_status("Qualified", 3));
    drafts.push(draft("Elsewhere").worth(700));
    make(&app, drafts).await;
    let qualified = status(&app, "Qualified").await;
    let browser = app.signed_in(MARA).await;
    let page = browser
        .get(&format!("/admin/leads/statuses/{qualified}"))
        .await;
    let sums = page.attributes(".occupied a[href*='currency=']", "href");
    assert_eq!(sums.len(), 2, "{sums:?}");
    let euros = browser.get(&sums[0]).await;
    assert_eq!(
        names(&euros),
        ["Great", "Small", "Nil"],
        "the largest first"
    );
    assert_eq!(euros.texts("#tabs a")[0], "All 3");
    assert!(euros.text().contains("Currency: EUR"));
    assert_eq!(names(&browser.get(&sums[1]).await), ["Leu"]);
    let all = browser.get(&format!("{LIST}?currency=EUR")).await;
    assert_eq!(names(&all).len(), 4);
    let offered = all.attributes("#filter-currency option", "value");
    assert_eq!(offered, ["", "EUR", "RON"]);
    let odd = browser
        .get(&format!("{LIST}?currency=XYZ&entered_from=soon"))
        .await;
    assert_eq!(names(&odd).len(), 0, "what is no currency is never any");
    assert_eq!(odd.texts(".unreadable p").len(), 2, "each filter is named");
}

async fn the_median_and_the_small_chart_open_the_oldest_first(app: TestApp) {
    let qualified = insert_aged(&app).await;
    let browser = app.signed_in(MARA).await;
    let oldest = format!("{LIST}?status={qualified}&sort=-age");
    let list = browser.get("/admin/leads/statuses").await;
    let links = list.attributes("tbody a.figure", "href");
    let median_and_chart = links.iter().filter(|href| **href == oldest).count();
    assert_eq!(median_and_chart, 2, "{links:?}");
    let page = browser
        .get(&format!("/admin/leads/statuses/{qualified}"))
        .await;
    assert!(page.attributes(".occupied a", "href").contains(&oldest));
    assert_eq!(names(&browser.get(&oldest).await)[0], "Lead 18");
}

async fn days_of_entry_narrow_every_list_alike(app: TestApp) {
    let qualified = insert_aged(&app).await;
    let browser = app.signed_in(MARA).await;
    let day = |ago: i64| {
        app.clock
            .now()
            .plus_seconds(-ago * 86_400)
            .utc()
            .date_naive()
    };
    let query = format!(
        "status={qualified}&entered_from={}&entered_to={}",
        day(14),
        day(4)
    );
    let expected = ["Lead 5", "Lead 6", "Lead 7", "Lead 8", "Lead 9"];
    let page = browser.get(&format!("{LIST}?{query}&sort=-name")).await;
    let mut shown = names(&page);
    shown.reverse();
    assert_eq!(shown, expected);
    let exported = browser
        .get(&format!("{LIST}/export?{query}&format=json"))
        .await;
    let exported: Vec<Value> = serde_json::from_slice(&exported.answer.bytes).unwrap();
    assert_eq!(exported.len(), expected.len());
    let called = app
        .api(ALICE)
        .get(&format!("leads?{query}&page=1&sort=name"))
        .await
        .json();
    assert_eq!(called["meta"]["total"], expected.len());
    let called: Vec<&str> = called["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|lead| lead["name"].as_str())
        .collect();
    assert_eq!(called, expected);
    let mut sent = page.form("#bulk").fields;
    sent.push(("scope".to_owned(), "all".to_owned()));
    sent.push(("action".to_owned(), "delete".to_owned()));
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let preview = browser.post(&format!("{LIST}/bulk"), &sent).await;
    assert_eq!(
        preview.texts("#preview [name=confirm]"),
        ["Delete 5 leads"],
        "{preview:?}"
    );
    let days = query.split_once('&').unwrap().1;
    let board = browser.get(&format!("{LIST}/board?{days}")).await;
    assert_eq!(
        board.texts(".board-name").len(),
        1 + expected.len(),
        "with one of Contacted"
    );
}

async fn thousands_of_one_class_are_counted_to_the_last(app: TestApp) {
    let many = (0..5_010).map(|number| draft(&format!("Lead {number}")).in_status("Qualified", 5));
    make(&app, many.collect()).await;
    let qualified = status(&app, "Qualified").await;
    let browser = app.signed_in(MARA).await;
    let classes = classes(&browser, qualified).await;
    assert_eq!(classes.len(), 1);
    assert_eq!(classes[0].0, "5,010");
    let list = browser.get(&classes[0].1).await;
    assert_eq!(list.texts("#tabs a")[0], "All 5,010");
}
