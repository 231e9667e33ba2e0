//! Ten files as ten CRMs export them: the same invented people in the titles, dates, amounts, encodings and separators
//! of each, imported through the page. The programs' documents say what they write; the rows are ours.

mod csv;
pub mod libreoffice;
pub mod people;
mod sheets;
mod with_commas;
mod with_semicolons;

use super::files::{assert_sound, leads_of};
use super::real_files::{PLAN, upload};
use crate::support::{ALICE, TestApp};

/// A file of a CRM, and what is in it.
pub struct CrmFile {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// The word of this program for a status that doesn't exist here.
    pub own_status: &'static str,
    /// True if it says what a lead is worth.
    pub has_value: bool,
    /// True if it has references.
    pub has_reference: bool,
    /// What has to be chosen, since the file can be read in two ways: the name of the control, and the choice.
    pub choices: &'static [(&'static str, &'static str)],
}

/// All ten; where LibreOffice is installed, it saved the workbooks again.
pub fn crm_files() -> Vec<CrmFile> {
    let makers: [fn() -> CrmFile; 10] = [
        with_commas::salesforce,
        with_commas::hubspot,
        with_commas::zoho,
        with_semicolons::suitecrm,
        with_commas::perfex,
        with_commas::freshsales,
        with_semicolons::bitrix24,
        sheets::pipedrive,
        sheets::odoo,
        sheets::dynamics,
    ];
    makers.map(|make| libreoffice::saved(make())).into()
}

macro_rules! each_crm {
    ($($sentence:ident = $file:expr),+ $(,)?) => {
        $(async fn $sentence(app: TestApp) {
            assert_imported(&app, $file).await;
        })+
        both!($($sentence),+);
    };
}

each_crm!(
    an_export_of_salesforce_is_imported = with_commas::salesforce(),
    an_export_of_hubspot_is_imported = with_commas::hubspot(),
    an_export_of_zoho_is_imported = with_commas::zoho(),
    an_export_of_suitecrm_is_imported = with_semicolons::suitecrm(),
    an_export_of_perfex_is_imported = with_commas::perfex(),
    an_export_of_freshsales_is_imported = with_commas::freshsales(),
    an_export_of_bitrix24_is_imported = with_semicolons::bitrix24(),
    an_export_of_pipedrive_is_imported = sheets::pipedrive(),
    an_export_of_odoo_is_imported = sheets::odoo(),
    an_export_of_dynamics_is_imported = sheets::dynamics(),
    an_export_of_pipedrive_that_libreoffice_saved_is_imported =
        libreoffice::saved(sheets::pipedrive()),
    an_export_of_odoo_that_libreoffice_saved_is_imported = libreoffice::saved(sheets::odoo()),
    an_export_of_dynamics_that_libreoffice_saved_is_imported =
        libreoffice::saved(sheets::dynamics()),
);

/// Imports a file through the page, with all its columns, and compares every lead; the same file changes nothing then.
async fn assert_imported(app: &TestApp, file: CrmFile) {
    let browser = app.signed_in(ALICE).await;
    let preview = upload(&browser, file.name, &file.bytes).await;
    let choices = [file.choices, &[("keep_others", "1")]].concat();
    let preview = browser.submit(&preview, PLAN, &choices).await;
    assert_eq!(preview.status, 200, "{}: {}", file.name, preview.text());
    let count = people::all().len().to_string();
    assert_eq!(
        preview.texts(".kpi-value"),
        [count.as_str(), "0", "0"],
        "{}",
        preview.text()
    );
    assert!(
        preview.text().contains(file.own_status),
        "{}",
        preview.text()
    );
    assert!(
        preview.text().contains("Kept as extra fields"),
        "{}",
        preview.text()
    );
    assert!(
        !preview.text().contains("isn’t a user"),
        "{}",
        preview.text()
    );
    let agreed = [file.choices, &[("confirm", "1"), ("make_statuses", "1")]].concat();
    let done = browser.submit(&preview, PLAN, &agreed).await;
    assert_eq!(done.status, 303, "{}: {}", file.name, done.text());
    compare(app, &file).await;
    assert_sound(app);
    if file.has_reference {
        let again = upload(&browser, file.name, &file.bytes).await;
        let again = browser.submit(&again, PLAN, file.choices).await;
        assert_eq!(again.texts(".empty h2"), ["No changes"], "{}", again.text());
    }
}

async fn compare(app: &TestApp, file: &CrmFile) {
    let statuses = app.api(ALICE).statuses().await;
    let leads = leads_of(app).await;
    let people = people::all();
    assert_eq!(leads.len(), people.len());
    for (lead, person) in leads.iter().zip(&people) {
        let fields = &lead.fields;
        let found = [
            fields.name.as_str(),
            fields.company.as_str(),
            fields.email.as_str(),
            fields.phone.as_str(),
            fields.source.as_str(),
            &lead.created_at.rfc3339()[..10],
            &fields.extra.text("city"),
        ];
        let name = person.name();
        let expected = [
            name.as_str(),
            person.company,
            &person.email(),
            &person.phone(),
            person.source,
            &person.day(),
            person.city,
        ];
        assert_eq!(found, expected, "{}", file.name);
        let status = statuses
            .iter()
            .find(|status| status["id"] == lead.status_id);
        let word = person.status(file.own_status);
        assert_eq!(status.unwrap()["name"], word, "{}: {name}", file.name);
        assert!(fields.owner.is_some(), "{}: {name}", file.name);
        if file.has_value {
            let money = fields
                .money()
                .map(|money| (money.cents, money.currency.code()));
            assert_eq!(money, Some((person.cents, "EUR")), "{}: {name}", file.name);
        }
    }
}
