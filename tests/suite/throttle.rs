//! Too many wrong passwords, and sessions that end by themselves.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use lead_statuses::digest::sha256_hex;
use reqwest::Method;

use crate::support::{ALICE, Backend, Browser, MARA, Page, TestApp, VERA};

both!(
    an_account_waits_after_ten_failures_from_one_address_and_is_never_locked,
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

async fn an_account_waits_after_ten_failures_from_one_address_and_is_never_locked(app: TestApp) {
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
    assert_eq!(login.leads_to().as_deref(), Some("/admin"), "already in");
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

/// Runs a test on both databases, behind a proxy that says where each attempt comes from.
macro_rules! behind_a_proxy {
    ($($sentence:ident),+ $(,)?) => {
        $(mod $sentence {
            use super::*;

            async fn run(backend: Backend) {
                let proxy = "127.0.0.1".parse().unwrap();
                let app = TestApp::with(backend, |config| config.trusted_proxies = vec![proxy]);
                if let Some(app) = app.await {
                    super::$sentence(app).await;
                }
            }

            #[tokio::test]
            async fn sqlite() {
                run(Backend::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run(Backend::Postgres).await;
            }
        })+
    };
}

behind_a_proxy!(
    guesses_from_elsewhere_never_keep_the_owner_out,
    a_known_address_does_not_wait_for_the_guesses_of_others,
    a_known_device_is_judged_by_its_own_failures,
);

/// An attempt that comes from `address`.
async fn attempt_from(browser: &Browser, address: &str, email: &str, password: &str) -> Page {
    let login = browser.get("/admin/login").await;
    let csrf = login.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("email", email),
        ("password", password),
    ];
    let request = browser.request(Method::POST, "/admin/login");
    let request = request.header("x-forwarded-for", address).form(&fields);
    Page::read("/admin/login", browser.send(request).await)
}

/// Tries wrong passwords for Mara until `address` has to wait.
async fn guess_from(app: &TestApp, address: &str) {
    let guesser = app.visitor();
    for round in 1..=10 {
        let page = attempt_from(&guesser, address, MARA.email, "guess after guess").await;
        assert_eq!(page.status, 422, "{address}, attempt {round}");
    }
    let page = attempt_from(&guesser, address, MARA.email, MARA.password).await;
    assert_eq!(page.status, 429, "{address}");
}

async fn guesses_from_elsewhere_never_keep_the_owner_out(app: TestApp) {
    guess_from(&app, "203.0.113.1").await;
    guess_from(&app, "2001:db8:1:2::7").await;
    let neighbour = attempt_from(&app.visitor(), "2001:db8:1:2::9", MARA.email, "guess").await;
    assert_eq!(neighbour.status, 429, "one network");
    let owner = app.visitor();
    let start = Instant::now();
    let page = attempt_from(&owner, "198.51.100.7", MARA.email, MARA.password).await;
    assert_eq!(page.status, 303, "{page:?}");
    assert!(start.elapsed() >= Duration::from_millis(500), "slowed down");
    let still = attempt_from(&app.visitor(), "203.0.113.1", MARA.email, MARA.password).await;
    assert_eq!(
        still.status, 429,
        "the right password forgets its own failures only"
    );
}

async fn a_known_address_does_not_wait_for_the_guesses_of_others(app: TestApp) {
    let page = attempt_from(&app.visitor(), "198.51.100.7", MARA.email, MARA.password).await;
    assert_eq!(page.status, 303);
    let (key, now) = (sha256_hex(MARA.email), app.clock.now().0);
    let guesses = app.db.write(move |conn| {
        for n in 0..70 {
            let address = format!("203.0.113.{}", n / 10);
            let row = format!(
                "insert into login_attempts (account_key, address, origin, attempted_at) \
                values ('{key}', '{address}', '{address}', {now})"
            );
            diesel::sql_query(row).execute(conn)?;
        }
        Ok(())
    });
    guesses.await.expect("seventy guesses");
    let time = async |address: &str| {
        let start = Instant::now();
        let page = attempt_from(&app.visitor(), address, MARA.email, MARA.password).await;
        assert_eq!(page.status, 303, "{address}");
        start.elapsed()
    };
    let unknown = time("192.0.2.200").await;
    assert!(unknown >= Duration::from_secs(5), "{unknown:?}");
    let known = time("198.51.100.7").await;
    assert!(known < Duration::from_secs(5), "{known:?}");
    let now_known = time("192.0.2.200").await;
    assert!(now_known < Duration::from_secs(5), "{now_known:?}");
}

async fn a_known_device_is_judged_by_its_own_failures(app: TestApp) {
    let device = app.visitor();
    let page = attempt_from(&device, "198.51.100.7", MARA.email, MARA.password).await;
    assert_eq!(page.status, 303);
    let cookie = page.answer.headers.get_all("set-cookie").iter();
    let cookie: Vec<&str> = cookie.map(|value| value.to_str().unwrap()).collect();
    let cookie = cookie.iter().find(|value| value.starts_with("ls_device="));
    let cookie = cookie.expect("a device cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let at = ["ls_session=", "ls_device="].map(|name| page.answer.text().contains(name));
    assert_eq!(at, [false, false]);
    let out = device.get(LIST).await;
    let out = device
        .submit(&out, "form[action='/admin/logout']", &[])
        .await;
    assert_eq!(out.status, 303);
    guess_from(&app, "203.0.113.1").await;
    for round in 1..=2 {
        let page = attempt_from(&device, "203.0.113.1", MARA.email, "mistyped once more").await;
        assert_eq!(
            page.status, 422,
            "{round}: the device is known, its address is not"
        );
    }
    let other = attempt_from(&device, "203.0.113.1", ALICE.email, ALICE.password).await;
    assert_eq!(
        other.status, 303,
        "another account, with the address's own failures"
    );
    let out = device.get(LIST).await;
    device
        .submit(&out, "form[action='/admin/logout']", &[])
        .await;
    for round in 3..=10 {
        let page = attempt_from(&device, "192.0.2.9", MARA.email, "mistyped once more").await;
        assert_eq!(page.status, 422, "{round}");
    }
    for address in ["203.0.113.1", "192.0.2.9", "198.51.100.7"] {
        let page = attempt_from(&device, address, MARA.email, MARA.password).await;
        assert_eq!(
            page.status, 429,
            "its own failures count wherever it is: {address}"
        );
    }
    app.clock.advance(15 * 60 + 1);
    let set = ["user", "password", MARA.email, "--password-stdin"];
    assert!(
        app.program(&set, "violet trams under oaks")
            .status
            .success()
    );
    guess_from_until_waiting(&app, "203.0.113.1").await;
    let page = attempt_from(
        &device,
        "203.0.113.1",
        MARA.email,
        "violet trams under oaks",
    )
    .await;
    assert_eq!(
        page.status, 429,
        "a new password makes every device unknown"
    );
}

/// As [`guess_from`], with another password.
async fn guess_from_until_waiting(app: &TestApp, address: &str) {
    for _ in 1..=10 {
        attempt_from(&app.visitor(), address, MARA.email, "guess after guess").await;
    }
}
