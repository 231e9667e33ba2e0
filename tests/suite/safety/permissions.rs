//! Permissions: every route with every role, with every kind of token, and without signing in.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use super::{Route, routes};
use crate::support::{ALICE, Api, Browser, DAN, MARA, Person, RADU, TestApp, VERA};

both!(
    every_route_admits_exactly_the_roles_in_its_line,
    a_scope_is_asked_for_by_the_method
);

/// The roles that may use a route. Others get 403, or 404 where the route is hidden from them.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Who {
    Everyone,
    SignedIn,
    Exporters,
    /// Those who may change leads, if only their own.
    Writers,
    /// Those who may change the leads of everyone.
    Managers,
    Admins,
    AdminsHidden,
}

impl Who {
    fn includes(self, person: Person) -> bool {
        match self {
            Who::Everyone | Who::SignedIn => true,
            Who::Exporters => person != RADU,
            Who::Writers => person != VERA,
            Who::Managers => person == MARA || person == ALICE,
            Who::Admins | Who::AdminsHidden => person == ALICE,
        }
    }
}

use Who::{Admins, AdminsHidden, Everyone, Exporters, Managers, SignedIn, Writers};

/// The route table again, independent of the program.
const TABLE: &[(&str, &str, Who)] = &[
    ("GET", "/", SignedIn),
    ("GET", "/admin", SignedIn),
    ("GET", "/admin/leads/mine", SignedIn),
    ("GET", "/healthz", Everyone),
    ("GET", "/readyz", Everyone),
    ("GET", "/metrics", Everyone),
    ("GET", "/admin/login", Everyone),
    ("POST", "/admin/login", Everyone),
    ("GET", "/admin/setup", Everyone),
    ("POST", "/admin/setup", Everyone),
    ("GET", "/admin/profile", SignedIn),
    ("POST", "/admin/profile", SignedIn),
    ("POST", "/admin/profile/time_zone", SignedIn),
    ("POST", "/admin/profile/password", SignedIn),
    ("POST", "/admin/profile/sessions/end_others", SignedIn),
    ("POST", "/admin/profile/sessions/{id}/end", SignedIn),
    ("GET", "/admin/forms/{id}", SignedIn),
    ("GET", "/admin/users", AdminsHidden),
    ("POST", "/admin/users", AdminsHidden),
    ("GET", "/admin/users/new", AdminsHidden),
    ("GET", "/admin/users/{id}/edit", AdminsHidden),
    ("POST", "/admin/users/{id}", AdminsHidden),
    ("POST", "/admin/users/{id}/password", AdminsHidden),
    ("POST", "/admin/users/{id}/disable", AdminsHidden),
    ("POST", "/admin/users/{id}/enable", AdminsHidden),
    ("GET", "/admin/audit", AdminsHidden),
    ("GET", "/admin/api/api_management", AdminsHidden),
    ("POST", "/admin/api/api_management", AdminsHidden),
    ("GET", "/admin/api/api_management/new", AdminsHidden),
    (
        "POST",
        "/admin/api/api_management/{id}/revoke",
        AdminsHidden,
    ),
    ("GET", "/admin/leads", SignedIn),
    ("POST", "/admin/leads/bulk", SignedIn),
    ("GET", "/admin/leads/bulk/{id}", SignedIn),
    ("GET", "/admin/leads/board", SignedIn),
    ("GET", "/admin/leads/stuck", SignedIn),
    ("GET", "/admin/reports/pipeline", SignedIn),
    ("GET", "/admin/reports/pipeline/visits", SignedIn),
    ("GET", "/admin/reports/pipeline/curves.csv", SignedIn),
    ("GET", "/admin/reports/pipeline/flow.csv", SignedIn),
    ("GET", "/admin/reports/pipeline/funnel.csv", SignedIn),
    ("GET", "/admin/reports/pipeline/limits.csv", SignedIn),
    ("GET", "/admin/reports/pipeline/over-time.csv", SignedIn),
    ("GET", "/admin/reports/pipeline/time.csv", SignedIn),
    ("POST", "/admin/reports/pipeline/limits/{id}", Admins),
    ("POST", "/admin/leads/{id}/move", Writers),
    ("GET", "/admin/leads/statuses", SignedIn),
    ("POST", "/admin/leads/statuses", Admins),
    ("GET", "/admin/leads/statuses/new", Admins),
    ("POST", "/admin/leads/statuses/bulk", Exporters),
    ("GET", "/admin/reports/handoffs", SignedIn),
    ("GET", "/admin/reports/compliance", SignedIn),
    ("GET", "/admin/reports/compliance/{id}", SignedIn),
    ("GET", "/api/reports/handoffs", SignedIn),
    ("GET", "/api/reports/compliance", SignedIn),
    ("GET", "/admin/leads/statuses/dictionary", SignedIn),
    ("POST", "/admin/leads/statuses/{id}/read", SignedIn),
    ("GET", "/admin/leads/statuses/export", Exporters),
    ("POST", "/admin/leads/statuses/undo", Admins),
    ("GET", "/admin/leads/statuses/import", Admins),
    ("POST", "/admin/leads/statuses/import", Admins),
    ("GET", "/admin/leads/statuses/sets", Admins),
    ("POST", "/admin/leads/statuses/sets", Admins),
    ("GET", "/admin/leads/statuses/{id}", SignedIn),
    ("POST", "/admin/leads/statuses/{id}", Admins),
    ("GET", "/admin/leads/statuses/{id}/edit", Admins),
    ("POST", "/admin/leads/statuses/{id}/archive", Admins),
    ("POST", "/admin/leads/statuses/{id}/restore", Admins),
    ("POST", "/admin/leads/statuses/{id}/delete", Admins),
    ("POST", "/admin/leads/statuses/{id}/default", Admins),
    ("POST", "/admin/leads/statuses/{id}/converted", Admins),
    ("POST", "/admin/leads/statuses/{id}/move", Admins),
    ("POST", "/admin/leads", Writers),
    ("GET", "/admin/leads/new", Writers),
    ("GET", "/admin/leads/{id}", SignedIn),
    ("POST", "/admin/leads/{id}", Writers),
    ("GET", "/admin/leads/{id}/edit", Writers),
    ("POST", "/admin/leads/{id}/status", Writers),
    ("GET", "/admin/leads/{id}/pause", Writers),
    ("GET", "/admin/leads/offers", Writers),
    ("GET", "/admin/leads/{id}/handoff", Writers),
    ("POST", "/admin/leads/{id}/handoff", Writers),
    ("POST", "/api/leads/{id}/handoff", Writers),
    ("POST", "/admin/leads/{id}/pause", Writers),
    ("POST", "/admin/leads/{id}/notes", Writers),
    ("POST", "/admin/leads/{id}/void", Writers),
    ("POST", "/admin/leads/{id}/visits/{visit}/void", Writers),
    ("POST", "/admin/leads/{id}/delete", Managers),
    ("POST", "/admin/leads/{id}/restore", Managers),
    ("GET", "/admin/leads/import", Managers),
    ("POST", "/admin/leads/import", Managers),
    ("GET", "/admin/leads/import/{id}", Managers),
    ("GET", "/admin/leads/import/{id}/problems.csv", Managers),
    ("GET", "/admin/leads/imports", Managers),
    ("GET", "/admin/leads/imports/{id}/undo", Managers),
    ("POST", "/admin/leads/imports/{id}/undo", Managers),
    ("GET", "/admin/leads/export", Exporters),
    ("GET", "/api/docs", Everyone),
    ("GET", "/api/openapi.json", Everyone),
    ("GET", "/api/reports/conversion", SignedIn),
    ("GET", "/api/reports/flow", SignedIn),
    ("GET", "/api/reports/time_in_status", SignedIn),
    ("GET", "/api/lead_statuses", SignedIn),
    ("POST", "/api/lead_statuses", Admins),
    ("PUT", "/api/lead_statuses/order", Admins),
    ("GET", "/api/lead_statuses/{id}", SignedIn),
    ("GET", "/api/lead_statuses/{id}/definitions", SignedIn),
    ("PUT", "/api/lead_statuses/{id}", Admins),
    ("DELETE", "/api/lead_statuses/{id}", Admins),
    ("DELETE", "/api/delete/lead_statuses/{id}", Admins),
    ("GET", "/api/leads", SignedIn),
    ("POST", "/api/leads", Writers),
    ("GET", "/api/leads/search", SignedIn),
    ("GET", "/api/leads/search/{term}", SignedIn),
    ("GET", "/api/changes", SignedIn),
    ("POST", "/api/changes/{id}/undo", Managers),
    ("GET", "/api/lead_sources", SignedIn),
    ("GET", "/api/custom_fields/leads", SignedIn),
    ("GET", "/api/staffs", SignedIn),
    ("GET", "/api/leads/{id}", SignedIn),
    ("PUT", "/api/leads/{id}", Writers),
    ("DELETE", "/api/leads/{id}", Managers),
    ("DELETE", "/api/delete/leads/{id}", Managers),
    ("POST", "/api/leads/{id}/status", Writers),
    ("POST", "/api/leads/{id}/pause", Writers),
    ("POST", "/api/leads/{id}/restore", Managers),
    ("GET", "/api/leads/{id}/visits", SignedIn),
    ("POST", "/api/leads/{id}/visits/{visit}/void", Writers),
    ("GET", "/api/leads/{id}/notes", SignedIn),
    ("POST", "/api/leads/{id}/notes", Writers),
    // The last row, because it ends the session of the test.
    ("POST", "/admin/logout", SignedIn),
];

fn name(route: &Route) -> (String, String) {
    (route.method.clone(), route.path.clone())
}

/// An id that exists, for a path: the second status, Dan, Dan's token.
fn with_ids(path: &str) -> String {
    let id = match path {
        _ if path.contains("/statuses/") || path.contains("/lead_statuses/") => "2",
        // No session has this id: the one of the test must go on.
        _ if path.contains("/sessions/") => "4711",
        // A token and a user that no other request of this test needs.
        _ => "5",
    };
    path.replace("{id}", id)
        .replace("{visit}", "1")
        .replace("{term}", "ana")
}

async fn every_route_admits_exactly_the_roles_in_its_line(app: TestApp) {
    let listed: BTreeSet<_> = routes(&app).iter().map(name).collect();
    let known: BTreeSet<_> = TABLE
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    let apart: Vec<_> = listed.symmetric_difference(&known).collect();
    assert!(
        apart.is_empty(),
        "routes without a row, or rows without a route: {apart:#?}"
    );
    strangers_are_refused(&app).await;
    for person in [RADU, VERA, MARA, ALICE] {
        let browser = app.signed_in(person).await;
        let csrf = browser.get("/admin/profile").await.csrf();
        for (method, path, who) in TABLE {
            let status = match is_call(path) {
                true => call(&app.api(person), method, path).await,
                false => visit(&browser, method, path, &csrf).await.0,
            };
            let denied = if *who == AdminsHidden { 404 } else { 403 };
            let is_let_in = status != 401 && status != denied;
            assert_eq!(
                is_let_in,
                who.includes(person),
                "{} {method} {path}: {status}",
                person.role
            );
            assert!(status < 500, "{method} {path}: {status}");
        }
    }
}

fn is_call(path: &str) -> bool {
    path.starts_with("/api/") && !["/api/docs", "/api/openapi.json"].contains(&path)
}

async fn call(api: &Api, method: &str, path: &str) -> u16 {
    let method: Method = method.parse().expect("a method");
    let path = with_ids(path).replacen("/api/", "", 1);
    let request = api.request(method.clone(), &path);
    let request = if method == Method::GET {
        request
    } else {
        request.json(&json!({}))
    };
    api.send(request).await.status
}

async fn visit(browser: &Browser, method: &str, path: &str, csrf: &str) -> (u16, String) {
    let page = match method {
        "GET" => browser.get(&with_ids(path)).await,
        _ => browser.post(&with_ids(path), &[("csrf", csrf)]).await,
    };
    (page.status, page.answer.header("location").to_owned())
}

/// Requests without a session, of disabled users, and with a session in place of a token.
async fn strangers_are_refused(app: &TestApp) {
    let (stranger, session) = (app.visitor(), app.signed_in(ALICE).await);
    let csrf = stranger.get("/admin/login").await.csrf();
    for (method, path, who) in TABLE.iter().filter(|(_, _, who)| *who != Everyone) {
        if is_call(path) {
            for api in [
                app.api_with(None),
                app.api_with(Some("made-up")),
                app.api(DAN),
            ] {
                assert_eq!(call(&api, method, path).await, 401, "{method} {path}");
            }
            let request = session.request(method.parse().expect("a method"), &with_ids(path));
            assert_eq!(
                session.send(request).await.status,
                401,
                "a cookie at {method} {path}"
            );
            continue;
        }
        let (status, location) = visit(&stranger, method, path, &csrf).await;
        assert_eq!(status, 303, "{method} {path} ({who:?})");
        assert!(
            location.starts_with("/admin/login"),
            "{method} {path}: {location}"
        );
    }
}

async fn a_scope_is_asked_for_by_the_method(app: TestApp) {
    let issue = |scopes: &str| {
        let line = [
            "token",
            "add",
            "--owner",
            ALICE.email,
            "--name",
            "narrow",
            "--scopes",
            scopes,
        ];
        let done = app.program(&line, "");
        assert!(done.status.success());
        String::from_utf8(done.stdout)
            .expect("UTF-8")
            .trim_end()
            .lines()
            .last()
            .expect("a token")
            .to_owned()
    };
    for (scope, allowed) in [
        ("read", ["GET"].as_slice()),
        ("write", &["POST", "PUT"]),
        ("delete", &["DELETE"]),
    ] {
        let api = app.api_with(Some(&issue(scope)));
        for (method, path, _) in TABLE.iter().filter(|(_, path, _)| is_call(path)) {
            let status = call(&api, method, path).await;
            assert_eq!(
                status != 403,
                allowed.contains(method),
                "{scope} {method} {path}: {status}"
            );
        }
    }
}
