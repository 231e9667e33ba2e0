//! A form that is sent after its session has ended by itself: the same person has it back after signing in.

mod scripts;

use diesel::prelude::*;
use lead_statuses::db::schema::{kept_forms, leads, sessions};
use reqwest::Method;

use crate::leads::fixtures::{FORM, LIST};
use crate::leads::lead_builder::{draft, lead, make};
use crate::support::{ALICE, Browser, MARA, Page, Person, RADU, TestApp};

both!(
    a_form_of_an_idle_session_is_back_after_signing_in,
    a_form_of_a_session_that_was_too_old_is_back,
    every_form_comes_back_with_what_was_typed,
    what_is_large_comes_back_and_what_is_too_large_does_not,
    nothing_is_kept_of_a_session_that_was_ended_on_purpose,
    another_person_does_not_get_the_form,
    a_form_is_kept_for_thirty_minutes,
    secrets_are_never_kept,
    an_upload_asks_for_its_file_again,
    a_button_leads_back_to_its_page,
    a_selection_is_previewed_again,
    a_form_that_its_sender_may_not_send_is_not_shown,
    a_form_from_before_another_sign_in_is_shown_again,
);

const IDLE: i64 = 12 * 3600 + 1;
const LOGIN: &str = "form[action^='/admin/login']";

/// A page, its form, and what is typed into it.
type FormCase<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

async fn stored_forms(app: &TestApp) -> Vec<String> {
    let load = app
        .db
        .read(|conn| Ok(kept_forms::table.select(kept_forms::fields).load(conn)?));
    load.await.unwrap()
}

async fn count_leads(app: &TestApp) -> i64 {
    let count = app
        .db
        .read(|conn| Ok(leads::table.count().get_result(conn)?));
    count.await.unwrap()
}

/// Sends a form as a browser does, with the address of its page.
async fn send(browser: &Browser, page: &Page, form: &str, fields: &[(&str, &str)]) -> Page {
    let filled = page.form(form).with(fields);
    let request = browser
        .request(Method::POST, &filled.action)
        .header("sec-fetch-site", "same-origin")
        .header("referer", browser.address(&page.path))
        .form(&filled.fields);
    Page::read(&filled.action, browser.send(request).await)
}

/// Signs in on the page that a refused form leads to; returns the page after it.
async fn sign_in_again(browser: &Browser, sent: &Page, who: Person) -> Page {
    assert_eq!(sent.status, 303, "{sent:?}");
    let login = browser.follow(sent).await;
    assert!(login.banner().contains("Your session ended"), "{login:?}");
    let fields = [("email", who.email), ("password", who.password)];
    let done = browser.submit(&login, LOGIN, &fields).await;
    browser.follow(&done).await
}

async fn a_form_of_an_idle_session_is_back_after_signing_in(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    app.clock.advance(IDLE);
    let fields = [("name", "Ana „Țuca” <b>"), ("company", "Țuca & Fiii")];
    let sent = send(&browser, &page, FORM, &fields).await;
    assert_eq!(count_leads(&app).await, 0);
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.status, 200, "{back:?}");
    assert!(back.banner().contains("not saved yet"), "{back:?}");
    let form = back.form(FORM);
    assert_eq!(form.value("name"), Some("Ana „Țuca” <b>"));
    assert_eq!(form.value("company"), Some("Țuca & Fiii"));
    assert_eq!(count_leads(&app).await, 0, "it never sends itself");
    let again = browser.get(&back.path).await;
    assert_eq!(again.form(FORM).value("name"), Some("Ana „Țuca” <b>"));
    let done = browser.submit(&again, FORM, &[]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(count_leads(&app).await, 1);
}

async fn a_form_of_a_session_that_was_too_old_is_back(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let begun = app.clock.now().plus_seconds(60 - 30 * 86_400);
    let age = app.db.write(move |conn| {
        let began = sessions::created_at.eq(begun);
        diesel::update(sessions::table).set(began).execute(conn)?;
        Ok(())
    });
    age.await.unwrap();
    let page = browser.get("/admin/leads/new").await;
    assert_eq!(page.status, 200, "{page:?}");
    app.clock.advance(61);
    // Others who sign in meanwhile take nothing away.
    app.signed_in(RADU).await;
    let sent = send(&browser, &page, FORM, &[("name", "Ana")]).await;
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.form(FORM).value("name"), Some("Ana"));
}

async fn every_form_comes_back_with_what_was_typed(app: TestApp) {
    let id = make(&app, vec![draft("Ana")]).await[0];
    let of_lead = format!("{LIST}/{id}");
    let (edit, pause) = (format!("{of_lead}/edit"), format!("{of_lead}/pause"));
    let qualified = app.api(ALICE).status_id("Qualified").await.to_string();
    let forms: [FormCase; 11] = [
        (&edit, FORM, &[("name", "Ion"), ("phone", "0722")]),
        (
            &of_lead,
            "button[formaction$='/notes']",
            &[("note", "Called\r\nagain")],
        ),
        (
            &of_lead,
            "form[action$='/status']",
            &[
                ("status", &qualified),
                ("reason", "Budget"),
                ("note", "Wants two"),
            ],
        ),
        (
            &pause,
            "form[action$='/pause']",
            &[("until", "2099-01-02"), ("reason", "On leave")],
        ),
        (
            "/admin/leads/statuses/new",
            FORM,
            &[
                ("name", "Nurturing"),
                ("definition", "Not now"),
                ("limit_days", "40"),
            ],
        ),
        (
            "/admin/leads/statuses/2/edit",
            FORM,
            &[("name", "Reached"), ("enter_when", "One\r\nTwo")],
        ),
        (
            "/admin/users/new",
            "form[action='/admin/users']",
            &[
                ("name", "Eva"),
                ("email", "eva@example.com"),
                ("role", "viewer"),
            ],
        ),
        (
            "/admin/users/2/edit",
            "form[action='/admin/users/2']",
            &[("name", "Somebody")],
        ),
        (
            "/admin/profile",
            "form[action='/admin/profile']",
            &[("name", "Alice P.")],
        ),
        (
            "/admin/api/api_management/new",
            "form[action='/admin/api/api_management']",
            &[("name", "Website"), ("expires_days", "7")],
        ),
        ("/admin/leads/statuses/sets", "form.plan-form", &[]),
    ];
    for (path, form, fields) in forms {
        let browser = app.signed_in(ALICE).await;
        let page = browser.get(path).await;
        app.clock.advance(IDLE);
        let sent = send(&browser, &page, form, fields).await;
        let back = sign_in_again(&browser, &sent, ALICE).await;
        assert_eq!(back.status, 200, "{path}: {back:?}");
        let filled = back.form(form);
        for (name, text) in fields {
            let shown = filled
                .value(name)
                .map(|shown| shown.replace('\n', "\r\n").replace("\r\r", "\r"));
            assert_eq!(shown.as_deref(), Some(*text), "{path}: {name}");
        }
        assert!(
            !back.has(".error-summary, .field-error") || path.contains("users/new"),
            "{path}: {back:?}"
        );
    }
    assert_eq!(lead(&app, id).await.version, 1);
}

async fn what_is_large_comes_back_and_what_is_too_large_does_not(app: TestApp) {
    let id = make(&app, vec![draft("Ana")]).await[0];
    let path = format!("{LIST}/{id}");
    let browser = app.signed_in(MARA).await;
    let page = browser.get(&path).await;
    app.clock.advance(IDLE);
    // Above 16 KiB a body is read for known senders only.
    let long = "Called again. ".repeat(10_000);
    let form = "button[formaction$='/notes']";
    let sent = send(&browser, &page, form, &[("note", &long)]).await;
    let huge = "x".repeat(1 << 20);
    let refused = send(&browser, &page, form, &[("note", &huge)]).await;
    assert!([303, 413].contains(&refused.status), "{}", refused.status);
    assert_eq!(stored_forms(&app).await.len(), 1);
    let back = sign_in_again(&browser, &sent, MARA).await;
    let shown = back.form(form).value("note").unwrap().to_owned();
    assert_eq!(shown.trim_end(), long.trim_end());
}

async fn nothing_is_kept_of_a_session_that_was_ended_on_purpose(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    let other = app.signed_in(MARA).await;
    let profile = other.get("/admin/profile").await;
    let form = "form[action$='/end_others']";
    let ended = other.submit(&profile, form, &[]).await;
    assert_eq!(ended.status, 303, "{ended:?}");
    let sent = send(&browser, &page, FORM, &[("name", "Ana")]).await;
    assert_eq!(sent.status, 303);
    assert!(stored_forms(&app).await.is_empty());
    assert_eq!(browser.follow(&sent).await.banner(), "");
}

async fn another_person_does_not_get_the_form(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    app.clock.advance(IDLE);
    let sent = send(&browser, &page, FORM, &[("name", "Ana Secret")]).await;
    let other = sign_in_again(&browser, &sent, RADU).await;
    assert_eq!(other.status, 200, "{other:?}");
    assert!(!other.answer.text().contains("Ana Secret"));
    assert!(other.banner().contains("no longer kept"), "{other:?}");
    let signed_out = app.visitor().get("/admin/forms/1").await;
    assert_eq!(
        signed_out.leads_to().as_deref(),
        Some("/admin/login?next=%2Fadmin%2Fforms%2F1")
    );
}

async fn a_form_is_kept_for_thirty_minutes(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    app.clock.advance(IDLE);
    let sent = send(&browser, &page, FORM, &[("name", "Ana")]).await;
    app.clock.advance(29 * 60);
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.form(FORM).value("name"), Some("Ana"));
    app.clock.advance(60);
    let gone = browser.open(&back.path).await;
    assert!(gone.banner().contains("no longer kept"), "{gone:?}");
    app.signed_in(RADU).await;
    assert!(
        stored_forms(&app).await.is_empty(),
        "the next sign-in drops it"
    );
}

async fn secrets_are_never_kept(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let user = browser.get("/admin/users/new").await;
    let profile = browser.get("/admin/profile").await;
    let edit = browser.get("/admin/users/2/edit").await;
    for page in [&user, &profile, &edit] {
        let names = page.attributes("input[type=password]", "name");
        assert!(!names.is_empty(), "{}", page.path);
        let is_secret = |name: &String| ["password", "current", "code"].contains(&name.as_str());
        assert!(
            names.iter().all(is_secret),
            "{names:?}: `NEVER_KEPT` has to name it"
        );
    }
    app.clock.advance(IDLE);
    let secret = "violet trams under oaks";
    let fields = [("name", "Eva"), ("password", secret)];
    let sent = send(&browser, &user, "form[action='/admin/users']", &fields).await;
    let texts = stored_forms(&app).await.concat();
    assert!(
        texts.contains("Eva") && !texts.contains("violet"),
        "{texts}"
    );
    assert!(
        !texts.contains(
            user.form("form[action='/admin/users']")
                .value("csrf")
                .unwrap()
        )
    );
    let passwords = [("current", secret), ("password", secret)];
    let form = "form[action='/admin/profile/password']";
    let refused = send(&browser, &profile, form, &passwords).await;
    assert_eq!(
        refused.leads_to().as_deref(),
        Some("/admin/login?next=%2Fadmin%2Fprofile")
    );
    assert_eq!(stored_forms(&app).await.len(), 1);
    let back = sign_in_again(&browser, &sent, ALICE).await;
    assert!(!back.answer.text().contains("violet"));
}

async fn an_upload_asks_for_its_file_again(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    app.clock.advance(IDLE);
    let file = ("file", "leads.csv", b"name\nAna\n".as_slice());
    let fields = [("what", "visits"), ("currency", "RON")];
    let sent = browser.upload(&page, "form[enctype]", file, &fields).await;
    let texts = stored_forms(&app).await.concat();
    assert!(texts.contains("RON") && !texts.contains("Ana"), "{texts}");
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.status, 200, "{back:?}");
    let form = back.form("form[enctype]");
    assert_eq!(
        (form.value("what"), form.value("currency")),
        (Some("visits"), Some("RON"))
    );
    assert!(back.text().contains("Choose a file"), "{back:?}");
}

async fn a_button_leads_back_to_its_page(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get("/admin/leads/statuses/2").await;
    app.clock.advance(IDLE);
    let form = "form[action$='/statuses/2/move']";
    let sent = send(&browser, &page, form, &[("to", "down")]).await;
    let before = app.api(ALICE).statuses().await;
    let back = sign_in_again(&browser, &sent, ALICE).await;
    assert_eq!(back.path, "/admin/leads/statuses/2");
    assert!(back.banner().contains("nothing was changed"), "{back:?}");
    assert_eq!(app.api(ALICE).statuses().await, before);
}

async fn a_selection_is_previewed_again(app: TestApp) {
    let drafts: Vec<_> = (0..60).map(|n| draft(&format!("Lead {n:02}"))).collect();
    make(&app, drafts).await;
    let browser = app.signed_in(MARA).await;
    let list = browser.get(LIST).await;
    let all = [("scope", "all"), ("action", "note"), ("note", "Asked")];
    let preview = send(&browser, &list, "#bulk", &all).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    app.clock.advance(IDLE);
    let fields = [("confirm", "1"), ("note", "Called all")];
    let sent = send(&browser, &preview, "#preview", &fields).await;
    let back = sign_in_again(&browser, &sent, MARA).await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(back.form("#preview").value("note"), Some("Called all"));
    assert!(back.text().contains("60"), "{back:?}");
}

async fn a_form_that_its_sender_may_not_send_is_not_shown(app: TestApp) {
    let browser = app.signed_in(RADU).await;
    let profile = browser.get("/admin/profile").await;
    let token = profile.csrf();
    let fields = [("csrf", token.as_str()), ("name", "Nurturing")];
    app.clock.advance(IDLE);
    let sent = browser.post("/admin/leads/statuses", &fields).await;
    let back = sign_in_again(&browser, &sent, RADU).await;
    assert_eq!(back.status, 403, "{back:?}");
    assert!(!back.answer.text().contains("Nurturing"));
}

async fn a_form_from_before_another_sign_in_is_shown_again(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/new").await;
    app.clock.advance(IDLE);
    // In another window of the same browser.
    browser.sign_in(MARA).await;
    let sent = send(&browser, &page, FORM, &[("name", "Ana")]).await;
    assert_eq!(sent.status, 403, "{sent:?}");
    assert!(sent.banner().contains("not saved yet"), "{sent:?}");
    assert_eq!(sent.form(FORM).value("name"), Some("Ana"));
    assert_eq!(count_leads(&app).await, 0);
    let done = browser.submit(&sent, FORM, &[]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(count_leads(&app).await, 1);
}
