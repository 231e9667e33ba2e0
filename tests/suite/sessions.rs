//! Signing in and out.

use crate::support::{ALICE, DAN, PEOPLE, RADU, TestApp};

both!(
    everyone_signs_in_and_out,
    a_disabled_or_unknown_person_and_a_wrong_password_are_answered_alike,
    a_stranger_is_led_to_the_login_and_back,
    no_sign_in_leads_to_another_site,
    a_refusal_is_shown_with_menu_and_user,
);

const LIST: &str = "/admin/leads/statuses";

async fn everyone_signs_in_and_out(app: TestApp) {
    for who in PEOPLE {
        let browser = app.signed_in(who).await;
        let page = browser.get(LIST).await;
        assert_eq!(page.status, 200, "{}", who.name);
        let out = browser
            .submit(&page, "form[action='/admin/logout']", &[])
            .await;
        assert_eq!(out.status, 303);
        assert_eq!(browser.get(LIST).await.status, 303, "{} is out", who.name);
    }
}

async fn a_disabled_or_unknown_person_and_a_wrong_password_are_answered_alike(app: TestApp) {
    let attempts = [
        (DAN.email, DAN.password),
        ("nobody@example.com", "a password of nobody"),
        (ALICE.email, "not the right password"),
        (ALICE.email, ""),
        ("", ""),
    ];
    let mut answers = Vec::new();
    for (email, password) in attempts {
        let browser = app.visitor();
        let page = browser.get("/admin/login").await;
        let form = "form[action^='/admin/login']";
        let answer = browser
            .submit(&page, form, &[("email", email), ("password", password)])
            .await;
        assert_eq!(answer.status, 422, "{email}");
        answers.push(answer.texts("[role=alert]"));
    }
    answers.dedup();
    assert!(answers.len() <= 2, "{answers:?}");
    assert_eq!(app.api(DAN).get("lead_statuses").await.status, 401);
}

async fn a_stranger_is_led_to_the_login_and_back(app: TestApp) {
    let browser = app.visitor();
    let target = "/admin/leads/statuses?kind=open&q=a%20b";
    let page = browser.get(target).await;
    let login = browser.follow(&page).await;
    assert!(
        login.path.starts_with("/admin/login?next="),
        "{}",
        login.path
    );
    let fields = [("email", ALICE.email), ("password", ALICE.password)];
    let done = browser
        .submit(&login, "form[action^='/admin/login']", &fields)
        .await;
    assert_eq!(done.leads_to().as_deref(), Some(target));
}

async fn no_sign_in_leads_to_another_site(app: TestApp) {
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%5cevil.example",
        "%2f%2fevil.example",
        "/\t/evil.example",
        "http:evil.example",
        "///evil.example",
        "/admin/../..//evil.example",
        "",
    ] {
        let browser = app.visitor();
        let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let login = browser.get(&format!("/admin/login?next={query}")).await;
        assert_eq!(login.status, 200, "{next}");
        let fields = [("email", ALICE.email), ("password", ALICE.password)];
        let done = browser
            .submit(&login, "form[action^='/admin/login']", &fields)
            .await;
        let to = done
            .leads_to()
            .unwrap_or_else(|| panic!("{next}: {done:?}"));
        let url = reqwest::Url::parse(&app.base).unwrap().join(&to).unwrap();
        assert_eq!(
            url.origin(),
            reqwest::Url::parse(&app.base).unwrap().origin(),
            "{next} leads to {to}"
        );
    }
}

async fn a_refusal_is_shown_with_menu_and_user(app: TestApp) {
    let (browser, stranger) = (app.signed_in(RADU).await, app.visitor());
    for (path, status) in [
        ("/admin/nowhere", 404),
        ("/admin/leads/statuses/abc", 404),
        ("/admin/leads/statuses/4711", 404),
        ("/admin/users", 404),
        ("/admin/leads/statuses/new", 403),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(
            page.has("nav a[href='/admin/leads/statuses']"),
            "{path}: {page:?}"
        );
        assert!(page.text().contains(RADU.name), "{path}");
    }
    let forged = browser.post("/admin/profile", &[("csrf", "made-up")]).await;
    assert_eq!(forged.status, 403);
    assert!(forged.text().contains(RADU.name));
    assert!(
        !stranger
            .get("/admin/nowhere")
            .await
            .has("nav a[href='/admin/leads/statuses']")
    );
}
