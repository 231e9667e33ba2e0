//! The CRMs that write text with semicolons.

use encoding_rs::WINDOWS_1252;

use super::CrmFile;
use super::csv::{Csv, owned};

/// The formats of a user in Germany, in windows-1252.
pub fn suitecrm() -> CrmFile {
    let titles = [
        "ID",
        "First Name",
        "Last Name",
        "Title",
        "Account Name",
        "Email Address",
        "Office Phone",
        "Status",
        "Lead Source",
        "Opportunity Amount",
        "Assigned to",
        "Date Created",
        "Primary Address City",
        "Primary Address Country",
    ];
    let own_status = "In Process";
    let csv = Csv {
        separator: ";",
        quotes_all: true,
        line_end: "\r\n",
    };
    let text = csv.file(&titles, |person| {
        let (year, month, day, hour, minute) = person.created;
        owned([
            &format!("3f1c6d{:02}-0a4e-4d0b-9c6e-5f2a7b8c9d0e", person.number),
            person.first,
            person.last,
            person.job,
            person.company,
            &person.email(),
            &person.phone(),
            person.status(own_status),
            person.source,
            &person.amount(".", ","),
            person.owner,
            &format!("{day:02}.{month:02}.{year} {hour:02}:{minute:02}"),
            person.city,
            person.country,
        ])
    });
    CrmFile {
        name: "Leads.csv",
        bytes: WINDOWS_1252.encode(&text).0.into_owned(),
        own_status,
        has_value: true,
        has_reference: true,
        choices: &[],
    }
}

/// A mark of UTF-8, semicolons, names of currencies, a title of each lead beside the name of the person.
pub fn bitrix24() -> CrmFile {
    let titles = [
        "ID",
        "Status",
        "Lead Name",
        "Salutation",
        "First Name",
        "Second Name",
        "Last Name",
        "Company Name",
        "Position",
        "Work Phone",
        "Work E-mail",
        "City",
        "Total",
        "Currency",
        "Source",
        "Responsible person",
        "Created on",
        "Comment",
    ];
    let own_status = "Unprocessed";
    let csv = Csv {
        separator: ";",
        quotes_all: true,
        line_end: "\r\n",
    };
    let text = csv.file(&titles, |person| {
        let (year, month, day, hour, minute) = person.created;
        owned([
            &person.number.to_string(),
            person.status(own_status),
            &format!("Form on the website #{}", person.number),
            "",
            person.first,
            "",
            person.last,
            person.company,
            person.job,
            &person.phone(),
            &person.email(),
            person.city,
            &person.amount("", "."),
            "Euro",
            person.source,
            person.owner,
            &format!("{day:02}.{month:02}.{year} {hour:02}:{minute:02}:31"),
            "Wants a call.\nSoon.",
        ])
    });
    CrmFile {
        name: "LEAD_20251120_691edb.csv",
        bytes: format!("\u{feff}{text}").into_bytes(),
        own_status,
        has_value: true,
        has_reference: true,
        choices: &[],
    }
}
