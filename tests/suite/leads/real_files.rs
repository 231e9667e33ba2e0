//! Files as people have them: what other programs write, in their encodings, with their titles, dates and amounts.

use rust_xlsxwriter::{Format, Workbook};

use super::files::{assert_sound, leads_of, write};
use crate::support::{ALICE, Browser, MARA, Page, TestApp};

both!(
    the_encoding_of_a_file_is_guessed_and_can_be_chosen,
    separators_and_headers_are_found,
    workbooks_are_read_as_their_readers_see_them,
    titles_of_other_programs_are_known,
    several_values_keep_the_first_and_say_so,
    dates_have_one_format_in_a_column,
    amounts_are_read_as_people_write_them,
);

const IMPORT: &str = "/admin/leads/import";
pub const PLAN: &str = "form.plan-form";

pub fn import(app: &TestApp, bytes: &[u8], options: &[&str]) -> (i32, String, String) {
    let file = write(app, "leads.csv", bytes);
    app.run(&[&["import", "leads", &file], options].concat())
}

pub async fn upload(browser: &Browser, filename: &str, bytes: &[u8]) -> Page {
    let page = browser.get(IMPORT).await;
    let file = ("file", filename, bytes);
    browser.upload(&page, "form[enctype]", file, &[]).await
}

pub async fn names(app: &TestApp) -> Vec<(String, String)> {
    let leads = leads_of(app).await;
    let names = leads.iter().map(|lead| {
        (
            lead.fields.name.to_string(),
            lead.fields.company.to_string(),
        )
    });
    names.collect()
}

pub fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = expected.iter();
    pairs
        .map(|(name, company)| ((*name).to_owned(), (*company).to_owned()))
        .collect()
}

async fn the_encoding_of_a_file_is_guessed_and_can_be_chosen(app: TestApp) {
    let western = b"name;company;Sursa\nJ\xfcrgen M\xfcller;Gr\xfc\xdfe & S\xf6hne GmbH;Web\n";
    let (code, stdout, stderr) = import(&app, western, &[]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.contains("Read as windows-1252"), "{stdout}");
    let central = b"name;company\n\xaatefan \xdeepe\xba;Bra\xbaov\n";
    let (code, stdout, _) = import(&app, central, &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("Read as windows-1250"), "{stdout}");
    let expected = [
        ("Jürgen Müller", "Grüße & Söhne GmbH"),
        ("Ştefan Ţepeş", "Braşov"),
    ];
    assert_eq!(names(&app).await, pairs(&expected));
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", central).await;
    assert!(preview.text().contains("Ştefan Ţepeş"), "{preview:?}");
    let chosen = [("encoding", "windows-1252")];
    let other = browser.submit(&preview, PLAN, &chosen).await;
    assert!(other.text().contains("ªtefan Þepeº"), "{other:?}");
    assert_eq!(other.form(PLAN).value("encoding"), Some("windows-1252"));
    let (code, _, stderr) = import(&app, western, &["--encoding", "klingon"]);
    assert_eq!(code, 2, "{stderr}");
}

async fn separators_and_headers_are_found(app: TestApp) {
    for (file, name) in [
        (
            "name;\"Last contact (date, time, who)\";email\nA;1;a@example.com\n",
            "A",
        ),
        ("sep=\t\r\nname\tcompany\r\nB\tB\r\n", "B"),
        ("\"sep=;\"\nname;company\nC;C\n", "C"),
        (
            "name;Value, EUR;Notes, remarks, misc;email\nD;1;x;a@example.com\n",
            "D",
        ),
        (
            "Leads report Q3,,\nGenerated 2025-10-01,,\n\nname,company,email\nE,B,a@example.com\n",
            "E",
        ),
        ("name,company\n\"F\nG\",\"Acme\r\nGmbH\"\n", "F G"),
        ("First Name,name,company,email\nA,H\n", "H"),
    ] {
        let (code, stdout, stderr) = import(&app, file.as_bytes(), &[]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{file}: {stdout}");
        let names = names(&app).await;
        assert_eq!(
            names.last().map(|(name, _)| name.as_str()),
            Some(name),
            "{file}"
        );
    }
    let untitled = "name,company,\nA,B,remark without a title\n";
    let (code, stdout, _) = import(&app, untitled.as_bytes(), &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("Not imported: column C (no title)"),
        "{stdout}"
    );
    let titles: String = (0..200).map(|n| format!(",Property {n}")).collect();
    let wide = format!("name{titles}\nA{}\n", ",x".repeat(200));
    let (code, stdout, _) = import(&app, wide.as_bytes(), &["--dry-run"]);
    assert_eq!(code, 0, "{stdout}");
    let below = "x,y\nname,company\nA,B\n";
    let chosen = ["--header-line", "2", "--separator", "comma", "--dry-run"];
    let (code, stdout, _) = import(&app, below.as_bytes(), &chosen);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("1 rows: 1 new"), "{stdout}");
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let cover = workbook.add_worksheet().set_name("Read me").unwrap();
    cover.write(0, 0, "Leads of 2025").unwrap();
    let sheet = workbook.add_worksheet().set_name("Leads").unwrap();
    sheet.write(0, 0, "Leads 2025").unwrap();
    for (column, title) in ["name", "phone", "value", "created_at"].iter().enumerate() {
        sheet.write(2, column as u16, *title).unwrap();
    }
    let digits = Format::new().set_num_format("0000000000");
    let money = Format::new().set_num_format("#,##0.00 [$€-407]");
    let date = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    sheet.write(3, 0, "Ana").unwrap();
    sheet.write_with_format(3, 1, 722_000_001, &digits).unwrap();
    sheet.write_with_format(3, 2, 1000.0 / 3.0, &money).unwrap();
    sheet
        .write_with_format(3, 3, 45_662.416_666_666_664, &date)
        .unwrap();
    sheet.write(3, 4, "a remark").unwrap();
    sheet
        .write_formula(
            3,
            5,
            rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A"),
        )
        .unwrap();
    let other = workbook.add_worksheet().set_name("Other").unwrap();
    other.write(0, 0, "name").unwrap();
    other.write(1, 0, "Dan").unwrap();
    workbook.save_to_buffer().unwrap()
}

async fn workbooks_are_read_as_their_readers_see_them(app: TestApp) {
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.xlsx", &workbook()).await;
    assert_eq!(preview.status, 200, "{preview:?}");
    assert_eq!(preview.form(PLAN).value("sheet"), Some("Leads"));
    assert!(
        preview.text().contains("column E (no title)"),
        "{preview:?}"
    );
    let other = browser.submit(&preview, PLAN, &[("sheet", "Other")]).await;
    assert!(other.text().contains("Dan"), "{other:?}");
    let done = browser.submit(&preview, PLAN, &[("confirm", "1")]).await;
    assert_eq!(done.status, 303, "{done:?}");
    let lead = leads_of(&app).await.remove(0);
    assert_eq!(lead.fields.phone.as_str(), "0722000001");
    assert_eq!(lead.fields.money().unwrap().to_plain(), "333.33");
    assert_eq!(lead.created_at.rfc3339(), "2025-01-05T10:00:00Z");
    assert_sound(&app);
    let file = write(&app, "a.xlsx", &workbook());
    let (code, stdout, _) = app.run(&["import", "leads", &file, "--sheet", "Other"]);
    assert_eq!(code, 0, "{stdout}");
    let (code, _, stderr) = app.run(&["import", "leads", &file, "--sheet", "None"]);
    assert_eq!(code, 1);
    assert!(
        stderr.contains("The sheets are: Read me, Leads, Other"),
        "{stderr}"
    );
}

async fn titles_of_other_programs_are_known(app: TestApp) {
    let file = "First Name,Last Name,Company,Lead Source,Lead Status,Email,Phone Number\n\
        Ana,Pop,Acme SRL,Referral,Qualified,a@example.com,+40722000001\n\
        Ion,Ion,Beta SRL,Web,Contacted,i@example.com,+40722000002\n";
    let (code, stdout, stderr) = import(&app, file.as_bytes(), &[]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(!stdout.contains("Not imported"), "{stdout}");
    let all = leads_of(&app).await;
    assert_eq!(
        names(&app).await,
        pairs(&[("Ana Pop", "Acme SRL"), ("Ion Ion", "Beta SRL")])
    );
    assert_eq!(all[0].fields.source.as_str(), "Referral");
    assert_eq!(all[1].fields.phone.as_str(), "+40722000002");
    assert_eq!(
        all[0].status_id,
        app.api(ALICE).status_id("Qualified").await
    );
    for (titles, row, name) in [
        (
            "Nume;Prenume;Firmă;Telefon mobil",
            "Pop;Maria;Gama SRL;0722000003",
            "Maria Pop",
        ),
        (
            "Vorname;Nachname;Firma;Leadquelle",
            "Jürgen;Müller;Delta GmbH;Messe",
            "Jürgen Müller",
        ),
        (
            "Person - Name,Organization - Name,Person - Email - Work",
            "Eva,Eps,e@example.com",
            "Eva",
        ),
        (
            "Contact Name,Company Name,Stage,Salesperson",
            "Zoe,Zeta,Qualified,",
            "Zoe",
        ),
    ] {
        let (code, stdout, _) = import(&app, format!("{titles}\n{row}\n").as_bytes(), &[]);
        assert_eq!(code, 0, "{titles}: {stdout}");
        let last = names(&app).await.pop().unwrap();
        assert_eq!(last.0, name, "{titles}");
        assert!(!last.1.is_empty(), "{titles}");
    }
    let (code, stdout, _) = import(&app, b"name,source\nA,Web\nB,web\nC,WEB \n", &[]);
    assert_eq!(code, 0, "{stdout}");
    let all = leads_of(&app).await;
    let sources = all[all.len() - 3..]
        .iter()
        .map(|lead| lead.fields.source.as_str());
    assert_eq!(sources.collect::<Vec<_>>(), ["Web"; 3]);
}

async fn several_values_keep_the_first_and_say_so(app: TestApp) {
    let file = "name,email,Phone,Mobile\nA,a@example.com,,0722000001\n\
        C,c@example.com; d@example.com,0722000002,0722000003\nD,Dan <d@example.com>,,\n";
    let (code, stdout, stderr) = import(&app, file.as_bytes(), &[]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let said = "1 line with several phones or e-mail addresses: the first is used.";
    assert!(stdout.contains(said), "{stdout}");
    let leads = leads_of(&app).await;
    let found = leads
        .iter()
        .map(|lead| (lead.fields.email.as_str(), lead.fields.phone.as_str()));
    let expected = [
        ("a@example.com", "0722000001"),
        ("c@example.com", "0722000002"),
        ("d@example.com", ""),
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let blank = b"name,email\nB,n/a\n";
    assert_eq!(import(&app, blank, &[]).0, 1);
    let (code, stdout, _) = import(&app, blank, &["--blank-words"]);
    assert_eq!(code, 0, "{stdout}");
}

async fn dates_have_one_format_in_a_column(app: TestApp) {
    let file = "name;created_at\nA;31.12.2025\nB;31.12.2025 14:05\nC;2025-12-31 14:05:00\n\
        D;31/12/2025 14:05:11\nE;2025/12/31\nF;15 Apr, 2021 00:03:00\nG;2025-12-31T14:05:00+0200\n";
    let (code, stdout, _) = import(&app, file.as_bytes(), &[]);
    assert_eq!(code, 1, "{stdout}");
    assert!(
        stdout.contains("line 2: created_at: This is 2025-12-31 if"),
        "{stdout}"
    );
    let chosen = ["--date-format", "day.month.year", "--skip-bad-lines"];
    let (code, stdout, stderr) = import(&app, file.as_bytes(), &chosen);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(
        stdout.contains("line 5: created_at: This date isn’t written as"),
        "{stdout}"
    );
    assert!(
        stdout.contains("Times without a time zone are UTC"),
        "{stdout}"
    );
    let leads = leads_of(&app).await;
    let dates = leads.iter().map(|lead| lead.created_at.rfc3339());
    let expected = [
        "2025-12-31T00:00:00Z",
        "2025-12-31T14:05:00Z",
        "2025-12-31T14:05:00Z",
        "2025-12-31T00:00:00Z",
        "2021-04-15T00:03:00Z",
        "2025-12-31T12:05:00Z",
    ];
    assert_eq!(dates.collect::<Vec<_>>(), expected);
    let clear = b"name;created_at\nH;1.2.2025\nI;13.2.2025\n";
    let zone = ["--time-zone", "Europe/Bucharest"];
    let (code, stdout, _) = import(&app, clear, &zone);
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("are read as day.month.year"), "{stdout}");
    let last = leads_of(&app).await.pop().unwrap();
    assert_eq!(last.created_at.rfc3339(), "2025-02-12T22:00:00Z");
    let browser = app.signed_in(MARA).await;
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(preview.status, 422);
    let formats = preview.attributes("#f-date-created_at option", "value");
    assert_eq!(formats[..2], ["", "day.month.year"], "{formats:?}");
}

async fn amounts_are_read_as_people_write_them(app: TestApp) {
    let file = "name;value;currency\nA;\"$22,700.00\";USD\nB;€ 1.054,50;EUR\nC;1054 EUR;\n\
        D;1’054.50;CHF\nE;1.054;EUR\nF;1,054;USD\nG;1054.50 lei;RON\n";
    let (code, stdout, stderr) = import(&app, file.as_bytes(), &[]);
    assert_eq!(code, 1, "{stdout}");
    assert_eq!(stderr, "2 lines have errors. Nothing was imported.\n");
    for line in [6, 7] {
        let said = format!("line {line}: value: This could be 1054 or 1.054.");
        assert!(stdout.contains(&said), "{stdout}");
    }
    let (code, stdout, _) = import(&app, file.as_bytes(), &["--skip-bad-lines"]);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.ends_with("Imported; 2 lines were left out.\n"),
        "{stdout}"
    );
    let leads = leads_of(&app).await;
    let values = leads.iter().map(|lead| {
        let money = lead.fields.money().unwrap();
        format!("{} {}", money.to_plain(), money.currency)
    });
    let expected = [
        "22700.00 USD",
        "1054.50 EUR",
        "1054.00 EUR",
        "1054.50 CHF",
        "1054.50 RON",
    ];
    assert_eq!(values.collect::<Vec<_>>(), expected);
    let both = b"name;value\nE;1.054\n";
    let (code, stdout, _) = import(&app, both, &["--decimal-mark", "comma"]);
    assert_eq!(code, 0, "{stdout}");
    let last = leads_of(&app).await.pop().unwrap();
    assert_eq!(last.fields.money().unwrap().to_plain(), "1054.00");
}
