//! Request bodies: large ones are read only after authorization, and are kept on disk.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::Method;

use crate::support::{
    ALICE, Backend, Browser, DAN, MARA, Page, Person, Process, RADU, TestApp, VERA,
};

both!(
    a_large_body_is_refused_before_it_is_read,
    a_form_without_its_token_is_refused_before_its_file_is_read,
    a_file_in_front_of_the_token_is_not_kept,
    a_form_of_an_unknown_sender_is_small,
);

const IMPORT: &str = "/admin/leads/import";
const UPLOAD: &str = "form[enctype='multipart/form-data']";
const MULTIPART: &str = "multipart/form-data; boundary=edge";
/// 60 MiB.
const LARGE: usize = 60 << 20;
/// Shorter than the 15 seconds after which a body that doesn't arrive is answered anyway.
const AT_ONCE: Duration = Duration::from_secs(8);

/// A request of which only a part of the announced body is sent.
struct UnfinishedRequest(TcpStream);

impl UnfinishedRequest {
    fn send(
        app: &TestApp,
        path: &str,
        headers: &[(&str, &str)],
        length: usize,
        body: &str,
    ) -> UnfinishedRequest {
        let address = app.base.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("a connection");
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).expect("it listens");
        UnfinishedRequest(stream)
    }

    /// The beginning of the answer within `patience`; empty if there is none.
    fn answer(mut self, patience: Duration) -> String {
        self.0.set_read_timeout(Some(patience)).expect("a socket");
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        while answer.len() < 64 * 1024 {
            match self.0.read(&mut part) {
                Ok(0) | Err(_) => break,
                Ok(length) => answer.extend_from_slice(&part[..length]),
            }
            let is_bare = answer.starts_with(b"HTTP/1.1 303") && answer.ends_with(b"\r\n\r\n");
            if is_bare || answer.ends_with(b"</html>") || answer.ends_with(b"}") {
                break;
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
    status.unwrap_or(0)
}

/// The cookies of someone who signs in, as a header.
async fn cookies(app: &TestApp, who: Person) -> String {
    let browser = app.visitor();
    let login = browser.get("/admin/login").await;
    let visitor = cookie(&login);
    let fields = [("email", who.email), ("password", who.password)];
    let done = browser.submit(&login, "form[method=post]", &fields).await;
    assert_eq!(done.status, 303);
    format!("{visitor}; {}", cookie(&done))
}

/// The cookies that a page sets, as a header.
fn cookie(page: &Page) -> String {
    let set = page.answer.headers.get_all("set-cookie").into_iter();
    let pairs: Vec<&str> = set
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

/// The form token for these cookies.
async fn csrf(app: &TestApp, cookies: &str, path: &str) -> String {
    let browser = app.visitor();
    let request = browser.request(Method::GET, path).header("cookie", cookies);
    let page = Page::read(path, browser.send(request).await);
    page.csrf()
}

fn field(name: &str, value: &str) -> String {
    format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn file(content: &str) -> String {
    format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{content}"
    )
}

async fn a_large_body_is_refused_before_it_is_read(app: TestApp) {
    let disabled = cookies(&app, MARA).await;
    let done = app.program(&["user", "disable", MARA.email], "");
    assert!(done.status.success());
    let viewer = cookies(&app, VERA).await;
    for path in [IMPORT, "/admin/leads/statuses/import"] {
        for (who, cookie, expected) in [
            ("nobody", "", 303),
            ("a disabled user", disabled.as_str(), 303),
            ("a viewer", viewer.as_str(), 403),
        ] {
            let headers = [("Cookie", cookie), ("Content-Type", MULTIPART)];
            let request = UnfinishedRequest::send(&app, path, &headers, LARGE, &file("name\n"));
            assert_eq!(status(&request.answer(AT_ONCE)), expected, "{who}: {path}");
        }
    }
    let bulk = [
        ("Cookie", viewer.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let request = UnfinishedRequest::send(&app, "/admin/leads/statuses", &bulk, 1 << 20, "csrf=");
    assert_eq!(status(&request.answer(AT_ONCE)), 403, "half a form");
    for (who, token, expected) in [
        ("nobody", "made-up", 401),
        ("a disabled user", app.token(DAN), 401),
        ("a viewer", app.token(VERA), 403),
    ] {
        let headers = [("authtoken", token), ("Content-Type", "application/json")];
        let request = UnfinishedRequest::send(&app, "/api/lead_statuses", &headers, 1 << 20, "{");
        assert_eq!(status(&request.answer(AT_ONCE)), expected, "{who}");
    }
}

async fn a_form_without_its_token_is_refused_before_its_file_is_read(app: TestApp) {
    let cookie = cookies(&app, ALICE).await;
    let elsewhere = [
        ("Cookie", cookie.as_str()),
        ("Content-Type", MULTIPART),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    let headers = &elsewhere[..2];
    let wrong = field("csrf", "made-up") + &file("name\n");
    for (what, headers, body) in [
        ("none", headers, file("name\n")),
        ("a wrong one", headers, wrong),
        ("of another site", &elsewhere[..], String::new()),
    ] {
        let request = UnfinishedRequest::send(&app, IMPORT, headers, LARGE, &body);
        assert_eq!(status(&request.answer(AT_ONCE)), 403, "{what}");
    }
}

async fn a_file_in_front_of_the_token_is_not_kept(app: TestApp) {
    let cookie = cookies(&app, ALICE).await;
    let token = csrf(&app, &cookie, IMPORT).await;
    let browser = app.visitor();
    let ask = async |body: String| {
        let request = browser
            .request(Method::POST, IMPORT)
            .header("cookie", &cookie)
            .header("content-type", MULTIPART);
        browser.send(request.body(body)).await
    };
    let (token, file) = (field("csrf", &token), file("name\nAna\n") + "\r\n");
    let answer = ask(format!("{file}{token}--edge--\r\n")).await;
    assert_eq!(answer.status, 403);
    assert_eq!(waiting_files(&app), 0);
    let answer = ask(format!("{token}{file}--edge--\r\n")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(waiting_files(&app), 1);
}

/// Files in the data directory that an upload left.
fn waiting_files(app: &TestApp) -> usize {
    let folders = ["uploads", "receiving"];
    let listed = folders.map(|name| std::fs::read_dir(app.config.data_dir.join(name)));
    listed.into_iter().flatten().map(Iterator::count).sum()
}

async fn a_form_of_an_unknown_sender_is_small(app: TestApp) {
    for path in ["/admin/login", "/admin/setup"] {
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        let request = UnfinishedRequest::send(&app, path, &headers, 1 << 20, "email=");
        let answer = request.answer(AT_ONCE);
        assert_eq!(status(&answer), 413, "{path}");
        assert!(answer.ends_with("</html>"), "a page says so: {answer}");
    }
    let small = app
        .visitor()
        .post("/admin/login", &[("email", &"x".repeat(10_000))])
        .await;
    assert_eq!(small.status, 403, "read, and refused for its token");
}

#[tokio::test]
async fn four_files_are_received_at_once_and_slow_ones_are_ended() {
    let app = TestApp::sqlite().await;
    let cookie = cookies(&app, ALICE).await;
    let token = csrf(&app, &cookie, IMPORT).await;
    let headers = [("Cookie", cookie.as_str()), ("Content-Type", MULTIPART)];
    let body = field("csrf", &token) + &file("name\n");
    let slow: Vec<UnfinishedRequest> = (0..8)
        .map(|_| UnfinishedRequest::send(&app, IMPORT, &headers, LARGE, &body))
        .collect();
    let answers = tokio::task::spawn_blocking(move || {
        let patience = Duration::from_secs(30);
        let heard = slow.into_iter().map(|request| request.answer(patience));
        heard.collect::<Vec<String>>()
    });
    let answers = answers.await.expect("answers");
    let of = |expected| {
        answers
            .iter()
            .filter(move |answer| status(answer) == expected)
    };
    assert_eq!((of(408).count(), of(429).count()), (4, 4), "{answers:#?}");
    for answer in of(429) {
        assert!(answer.contains("retry-after: 5\r\n"), "{answer}");
        assert!(answer.contains("5 seconds"), "{answer}");
    }
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(IMPORT).await;
    let file = ("file", "a.csv", &b"name\nAna\n"[..]);
    assert_eq!(browser.upload(&page, UPLOAD, file, &[]).await.status, 200);
}

#[tokio::test]
async fn a_file_being_uploaded_takes_no_memory() {
    let app = TestApp::with(Backend::Sqlite, |_| {})
        .await
        .expect("SQLite");
    let program = Process::serve(&app.config.database_url, app.dir());
    let browser = Browser::new(&program.base);
    browser.sign_in(ALICE).await;
    let page = browser.get(IMPORT).await;
    let Some(before) = program.memory("VmHWM") else {
        return;
    };
    let mut bytes = vec![b'x'; 48 << 20];
    bytes[..6].copy_from_slice(b"name\n\xff");
    let uploads = (0..3).map(|_| browser.upload(&page, UPLOAD, ("file", "a.csv", &bytes), &[]));
    for answer in futures_util::future::join_all(uploads).await {
        assert_eq!(answer.status, 422, "not UTF-8");
    }
    let grown = program.memory("VmHWM").expect("as before") - before;
    assert!(grown < 48 << 10, "{} MiB more", grown >> 10);
    let radu = Browser::new(&program.base);
    radu.sign_in(RADU).await;
    assert_eq!(radu.get(IMPORT).await.status, 403);
}
