//! The CRMs that write workbooks.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::CrmFile;
use super::people::{self, Person};

fn titles(sheet: &mut Worksheet, titles: &[&str]) {
    sheet.write_row(0, 0, titles.iter().copied()).unwrap();
}

fn texts(sheet: &mut Worksheet, person: &Person, cells: &[&str]) {
    let row = person.number as u32;
    for (column, text) in cells
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
    {
        sheet.write(row, column as u16, *text).unwrap();
    }
}

/// The number by which workbooks know an instant.
fn serial(person: &Person) -> f64 {
    let (year, month, day, hour, minute) = person.created;
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(year), month, day).unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (day - first).num_days() as f64 + f64::from(hour * 60 + minute) / 1_440.0
}

/// Titles with the name of their table, times as text.
pub fn pipedrive() -> CrmFile {
    let (mut book, own_status) = (Workbook::new(), "Warm");
    let sheet = book.add_worksheet();
    titles(
        sheet,
        &[
            "Lead - ID",
            "Lead - Title",
            "Person - Name",
            "Organization - Name",
            "Person - Email - Work",
            "Person - Email - Home",
            "Person - Phone - Work",
            "Lead - Value",
            "Lead - Currency of value",
            "Lead - Owner",
            "Lead - Source",
            "Lead - Status",
            "Lead - Lead created",
            "Person - Job title",
            "City",
        ],
    );
    for person in people::all() {
        let (.., hour, minute) = person.created;
        let id = format!("a1b2c3d4-0000-11ef-8000-{:012}", person.number);
        let created = format!("{} {hour:02}:{minute:02}:31", person.day());
        let row = [
            &id,
            &format!("{} lead", person.company),
            &person.name(),
            person.company,
            &person.email(),
            "",
            &person.phone(),
            "",
            "EUR",
            person.owner,
            person.source,
            person.status(own_status),
            &created,
            person.job,
            person.city,
        ];
        texts(sheet, &person, &row);
        let value = person.cents as f64 / 100.0;
        sheet.write(person.number as u32, 7, value).unwrap();
    }
    CrmFile {
        name: "leads-1234567-890.xlsx",
        bytes: book.save_to_buffer().unwrap(),
        own_status,
        has_value: true,
        has_reference: true,
        choices: &[],
    }
}

/// Dates and amounts as numbers with formats.
pub fn odoo() -> CrmFile {
    let (mut book, own_status) = (Workbook::new(), "Proposition");
    let sheet = book.add_worksheet();
    titles(
        sheet,
        &[
            "External ID",
            "Opportunity",
            "Contact Name",
            "Company Name",
            "Email",
            "Phone",
            "Salesperson",
            "Sales Team",
            "Stage",
            "Source",
            "Expected Revenue",
            "Created on",
            "City",
            "Country",
            "Tags",
        ],
    );
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let money = Format::new().set_num_format("#,##0.00");
    for person in people::all() {
        let id = format!("__export__.crm_lead_{}_9f0ab1c2", person.number);
        let topic = format!("{}’s opportunity", person.company);
        let row = [
            &id,
            &topic,
            &person.name(),
            person.company,
            &person.email(),
            &person.phone(),
            person.owner,
            "Sales",
            person.status(own_status),
            person.source,
            "",
            "",
            person.city,
            person.country,
            "fair,warm",
        ];
        texts(sheet, &person, &row);
        let (row, value) = (person.number as u32, person.cents as f64 / 100.0);
        sheet.write_with_format(row, 10, value, &money).unwrap();
        sheet
            .write_with_format(row, 11, serial(&person), &date)
            .unwrap();
    }
    CrmFile {
        name: "Lead_Opportunity (crm.lead).xlsx",
        bytes: book.save_to_buffer().unwrap(),
        own_status,
        has_value: true,
        has_reference: true,
        choices: &[],
    }
}

/// Three hidden columns before the others, a hidden sheet, a sign of the currency in the format.
pub fn dynamics() -> CrmFile {
    let (mut book, own_status) = (Workbook::new(), "Cannot Contact");
    let sheet = book.add_worksheet().set_name("My Open Leads").unwrap();
    titles(
        sheet,
        &[
            "(Do Not Modify) Lead",
            "(Do Not Modify) Row Checksum",
            "(Do Not Modify) Modified On",
            "Name",
            "Topic",
            "Status Reason",
            "Created On",
            "Company Name",
            "Email",
            "Business Phone",
            "Lead Source",
            "Owner",
            "Est. Value",
            "City",
            "Country/Region",
        ],
    );
    for column in 0..3 {
        sheet.set_column_hidden(column).unwrap();
    }
    let date = Format::new().set_num_format("m/d/yyyy h:mm");
    let money = Format::new().set_num_format("\"€\"#,##0.00");
    for person in people::all() {
        let id = format!("0f3c6d1e-0000-ee11-9078-{:012}", person.number);
        let row = [
            &id,
            "n2Lk0bq3+9uO==",
            "",
            &person.name(),
            "Interested in the new line",
            person.status(own_status),
            "",
            person.company,
            &person.email(),
            &person.phone(),
            person.source,
            person.owner,
            "",
            person.city,
            person.country,
        ];
        texts(sheet, &person, &row);
        let (row, value) = (person.number as u32, person.cents as f64 / 100.0);
        sheet
            .write_with_format(row, 2, serial(&person), &date)
            .unwrap();
        sheet
            .write_with_format(row, 6, serial(&person), &date)
            .unwrap();
        sheet.write_with_format(row, 12, value, &money).unwrap();
    }
    let hidden = book.add_worksheet().set_name("hiddenSheet").unwrap();
    hidden.write(0, 0, "lead:QmFzZTY0").unwrap();
    hidden.set_hidden(true);
    CrmFile {
        name: "My Open Leads 20-11-2025 9-51-26 AM.xlsx",
        bytes: book.save_to_buffer().unwrap(),
        own_status,
        has_value: true,
        has_reference: false,
        choices: &[],
    }
}
