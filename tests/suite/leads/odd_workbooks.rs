//! Workbooks with what people leave in them, as a library writes them and as LibreOffice saves them.

use rust_xlsxwriter::{Format, Formula, Workbook};

use super::crm::libreoffice::{is_installed, saved_again};
use super::files::{assert_sound, leads_of};
use super::real_files::{PLAN, upload};
use crate::support::{ALICE, Browser, TestApp};

both!(
    a_workbook_of_a_library_means_what_its_reader_sees,
    a_workbook_of_libreoffice_means_what_its_reader_sees,
);

/// A hidden sheet before the leads, a title above them, formulas, errors, truth values, dates with and without format,
/// and an amount as text.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let old = book.add_worksheet().set_name("Old").unwrap();
    old.write_column(0, 0, ["Full Name", "Old", "Older"])
        .unwrap();
    old.set_hidden(true);
    let sheet = book.add_worksheet().set_name("Leads").unwrap();
    sheet.set_active(true);
    sheet.write(0, 0, "Leads of 2025").unwrap();
    let titles = [
        "Lead ID",
        "Full Name",
        "Phone",
        "Lead Value",
        "Create Date",
        "Opt out",
        "Share",
        "Score",
    ];
    sheet.write_row(2, 0, titles).unwrap();
    let format = |text| Format::new().set_num_format(text);
    let (digits, money) = (format("0000000000"), format("#,##0.00 [$€-407]"));
    let (day, time, share) = (
        format("dd.mm.yyyy"),
        format("dd.mm.yyyy hh:mm"),
        format("0%"),
    );
    let formula = |text: &str, result: &str| Formula::new(text).set_result(result);
    sheet.write(3, 0, 1_001).unwrap();
    let name = formula(r#"=CONCATENATE("Jürgen"," ","Weiß")"#, "Jürgen Weiß");
    sheet.write_formula(3, 1, name).unwrap();
    sheet.write_with_format(3, 2, 722_000_001, &digits).unwrap();
    sheet
        .write_formula_with_format(3, 3, formula("=1000/3", "333.333333333333"), &money)
        .unwrap();
    sheet.write_with_format(3, 4, 45_720, &day).unwrap();
    sheet.write(3, 5, true).unwrap();
    sheet.write_with_format(3, 6, 0.25, &share).unwrap();
    sheet
        .write_formula(3, 7, formula("=1/0", "#DIV/0!"))
        .unwrap();
    sheet.write(4, 0, 1_002).unwrap();
    sheet.write(4, 1, "Ștefan\nȚepeș").unwrap();
    sheet.write(4, 2, "0722/000002").unwrap();
    sheet.write(4, 3, "1.054,50 €").unwrap();
    sheet
        .write_with_format(4, 4, 45_720.645_833_333_3, &time)
        .unwrap();
    sheet.write(4, 5, false).unwrap();
    sheet.write_formula(4, 7, formula("=NA()", "#N/A")).unwrap();
    book.save_to_buffer().unwrap()
}

async fn assert_understood(app: &TestApp, browser: &Browser, bytes: &[u8]) {
    let preview = upload(browser, "leads.xlsx", bytes).await;
    let preview = browser
        .submit(&preview, PLAN, &[("keep_others", "1")])
        .await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    assert!(
        preview.text().contains("Hidden sheets were not read: Old"),
        "{}",
        preview.text()
    );
    let done = browser.submit(&preview, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let leads = leads_of(app).await;
    let seen = leads.iter().map(|lead| {
        let fields = &lead.fields;
        let cents = fields.money().map(|money| money.cents);
        let extra = fields.extra.to_json().to_string();
        let (name, phone) = (fields.name.to_string(), fields.phone.to_string());
        (name, phone, cents, lead.created_at.rfc3339(), extra)
    });
    let expected = [
        (
            "Jürgen Weiß",
            "0722000001",
            33_333,
            "2025-03-04T00:00:00Z",
            r#"{"Opt out":"true","Share":"25%"}"#,
        ),
        (
            "Ștefan Țepeș",
            "0722/000002",
            105_450,
            "2025-03-04T15:30:00Z",
            r#"{"Opt out":"false"}"#,
        ),
    ];
    let expected = expected.map(|(name, phone, cents, at, extra)| {
        (
            name.to_owned(),
            phone.to_owned(),
            Some(cents),
            at.to_owned(),
            extra.to_owned(),
        )
    });
    assert_eq!(seen.collect::<Vec<_>>(), expected);
    assert_sound(app);
}

async fn a_workbook_of_a_library_means_what_its_reader_sees(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    assert_understood(&app, &browser, &workbook()).await;
}

async fn a_workbook_of_libreoffice_means_what_its_reader_sees(app: TestApp) {
    if !is_installed() {
        println!("skipped: LibreOffice is missing");
        return;
    }
    let browser = app.signed_in(ALICE).await;
    assert_understood(&app, &browser, &saved_again(&workbook())).await;
}
