//! The user's own profile: name, preferences, password and sessions.

use std::time::{Duration, Instant};

use lead_statuses::db::DatabaseUrl;

use diesel::connection::SimpleConnection;

use crate::support::{ALICE, MARA, Person, RADU, TestApp, open_postgres, query_text};

both!(
    what_people_choose_shows_on_the_next_page,
    an_invalid_profile_keeps_what_was_typed,
    a_new_password_needs_the_current_one_and_ends_other_sessions,
    a_common_password_is_refused,
    people_see_and_end_their_sessions,
    no_user_ends_the_session_of_another,
);

const ABOUT: &str = "form[action='/admin/profile']";
const PASSWORD: &str = "form[action='/admin/profile/password']";
const NEW: &str = "violet trams under oaks";

async fn what_people_choose_shows_on_the_next_page(app: TestApp) {
    let browser = app.signed_in(RADU).await;
    let page = browser.get("/admin/profile").await;
    let chosen = [("name", "Radu S."), ("language", "ro"), ("theme", "dark")];
    let done = browser.submit(&page, ABOUT, &chosen).await;
    let page = browser.follow(&done).await;
    assert_eq!(page.attributes("html", "lang"), ["ro"]);
    assert_eq!(page.attributes("html", "data-theme"), ["dark"]);
    assert_eq!(page.texts("h1"), ["Profil"]);
    assert!(page.text().contains("Radu S."));
    let form = page.form(ABOUT).with(&[]);
    assert_eq!(form.value("shortcuts"), Some("1"), "untouched");
    browser
        .submit(&page, "form[action='/admin/logout']", &[])
        .await;
    let login = browser.get("/admin/login").await;
    assert_eq!(login.attributes("html", "data-theme"), ["dark"]);
    assert_eq!(login.attributes("html", "lang"), ["en"]);
}

async fn an_invalid_profile_keeps_what_was_typed(app: TestApp) {
    let browser = app.signed_in(RADU).await;
    let page = browser.get("/admin/profile").await;
    let long = "ș".repeat(101);
    let sent = [
        ("name", long.as_str()),
        ("language", "tlh"),
        ("theme", "dark"),
    ];
    let page = browser.submit(&page, ABOUT, &sent).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error:"));
    assert_eq!(page.form(ABOUT).value("name"), Some(long.as_str()));
    assert_eq!(page.form(ABOUT).value("theme"), Some("dark"));
    assert_eq!(
        page.attributes(".error-summary a", "href"),
        ["#f-name", "#f-language"]
    );
}

async fn a_new_password_needs_the_current_one_and_ends_other_sessions(app: TestApp) {
    let here = app.signed_in(MARA).await;
    let there = app.signed_in(MARA).await;
    let page = here.get("/admin/profile").await;
    let wrong = [("current", "not the current one"), ("password", NEW)];
    let refused = here.submit(&page, PASSWORD, &wrong).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.attributes(".error-summary a", "href"),
        ["#f-current"]
    );
    let right = [("current", MARA.password), ("password", NEW)];
    let done = here.submit(&page, PASSWORD, &right).await;
    assert_eq!(done.leads_to().as_deref(), Some("/admin/profile"));
    assert_eq!(here.get("/admin/profile").await.status, 200);
    assert_eq!(there.get("/admin/profile").await.status, 303);
    app.signed_in(Person {
        password: NEW,
        ..MARA
    })
    .await;
    let login = app.visitor();
    let form = login.get("/admin/login").await;
    let old = [("email", MARA.email), ("password", MARA.password)];
    let form = login
        .submit(&form, "form[action='/admin/login']", &old)
        .await;
    assert_eq!(form.status, 422, "the old password is dead");
}

async fn a_common_password_is_refused(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/profile").await;
    for bad in [
        "passwordpassword",
        "123456789012345",
        "too short",
        "mara@example.com",
    ] {
        let fields = [("current", MARA.password), ("password", bad)];
        let refused = browser.submit(&page, PASSWORD, &fields).await;
        assert_eq!(refused.status, 422, "{bad}");
        assert_eq!(
            refused.attributes(".error-summary a", "href"),
            ["#f-password"]
        );
        assert!(!refused.answer.text().contains(bad) || bad == MARA.email);
    }
}

async fn people_see_and_end_their_sessions(app: TestApp) {
    let here = app.signed_in(ALICE).await;
    let there = app.signed_in(ALICE).await;
    let elsewhere = app.signed_in(ALICE).await;
    let page = here.get("/admin/profile").await;
    assert_eq!(page.all("tbody tr").len(), 3);
    assert_eq!(page.all("tbody form").len(), 2, "this one has no button");
    let end = here.submit(&page, "tbody form", &[]).await;
    assert_eq!(end.status, 303);
    let answers = [
        there.get("/admin/profile").await.status,
        elsewhere.get("/admin/profile").await.status,
    ];
    assert!(
        answers == [200, 303] || answers == [303, 200],
        "{answers:?}"
    );
    let page = here.get("/admin/profile").await;
    let others = "form[action='/admin/profile/sessions/end_others']";
    assert_eq!(here.submit(&page, others, &[]).await.status, 303);
    assert_eq!(there.get("/admin/profile").await.status, 303);
    assert_eq!(elsewhere.get("/admin/profile").await.status, 303);
    assert_eq!(here.get("/admin/profile").await.status, 200);
}

async fn no_user_ends_the_session_of_another(app: TestApp) {
    let alice = app.signed_in(ALICE).await;
    let radu = app.signed_in(RADU).await;
    let twin = app.signed_in(ALICE).await;
    let page = alice.get("/admin/profile").await;
    let path = page.form("tbody form").action;
    let own = radu.get("/admin/profile").await.form(ABOUT);
    let fields = [("csrf", own.value("csrf").unwrap())];
    assert_eq!(radu.post(&path, &fields).await.status, 404);
    assert_eq!(twin.get("/admin/profile").await.status, 200);
}

/// On PostgreSQL two writes run at once: the second waits and then reads what the first wrote.
#[tokio::test]
async fn a_profile_keeps_the_address_that_is_being_changed() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let url = app.config.database_url.clone();
    let DatabaseUrl::Postgres(address) = &url else {
        panic!("another database");
    };
    let browser = app.signed_in(RADU).await;
    let page = browser.get("/admin/profile").await;
    let mut other = open_postgres(address);
    let change = "begin; update users set email = 'r@example.com', email_key = 'r@example.com', \
                  search_key = 'radu r@example.com' where email = 'radu@example.com'";
    other.batch_execute(change).expect("a change");
    let commit = async {
        let waiting = "select cast(count(*) as text) as value from pg_stat_activity \
                       where datname = current_database() and wait_event_type = 'Lock'";
        let until = Instant::now() + Duration::from_secs(5);
        while query_text(&url, waiting) == "0" {
            assert!(Instant::now() < until, "nobody waits for the other change");
            tokio::task::yield_now().await;
        }
        other.batch_execute("commit").expect("a commit");
    };
    let chosen = [("name", "Radu"), ("theme", "dark")];
    let (saved, ()) = tokio::join!(browser.submit(&page, ABOUT, &chosen), commit);
    assert_eq!(saved.status, 303, "{saved:?}");
    let kept = "select name || ' ' || email || ', ' || search_key as value from users where email_key = 'r@example.com'";
    assert_eq!(
        query_text(&url, kept),
        "Radu r@example.com, radu r@example.com"
    );
}
