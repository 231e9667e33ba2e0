//! The audit log.

use crate::support::{ALICE, MARA, TestApp};

both!(
    what_people_do_is_in_the_log_without_secrets,
    a_change_is_one_line_with_times_as_people_read_them,
    the_log_is_turned_page_by_page,
    filters_narrow_the_log,
    the_log_can_t_be_altered,
);

async fn what_people_do_is_in_the_log_without_secrets(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let page = admin.get("/admin/profile").await;
    let about = "form[action='/admin/profile']";
    admin.submit(&page, about, &[("name", "Alice P.")]).await;
    let password = "form[action='/admin/profile/password']";
    let new = "violet trams under oaks";
    let fields = [("current", ALICE.password), ("password", new)];
    admin.submit(&page, password, &fields).await;
    let log = admin.get("/admin/audit").await;
    let words = log.text();
    for shown in [
        "Signed in",
        "New password",
        "Before: Alice Pop After: Alice P.",
        "Page",
    ] {
        assert!(words.contains(shown), "{shown}: {words}");
    }
    for secret in [new, ALICE.password, "argon2"] {
        assert!(!log.answer.text().contains(secret));
    }
}

async fn a_change_is_one_line_with_times_as_people_read_them(app: TestApp) {
    use crate::leads::fixtures::{create_lead, move_lead};
    let admin = app.signed_in(ALICE).await;
    let lead = create_lead(&app, "Ana", Some(MARA)).await;
    move_lead(&app, &lead, "Contacted").await;
    let log = admin.get("/admin/audit?subject=lead&action=move").await;
    let row = log.texts("tbody tr").concat();
    assert!(
        row.contains("Before: New After: Contacted") && row.contains("Just now"),
        "{row}"
    );
    let iso = app.clock.now().rfc3339();
    assert!(!row.contains(&iso), "{row}");
    // One line: the summary tells every field, and the rest is folded behind it.
    assert_eq!(log.all("tbody details > summary").len(), 1);
    assert!(!log.has("tbody th br") && !log.has("tbody td > dl"));
    let times = log.attributes("tbody td:last-child time", "title");
    assert!(
        times[0].ends_with("UTC"),
        "the exact time is there: {times:?}"
    );
}

async fn the_log_is_turned_page_by_page(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    let mut tokens = 0;
    while tokens < 60 {
        let page = admin.get("/admin/profile").await;
        let name = format!("Alice {tokens}");
        let form = "form[action='/admin/profile']";
        admin.submit(&page, form, &[("name", &name)]).await;
        tokens += 1;
    }
    let first = admin.get("/admin/audit?action=update").await;
    assert_eq!(first.all("tbody tr").len(), 50);
    assert!(first.text().contains("Alice 59"));
    let older = first.attributes("a[rel=next]", "href").remove(0);
    let second = admin.get(&older).await;
    assert_eq!(second.all("tbody tr").len(), 10);
    assert!(!second.has("a[rel=next]"), "these are the oldest");
    assert!(second.text().contains("Alice 0"));
    let newer = second.attributes("a[rel=prev]", "href").remove(0);
    let again = admin.get(&newer).await;
    assert_eq!(again.texts("tbody td code"), first.texts("tbody td code"));
    assert!(!again.has("a[rel=prev]"), "these are the newest");
}

async fn filters_narrow_the_log(app: TestApp) {
    let admin = app.signed_in(ALICE).await;
    app.signed_in(MARA).await;
    let rows = |page: &crate::support::Page| page.all("tbody tr").len();
    let signed_in = admin.get("/admin/audit?action=sign-in").await;
    assert_eq!(rows(&signed_in), 2);
    assert_eq!(signed_in.all(".chip").len(), 1);
    let from_cli = admin.get("/admin/audit?door=cli&subject=user").await;
    assert!(rows(&from_cli) >= 5, "the people were made at the terminal");
    let future = admin.get("/admin/audit?from=2999-01-01").await;
    assert!(future.has(".empty"));
    let past = admin.get("/admin/audit?to=2001-01-01&person=program").await;
    assert!(past.has(".empty"));
    let odd = admin
        .get("/admin/audit?action=dance&from=soon&before=x&person=-3&door=window")
        .await;
    assert_eq!(rows(&odd), 0, "what isn't understood is never everything");
    assert_eq!(odd.texts(".unreadable p").len(), 4, "each filter is named");
    let user = admin.get("/admin/audit?subject=user&id=1").await;
    assert!(
        user.texts("tbody th")
            .iter()
            .all(|row| row.contains("User"))
    );
}

async fn the_log_can_t_be_altered(app: TestApp) {
    use diesel::RunQueryDsl;
    for statement in [
        "update audit_entries set actor = 'nobody'",
        "delete from audit_entries",
    ] {
        let done = app
            .db
            .write(move |conn| Ok(diesel::sql_query(statement).execute(conn)?))
            .await;
        assert!(done.is_err(), "{statement}");
    }
}
