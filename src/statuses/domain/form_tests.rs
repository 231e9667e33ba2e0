//! Tests of `form.rs`.

use serde_json::json;

use crate::i18n::Lang;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::form::*;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::tests::status;

fn sent(pairs: &[(&str, &str)]) -> StatusForm {
    StatusForm::read(&Fields::from_pairs(pairs.iter().copied()))
}

fn json_form(value: serde_json::Value) -> StatusForm {
    StatusForm::read(&Fields::from_json(value).unwrap())
}

fn create(pairs: &[(&str, &str)]) -> Result<StatusFields, FieldErrors> {
    sent(pairs).parse(Mode::Create)
}

#[test]
fn a_new_status_needs_only_a_name() {
    let fields = create(&[("name", " Qualified ")]).unwrap();
    assert_eq!(fields.name.as_str(), "Qualified");
    assert_eq!(fields.color.as_str(), "#74809a");
    assert_eq!(fields.kind, Kind::Open);
    assert_eq!((fields.target_days, fields.limit_days), (None, None));
    let errors = create(&[]).unwrap_err();
    assert_eq!(
        errors.at("name").unwrap().text(Lang::En),
        "Enter a name, for example “Qualified”"
    );
}

#[test]
fn the_blank_form_and_the_form_of_a_status_read_back_as_they_are() {
    let mut form = StatusForm::blank();
    form.fields
        .set(StatusField::Name, FormValue::Text("New".to_owned()));
    assert_eq!(form.parse(Mode::Create).unwrap(), status(1, "New").fields());
    let mut status = status(1, "New");
    status.target_days = Days::new(2);
    status.enter_when = Criteria::parse("a\nb").unwrap();
    let form = StatusForm::of(&status);
    assert_eq!(form.parse(Mode::Create).unwrap(), status.fields());
    assert_eq!(form.flags().unwrap().version, Some(1));
}

#[test]
fn one_answer_names_every_error_in_the_order_of_the_form() {
    let (many, long) = ("x\n".repeat(21), "x".repeat(201));
    let bad = |field| match field {
        "name" => "",
        "color" => "red",
        "kind" => "closed",
        "enter_when" => &many,
        "leave_when" => &long,
        "target_days" => "-1",
        "limit_days" => "5.5",
        "entry_rules" => "seven",
        "enter_from" => "first",
        "movers" => "boss",
        "reason_required" => "perhaps",
        "handoff" => "yes",
        _ => "a\0",
    };
    let fields: Vec<&str> = crate::records::field::names::<StatusField>().collect();
    let sent: Vec<(&str, &str)> = fields.iter().map(|field| (*field, bad(*field))).collect();
    let errors = create(&sent).unwrap_err();
    let named: Vec<_> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(named, fields);
}

#[test]
fn only_the_fields_that_were_sent_change() {
    let mut current = status(1, "New").fields();
    current.definition = Definition::parse("Fresh.").unwrap();
    current.limit_days = Days::new(9);
    let changed = sent(&[("color", "#FFF")])
        .parse(Mode::Change { current: &current })
        .unwrap();
    assert_eq!(changed.changed_fields(&current), [StatusField::Color]);
    assert_eq!(changed.color.as_str(), "#ffffff");
}

#[test]
fn an_empty_or_null_target_or_limit_is_taken_away() {
    let mut current = status(1, "New").fields();
    current.target_days = Days::new(2);
    current.limit_days = Days::new(9);
    let change = Mode::Change { current: &current };
    let cleared = json_form(json!({"target_days": null, "limit_days": ""}));
    let cleared = cleared.parse(change).unwrap();
    assert_eq!((cleared.target_days, cleared.limit_days), (None, None));
    assert!(json_form(json!({"name": null})).parse(change).is_err());
    let cleared = json_form(json!({"definition": null, "enter_when": null, "leave_when": []}));
    assert!(cleared.parse(change).unwrap().enter_when.is_empty());
}

#[test]
fn lists_come_as_lines_as_json_or_repeated() {
    let lines = ["Budget", "Date"];
    let as_text = create(&[("name", "A"), ("enter_when", "Budget\r\n\r\nDate")]).unwrap();
    let repeated = create(&[
        ("name", "A"),
        ("enter_when", "Budget"),
        ("enter_when", "Date"),
    ])
    .unwrap();
    let as_json = json_form(json!({"name": "A", "enter_when": ["Budget", "", "Date"]}));
    assert_eq!(as_text.enter_when.lines(), lines);
    assert_eq!(repeated.enter_when.lines(), lines);
    assert_eq!(
        as_json.parse(Mode::Create).unwrap().enter_when.lines(),
        lines
    );
}

#[test]
fn wrong_json_types_are_errors_at_their_fields() {
    for (field, value) in [
        ("name", json!({"a": 1})),
        ("name", json!(["A"])),
        ("color", json!([])),
        ("kind", json!({})),
        ("definition", json!(["a", "b"])),
        ("enter_when", json!({"a": 1})),
        ("leave_when", json!([["a"]])),
        ("target_days", json!([5])),
        ("limit_days", json!(true)),
    ] {
        let form = json_form(json!({"name": "A", field: value}));
        let errors = form.parse(Mode::Create).unwrap_err();
        assert!(errors.at(field).is_some(), "{field} {value}");
        assert_eq!(errors.iter().count(), 1, "{field} {value}");
    }
}

#[test]
fn odd_numbers_get_a_clear_answer() {
    for (typed, expected) in [
        ("5.5", "Enter a whole number of days, for example 10"),
        ("1e3", "Enter a whole number of days, for example 10"),
        ("-1", "Enter a number of days from 1 to 3,650"),
        (
            "99999999999999999999",
            "Enter a number of days from 1 to 3,650",
        ),
    ] {
        let errors = create(&[("name", "A"), ("limit_days", typed)]).unwrap_err();
        assert_eq!(errors.at("limit_days").unwrap().text(Lang::En), expected);
    }
    assert!(
        json_form(json!({"name": "A", "limit_days": 5.5}))
            .parse(Mode::Create)
            .is_err()
    );
    assert!(
        json_form(json!({"name": "A", "limit_days": 5}))
            .parse(Mode::Create)
            .is_ok()
    );
}

#[test]
fn the_target_is_never_above_the_limit_and_the_error_is_at_the_field_that_changed() {
    assert!(create(&[("name", "A"), ("target_days", "5"), ("limit_days", "5")]).is_ok());
    let errors = create(&[("name", "A"), ("target_days", "6"), ("limit_days", "5")]).unwrap_err();
    assert_eq!(
        errors.at("target_days").unwrap().key,
        "status-target-above-limit"
    );
    let mut current = status(1, "A").fields();
    current.target_days = Days::new(6);
    let errors = sent(&[("limit_days", "5")])
        .parse(Mode::Change { current: &current })
        .unwrap_err();
    assert_eq!(
        errors.at("limit_days").unwrap().key,
        "status-limit-below-target"
    );
}

#[test]
fn a_custom_colour_comes_from_its_own_field() {
    let own = create(&[("name", "A"), ("color", "custom"), ("color_custom", "#ABC")]).unwrap();
    assert_eq!(own.color.as_str(), "#aabbcc");
    let bad = sent(&[("name", "A"), ("color", "custom"), ("color_custom", "red")]);
    assert!(bad.parse(Mode::Create).unwrap_err().at("color").is_some());
    assert_eq!(bad.preview_color(), Color::default());
}

#[test]
fn flags_are_read_as_the_api_writes_them_and_are_else_absent() {
    assert_eq!(sent(&[]).flags().unwrap(), Flags::default());
    let flags = json_form(
        json!({"isdefault": 1, "isconverted": false, "archived": "true", "statusorder": "3", "version": 4}),
    );
    assert_eq!(
        flags.flags().unwrap(),
        Flags {
            is_default: Some(true),
            is_converted: Some(false),
            is_archived: Some(true),
            position: Some(3),
            version: Some(4)
        }
    );
    let bad = json!({"name": "", "isdefault": "maybe", "isconverted": {}, "archived": 2, "statusorder": 0, "version": "x"});
    let errors = json_form(bad).parse_all(Mode::Create).unwrap_err();
    let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(
        fields,
        [
            "name",
            "isdefault",
            "isconverted",
            "archived",
            "statusorder",
            "version"
        ]
    );
}

#[test]
fn a_typed_colour_is_never_lost_to_a_swatch_that_stayed_ticked() {
    let typed = |custom| {
        [
            ("name", "A"),
            ("color", "#d24c49"),
            ("color_custom", custom),
        ]
    };
    let fields = create(&typed("#123456")).unwrap();
    assert_eq!(fields.color.as_str(), "#123456");
    let fields = create(&typed(" ")).unwrap();
    assert_eq!(fields.color.as_str(), "#d24c49");
    assert!(create(&typed("red")).unwrap_err().at("color").is_some());
    let fields = sent(&typed("#123456")).parse(Mode::Change {
        current: &create(&typed("#123456")).unwrap(),
    });
    assert_eq!(
        fields.unwrap().color.as_str(),
        "#d24c49",
        "it was there before"
    );
}
