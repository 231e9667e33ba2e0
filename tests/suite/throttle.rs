//! Too many wrong passwords, and sessions that end by themselves.

use crate::support::{ALICE, Browser, MARA, Page, TestApp, VERA};

both!(
    an_account_waits_after_ten_failures_and_is_never_locked,
    an_address_waits_after_fifty_failures,
    the_right_password_forgets_the_failures_of_its_account,
    failures_at_one_account_leave_the_others_alone,
    an_idle_session_ends_after_twelve_hours,
    signing_in_begins_a_session_under_a_new_key,
);

const LOGIN: &str = "form[action='/admin/login']";
const LIST: &str = "/admin/leads/statuses";

async fn attempt(browser: &Browser, email: &str, password: &str) -> Page {
    let page = browser.get("/admin/login").await;
    let fields = [("email", email), ("password", password)];
    browser.submit(&page, LOGIN, &fields).await
}

async fn an_account_waits_after_ten_failures_and_is_never_locked(app: TestApp) {
    let browser = app.visitor();
    for round in 1..=10 {
        let page = attempt(&browser, ALICE.email, "guess after guess").await;
        assert_eq!(page.status, 422, "attempt {round}");
    }
    let page = attempt(&browser, "ALICE@example.com", ALICE.password).await;
    assert_eq!(
        page.status, 429,
        "the account is throttled, whatever its case"
    );
    let wait: i64 = page.answer.header("retry-after").parse().unwrap();
    assert!((1..=901).contains(&wait), "{wait}");
    let form = page.form(LOGIN);
    assert_eq!(form.value("email"), Some("ALICE@example.com"));
    assert_eq!(form.value("password"), Some(""));
    app.clock.advance(wait);
    let page = attempt(&browser, ALICE.email, ALICE.password).await;
    assert_eq!(page.status, 303, "waiting was enough");
}

async fn an_address_waits_after_fifty_failures(app: TestApp) {
    let browser = app.visitor();
    for round in 0..50 {
        let page = attempt(&browser, &format!("nobody{round}@example.com"), "guess").await;
        assert_eq!(page.status, 422, "attempt {round}");
    }
    let page = attempt(&browser, ALICE.email, ALICE.password).await;
    assert_eq!(page.status, 429);
    app.clock.advance(15 * 60 + 1);
    app.signed_in(ALICE).await;
}

async fn the_right_password_forgets_the_failures_of_its_account(app: TestApp) {
    let browser = app.visitor();
    for _ in 0..3 {
        for _ in 0..9 {
            assert_eq!(attempt(&browser, MARA.email, "guess").await.status, 422);
        }
        app.signed_in(MARA).await;
    }
}

async fn failures_at_one_account_leave_the_others_alone(app: TestApp) {
    let browser = app.visitor();
    for _ in 0..12 {
        attempt(&browser, MARA.email, "guess").await;
    }
    app.signed_in(VERA).await;
}

async fn an_idle_session_ends_after_twelve_hours(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    app.clock.advance(12 * 3600 - 60);
    assert_eq!(browser.get(LIST).await.status, 200);
    app.clock.advance(12 * 3600 + 60);
    assert_eq!(browser.get(LIST).await.status, 303);
    let active = app.signed_in(MARA).await;
    app.clock.advance(30 * 86_400);
    assert_eq!(active.get(LIST).await.status, 303);
}

async fn signing_in_begins_a_session_under_a_new_key(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get("/admin/profile").await;
    assert_eq!(page.all("#sessions ~ * tbody tr, tbody tr").len(), 1);
    let login = browser.get("/admin/login").await;
    assert_eq!(login.leads_to().as_deref(), Some(LIST), "already in");
    let form = page.form("form[action='/admin/logout']");
    let csrf = form.value("csrf").unwrap();
    let fields = [
        ("csrf", csrf),
        ("email", ALICE.email),
        ("password", ALICE.password),
    ];
    let again = browser.post("/admin/login", &fields).await;
    assert_eq!(again.status, 303);
    let cookie = again.answer.headers.get_all("set-cookie").iter();
    assert!(
        cookie
            .map(|value| value.to_str().unwrap())
            .any(|value| value.starts_with("ls_session=")),
        "a new key"
    );
    let page = browser.get("/admin/profile").await;
    assert_eq!(page.all("tbody tr").len(), 1, "the old session has ended");
}
