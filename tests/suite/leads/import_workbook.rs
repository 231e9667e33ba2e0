//! Workbooks: which sheet is read, and what people can't see in it.

use rust_xlsxwriter::{Workbook, Worksheet};

use super::files::{leads_of, named, write};
use crate::support::{Browser, MARA, Page, TestApp};

both!(
    a_hidden_sheet_is_not_imported,
    hidden_rows_and_columns_decide_nothing,
    a_workbook_is_unpacked_once,
);

fn fill(sheet: &mut Worksheet, name: &str, rows: &[&[&str]]) {
    sheet.set_name(name).unwrap();
    for (index, row) in rows.iter().enumerate() {
        sheet
            .write_row(index as u32, 0, row.iter().copied())
            .unwrap();
    }
}

/// A hidden sheet of old leads, a cover, and the leads.
fn three_sheets() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let old = workbook.add_worksheet();
    fill(
        old,
        "Old",
        &[
            &["external_ref", "name"],
            &["X-1", "Old"],
            &["X-2", "Older"],
        ],
    );
    old.set_hidden(true);
    fill(
        workbook.add_worksheet(),
        "Cover",
        &[&["How to use this file"]],
    );
    let leads = workbook.add_worksheet();
    fill(
        leads,
        "Leads",
        &[&["external_ref", "name"], &["A-1", "Ana"]],
    );
    leads.set_active(true);
    workbook.save_to_buffer().unwrap()
}

async fn upload(browser: &Browser, page: &str, bytes: &[u8]) -> Page {
    let page = browser.get(page).await;
    let file = ("file", "a.xlsx", bytes);
    browser.upload(&page, "form[enctype]", file, &[]).await
}

async fn a_hidden_sheet_is_not_imported(app: TestApp) {
    let book = three_sheets();
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "/admin/leads/import", &book).await;
    assert_eq!(preview.texts(".kpi-value"), ["1", "0", "0"], "{preview:?}");
    let notes = [
        "Sheet “Leads” was read",
        "Other sheets were not read: Cover",
        "Hidden sheets were not read: Old",
    ];
    for note in notes {
        assert!(preview.text().contains(note), "{note}: {preview:?}");
    }
    let file = write(&app, "a.xlsx", &book);
    let (code, stdout, stderr) = app.run(&["import", "leads", &file]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    for note in notes {
        assert!(stdout.contains(note), "{note}: {stdout}");
    }
    let all = leads_of(&app).await;
    assert_eq!(
        (all.len(), named(&all, "A-1").fields.name.as_str()),
        (1, "Ana")
    );
    // The reader of statuses is the one of leads.
    let (code, stdout, _) = app.run(&["import", "statuses", &file, "--dry-run"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("Ana is new") && stdout.contains(notes[2]),
        "{stdout}"
    );
}

async fn hidden_rows_and_columns_decide_nothing(app: TestApp) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows: [&[&str]; 4] = [
        &["external_ref", "name", "status"],
        &["A-1", "Ana", "Won"],
        &["A-2", "Dan", "Won"],
        &["A-3", "Zoe", "Lost"],
    ];
    fill(sheet, "Leads", &rows);
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let book = workbook.save_to_buffer().unwrap();
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "/admin/leads/import", &book).await;
    assert_eq!(preview.texts(".kpi-value"), ["2", "0", "0"], "{preview:?}");
    assert_eq!(preview.form("form.plan-form").value("map-2"), Some(""));
    for note in [
        "1 hidden row isn’t imported",
        "aren’t imported unless you choose them: status",
    ] {
        assert!(preview.text().contains(note), "{note}: {preview:?}");
    }
    let file = write(&app, "a.xlsx", &book);
    let (code, stdout, _) = app.run(&["import", "leads", &file]);
    assert_eq!(code, 0, "{stdout}");
    let won = app.api(MARA).status_id("Won").await;
    let all = leads_of(&app).await;
    assert!(all.len() == 2 && named(&all, "A-1").status_id != won);
    let map = ["import", "leads", &file, "--map", "status=status"];
    assert_eq!(app.run(&map).0, 0);
    assert_eq!(
        named(&leads_of(&app).await, "A-1").status_id,
        won,
        "as was said"
    );
}

async fn a_workbook_is_unpacked_once(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "/admin/leads/import", &three_sheets()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    let waiting = std::fs::read_dir(app.config.data_dir.join("uploads")).unwrap();
    let waiting: Vec<_> = waiting.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    let bytes = std::fs::read(&waiting[0]).unwrap();
    assert!(
        !bytes.windows(4).any(|four| four == b"PK\x03\x04"),
        "its rows wait, not the workbook"
    );
    let done = browser
        .submit(&preview, "form.plan-form", &[("confirm", "1")])
        .await;
    assert_eq!(done.status, 303, "{done:?}");
    assert_eq!(leads_of(&app).await.len(), 1);
}
