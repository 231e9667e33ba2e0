//! Tests of `judgement.rs`.

use super::*;
use crate::leads::domain::lead::tests::lead;
use crate::leads::domain::text::{LeadEmail, LeadSource};
use crate::money::Currency;
use crate::records::field::FieldValues;
use crate::statuses::StatusField;
use crate::statuses::status_for_tests;

const RULES: &str = r#"[
    {"id":1,"type":"field","field":"email","op":"set","level":"warn"},
    {"id":2,"type":"field","field":"value","op":"at_least","value":50,"currency":"EUR"},
    {"id":3,"type":"field","field":"source","op":"one_of","value":["Web","Târg"]},
    {"id":4,"type":"confirm","text":"We spoke"},
    {"id":5,"type":"evidence","text":"Link"}]"#;

fn status(pairs: &[(StatusField, &str)]) -> LeadStatus {
    let mut status = status_for_tests(7, "Qualified");
    for (field, text) in pairs {
        status.fields.parse(*field, text).unwrap();
    }
    status
}

fn full_lead() -> LeadFields {
    let mut fields = lead(1, "Ana").fields;
    fields.email = LeadEmail::parse("a@b.ro").unwrap();
    fields.source = LeadSource::parse("târg").unwrap();
    fields.value_cents = Some(5_000);
    fields
}

fn answers() -> MoveAnswers {
    MoveAnswers {
        confirmed: vec![4],
        evidence: vec![(5, "https://x.ro".to_owned())],
        override_reason: None,
        offer_to: None,
    }
}

fn judged(
    status: &LeadStatus,
    fields: &LeadFields,
    answers: &MoveAnswers,
    reason: &str,
) -> Judgement {
    judge(&MoveAttempt {
        target: status,
        from: Some(2),
        fields,
        mover: Some(Role::Manager),
        reason: &Reason::parse(reason).unwrap(),
        answers,
        rule_scope: RuleScope::All,
    })
}

fn kinds(judgement: &Judgement) -> Vec<(Option<i64>, &'static str)> {
    let unmet = judgement.unmet.iter();
    unmet
        .map(|unmet| (unmet.rule, unmet.kind.as_str()))
        .collect()
}

#[test]
fn a_lead_that_meets_every_rule_passes_and_the_visit_keeps_the_answers() {
    let status = status(&[(StatusField::EntryRules, RULES)]);
    let passed = judged(&status, &full_lead(), &answers(), "");
    assert_eq!(passed.unmet, []);
    assert!(passed.is_passed());
    assert_eq!(passed.record.definition_version, Some(1));
    assert_eq!(passed.record.confirmed[0].text, "We spoke");
    assert_eq!(passed.record.evidence[0].value, "https://x.ro");
}

#[test]
fn everything_that_is_missing_is_named_at_once_and_what_blocks_comes_first() {
    let status = status(&[
        (StatusField::EntryRules, RULES),
        (StatusField::EnterFrom, "3"),
        (StatusField::Movers, "rep"),
        (StatusField::Reasons, "Budget\nTiming"),
        (StatusField::ReasonRequired, "1"),
    ]);
    let failed = judged(
        &status,
        &lead(1, "Ana").fields,
        &MoveAnswers::default(),
        "other",
    );
    let all = [
        (Some(2), "field"),
        (Some(3), "field"),
        (Some(4), "confirm"),
        (Some(5), "evidence"),
        (None, "from"),
        (None, "mover"),
        (None, "reason"),
        (Some(1), "field"),
    ];
    assert_eq!(kinds(&failed), all);
    assert!(!failed.is_passed());
    assert_eq!(failed.record.unmet.len(), 8);
}

#[test]
fn warnings_hold_no_move() {
    let mut fields = full_lead();
    fields.email = LeadEmail::default();
    let status = status(&[(StatusField::EntryRules, RULES)]);
    let warned = judged(&status, &fields, &answers(), "");
    assert_eq!(kinds(&warned), [(Some(1), "field")]);
    assert!(warned.is_passed() && warned.record.override_reason.is_none());
    assert_eq!(warned.record.unmet[0].text, "E-mail is filled in");
}

#[test]
fn a_value_in_another_currency_is_not_enough() {
    let status = status(&[(StatusField::EntryRules, RULES)]);
    let mut fields = full_lead();
    fields.currency = Currency::parse("RON").unwrap();
    assert_eq!(
        kinds(&judged(&status, &fields, &answers(), "")),
        [(Some(2), "field")]
    );
    fields.currency = Currency::DEFAULT;
    fields.value_cents = Some(4_999);
    assert_eq!(
        kinds(&judged(&status, &fields, &answers(), "")),
        [(Some(2), "field")]
    );
}

#[test]
fn a_reason_is_found_without_case_and_accents_and_kept_as_it_is_listed() {
    let status = status(&[(StatusField::Reasons, "Preț\nTermen")]);
    let passed = judged(&status, &full_lead(), &answers(), "PRET");
    assert_eq!(passed.reason.as_str(), "Preț");
    assert!(judged(&status, &full_lead(), &answers(), "").is_passed());
    let other = judged(&status, &full_lead(), &answers(), "colour");
    assert_eq!(kinds(&other), [(None, "reason")]);
    assert_eq!(
        other.unmet[0].choices.as_deref().map(<[String]>::len),
        Some(2)
    );
}

#[test]
fn a_required_reason_without_choices_is_any_text() {
    let status = status(&[(StatusField::ReasonRequired, "1")]);
    assert!(judged(&status, &full_lead(), &answers(), "because").is_passed());
    assert!(!judged(&status, &full_lead(), &answers(), " ").is_passed());
}

#[test]
fn an_override_passes_rules_but_not_who_may_move() {
    let mut overriding = answers();
    overriding.override_reason = Some("The board asked".to_owned());
    let blocked = [
        (StatusField::EntryRules, RULES),
        (StatusField::EnterFrom, "3"),
    ];
    let bare = lead(1, "Ana").fields;
    let passed = judged(&status(&blocked), &bare, &overriding, "");
    assert!(passed.is_passed());
    assert_eq!(
        passed.record.override_reason.as_deref(),
        Some("The board asked")
    );
    let movers = status(&[
        (StatusField::EntryRules, RULES),
        (StatusField::Movers, "rep"),
    ]);
    assert!(!judged(&movers, &bare, &overriding, "").is_passed());
    let needless = judged(
        &status(&[(StatusField::EntryRules, RULES)]),
        &full_lead(),
        &overriding,
        "",
    );
    assert_eq!(needless.record.override_reason, None);
}

#[test]
fn a_file_is_asked_for_fields_and_reasons_only() {
    let status = status(&[
        (StatusField::EntryRules, RULES),
        (StatusField::EnterFrom, "3"),
        (StatusField::Movers, "rep"),
        (StatusField::ReasonRequired, "1"),
    ]);
    let (bare, reason) = (lead(1, "Ana").fields, Reason::default());
    let answers = MoveAnswers::default();
    let attempt = |rule_scope| MoveAttempt {
        target: &status,
        from: None,
        fields: &bare,
        mover: Some(Role::Manager),
        reason: &reason,
        answers: &answers,
        rule_scope,
    };
    let partial = judge(&attempt(RuleScope::FieldsAndReasons));
    let all = [
        (Some(2), "field"),
        (Some(3), "field"),
        (None, "reason"),
        (Some(1), "field"),
    ];
    assert_eq!(kinds(&partial), all);
    assert_eq!(kinds(&judge(&attempt(RuleScope::None))), []);
}

#[test]
fn unmet_rules_are_stored_as_json() {
    let stored = serde_json::json!([
        {"rule": null, "type": "from", "text": ""},
        {"rule": null, "type": "mover", "text": ""},
        {"rule": null, "type": "reason", "text": ""},
        {"rule": 1, "type": "field", "text": "E-mail"},
        {"rule": 4, "type": "confirm", "text": "We spoke"},
        {"rule": 5, "type": "evidence", "text": "Link"},
    ]);
    let unmet: Vec<RecordedUnmet> = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&unmet).unwrap(), stored);
}
