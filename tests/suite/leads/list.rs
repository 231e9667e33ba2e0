//! The list of leads: its query parameters, its order and its counts.

use lead_statuses::leads::domain::text::TextLine;
use lead_statuses::{audit::Actor, channel::Channel, clock::Timestamp, leads::Rights};

use super::fixtures::{status, user};
use super::lead_builder::{LeadBuilder, draft, make};
use crate::support::{ALICE, Browser, MARA, Page, RADU, TestApp, VERA};

both!(
    filters_narrow_the_list_and_the_counts_add_up,
    a_search_finds_parts_of_words_whatever_their_accents,
    pages_follow_each_other_through_a_hundred_of_one_moment,
    every_order_is_paged_forward_and_backward,
    a_bad_order_or_cursor_falls_back_and_a_bad_filter_finds_nothing,
    an_address_holds_all_settings_of_a_list,
    an_empty_list_says_what_to_do,
    the_list_shows_each_user_their_stuck_leads,
    the_menu_marks_one_line,
    deleted_leads_are_in_the_bin,
);

const LIST: &str = "/admin/leads";

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody .lead-link")
}

fn tabs(page: &Page) -> Vec<String> {
    page.texts("#tabs .tab")
}

async fn listed_names(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("{LIST}?{query}")).await;
    assert_eq!(page.status, 200, "{query}: {page:?}");
    let mut names = names(&page);
    names.sort();
    names
}

/// Leads on track, at risk and stuck, one won and one lost; of Radu, of Mara and without an owner.
fn five_leads() -> Vec<LeadBuilder> {
    let qualified = |name, days| draft(name).in_status("Qualified", days);
    vec![
        draft("Ana").of(RADU).from("Web"),
        qualified("Bogdan", 7).of(RADU).from("Web"),
        qualified("Corina", 40).of(MARA).from("Fair"),
        draft("Dan").in_status("Won", 90),
        draft("Eva").of(MARA).in_status("Lost", 400).from("Fair"),
    ]
}

async fn filters_narrow_the_list_and_the_counts_add_up(app: TestApp) {
    make(&app, five_leads()).await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(LIST).await;
    assert_eq!(
        names(&page),
        ["Ana", "Bogdan", "Corina", "Dan", "Eva"],
        "the newest first"
    );
    assert_eq!(
        tabs(&page),
        ["All 5", "On track 1", "At risk 1", "Stuck 1", "Paused 0"]
    );
    assert_eq!(page.texts("tbody .lead-owner")[3], "Nobody", "Dan's");
    let mara = user(&app, MARA).await;
    for (query, expected) in [
        ("owner=me", vec!["Ana", "Bogdan"]),
        ("owner=none", vec!["Dan"]),
        (&format!("owner={mara}"), vec!["Corina", "Eva"]),
        ("source=Fair", vec!["Corina", "Eva"]),
        ("state=on_track", vec!["Ana"]),
        ("state=at_risk", vec!["Bogdan"]),
        ("state=stuck", vec!["Corina"]),
        ("state=paused", vec![]),
        ("owner=me&state=at_risk&source=Web&q=bog", vec!["Bogdan"]),
    ] {
        assert_eq!(listed_names(&radu, query).await, expected, "{query}");
    }
    let day = |days: i64| app.clock.now().plus_seconds(-days * 86_400).rfc3339()[..10].to_owned();
    let old = listed_names(&radu, &format!("created_to={}", day(60))).await;
    assert_eq!(old, ["Dan", "Eva"]);
    let recent = listed_names(
        &radu,
        &format!("created_from={}&created_to={}", day(40), day(7)),
    )
    .await;
    assert_eq!(recent, ["Bogdan", "Corina"], "both days included");
    let mut sum = 0;
    for name in ["New", "Contacted", "Qualified", "Proposal", "Won", "Lost"] {
        let id = status(&app, name).await;
        let page = radu.get(&format!("{LIST}?status={id}")).await;
        let all = names(&page).len();
        assert_eq!(tabs(&page)[0], format!("All {all}"), "{name}");
        sum += all;
    }
    assert_eq!(sum, 5, "every lead is in exactly one status");
    let mine = radu.get(&format!("{LIST}?owner=me&state=stuck")).await;
    assert_eq!(
        tabs(&mine),
        ["All 2", "On track 1", "At risk 1", "Stuck 0", "Paused 0"]
    );
    assert_eq!(mine.texts(".chip"), ["Owner: Me", "Stuck"]);
}

async fn a_search_finds_parts_of_words_whatever_their_accents(app: TestApp) {
    let with = |name: &str, company: &str, phone: &str| {
        let mut draft = draft(name);
        draft.fields.company = TextLine::parse(company).unwrap();
        draft.fields.phone = TextLine::parse(phone).unwrap();
        draft
    };
    let all = vec![
        with("Ștefan Țepeș", "Brânză & fii", "+40 722 123 456"),
        with("Ana 100%", "Acme", "021 555"),
        with("O'Brien _x", "Foo\\Bar", ""),
    ];
    make(&app, all).await;
    let browser = app.signed_in(VERA).await;
    for (q, expected) in [
        ("stefan", vec!["Ștefan Țepeș"]),
        ("ŢEPEŞ", vec!["Ștefan Țepeș"]),
        ("te", vec!["Ștefan Țepeș"]),
        ("branza fii", vec!["Ștefan Țepeș"]),
        ("40722123", vec!["Ștefan Țepeș"]),
        ("722 456", vec!["Ștefan Țepeș"]),
        ("%", vec!["Ana 100%"]),
        ("100%", vec!["Ana 100%"]),
        ("_x", vec!["O'Brien _x"]),
        ("o'b", vec!["O'Brien _x"]),
        ("foo\\b", vec!["O'Brien _x"]),
        ("ana acme", vec!["Ana 100%"]),
        ("ana foo", vec![]),
        ("\u{301}", vec![]),
        ("%%%", vec![]),
        ("\"", vec![]),
    ] {
        let query: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
        let found = listed_names(&browser, &format!("q={query}")).await;
        assert_eq!(found, expected, "{q}");
    }
    let nothing = browser.get(&format!("{LIST}?q=nobody")).await;
    assert!(nothing.text().contains("No results for “nobody”"));
    assert!(nothing.has(".empty a[href='/admin/leads']"), "a way back");
}

fn hundred_leads() -> Vec<LeadBuilder> {
    let lead = |number: i32| draft(&format!("Lead {number:03}")).in_status("New", 3);
    (1..=100).map(lead).collect()
}

/// The names on all pages that a link of the pager leads through, and the position that each page shows.
async fn follow_pages(browser: &Browser, from: &str, rel: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (mut pages, mut places) = (Vec::new(), Vec::new());
    let mut next = Some(from.to_owned());
    while let Some(address) = next {
        let page = browser.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        pages.push(names(&page));
        places.extend(page.texts(".table-foot > .num"));
        let link = page.attributes(&format!(".pager [rel={rel}]"), "href");
        next = link.into_iter().next();
        assert!(pages.len() <= 20, "{rel} leads in circles");
    }
    (pages, places)
}

async fn pages_follow_each_other_through_a_hundred_of_one_moment(app: TestApp) {
    make(&app, hundred_leads()).await;
    let browser = app.signed_in(MARA).await;
    let (pages, places) = follow_pages(&browser, LIST, "next").await;
    let all: Vec<String> = pages.concat();
    let expected: Vec<String> = (1..=100).rev().map(|n| format!("Lead {n:03}")).collect();
    assert_eq!(all, expected, "none twice, none left out");
    let shown = [
        "1–20 of 100",
        "21–40 of 100",
        "41–60 of 100",
        "61–80 of 100",
        "81–100 of 100",
    ];
    assert_eq!(places, shown);
    let first = browser.get(LIST).await;
    let last = first.attributes(".pager [rel=last]", "href")[0].clone();
    let (mut pages, mut places) = follow_pages(&browser, &last, "prev").await;
    pages.reverse();
    places.reverse();
    assert_eq!(pages.concat(), expected);
    assert_eq!(places, shown, "the place is known from the end too");
    let end = browser.get(&last).await;
    assert_eq!(end.attributes(".pager [rel=first]", "href"), [LIST]);
    assert!(!end.has(".pager [rel=next]") && !end.has(".pager [rel=last]"));
    let (pages, _) = follow_pages(&browser, &format!("{LIST}?per=50"), "next").await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50]);
}

async fn every_order_is_paged_forward_and_backward(app: TestApp) {
    let odd = (0..50).map(|number: i64| {
        let name = ["Ăna", "ana", "Zoe", "Mihai"][number as usize % 4];
        let draft = draft(name).in_status("Contacted", number % 5);
        match number % 3 {
            0 => draft,
            _ => draft.worth(number % 7 * 100),
        }
    });
    make(&app, odd.collect()).await;
    let browser = app.signed_in(MARA).await;
    for sort in [
        "name",
        "-name",
        "value",
        "-value",
        "age",
        "-age",
        "created_at",
        "-updated_at",
    ] {
        let ids = |page: &Page| page.attributes("tbody .check [name=ids]", "value");
        let whole = ids(&browser.get(&format!("{LIST}?sort={sort}&per=50")).await);
        assert_eq!(whole.len(), 50);
        let mut address = format!("{LIST}?sort={sort}");
        let (mut forward, mut steps) = (Vec::new(), Vec::new());
        loop {
            let page = browser.get(&address).await;
            assert!(page.has("[aria-sort]"), "{sort} is marked");
            forward.extend(ids(&page));
            steps.push(ids(&page));
            match page.attributes(".pager [rel=next]", "href").pop() {
                Some(next) => address = next,
                None => break,
            }
        }
        assert_eq!(forward, whole, "{sort} forward");
        let page = browser.get(&address).await;
        let back = page.attributes(".pager [rel=prev]", "href").pop().unwrap();
        assert_eq!(ids(&browser.get(&back).await), steps[1], "{sort} backward");
    }
}

async fn a_bad_order_or_cursor_falls_back_and_a_bad_filter_finds_nothing(app: TestApp) {
    make(&app, five_leads()).await;
    let browser = app.signed_in(VERA).await;
    let plain = names(&browser.get(LIST).await);
    for query in [
        "sort=-colour&per=7",
        "after=x~1&n=-4",
        "before=1~0&at=start&cols=odd",
        "page=99&after=",
        "q=%00&q=",
        "sort=name&after=%00~1",
    ] {
        let page = browser.get(&format!("{LIST}?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(names(&page).len(), plain.len(), "{query}");
    }
    let query = "status=x&owner=you&state=odd&created_from=1.1.2026&bin=yes&sort=-colour&per=7";
    let page = browser.get(&format!("{LIST}?{query}")).await;
    assert_eq!((page.status, names(&page).len()), (200, 0), "{query}");
    assert_eq!(page.texts(".unreadable p").len(), 5, "each filter is named");
    for query in ["status=4711", "owner=4711", "status=999999999999999999"] {
        let page = browser.get(&format!("{LIST}?{query}")).await;
        assert_eq!((page.status, names(&page).len()), (200, 0), "{query}");
    }
    let past = browser
        .get(&format!("{LIST}?after=-9000000000000000~1&n=20"))
        .await;
    assert_eq!(names(&past), plain, "a page past the end is the last one");
    assert_eq!(browser.get(&format!("{LIST}?q=%ff")).await.status, 400);
}

async fn an_address_holds_all_settings_of_a_list(app: TestApp) {
    make(&app, hundred_leads()).await;
    let browser = app.signed_in(ALICE).await;
    let address = format!("{LIST}?q=lead&owner=none&sort=name&per=50&cols=value&cols=age");
    let page = browser.get(&address).await;
    assert_eq!(page.texts("thead .sort"), ["Lead", "Value", "In status"]);
    assert_eq!(page.attributes("[aria-sort]", "aria-sort"), ["ascending"]);
    let next = page.attributes(".pager [rel=next]", "href").pop().unwrap();
    for part in [
        "q=lead",
        "owner=none",
        "sort=name",
        "per=50",
        "cols=value",
        "after=",
        "n=50",
    ] {
        assert!(next.contains(part), "{part} in {next}");
    }
    let (one, two) = (browser.get(&next).await, browser.get(&next).await);
    assert_eq!(names(&one), names(&two), "same address, same rows");
    let filtered = browser
        .submit(&page, "#filter form", &[("created_from", "2020-01-01")])
        .await;
    assert_eq!(names(&filtered).len(), 50, "the rest of the address stays");
    let row = one.attributes("tbody .lead-link", "href").remove(0);
    assert!(row.contains("?back="), "{row} leads back to the same state");
}

async fn an_empty_list_says_what_to_do(app: TestApp) {
    let (mara, vera) = (app.signed_in(MARA).await, app.signed_in(VERA).await);
    let page = mara.get(LIST).await;
    assert_eq!(
        page.texts(".empty a"),
        ["Create your first lead", "Import leads"]
    );
    assert!(!vera.get(LIST).await.has(".empty a"), "a viewer makes none");
    let bin = mara.get(&format!("{LIST}?bin=1")).await;
    assert!(bin.text().contains("The bin is empty"));
    let none = mara.get(&format!("{LIST}?state=stuck")).await;
    assert!(none.text().contains("No results for these filters"));
    make(&app, five_leads()).await;
    assert!(
        !mara.get(LIST).await.has(".empty"),
        "what was remembered is forgotten"
    );
}

async fn the_list_shows_each_user_their_stuck_leads(app: TestApp) {
    let stuck = |name: &str| draft(name).in_status("Qualified", 40);
    let all = vec![
        stuck("A").of(RADU),
        stuck("B").of(MARA),
        stuck("C"),
        draft("D").of(RADU),
    ];
    make(&app, all).await;
    for (person, title, count) in [
        (ALICE, "(3) Leads", vec!["3"]),
        (MARA, "(3) Leads", vec!["3"]),
        (RADU, "(1) Leads", vec!["1"]),
        (VERA, "Leads", vec![]),
    ] {
        let page = app.signed_in(person).await.get(LIST).await;
        assert_eq!(page.title(), title, "{}", person.name);
        assert_eq!(
            page.texts(".nav-count.danger"),
            count,
            "the menu counts those that the title does"
        );
    }
    // Nothing but time passes.
    let browser = app.signed_in(RADU).await;
    assert_eq!(browser.get(LIST).await.title(), "(1) Leads");
    app.clock.advance(30 * 86_400);
    browser.sign_in(RADU).await;
    assert_eq!(browser.get(LIST).await.title(), "(2) Leads");
}

async fn the_menu_marks_one_line(app: TestApp) {
    let browser = app.signed_in(VERA).await;
    let current = |page: &Page| page.attributes(".nav [aria-current]", "href");
    assert_eq!(current(&browser.get(LIST).await), [LIST]);
    let statuses = browser.get("/admin/leads/statuses").await;
    assert_eq!(current(&statuses), ["/admin/leads/statuses"]);
    assert_eq!(
        statuses.attributes(".sidebar .nav-item", "href"),
        [
            "/admin/leads/board",
            LIST,
            "/admin/leads/stuck",
            "/admin/leads/statuses",
            "/admin/reports/pipeline"
        ]
    );
    assert!(statuses.has(".crumbs a[href='/admin/leads']"));
}

async fn deleted_leads_are_in_the_bin(app: TestApp) {
    let ids = make(&app, five_leads()).await;
    let (mara, radu) = (app.signed_in(MARA).await, app.signed_in(RADU).await);
    assert!(!radu.get(LIST).await.has("#tabs [href*='bin=1']"));
    let delete = move |conn: &mut lead_statuses::db::Conn| {
        let actor = Actor::program(Channel::Cli, Timestamp(0));
        lead_statuses::leads::actions::changes::delete(conn, &actor, Rights::program(), &ids[..2])
    };
    app.db.write(delete).await.unwrap();
    let page = mara.get(LIST).await;
    assert_eq!(names(&page), ["Corina", "Dan", "Eva"]);
    assert_eq!(tabs(&page)[0], "All 3");
    assert_eq!(tabs(&page)[5], "Bin 2", "counted from outside too");
    let search = mara.get(&format!("{LIST}?q=corina")).await;
    assert_eq!(tabs(&search)[5], "Bin", "nobody counts the bin of a search");
    let bin = mara.get(&format!("{LIST}?bin=1")).await;
    assert_eq!(names(&bin), ["Ana", "Bogdan"]);
    assert_eq!(tabs(&bin)[5], "Bin 2");
    assert_eq!(bin.attributes("#bulk [name=action]", "value"), ["restore"]);
    let narrow = mara.get(&format!("{LIST}?bin=1&q=ana")).await;
    assert_eq!(names(&narrow), ["Ana"]);
    assert_eq!(tabs(&narrow)[5], "Bin 1");
}
