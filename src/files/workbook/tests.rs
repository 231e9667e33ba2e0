//! Tests of reading workbooks.

use std::io::{Cursor, Write};

use calamine::Reader;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::files::workbook::*;

type Row = (usize, Vec<String>);

fn read(bytes: &[u8]) -> Result<(Vec<Row>, SheetSummary), Message> {
    let mut rows = Vec::new();
    let book = book_rows(Cursor::new(bytes), &mut |sheet, line, record| {
        let cells = record.iter().map(str::to_owned).collect();
        rows.push((sheet, (line, cells)));
        Ok(())
    })?;
    let summary = book.sheet(None)?;
    let read = book
        .sheets
        .iter()
        .position(|sheet| sheet.name == summary.name);
    rows.retain(|(sheet, _)| Some(*sheet) == read);
    Ok((rows.into_iter().map(|(_, row)| row).collect(), summary))
}

fn key(bytes: &[u8]) -> &'static str {
    read(bytes).map(drop).unwrap_err().key
}

fn row(line: usize, cells: &[&str]) -> Row {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

fn sheet(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

/// A workbook whose files are written by hand.
fn packed(strings: &str, styles: &str, cells: &str) -> Vec<u8> {
    let book = r#"<workbook xmlns:r="r"><workbookPr date1904="0"/><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let links = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="r1" Type="x/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let parts = [
        ("_rels/.rels", links("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book.to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            links("worksheet", "worksheets/Sheet1.xml"),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        (
            "xl/styles.xml",
            format!("<styleSheet>{styles}</styleSheet>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    archive(parts.iter().map(|(path, text)| (*path, text.as_bytes())))
}

fn archive<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (path, content) in parts {
        let (mut entry, config) = archive
            .new_file(path)
            .compression_method(rawzip::CompressionMethod::DEFLATE)
            .start()
            .unwrap();
        let packer = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best());
        let mut writer = config.wrap(packer);
        writer.write_all(content).unwrap();
        let (packer, descriptor) = writer.finish().unwrap();
        packer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

#[test]
fn cells_stand_where_they_stood_and_dates_are_dates() {
    let bytes = sheet(|sheet| {
        let day = ExcelDateTime::from_ymd(2017, 3, 1).unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write(0, 2, "x").unwrap();
        sheet.write_datetime_with_format(4, 0, &day, &date).unwrap();
        sheet.write(4, 1, 1.5).unwrap();
        sheet.write(4, 3, true).unwrap();
    });
    let expected = [
        row(1, &["", "", "x"]),
        row(5, &["2017-03-01", "1.5", "", "true"]),
    ];
    assert_eq!(read(&bytes).unwrap().0, expected);
}

#[test]
fn values_are_read_however_they_are_written() {
    let strings = r#"<si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>no</t></rPh></si><si><t>  _x0041_&amp;&#x42; </t></si><si/>"#;
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs>"#;
    let cells = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="inlineStr"><is><t>in</t></is></c></row>
        <row r="3"><c r="A3" s="1"><v>42795</v></c><c s="2"><f>A1&amp;"x"</f><v>42795.5</v></c><c t="str"><f>1</f><v>a&lt;b</v></c><c t="b"><v>1</v></c><c t="d"><v>2017-03-01</v></c><c><v>1e3</v></c><c><v>text</v></c><c/></row>"#;
    let bytes = packed(strings, styles, cells);
    let expected = [
        row(1, &["plain", "rich ", "A&B", "", "in"]),
        row(
            3,
            &[
                "2017-03-01",
                "2017-03-01 12:00:00",
                "a<b",
                "true",
                "2017-03-01",
                "1000",
                "text",
            ],
        ),
    ];
    assert_eq!(read(&bytes).unwrap().0, expected);
    // What calamine makes of the same cells.
    let mut book = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range("A").unwrap();
    for ((line, column), text) in [
        ((0, 1), "rich "),
        ((0, 2), "A&B"),
        ((2, 2), "a<b"),
        ((2, 6), "text"),
    ] {
        assert_eq!(
            range.get_value((line, column)),
            Some(&calamine::Data::String(text.into()))
        );
    }
    for ((line, column), number) in [((2, 0), 42795.0), ((2, 1), 42795.5)] {
        let Some(calamine::Data::DateTime(moment)) = range.get_value((line, column)) else {
            panic!("no date");
        };
        assert_eq!(moment.as_f64(), number);
    }
}

#[test]
fn what_people_do_not_see_is_left_out_and_said() {
    let mut workbook = Workbook::new();
    let old = workbook.add_worksheet().set_name("Old").unwrap();
    old.set_hidden(true).write(0, 0, "old").unwrap();
    old.write(1, 0, "older").unwrap();
    let cover = workbook.add_worksheet().set_name("Cover").unwrap();
    cover.write(3, 3, "How to use this file").unwrap();
    let data = workbook.add_worksheet().set_name("Data").unwrap();
    for (row, cells) in [
        ["id", "name", "note"],
        ["1", "A", "x"],
        ["2", "B", "y"],
        ["3", "C", ""],
    ]
    .iter()
    .enumerate()
    {
        data.write_row(row as u32, 0, *cells).unwrap();
    }
    data.set_row_hidden(2).unwrap();
    data.set_column_hidden(0).unwrap();
    data.set_active(true);
    let (rows, summary) = read(&workbook.save_to_buffer().unwrap()).unwrap();
    let expected = [
        row(1, &["id", "name", "note"]),
        row(2, &["1", "A", "x"]),
        row(4, &["3", "C"]),
    ];
    assert_eq!(rows, expected);
    let expected = SheetSummary {
        name: "Data".into(),
        others: vec!["Cover".into()],
        hidden_sheets: vec!["Old".into()],
        hidden_rows: 1,
        hidden_columns: vec![0],
        rows: 3,
        columns: 3,
        offset: 0,
    };
    assert_eq!(summary, expected);
    let messages: Vec<_> = summary
        .messages(&["id".to_owned()])
        .iter()
        .map(|message| message.key)
        .collect();
    assert_eq!(messages.len(), 5);
    let titles = sheet(|sheet| drop(sheet.write(2, 0, "name")));
    assert_eq!(
        read(&titles).unwrap().0,
        [row(3, &["name"])],
        "titles alone"
    );
    assert!(
        read(&titles).unwrap().1.messages(&[]).is_empty(),
        "there is nothing to say"
    );
    let hidden = r#"<worksheet/>"#;
    let book =
        r#"<workbook><sheets><sheet name="A" r:id="r1" state="veryHidden"/></sheets></workbook>"#;
    let link = |kind: &str, target: &str| {
        format!(r#"<R><Relationship Id="r1" Type="a/relationships/{kind}" Target="{target}"/></R>"#)
    };
    let (root, links) = (
        link("officeDocument", "/xl/b.xml"),
        link("worksheet", "s.xml"),
    );
    let parts = [
        ("_rels/.rels", &*root),
        ("xl/b.xml", book),
        ("xl/_rels/b.xml.rels", &*links),
        ("xl/s.xml", hidden),
    ];
    assert_eq!(
        key(&archive(
            parts.iter().map(|(path, text)| (*path, text.as_bytes()))
        )),
        "import-all-hidden"
    );
}

#[test]
fn what_unpacks_to_too_much_or_nests_too_deep_is_refused() {
    let many = "<si/>".repeat(6 << 20);
    assert_eq!(key(&packed(&many, "", "")), "import-workbook-large");
    let long = format!("<si><t>{}</t></si>", "x".repeat(2 << 20));
    assert_eq!(key(&packed(&long, "", "")), "import-not-xlsx");
    let references = format!("<si><t>{}</t></si>", "&#65;".repeat((1 << 20) + 1));
    assert_eq!(key(&packed(&references, "", "")), "import-not-xlsx");
    assert_eq!(
        key(&packed("", "", &"<row>".repeat(100_000))),
        "import-not-xlsx"
    );
    let cell = |place: &str| format!(r#"<row><c r="{place}"><v>1</v></c></row>"#);
    for place in ["A1048577", "XFE1", "A99999999999", "ZZZZZZZ1"] {
        assert_eq!(
            key(&packed("", "", &cell(place))),
            "import-not-xlsx",
            "{place}"
        );
    }
    assert_eq!(
        key(&packed("", "", &cell("BXY1"))),
        "import-too-many-columns"
    );
    let wide = format!("<si><t>{}</t></si>", "x".repeat(900_000));
    let cells = r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#;
    assert_eq!(key(&packed(&wide, "", cells)), "import-line-too-long");
    let entity = r#"<!DOCTYPE a [<!ENTITY b "x">]><row><c t="str"><v>&b;</v></c></row>"#;
    assert_eq!(key(&packed("", "", entity)), "import-not-xlsx");
    let nowhere = r#"<row><c t="s"><v>7</v></c></row>"#;
    assert_eq!(key(&packed("", "", nowhere)), "import-not-xlsx");
}

#[test]
fn a_file_that_unpacks_to_more_than_it_says_is_refused() {
    let strings = "<si/>".repeat(6 << 20);
    let honest = packed(&strings, "", "");
    let says = (strings.len() as u32 + 11).to_le_bytes();
    let places = honest.windows(4).enumerate();
    let places: Vec<usize> = places
        .filter(|(_, four)| *four == says)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty(), "the file contains its size");
    let mut lying = honest;
    for at in places {
        lying[at..at + 4].copy_from_slice(&1_000u32.to_le_bytes());
    }
    assert_eq!(key(&lying), "import-not-xlsx");
}

#[test]
fn damaged_workbooks_are_refused_in_one_sentence() {
    let good = sheet(|sheet| {
        for row in 0..200 {
            sheet.write(row, 0, format!("name {row}")).unwrap();
        }
    });
    let rows = read(&good).unwrap().0;
    for at in (0..good.len()).step_by(41) {
        let mut damaged = good.clone();
        damaged[at] ^= 0x55;
        if let Ok((found, _)) = read(&damaged) {
            assert_eq!(found, rows, "a change at {at} is seen");
        }
        assert!(read(&good[..at]).is_err());
    }
}

#[test]
fn many_shared_texts_are_found_again() {
    let count = 120_000u32;
    let mut strings = String::new();
    let mut cells = String::new();
    for at in 0..count {
        strings.push_str(&format!("<si><t>text number {at}</t></si>"));
        cells.push_str(&format!(
            r#"<row><c t="s"><v>{}</v></c></row>"#,
            (u64::from(at) * 7_919) % u64::from(count)
        ));
    }
    let (rows, _) = read(&packed(&strings, "", &cells)).unwrap();
    assert_eq!(rows.len(), count as usize);
    for (line, cells) in rows {
        let at = (line as u64 - 1) * 7_919 % u64::from(count);
        assert_eq!(cells, [format!("text number {at}")]);
    }
}

#[test]
fn a_formula_without_a_result_is_no_blank_cell() {
    let cells = r#"<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>
        <c r="D1" t="str"><f>""</f><v></v></c><c r="E1"/></row>"#;
    let (rows, _) = read(&packed("", "", cells)).unwrap();
    assert_eq!(rows, [row(1, &["#FORMULA!", "#FORMULA!", "2"])]);
}
