use super::{LIST, all_statuses, confirm, names, upload};
use crate::support::{ALICE, TestApp};

both!(
    a_file_that_cannot_be_read_is_answered_in_one_sentence,
    a_file_of_a_spreadsheet_is_read_whatever_its_encoding,
    a_formula_stays_a_text,
    a_form_without_a_file_asks_for_one,
    a_file_of_more_than_64_mib_is_refused,
);

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

async fn a_file_that_cannot_be_read_is_answered_in_one_sentence(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let before = all_statuses(&app).await;
    let ten_megabytes = [b"name\n".to_vec(), b"Name,\n".repeat(10 << 20 >> 3)].concat();
    let long_line = [b"name\n".to_vec(), vec![b'x'; 10 << 20]].concat();
    let files: [(&str, Vec<u8>, &str); 14] = [
        ("a.csv", b"title,kind\nNew,open\n".to_vec(), "title, kind"),
        (
            "a.csv",
            b"name\n\"New,open\n".to_vec(),
            "line 2 and never closes",
        ),
        ("a.csv", b"name\nNe\0w\n".to_vec(), "NUL"),
        ("a.csv", b"name,\xc8\x99\xc8\x9b\n\xff\n".to_vec(), "UTF-8"),
        ("a.csv", vec![0xff, 0xfe, 0x00, 0xd8], "UTF-16"),
        ("a.csv", Vec::new(), "empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n \r\n".to_vec(), "empty"),
        (
            "a.json",
            b"[{\"name\": \"New\"}, oops]".to_vec(),
            "valid JSON",
        ),
        ("a.json", b"{\"name\": \"New\"}".to_vec(), "array"),
        ("a.json", b"[".repeat(100_000), "valid JSON"),
        ("a.xlsx", b"PK\x03\x04oops".to_vec(), "workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0oops".to_vec(), "workbook"),
        ("a.csv", ten_megabytes, "5,000 rows"),
        ("a.csv", long_line, "50 characters"),
    ];
    for (name, bytes, sentence) in files {
        let answer = upload(&browser, name, &bytes).await;
        assert_eq!(answer.status, 422, "{sentence}");
        let stderr = answer.texts(".error-summary li").join("\n");
        assert!(stderr.contains(sentence), "{sentence}: {stderr}");
        assert!(!answer.has("[name=confirm]"), "{sentence}");

        std::fs::write(app.dir().join(name), bytes).unwrap();
        let (status, _, stderr) = app.run(&["import", "statuses", name]);
        assert_eq!(
            (status, stderr.lines().count()),
            (1, 1),
            "{sentence}: {stderr}"
        );
    }
    assert_eq!(all_statuses(&app).await, before);
}

async fn a_file_of_a_spreadsheet_is_read_whatever_its_encoding(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let files: [(&str, Vec<u8>); 4] = [
        (
            "Știre unu",
            "\u{feff}name,kind\r\nȘtire unu,open\r\n".into(),
        ),
        ("Știre doi", utf16("name\tkind\r\nȘtire doi\topen\r\n")),
        (
            "Știre trei",
            "sep=;\r\nNume;Tip\r\nȘtire trei;open\r\n".into(),
        ),
        ("Știre patru", "kind,name\ropen,Știre patru\r".into()),
    ];
    for (name, bytes) in files {
        let preview = upload(&browser, "export.csv", &bytes).await;
        assert_eq!(preview.status, 200, "{name}: {preview:?}");
        assert_eq!(confirm(&browser, &preview).await.status, 303, "{name}");
        assert!(names(&app).await.contains(&name.to_owned()), "{name}");
    }
}

async fn a_formula_stays_a_text(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let file = "name,definition\n'=1+1,\"'@SUM(A1:A9)\"\n=2+2,-3\n";
    let preview = upload(&browser, "a.csv", file.as_bytes()).await;
    assert_eq!(confirm(&browser, &preview).await.status, 303);
    let status = app.api(ALICE).status("=1+1").await;
    assert_eq!(status["definition"], "@SUM(A1:A9)");
    let out = browser.get(&format!("{LIST}/export?q=%3D")).await.answer;
    for cell in ["'=1+1", "'=2+2", "'-3", "'@SUM(A1:A9)"] {
        assert!(out.text().contains(cell), "{cell}: {}", out.text());
    }
    let cells = out.text().lines().flat_map(|line| line.split(','));
    let run = cells.filter(|cell| cell.starts_with(['=', '+', '-', '@']));
    assert_eq!(run.count(), 0, "{}", out.text());
}

async fn a_form_without_a_file_asks_for_one(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let page = browser.get(super::IMPORT).await;
    let answer = browser.submit(&page, super::UPLOAD_FORM, &[]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.texts(".error-summary li"), ["Choose a file first"]);
    let other = ("other", "a.csv", &b"name\nx\n"[..]);
    let answer = browser.upload(&page, super::UPLOAD_FORM, other, &[]).await;
    assert_eq!(answer.status, 422);
}

async fn a_file_of_more_than_64_mib_is_refused(app: TestApp) {
    let browser = app.signed_in(ALICE).await;
    let answer = upload(&browser, "a.csv", &vec![b'x'; (64 << 20) + 1]).await;
    assert_eq!(answer.status, 413);
}
