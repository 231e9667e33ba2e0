//! Tests of files of statuses and of the plan of an import.

use serde_json::json;

use crate::clock::Timestamp;
use crate::error::Error;
use crate::files::{BlankCells, Format, ReadOptions};
use crate::i18n::{Lang, Message};
use crate::statuses::actions::import::plan_import;
use crate::statuses::actions::import_export::export::{Slugs, export};
use crate::statuses::actions::import_export::plan::*;
use crate::statuses::actions::import_export::status_file::*;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::Criteria;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Name;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::domain::status::tests::status;

/// Blank cells erase.
pub(super) const ERASING: BlankCells = BlankCells {
    should_erase: true,
    has_blank_words: false,
};

pub(super) fn read(bytes: &[u8], filename: &str) -> Result<StatusFile, Message> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    match StatusFile::open(file.path(), filename, &ReadOptions::default()) {
        Err(Error::Unreadable(message)) => Err(message),
        other => Ok(other.unwrap()),
    }
}

pub(super) fn parse(bytes: &[u8], filename: &str) -> Result<MappedFile, Message> {
    read(bytes, filename)?.map_columns(&[], ERASING)
}

/// New (default), Contacted, Won (converted), and an archived Old.
pub(super) fn pipeline() -> Vec<LeadStatus> {
    let mut statuses: Vec<_> = (1..)
        .zip(["New", "Contacted", "Won", "Old"])
        .map(|(id, name)| status(id, name))
        .collect();
    statuses[0].is_default = true;
    statuses[0].limit_days = Days::new(3);
    statuses[2].kind = Kind::Won;
    statuses[2].is_converted = true;
    statuses[3].archived_at = Some(Timestamp(9));
    statuses[3].position = None;
    statuses
}

pub(super) fn planned(text: &str) -> ImportPlan {
    let parsed = parse(text.as_bytes(), "statuses.csv").unwrap();
    plan_import(&pipeline(), &parsed.rows)
}

/// The field and the key of the first error of each refused row.
pub(super) fn refusals(plan: &ImportPlan) -> Vec<(usize, &str, &'static str)> {
    let errors = plan.rows.iter().filter_map(|row| match &row.outcome {
        RowOutcome::Invalid { errors } => errors
            .iter()
            .next()
            .map(|(field, message)| (row.line, field, message.key)),
        _ => None,
    });
    errors.collect()
}

pub(super) fn ids(plan: &ImportPlan) -> Vec<i64> {
    let id = |place: &StatusRef| match place {
        StatusRef::Existing(id) => *id,
        StatusRef::New(row) => -(*row as i64),
    };
    plan.order.iter().map(id).collect()
}

#[test]
fn a_csv_export_looks_as_promised() {
    let mut statuses = pipeline();
    statuses[0].name = Name::parse("=New").unwrap();
    statuses[0].enter_when = Criteria::parse("one\ntwo").unwrap();
    let bytes = export(Format::Csv, &statuses[..1], &Slugs::new()).unwrap();
    let (titles, row) = std::str::from_utf8(&bytes)
        .unwrap()
        .split_once("\r\n")
        .unwrap();
    assert!(
        titles.starts_with("name,slug,kind,color,isdefault,isconverted,target_days,limit_days,")
    );
    assert!(row.starts_with("'=New,new,open,#74809a,true,false,,3,,\"one\ntwo\","));
    assert!(row.ends_with("\r\n"));
}

#[test]
fn a_json_export_has_typed_values() {
    let bytes = export(Format::Json, &pipeline(), &Slugs::new()).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value[0]["limit_days"], json!(3));
    assert_eq!(value[0]["isdefault"], json!(true));
    assert_eq!(value[0]["enter_when"], json!([]));
    assert_eq!(
        value[0].as_object().unwrap().len(),
        FILE_FIELDS.fields.len()
    );
}

#[test]
fn what_the_api_lists_can_be_imported_too() {
    let text = r#"[{"id": 7, "name": "Demo", "statusorder": 1, "enter_when": ["a", "b"], "limit_days": 5, "target_days": null}]"#;
    let file = read(text.as_bytes(), "").unwrap();
    assert_eq!(file.format(), Format::Json);
    let parsed = file.map_columns(&[], BlankCells::default()).unwrap();
    assert_eq!(
        parsed.mapping.unmapped_titles(Lang::En, &[]),
        ["id", "statusorder"]
    );
    let plan = plan_import(&pipeline(), &parsed.rows);
    let RowOutcome::Create(new) = &plan.rows[0].outcome else {
        panic!("{plan:?}")
    };
    assert_eq!(new.fields.enter_when.lines(), ["a", "b"]);
    assert_eq!(new.fields.limit_days, Days::new(5));
}

#[test]
fn rows_find_their_status_by_slug_and_else_by_name() {
    let plan = planned("name,slug,limit_days\nFresh,new,3\nCONTÁCTED,,\nDemo,,7\n");
    assert!(plan.is_acceptable(), "{plan:?}");
    assert!(
        matches!(&plan.rows[0].outcome, RowOutcome::Change { id: 1, changes, .. } if changes.len() == 1 && changes[0].field == "name")
    );
    assert!(matches!(
        &plan.rows[1].outcome,
        RowOutcome::Change { id: 2, .. }
    ));
    assert!(
        matches!(&plan.rows[2].outcome, RowOutcome::Create(new) if new.slug.as_str() == "demo")
    );
    assert_eq!(
        plan.counts(),
        RowCounts {
            created: 1,
            changed: 2,
            same: 0,
            refused: 0
        }
    );
}

#[test]
fn a_new_status_keeps_the_slug_of_its_file_and_never_takes_anothers() {
    let plan = planned("name,slug\nSQL,qualified\nNew!,\nOld,\n");
    let slugs: Vec<_> = plan
        .rows
        .iter()
        .map(|row| match &row.outcome {
            RowOutcome::Create(new) => new.slug.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(slugs, ["qualified", "new-2", "old-2"]);
    assert_eq!(
        refusals(&planned("name,slug\nA,Not A Slug\n")),
        [(2, "slug", "status-slug-invalid")]
    );
}

#[test]
fn rows_about_one_status_are_refused_with_each_others_line() {
    let twice = planned("name\nNew\nnéw\n");
    assert_eq!(
        refusals(&twice),
        [
            (2, "name", "import-line-twice"),
            (3, "name", "import-line-twice")
        ]
    );
    let RowOutcome::Invalid { errors } = &twice.rows[0].outcome else {
        panic!()
    };
    assert_eq!(errors.at("name").unwrap().args, [("line", 3usize.into())]);
    let twice = planned("name\nDemo\nDEMO\n");
    assert_eq!(
        refusals(&twice),
        [
            (2, "name", "import-name-twice"),
            (3, "name", "import-name-twice")
        ]
    );
    let twice = planned("name,slug\nA,x\nB,x\n");
    assert_eq!(
        refusals(&twice),
        [
            (2, "slug", "import-line-twice"),
            (3, "slug", "import-line-twice")
        ]
    );
}

#[test]
fn a_name_that_another_status_keeps_is_refused_but_two_may_swap() {
    let taken = planned("name,slug\nContacted,new\n");
    assert_eq!(refusals(&taken), [(2, "name", "status-name-taken")]);
    assert!(planned("name,slug\nContacted,new\nNew,contacted\n").is_acceptable());
    assert!(planned("name,slug\nOld,new\n").is_acceptable());
}

#[test]
fn the_lines_are_the_order_and_the_others_follow() {
    let plan = planned("name\nWon\nDemo\nNew\n");
    assert_eq!(ids(&plan), [3, -1, 1, 2]);
    assert!(plan.is_reordered);
    let part = planned("name,limit_days\nContacted,9\nWon,\n");
    assert_eq!(ids(&part), [1, 2, 3]);
    assert!(!part.is_reordered);
    assert!(!part.changes_nothing());
}

#[test]
fn roles_move_with_the_file_and_are_always_held_by_one() {
    let moved = planned("name,isdefault\nContacted,1\n");
    assert_eq!(moved.default, Some(StatusRef::Existing(2)));
    assert!(moved.is_acceptable());
    let moved = planned("name,isdefault,kind\nNew,no,lost\nDemo,yes,open\n");
    assert_eq!(moved.default, Some(StatusRef::New(1)));
    assert!(moved.is_acceptable(), "{moved:?}");
    let twice = planned("name,isdefault\nNew,true\nContacted,true\n");
    assert_eq!(
        refusals(&twice),
        [
            (2, "isdefault", "import-role-twice"),
            (3, "isdefault", "import-role-twice")
        ]
    );
    let none = planned("name,isdefault\nNew,false\n");
    assert_eq!(refusals(&none), [(2, "isdefault", "import-role-given-up")]);
    let parsed = parse(b"name\nDemo\n", "").unwrap();
    let first = plan_import(&[], &parsed.rows);
    assert_eq!(first.problems.len(), 2);
    assert!(!first.is_acceptable());
}

#[test]
fn a_kind_never_changes_against_a_role() {
    assert_eq!(
        refusals(&planned("name,kind\nNew,lost\n")),
        [(2, "kind", "status-kind-held-default")]
    );
    assert_eq!(
        refusals(&planned("name,kind,isconverted\nWon,lost,1\n")),
        [(2, "kind", "status-kind-held-converted")]
    );
    assert_eq!(
        refusals(&planned("name,isconverted\nNew,1\n")),
        [(2, "isconverted", "status-role-needs-won")]
    );
    assert_eq!(
        refusals(&planned("name,slug,isdefault\nOld,old,1\n")),
        [(2, "isdefault", "status-role-archived")]
    );
}

#[test]
fn a_refused_row_names_every_error_and_refuses_the_whole() {
    let plan = planned("name,kind,color,limit_days\nDemo,open,,\n,closed,red,1e3\n");
    assert!(!plan.is_acceptable());
    let RowOutcome::Invalid { errors } = &plan.rows[1].outcome else {
        panic!()
    };
    let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["name", "color", "kind", "limit_days"]);
    assert_eq!(plan.rows[1].line, 3);
}

#[test]
fn hostile_files_get_one_clear_error() {
    let key = |bytes: &[u8]| parse(bytes, "a.csv").unwrap_err().key;
    assert_eq!(key(b"titel,art\nNew,open\n"), "import-no-name");
    assert_eq!(key(b"name,kind\n\"New,open\n"), "import-unclosed-quote");
    assert_eq!(key(b"name\nNew,open\n"), "import-extra-cell");
    assert_eq!(key(b"name\na\0b\n"), "import-nul");
    assert_eq!(key(b"[1"), "import-not-json");
    assert_eq!(
        key(format!("name\n{}", "x\n".repeat(5_001)).as_bytes()),
        "import-too-many-rows"
    );
    assert_eq!(
        key("a,".repeat(3_000).as_bytes()),
        "import-too-many-columns"
    );
}

#[test]
fn utf_16_with_semicolons_reads_as_excel_writes_it() {
    let text = "name;limit_days\r\nOfertă;5\r\n";
    let bytes: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let parsed = parse(&bytes, "a.csv").unwrap();
    assert_eq!(parsed.rows[0].fields.text("name"), Some("Ofertă"));
    assert_eq!(parsed.rows[0].fields.text("limit_days"), Some("5"));
}

#[test]
fn an_export_of_nothing_changes_nothing() {
    for format in Format::ALL {
        let parsed = parse(&export(format, &[], &Slugs::new()).unwrap(), "").unwrap();
        assert!(
            plan_import(&pipeline(), &parsed.rows).changes_nothing(),
            "{format:?}"
        );
    }
}
