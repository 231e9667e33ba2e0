//! How the values of a file are matched: statuses by their current name, leads by certain references, and blank
//! cells that change nothing.

use super::files::{assert_sound, leads_of, named, write};
use super::import::history;
use super::real_files::upload;
use crate::support::{ALICE, MARA, TestApp};
use serde_json::json;

both!(
    a_status_goes_by_the_name_it_has_now_before_an_old_slug,
    an_export_is_read_back_after_names_were_swapped,
    an_archived_name_decides_nothing_while_a_status_in_use_fits,
    a_blank_name_of_a_known_lead_stays,
    a_blank_name_of_a_known_status_stays,
    a_lead_without_a_reference_needs_its_exact_moment,
    a_name_means_the_enabled_user_of_that_name,
);

fn import(app: &TestApp, what: &str, name: &str, file: &str) -> (i32, String, String) {
    let name = write(app, name, file.as_bytes());
    app.run(&["import", what, &name])
}

async fn rename(app: &TestApp, from: &str, to: &str) -> i64 {
    let api = app.api(ALICE);
    let id = api.status_id(from).await;
    let done = api
        .put(&format!("lead_statuses/{id}"), json!({"name": to}))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    id
}

/// Qualified is called SQL now, and Contacted Qualified; answers both ids.
async fn swap_names(app: &TestApp) -> (i64, i64) {
    let sql = rename(app, "Qualified", "SQL").await;
    (sql, rename(app, "Contacted", "Qualified").await)
}

async fn a_status_goes_by_the_name_it_has_now_before_an_old_slug(app: TestApp) {
    let (sql, qualified) = swap_names(&app).await;
    let file = "external_ref,name,status\nq1,A,Qualified\nq2,B,SQL\n";
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let stderr = preview.text();
    for sentence in [
        "“Qualified” is imported as the status now called Qualified, not as SQL, which had this name before",
        "“SQL” is imported as SQL",
    ] {
        assert!(stderr.contains(sentence), "{sentence}: {stderr}");
    }
    let (code, stdout, stderr) = import(&app, "leads", "a.csv", file);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("not as SQL, which had this name before: 1 line."),
        "{stdout}"
    );
    let all = leads_of(&app).await;
    assert_eq!(named(&all, "q1").status_id, qualified);
    assert_eq!(named(&all, "q2").status_id, sql);

    let visits = "external_ref,status,entered_at\nq1,New,2020-01-01\nq1,qualified,2020-02-01\n\
        q2,Qualified,2020-01-01\nq2,SQL,2020-02-01\n";
    let (code, stdout, stderr) = import(&app, "visits", "v.csv", visits);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let all = leads_of(&app).await;
    assert_eq!(named(&all, "q1").status_id, qualified);
    let lead = named(&all, "q2");
    let steps: Vec<i64> = history(&app, lead.id)
        .await
        .iter()
        .map(|visit| visit.status_id)
        .collect();
    assert_eq!(steps, [qualified, sql]);
    // A current name is shown, too, with the status that it goes to.
    let plain = upload(&browser, "b.csv", b"external_ref,name,status\nq3,C,SQL\n").await;
    assert!(
        plain.text().contains("“SQL” is imported as SQL"),
        "{plain:?}"
    );
    assert_sound(&app);
}

async fn an_export_is_read_back_after_names_were_swapped(app: TestApp) {
    let (sql, qualified) = swap_names(&app).await;
    let file = "external_ref,name,status\nq1,A,Qualified\nq2,B,SQL\nq3,C,won\n";
    assert_eq!(import(&app, "leads", "a.csv", file).0, 0);
    let before = leads_of(&app).await;
    assert_eq!([before[0].status_id, before[1].status_id], [qualified, sql]);
    for what in ["leads", "visits"] {
        let (code, file, _) = app.run(&["export", what]);
        assert_eq!(code, 0);
        let (code, stdout, _) = import(&app, what, "out.csv", &file);
        assert_eq!(code, 0, "{stdout}");
        assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    }
    assert_eq!(leads_of(&app).await, before);
}

async fn an_archived_name_decides_nothing_while_a_status_in_use_fits(app: TestApp) {
    let api = app.api(ALICE);
    let sql = rename(&app, "Qualified", "SQL").await;
    for name in ["Qualified", "Cold", "Cold"] {
        let id = api.create_status(name).await;
        let done = api
            .put(&format!("lead_statuses/{id}"), json!({"archived": true}))
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    let file = "external_ref,name,status\nq1,A,Qualified\n";
    let (code, stdout, _) = import(&app, "leads", "a.csv", file);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("“Qualified” is imported as SQL, its current name: 1 line."),
        "{stdout}"
    );
    assert_eq!(named(&leads_of(&app).await, "q1").status_id, sql);
    let (code, stdout, _) = import(
        &app,
        "leads",
        "b.csv",
        "external_ref,name,status\nq2,B,Cold\n",
    );
    assert_eq!(code, 1);
    assert!(
        stdout.contains(
            "Several archived statuses are called “Cold”. Use the slug of one: cold, cold-2"
        ),
        "{stdout}"
    );
}

async fn a_blank_name_of_a_known_lead_stays(app: TestApp) {
    let file = "external_ref,name,company,status,currency\nA-1,Ana Pop,Acme,Contacted,RON\n";
    assert_eq!(import(&app, "leads", "a.csv", file).0, 0);
    let before = leads_of(&app).await;
    for (name, file) in [
        (
            "b.csv",
            "external_ref,name,company,status,currency\nA-1,,Acme,,\n",
        ),
        (
            "b.json",
            r#"[{"external_ref": "A-1", "name": null, "status": "", "currency": " "}]"#,
        ),
    ] {
        let (code, stdout, _) = import(&app, "leads", name, file);
        assert_eq!(code, 0, "{stdout}");
        assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    }
    assert_eq!(leads_of(&app).await, before);
    // A new row still gets a name.
    let file = "external_ref,name,company\nA-1,,Other\nA-2,,Other\nA-3,,\n";
    assert_eq!(import(&app, "leads", "c.csv", file).0, 0);
    let all = leads_of(&app).await;
    for (reference, name) in [("A-1", "Ana Pop"), ("A-2", "Other"), ("A-3", "A-3")] {
        assert_eq!(named(&all, reference).fields.name.as_str(), name);
    }
}

async fn a_blank_name_of_a_known_status_stays(app: TestApp) {
    let (code, stdout, stderr) = import(
        &app,
        "statuses",
        "a.csv",
        "name,slug,limit_days\n,contacted,9\n",
    );
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert_eq!(app.api(ALICE).status("Contacted").await["limit_days"], 9);
}

async fn a_lead_without_a_reference_needs_its_exact_moment(app: TestApp) {
    assert_eq!(import(&app, "leads", "a.csv", "name\nAna\nDan\n").0, 0);
    let before = leads_of(&app).await;
    let word = format!("lead-{}", before[0].id);
    let exact = lead_statuses::leads::domain::instant::format_instant(before[0].created_at);
    for (name, file) in [
        ("b.csv", format!("external_ref,name\n{word},Someone Else\n")),
        (
            "b2.csv",
            format!("external_ref,name,created_at\n{word},Someone Else,\n"),
        ),
        (
            "b.json",
            format!(r#"[{{"external_ref": "{word}", "name": "Someone Else"}}]"#),
        ),
    ] {
        let (code, stdout, _) = import(&app, "leads", name, &file);
        assert_eq!(code, 1, "{name}: {stdout}");
        let shown =
            format!("created_at: “{word}” stands for a lead without a reference in exports");
        assert!(stdout.contains(&shown), "{name}: {stdout}");
        assert_eq!(leads_of(&app).await, before, "{name}");
    }
    // Another moment: a lead from elsewhere. The same moment: this lead.
    let elsewhere = format!("external_ref,name,created_at\n{word},Someone Else,2020-01-01\n");
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "c.csv", elsewhere.as_bytes()).await;
    assert_eq!(preview.texts(".kpi-value"), ["1", "0", "0"], "{preview:?}");
    let file = format!("external_ref,name,created_at\n{word},Ana Pop,{exact}\n");
    assert_eq!(import(&app, "leads", "d.csv", &file).0, 0);
    let after = leads_of(&app).await;
    assert_eq!(after.len(), 2);
    assert_eq!(after[0].fields.name.as_str(), "Ana Pop");
    let visits = format!("external_ref,status,entered_at\n{word},Won,2020-01-01\n");
    let (code, stdout, _) = import(&app, "visits", "v.csv", &visits);
    assert_eq!(code, 1, "{stdout}");
    assert_eq!(leads_of(&app).await, after);
}

async fn a_name_means_the_enabled_user_of_that_name(app: TestApp) {
    let user = [
        "user",
        "add",
        "--email",
        "dan2@example.com",
        "--name",
        "Dan Gone",
        "--role",
        "rep",
        "--password-stdin",
    ];
    let made = app.program(&user, "dan likes long walks also");
    assert!(made.status.success(), "{made:?}");
    let (code, stdout, _) = import(
        &app,
        "leads",
        "a.csv",
        "external_ref,name,owner\nA-1,Ana,Dan Gone\n",
    );
    assert_eq!(code, 0, "{stdout}");
    assert!(!stdout.contains("several users"), "{stdout}");
    let owner = leads_of(&app).await[0].fields.owner.expect("an owner");
    let find =
        move |conn: &mut lead_statuses::db::Conn| lead_statuses::access::users::find(conn, owner);
    let user = app.db.read(find).await.unwrap();
    assert_eq!(
        user.email, "dan2@example.com",
        "the other Dan Gone is disabled"
    );
}
