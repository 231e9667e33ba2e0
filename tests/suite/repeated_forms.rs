//! A form that is sent twice (a double click, back, reload) is done once, without JavaScript too.

use std::collections::BTreeSet;

use diesel::prelude::*;
use lead_statuses::db::schema::form_keys;

use crate::leads::fixtures::{FORM, LIST};
use crate::leads::lead_builder::{draft, lead, make, note};
use crate::support::{ALICE, Browser, MARA, Page, TestApp};

mod imports;

both!(
    each_page_gives_its_forms_another_key_and_stores_none,
    a_form_that_is_sent_twice_gets_the_first_answer,
    a_double_click_does_it_once,
    a_changed_form_is_a_new_attempt,
    a_refused_form_can_be_sent_again,
    a_form_refused_for_a_newer_version_can_be_sent_again,
    a_confirmed_action_on_several_is_answered_again,
    a_form_that_ends_its_session_is_answered_again,
    a_form_whose_answer_is_not_known_says_that_it_was_done,
    a_form_without_a_key_is_sent_as_often_as_wanted,
    keys_are_forgotten_after_a_day,
);

const STATUSES: &str = "/admin/leads/statuses";

async fn stored_keys(app: &TestApp) -> i64 {
    let count = app
        .db
        .read(|conn| Ok(form_keys::table.count().get_result(conn)?));
    count.await.unwrap()
}

/// How many leads have this name.
async fn leads_named(app: &TestApp, name: &str) -> usize {
    let answer = app.api(ALICE).get("leads").await.json();
    let leads = answer.as_array().unwrap().iter();
    leads.filter(|lead| lead["name"] == name).count()
}

async fn notes_of(app: &TestApp, id: i64) -> Vec<String> {
    let answer = app.api(ALICE).get(&format!("leads/{id}/notes")).await;
    let notes = answer.json();
    let notes = notes.as_array().unwrap().iter();
    notes
        .map(|note| note["note"].as_str().unwrap().to_owned())
        .collect()
}

async fn each_page_gives_its_forms_another_key_and_stores_none(app: TestApp) {
    let ids = make(&app, vec![draft("Ana").in_status("Contacted", 90)]).await;
    note(&app, ids[0], "hello").await;
    let browser = app.signed_in(ALICE).await;
    let of_lead = format!("{LIST}/{}", ids[0]);
    let pages = [
        STATUSES,
        "/admin/leads/statuses/new",
        "/admin/leads/statuses/2",
        "/admin/leads/statuses/2/edit",
        "/admin/leads/statuses/import",
        "/admin/leads/statuses/sets",
        LIST,
        "/admin/leads/new",
        "/admin/leads/stuck",
        "/admin/leads/board",
        "/admin/leads/import",
        &of_lead,
        "/admin/profile",
        "/admin/users/new",
        "/admin/users/2/edit",
        "/admin/api/api_management/new",
    ];
    let mut keys = BTreeSet::new();
    for path in pages {
        let page = browser.get(path).await;
        let forms = page.all("form[method=post]").len();
        let own = page.attributes("form[method=post] [name=once]", "value");
        assert!(forms > 1 && own.len() == forms, "{path}: {own:?}");
        assert!(own.iter().all(|key| key.len() > 20 && *key == own[0]));
        assert!(keys.insert(own[0].clone()), "{path} has a key of before");
    }
    assert_eq!(stored_keys(&app).await, 0);
}

/// Sends a form of a page twice: the second answer is the first.
async fn twice(browser: &Browser, page: &Page, form: &str, fields: &[(&str, &str)]) -> Page {
    let first = browser.submit(page, form, fields).await;
    assert_eq!(first.status, 303, "{form}: {first:?}");
    let shown = browser.follow(&first).await;
    let again = browser.submit(page, form, fields).await;
    assert_eq!(again.leads_to(), first.leads_to(), "{form}: {again:?}");
    let second = browser.follow(&again).await;
    assert_eq!(second.banner(), shown.banner(), "{form}");
    second
}

async fn a_form_that_is_sent_twice_gets_the_first_answer(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get("/admin/leads/new").await;
    let shown = twice(&browser, &page, FORM, &[("name", "Ana")]).await;
    assert_eq!(leads_named(&app, "Ana").await, 1);
    let id: i64 = shown.path.rsplit('/').next().unwrap().parse().unwrap();

    let form = "button[formaction$='/notes']";
    twice(&browser, &shown, form, &[("note", "Called, no answer")]).await;
    assert_eq!(notes_of(&app, id).await, ["Called, no answer"]);

    let page = browser.get(&shown.path).await;
    let contacted = app.api(ALICE).status_id("Contacted").await.to_string();
    let form = "form[action$='/status']";
    twice(&browser, &page, form, &[("status", &contacted)]).await;
    let visits = app.api(ALICE).get(&format!("leads/{id}/visits")).await;
    assert_eq!(visits.json().as_array().unwrap().len(), 2);

    let page = browser.get("/admin/leads/statuses/new").await;
    twice(&browser, &page, FORM, &[("name", "Nurturing")]).await;
    let page = browser.get("/admin/users/new").await;
    let user = [
        ("name", "Eva"),
        ("email", "eva@example.com"),
        ("password", "eva likes long walks"),
    ];
    twice(&browser, &page, "form[action='/admin/users']", &user).await;
    let page = browser.get("/admin/profile").await;
    twice(&browser, &page, "form[action='/admin/profile']", &[]).await;
}

async fn a_double_click_does_it_once(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    let fields = [("name", "Ana")];
    let (one, two, three) = tokio::join!(
        browser.submit(&page, FORM, &fields),
        browser.submit(&page, FORM, &fields),
        browser.submit(&page, FORM, &fields),
    );
    assert_eq!(one.status, 303, "{one:?}");
    assert_eq!(one.leads_to(), two.leads_to());
    assert_eq!(one.leads_to(), three.leads_to());
    assert_eq!(leads_named(&app, "Ana").await, 1);
}

async fn a_changed_form_is_a_new_attempt(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    let one = browser.submit(&page, FORM, &[("name", "Ana")]).await;
    let two = browser.submit(&page, FORM, &[("name", "Ion")]).await;
    assert!(one.leads_to() != two.leads_to(), "{two:?}");
    assert_eq!(leads_named(&app, "Ion").await, 1);
}

async fn a_refused_form_can_be_sent_again(app: TestApp) {
    let (browser, api) = (app.signed_in(ALICE).await, app.api(ALICE));
    let page = browser.get("/admin/leads/statuses/new").await;
    let fields = [("name", "Contacted")];
    let refused = browser.submit(&page, FORM, &fields).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(stored_keys(&app).await, 0);
    let id = api.status_id("Contacted").await;
    let body = serde_json::json!({"name": "Reached"});
    api.put(&format!("lead_statuses/{id}"), body).await;
    let done = browser.submit(&page, FORM, &fields).await;
    assert_eq!(done.status, 303, "{done:?}");
}

async fn a_form_refused_for_a_newer_version_can_be_sent_again(app: TestApp) {
    let id = make(&app, vec![draft("Ana")]).await[0];
    let (browser, api) = (app.signed_in(MARA).await, app.api(MARA));
    let page = browser.get(&format!("{LIST}/{id}")).await;
    let (new, contacted, qualified) = (
        api.status_id("New").await,
        api.status_id("Contacted").await,
        api.status_id("Qualified").await,
    );
    let board = browser.get("/admin/leads/board").await;
    let form =
        |page: &Page| page.menu_form(&format!("[data-card][id$='{id}']"), "form[data-board-move]");
    let filled = form(&board).with(&[("status", &qualified.to_string())]);
    let send = async || {
        let fields: Vec<(&str, &str)> = filled
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        browser.post(&filled.action, &fields).await
    };
    let to = |status: i64| serde_json::json!({"status": status});
    api.post(&format!("leads/{id}/status"), to(contacted)).await;
    let overtaken = send().await;
    assert_eq!(overtaken.status, 409, "{overtaken:?}");
    api.post(&format!("leads/{id}/status"), to(new)).await;
    let done = send().await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(lead(&app, id).await.status_id, qualified);
    drop(page);
}

async fn a_confirmed_action_on_several_is_answered_again(app: TestApp) {
    let ids = make(&app, vec![draft("Ana"), draft("Ion")]).await;
    let browser = app.signed_in(MARA).await;
    let list = browser.get(LIST).await;
    let (one, two) = (ids[0].to_string(), ids[1].to_string());
    let filled = list.form("#bulk");
    let mut fields: Vec<(&str, &str)> = filled
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([("ids", one.as_str()), ("ids", &two), ("action", "delete")]);
    let preview = browser.post(&filled.action, &fields).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let again = browser.post(&filled.action, &fields).await;
    assert_eq!(again.status, 200, "a preview is shown as often as wanted");
    twice(&browser, &preview, "#preview", &[("confirm", "1")]).await;
}

async fn a_form_that_ends_its_session_is_answered_again(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/profile").await;
    let form = "form[action='/admin/profile/password']";
    let fields = [
        ("current", MARA.password),
        ("password", "mara likes long trips"),
    ];
    // A double click: both come with the cookie of the session that the first one ends.
    let (one, two) = tokio::join!(
        browser.submit(&page, form, &fields),
        browser.submit(&page, form, &fields),
    );
    for answer in [&one, &two] {
        let next = answer.leads_to();
        assert_eq!(next.as_deref(), Some("/admin/profile"), "{answer:?}");
    }
    let profile = browser.open("/admin/profile").await;
    assert!(profile.banner().contains("Password changed"), "{profile:?}");
}

async fn a_form_whose_answer_is_not_known_says_that_it_was_done(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    let done = browser.submit(&page, FORM, &[("name", "Ana")]).await;
    let first = browser.submit(&page, FORM, &[("name", "Ana")]).await;
    assert_eq!(first.leads_to(), done.leads_to());
    let forget = app.db.write(|conn| {
        let unknown = form_keys::location.eq(None::<String>);
        diesel::update(form_keys::table)
            .set(unknown)
            .execute(conn)?;
        Ok(())
    });
    forget.await.unwrap();
    let again = browser.submit(&page, FORM, &[("name", "Ana")]).await;
    let shown = browser.follow(&again).await;
    assert!(shown.banner().contains("sent before"), "{shown:?}");
    assert_eq!(leads_named(&app, "Ana").await, 1);
}

async fn a_form_without_a_key_is_sent_as_often_as_wanted(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    for _ in 0..2 {
        let done = browser.submit(&page, FORM, &[("name", "Ana"), ("once", "")]);
        assert_eq!(done.await.status, 303);
    }
    assert_eq!(leads_named(&app, "Ana").await, 2);
}

async fn keys_are_forgotten_after_a_day(app: TestApp) {
    let send = async |name: &str| {
        let browser = app.signed_in(MARA).await;
        let page = browser.get("/admin/leads/new").await;
        // The second waits until the answer to the first is stored.
        for _ in 0..2 {
            let done = browser.submit(&page, FORM, &[("name", name)]).await;
            assert_eq!(done.status, 303, "{done:?}");
        }
    };
    send("Ana").await;
    app.clock.advance(23 * 3600);
    send("Ion").await;
    assert_eq!(stored_keys(&app).await, 2);
    app.clock.advance(3601);
    send("Eva").await;
    assert_eq!(stored_keys(&app).await, 2, "of Ion and Eva");
}
