//! Columns that are no field of a lead are kept as extra fields, if people say so.

use serde_json::json;

use super::files::{assert_sound, leads_of, write};
use super::real_files::{PLAN, import, upload};
use crate::support::{ALICE, MARA, TestApp};

both!(
    the_page_keeps_one_column_or_all_others_and_remembers_it,
    the_command_line_keeps_one_column_or_all_others,
    what_was_kept_is_found_exported_and_imported_unchanged,
    a_blank_cell_erases_what_was_kept_only_if_that_was_chosen,
    more_than_a_lead_can_keep_is_refused_by_its_line,
);

const FILE: &str = "external_ref,Name,City,Website,Job Title,Shoe size,\n\
    A-1,Ana,Iași,https://ana.example,CEO,38,x\nA-2,Dan,,,,,\n";

async fn extra_fields(app: &TestApp) -> Vec<serde_json::Value> {
    let leads = leads_of(app).await;
    leads
        .iter()
        .map(|lead| lead.fields.extra.to_json())
        .collect()
}

fn every_extra_field() -> serde_json::Value {
    json!({"city": "Iași", "website": "https://ana.example", "title": "CEO", "Shoe size": "38"})
}

async fn the_page_keeps_one_column_or_all_others_and_remembers_it(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", FILE.as_bytes()).await;
    let left_out = "Not imported: City, Website, Job Title, Shoe size, column G (no title)";
    assert!(preview.text().contains(left_out), "{}", preview.text());
    assert!(preview.has("button[name=keep_others]") && preview.has("#map-2 option[value=extra]"));
    let one = browser.submit(&preview, PLAN, &[("map-5", "extra")]).await;
    assert!(
        one.text().contains("Kept as extra fields: Shoe size"),
        "{}",
        one.text()
    );
    let all = browser.submit(&one, PLAN, &[("keep_others", "1")]).await;
    let kept = "Kept as extra fields: City (city), Website (website), Job Title (title), Shoe size";
    assert!(all.text().contains(kept), "{}", all.text());
    assert!(
        all.text().contains("Not imported: column G (no title)"),
        "{}",
        all.text()
    );
    assert_eq!(all.form(PLAN).value("map-2"), Some("extra"));
    let again = upload(&browser, "a.csv", FILE.as_bytes()).await;
    assert!(again.text().contains(kept), "remembered: {}", again.text());
    let done = browser.submit(&again, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(extra_fields(&app).await, [every_extra_field(), json!(null)]);
    let names = app.api(ALICE).get("custom_fields/leads").await.json();
    assert_eq!(names.as_array().unwrap().len(), 4, "{names}");
    assert_sound(&app);
}

async fn the_command_line_keeps_one_column_or_all_others(app: TestApp) {
    let (code, stdout, stderr) = import(&app, FILE.as_bytes(), &["--map", "City=extra"]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("Kept as extra fields: City (city)"),
        "{stdout}"
    );
    assert!(
        stdout.contains("Not imported: Website, Job Title"),
        "{stdout}"
    );
    assert_eq!(extra_fields(&app).await[0], json!({"city": "Iași"}));
    let keep = ["--keep-other-columns", "--map", "Job Title="];
    let (code, stdout, _) = import(&app, FILE.as_bytes(), &keep);
    assert_eq!(code, 0, "{stdout}");
    assert_eq!(extra_fields(&app).await[0], every_extra_field());
    let visits = write(&app, "v.csv", b"external_ref,status,entered_at\n");
    let (code, _, stderr) = app.run(&["import", "visits", &visits, "--keep-other-columns"]);
    assert_eq!(code, 2, "{stderr}");
}

async fn what_was_kept_is_found_exported_and_imported_unchanged(app: TestApp) {
    let keep = ["--keep-other-columns"];
    assert_eq!(import(&app, FILE.as_bytes(), &keep).0, 0);
    let answer = app.api(ALICE).get("leads?q=ana.example").await.json();
    assert_eq!(answer[0]["name"], "Ana", "{answer}");
    let (_, again, _) = import(&app, FILE.as_bytes(), &keep);
    assert!(again.contains("No changes"), "{again}");
    let (code, file, _) = app.run(&["export", "leads"]);
    assert_eq!(code, 0);
    let (_, stdout, _) = import(&app, file.as_bytes(), &[]);
    assert!(stdout.contains("No changes"), "{file}\n{stdout}");
    let id = answer[0]["id"].as_i64().unwrap();
    let number = json!({"extra": {"Shoe size": 38}});
    assert_eq!(
        app.api(ALICE)
            .put(&format!("leads/{id}"), number)
            .await
            .status,
        200
    );
    let (_, stdout, _) = import(&app, FILE.as_bytes(), &keep);
    assert!(
        stdout.contains("No changes"),
        "a number is what it shows: {stdout}"
    );
}

async fn a_blank_cell_erases_what_was_kept_only_if_that_was_chosen(app: TestApp) {
    let keep = ["--keep-other-columns"];
    assert_eq!(import(&app, FILE.as_bytes(), &keep).0, 0);
    let blank = "external_ref,Name,City,Website\nA-1,Ana,,n/a\n";
    let words = ["--keep-other-columns", "--blank-words"];
    let (_, stdout, _) = import(&app, blank.as_bytes(), &words);
    assert!(stdout.contains("No changes"), "{stdout}");
    let erase = [&words[..], &["--blank-erases"]].concat();
    assert_eq!(import(&app, blank.as_bytes(), &erase).0, 0);
    assert_eq!(
        extra_fields(&app).await[0],
        json!({"title": "CEO", "Shoe size": "38"})
    );
}

async fn more_than_a_lead_can_keep_is_refused_by_its_line(app: TestApp) {
    let titles: String = (0..60).map(|n| format!(",Property {n}")).collect();
    let cells = |filled: usize| ",x".repeat(filled) + &",".repeat(60 - filled);
    let file = format!("name{titles}\nAna{}\nDan{}\n", cells(50), cells(51));
    let (code, stdout, _) = import(&app, file.as_bytes(), &["--keep-other-columns"]);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.contains("line 3: extra_fields"), "{stdout}");
    assert!(!stdout.contains("line 2"), "{stdout}");
    assert!(leads_of(&app).await.is_empty());
}
