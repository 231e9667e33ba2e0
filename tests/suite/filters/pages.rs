use super::{LEADS, OF_LEADS, OF_STATUSES, STATUSES, query};
use crate::leads::lead_builder::{draft, make};
use crate::support::{ALICE, Browser, MARA, TestApp};

both!(
    lists_of_leads_name_a_filter_that_cannot_be_read,
    the_list_of_statuses_names_a_filter_that_cannot_be_read,
    the_log_names_a_filter_that_cannot_be_read,
    users_and_tokens_name_a_filter_that_cannot_be_read,
    each_filter_is_removed_by_its_own_link,
    what_was_typed_is_shown_and_never_run,
    files_are_refused_with_a_page,
    the_sentence_is_in_romanian_too,
);

/// No rows, the value in a sentence, one link that takes just this filter away, nothing for "all that match".
async fn assert_named(browser: &Browser, path: &str, name: &str, value: &str, rows: &str) {
    let other = if path == LEADS { "&per=50" } else { "" };
    let address = format!("{path}?{}{other}", query(name, value));
    let page = browser.get(&address).await;
    assert_eq!(page.status, 200, "{address}: {page:?}");
    assert!(!page.has(rows), "{address} has rows");
    let shown = page.texts("#results .unreadable p, main .unreadable p");
    assert_eq!(shown.len(), 1, "{address}: {shown:?}");
    assert!(shown[0].contains(value), "{address}: {shown:?}");
    for offer in ["#bulk", "[data-select-scope]", "a[download]", "[data-grip]"] {
        assert!(!page.has(offer), "{address} offers {offer}");
    }
    let links = page.attributes("main .unreadable a", "href");
    let without = match other {
        "" => path.to_owned(),
        other => format!("{path}?{}", &other[1..]),
    };
    assert_eq!(links, [without.as_str()], "{address}");
    let whole = browser.get(&without).await;
    assert!(whole.has(rows) && !whole.has(".unreadable"), "{without}");
}

async fn lists_of_leads_name_a_filter_that_cannot_be_read(app: TestApp) {
    make(
        &app,
        vec![
            draft("Ana").in_status("New", 400),
            draft("Ion").in_status("New", 400),
        ],
    )
    .await;
    let browser = app.signed_in(MARA).await;
    for (name, value) in OF_LEADS {
        assert_named(&browser, LEADS, name, value, "tbody tr").await;
        assert_named(&browser, "/admin/leads/stuck", name, value, "tbody tr").await;
        assert_named(&browser, "/admin/leads/board", name, value, ".board-card").await;
    }
}

async fn the_list_of_statuses_names_a_filter_that_cannot_be_read(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    for (name, value) in OF_STATUSES {
        assert_named(&browser, STATUSES, name, value, "tbody tr").await;
    }
}

async fn the_log_names_a_filter_that_cannot_be_read(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    for (name, value) in [
        ("subject", "planet"),
        ("id", "7"),
        ("person", "-3"),
        ("person", "mara@example.com"),
        ("door", "window"),
        ("action", "dance"),
        ("from", "soon"),
        ("to", "2026-02-30"),
    ] {
        assert_named(&browser, "/admin/audit", name, value, "tbody tr").await;
    }
    let both = browser.get("/admin/audit?subject=user&id=01").await;
    assert_eq!(
        both.attributes(".unreadable a", "href"),
        ["/admin/audit?subject=user"]
    );
    let placed = browser.get("/admin/audit?before=x&after=y").await;
    assert!(placed.has("tbody tr"), "a place falls back to the newest");
}

async fn users_and_tokens_name_a_filter_that_cannot_be_read(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    assert_named(&browser, "/admin/users", "role", "boss", "tbody tr").await;
    let tokens = "/admin/api/api_management";
    assert_named(&browser, tokens, "state", "some", "tbody tr").await;
}

async fn each_filter_is_removed_by_its_own_link(app: TestApp) {
    make(
        &app,
        vec![draft("Ana").from("Web"), draft("Ion").from("Fair")],
    )
    .await;
    let browser = app.signed_in(MARA).await;
    let address = format!("{LEADS}?status=abc&source=Web&state=STUCK&sort=name");
    let page = browser.get(&address).await;
    assert_eq!(page.texts(".unreadable p").len(), 2, "{page:?}");
    assert_eq!(
        page.attributes(".unreadable a", "href"),
        [
            format!("{LEADS}?source=Web&state=STUCK&sort=name"),
            format!("{LEADS}?status=abc&source=Web&sort=name"),
        ]
    );
    assert_eq!(page.texts(".chip").len(), 1, "only the source is a filter");
    assert!(
        page.attributes("form[role=search] [name=status]", "value") == ["abc"],
        "searching does not quietly drop it"
    );
    // Paging and sorting keep the filter; its own tab removes it.
    let tabs = page.attributes("#tabs a", "href");
    assert!(
        tabs.iter().all(|tab| tab.contains("status=abc")),
        "{tabs:?}"
    );
    assert!(!tabs.iter().any(|tab| tab.contains("STUCK")), "{tabs:?}");
    let left = browser.get(&format!("{LEADS}?source=Web&sort=name")).await;
    assert_eq!(left.texts("tbody .lead-link"), ["Ana"]);
}

async fn what_was_typed_is_shown_and_never_run(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let browser = app.signed_in(MARA).await;
    let typed = "<script>alert(1)</script>\"'&ș";
    let page = browser
        .get(&format!("{LEADS}?{}", query("status", typed)))
        .await;
    assert!(page.texts(".unreadable p")[0].contains(typed), "{page:?}");
    assert!(!page.answer.text().contains("<script>alert"));
    let long = "9".repeat(3_000);
    let page = browser.get(&format!("{LEADS}?status={long}")).await;
    assert_eq!(page.status, 200);
    assert!(page.has(".unreadable"), "{page:?}");
    let nul = browser.get(&format!("{LEADS}?status=%00")).await;
    assert!(nul.status == 200 && nul.has(".unreadable"), "{nul:?}");
}

async fn files_are_refused_with_a_page(app: TestApp) {
    make(&app, vec![draft("Ana")]).await;
    let browser = app.signed_in(ALICE).await;
    let of_leads = OF_LEADS.map(|filter| (LEADS, filter));
    let of_statuses = OF_STATUSES.map(|filter| (STATUSES, filter));
    for (path, (name, value)) in of_leads.into_iter().chain(of_statuses) {
        let address = format!("{path}/export?{}", query(name, value));
        let page = browser.get(&address).await;
        assert_eq!(page.status, 422, "{address}: {page:?}");
        assert!(page.texts(".error-page p")[0].contains(value), "{address}");
    }
    let plain = browser.get(&format!("{LEADS}/export?status=&bin=")).await;
    assert!(plain.status == 200 && plain.answer.text().contains("Ana"));
}

async fn the_sentence_is_in_romanian_too(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let request = browser
        .request(reqwest::Method::GET, &format!("{LEADS}?status=abc"))
        .header("accept-language", "ro");
    let answer = browser.send(request).await;
    assert!(answer.text().contains("„abc”"), "{}", answer.text());
}
