//! Saving an edit of a status.

use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::records::edit::{self, DeletedEdit, EditOutcome, Editable, History, RecordEdit};
use crate::records::fields::Fields;
use crate::statuses::actions::changes::{self, SUBJECT};
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::rules::{being_replaced_message, check_days};
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusFields};
use crate::statuses::store;

impl Editable for LeadStatus {
    type Values = StatusFields;
    type Form = StatusForm;

    fn values(&self) -> StatusFields {
        self.fields()
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn last_change(&self) -> (&str, Timestamp) {
        (&self.updated_by, self.updated_at)
    }
}

/// The fields of the rule that a target is not above its limit.
const TARGET_AND_LIMIT: [StatusField; 2] = [StatusField::TargetDays, StatusField::LimitDays];

fn check(values: &StatusFields) -> Result<(), FieldErrors> {
    check_days(values.target_days, values.limit_days)
}

/// An edit of a status by a user.
struct StatusEdit<'a> {
    actor: &'a Actor,
    why: Why,
}

impl RecordEdit<LeadStatus> for StatusEdit<'_> {
    fn history(
        &self,
        conn: &mut Conn,
        status: &LeadStatus,
        version: Option<i32>,
    ) -> Result<History<LeadStatus>> {
        audit::history_since(conn, SUBJECT, status.id, version)
    }

    fn check(&self, values: &StatusFields) -> Result<(), FieldErrors> {
        check(values)
    }

    fn checked_fields(&self) -> &'static [StatusField] {
        &TARGET_AND_LIMIT
    }

    fn write(
        &self,
        conn: &mut Conn,
        status: &LeadStatus,
        values: &StatusFields,
    ) -> Result<LeadStatus> {
        match being_replaced_message(status) {
            Some(message) => Err(Error::invalid("name", message)),
            None => {
                let (actor, why) = (self.actor, &self.why);
                changes::update_with_why(conn, actor, status.id, values, why)
            }
        }
    }
}

/// Saves what a form sent: the fields, the `version` they were made from and, after a conflict, the choices.
///
/// # Errors
/// [`Error::NotFound`] if there never was such a status.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    sent: &Fields,
) -> Result<EditOutcome<LeadStatus>> {
    locks::pipeline(conn)?;
    let typed = StatusForm::read(sent);
    match store::find(conn, id) {
        Ok(status) => {
            let why = typed.parse_why().map_err(Error::Invalid)?;
            edit::save(conn, &StatusEdit { actor, why }, status, typed, sent)
        }
        Err(Error::NotFound) => deleted(conn, id, typed),
        Err(error) => Err(error),
    }
}

/// The result for a status that was deleted, from its last audit entry.
fn deleted(conn: &mut Conn, id: i64, typed: StatusForm) -> Result<EditOutcome<LeadStatus>> {
    let last = audit::list_by_subject(conn, SUBJECT, id, None, 1)?.pop();
    let deleted = last
        .filter(|entry| entry.action == "delete")
        .ok_or(Error::NotFound)?;
    Ok(EditOutcome::Deleted(DeletedEdit {
        name: deleted.subject_name,
        by: deleted.actor,
        at: deleted.recorded_at,
        typed,
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::records::edit::{Merge, apply_choices};
    use crate::records::field::{Field, FieldValues};
    use crate::statuses::domain::days::Days;
    use crate::statuses::domain::kind::Kind;
    use crate::statuses::domain::name::Name;

    fn merge<'a>(
        base: impl Into<Option<&'a StatusFields>>,
        mine: &StatusFields,
        theirs: &StatusFields,
    ) -> Merge<StatusFields> {
        let is_valid = |fields: &StatusFields| check(fields).is_ok();
        edit::merge(base.into(), mine, theirs, is_valid, &TARGET_AND_LIMIT)
    }

    fn choose(
        mut mine: StatusFields,
        theirs: &StatusFields,
        sent: &Fields,
    ) -> (StatusFields, FieldErrors) {
        let chosen = apply_choices(&mut mine, theirs, sent).and_then(|()| check(&mine));
        (mine, chosen.err().unwrap_or_default())
    }

    fn fields(name: &str) -> StatusFields {
        StatusFields::with_name(Name::parse(name).unwrap())
    }

    #[test]
    fn changes_to_different_fields_merge_by_themselves() {
        let base = fields("New");
        let mut mine = base.clone();
        mine.limit_days = Days::new(5);
        let mut theirs = fields("Fresh");
        theirs.color = "#111".parse_color();
        let merge = merge(&base, &mine, &theirs);
        assert!(merge.conflicts.is_empty());
        assert_eq!(merge.theirs_only, [StatusField::Name, StatusField::Color]);
        assert_eq!(merge.merged.name.as_str(), "Fresh");
        assert_eq!(merge.merged.limit_days, Days::new(5));
    }

    #[test]
    fn a_field_that_both_changed_is_a_conflict() {
        let base = fields("New");
        let (mine, theirs) = (fields("Mine"), fields("Theirs"));
        let merge = merge(&base, &mine, &theirs);
        assert_eq!(merge.conflicts, [StatusField::Name]);
        assert_eq!(merge.merged, mine);
        let choose_name = |choice| {
            let sent = Fields::from_pairs([("choose_name", choice)]);
            choose(merge.merged.clone(), &theirs, &sent)
        };
        assert_eq!(choose_name("theirs").0.name.as_str(), "Theirs");
        assert_eq!(choose_name("mine").0.name.as_str(), "Mine");
        assert!(choose_name("both").1.at("name").is_some());
    }

    #[test]
    fn the_same_change_twice_is_no_conflict() {
        let merge = merge(&fields("New"), &fields("Fresh"), &fields("Fresh"));
        assert!(merge.conflicts.is_empty() && merge.theirs_only.is_empty());
    }

    #[test]
    fn a_target_above_the_others_limit_is_a_conflict_of_both() {
        let mut base = fields("New");
        base.target_days = Days::new(2);
        base.limit_days = Days::new(10);
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        mine.target_days = Days::new(9);
        theirs.limit_days = Days::new(5);
        let merge = merge(&base, &mine, &theirs);
        assert_eq!(
            merge.conflicts,
            [StatusField::TargetDays, StatusField::LimitDays]
        );
        let sent = Fields::from_pairs([
            ("choose_target_days", "mine"),
            ("choose_limit_days", "theirs"),
        ]);
        let (_, errors) = choose(merge.merged.clone(), &theirs, &sent);
        assert!(errors.at("target_days").is_some());
        let sent = Fields::from_pairs([
            ("choose_target_days", "theirs"),
            ("choose_limit_days", "theirs"),
        ]);
        let (chosen, errors) = choose(merge.merged, &theirs, &sent);
        assert_eq!(chosen, theirs);
        assert!(errors.is_empty());
    }

    #[test]
    fn without_a_base_every_difference_is_a_conflict() {
        let (mine, mut theirs) = (fields("Mine"), fields("Theirs"));
        theirs.limit_days = Days::new(3);
        let merge = merge(None, &mine, &theirs);
        assert_eq!(merge.conflicts, [StatusField::Name, StatusField::LimitDays]);
        assert!(merge.theirs_only.is_empty());
    }

    trait ParseColor {
        fn parse_color(&self) -> crate::statuses::domain::color::Color;
    }
    impl ParseColor for str {
        fn parse_color(&self) -> crate::statuses::domain::color::Color {
            crate::statuses::domain::color::Color::parse(self).unwrap()
        }
    }

    prop_compose! {
        /// Few values for each field, so that the sides agree and differ in every combination.
        fn any_fields()(
            name in "[AB]", color in "#[12]{3}", kind in 0..3usize, definition in "[ab]?",
            enter in "[ab]?", leave in "[ab]?", target in 0..3, more in 0..3,
        ) -> StatusFields {
            let mut fields = fields(&name);
            fields.color = color.as_str().parse_color();
            fields.kind = Kind::ALL[kind];
            fields.definition = crate::statuses::domain::definition::Definition::parse(&definition).unwrap();
            fields.enter_when = crate::statuses::domain::definition::Criteria::parse(&enter).unwrap();
            fields.leave_when = crate::statuses::domain::definition::Criteria::parse(&leave).unwrap();
            fields.target_days = Days::new(target);
            fields.limit_days = Days::new(if more == 0 { 0 } else { target + more });
            fields
        }
    }

    proptest! {
        #[test]
        fn no_change_of_either_side_is_lost(base in any_fields(), mine in any_fields(), theirs in any_fields()) {
            let merge = merge(&base, &mine, &theirs);
            prop_assert!(check(&merge.merged).is_ok());
            for field in StatusField::ALL.iter().copied() {
                if merge.conflicts.contains(&field) {
                    prop_assert!(!mine.field_equals(field, &theirs));
                    prop_assert!(merge.merged.field_equals(field, &mine));
                } else if !mine.field_equals(field, &base) {
                    prop_assert!(merge.merged.field_equals(field, &mine));
                } else {
                    prop_assert!(merge.merged.field_equals(field, &theirs));
                }
            }
        }

        #[test]
        fn an_edit_without_a_rival_is_saved_as_typed(base in any_fields(), mine in any_fields()) {
            let alone = merge(&base, &mine, &base);
            prop_assert_eq!(&alone.merged, &mine);
            prop_assert!(alone.conflicts.is_empty() && alone.theirs_only.is_empty());
            prop_assert_eq!(merge(&base, &base, &mine).merged, mine);
        }

        #[test]
        fn choosing_theirs_everywhere_in_conflict_keeps_my_other_changes(
            base in any_fields(), mine in any_fields(), theirs in any_fields()
        ) {
            let merge = merge(&base, &mine, &theirs);
            let names: Vec<String> = merge.conflicts.iter().map(|c| format!("choose_{}", c.name())).collect();
            let sent = Fields::from_pairs(names.iter().map(|name| (name.as_str(), "theirs")));
            let (chosen, _) = choose(merge.merged.clone(), &theirs, &sent);
            for field in StatusField::ALL.iter().copied() {
                let is_open = merge.conflicts.contains(&field);
                let expected = if is_open { &theirs } else { &merge.merged };
                prop_assert!(chosen.field_equals(field, expected));
            }
        }
    }
}
