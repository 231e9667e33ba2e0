//! Workbooks that unpack to far more than their size, several at once, and ordinary ones with many texts: memory stays
//! bounded.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::RunningServer;
use crate::support::{Backend, Browser, MARA, Page};

/// KiB of memory that a workbook may take above that of an idle program.
const ALLOWED: u64 = 64 * 1024;

/// A workbook with these shared strings and rows, each made as it is written.
fn workbook(strings: impl Fn(&mut dyn Write), rows: impl Fn(&mut dyn Write)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    let mut add = |path: &str, fill: &dyn Fn(&mut dyn Write)| {
        let entry = archive.new_file(path);
        let entry = entry.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().unwrap();
        let packer = DeflateEncoder::new(&mut entry, Compression::best());
        let mut writer = std::io::BufWriter::new(config.wrap(packer));
        fill(&mut writer);
        let (packer, descriptor) = writer.into_inner().unwrap().finish().unwrap();
        packer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    };
    let text =
        |text: &'static str| move |out: &mut dyn Write| out.write_all(text.as_bytes()).unwrap();
    add(
        "[Content_Types].xml",
        &text(r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
    );
    add(
        "_rels/.rels",
        &text(
            r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
    );
    add(
        "xl/workbook.xml",
        &text(
            r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Leads" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
    );
    add(
        "xl/_rels/workbook.xml.rels",
        &text(
            r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
    );
    add("xl/sharedStrings.xml", &|out: &mut dyn Write| {
        out.write_all(b"<sst>").unwrap();
        strings(out);
        out.write_all(b"</sst>").unwrap();
    });
    add("xl/worksheets/sheet1.xml", &|out: &mut dyn Write| {
        out.write_all(b"<worksheet><sheetData>").unwrap();
        rows(out);
        out.write_all(b"</sheetData></worksheet>").unwrap();
    });
    archive.finish().unwrap();
    bytes
}

fn repeated<'a>(text: &'a str, times: usize) -> impl Fn(&mut dyn Write) + 'a {
    let many = text.repeat(if times >= 1_000 { 1_000 } else { 1 });
    move |out| {
        (0..times * text.len() / many.len()).for_each(|_| out.write_all(many.as_bytes()).unwrap())
    }
}

const HEADER: &str = r#"<row><c t="inlineStr"><is><t>external_ref</t></is></c><c t="inlineStr"><is><t>name</t></is></c></row>"#;

/// Each kind with what makes it large.
fn zip_bombs() -> Vec<(&'static str, Vec<u8>)> {
    let nothing = |_: &mut dyn Write| ();
    let header = repeated(HEADER, 1);
    let rows = |row: &'static str, times: usize| {
        move |out: &mut dyn Write| {
            repeated(HEADER, 1)(out);
            repeated(row, times)(out);
        }
    };
    let cell = r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#;
    let long = format!("<si><t>{}</t></si>", "long text ".repeat(30_000));
    vec![
        (
            "strings without a text",
            workbook(repeated("<si/>", 16 << 20), &header),
        ),
        (
            "short strings",
            workbook(repeated("<si><t>a</t></si>", 6 << 20), &header),
        ),
        (
            "one endless string",
            workbook(repeated("x", 80 << 20), &header),
        ),
        (
            "one string in every cell",
            workbook(repeated(&long, 1), rows(cell, 200_000)),
        ),
        (
            "rows without an end",
            workbook(
                nothing,
                rows(r#"<row><c><v>1</v></c><c><v>1</v></c></row>"#, 2 << 20),
            ),
        ),
        (
            "elements in elements",
            workbook(nothing, rows("<a>", 24 << 20)),
        ),
    ]
}

/// An ordinary workbook in which every text is different.
fn ordinary(rows: usize, columns: usize) -> Vec<u8> {
    let text = move |row: usize, column: usize| {
        format!(
            "text {row} of {column}, {:x}",
            (row * 31 + column) * 2_654_435_761
        )
    };
    let strings = move |out: &mut dyn Write| {
        for at in 0..rows * columns {
            write!(out, "<si><t>{}</t></si>", text(at / columns, at % columns)).unwrap();
        }
    };
    let cells = move |out: &mut dyn Write| {
        for row in 0..rows {
            write!(out, r#"<row r="{}">"#, row + 1).unwrap();
            for column in 0..columns {
                let letter = char::from(b'A' + column as u8);
                let number = row * columns + column;
                write!(
                    out,
                    r#"<c r="{letter}{}" t="s"><v>{number}</v></c>"#,
                    row + 1
                )
                .unwrap();
            }
            out.write_all(b"</row>").unwrap();
        }
    };
    workbook(strings, cells)
}

async fn upload(browser: &Browser, bytes: &[u8]) -> Page {
    let page = browser.get("/admin/leads/import").await;
    browser
        .upload(&page, "form[enctype]", ("file", "a.xlsx", bytes), &[])
        .await
}

/// Resident memory of the idle program in KiB, once the figure has settled.
fn settled_memory(served: &RunningServer, below: u64) -> u64 {
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let now = served.program.memory("VmRSS").expect("it runs");
        if now <= below || Instant::now() > deadline {
            return now;
        }
        std::thread::yield_now();
    }
}

#[tokio::test]
async fn a_hostile_workbook_takes_no_more_memory_than_an_honest_one() {
    // Made first: a connection that waits for them is closed meanwhile.
    let bombs = zip_bombs();
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite is built in");
    let browser = Browser::new(&served.program.base);
    browser.sign_in(MARA).await;
    assert_eq!(
        upload(&browser, &ordinary(3, 2)).await.status,
        422,
        "what is lent once is there"
    );
    let Some(idle) = served.program.memory("VmRSS") else {
        return;
    };
    for (kind, bytes) in bombs {
        assert!(bytes.len() < 1 << 20, "{kind} is small: {}", bytes.len());
        served.program.forget_peak();
        let before = Instant::now();
        let four = tokio::join!(
            upload(&browser, &bytes),
            upload(&browser, &bytes),
            upload(&browser, &bytes),
            upload(&browser, &bytes)
        );
        let took = before.elapsed();
        for page in [four.0, four.1, four.2, four.3] {
            assert_eq!(page.status, 422, "{kind}: {page:?}");
            let shown = page.texts(".error-summary li").join(" ");
            assert!(
                shown.contains("workbook") || shown.contains("1 MiB"),
                "{kind}: {shown}"
            );
        }
        let peak = served.program.memory("VmHWM").expect("it runs");
        assert!(
            peak < idle + ALLOWED,
            "{kind}: {peak} KiB at most, {idle} before"
        );
        let after = settled_memory(&served, idle + ALLOWED);
        assert!(
            after < idle + ALLOWED,
            "{kind}: {after} KiB after, {idle} before"
        );
        assert!(took < Duration::from_secs(60), "{kind} took {took:?}");
    }
    served.assert_sound();
}

#[tokio::test]
async fn an_honest_workbook_with_many_texts_goes_to_disk() {
    let bytes = ordinary(40_000, 8);
    let served = RunningServer::start(Backend::Sqlite).expect("SQLite is built in");
    let browser = Browser::new(&served.program.base);
    browser.sign_in(MARA).await;
    assert_eq!(
        upload(&browser, &ordinary(3, 2)).await.status,
        422,
        "what is lent once is there"
    );
    let Some(idle) = served.program.memory("VmRSS") else {
        return;
    };
    served.program.forget_peak();
    let page = upload(&browser, &bytes).await;
    // No column is called as a field is: the columns are offered, with their first values.
    assert_eq!(page.status, 422);
    assert!(
        page.text().contains("No column names the leads"),
        "{page:?}"
    );
    let peak = served.program.memory("VmHWM").expect("it runs");
    assert!(peak < idle + ALLOWED, "{peak} KiB at most, {idle} before");
    let name = [("map-0", "external_ref"), ("map-1", "name")];
    let preview = browser.submit(&page, "form.plan-form", &name).await;
    assert_eq!(
        preview.texts(".kpi-value"),
        ["39,999", "0", "0"],
        "{preview:?}"
    );
    let after = settled_memory(&served, idle + ALLOWED);
    assert!(after < idle + ALLOWED, "{after} KiB after, {idle} before");
}
