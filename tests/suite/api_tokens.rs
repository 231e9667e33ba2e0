//! Tokens for other systems: issue, use, revoke, expiry.

use crate::support::{ALICE, Browser, Page, TestApp};

both!(
    a_token_is_shown_once_and_works,
    a_form_sent_again_issues_no_second_token,
    a_call_with_two_tokens_is_refused,
    a_token_expires_after_its_days,
    a_token_is_revoked_after_asking_and_then_refused,
    a_token_never_reaches_above_its_owner,
    the_terminal_prints_the_token_alone_on_its_last_line,
);

const ISSUE: &str = "form[action='/admin/api/api_management']";

async fn issue(admin: &Browser, fields: &[(&str, &str)]) -> Page {
    let page = admin.get("/admin/api/api_management/new").await;
    admin.submit(&page, ISSUE, fields).await
}

fn secret(page: &Page) -> String {
    page.attributes("#secret", "value").remove(0)
}

async fn a_token_is_shown_once_and_works(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = issue(&admin, &[("name", "Website"), ("scopes", "read")]).await;
    assert_eq!(page.status, 201);
    assert_eq!(page.answer.header("cache-control"), "no-store");
    let token = secret(&page);
    let (prefix, chance) = token.split_at("ls_".len() + 8);
    assert!(prefix.starts_with("ls_") && chance.starts_with('_'));
    assert!(chance.len() >= 28, "160 bits at least");
    let list = admin.get("/admin/api/api_management").await;
    assert!(list.text().contains(prefix) && list.text().contains("Website"));
    assert!(!list.answer.text().contains(&token));
    let api = app.api_with(Some(&token));
    assert_eq!(api.get("lead_statuses").await.status, 200);
    let log = admin.get("/admin/audit").await;
    assert!(!log.answer.text().contains(&token));
}

async fn a_form_sent_again_issues_no_second_token(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/api/api_management/new").await;
    let fields = [("name", "Website"), ("scopes", "read")];
    let first = admin.submit(&page, ISSUE, &fields).await;
    assert_eq!(first.status, 201);
    for _ in 0..2 {
        let again = admin.submit(&page, ISSUE, &fields).await;
        assert_eq!(again.status, 303, "{again:?}");
        let list = admin.follow(&again).await;
        assert!(list.text().contains("created already"), "{list:?}");
        assert!(!list.answer.text().contains(&secret(&first)));
        let rows = list.texts("tbody th");
        assert_eq!(rows.iter().filter(|name| *name == "Website").count(), 1);
    }
    let twins = (0..4).map(|_| async {
        let fields = [("name", "Twin"), ("scopes", "read")];
        admin.submit(&page, ISSUE, &fields).await.status
    });
    let mut twins = futures_util::future::join_all(twins).await;
    twins.sort_unstable();
    assert_eq!(
        twins,
        [201, 303, 303, 303],
        "another body is another token, once"
    );
    let refused = admin
        .submit(&page, ISSUE, &[("name", ""), ("scopes", "read")])
        .await;
    assert_eq!(refused.status, 422);
    let mended = admin.submit(&refused, ISSUE, &[("name", "Mended")]).await;
    assert_eq!(mended.status, 201, "what was refused uses nothing up");
}

async fn a_call_with_two_tokens_is_refused(app: TestApp) {
    let own = app.token(ALICE);
    for (one, other) in [(own, own), (own, "made-up"), ("made-up", own)] {
        let api = app.api_with(Some(one));
        let request = api.request(reqwest::Method::GET, "lead_statuses");
        let answer = api.send(request.header("authtoken", other)).await;
        assert_eq!(answer.status, 401, "{one} {other}");
        let metrics = app.visitor();
        let request = metrics.request(reqwest::Method::GET, "/metrics");
        let request = request.header("x-forwarded-for", "203.0.113.9");
        let request = request.header("authtoken", one).header("authtoken", other);
        assert_eq!(metrics.send(request).await.status, 401);
    }
    let api = app.api(ALICE);
    let request = api.request(reqwest::Method::POST, "lead_statuses");
    let request = request
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    let body = serde_json::json!({"name": "Twice", "color": "#123456", "kind": "open"});
    assert_eq!(api.send(request.json(&body)).await.status, 422, "two keys");
}

async fn a_token_expires_after_its_days(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let fields = [("name", "Short"), ("scopes", "read"), ("expires_days", "1")];
    let token = secret(&issue(&admin, &fields).await);
    let api = app.api_with(Some(&token));
    assert_eq!(api.get("lead_statuses").await.status, 200);
    app.clock.advance(86_401);
    assert_eq!(api.get("lead_statuses").await.status, 401);
    let fields = [("name", "Long"), ("scopes", "read"), ("expires_days", "0")];
    let admin = app.signed_in(ALICE).await;
    let refused = issue(&admin, &fields).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form(ISSUE).value("expires_days"), Some("0"));
}

async fn a_token_is_revoked_after_asking_and_then_refused(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let token = secret(&issue(&admin, &[("name", "Website"), ("scopes", "read")]).await);
    let api = app.api_with(Some(&token));
    let list = admin.get("/admin/api/api_management").await;
    let page = admin
        .submit(&list, "tbody form[action$='/revoke']", &[])
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(api.get("lead_statuses").await.status, 200, "only asked");
    let done = admin.submit(&page, "form[action$='/revoke']", &[]).await;
    assert_eq!(done.status, 303);
    assert_eq!(api.get("lead_statuses").await.status, 401);
    let all = admin.get("/admin/api/api_management?state=all").await;
    assert!(all.text().contains("Revoked"));
}

async fn a_token_never_reaches_above_its_owner(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/api/api_management/new").await;
    let id_of = |name: &str| {
        let mut options = page.all("select[name=owner] option").into_iter();
        let found = options.find(|option| option.text().any(|text| text.contains(name)));
        found.and_then(|option| option.attr("value")).unwrap()
    };
    for (name, scope, status) in [
        ("Radu", "delete", 422),
        ("Vera", "write", 422),
        ("Radu", "write", 201),
        ("Mara", "delete", 201),
    ] {
        let fields = [("name", "T"), ("owner", id_of(name)), ("scopes", scope)];
        let answer = issue(&admin, &fields).await;
        assert_eq!(answer.status, status, "{name} {scope}");
        let shown = answer.attributes(".error-summary a", "href");
        assert_eq!(shown.len(), usize::from(status == 422));
        assert!(shown.iter().all(|at| at == "#f-scopes"));
    }
    for owner in ["999999", "x", "-1"] {
        let fields = [("name", "N"), ("owner", owner), ("scopes", "read")];
        assert_eq!(issue(&admin, &fields).await.status, 422, "{owner}");
    }
}

async fn the_terminal_prints_the_token_alone_on_its_last_line(app: TestApp) {
    let add = |owner: &str, scopes: &str| {
        let arguments = [
            "token", "add", "--owner", owner, "--name", "cli", "--scopes", scopes,
        ];
        app.program(&arguments, "")
    };
    let done = add(ALICE.email, "read,delete");
    let output = String::from_utf8(done.stdout).unwrap();
    let token = output.lines().last().unwrap();
    let api = app.api_with(Some(token));
    assert_eq!(api.get("lead_statuses").await.status, 200);
    assert_eq!(add("radu@example.com", "delete").status.code(), Some(1));
    assert_eq!(add("nobody@example.com", "read").status.code(), Some(1));
    assert_eq!(add(ALICE.email, "fly").status.code(), Some(2));
}
