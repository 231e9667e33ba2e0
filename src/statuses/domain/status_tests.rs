use super::*;

/// A status for tests, as the store would read it.
pub fn status(id: i64, name: &str) -> LeadStatus {
    let name = Name::parse(name).unwrap();
    LeadStatus {
        id,
        slug: Slug::of(&name),
        fields: StatusFields::named(name),
        position: i32::try_from(id).ok(),
        is_default: false,
        is_converted: false,
        archived_at: None,
        being_replaced: None,
        version: 1,
        definition_version: 1,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
        created_by: "Ana".to_owned(),
        updated_by: "Ana".to_owned(),
    }
}

#[test]
fn changed_fields_lists_the_fields_that_differ_and_copying_them_makes_both_equal() {
    let mine = status(1, "New").fields();
    let mut theirs = mine.clone();
    theirs.kind = Kind::Lost;
    theirs.limit_days = Days::new(5);
    assert_eq!(
        mine.changed_fields(&theirs),
        [StatusField::Kind, StatusField::LimitDays]
    );
    let mut merged = mine;
    for field in StatusField::ALL {
        merged.copy_field(field, &theirs);
    }
    assert_eq!(merged, theirs);
}

#[test]
fn every_editable_field_is_compared_and_taken() {
    let mut mine = StatusFields::named(Name::parse("Mine").unwrap());
    let theirs = StatusFields {
        name: Name::parse("Theirs").unwrap(),
        color: Color::parse("#111").unwrap(),
        kind: Kind::Won,
        definition: Definition::parse("d").unwrap(),
        enter_when: Criteria::parse("e").unwrap(),
        leave_when: Criteria::parse("l").unwrap(),
        target_days: Days::new(1),
        limit_days: Days::new(2),
        entry_rules: EntryRules::parse(r#"{"type":"confirm","text":"c"}"#).unwrap(),
        enter_from: EnterFrom::parse("1").unwrap(),
        movers: Movers::parse("admin").unwrap(),
        reasons: Criteria::parse("r").unwrap(),
        reason_required: true,
        handoff: Handoff::parse(r#"{"to":"rep","within_hours":1}"#).unwrap(),
    };
    assert_eq!(mine.changed_fields(&theirs), StatusField::ALL);
    for field in StatusField::ALL {
        mine.copy_field(field, &theirs);
    }
    assert_eq!(mine, theirs);
}

#[test]
fn a_new_status_never_takes_a_slug_that_exists() {
    let new = NewLeadStatus::new(status(1, "Won").fields(), |slug| slug == "won");
    assert_eq!(new.slug.as_str(), "won-2");
}
