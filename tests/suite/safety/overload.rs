//! Overload and malformed requests: each is answered, and the next one is served.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::support::{ALICE, Backend, MARA, Person, TestApp};

#[tokio::test]
async fn two_hundred_open_connections_leave_the_server_responsive() {
    let app = TestApp::with(Backend::Sqlite, |config| config.has_rate_limits = false);
    let app = app.await.expect("SQLite");
    let page = app.visitor().get("/admin/login").await;
    let csrf = page.csrf();
    let cookie = page
        .answer
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    let tasks: Vec<_> = (0..200)
        .map(|task| {
            let (browser, csrf, cookie) = (app.visitor(), csrf.clone(), cookie.clone());
            tokio::spawn(async move {
                let email = format!("person{task}@example.com");
                let form = [
                    ("email", email.as_str()),
                    ("password", "a password that is long"),
                    ("csrf", &csrf),
                ];
                let request = browser
                    .request(Method::POST, "/admin/login")
                    .header("cookie", cookie);
                browser.send(request.form(&form)).await
            })
        })
        .collect();
    let start = Instant::now();
    assert_eq!(app.api(ALICE).get("lead_statuses").await.status, 200);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "others wait {:?}",
        start.elapsed()
    );
    let (mut heard, mut sent_away) = (0, 0);
    for task in tasks {
        let answer = task.await.expect("an answer");
        match answer.status {
            422 => heard += 1,
            429 => {
                assert!(!answer.header("retry-after").is_empty());
                sent_away += 1;
            }
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert!(heard > 0, "{sent_away} were sent away");
    app.signed_in(MARA).await;
}

#[tokio::test]
async fn metrics_are_for_this_machine_or_an_administrator() {
    let app = TestApp::sqlite().await;
    let ask = async |token: Option<&str>, forwarded: bool| {
        let browser = app.visitor();
        let mut request = browser.request(Method::GET, "/metrics");
        if let Some(token) = token {
            request = request.header("authtoken", token);
        }
        if forwarded {
            request = request.header("x-forwarded-for", "203.0.113.9");
        }
        browser.send(request).await
    };
    let figures = ask(None, false).await;
    assert_eq!(figures.status, 200);
    assert!(
        figures
            .text()
            .contains("lead_statuses_http_request_seconds"),
        "{}",
        figures.text()
    );
    assert_eq!(ask(Some(app.token(ALICE)), true).await.status, 200);
    for stranger in [None, Some("made-up"), Some(app.token(MARA))] {
        let answer = ask(stranger, true).await;
        assert!(
            [401, 403, 404].contains(&answer.status),
            "{stranger:?}: {}",
            answer.status
        );
    }
}

/// The status of the answer to these bytes on a socket; 0 if the connection is closed without one.
fn raw(app: &TestApp, bytes: &[u8]) -> u16 {
    let mut stream =
        TcpStream::connect(app.base.trim_start_matches("http://")).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(8)))
        .expect("a socket");
    // The server may close the connection before all bytes are sent.
    let _ = stream.write_all(bytes);
    let mut answer = [0; 64];
    let length = stream.read(&mut answer).unwrap_or(0);
    let line = String::from_utf8_lossy(&answer[..length]).into_owned();
    line.split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or(0)
}

#[tokio::test]
async fn bytes_that_are_no_request_are_refused_and_the_next_request_served() {
    let app = TestApp::sqlite().await;
    let head = "Host: 127.0.0.1\r\nConnection: close\r\n";
    let long = "x".repeat(200_000);
    for (what, request) in [
        (
            "nothing like HTTP",
            "\x16\x03\x01\x02\x00 hello\r\n\r\n".to_owned(),
        ),
        ("no version", "GET /admin/login\r\n\r\n".into()),
        (
            "a space in the path",
            format!("GET /admin/ login HTTP/1.1\r\n{head}\r\n"),
        ),
        ("a long path", format!("GET /{long} HTTP/1.1\r\n{head}\r\n")),
        (
            "a long header",
            format!("GET /admin/login HTTP/1.1\r\n{head}X-Long: {long}\r\n\r\n"),
        ),
        (
            "many headers",
            format!(
                "GET /admin/login HTTP/1.1\r\n{head}{}\r\n",
                "X-Many: 1\r\n".repeat(500)
            ),
        ),
        (
            "two lengths",
            format!(
                "POST /admin/login HTTP/1.1\r\n{head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"
            ),
        ),
        (
            "a length and chunks",
            format!(
                "POST /admin/login HTTP/1.1\r\n{head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
        ),
        (
            "a negative length",
            format!("POST /admin/login HTTP/1.1\r\n{head}Content-Length: -1\r\n\r\n"),
        ),
        (
            "a broken chunk",
            format!(
                "POST /admin/login HTTP/1.1\r\n{head}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
            ),
        ),
        (
            "no host",
            "GET /admin/login HTTP/1.1\r\nConnection: close\r\n\r\n".into(),
        ),
        (
            "two hosts",
            format!("GET /admin/login HTTP/1.1\r\n{head}Host: evil.example\r\n\r\n"),
        ),
        (
            "a whole address",
            format!("GET http://evil.example/admin/login HTTP/1.1\r\n{head}\r\n"),
        ),
    ] {
        let status = raw(&app, request.as_bytes());
        assert!(
            status == 0
                || (400..500).contains(&status)
                || (what == "a whole address" && status == 200),
            "{what}: {status}"
        );
        assert_eq!(
            app.visitor().get("/healthz").await.status,
            200,
            "after {what}"
        );
    }
    let header = format!("HEAD /admin/login HTTP/1.1\r\n{head}\r\n");
    assert_eq!(raw(&app, header.as_bytes()), 200);
}

#[tokio::test]
async fn a_link_in_an_answer_never_follows_a_forged_host() {
    let app = TestApp::sqlite().await;
    let browser = app.visitor();
    let request = browser
        .request(Method::GET, "/admin/leads/statuses")
        .header("x-forwarded-host", "evil.example");
    let answer = browser
        .send(request.header("x-forwarded-proto", "https"))
        .await;
    assert_eq!(answer.status, 303);
    assert!(
        answer.header("location").starts_with("/admin/login"),
        "{}",
        answer.header("location")
    );
    let made = app.api(ALICE);
    let request = made
        .request(Method::POST, "lead_statuses")
        .header("x-forwarded-host", "evil.example");
    let answer = made
        .send(
            request
                .json(&serde_json::json!({"name": "Linked", "color": "#123456", "kind": "open"})),
        )
        .await;
    assert!(
        !answer.header("location").contains("evil"),
        "{}",
        answer.header("location")
    );
}

/// The examples of the pages that show some, as seen with these headers.
async fn examples(app: &TestApp, headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let browser = app.signed_in(ALICE).await;
    let lead = app
        .api(ALICE)
        .post("leads", serde_json::json!({"name": "Ana"}))
        .await;
    let lead = lead.json()["record_id"].as_i64().expect("an id");
    let status = app.api(ALICE).status_id("Proposal").await;
    let mut seen = Vec::new();
    for path in [
        format!("/admin/leads/statuses/{status}"),
        format!("/admin/leads/{lead}"),
        "/api/docs".to_owned(),
    ] {
        let mut request = browser.request(Method::GET, &path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = browser.send(request).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains("/api/"), "{path} has an example");
        seen.push((path, answer.text().to_owned()));
    }
    seen
}

const FORWARDED: [(&str, &str); 3] = [
    ("x-forwarded-host", "crm.example.net"),
    ("x-forwarded-proto", "https"),
    ("forwarded", "host=evil.example;proto=https"),
];

#[tokio::test]
async fn a_page_names_the_address_of_the_server_whatever_a_stranger_forwards() {
    let app = TestApp::sqlite().await;
    for (path, page) in examples(&app, &FORWARDED).await {
        assert!(page.contains(&format!("{}/api/", app.base)), "{path}");
        assert!(
            !page.contains("example.net") && !page.contains("evil"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_trusted_names_the_address() {
    let proxy = "127.0.0.1".parse().expect("an address");
    let app = TestApp::with(Backend::Sqlite, |config| {
        config.trusted_proxies = vec![proxy]
    });
    let app = app.await.expect("SQLite");
    for (path, page) in examples(&app, &FORWARDED).await {
        assert!(page.contains("https://crm.example.net/api/"), "{path}");
        assert!(!page.contains("evil"), "{path}");
    }
    let forged = [
        ("x-forwarded-host", "crm.example.net\"><b>"),
        ("x-forwarded-proto", "ftp"),
    ];
    for (path, page) in examples(&app, &forged).await {
        assert!(page.contains(&format!("{}/api/", app.base)), "{path}");
    }
    let public = TestApp::with(Backend::Sqlite, |config| {
        config.trusted_proxies = vec![proxy];
        config.public_url = Some("http://127.0.0.1:1".parse().expect("a URL"));
    });
    let public = public.await.expect("SQLite");
    for (path, page) in examples(&public, &FORWARDED).await {
        assert!(page.contains("http://127.0.0.1:1/api/"), "{path}");
    }
}

#[tokio::test]
async fn a_request_with_two_sessions_is_not_signed_in() {
    let app = TestApp::sqlite().await;
    let (alice, mara) = (cookie_of(&app, ALICE).await, cookie_of(&app, MARA).await);
    let browser = app.visitor();
    for (cookies, status) in [
        (alice.clone(), 200),
        (format!("{alice}; {alice}"), 200),
        (format!("{alice}; {mara}"), 303),
        (format!("{mara}; {alice}"), 303),
        (format!("ls_session=made-up; {alice}"), 303),
    ] {
        let request = browser.request(Method::GET, "/admin/profile");
        let answer = browser.send(request.header("cookie", &cookies)).await;
        assert_eq!(answer.status, status, "{cookies}");
    }
}

/// The session cookie of someone who signs in.
async fn cookie_of(app: &TestApp, who: Person) -> String {
    let browser = app.visitor();
    let login = browser.get("/admin/login").await;
    let fields = [("email", who.email), ("password", who.password)];
    let done = browser.submit(&login, "form[method=post]", &fields).await;
    let set = done.answer.headers.get_all("set-cookie").into_iter();
    let mut set = set.filter_map(|value| value.to_str().ok()?.split(';').next());
    let session = set.find(|pair| pair.starts_with("ls_session="));
    session.expect("a session").to_owned()
}
