//! What people choose for an import, and what they are shown before it: blank cells, changes, errors by kind, columns.

use super::files::{assert_sound, leads_of, write};
use super::real_files::{PLAN, import, names, pairs, upload};
use crate::support::{ALICE, MARA, TestApp};

both!(
    blank_cells_erase_on_request_alone,
    the_preview_says_what_changes,
    good_lines_are_imported_by_themselves_on_request,
    lines_with_errors_come_back_as_a_file,
    columns_are_mapped_on_the_page_with_their_samples,
    statuses_are_read_by_the_same_rules,
);

const FULL: &str = "external_ref,name,company,email,phone,owner,value,status\n\
    s0,Lead Zero,Acme,z@example.com,0722000001,mara@example.com,9000.00,Won\n";
const STALE: &str = "external_ref,name,company,email,phone,owner,value,status\n\
    s0,Lead Zero,,,,,100.00,contacted\n";

async fn blank_cells_erase_on_request_alone(app: TestApp) {
    assert_eq!(import(&app, FULL.as_bytes(), &[]).0, 0);
    let blank = "external_ref,name,company,email,phone,owner,value\ns0,,,,,,\n";
    let (code, stdout, _) = import(&app, blank.as_bytes(), &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.ends_with("No changes.\n"), "{stdout}");
    let (code, stdout, _) = import(&app, blank.as_bytes(), &["--blank-erases"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("phone of 1 lead erased"), "{stdout}");
    let lead = leads_of(&app).await.remove(0);
    assert_eq!(lead.fields.name.as_str(), "Lead Zero");
    assert!(lead.fields.phone.is_empty() && lead.fields.owner.is_none());
    assert_eq!(lead.fields.value_cents, None);
}

async fn the_preview_says_what_changes(app: TestApp) {
    assert_eq!(import(&app, FULL.as_bytes(), &[]).0, 0);
    let browser = app.signed_in(MARA).await;
    let id = leads_of(&app).await[0].id;
    let note = browser.get(&format!("/admin/leads/{id}/edit")).await;
    let saved = browser
        .submit(&note, "form.card", &[("source", "Fair")])
        .await;
    assert_eq!(saved.status, 303, "{saved:?}");
    let preview = upload(&browser, "a.csv", STALE.as_bytes()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let text = preview.text();
    for sentence in [
        "Status Before: Won After: Contacted",
        "Value Before: 9000.00 After: 100.00",
        "“contacted” is imported as Contacted",
        "Lead Zero was changed here since the file was made",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    assert!(!text.contains("is erased"), "{text}");
    let erases = browser
        .submit(&preview, PLAN, &[("blank_erases", "1")])
        .await;
    assert!(erases.text().contains("Phone is erased"), "{erases:?}");
    let (_, stdout, _) = import(&app, STALE.as_bytes(), &["--dry-run"]);
    assert!(
        stdout.contains("status of 1 lead: Won → Contacted"),
        "{stdout}"
    );
}

const MIXED: &str =
    "external_ref,name,email\nm1,A,a@example.com\nm2,B,nowhere\nm1,C,\nm4,D,elsewhere\n";

async fn good_lines_are_imported_by_themselves_on_request(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", MIXED.as_bytes()).await;
    assert_eq!(preview.status, 422);
    let kinds = preview.text();
    assert!(
        kinds.contains("E-mail: 2 lines, such as “nowhere” in line 3."),
        "{kinds}"
    );
    assert!(!preview.has("[name=confirm]"));
    let done = browser.submit(&preview, PLAN, &[("good_lines", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let report = browser.get(&done.leads_to().unwrap()).await;
    assert!(
        report.text().contains("3 lines with errors were left out"),
        "{report:?}"
    );
    assert_eq!(names(&app).await, pairs(&[("A", "")]));
    assert_sound(&app);
}

async fn lines_with_errors_come_back_as_a_file(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", MIXED.as_bytes()).await;
    let file = browser.submit(&preview, PLAN, &[("bad_lines", "1")]).await;
    assert_eq!(file.status, 200, "{file:?}");
    let text = file.answer.text();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("\u{feff}external_ref,name,email,Error"));
    let second = lines.next().unwrap_or_default();
    assert!(
        second.starts_with("m2,B,nowhere,Enter an e-mail address"),
        "{second}"
    );
    assert_eq!(lines.count(), 2, "{text}");
    assert!(leads_of(&app).await.is_empty());
}

async fn columns_are_mapped_on_the_page_with_their_samples(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let file = "Wer;Wo;Was\nAna;Acme;one\nDan;Beta;two\n";
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(preview.status, 422, "{preview:?}");
    for sample in ["Ana · Dan", "Acme · Beta", "one · two"] {
        assert!(preview.text().contains(sample), "{sample}: {preview:?}");
    }
    let chosen = [("map-0", "name"), ("map-1", "name")];
    let twice = browser.submit(&preview, PLAN, &chosen).await;
    assert_eq!(twice.status, 422);
    assert!(
        twice.text().contains("are both mapped to name"),
        "{twice:?}"
    );
    let chosen = [("map-0", "name"), ("map-1", "company")];
    let good = browser.submit(&preview, PLAN, &chosen).await;
    assert_eq!(good.status, 200, "{good:?}");
    let again = upload(&browser, "b.csv", file.as_bytes()).await;
    assert_eq!(
        again.form(PLAN).value("map-1"),
        Some("company"),
        "it is remembered"
    );
    let other = browser.submit(&good, PLAN, &[("header_line", "2")]).await;
    assert_eq!(
        other.form(PLAN).value("map-0"),
        Some(""),
        "other titles, other columns"
    );
}

async fn statuses_are_read_by_the_same_rules(app: TestApp) {
    let before = app.api(ALICE).status("Contacted").await;
    let file = b"Statuses;;\n;;\nname;limit_days;definition\nContacted;9;\n\xaatart;5;\n";
    let file = write(&app, "s.csv", file);
    let (code, stdout, stderr) = app.run(&["import", "statuses", &file]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let after = app.api(ALICE).status("Contacted").await;
    assert_eq!(after["limit_days"], 9);
    assert_eq!(
        after["definition"], before["definition"],
        "blank changes nothing"
    );
    let (code, stdout, _) = app.run(&["import", "statuses", &file, "--blank-erases"]);
    assert_eq!(code, 0, "{stdout}");
    assert_eq!(app.api(ALICE).status("Contacted").await["definition"], "");
}
