//! Requests that wait: the sender's rights are checked when the wait ends.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lead_statuses::db::DatabaseUrl;
use serde_json::json;

use crate::support::{ALICE, Answer, Browser, MARA, Page, Person, TestApp, open_postgres};

both!(
    a_password_changed_while_a_sign_in_waits_stops_it,
    a_user_disabled_while_a_sign_in_waits_stays_out,
    a_new_password_that_waits_begins_no_session_for_a_disabled_user,
    a_waiting_form_of_a_user_disabled_meanwhile_does_nothing,
    a_busy_sign_in_says_how_long_to_wait,
);

const LIST: &str = "/admin/leads/statuses";
const NEW: &str = "violet trams under oaks";

/// Sends a form that has to wait, runs `meanwhile` once it waits, and returns the answer to the form.
async fn while_it_waits(
    app: &TestApp,
    send: impl FnOnce() -> JoinHandle<Answer>,
    meanwhile: impl FnOnce(),
) -> Page {
    let one = app.hashing.acquire().await.expect("a place");
    let other = app.hashing.acquire().await.expect("a place");
    let form = send();
    let start = Instant::now();
    while app.hashing.waiting() == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "it never waits");
        tokio::task::yield_now().await;
    }
    meanwhile();
    drop((one, other));
    Page::read("", form.await.expect("an answer"))
}

/// Sends a form in a task of its own.
fn sending(browser: &Browser, path: &'static str, fields: &[(&str, &str)]) -> JoinHandle<Answer> {
    let (browser, fields) = (browser.clone(), fields.to_vec());
    let request = browser.request(reqwest::Method::POST, path).form(&fields);
    tokio::spawn(async move { browser.send(request).await })
}

fn signing_in(browser: &Browser, login: &Page, who: Person) -> JoinHandle<Answer> {
    let csrf = login.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("email", who.email),
        ("password", who.password),
    ];
    sending(browser, "/admin/login", &fields)
}

fn run_program(app: &TestApp, arguments: &[&str], input: &str) {
    let done = app.program(arguments, input);
    assert!(done.status.success(), "{done:?}");
}

async fn a_password_changed_while_a_sign_in_waits_stops_it(app: TestApp) {
    let browser = app.visitor();
    let login = browser.get("/admin/login").await;
    let answer = while_it_waits(
        &app,
        || signing_in(&browser, &login, MARA),
        || {
            run_program(
                &app,
                &["user", "password", MARA.email, "--password-stdin"],
                NEW,
            )
        },
    )
    .await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert_eq!(browser.get(LIST).await.status, 303, "no session");
}

async fn a_user_disabled_while_a_sign_in_waits_stays_out(app: TestApp) {
    let browser = app.visitor();
    let login = browser.get("/admin/login").await;
    let answer = while_it_waits(
        &app,
        || signing_in(&browser, &login, MARA),
        || run_program(&app, &["user", "disable", MARA.email], ""),
    )
    .await;
    assert_eq!(answer.status, 422, "as a wrong password: {answer:?}");
    assert_eq!(browser.get(LIST).await.status, 303);
}

async fn a_new_password_that_waits_begins_no_session_for_a_disabled_user(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let profile = browser.get("/admin/profile").await;
    let csrf = profile.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("current", MARA.password),
        ("password", NEW),
    ];
    let answer = while_it_waits(
        &app,
        || sending(&browser, "/admin/profile/password", &fields),
        || run_program(&app, &["user", "disable", MARA.email], ""),
    )
    .await;
    assert_eq!(
        answer.leads_to().as_deref(),
        Some("/admin/login"),
        "{answer:?}"
    );
    assert_eq!(browser.get(LIST).await.status, 303);
}

async fn a_waiting_form_of_a_user_disabled_meanwhile_does_nothing(app: TestApp) {
    const ROOT: Person = Person {
        name: "Root",
        email: "root@example.com",
        password: NEW,
        role: "admin",
    };
    let add = [
        "user",
        "add",
        "--email",
        ROOT.email,
        "--name",
        ROOT.name,
        "--role",
        ROOT.role,
        "--password-stdin",
    ];
    run_program(&app, &add, ROOT.password);
    let browser = app.signed_in(ALICE).await;
    let page = browser.get("/admin/users/new").await;
    let csrf = page.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("name", "Late"),
        ("email", "late@example.com"),
        ("role", "admin"),
        ("password", "another that is long"),
    ];
    let answer = while_it_waits(
        &app,
        || sending(&browser, "/admin/users", &fields),
        || run_program(&app, &["user", "disable", ALICE.email], ""),
    )
    .await;
    assert_eq!(
        answer.leads_to().as_deref(),
        Some("/admin/login"),
        "{answer:?}"
    );
    let users = app.signed_in(ROOT).await.get("/admin/users").await;
    assert!(!users.text().contains("late@example.com"));
}

async fn a_busy_sign_in_says_how_long_to_wait(app: TestApp) {
    let mut places = Vec::new();
    for _ in 0..2 {
        places.push(app.hashing.acquire().await.expect("a place"));
    }
    let queued = (0..32).map(|_| app.hashing.acquire());
    let queue = futures_util::future::join_all(queued);
    let asked = async {
        while app.hashing.waiting() < 32 {
            tokio::task::yield_now().await;
        }
        let mut output = Vec::new();
        for language in ["en", "ro"] {
            let browser = app.visitor();
            let login = browser.get("/admin/login").await;
            let csrf = login.csrf();
            let request = browser
                .request(reqwest::Method::POST, "/admin/login")
                .header("accept-language", language)
                .form(&[
                    ("csrf", csrf.as_str()),
                    ("email", MARA.email),
                    ("password", MARA.password),
                ]);
            let answer = browser.send(request).await;
            assert_eq!((answer.status, answer.header("retry-after")), (429, "2"));
            output.push(answer.text().to_owned());
        }
        output
    };
    let output = tokio::select! {
        output = asked => output,
        _ = queue => panic!("nobody gave a place back"),
    };
    assert!(
        output[0].contains("2 seconds") && !output[0].contains("minute"),
        "{}",
        output[0]
    );
    assert!(
        output[1].contains("2 secunde") && !output[1].contains("minut"),
        "{}",
        output[1]
    );
}

/// Backends that wait for a lock.
fn waiting(conn: &mut PgConnection) -> i64 {
    let count = "(select count(*) from pg_stat_activity where wait_event_type = 'Lock' \
        and datname = current_database())";
    let count = diesel::dsl::sql::<diesel::sql_types::BigInt>(count);
    diesel::select(count).get_result(conn).expect("a count")
}

#[tokio::test]
async fn a_waiting_write_ends_before_its_user_is_disabled() {
    let Some(app) = TestApp::postgres().await else {
        return;
    };
    let DatabaseUrl::Postgres(url) = &app.config.database_url else {
        panic!("PostgreSQL");
    };
    let add = [
        "user",
        "add",
        "--email",
        "root@example.com",
        "--name",
        "Root",
        "--role",
        "admin",
        "--password-stdin",
    ];
    run_program(&app, &add, NEW);
    let api = app.api(ALICE);
    let id = api.status_id("Proposal").await;
    let mut other = open_postgres(url);
    let hold = format!("begin; select 1 from lead_statuses where id = {id} for update");
    other.batch_execute(&hold).expect("nobody has it");
    let mut watcher = open_postgres(url);
    let start = Instant::now();
    let write = tokio::spawn(async move {
        let body = json!({"definition": "Written late"});
        api.put(&format!("lead_statuses/{id}"), body).await.status
    });
    while waiting(&mut watcher) == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "it never waits");
        tokio::task::yield_now().await;
    }
    let (was_acknowledged_first, status) = std::thread::scope(|scope| {
        let disable = scope.spawn(|| run_program(&app, &["user", "disable", ALICE.email], ""));
        while !disable.is_finished() && waiting(&mut watcher) < 2 {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "neither done nor waiting"
            );
            std::thread::yield_now();
        }
        let was_acknowledged_first = disable.is_finished();
        other.batch_execute("rollback").expect("it was held");
        disable.join().expect("disabled");
        (was_acknowledged_first, write)
    });
    let status = status.await.expect("an answer");
    assert!(
        !was_acknowledged_first || status == 401,
        "written after the user was disabled: {status}"
    );
    assert_eq!(app.api(ALICE).get("lead_statuses").await.status, 401);
}
