//! Import of leads in the browser: upload, preview, confirmation; large files in the background.

use super::files::{assert_sound, crm, leads_of, write};
use crate::support::{ALICE, Browser, MARA, Page, Process, RADU, TestApp, VERA, ask_again};

both!(
    a_file_is_previewed_and_then_done_without_being_sent_again,
    statuses_that_do_not_exist_are_made_by_those_who_may,
    a_choice_of_columns_is_remembered,
    visits_that_are_taken_for_leads_are_reported,
    problems_are_shown_by_line_and_nothing_is_done,
    an_outdated_preview_is_shown_again,
    files_that_cannot_be_read_are_answered_in_one_sentence,
    only_those_who_manage_leads_import,
    a_large_file_goes_on_in_the_background,
    a_large_import_survives_a_crash,
);

const IMPORT: &str = "/admin/leads/import";
const UPLOAD: &str = "form[enctype]";
const PLAN: &str = "form.plan-form";

async fn send(browser: &Browser, filename: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Page {
    let page = browser.get(IMPORT).await;
    assert_eq!(page.status, 200, "{page:?}");
    browser
        .upload(&page, UPLOAD, ("file", filename, bytes), fields)
        .await
}

async fn confirm(browser: &Browser, preview: &Page) -> Page {
    assert!(preview.has("[name=confirm]"), "{preview:?}");
    browser.submit(preview, PLAN, &[("confirm", "1")]).await
}

const FILE: &str =
    "external_ref,name,owner,status,extra\nA-1,Ana,Moses Frase,New,x\nA-2,Dan,Moses Frase,Won,y\n";

async fn a_file_is_previewed_and_then_done_without_being_sent_again(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = send(&browser, "leads.csv", FILE.as_bytes(), &[]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.texts("h1"), ["Import “leads.csv”?"]);
    assert_eq!(preview.texts(".kpi-value"), ["2", "0", "0"]);
    let text = preview.text();
    assert!(
        text.contains("1 owner isn’t a user") && text.contains("Moses Frase"),
        "{text}"
    );
    assert!(text.contains("Not imported: extra"), "{text}");
    assert!(text.contains("A-1 · A-2"), "samples: {text}");
    assert!(leads_of(&app).await.is_empty(), "a preview changes nothing");
    let done = confirm(&browser, &preview).await;
    assert_eq!(done.leads_to().as_deref(), Some("/admin/leads"), "{done:?}");
    let all = leads_of(&app).await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].created_by, MARA.name);
    assert_sound(&app);
    let again = browser.submit(&preview, PLAN, &[("confirm", "1")]).await;
    assert_eq!(again.leads_to(), done.leads_to(), "it is imported once");
    assert_eq!(leads_of(&app).await.len(), 2);

    let same = send(&browser, "leads.csv", FILE.as_bytes(), &[]).await;
    assert_eq!(same.texts(".empty h2"), ["No changes"]);
    assert!(!same.has("[name=confirm]"));
    let visits = "external_ref,status,entered_at,via,actor,voided_at\nA-2,New,2020-01-01,,Zane Levy,\n\
        A-2,Lost,2020-01-02,ui,,2020-01-03\nA-2,Won,2020-02-01,,,\n";
    let preview = send(
        &browser,
        "visits.csv",
        visits.as_bytes(),
        &[("what", "visits")],
    )
    .await;
    assert_eq!(preview.texts(".kpi-value"), ["1", "0"], "{preview:?}");
    assert!(preview.text().contains("1 person isn’t a user"));
    let voided = "1 row is a move that was undone and isn’t imported.";
    assert!(preview.text().contains(voided), "{preview:?}");
    assert_eq!(confirm(&browser, &preview).await.status, 303);
    assert_eq!(
        leads_of(&app).await[1].status_since.rfc3339(),
        "2020-02-01T00:00:00Z"
    );
    assert_sound(&app);
}

async fn statuses_that_do_not_exist_are_made_by_those_who_may(app: TestApp) {
    let file = FILE.replace("New", "Limbo");
    let mara = app.signed_in(MARA).await;
    let preview = send(&mara, "a.csv", file.as_bytes(), &[]).await;
    assert!(
        preview
            .text()
            .contains("Ask an administrator to create them"),
        "{preview:?}"
    );
    assert!(!preview.has("[name=confirm]"));
    let forced = mara
        .submit(&preview, PLAN, &[("confirm", "1"), ("make_statuses", "1")])
        .await;
    assert_eq!(forced.status, 403);
    assert!(leads_of(&app).await.is_empty());

    let alice = app.signed_in(ALICE).await;
    let preview = send(&alice, "a.csv", file.as_bytes(), &[]).await;
    assert!(
        preview.text().contains("1 status doesn’t exist yet"),
        "{preview:?}"
    );
    let unmade = alice
        .submit(&preview, PLAN, &[("confirm", "1"), ("make_statuses", "")])
        .await;
    assert_eq!(unmade.status, 422);
    assert_eq!(confirm(&alice, &preview).await.status, 303);
    let made = app.api(ALICE).status("Limbo").await;
    assert_eq!(made["kind"], "open");
    let there = leads_of(&app).await[0].status_id;
    assert_eq!(made["id"], there);
    assert_sound(&app);
}

async fn a_choice_of_columns_is_remembered(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let file = crm::pipeline();
    let file = file.replacen("account,deal_stage", "acct,deal_step", 1);
    let preview = send(&browser, "p.csv", file.as_bytes(), &[]).await;
    assert_eq!(preview.status, 422, "nothing is called name or company");
    let mend = preview.attributes(".error-summary a", "href");
    assert_eq!(mend, ["#map-0"]);
    let euros = [("map-3", "name"), ("currency", "EURO")];
    let refused = browser.submit(&preview, PLAN, &euros).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let mend = refused.attributes(".error-summary a", "href");
    assert_eq!(mend, ["#f-currency"]);
    assert!(refused.has("#f-currency[aria-invalid][aria-describedby]"));
    let chosen = [
        ("map-0", "external_ref"),
        ("map-3", "name+company"),
        ("map-7", "value"),
        ("currency", "USD"),
    ];
    let euros = [&chosen[..3], &[("currency", "")]].concat();
    let guessed = browser.submit(&preview, PLAN, &euros).await;
    assert!(
        guessed
            .text()
            .contains("values without a currency are imported in EUR"),
        "{guessed:?}"
    );
    let preview = browser.submit(&preview, PLAN, &chosen).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert!(!preview.text().contains("without a currency"));
    assert_eq!(preview.texts(".kpi-value"), ["400", "0", "0"]);
    let again = send(&browser, "q.csv", file.as_bytes(), &[]).await;
    assert_eq!(again.status, 200);
    let form = again.form(PLAN);
    for (column, field) in &chosen[..3] {
        assert_eq!(form.value(column), Some(*field), "{column}");
    }
    let other = app.signed_in(ALICE).await;
    let fresh = send(&other, "p.csv", file.as_bytes(), &[]).await;
    assert_eq!(
        fresh.form(PLAN).value("map-3"),
        Some(""),
        "everyone chooses alone"
    );
    assert_eq!(confirm(&browser, &preview).await.status, 303);
    assert_eq!(leads_of(&app).await[2].fields.currency.code(), "USD");
}

async fn visits_that_are_taken_for_leads_are_reported(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let leads = write(&app, "leads.csv", FILE.as_bytes());
    assert_eq!(app.run(&["import", "leads", &leads]).0, 0);
    let file = b"external_ref,status,entered_at\nA-1,New,2020-01-01\nA-2,Won,2020-02-01\n";
    let preview = send(&browser, "v.csv", file, &[("what", "leads")]).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert!(preview.text().contains("This looks like a status history"));
    let visits = browser
        .submit(&preview, PLAN, &[("instead", "visits")])
        .await;
    assert_eq!(visits.status, 200, "{visits:?}");
    assert_eq!(visits.form(PLAN).value("what"), Some("visits"));
    assert_eq!(visits.form(PLAN).value("map-2"), Some("entered_at"));
    assert!(!visits.has("[name=instead]"));
    assert_eq!(confirm(&browser, &visits).await.status, 303);
    // Without a choice, the titles of the columns decide what the file holds.
    let nothing = send(&browser, "v.csv", file, &[("what", "")]).await;
    assert_eq!(nothing.form(PLAN).value("what"), Some("visits"));
    let nothing = send(&browser, "l.csv", FILE.as_bytes(), &[("what", "")]).await;
    assert_eq!(nothing.form(PLAN).value("what"), Some("leads"));
}

async fn problems_are_shown_by_line_and_nothing_is_done(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let file = "external_ref,name,email\nA-1,Ana,nowhere\nA-1,Dan,\n,,x@y.ro\n";
    let refused = send(&browser, "a.csv", file.as_bytes(), &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Error:"));
    assert_eq!(refused.texts("table.plan tbody th"), ["2", "3", "4"]);
    let shown = refused.texts(".error-summary li").join("\n");
    assert!(
        shown.contains("Line 3: Line 2 has the same external reference"),
        "{shown}"
    );
    assert!(!refused.has("[name=confirm]"));
    let forced = browser.submit(&refused, PLAN, &[("confirm", "1")]).await;
    assert_eq!(forced.status, 422);
    let wrong = browser
        .submit(&refused, PLAN, &[("currency", "euro")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong
            .text()
            .contains("Use a currency code of three letters")
    );
    assert!(leads_of(&app).await.is_empty());
}

async fn an_outdated_preview_is_shown_again(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = send(&browser, "a.csv", FILE.as_bytes(), &[]).await;
    let file = write(&app, "a.csv", FILE.as_bytes());
    assert_eq!(app.run(&["import", "leads", &file]).0, 0);
    let late = confirm(&browser, &preview).await;
    assert_eq!(late.status, 409, "{late:?}");
    assert!(
        late.text()
            .contains("Something has changed since the preview")
    );
    assert_eq!(leads_of(&app).await.len(), 2);
}

async fn files_that_cannot_be_read_are_answered_in_one_sentence(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let giant = [b"name\n\"".to_vec(), vec![b'x'; 3 << 20]].concat();
    let files: [(&str, &[u8], &str); 7] = [
        ("a.csv", b"", "The file is empty"),
        ("a.csv", b"name,\xc8\x99\xc8\x9b\n\xff\n", "UTF-8"),
        ("a.csv", b"name\nA\0\n", "NUL"),
        ("a.csv", b"name\n\"open\n", "never closes"),
        ("a.csv", &giant, "longer than 1 MiB"),
        ("a.json", b"{}", "array of objects"),
        ("a.xlsx", b"PK\x03\x04oops", "workbook"),
    ];
    for (name, bytes, sentence) in files {
        let answer = send(&browser, name, bytes, &[]).await;
        assert_eq!(answer.status, 422, "{sentence}");
        let shown = answer.texts(".error-summary li").join("\n");
        assert!(shown.contains(sentence), "{sentence}: {shown}");
        assert!(!answer.has("[name=confirm]"));
    }
    let page = browser.get(IMPORT).await;
    let nothing = browser.submit(&page, UPLOAD, &[]).await;
    assert_eq!(nothing.texts(".error-summary li"), ["Choose a file first"]);
    let large = send(&browser, "a.csv", &vec![b'x'; (64 << 20) + 1], &[]).await;
    assert_eq!(large.status, 413);
}

async fn only_those_who_manage_leads_import(app: TestApp) {
    for person in [RADU, VERA] {
        let browser = app.signed_in(person).await;
        assert_eq!(browser.get(IMPORT).await.status, 403, "{}", person.role);
    }
    let mara = app.signed_in(MARA).await;
    for missing in ["1", "0", "x"] {
        assert_eq!(mara.get(&format!("{IMPORT}/{missing}")).await.status, 404);
    }
}

/// 2,400 leads.
fn large() -> String {
    let mut file = String::from("external_ref,name,status,value\n");
    for number in 1..=2_400 {
        file.push_str(&format!("L{number:04},Lead {number},Contacted,{number}\n"));
    }
    file
}

/// Waits until a large import has finished; returns its page.
async fn wait_for_import(browser: &Browser, path: &str) -> Page {
    // A lease runs out after ten seconds.
    let start = std::time::Instant::now();
    while start.elapsed() < std::time::Duration::from_secs(60) {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{page:?}");
        if page.has(".banner") {
            return page;
        }
        assert_eq!(
            page.answer.header("refresh"),
            "2",
            "it looks again by itself"
        );
        ask_again().await;
    }
    panic!("it does not end")
}

async fn a_large_file_goes_on_in_the_background(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = send(&browser, "large.csv", large().as_bytes(), &[]).await;
    let done = confirm(&browser, &preview).await;
    let path = done.leads_to().expect("a page of its own");
    assert!(path.starts_with("/admin/leads/import/"), "{path}");
    let page = wait_for_import(&browser, &path).await;
    assert!(page.text().contains("2,400 of 2,400 rows"), "{page:?}");
    assert_eq!(page.texts(".kpi-value"), ["2,400", "0", "0"]);
    assert_eq!(page.answer.header("refresh"), "");
    assert_eq!(leads_of(&app).await.len(), 2_400);
    assert_sound(&app);
    for dir in ["uploads", "claimed", "imports"] {
        let waiting = std::fs::read_dir(app.config.data_dir.join(dir)).unwrap();
        assert_eq!(waiting.count(), 0, "the file is gone from {dir}");
    }
    // Histories, too: 1,200 leads with two visits each.
    let mut visits = String::from("external_ref,status,entered_at\n");
    for number in 1..=1_200 {
        visits.push_str(&format!(
            "L{number:04},New,2020-01-01\nL{number:04},Contacted,2020-01-02\n"
        ));
    }
    let preview = send(&browser, "v.csv", visits.as_bytes(), &[("what", "visits")]).await;
    let done = confirm(&browser, &preview).await;
    let page = wait_for_import(&browser, &done.leads_to().unwrap()).await;
    assert_eq!(page.texts(".kpi-value"), ["1,200", "0"]);
    assert_sound(&app);
}

async fn a_large_import_survives_a_crash(app: TestApp) {
    let first = Process::serve(&app.config.database_url, app.dir());
    let browser = Browser::new(&first.base);
    browser.sign_in(MARA).await;
    let preview = send(&browser, "large.csv", large().as_bytes(), &[]).await;
    let path = confirm(&browser, &preview).await.leads_to().unwrap();
    first.kill();
    let second = Process::serve(&app.config.database_url, app.dir());
    let browser = Browser::new(&second.base);
    browser.sign_in(MARA).await;
    let page = wait_for_import(&browser, &path).await;
    assert!(page.text().contains("2,400 of 2,400 rows"), "{page:?}");
    assert_eq!(leads_of(&app).await.len(), 2_400);
    assert_sound(&app);
}
