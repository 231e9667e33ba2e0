//! Headers of every answer, cookies, and the hosts that a request may name.

use reqwest::Method;

use super::routes;
use crate::support::{ALICE, Answer, Backend, TestApp};

both!(
    every_answer_carries_the_headers,
    cookies_are_closed_to_scripts_and_other_sites,
    a_page_is_never_kept,
    nothing_asked_for_by_get_changes_anything
);

fn assert_safe(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains('*'),
        "{what}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(!answer.header("x-request-id").is_empty(), "{what}");
    assert_eq!(answer.header("server"), "", "{what}");
}

/// Addresses of every kind of answer: pages, failures, files, calls.
async fn answers(app: &TestApp) -> Vec<(String, Answer)> {
    let (browser, stranger) = (app.signed_in(ALICE).await, app.visitor());
    let page = browser.get("/admin/leads/statuses").await;
    let mut addresses: Vec<(Method, String)> = routes(app)
        .iter()
        .map(|route| {
            (
                route.method.parse().expect("a method"),
                route.path.replace("{id}", "2"),
            )
        })
        .filter(|(_, path)| path != "/admin/logout")
        .collect();
    addresses.extend(
        page.attributes("link[rel=stylesheet]", "href")
            .into_iter()
            .map(|path| (Method::GET, path)),
    );
    addresses.extend(
        page.attributes("script[src]", "src")
            .into_iter()
            .map(|path| (Method::GET, path)),
    );
    for odd in [
        "/nowhere",
        "/static/nowhere.css",
        "/static/../Cargo.toml",
        "/admin/%ff",
        "/api/nowhere",
        "/admin/leads/statuses/%00",
    ] {
        addresses.push((Method::GET, odd.to_owned()));
    }
    addresses.push((Method::PATCH, "/admin/leads/statuses".into()));
    addresses.push((Method::OPTIONS, "/api/lead_statuses".into()));
    addresses.push((Method::TRACE, "/admin/login".into()));
    let mut found = Vec::new();
    for (method, path) in addresses {
        for asked_by in [&browser, &stranger] {
            let answer = asked_by.send(asked_by.request(method.clone(), &path)).await;
            found.push((format!("{method} {path} → {}", answer.status), answer));
        }
    }
    found
}

async fn every_answer_carries_the_headers(app: TestApp) {
    for (what, answer) in answers(&app).await {
        assert_safe(&answer, &what);
        assert!(answer.status < 500, "{what}");
    }
}

async fn a_page_is_never_kept(app: TestApp) {
    for (what, answer) in answers(&app).await {
        let is_file = what.contains(" /static/") && answer.status == 200;
        let kept = answer.header("cache-control");
        match is_file {
            true => assert!(
                kept.contains("immutable") && kept.contains("max-age=31536000"),
                "{what}: {kept}"
            ),
            false => assert_eq!(kept, "no-store", "{what}"),
        }
    }
}

async fn cookies_are_closed_to_scripts_and_other_sites(app: TestApp) {
    let cookies = |answer: &Answer| -> Vec<String> {
        let all = answer.headers.get_all("set-cookie").iter();
        all.map(|value| value.to_str().expect("ASCII").to_owned())
            .collect()
    };
    for (is_https, prefix) in [(false, ""), (true, "__Host-")] {
        let app = TestApp::with(app.backend, |config| {
            if is_https {
                config.public_url = Some("https://127.0.0.1".parse().expect("an address"));
            }
        });
        let app = app.await.expect("as the first");
        let browser = app.visitor();
        let login = browser.get("/admin/login").await;
        let mut found = cookies(&login.answer);
        if !is_https {
            let fields = [("email", ALICE.email), ("password", ALICE.password)];
            found.extend(cookies(
                &browser
                    .submit(&login, "form[method=post]", &fields)
                    .await
                    .answer,
            ));
        }
        assert!(!found.is_empty());
        for cookie in &found {
            let lower = cookie.to_lowercase();
            assert!(
                lower.contains("httponly")
                    && lower.contains("samesite=lax")
                    && lower.contains("path=/"),
                "{cookie}"
            );
            assert_eq!(
                (lower.contains("secure"), cookie.starts_with("__Host-")),
                (is_https, is_https),
                "{prefix}: {cookie}"
            );
        }
        let hsts = login.answer.header("strict-transport-security");
        assert_eq!(!hsts.is_empty(), is_https, "{hsts}");
    }
}

/// Pages are fetched ahead on hover, so a GET must change nothing.
async fn nothing_asked_for_by_get_changes_anything(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = app
        .api(ALICE)
        .get("lead_statuses?archived=all")
        .await
        .text()
        .to_owned();
    for route in routes(&app)
        .iter()
        .filter(|route| route.path.starts_with("/admin"))
    {
        let path = route.path.replace("{id}", "2");
        let page = browser
            .get(&format!(
                "{path}?confirm=1&action=delete&ids=2&name=X&direction=up&to=1"
            ))
            .await;
        assert!(page.status < 500, "{path}: {}", page.status);
        assert_ne!(
            page.leads_to().as_deref(),
            Some("/admin/login"),
            "{path} ended the session"
        );
    }
    assert_eq!(
        app.api(ALICE)
            .get("lead_statuses?archived=all")
            .await
            .text(),
        before
    );
    assert_eq!(browser.get("/admin/profile").await.status, 200);
}

#[tokio::test]
async fn an_unknown_host_is_answered_with_421() {
    let named = |url: Option<&str>| {
        let url = url.map(|url| url.parse().expect("an address"));
        TestApp::with(Backend::Sqlite, move |config| config.public_url = url)
    };
    let ask = async |app: &TestApp, host: &str| {
        let browser = app.visitor();
        let request = browser
            .request(Method::GET, "/admin/login")
            .header("host", host.to_owned());
        browser.send(request).await
    };
    let app = named(None).await.expect("SQLite");
    assert_eq!(ask(&app, "127.0.0.1").await.status, 200);
    assert_eq!(ask(&app, "localhost:1234").await.status, 200);
    for host in ["evil.example", "127.0.0.1.evil.example", "8.8.8.8"] {
        let answer = ask(&app, host).await;
        assert_eq!(answer.status, 421, "{host}");
        assert_safe(&answer, host);
    }
    let app = named(Some("https://crm.example.com"))
        .await
        .expect("SQLite");
    assert_eq!(ask(&app, "crm.example.com").await.status, 200);
    assert_eq!(ask(&app, "CRM.example.com").await.status, 200);
    assert_eq!(ask(&app, "127.0.0.1").await.status, 421);
}
