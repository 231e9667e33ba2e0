use super::{FIELDS, Shown, StatusFields, label};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::fields::Fields;

/// What becomes of an edit when someone else saved first.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Both sides together; where they contradict each other, as I typed it.
    pub merged: StatusFields,
    /// The fields that both sides changed, each in its own way: the user must choose.
    pub conflicts: Vec<Conflict>,
    /// The fields that only the other side changed.
    pub taken_from_theirs: Vec<&'static str>,
}

/// A field that both sides changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub field: &'static str,
    pub mine: Shown,
    pub theirs: Shown,
}

impl Conflict {
    /// The catalogue key of the field's label.
    pub fn label(&self) -> &'static str {
        label(self.field)
    }
}

impl Merge {
    /// True if the sides touched different fields, or changed one in the same way.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }
}

/// Puts together what two people made of `base`, field by field. Without a `base` nobody can say who changed
/// what, so every field in which they differ is a conflict.
pub fn merge<'a>(
    base: impl Into<Option<&'a StatusFields>>,
    mine: &StatusFields,
    theirs: &StatusFields,
) -> Merge {
    let base = base.into();
    let is_as_before = |side: &StatusFields, field| base.is_some_and(|base| side.same(field, base));
    let mut merged = mine.clone();
    let mut open = Vec::new();
    for field in FIELDS {
        if mine.same(field, theirs) {
            continue;
        }
        if is_as_before(mine, field) {
            merged.take(field, theirs);
        } else if !is_as_before(theirs, field) {
            open.push(field);
        }
    }
    if check_days(&merged).is_err() {
        // Each side is right by itself, but one's target is above the other's limit: both are put to the user.
        for field in ["target_days", "limit_days"] {
            merged.take(field, mine);
            if !mine.same(field, theirs) && !open.contains(&field) {
                open.push(field);
            }
        }
    }
    let is_taken = |field: &&str| !mine.same(field, theirs) && merged.same(field, theirs);
    let taken = FIELDS.into_iter().filter(is_taken);
    Merge {
        conflicts: conflicts(&open, mine, theirs),
        taken_from_theirs: taken.collect(),
        merged,
    }
}

fn conflicts(open: &[&str], mine: &StatusFields, theirs: &StatusFields) -> Vec<Conflict> {
    let fields = FIELDS.into_iter().filter(|field| open.contains(field));
    fields
        .map(|field| Conflict {
            field,
            mine: mine.shown(field),
            theirs: theirs.shown(field),
        })
        .collect()
}

/// What the user chose on the conflict page: `theirs` replaces a field of `mine` where `choose_<field>` says
/// `theirs`; fields without a choice stay mine. What is wrong with the outcome stands beside it.
pub fn choose(
    mut mine: StatusFields,
    theirs: &StatusFields,
    sent: &Fields,
) -> (StatusFields, FieldErrors) {
    let mut errors = FieldErrors::new();
    for field in FIELDS {
        match sent.text(&format!("choose_{field}")) {
            None | Some("mine") => {}
            Some("theirs") => mine.take(field, theirs),
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
            let told = Message::new("status-target-above-limit");
            let told = told.with("count", i64::from(limit.get()));
            Err(FieldErrors::one("target_days", told))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Days, Kind, Name};
    use super::*;

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
    fn a_field_that_both_changed_is_put_to_the_user() {
        let base = fields("New");
        let (mine, theirs) = (fields("Mine"), fields("Theirs"));
        let merge = merge(&base, &mine, &theirs);
        assert_eq!(merge.conflicts.len(), 1);
        assert_eq!(merge.conflicts[0].mine, Shown::Text("Mine".to_owned()));
        assert_eq!(merge.conflicts[0].theirs, Shown::Text("Theirs".to_owned()));
        let chosen = |choice| {
            let sent = Fields::from_pairs([("choose_name", choice)]);
            choose(merge.merged.clone(), &theirs, &sent)
        };
        assert_eq!(chosen("theirs").0.name.as_str(), "Theirs");
        assert_eq!(chosen("mine").0.name.as_str(), "Mine");
        assert!(chosen("both").1.at("name").is_some());
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
    fn without_a_base_every_difference_is_put_to_the_user() {
        let (mine, mut theirs) = (fields("Mine"), fields("Theirs"));
        theirs.limit_days = Days::new(3);
        let merge = merge(None, &mine, &theirs);
        let open: Vec<_> = merge.conflicts.iter().map(|found| found.field).collect();
        assert_eq!(open, ["name", "limit_days"]);
        assert!(merge.taken_from_theirs.is_empty());
    }

    trait ParseColor {
        fn parse_color(&self) -> super::super::Color;
    }
    impl ParseColor for str {
        fn parse_color(&self) -> super::super::Color {
            super::super::Color::parse(self).unwrap()
        }
    }

    prop_compose! {
        /// Few values for each field, so that sides agree and differ in every combination.
        fn any_fields()(
            name in "[AB]", color in "#[12]{3}", kind in 0..3usize, words in "[ab]?",
            enter in "[ab]?", leave in "[ab]?", target in 0..3, more in 0..3,
        ) -> StatusFields {
            let mut made = fields(&name);
            made.color = color.as_str().parse_color();
            made.kind = Kind::ALL[kind];
            made.definition = super::super::Definition::parse(&words).unwrap();
            made.enter_when = super::super::Criteria::parse(&enter).unwrap();
            made.leave_when = super::super::Criteria::parse(&leave).unwrap();
            made.target_days = Days::new(target);
            made.limit_days = Days::new(if more == 0 { 0 } else { target + more });
            made
        }
    }

    proptest! {
        #[test]
        fn nothing_that_anyone_changed_is_lost(base in any_fields(), mine in any_fields(), theirs in any_fields()) {
            let merge = merge(&base, &mine, &theirs);
            prop_assert!(check_days(&merge.merged).is_ok());
            for field in FIELDS {
                if merge.conflicts.iter().any(|conflict| conflict.field == field) {
                    prop_assert!(!mine.same(field, &theirs));
                    prop_assert!(merge.merged.same(field, &mine));
                } else if !mine.same(field, &base) {
                    prop_assert!(merge.merged.same(field, &mine));
                } else {
                    prop_assert!(merge.merged.same(field, &theirs));
                }
            }
        }

        #[test]
        fn who_saves_alone_gets_what_was_typed(base in any_fields(), mine in any_fields()) {
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
            let (chosen, _) = choose(merge.merged.clone(), &theirs, &sent);
            for field in FIELDS {
                let is_open = merge.conflicts.iter().any(|c| c.field == field);
                let expected = if is_open { &theirs } else { &merge.merged };
                prop_assert!(chosen.same(field, expected));
            }
        }
    }
}
