//! Users: accounts, roles, and who may sign in.

use crate::support::{ALICE, Browser, MARA, Page, Person, RADU, TestApp, VERA};

both!(
    only_administrators_see_users,
    a_new_user_signs_in_with_the_password_given,
    an_address_belongs_to_one_user_whatever_its_case,
    an_invalid_form_keeps_what_was_typed,
    a_lost_role_counts_at_the_next_request,
    a_disabled_user_is_out_at_once_and_back_when_enabled,
    the_last_administrator_stays_one,
    a_password_set_by_another_ends_all_sessions,
    a_search_finds_names_without_accents,
    what_is_typed_at_the_terminal_is_judged_alike,
);

const ADD: &str = "form[action='/admin/users']";
const NEW: &str = "violet trams under oaks";

/// The page of the user with this name.
async fn page_of(admin: &Browser, who: Person) -> Page {
    let list = admin.get("/admin/users").await;
    let links = list.all("tbody a[data-row-link]");
    let found = links
        .iter()
        .find(|link| link.text().collect::<String>() == who.name);
    admin.get(found.unwrap().attr("href").unwrap()).await
}

async fn only_administrators_see_users(app: TestApp) {
    for who in [MARA, RADU, VERA] {
        let browser = app.signed_in(who).await;
        for path in [
            "/admin/users",
            "/admin/users/new",
            "/admin/users/1/edit",
            "/admin/audit",
            "/admin/api/api_management",
        ] {
            let status = browser.get(path).await.status;
            assert_eq!(status, 404, "{} at {path}", who.name);
        }
    }
}

async fn a_new_user_signs_in_with_the_password_given(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/users/new").await;
    let ana = Person {
        name: "Ana Țurcanu",
        email: "Ana@example.com",
        password: NEW,
        role: "rep",
    };
    let fields = [
        ("name", ana.name),
        ("email", ana.email),
        ("role", ana.role),
        ("password", ana.password),
    ];
    let done = admin.submit(&page, ADD, &fields).await;
    let list = admin.follow(&done).await;
    assert!(list.text().contains(ana.name));
    let browser = app.signed_in(ana).await;
    assert_eq!(browser.get("/admin/users").await.status, 404);
}

async fn an_address_belongs_to_one_user_whatever_its_case(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/users/new").await;
    let fields = [
        ("name", "Twin"),
        ("email", "MARA@Example.COM"),
        ("role", "viewer"),
        ("password", NEW),
    ];
    let refused = admin.submit(&page, ADD, &fields).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.attributes(".error-summary a", "href"), ["#f-email"]);
    assert_eq!(refused.form(ADD).value("email"), Some("MARA@Example.COM"));
    let page = page_of(&admin, RADU).await;
    let form = format!("form[action='{}']", page.path.trim_end_matches("/edit"));
    let refused = admin
        .submit(&page, &form, &[("email", "mara@EXAMPLE.com")])
        .await;
    assert_eq!(refused.status, 422);
}

async fn an_invalid_form_keeps_what_was_typed(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/users/new").await;
    let fields = [
        ("name", " "),
        ("email", "ana at example.com"),
        ("role", "emperor"),
        ("password", "short"),
    ];
    let refused = admin.submit(&page, ADD, &fields).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.attributes(".error-summary a", "href"),
        ["#f-name", "#f-email", "#f-role", "#f-password"]
    );
    assert_eq!(refused.form(ADD).value("email"), Some("ana at example.com"));
    assert_eq!(refused.form(ADD).value("password"), Some(""));
}

async fn a_lost_role_counts_at_the_next_request(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let vera = app.signed_in(VERA).await;
    let page = page_of(&admin, VERA).await;
    let form = format!("form[action='{}']", page.path.trim_end_matches("/edit"));
    admin.submit(&page, &form, &[("role", "admin")]).await;
    assert_eq!(vera.get("/admin/users").await.status, 200);
    admin.submit(&page, &form, &[("role", "viewer")]).await;
    assert_eq!(vera.get("/admin/users").await.status, 404);
}

async fn a_disabled_user_is_out_at_once_and_back_when_enabled(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let radu = app.signed_in(RADU).await;
    let page = page_of(&admin, RADU).await;
    let done = admin.submit(&page, "form[action$='/disable']", &[]).await;
    assert_eq!(done.status, 303);
    assert_eq!(radu.get("/admin/profile").await.status, 303);
    assert_eq!(app.api(RADU).get("lead_statuses").await.status, 401);
    let page = page_of(&admin, RADU).await;
    admin.submit(&page, "form[action$='/enable']", &[]).await;
    app.signed_in(RADU).await;
    assert_eq!(app.api(RADU).get("lead_statuses").await.status, 200);
}

async fn the_last_administrator_stays_one(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = page_of(&admin, ALICE).await;
    assert!(!page.has("form[action$='/disable']"), "not oneself");
    let path = page.path.trim_end_matches("/edit").to_owned();
    let form = format!("form[action='{path}']");
    let refused = admin.submit(&page, &form, &[("role", "rep")]).await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.form(&form).value("role"), Some("rep"), "kept");
    let form = page.form(&form);
    let fields = [("csrf", form.value("csrf").unwrap())];
    let refused = admin.post(&format!("{path}/disable"), &fields).await;
    assert_eq!(refused.status, 409);
    assert_eq!(admin.get("/admin/users").await.status, 200);
    let done = app.program(&["user", "disable", ALICE.email], "");
    assert_eq!(done.status.code(), Some(1), "nor from the terminal");
}

async fn a_password_set_by_another_ends_all_sessions(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let mara = app.signed_in(MARA).await;
    let page = page_of(&admin, MARA).await;
    let form = "form[action$='/password']";
    let short = admin.submit(&page, form, &[("password", "short")]).await;
    assert_eq!(short.status, 422);
    let done = admin.submit(&page, form, &[("password", NEW)]).await;
    assert_eq!(done.status, 303);
    assert_eq!(mara.get("/admin/profile").await.status, 303);
    app.signed_in(Person {
        password: NEW,
        ..MARA
    })
    .await;
}

async fn a_search_finds_names_without_accents(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let found = admin.get("/admin/users?q=stanescu").await;
    assert_eq!(found.texts("tbody th"), [RADU.name]);
    let none = admin.get("/admin/users?q=%25&role=rep").await;
    assert!(none.has(".empty"), "a wildcard stands for itself");
    let reps = admin.get("/admin/users?role=rep").await;
    assert_eq!(reps.all("tbody tr").len(), 1);
    assert_eq!(admin.get("/admin/users?page=99").await.status, 200);
}

async fn what_is_typed_at_the_terminal_is_judged_alike(app: TestApp) {
    let add = |email: &'static str, password: &str| {
        let arguments = [
            "user",
            "add",
            "--email",
            email,
            "--name",
            "Ana",
            "--role",
            "rep",
            "--password-stdin",
        ];
        app.program(&arguments, password)
    };
    for (email, password) in [
        ("ana@example.com", "passwordpassword\n"),
        ("ana@example.com", ""),
        ("ana", NEW),
        ("MARA@example.com", NEW),
    ] {
        let done = add(email, password);
        assert_eq!(done.status.code(), Some(1), "{email}");
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
        assert!(done.stdout.is_empty());
    }
    assert!(add("ana@example.com", &format!("{NEW}\n")).status.success());
    let list = app.program(&["user", "list"], "");
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(list.contains("ana@example.com\tAna\trep\tenabled\n"));
    let wrong = app.program(&["user", "promote"], "");
    assert_eq!(wrong.status.code(), Some(2));
}
