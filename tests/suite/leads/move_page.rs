use lead_statuses::channel::Channel;
use lead_statuses::clock::Zone;
use serde_json::json;

use super::fixtures::{
    LIST, MOVE, create_lead, delete_lead, move_lead, now, path_of, status, status_value, visits,
};
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    a_move_begins_a_visit_and_says_so,
    the_next_status_is_proposed_with_what_it_means,
    winning_or_losing_a_lead_takes_two_clicks,
    a_move_to_where_it_is_changes_nothing,
    an_invalid_move_keeps_what_was_typed,
    an_entry_is_back_dated_by_those_allowed_to,
    a_lost_race_shows_the_page_as_it_is_now,
    a_move_leads_back_to_where_it_was_begun,
    a_lost_lead_taken_back_starts_a_new_visit_with_a_new_clock,
    no_rep_moves_the_lead_of_another_by_a_forged_request,
);

const DAY: i64 = 86_400;

async fn a_move_begins_a_visit_and_says_so(app: TestApp) {
    let radu = app.signed_in(RADU).await;
    let lead = create_lead(&app, "Ana Pop", Some(RADU)).await;
    let page = radu.get(&path_of(&lead)).await;
    let qualified = status_value(&app, "Qualified").await;
    let fields = [
        ("status", qualified.as_str()),
        ("reason", "Budget is known"),
        ("note", "Call again\r\non Monday"),
    ];
    let sent = radu.submit(&page, MOVE, &fields).await;
    assert_eq!(sent.leads_to(), Some(path_of(&lead)));
    let page = radu.follow(&sent).await;
    assert_eq!(page.banner(), "Ana Pop moved to Qualified.");
    let visits = visits(&app, &lead).await;
    assert_eq!(visits.len(), 2);
    let (before, after) = (&visits[0], &visits[1]);
    assert_eq!(before.left_at, Some(after.entered_at));
    assert_eq!(after.status_id.to_string(), qualified);
    assert_eq!(
        (after.channel, after.actor.as_str()),
        (Channel::Ui, RADU.name)
    );
    assert_eq!(after.reason.as_str(), "Budget is known");
    assert_eq!(after.note.as_str(), "Call again\non Monday");
    let shown = page.texts(".visits > li").remove(0);
    for word in [
        "Qualified",
        "so far",
        "Page",
        RADU.name,
        "Budget is known",
        "Monday",
    ] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    assert_eq!(now(&app, &lead).await.last_note, "Call again\non Monday");
}

async fn the_next_status_is_proposed_with_what_it_means(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let contacted = status(&app, "Contacted").await;
    let body = json!({"definition": "Someone answered", "enter_when": ["They called back"]});
    let call = format!("lead_statuses/{contacted}");
    app.api(ALICE).put(&call, body).await;
    let lead = create_lead(&app, "Ana", None).await;
    let page = mara.get(&path_of(&lead)).await;
    assert_eq!(
        page.form(MOVE).value("status"),
        Some(contacted.to_string().as_str())
    );
    let meaning = page.texts("#meanings-chosen").join(" ");
    assert!(meaning.contains("Someone answered") && meaning.contains("They called back"));
    assert_eq!(
        page.all("#meanings [data-meaning]").len(),
        5,
        "all but its own"
    );
    move_lead(&app, &lead, "Lost").await;
    let page = mara.get(&path_of(&lead)).await;
    assert_eq!(
        page.form(MOVE).value("status"),
        Some(""),
        "nothing follows by itself"
    );
    let page = mara.submit(&page, MOVE, &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#f-status-error"), "{page:?}");
}

async fn winning_or_losing_a_lead_takes_two_clicks(app: TestApp) {
    let (mara, api) = (app.signed_in(MARA).await, app.api(ALICE));
    // The pipeline: New, Contacted, Qualified, Proposal, Won, Lost, Later.
    let paused = json!({"name": "Later", "kind": "paused"});
    assert_eq!(api.post("lead_statuses", paused).await.status, 201);
    let lead = create_lead(&app, "Ana", None).await;
    for (status, proposed) in [
        ("Qualified", "Proposal"),
        ("Proposal", ""),
        ("Later", ""),
        ("Won", ""),
        ("Lost", ""),
    ] {
        move_lead(&app, &lead, status).await;
        let page = mara.get(&path_of(&lead)).await;
        let expected = match proposed {
            "" => String::new(),
            name => status_value(&app, name).await,
        };
        let chosen = page.form(MOVE).value("status").map(str::to_owned);
        assert_eq!(chosen, Some(expected), "{status}");
    }
    // A paused status between open ones is followed by the next open one, never by Won.
    let mut ids: Vec<i64> = Vec::new();
    for name in [
        "New",
        "Later",
        "Contacted",
        "Qualified",
        "Proposal",
        "Won",
        "Lost",
    ] {
        ids.push(api.status_id(name).await);
    }
    let ordered = api.put("lead_statuses/order", json!({ "ids": ids })).await;
    assert_eq!(ordered.status, 200);
    move_lead(&app, &lead, "Later").await;
    let page = mara.get(&path_of(&lead)).await;
    let contacted = status_value(&app, "Contacted").await;
    assert_eq!(page.form(MOVE).value("status"), Some(contacted.as_str()));
}

async fn a_move_to_where_it_is_changes_nothing(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let page = mara.get(&path_of(&lead)).await;
    // Another user has made this move already.
    move_lead(&app, &lead, "Contacted").await;
    let version = now(&app, &lead).await.version;
    let contacted = status_value(&app, "Contacted").await;
    let sent = mara.submit(&page, MOVE, &[("status", &contacted)]).await;
    assert_eq!(sent.status, 303);
    assert!(mara.follow(&sent).await.banner().contains("already"));
    assert_eq!(visits(&app, &lead).await.len(), 2);
    assert_eq!(now(&app, &lead).await.version, version);
}

async fn an_invalid_move_keeps_what_was_typed(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let page = mara.get(&path_of(&lead)).await;
    let (won, long) = (status_value(&app, "Won").await, "ș".repeat(10_000));
    for (field, value) in [
        ("status", "999"),
        ("status", "01"),
        ("status", "won"),
        ("reason", &long),
        ("reason", "a\0b"),
        ("note", &long),
        ("note", "bell\u{7}"),
        ("entered_at", "yesterday"),
        ("entered_at", "2026-13-40T99:99"),
        ("entered_at", "+99999-01-01"),
        ("entered_at", "9999-12-31"),
        ("entered_at", "0001-01-01T00:00"),
    ] {
        let keep = if field == "note" { "reason" } else { "note" };
        let fields = [("status", won.as_str()), (keep, "kept"), (field, value)];
        let form = page.form(MOVE).with(&fields);
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .filter(|(name, sent)| name != field || sent == value)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let refused = mara.post(&form.action, &fields).await;
        assert_eq!(refused.status, 422, "{field}={value:.20}");
        assert!(refused.title().starts_with("Error: "));
        assert!(
            refused.has(&format!(".error-summary a[href='#f-{field}']")),
            "{field}"
        );
        assert!(
            refused.has(&format!("#f-{field}-error")),
            "{field}: {refused:?}"
        );
        assert_eq!(refused.form(MOVE).value(keep), Some("kept"), "{field}");
    }
    assert_eq!(now(&app, &lead).await.version, 1);
    let proposal = status(&app, "Proposal").await;
    let call = format!("lead_statuses/{proposal}");
    app.api(ALICE).put(&call, json!({"archived": true})).await;
    let fields = [("status", proposal.to_string())];
    let refused = mara.submit(&page, MOVE, &[("status", &fields[0].1)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("#f-status-error"), "{refused:?}");
}

async fn an_entry_is_back_dated_by_those_allowed_to(app: TestApp) {
    let lead = create_lead(&app, "Ana", Some(RADU)).await;
    app.clock.advance(3 * DAY);
    let (mara, radu) = (app.signed_in(MARA).await, app.signed_in(RADU).await);
    let page = mara.get(&path_of(&lead)).await;
    let at = |seconds: i64| app.clock.now().plus_seconds(seconds).rfc3339()[..16].to_owned();
    let won = status_value(&app, "Won").await;
    for wrong in [at(DAY), at(-4 * DAY)] {
        let fields = [("status", won.as_str()), ("entered_at", &wrong)];
        let refused = mara.submit(&page, MOVE, &fields).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(refused.has("#f-entered_at-error"), "{refused:?}");
        assert_eq!(refused.form(MOVE).value("entered_at"), Some(wrong.as_str()));
    }
    let yesterday = at(-DAY);
    let own = radu.get(&path_of(&lead)).await;
    assert!(!own.has("input[name=entered_at]"));
    let fields = [("status", won.as_str()), ("entered_at", &yesterday)];
    assert_eq!(radu.submit(&own, MOVE, &fields).await.status, 403);
    let sent = mara.submit(&page, MOVE, &fields).await;
    assert_eq!(sent.status, 303);
    let entered = Zone::UTC.read(&yesterday, None).unwrap();
    let visits = visits(&app, &lead).await;
    assert_eq!(visits[1].entered_at, entered);
    assert_eq!(visits[0].left_at, Some(entered));
    assert!(visits[1].recorded_at > entered);
    let shown = mara.follow(&sent).await.texts(".visits > li").remove(0);
    assert!(shown.contains("recorded on"), "{shown}");
}

async fn a_lost_race_shows_the_page_as_it_is_now(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let page = mara.get(&path_of(&lead)).await;
    move_lead(&app, &lead, "Proposal").await;
    let contacted = status_value(&app, "Contacted").await;
    let fields = [
        ("status", contacted.as_str()),
        ("note", "Typed"),
        ("reason", "Mine"),
    ];
    let late = mara.submit(&page, MOVE, &fields).await;
    assert_eq!(late.status, 409);
    assert!(late.banner().contains("Proposal"), "{late:?}");
    let held = late.form(MOVE);
    for (name, value) in fields {
        assert_eq!(held.value(name), Some(value), "{name}");
    }
    assert_eq!(visits(&app, &lead).await.len(), 2, "nothing was moved");
    let sent = mara.submit(&late, MOVE, &[]).await;
    assert_eq!(sent.status, 303, "asked again, it is done");
    let version = now(&app, &lead).await.version;
    let token = late.csrf();
    let by_version = |version: i32| {
        let fields = [
            ("csrf".to_owned(), token.clone()),
            ("status".to_owned(), lead.status_id.to_string()),
            ("version".to_owned(), version.to_string()),
        ];
        fields.to_vec()
    };
    for (version, expected) in [(version - 1, 409), (version, 303)] {
        let fields = by_version(version);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let sent = mara
            .post(&format!("{}/status", path_of(&lead)), &fields)
            .await;
        assert_eq!(sent.status, expected);
    }
}

async fn a_move_leads_back_to_where_it_was_begun(app: TestApp) {
    let mara = app.signed_in(MARA).await;
    let lead = create_lead(&app, "Ana", None).await;
    let list = format!("{LIST}/stuck?owner=2");
    let back: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let page = mara.get(&format!("{}?back={back}", path_of(&lead))).await;
    assert_eq!(
        page.attributes(".crumbs a", "href"),
        std::slice::from_ref(&list)
    );
    // The only one of its list is done: the list follows.
    let sent = mara.submit(&page, MOVE, &[]).await;
    assert_eq!(sent.leads_to(), Some(list));
    let token = page.csrf();
    for (from, to) in [
        (
            format!("{LIST}/board?owner=2"),
            format!("{LIST}/board?owner=2"),
        ),
        ("https://example.com".to_owned(), path_of(&lead)),
    ] {
        let won = status_value(&app, if from.contains("board") { "Won" } else { "New" }).await;
        let fields = [
            ("csrf", token.as_str()),
            ("status", &won),
            ("back", &from),
            ("via", "board"),
        ];
        let sent = mara
            .post(&format!("{}/status", path_of(&lead)), &fields)
            .await;
        assert_eq!(sent.leads_to(), Some(to));
    }
    let last = visits(&app, &lead).await.pop().unwrap();
    assert_eq!(last.channel, Channel::Board);
}

async fn a_lost_lead_taken_back_starts_a_new_visit_with_a_new_clock(app: TestApp) {
    let lead = create_lead(&app, "Ana", None).await;
    move_lead(&app, &lead, "Contacted").await;
    app.clock.advance(400 * DAY);
    move_lead(&app, &lead, "Lost").await;
    app.clock.advance(DAY);
    let mara = app.signed_in(MARA).await;
    let page = mara.get(&path_of(&lead)).await;
    let contacted = status_value(&app, "Contacted").await;
    let sent = mara.submit(&page, MOVE, &[("status", &contacted)]).await;
    let page = mara.follow(&sent).await;
    let after = now(&app, &lead).await;
    assert_eq!(visits(&app, &lead).await.len(), 4);
    assert_eq!(
        (after.status_since, after.clock_from),
        (after.updated_at, after.updated_at)
    );
    let tag = page.texts(".page-title .tag").join(" ");
    assert!(tag.starts_with("On track · 0 days"), "{tag}");
    assert!(
        !page.has("form[action$='/void'] input[name=visits]"),
        "no mistake"
    );
}

async fn no_rep_moves_the_lead_of_another_by_a_forged_request(app: TestApp) {
    let theirs = create_lead(&app, "Theirs", Some(MARA)).await;
    let nobodys = create_lead(&app, "Nobody's", None).await;
    let won = status_value(&app, "Won").await;
    for person in [RADU, VERA] {
        let browser = app.signed_in(person).await;
        let token = browser.get("/admin/profile").await.csrf();
        for lead in [&theirs, &nobodys] {
            let page = browser.get(&path_of(lead)).await;
            assert_eq!(page.status, 200, "everyone may read");
            assert!(!page.has("main form"), "{}: {page:?}", person.name);
            let visit = visits(&app, lead).await[0].id;
            for (below, more) in [
                ("status".to_owned(), ("status", won.as_str())),
                ("pause".to_owned(), ("until", "2030-01-01")),
                ("notes".to_owned(), ("note", "x")),
                ("void".to_owned(), ("visits", "1")),
                (format!("visits/{visit}/void"), ("confirm", "1")),
                ("delete".to_owned(), ("confirm", "1")),
                ("restore".to_owned(), ("confirm", "1")),
            ] {
                let fields = [("csrf", token.as_str()), more];
                let path = format!("{}/{below}", path_of(lead));
                let sent = browser.post(&path, &fields).await;
                assert_eq!(sent.status, 403, "{} {path}: {sent:?}", person.name);
            }
            assert_eq!(now(&app, lead).await, *lead);
        }
    }
    delete_lead(&app, &theirs).await;
    let mara = app.signed_in(MARA).await;
    let token = mara.get("/admin/profile").await.csrf();
    let fields = [("csrf", token.as_str()), ("status", won.as_str())];
    let path = format!("{}/status", path_of(&theirs));
    assert_eq!(mara.post(&path, &fields).await.status, 409);
    let path = format!("{LIST}/999/status");
    assert_eq!(mara.post(&path, &fields).await.status, 404);
}
