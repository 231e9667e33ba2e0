//! Leads of several systems: references are unique within their system, and files are matched within it.

use serde_json::{Value, json};

use super::files::{assert_sound, leads_of, write};
use super::real_files::{PLAN, import, upload};
use crate::support::{ALICE, Api, MARA, TestApp};

both!(
    a_reference_is_unique_within_its_system,
    a_file_is_matched_within_its_system,
    histories_go_to_the_leads_of_their_system,
    a_file_of_another_system_that_meets_known_references_is_warned_of,
    the_page_matches_within_a_system_and_remembers_its_spelling,
    systems_are_exported_and_imported_unchanged,
    the_system_of_a_lead_is_a_field_like_others,
);

const FILE: &str = "external_ref,name\n1,Ana\n2,Dan\n";

/// System, reference and name of each lead.
async fn system_rows(app: &TestApp) -> Vec<[String; 3]> {
    let leads = leads_of(app).await.into_iter();
    leads
        .map(|lead| {
            let fields = lead.fields;
            [
                fields.external_system.to_string(),
                fields.external_ref.to_string(),
                fields.name.to_string(),
            ]
        })
        .collect()
}

async fn post(api: &Api, system: &str, name: &str) -> (u16, Value) {
    let body = json!({"name": name, "external_ref": "7", "external_system": system});
    let answer = api.post("leads", body).await;
    (answer.status, answer.json())
}

async fn a_reference_is_unique_within_its_system(app: TestApp) {
    let api = app.api(ALICE);
    for system in ["", "HubSpot", "Zoho"] {
        assert_eq!(post(&api, system, "Ana").await.0, 201, "{system}");
        let (status, body) = post(&api, system, "Bob").await;
        assert_eq!(status, 409, "{system}: {body}");
        assert!(body["errors"]["external_ref"].is_array(), "{body}");
    }
    let lead = api.get("leads/2").await.json();
    assert_eq!(
        (&lead["external_ref"], &lead["external_system"]),
        (&json!("7"), &json!("HubSpot"))
    );
    let moved = api.put("leads/2", json!({"external_system": "Zoho"})).await;
    assert_eq!(moved.status, 409, "{}", moved.text());
    let moved = api.put("leads/2", json!({"external_system": "Odoo"})).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(api.get("leads/2").await.json()["external_system"], "Odoo");
    assert_sound(&app);
}

async fn a_file_is_matched_within_its_system(app: TestApp) {
    assert_eq!(import(&app, FILE.as_bytes(), &[]).0, 0);
    let other = "external_ref,name\n1,Zed\n3,Yan\n";
    let system = ["--system", "HubSpot"];
    let (code, stdout, _) = import(&app, other.as_bytes(), &system);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("2 new, 0 changed"), "{stdout}");
    let all = [
        ["", "1", "Ana"],
        ["", "2", "Dan"],
        ["HubSpot", "1", "Zed"],
        ["HubSpot", "3", "Yan"],
    ];
    assert_eq!(
        system_rows(&app).await,
        all.map(|lead| lead.map(str::to_owned))
    );
    let (_, stdout, _) = import(&app, other.as_bytes(), &["--system", "hubspot"]);
    assert!(stdout.ends_with("No changes.\n"), "spelling: {stdout}");
    let renamed = "external_ref,name\n1,Zoe\n";
    let (code, stdout, _) = import(&app, renamed.as_bytes(), &system);
    assert_eq!(code, 0, "{stdout}");
    let column = "external_ref,external_system,name\n1,HubSpot,Zara\n1,,Anna\n1,Zoho,New\n";
    let (code, stdout, _) = import(&app, column.as_bytes(), &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("1 new, 2 changed"), "{stdout}");
    let names: Vec<String> = system_rows(&app)
        .await
        .into_iter()
        .map(|lead| lead[2].clone())
        .collect();
    assert_eq!(names, ["Anna", "Dan", "Zara", "Yan", "New"]);
    let long = "x".repeat(101);
    assert_eq!(import(&app, FILE.as_bytes(), &["--system", &long]).0, 2);
    assert_sound(&app);
}

async fn histories_go_to_the_leads_of_their_system(app: TestApp) {
    assert_eq!(import(&app, FILE.as_bytes(), &[]).0, 0);
    assert_eq!(import(&app, FILE.as_bytes(), &["--system", "HubSpot"]).0, 0);
    let visits = "external_ref,external_system,status,entered_at\n\
        1,HubSpot,New,2020-01-01\n1,,New,2021-01-01\n1,HubSpot,Won,2020-02-01\n";
    let file = write(&app, "v.csv", visits.as_bytes());
    let (code, stdout, stderr) = app.run(&["import", "visits", &file]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let api = app.api(ALICE);
    let won = api.status_id("Won").await;
    let statuses = |id: i64| {
        let api = api.clone();
        async move { api.get(&format!("leads/{id}")).await.json()["status"].clone() }
    };
    assert_eq!(statuses(3).await, json!(won));
    assert_ne!(statuses(1).await, json!(won));
    let plain = write(
        &app,
        "w.csv",
        b"external_ref,status,entered_at\n2,Won,2020-03-01\n",
    );
    let (code, stdout, _) = app.run(&["import", "visits", &plain, "--system", "HubSpot"]);
    assert_eq!(code, 0, "{stdout}");
    assert_eq!(statuses(4).await, json!(won));
    assert_ne!(statuses(2).await, json!(won));
    assert_sound(&app);
}

async fn a_file_of_another_system_that_meets_known_references_is_warned_of(app: TestApp) {
    let here = "external_ref,name,email\n1,Ana,ana@example.com\n2,Dan,dan@example.com\n3,Eva,\n";
    assert_eq!(import(&app, here.as_bytes(), &[]).0, 0);
    let other = "Lead ID,Last Name,Company / Account,Lead Status,Email\n\
        1,Ana Maria,,New,ANA@example.com\n2,Zed,Acme,New,zed@example.com\n3,Yan,,New,\n";
    let warning =
        "2 references are used here by leads with other names, such as 2: Dan here, Zed in line 3.";
    let (code, stdout, _) = import(&app, other.as_bytes(), &["--dry-run"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains(warning), "{stdout}");
    assert!(stdout.contains("an export of Salesforce"), "{stdout}");
    let named = ["--dry-run", "--system", "Salesforce"];
    let (_, stdout, _) = import(&app, other.as_bytes(), &named);
    assert!(!stdout.contains("used here"), "{stdout}");
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", other.as_bytes()).await;
    let text = preview.text();
    assert!(
        text.contains(warning) && text.contains("an export of Salesforce"),
        "{text}"
    );
}

async fn the_page_matches_within_a_system_and_remembers_its_spelling(app: TestApp) {
    assert_eq!(import(&app, FILE.as_bytes(), &["--system", "HubSpot"]).0, 0);
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    assert!(
        page.has("datalist#systems option[value=HubSpot]"),
        "{page:?}"
    );
    let file = ("file", "a.csv", &b"external_ref,name\n1,Zed\n"[..]);
    let preview = browser
        .upload(&page, "form[enctype]", file, &[("system", "hubspot")])
        .await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.form(PLAN).value("system"), Some("hubspot"));
    assert!(
        preview.text().contains("Before: Ana After: Zed"),
        "{preview:?}"
    );
    let done = browser.submit(&preview, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(system_rows(&app).await[0], ["HubSpot", "1", "Zed"]);
}

async fn systems_are_exported_and_imported_unchanged(app: TestApp) {
    assert_eq!(import(&app, FILE.as_bytes(), &[]).0, 0);
    let (_, plain, _) = app.run(&["export", "leads"]);
    assert!(!plain.contains("external_system"), "{plain}");
    assert_eq!(import(&app, FILE.as_bytes(), &["--system", "HubSpot"]).0, 0);
    let api = app.api(ALICE);
    let body = json!({"name": "Eva", "external_system": "HubSpot"});
    assert_eq!(api.post("leads", body).await.status, 201);
    let before = leads_of(&app).await;
    for format in ["csv", "json", "xlsx"] {
        for what in ["leads", "visits"] {
            let done = app.program(&["export", what, "--format", format], "");
            let file = write(&app, &format!("out.{format}"), &done.stdout);
            let (code, stdout, stderr) = app.run(&["import", what, &file]);
            assert_eq!(
                (code, stderr.as_str()),
                (0, ""),
                "{format} {what}: {stdout}"
            );
            assert!(
                stdout.ends_with("No changes.\n"),
                "{format} {what}: {stdout}"
            );
        }
    }
    assert_eq!(leads_of(&app).await, before);
    let (_, csv, _) = app.run(&["export", "leads"]);
    let header = csv.lines().next().unwrap_or_default();
    assert!(header.ends_with(",created_at,external_system"), "{header}");
    assert!(csv.contains("lead-5,Eva,"), "{csv}");
    let (_, csv, _) = app.run(&["export", "visits"]);
    assert!(
        csv.lines()
            .next()
            .unwrap_or_default()
            .ends_with(",voided_at,external_system")
    );
}

async fn the_system_of_a_lead_is_a_field_like_others(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let form = browser.get("/admin/leads/new").await;
    let fields = [
        ("name", "Ana"),
        ("external_ref", "9"),
        ("external_system", "Zoho"),
    ];
    let made = browser.submit(&form, super::fixtures::FORM, &fields).await;
    assert_eq!(made.status, 303, "{made:?}");
    let id = leads_of(&app).await[0].id;
    let path = format!("/admin/leads/{id}");
    let edit = browser.get(&format!("{path}/edit")).await;
    assert_eq!(
        edit.form("form.card").value("external_system"),
        Some("Zoho")
    );
    let saved = browser
        .submit(&edit, "form.card", &[("external_system", "Odoo")])
        .await;
    assert_eq!(saved.status, 303, "{saved:?}");
    let shown = browser.get(&path).await.text();
    assert!(shown.contains("External system Odoo"), "{shown}");
    assert!(
        shown.contains("Zoho"),
        "the history has the former one: {shown}"
    );
    // A second edit from the same page meets the first one.
    let again = browser
        .submit(&edit, "form.card", &[("external_system", "Perfex")])
        .await;
    assert_eq!(again.status, 409, "{again:?}");
}
