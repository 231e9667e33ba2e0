use lead_statuses::audit::Actor;
use lead_statuses::channel::Channel;
use lead_statuses::leads::Rights;
use lead_statuses::leads::actions::changes;
use lead_statuses::leads::domain::text::{LeadEmail, Note, TextLine};
use serde_json::json;

use super::fixtures::{
    LIST, MOVE, change_lead, create_lead, delete_lead, move_lead, now, path_of, status,
};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    the_timeline_lists_visits_and_notes_the_newest_first,
    the_page_begins_with_the_person_and_the_way,
    a_step_of_the_way_is_chosen_and_not_yet_made,
    one_form_moves_and_notes_and_loses_nothing,
    one_feed_lists_all_that_happened,
    what_is_for_developers_is_in_the_menu,
    a_note_is_written_on_the_page_and_a_bad_one_comes_back,
    a_lead_idle_for_thirteen_months_is_stuck_and_a_won_one_is_not,
    a_deleted_status_keeps_its_old_name_in_history,
    a_long_history_is_shown_in_pages,
    a_lead_goes_into_the_bin_and_comes_back,
    words_that_people_typed_are_shown_as_they_are,
    viewers_read_everything_and_change_nothing,
    the_page_speaks_romanian,
);

const DAY: i64 = 86_400;

async fn the_timeline_lists_visits_and_notes_the_newest_first(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    app.clock.advance(2 * DAY);
    add_note(&app, lead.id, "First call").await;
    app.clock.advance(DAY);
    move_lead(&app, &lead, "Contacted").await;
    let vera = app.signed_in(VERA).await;
    let page = vera.get(&path_of(&lead)).await;
    let entries = page.texts(".visits > li");
    assert_eq!(entries.len(), 3, "{entries:?}");
    assert!(entries[0].contains("Contacted") && entries[0].contains("so far"));
    assert!(entries[0].contains("API"), "the channel: {entries:?}");
    assert!(entries[1].contains("First call"));
    assert!(entries[2].contains("New") && entries[2].contains("3 days"));
    assert!(page.text().contains("/api/leads/"));
    assert!(page.has(&format!(
        "a[href='{LIST}?owner={}']",
        lead.fields.owner.unwrap()
    )));
}

async fn the_page_begins_with_the_person_and_the_way(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    change_lead(&app, &lead, |fields| {
        fields.phone = TextLine::parse("+40 (721) 111-222").unwrap();
        fields.email = LeadEmail::parse("ana@acme.example").unwrap();
        fields.value_cents = Some(1_250_000);
    })
    .await;
    move_lead(&app, &lead, "Qualified").await;
    for who in [RADU, VERA] {
        let page = app.signed_in(who).await.get(&path_of(&lead)).await;
        let call = page.attributes(".page-head a[href^='tel:']", "href");
        assert_eq!(call, ["tel:+40721111222"]);
        let mail = page.attributes(".page-head a[href^='mailto:']", "href");
        assert_eq!(mail.len(), 1);
        let head = page.texts(".page-head").join(" ");
        for word in [
            "Ana",
            "Acme",
            "Qualified",
            "+40 (721) 111-222",
            RADU.name,
            "12,500",
        ] {
            assert!(head.contains(word), "{word}: {head}");
        }
        let steps = page.texts(".path li");
        assert_eq!(steps, ["New", "Contacted", "Qualified", "Proposal", "Won"]);
        assert_eq!(page.texts(".path [aria-current=step]"), ["Qualified"]);
        assert_eq!(page.texts(".path .done"), ["New", "Contacted"]);
        // What is read first comes first, for a screen reader too.
        let order = page.all("h1, .person, .path, .composer, .history, aside");
        let names: Vec<&str> = order.iter().map(|one| one.value().name()).collect();
        let expected: &[&str] = match who.email == RADU.email {
            true => &["h1", "div", "nav", "section", "section", "aside"],
            false => &["h1", "div", "nav", "section", "aside"],
        };
        assert_eq!(names, expected, "{page:?}");
    }
}

async fn a_step_of_the_way_is_chosen_and_not_yet_made(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let (radu, vera) = (app.signed_in(RADU).await, app.signed_in(VERA).await);
    let page = radu
        .get(&format!("{}?back=/admin/leads/stuck", path_of(&lead)))
        .await;
    let won = status(&app, "Won").await;
    let href = page.attributes(".path a", "href").pop().unwrap();
    assert!(
        href.contains(&format!("to={won}")) && href.ends_with("#f-status"),
        "{href}"
    );
    let page = radu.get(href.split('#').next().unwrap()).await;
    assert_eq!(
        page.form(MOVE).value("status"),
        Some(won.to_string().as_str())
    );
    assert!(page.form(MOVE).value("back").unwrap().contains("stuck"));
    assert_eq!(now(&app, &lead).await.status_id, lead.status_id);
    assert!(!vera.get(&path_of(&lead)).await.has(".path a"));
    for odd in ["0", "x", "999999", &lead.status_id.to_string()] {
        let page = radu.get(&format!("{}?to={odd}", path_of(&lead))).await;
        let next = status(&app, "Contacted").await.to_string();
        assert_eq!(
            page.form(MOVE).value("status"),
            Some(next.as_str()),
            "{odd}"
        );
    }
}

async fn one_form_moves_and_notes_and_loses_nothing(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let radu = app.signed_in(RADU).await;
    let page = radu.get(&path_of(&lead)).await;
    assert_eq!(page.all(".composer form").len(), 1);
    assert_eq!(
        page.all("main .button.primary").len(),
        1,
        "one primary button"
    );
    let note = "button[formaction$='/notes']";
    let typed = [("note", "Called"), ("reason", "Budget is known")];
    radu.submit(&page, note, &typed).await;
    assert_eq!(now(&app, &lead).await.status_id, lead.status_id);
    let page = radu.get(&path_of(&lead)).await;
    let sent = radu.submit(&page, MOVE, &typed).await;
    assert_eq!(sent.status, 303, "{sent:?}");
    let page = radu.follow(&sent).await;
    assert!(page.texts(".visits > li")[0].contains("Called"));
    // A note that is refused keeps the rest of what was typed.
    let refused = radu
        .submit(&page, note, &[("note", ""), ("reason", "Kept")])
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form(MOVE).value("reason"), Some("Kept"));
}

async fn one_feed_lists_all_that_happened(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    app.clock.advance(DAY);
    change_lead(&app, &lead, |fields| {
        fields.company = TextLine::parse("Acme Two").unwrap();
    })
    .await;
    app.clock.advance(DAY);
    add_note(&app, lead.id, "First call").await;
    let page = app.signed_in(VERA).await.get(&path_of(&lead)).await;
    let entries = page.texts(".visits > li");
    assert_eq!(entries.len(), 3, "{entries:?}");
    assert!(entries[0].contains("First call"));
    assert!(entries[1].contains("Acme") && entries[1].contains("Acme Two"));
    assert!(entries[2].contains("New"));
    assert_eq!(page.all("main .timeline").len(), 1);
}

async fn what_is_for_developers_is_in_the_menu(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let status = format!("/admin/leads/statuses/{}", lead.status_id);
    for path in [path_of(&lead), status] {
        let page = app.signed_in(VERA).await.get(&path).await;
        let opener = "main .menu button[popovertarget='api']";
        assert!(page.has(opener) && page.has("#api[popover] pre"), "{path}");
        assert_eq!(page.all("main pre").len(), page.all("#api pre").len());
    }
}

async fn add_note(app: &TestApp, id: i64, text: &str) {
    let (actor, note) = (
        Actor::program(Channel::Api, app.clock.now()),
        Note::parse(text).unwrap(),
    );
    let write = move |conn: &mut lead_statuses::db::Conn| {
        changes::add_note(conn, &actor, Rights::program(), &[id], &note)
    };
    app.db.write(write).await.unwrap();
}

async fn a_note_is_written_on_the_page_and_a_bad_one_comes_back(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let page = radu.get(&path_of(&lead)).await;
    let form = "button[formaction$='/notes']";
    let sent = radu
        .submit(&page, form, &[("note", "Called\r\ntwice")])
        .await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)));
    let page = radu.follow(&sent).await;
    assert!(page.banner().contains("Note added"));
    assert!(page.texts(".noted")[0].contains("Called twice"));
    let long = "x".repeat(10_000);
    for (bad, kept) in [
        ("", ""),
        (long.as_str(), long.as_str()),
        ("a\u{7}b", "a\u{7}b"),
    ] {
        let page = radu.submit(&page, form, &[("note", bad)]).await;
        assert_eq!(page.status, 422);
        assert!(page.title().starts_with("Error: "));
        assert!(page.has(".error-summary a[href='#f-note']"), "{page:?}");
        assert!(page.has("#f-note[aria-invalid=true]"));
        assert_eq!(page.form(form).value("note"), Some(kept));
    }
}

async fn a_lead_idle_for_thirteen_months_is_stuck_and_a_won_one_is_not(app: TestApp) {
    let idle = create_lead(&app, "Idle", None).await;
    let won = create_lead(&app, "Won", None).await;
    move_lead(&app, &idle, "Qualified").await;
    move_lead(&app, &won, "Won").await;
    app.clock.advance(395 * DAY);
    let mara = app.signed_in(MARA).await;
    let call = format!("lead_statuses/{}", status(&app, "Qualified").await);
    let limit = app.api(ALICE).get(&call).await.json()["limit_days"].to_string();
    let tag = mara
        .get(&path_of(&idle))
        .await
        .texts(".page-title .tag")
        .join(" ");
    assert_eq!(tag, format!("Stuck · 395 days, limit {limit}"));
    assert!(!mara.get(&path_of(&won)).await.has(".page-title .tag"));
}

async fn a_deleted_status_keeps_its_old_name_in_history(app: TestApp) {
    let lead = create_lead(&app, "Ana", None).await;
    let made = app
        .api(ALICE)
        .post("lead_statuses", json!({"name": "Short-lived"}))
        .await;
    let id = made.json()["record_id"].as_i64().unwrap();
    move_lead(&app, &lead, "Short-lived").await;
    move_lead(&app, &lead, "Contacted").await;
    let deleted = app.api(ALICE).delete(&format!("lead_statuses/{id}")).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    let mara = app.signed_in(MARA).await;
    let page = mara.get(&path_of(&lead)).await;
    let entry = page.texts(".visits > li").remove(1);
    assert!(
        entry.contains("Short-lived") && entry.contains("deleted"),
        "{entry}"
    );
    assert!(!page.has(&format!("a[href='/admin/leads/statuses/{id}']")));
}

async fn a_long_history_is_shown_in_pages(app: TestApp) {
    let lead = create_lead(&app, "Ana", None).await;
    for number in 1..=60 {
        app.clock.advance(1);
        add_note(&app, lead.id, &format!("Note {number}.")).await;
    }
    let mara = app.signed_in(MARA).await;
    let page = mara.get(&path_of(&lead)).await;
    let entries = page.texts(".visits > li");
    assert_eq!(entries.len(), 50);
    assert!(entries[0].contains("Note 60."));
    let older = page.attributes(".history a[rel=next]", "href").remove(0);
    let page = mara.get(older.split('#').next().unwrap()).await;
    let entries = page.texts(".visits > li");
    assert_eq!(entries.len(), 11);
    assert!(entries[0].contains("Note 10.") && entries[10].contains("New"));
    for from in ["x", "-1", "99999999999999999999", "1000"] {
        let page = mara.get(&format!("{}?from={from}", path_of(&lead))).await;
        assert_eq!(page.status, 200, "{from}");
    }
}

async fn a_lead_goes_into_the_bin_and_comes_back(app: TestApp) {
    let (mara, radu) = (app.signed_in(MARA).await, app.signed_in(RADU).await);
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let delete = "form[action$='/delete']";
    assert!(!radu.get(&path_of(&lead)).await.has(delete));
    let page = mara.get(&path_of(&lead)).await;
    let preview = mara.submit(&page, delete, &[]).await;
    assert_eq!(preview.status, 200);
    assert!(!now(&app, &lead).await.is_in_bin(), "only a preview");
    let sent = mara.submit(&preview, delete, &[("confirm", "1")]).await;
    assert_eq!(sent.leads_to(), Some(LIST.to_owned()));
    assert!(now(&app, &lead).await.is_in_bin());
    let page = radu.get(&path_of(&lead)).await;
    assert!(
        page.text().contains("In the bin") && !page.has("main form"),
        "{page:?}"
    );
    let page = mara.get(&path_of(&lead)).await;
    assert!(!page.has(MOVE));
    let token = page.csrf();
    for (below, field) in [("notes", ("note", "x")), ("pause", ("until", "2030-01-01"))] {
        let fields = [("csrf", token.as_str()), field];
        let path = format!("{}/{below}", path_of(&lead));
        assert_eq!(mara.post(&path, &fields).await.status, 409, "{below}");
    }
    let sent = mara.submit(&page, "form[action$='/restore']", &[]).await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)));
    assert!(mara.follow(&sent).await.banner().contains("restored"));
    assert!(!now(&app, &lead).await.is_in_bin());
    delete_lead(&app, &lead).await;
    delete_lead(&app, &lead).await;
}

async fn words_that_people_typed_are_shown_as_they_are(app: TestApp) {
    let name = "<script>alert(1)</script> & \"שלום\"";
    let lead = create_lead(&app, name, None).await;
    add_note(&app, lead.id, "<img src=x onerror=alert(1)>").await;
    let alice = app.signed_in(ALICE).await;
    let page = alice.get(&path_of(&lead)).await;
    assert_eq!(page.texts("h1"), [name]);
    assert!(!page.has("main script") && !page.has("main img"));
    assert!(page.texts(".noted")[0].contains("<img src=x"));
    assert_eq!(page.attributes("h1", "dir"), ["auto"]);
}

async fn viewers_read_everything_and_change_nothing(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    let vera = app.signed_in(VERA).await;
    let page = vera.get(&path_of(&lead)).await;
    assert_eq!(page.status, 200);
    assert!(
        !page.has("main form") && !page.has("a[data-edit]"),
        "{page:?}"
    );
}

async fn the_page_speaks_romanian(app: TestApp) {
    let lead = create_lead(&app, "Ana", None).await;
    app.clock.advance(395 * DAY);
    let mara = app.signed_in(MARA).await;
    let request = mara.request(reqwest::Method::GET, &path_of(&lead));
    let answer = mara.send(request.header("accept-language", "ro")).await;
    let page = crate::support::Page::read("", answer);
    let text = page.text();
    for word in ["Blocat", "de zile", "Istoric", "Mutați"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}
