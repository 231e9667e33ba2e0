//! Random statuses and random bytes, written and read again.

use proptest::prelude::*;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::clock::Timestamp;
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::records::mapping::ColumnChoice;
use crate::statuses::actions::import::plan_import;
use crate::statuses::actions::import_export::export::{export, slugs_of};
use crate::statuses::actions::import_export::status_file::*;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::domain::status::tests::status;

use super::tests::*;

/// Texts with everything that could break a format.
const HOSTILE: &str =
    "['=+@\t,;\"-]{0,2}([a-zA-Z țȘß_&<>🙂]|_x0041_|\u{202e}|مؤهل|\u{feff}|&amp;){0,6}['=]?";

prop_compose! {
    fn any_status()(
        name in HOSTILE, color in "#[0-9a-f]{6}", kind in 0..5usize, definition in HOSTILE, more in HOSTILE,
        enter in proptest::collection::vec(HOSTILE, 0..3), leave in proptest::collection::vec(HOSTILE, 0..3),
        target in 0..9, longer in -1..9, is_archived in proptest::bool::weighted(0.2),
    ) -> LeadStatus {
        let mut status = status(1, "x");
        status.name = Name::parse(&name).or(Name::parse("plain")).unwrap();
        status.color = Color::parse(&color).unwrap();
        status.kind = Kind::ALL[kind];
        status.definition = Definition::parse(&format!("{definition}\n{more}")).unwrap();
        status.enter_when = Criteria::parse(&enter.join("\n")).unwrap();
        status.leave_when = Criteria::parse(&leave.join("\n")).unwrap();
        status.target_days = Days::new(target);
        status.limit_days = if longer < 0 { None } else { Days::new(target + longer) };
        status.archived_at = is_archived.then_some(Timestamp(1));
        status
    }
}

/// A database: names and slugs differ, positions are 1..n, and both roles are held.
fn database(mut statuses: Vec<LeadStatus>) -> Vec<LeadStatus> {
    let mut keys = std::collections::HashSet::new();
    statuses.retain(|status| keys.insert(status.name.key()));
    let mut position = 0;
    let mut slugs = std::collections::HashSet::new();
    for (at, status) in statuses.iter_mut().enumerate() {
        if at < 2 {
            status.archived_at = None;
            status.is_default = at == 0;
            status.is_converted = at == 1;
            status.kind = if at == 0 { Kind::Open } else { Kind::Won };
        }
        status.id = at as i64 + 1;
        status.slug = Slug::of(&status.name).unique(|slug| slugs.contains(slug));
        slugs.insert(status.slug.to_string());
        status.position = (!status.is_archived()).then(|| {
            position += 1;
            position
        });
    }
    statuses
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn importing_an_export_changes_nothing(
        statuses in proptest::collection::vec(any_status(), 2..8), part in proptest::collection::vec(any::<bool>(), 8)
    ) {
        let statuses = database(statuses);
        prop_assume!(statuses.len() >= 2);
        let some: Vec<LeadStatus> = statuses.iter().zip(part).filter(|(_, is_in)| *is_in).map(|(status, _)| status.clone()).collect();
        for format in Format::ALL {
            for exported in [&statuses, &some] {
                let bytes = export(format, exported, &slugs_of(exported)).unwrap();
                let parsed = parse(&bytes, &format.filename("a")).unwrap();
                prop_assert_eq!(parsed.rows.len(), exported.len());
                let plan = plan_import(&statuses, &parsed.rows);
                prop_assert!(plan.is_acceptable() && plan.changes_nothing(), "{:?} {:?}", format, plan);
            }
        }
    }

    #[test]
    fn no_bytes_make_the_parser_fail_otherwise_than_with_a_message(
        bytes in proptest::collection::vec(any::<u8>(), 0..200), is_zip in any::<bool>()
    ) {
        let mut file = if is_zip { b"PK\x03\x04".to_vec() } else { Vec::new() };
        file.extend(bytes);
        if let Ok(parsed) = parse(&file, "") {
            plan_import(&pipeline(), &parsed.rows);
        }
    }
}

fn fields(titles: &[&str], mapping: &[&str]) -> Result<Vec<Option<&'static str>>, Message> {
    let titles = titles.join(",");
    let arguments: Vec<String> = mapping.iter().map(|text| (*text).to_owned()).collect();
    let choices = ColumnChoice::parse_all(&FILE_FIELDS, &arguments)?;
    let mapping = read(titles.as_bytes(), "a.csv")?
        .map_columns(&choices, ERASING)?
        .mapping;
    let columns = 0..mapping.titles().len();
    Ok(columns.map(|at| mapping.field(at)).collect())
}

#[test]
fn titles_are_field_names_or_labels_in_either_language() {
    let expected = [Some("name"), Some("limit_days"), Some("color"), None];
    assert_eq!(
        fields(&["Name", "limit days", "Colour", "Notes"], &[]).unwrap(),
        expected
    );
    assert_eq!(
        fields(&["nume", "Limita (zile)", "CULOARE", ""], &[]).unwrap(),
        expected
    );
    // As exports named them before.
    assert_eq!(
        fields(&["nume", "Intră când", "Iese când"], &[]).unwrap(),
        [Some("name"), Some("enter_when"), Some("leave_when")]
    );
}

#[test]
fn a_mapping_wins_over_a_title_and_may_leave_a_column_out() {
    assert_eq!(
        fields(&["Stage", "name"], &["stage=name"]).unwrap(),
        [Some("name"), None]
    );
    assert_eq!(
        fields(&["name", "kind"], &["kind="]).unwrap(),
        [Some("name"), None]
    );
    assert_eq!(fields(&["a=b"], &["a=b=name"]).unwrap(), [Some("name")]);
}

#[test]
fn a_wrong_header_or_mapping_is_named() {
    for (titles, mapping, key) in [
        (vec!["title", "kind"], vec![], "import-no-name"),
        (vec!["name", "NAME"], vec![], "import-column-twice"),
        (vec!["name"], vec!["Stage=kind"], "import-map-column"),
        (
            vec!["name", "Stage"],
            vec!["Stage=stage"],
            "import-map-field",
        ),
        (vec!["name"], vec!["Stage"], "import-map-form"),
    ] {
        assert_eq!(fields(&titles, &mapping).unwrap_err().key, key);
    }
    let text = fields(&["title", "kind"], &[]).unwrap_err().text(Lang::En);
    assert!(
        text.contains("title, kind") && text.contains("leave_when"),
        "{text}"
    );
}

#[test]
fn anything_but_an_array_of_objects_is_refused_with_its_line() {
    let error = |text: &str| read(text.as_bytes(), "a.json").unwrap_err();
    assert_eq!(
        error("[{\"name\": \"New\"},\n oops]"),
        Message::new("import-not-json")
            .with("line", 2usize)
            .with("column", 2usize)
    );
    assert_eq!(error("{\"name\": \"New\"}").key, "import-not-array");
    assert_eq!(
        error("[{}, 5]"),
        Message::new("import-not-object").with("line", 2usize)
    );
    assert_eq!(
        error(&format!("[{}]", vec!["{}"; 5_001].join(","))).key,
        "import-too-many-rows"
    );
}

fn sheet(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

#[test]
fn cells_are_read_as_one_would_type_them() {
    let bytes = sheet(|sheet| {
        sheet.write(2, 0, "name").unwrap();
        sheet.write(2, 1, "limit_days").unwrap();
        sheet.write(2, 2, "isdefault").unwrap();
        sheet.write(5, 0, "=New").unwrap();
        sheet.write(5, 1, 5).unwrap();
        sheet.write(5, 2, true).unwrap();
        sheet.write(6, 0, "Next").unwrap();
        sheet.write(6, 1, 5.5).unwrap();
    });
    let parsed = parse(&bytes, "upload").unwrap();
    assert_eq!(parsed.rows.len(), 2);
    let first = &parsed.rows[0];
    assert_eq!(first.line, 6);
    assert_eq!(first.fields.text("name"), Some("=New"));
    assert_eq!(first.fields.text("limit_days"), Some("5"));
    assert_eq!(first.fields.boolean("isdefault"), Some(true));
    assert_eq!(parsed.rows[1].fields.text("limit_days"), Some("5.5"));
}

#[test]
fn a_cell_at_the_far_corner_of_a_sheet_costs_nothing() {
    let bytes = sheet(|sheet| {
        sheet.write(0, 0, "name").unwrap();
        sheet.write(1_048_575, 0, "New").unwrap();
    });
    let parsed = parse(&bytes, "a.xlsx").unwrap();
    assert_eq!(parsed.rows[0].line, 1_048_576);
    let wide = sheet(|sheet| {
        sheet.write(0, 16_383, "name").unwrap();
    });
    assert_eq!(
        read(&wide, "a.xlsx").unwrap_err().key,
        "import-too-many-columns"
    );
}

#[test]
fn anything_but_a_workbook_is_refused() {
    let good = sheet(|sheet| {
        sheet.write(0, 0, "name").unwrap();
    });
    for bad in [
        &b"PK\x03\x04oops"[..],
        &good[..good.len() / 2],
        b"name\nNew",
    ] {
        assert_eq!(parse(bad, "a.xlsx").unwrap_err().key, "import-not-xlsx");
    }
    assert_eq!(
        read(&sheet(|_| {}), "a.xlsx").unwrap_err().key,
        "import-empty"
    );
}
