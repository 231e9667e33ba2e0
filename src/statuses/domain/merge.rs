//! The three-way merge of an edit with what someone else saved since the edit began.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::domain::snapshot::DisplayValue;
use crate::statuses::domain::status::{FIELDS, StatusFields, label_key};

/// The merge of an edit with what someone else saved first.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// The merged fields; a field that both sides changed has the value of this edit.
    pub merged: StatusFields,
    /// The fields that both sides changed to different values: the user must choose.
    pub conflicts: Vec<FieldConflict>,
    /// The fields that only the other side changed.
    pub taken_from_theirs: Vec<&'static str>,
}

/// A field that both sides changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldConflict {
    pub field: &'static str,
    pub mine: DisplayValue,
    pub theirs: DisplayValue,
}

impl FieldConflict {
    /// The catalogue key of the field's label.
    pub fn label_key(&self) -> &'static str {
        label_key(self.field)
    }
}

impl Merge {
    /// True if no field is in conflict.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }
}

/// Merges two edits of `base` field by field. Without a `base` it is unknown who changed what, so every field in which
/// the two differ is a conflict.
pub fn merge<'a>(
    base: impl Into<Option<&'a StatusFields>>,
    mine: &StatusFields,
    theirs: &StatusFields,
) -> Merge {
    let base = base.into();
    let is_as_before =
        |side: &StatusFields, field| base.is_some_and(|base| side.field_equals(field, base));
    let mut merged = mine.clone();
    let mut conflicting = Vec::new();
    for field in FIELDS {
        if mine.field_equals(field, theirs) {
            continue;
        }
        if is_as_before(mine, field) {
            merged.copy_field(field, theirs);
        } else if !is_as_before(theirs, field) {
            conflicting.push(field);
        }
    }
    if check_days(&merged).is_err() {
        // Each side is valid by itself, but one's target is above the other's limit: the user chooses both.
        for field in ["target_days", "limit_days"] {
            merged.copy_field(field, mine);
            if !mine.field_equals(field, theirs) && !conflicting.contains(&field) {
                conflicting.push(field);
            }
        }
    }
    let is_taken =
        |field: &&str| !mine.field_equals(field, theirs) && merged.field_equals(field, theirs);
    let taken = FIELDS.into_iter().filter(is_taken);
    Merge {
        conflicts: conflicts(&conflicting, mine, theirs),
        taken_from_theirs: taken.collect(),
        merged,
    }
}

fn conflicts(
    conflicting: &[&str],
    mine: &StatusFields,
    theirs: &StatusFields,
) -> Vec<FieldConflict> {
    let fields = FIELDS
        .into_iter()
        .filter(|field| conflicting.contains(field));
    fields
        .map(|field| FieldConflict {
            field,
            mine: mine.display_value(field),
            theirs: theirs.display_value(field),
        })
        .collect()
}

/// Applies the choices of the conflict page: a field of `theirs` replaces that of `mine` where `choose_<field>` says
/// `theirs`; fields without a choice stay. Returns the errors of the result with it.
pub fn apply_choices(
    mut mine: StatusFields,
    theirs: &StatusFields,
    sent: &Fields,
) -> (StatusFields, FieldErrors) {
    let mut errors = FieldErrors::new();
    for field in FIELDS {
        match sent.text(&format!("choose_{field}")) {
            None | Some("mine") => {}
            Some("theirs") => mine.copy_field(field, theirs),
            Some(_) => errors.add(field, Message::new("status-choice-unknown")),
        }
    }
    match check_days(&mine) {
        Err(wrong) if errors.is_empty() => (mine, wrong),
        _ => (mine, errors),
    }
}

fn check_days(fields: &StatusFields) -> Result<(), FieldErrors> {
    match (fields.target_days, fields.limit_days) {
        (Some(target), Some(limit)) if target > limit => {
            let message = Message::new("status-target-above-limit");
            let message = message.with("count", i64::from(limit.get()));
            Err(FieldErrors::one("target_days", message))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statuses::domain::days::Days;
    use crate::statuses::domain::kind::Kind;
    use crate::statuses::domain::name::Name;

    fn fields(name: &str) -> StatusFields {
        StatusFields::named(Name::parse(name).unwrap())
    }

    #[test]
    fn changes_to_different_fields_merge_by_themselves() {
        let base = fields("New");
        let mut mine = base.clone();
        mine.limit_days = Days::new(5);
        let mut theirs = fields("Fresh");
        theirs.color = "#111".parse_color();
        let merge = merge(&base, &mine, &theirs);
        assert!(merge.is_clean());
        assert_eq!(merge.taken_from_theirs, ["name", "color"]);
        assert_eq!(merge.merged.name.as_str(), "Fresh");
        assert_eq!(merge.merged.limit_days, Days::new(5));
    }

    #[test]
    fn a_field_that_both_changed_is_a_conflict() {
        let base = fields("New");
        let (mine, theirs) = (fields("Mine"), fields("Theirs"));
        let merge = merge(&base, &mine, &theirs);
        assert_eq!(merge.conflicts.len(), 1);
        assert_eq!(
            merge.conflicts[0].mine,
            DisplayValue::Text("Mine".to_owned())
        );
        assert_eq!(
            merge.conflicts[0].theirs,
            DisplayValue::Text("Theirs".to_owned())
        );
        let choose_name = |choice| {
            let sent = Fields::from_pairs([("choose_name", choice)]);
            apply_choices(merge.merged.clone(), &theirs, &sent)
        };
        assert_eq!(choose_name("theirs").0.name.as_str(), "Theirs");
        assert_eq!(choose_name("mine").0.name.as_str(), "Mine");
        assert!(choose_name("both").1.at("name").is_some());
    }

    #[test]
    fn the_same_change_twice_is_no_conflict() {
        let merge = merge(&fields("New"), &fields("Fresh"), &fields("Fresh"));
        assert!(merge.is_clean() && merge.taken_from_theirs.is_empty());
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
        let open: Vec<_> = merge
            .conflicts
            .iter()
            .map(|conflict| conflict.field)
            .collect();
        assert_eq!(open, ["target_days", "limit_days"]);
        let sent = Fields::from_pairs([
            ("choose_target_days", "mine"),
            ("choose_limit_days", "theirs"),
        ]);
        let (_, errors) = apply_choices(merge.merged.clone(), &theirs, &sent);
        assert!(errors.at("target_days").is_some());
        let sent = Fields::from_pairs([
            ("choose_target_days", "theirs"),
            ("choose_limit_days", "theirs"),
        ]);
        let (chosen, errors) = apply_choices(merge.merged, &theirs, &sent);
        assert_eq!(chosen, theirs);
        assert!(errors.is_empty());
    }

    #[test]
    fn without_a_base_every_difference_is_a_conflict() {
        let (mine, mut theirs) = (fields("Mine"), fields("Theirs"));
        theirs.limit_days = Days::new(3);
        let merge = merge(None, &mine, &theirs);
        let open: Vec<_> = merge
            .conflicts
            .iter()
            .map(|conflict| conflict.field)
            .collect();
        assert_eq!(open, ["name", "limit_days"]);
        assert!(merge.taken_from_theirs.is_empty());
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
            prop_assert!(check_days(&merge.merged).is_ok());
            for field in FIELDS {
                if merge.conflicts.iter().any(|conflict| conflict.field == field) {
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
            prop_assert!(alone.is_clean() && alone.taken_from_theirs.is_empty());
            prop_assert_eq!(merge(&base, &base, &mine).merged, mine);
        }

        #[test]
        fn choosing_theirs_everywhere_in_conflict_keeps_my_other_changes(
            base in any_fields(), mine in any_fields(), theirs in any_fields()
        ) {
            let merge = merge(&base, &mine, &theirs);
            let names: Vec<String> = merge.conflicts.iter().map(|c| format!("choose_{}", c.field)).collect();
            let sent = Fields::from_pairs(names.iter().map(|name| (name.as_str(), "theirs")));
            let (chosen, _) = apply_choices(merge.merged.clone(), &theirs, &sent);
            for field in FIELDS {
                let is_open = merge.conflicts.iter().any(|c| c.field == field);
                let expected = if is_open { &theirs } else { &merge.merged };
                prop_assert!(chosen.field_equals(field, expected));
            }
        }
    }
}
