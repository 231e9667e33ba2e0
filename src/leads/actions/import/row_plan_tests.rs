//! Tests of `row_plan.rs`.

use super::*;
use crate::leads::actions::import::lookups::tests::lookups;
use crate::leads::domain::lead::LeadField;
use crate::leads::domain::lead::tests::lead;
use crate::leads::domain::text::LeadEmail;
use crate::leads::domain::text::TextLine;

fn draft() -> ParsedLead {
    ParsedLead {
        line: 2,
        external_ref: TextLine::parse("X-1").unwrap(),
        external_system: TextLine::default(),
        name: None,
        fallback_name: Some(TextLine::parse("Acme").unwrap()),
        text_fields: vec![LeadField::Company],
        texts: LeadFields {
            company: TextLine::parse("Acme").unwrap(),
            ..LeadFields::blank()
        },
        owner: Some("Ana Pop".to_owned()),
        status: Some("Won".to_owned()),
        value: Some(amount("1054")),
        currency: None,
        created_at: None,
        extra_fields: Vec::new(),
        multi_value_fields: Vec::new(),
        reason: None,
    }
}

fn amount(text: &str) -> ParsedValue {
    ParsedValue::Amount(CellAmount::parse(text, None).unwrap())
}

fn decide(
    draft: &ParsedLead,
    existing: Option<&Lead>,
) -> (Result<RowOutcome, Vec<Problem>>, Vec<UnknownName>) {
    let mut unknown = Vec::new();
    let lookups = lookups();
    let planner = RowPlanner {
        lookups: &lookups,
        currency: None,
        now: Timestamp(9),
        blank_erases: false,
        matches_email: false,
        rounds: false,
    };
    (planner.plan(draft, existing, &mut unknown), unknown)
}

/// The lead that a row creates.
fn created(draft: &ParsedLead) -> Lead {
    let (outcome, _) = decide(draft, None);
    let Ok(RowOutcome::Create(new)) = outcome else {
        panic!("{outcome:?}");
    };
    Lead {
        fields: new.fields,
        status_id: new.status_id,
        ..lead(5, "x")
    }
}

#[test]
fn a_row_creates_a_lead_and_a_second_import_changes_nothing() {
    let lead = created(&draft());
    assert_eq!(lead.fields.name.as_str(), "Acme");
    assert_eq!((lead.fields.owner, lead.status_id), (Some(7), 2));
    assert_eq!(lead.fields.money().unwrap().to_plain(), "1054.00");
    assert_eq!(
        decide(&draft(), Some(&lead)),
        (Ok(RowOutcome::Unchanged), vec![])
    );
}

#[test]
fn a_field_without_a_column_keeps_its_value() {
    let mut lead = created(&draft());
    lead.fields.name = TextLine::parse("Renamed here").unwrap();
    lead.fields.email = LeadEmail::parse("a@b.ro").unwrap();
    lead.fields.currency = Currency::parse("RON").unwrap();
    assert_eq!(decide(&draft(), Some(&lead)).0, Ok(RowOutcome::Unchanged));
    let renaming = ParsedLead {
        name: Some(TextLine::parse("Acme").unwrap()),
        ..draft()
    };
    let (outcome, _) = decide(&renaming, Some(&lead));
    assert!(
        matches!(outcome, Ok(RowOutcome::Change { fields: Some(fields), .. }) if fields.name.as_str() == "Acme")
    );
}

#[test]
fn a_lead_known_by_its_id_alone_needs_its_creation_time() {
    let mut lead = created(&draft());
    lead.fields.external_ref = TextLine::default();
    let (outcome, _) = decide(&draft(), Some(&lead));
    let problem = &outcome.unwrap_err()[0];
    assert_eq!(problem.field, Some("created_at"));
    assert_eq!(problem.message.key, "lead-import-no-created");
    let row = ParsedLead {
        created_at: Some(lead.created_at),
        ..draft()
    };
    assert_eq!(decide(&row, Some(&lead)).0, Ok(RowOutcome::Unchanged));
}

#[test]
fn a_blank_cell_is_no_value_and_zero_is_zero() {
    for (value, cents) in [(ParsedValue::Blank, None), (amount("0"), Some(0))] {
        let row = ParsedLead {
            value: Some(value),
            ..draft()
        };
        assert_eq!(created(&row).fields.value_cents, cents);
    }
    let wrong = ParsedLead {
        value: Some(amount("1.054")),
        ..draft()
    };
    assert_eq!(decide(&wrong, None).0.unwrap_err()[0].field, Some("value"));
}

#[test]
fn an_amount_stays_the_same_when_only_its_currency_changes() {
    let lead = created(&draft());
    let row = ParsedLead {
        value: None,
        currency: Some(Currency::parse("JPY").unwrap()),
        ..draft()
    };
    let (outcome, _) = decide(&row, Some(&lead));
    assert!(
        matches!(outcome, Ok(RowOutcome::Change { fields: Some(fields), .. }) if fields.value_cents == Some(1_054))
    );
}

#[test]
fn an_unknown_owner_name_keeps_the_owner() {
    let row = ParsedLead {
        owner: Some("Moses Frase".to_owned()),
        ..draft()
    };
    assert_eq!(created(&row).fields.owner, None);
    let lead = created(&draft());
    let (outcome, unknown) = decide(&row, Some(&lead));
    assert_eq!(outcome, Ok(RowOutcome::Unchanged));
    assert_eq!(unknown, [UnknownName::Owner("Moses Frase".to_owned())]);
    let without_owner = ParsedLead {
        owner: Some(String::new()),
        ..draft()
    };
    assert_eq!(
        decide(&without_owner, Some(&lead)).0,
        Ok(RowOutcome::Unchanged)
    );
}

#[test]
fn a_blank_cell_erases_what_a_lead_has_if_that_was_chosen() {
    let lead = created(&draft());
    let blank = ParsedLead {
        texts: LeadFields::blank(),
        owner: Some(String::new()),
        value: Some(ParsedValue::Blank),
        ..draft()
    };
    assert_eq!(decide(&blank, Some(&lead)).0, Ok(RowOutcome::Unchanged));
    let lookups = lookups();
    let planner = RowPlanner {
        lookups: &lookups,
        currency: None,
        now: Timestamp(9),
        blank_erases: true,
        matches_email: false,
        rounds: false,
    };
    let outcome = planner.plan(&blank, Some(&lead), &mut Vec::new());
    let Ok(RowOutcome::Change {
        fields: Some(fields),
        ..
    }) = outcome
    else {
        panic!("{outcome:?}");
    };
    assert!(fields.company.is_empty() && fields.owner.is_none());
    assert_eq!((fields.value_cents, fields.name.as_str()), (None, "Acme"));
}

#[test]
fn a_status_must_be_in_use_and_a_deleted_lead_stays_deleted() {
    let with = |status: &str| ParsedLead {
        status: Some(status.to_owned()),
        ..draft()
    };
    let (_, unknown) = decide(&with("Nowhere"), None);
    assert_eq!(unknown, [UnknownName::Status("Nowhere".to_owned())]);
    let (outcome, _) = decide(&with("Old"), None);
    assert_eq!(outcome.unwrap_err()[0].message.key, "lead-import-archived");
    let mut deleted = created(&draft());
    deleted.deleted_at = Some(Timestamp(1));
    assert_eq!(
        decide(&with("new"), Some(&deleted)).0,
        Ok(RowOutcome::InBin)
    );
    deleted.deleted_at = None;
    let move_only = RowOutcome::Change {
        id: 5,
        fields: None,
        status: Some(1),
        reason: Reason::default(),
    };
    assert_eq!(decide(&with("new"), Some(&deleted)).0, Ok(move_only));
}
