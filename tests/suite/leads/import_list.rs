//! The list of imports, the page that takes one back, and who can do so.

use serde_json::json;

use super::files::{assert_sound, leads_of, write};
use super::import_undo::{AFTER, BEFORE, changes, newest, undo};
use super::real_files::import;
use crate::support::{ALICE, MARA, RADU, TestApp, VERA};

both!(
    imports_are_listed_with_what_they_did,
    the_page_takes_an_import_back,
    only_those_who_import_take_back_and_only_for_thirty_days,
);

async fn imports_are_listed_with_what_they_did(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let bad = "external_ref,name,email\na1,Ana B,\nx1,X,nowhere\n";
    let browser = app.signed_in(MARA).await;
    let page = browser.get("/admin/leads/import").await;
    assert!(page.has("a[href='/admin/leads/imports']"));
    let file = ("file", "bad.csv", bad.as_bytes());
    let preview = browser.upload(&page, "form[enctype]", file, &[]).await;
    let good = [("good_lines", "1")];
    let done = browser
        .submit(&preview, super::real_files::PLAN, &good)
        .await;
    assert_eq!(done.status, 303);
    let report = browser.follow(&done).await;
    let download = report.attributes("a[download]", "href").remove(0);
    let problems = browser.get(&download).await.answer.text().to_owned();
    assert!(
        problems.contains("3,email,Enter an e-mail address"),
        "{problems}"
    );
    let list = browser.get("/admin/leads/imports").await;
    let rows = list.texts("table.imports tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains("bad.csv") && rows[0].contains(MARA.name),
        "{rows:?}"
    );
    let cells = list.texts("table.imports tbody tr:first-child td.num");
    assert_eq!(cells, ["0", "1", "0", "1"]);
    assert!(rows[1].contains("leads.csv"), "{rows:?}");
    let listed = changes(&app).await;
    let fields: Vec<&String> = listed[0].as_object().unwrap().keys().collect();
    let mut expected = vec![
        "id",
        "at",
        "by",
        "via",
        "action",
        "summary",
        "count",
        "undoable",
        "undone_at",
        "until",
    ];
    expected.sort_unstable();
    let mut fields: Vec<&str> = fields.into_iter().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, expected);
    let api = app.api(ALICE);
    let rest = api
        .get(&format!("changes?after={}&per_page=1", listed[0]["id"]))
        .await
        .json();
    assert_eq!(rest, json!([listed[1]]));
    assert_eq!(api.get("changes?page=2").await.status, 422);
    assert_eq!(api.get("changes?after=x").await.status, 422);
}

async fn the_page_takes_an_import_back(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    assert_eq!(import(&app, AFTER.as_bytes(), &[]).0, 0);
    let changed = app.api(ALICE).put("leads/2", json!({"phone": "1"})).await;
    assert_eq!(changed.status, 200);
    let browser = app.signed_in(MARA).await;
    let list = browser.get("/admin/leads/imports").await;
    let link = list.attributes("table.imports a.button", "href").remove(0);
    let page = browser.get(&link).await;
    let sentence = "2 new leads go to the bin, 2 leads get back what they were, 1 stays as it is";
    assert!(page.text().contains(sentence), "{page:?}");
    assert!(page.has("a[href='/admin/leads/2']"), "{page:?}");
    let form = format!("form[action='{link}']");
    let done = browser.submit(&page, &form, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let shown = browser.follow(&done).await;
    assert!(shown.text().contains("The import is undone"), "{shown:?}");
    assert_eq!(leads_of(&app).await[0].fields.name.as_str(), "Ana");
    let again = browser
        .post(&link, &[("csrf", &page.csrf()), ("confirm", "1")])
        .await;
    assert_eq!(again.status, 409, "{again:?}");
    let log = app
        .signed_in(ALICE)
        .await
        .get("/admin/audit?subject=import")
        .await;
    assert!(log.text().contains("Undone"), "{log:?}");
    assert_sound(&app);
}

async fn only_those_who_import_take_back_and_only_for_thirty_days(app: TestApp) {
    assert_eq!(import(&app, BEFORE.as_bytes(), &[]).0, 0);
    let id = newest(&app).await;
    for person in [RADU, VERA] {
        let api = app.api(person);
        assert_eq!(
            api.get("changes").await.json(),
            json!([]),
            "{}",
            person.name
        );
        let refused = api.post(&format!("changes/{id}/undo"), json!({})).await;
        assert_eq!(refused.status, 403, "{}", person.name);
    }
    let statuses = write(&app, "s.csv", b"name\nDemo\n");
    assert_eq!(app.run(&["import", "statuses", &statuses]).0, 0);
    let of_statuses = newest(&app).await;
    let mara = app.api(MARA);
    let listed = mara.get("changes").await.json();
    assert_eq!(
        (&listed[0]["undoable"], &listed[1]["undoable"]),
        (&json!(false), &json!(true))
    );
    let refused = mara
        .post(&format!("changes/{of_statuses}/undo"), json!({}))
        .await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert_eq!(undo(&app, 999_999, "").await.status, 404);
    assert_eq!(
        undo(&app, 1, "").await.status,
        404,
        "an entry of another kind"
    );
    app.clock.advance(31 * 86_400);
    let late = undo(&app, id, "").await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert_eq!(changes(&app).await[1]["undoable"], false);
}
