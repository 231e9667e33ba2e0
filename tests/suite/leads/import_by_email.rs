//! Leads that are found by their e-mail addresses, likely duplicates, and what was changed since a file was made.

use serde_json::json;

use super::files::{assert_sound, leads_of, write};
use super::real_files::{PLAN, import, upload};
use crate::support::{ALICE, MARA, TestApp};

both!(
    leads_are_found_by_their_addresses,
    an_address_of_two_leads_or_two_lines_is_refused,
    a_reference_of_another_lead_is_refused,
    the_page_matches_by_address,
    new_leads_that_are_here_already_are_shown,
    what_changed_here_since_the_file_was_made_is_shown,
    an_unknown_choice_is_refused,
);

const BY_EMAIL: [&str; 2] = ["--match", "email"];
const HERE: &str = "external_ref,name,email,phone\n\
    h1,Ana,Ana@Example.com,0722 111 222\nh2,Dan,dan@example.com,\n,Eva,eva@example.com,\n";

async fn leads_are_found_by_their_addresses(app: TestApp) {
    assert_eq!(import(&app, HERE.as_bytes(), &[]).0, 0);
    let file = "external_ref,external_system,name,email,phone\n\
        z1,Zoho,Ana Pop,ANA@example.com,1\nz2,Zoho,Eva Ene,eva@example.com,\n,,Bob,,\n,,Zed,zed@example.com,\n";
    let (code, stdout, stderr) = import(&app, file.as_bytes(), &BY_EMAIL);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.contains("2 new, 2 changed"), "{stdout}");
    let leads = leads_of(&app).await;
    let texts = |index: usize| {
        let fields = &leads[index].fields;
        [
            fields.name.as_str(),
            fields.email.as_str(),
            fields.external_ref.as_str(),
            fields.external_system.as_str(),
        ]
    };
    // A lead keeps its reference, and gets one if it has none.
    assert_eq!(texts(0), ["Ana Pop", "ANA@example.com", "h1", ""]);
    assert_eq!(texts(2), ["Eva Ene", "eva@example.com", "z2", "Zoho"]);
    assert_eq!((texts(3)[0], texts(4)[0]), ("Bob", "Zed"));
    let again = "name,email\nAna Pop,ANA@example.com\nZed,zed@example.com\n";
    let (_, stdout, _) = import(&app, again.as_bytes(), &BY_EMAIL);
    assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    assert_sound(&app);
}

async fn an_address_of_two_leads_or_two_lines_is_refused(app: TestApp) {
    let here = format!("{HERE}h3,Ann,ANA@EXAMPLE.COM,\n");
    assert_eq!(import(&app, here.as_bytes(), &[]).0, 0);
    let file = "name,email\nX,ana@example.com\nY,new@example.com\nZ,dan@example.com\nW,New@example.com\n,\n";
    let (code, stdout, _) = import(&app, file.as_bytes(), &BY_EMAIL);
    assert_eq!(code, 1, "{stdout}");
    for sentence in [
        "line 2: email: Several leads have this e-mail address, such as Ana and Ann",
        "line 5: email: Line 3 has the same e-mail address",
    ] {
        assert!(stdout.contains(sentence), "{sentence}: {stdout}");
    }
    assert!(!stdout.contains("line 4:"), "{stdout}");
    assert_eq!(leads_of(&app).await.len(), 4);
    let good = [&BY_EMAIL[..], &["--skip-bad-lines"]].concat();
    let (code, stdout, _) = import(&app, file.as_bytes(), &good);
    assert_eq!(code, 0, "{stdout}");
    let names: Vec<String> = leads_of(&app)
        .await
        .iter()
        .map(|lead| lead.fields.name.to_string())
        .collect();
    assert_eq!(names, ["Ana", "Z", "Eva", "Ann", "Y"]);
    // A lead in the bin has its address no longer.
    let api = app.api(ALICE);
    assert_eq!(api.delete("leads/4").await.status, 200);
    let (code, stdout, _) = import(&app, b"name,email\nAna B,ana@example.com\n", &BY_EMAIL);
    assert_eq!(code, 0, "{stdout}");
    assert_eq!(leads_of(&app).await[0].fields.name.as_str(), "Ana B");
}

async fn a_reference_of_another_lead_is_refused(app: TestApp) {
    assert_eq!(import(&app, HERE.as_bytes(), &[]).0, 0);
    let file = "external_ref,name,email\nh1,X,dan@example.com\nh2,Y,new@example.com\n";
    let (code, stdout, _) = import(&app, file.as_bytes(), &BY_EMAIL);
    assert_eq!(code, 1, "{stdout}");
    for sentence in [
        "line 2: external_ref: This reference belongs to Ana",
        "line 3: external_ref: This reference belongs to Dan",
    ] {
        assert!(stdout.contains(sentence), "{sentence}: {stdout}");
    }
    // An export is matched by its addresses too.
    let (_, exported, _) = app.run(&["export", "leads"]);
    let (code, stdout, _) = import(&app, exported.as_bytes(), &BY_EMAIL);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.ends_with("No changes.\n"), "{stdout}");
}

async fn the_page_matches_by_address(app: TestApp) {
    assert_eq!(import(&app, HERE.as_bytes(), &[]).0, 0);
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    let file = ("file", "a.csv", &b"name,email\nAnna,ana@example.com\n"[..]);
    let by_email = [("match", "email")];
    let preview = browser
        .upload(&page, "form[enctype]", file, &by_email)
        .await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.form(PLAN).value("match"), Some("email"));
    assert!(
        preview.text().contains("Before: Ana After: Anna"),
        "{preview:?}"
    );
    let done = browser.submit(&preview, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(leads_of(&app).await[0].fields.name.as_str(), "Anna");
    let file = ("file", "b.csv", &b"name,phone\nAnna,1\n"[..]);
    let refused = browser
        .upload(&page, "form[enctype]", file, &by_email)
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("Choose the column with the e-mail addresses"),
        "{refused:?}"
    );
}

async fn new_leads_that_are_here_already_are_shown(app: TestApp) {
    let here = format!("{HERE}h4,Acme,,0040722333444\n");
    assert_eq!(import(&app, here.as_bytes(), &[]).0, 0);
    let api = app.api(ALICE);
    let body = json!({"name": "Ștefan Pop", "company": "Țiriac SRL"});
    assert_eq!(api.post("leads", body).await.status, 201);
    let file = "name,company,email,phone\nA,,EVA@example.com,\nB,,,+40 (722) 333-444\n\
        stefan pop,tiriac srl,,\nStefan Pop,,,\nNew,,new@example.com,0722 999 888\n";
    let (code, stdout, _) = import(&app, file.as_bytes(), &["--dry-run"]);
    assert_eq!(code, 0, "{stdout}");
    for sentence in [
        "3 new leads are probably here already",
        "Line 2: A has the e-mail address of Eva",
        "Line 3: B has the phone number of Acme",
        "Line 4: stefan pop has the name and company of Ștefan Pop",
    ] {
        assert!(stdout.contains(sentence), "{sentence}: {stdout}");
    }
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert!(
        preview.has("#plan-similar") && preview.has("a[href='/admin/leads/3']"),
        "{preview:?}"
    );
    let known = "external_ref,name,email\nh1,Ana,eva@example.com\n";
    let (_, stdout, _) = import(&app, known.as_bytes(), &["--dry-run"]);
    assert!(
        !stdout.contains("probably here"),
        "a known lead is no new one: {stdout}"
    );
}

async fn what_changed_here_since_the_file_was_made_is_shown(app: TestApp) {
    assert_eq!(import(&app, HERE.as_bytes(), &[]).0, 0);
    let api = app.api(ALICE);
    let changed = api.put("leads/1", json!({"phone": "0733"})).await;
    assert_eq!(changed.status, 200);
    let file = "external_ref,name\nh1,Anna\n";
    let name = write(&app, "a.csv", file.as_bytes());
    let before = [
        "import",
        "leads",
        &name,
        "--dry-run",
        "--made-at",
        "2020-01-01",
    ];
    let (code, stdout, _) = app.run(&before);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("1 lead changed here since the file was made, such as Ana"),
        "{stdout}"
    );
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    let sent = ("file", "a.csv", file.as_bytes());
    let warning = "was changed here since the file was made";
    let early = [("made_at", "2020-01-01T10:00")];
    let preview = browser.upload(&page, "form[enctype]", sent, &early).await;
    assert!(preview.text().contains(warning), "{preview:?}");
    assert_eq!(
        preview.form(PLAN).value("made_at"),
        Some("2020-01-01T10:00")
    );
    app.clock.advance(7_200);
    let made = lead_statuses::clock::Timestamp(app.clock.now().0 - 3_600_000_000).rfc3339();
    let late = [("made_at", &made[..16])];
    let preview = browser.upload(&page, "form[enctype]", sent, &late).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert!(!preview.text().contains(warning), "{preview:?}");
    let refused = browser
        .upload(&page, "form[enctype]", sent, &[("made_at", "then")])
        .await;
    assert_eq!(refused.status, 422, "{refused:?}");
}

async fn an_unknown_choice_is_refused(app: TestApp) {
    for options in [&["--match", "phone"][..], &["--made-at", "then"]] {
        let (code, _, stderr) = import(&app, HERE.as_bytes(), options);
        assert_eq!(code, 2, "{options:?}: {stderr}");
    }
    let (code, stdout, stderr) = import(&app, b"name\nAna\n", &BY_EMAIL);
    assert_eq!(code, 1, "{stdout}");
    assert!(
        stderr.contains("Choose the column with the e-mail addresses"),
        "{stderr}"
    );
    let visits = write(&app, "v.csv", b"external_ref,status,entered_at\n");
    let (code, _, stderr) = app.run(&["import", "visits", &visits, "--match", "email"]);
    assert_eq!(code, 2, "{stderr}");
}
