//! The standard sets: ready pipelines for several trades in both languages, and the pipeline of a fresh database.

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;
use crate::statuses::domain::color::Hue;
use crate::statuses::domain::form::{Mode, StatusForm};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::status::{StatusField, StatusFields};
use crate::words::word_enum;

word_enum! {
    /// A ready pipeline for one trade, with definitions and limits.
    pub enum StandardSet {
        B2b = "b2b", "status-set-b2b";
        Agency = "agency", "status-set-agency";
        RealEstate = "real_estate", "status-set-real-estate";
        Recruiting = "recruiting", "status-set-recruiting";
        Loans = "loans", "status-set-loans";
    }
}

/// A status of a ready pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct SetStatus {
    pub fields: StatusFields,
    /// The role that it is meant for.
    pub role: Option<Role>,
}

impl StandardSet {
    /// The catalogue key of the sentence about the trade it is for.
    pub fn about_key(self) -> &'static str {
        match self {
            StandardSet::B2b => "status-set-b2b-about",
            StandardSet::Agency => "status-set-agency-about",
            StandardSet::RealEstate => "status-set-real-estate-about",
            StandardSet::Recruiting => "status-set-recruiting-about",
            StandardSet::Loans => "status-set-loans-about",
        }
    }

    fn source(self) -> &'static str {
        match self {
            StandardSet::B2b => include_str!("sets/b2b.json"),
            StandardSet::Agency => include_str!("sets/agency.json"),
            StandardSet::RealEstate => include_str!("sets/real_estate.json"),
            StandardSet::Recruiting => include_str!("sets/recruiting.json"),
            StandardSet::Loans => include_str!("sets/loans.json"),
        }
    }

    /// The statuses in the order of the pipeline, without hand-offs: those name statuses that have no ids yet.
    ///
    /// # Errors
    /// Returns an error if the file of the set is invalid, which tests exclude.
    pub fn statuses(self, lang: Lang) -> Result<Vec<SetStatus>> {
        read(self.source(), lang)
    }

    /// The statuses as rows of a file: a set is previewed and applied like an import. A status in use with the name of
    /// a row takes the row's values; statuses that the set doesn't name keep their order after it.
    pub fn rows(self, lang: Lang) -> Result<Vec<ImportRow>> {
        let entries = parse_entries(self.source())?;
        let rows = entries.iter().zip(1..);
        Ok(rows
            .map(|(entry, line)| ImportRow {
                line,
                fields: entry.to_fields(lang),
            })
            .collect())
    }
}

/// The pipeline of a fresh database.
///
/// # Errors
/// Returns an error if its file is invalid, which tests exclude.
pub fn seed_statuses(lang: Lang) -> Result<Vec<SetStatus>> {
    read(include_str!("sets/seed.json"), lang)
}

/// A status in the JSON of a set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetEntry {
    kind: Kind,
    color: String,
    role: Option<Role>,
    target_days: Option<i32>,
    limit_days: Option<i32>,
    #[serde(default)]
    reason_required: bool,
    en: SetTexts,
    ro: SetTexts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetTexts {
    name: String,
    definition: String,
    enter_when: Vec<String>,
    leave_when: Vec<String>,
    /// The rules, as the API shows them.
    #[serde(default)]
    rules: Vec<Value>,
    #[serde(default)]
    reasons: Vec<String>,
    /// The hand-off, as the API shows it, with the names of statuses of the set in place of ids.
    handoff: Option<Value>,
}

impl SetEntry {
    /// The status as form fields, which are checked like those of any form.
    fn to_fields(&self, lang: Lang) -> Fields {
        let texts = match lang {
            Lang::En => &self.en,
            Lang::Ro => &self.ro,
        };
        let hue = Hue::ALL.into_iter().find(|hue| hue.as_str() == self.color);
        let days = |days: Option<i32>| days.map_or(String::new(), |days| days.to_string());
        let mut fields = Fields::default();
        fields.push("name", &texts.name);
        fields.push("color", hue.map_or(self.color.as_str(), |hue| hue.hex()));
        fields.push("kind", self.kind.as_str());
        fields.push("definition", &texts.definition);
        fields.push_list("enter_when", texts.enter_when.clone());
        fields.push_list("leave_when", texts.leave_when.clone());
        fields.push("target_days", &days(self.target_days));
        fields.push("limit_days", &days(self.limit_days));
        let rules: Vec<String> = texts.rules.iter().map(Value::to_string).collect();
        fields.push("entry_rules", &rules.join("\n"));
        fields.push_list("reasons", texts.reasons.clone());
        fields.push("reason_required", &self.reason_required.to_string());
        let handoff = texts.handoff.as_ref().map(Value::to_string);
        fields.push("handoff", &handoff.unwrap_or_default());
        if let Some(role) = self.role {
            fields.push(role.field(), "true");
        }
        fields
    }
}

fn parse_entries(source: &str) -> Result<Vec<SetEntry>> {
    serde_json::from_str(source).map_err(Error::internal)
}

fn read(source: &str, lang: Lang) -> Result<Vec<SetStatus>> {
    let entries = parse_entries(source)?;
    let statuses = entries.iter().map(|entry| {
        let mut form = StatusForm::read(&entry.to_fields(lang));
        form.fields.set(StatusField::Handoff, FormValue::Absent);
        let fields = form.parse(Mode::Create).map_err(Error::Invalid)?;
        Ok(SetStatus {
            fields,
            role: entry.role,
        })
    });
    statuses.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::statuses::actions::import::plan_import;
    use crate::statuses::actions::import_export::plan::RowOutcome;
    use crate::statuses::domain::name::Slug;
    use crate::statuses::domain::status::LeadStatus;
    use crate::statuses::domain::status::tests::status;

    /// The seed and every set, in every language.
    fn all() -> Vec<(String, Vec<SetStatus>)> {
        let mut all = Vec::new();
        for lang in Lang::ALL {
            all.push((
                format!("seed {}", lang.code()),
                seed_statuses(lang).unwrap(),
            ));
            for set in StandardSet::ALL {
                all.push((
                    format!("{} {}", set.as_str(), lang.code()),
                    set.statuses(lang).unwrap(),
                ));
            }
        }
        all
    }

    #[test]
    fn every_set_is_whole_in_both_languages() {
        for (set, statuses) in all() {
            let names: HashSet<String> = statuses
                .iter()
                .map(|status| status.fields.name.key())
                .collect();
            assert_eq!(names.len(), statuses.len(), "{set}");
            assert!(statuses.len() >= 6, "{set}");
            for role in Role::ALL {
                let holders: Vec<_> = statuses
                    .iter()
                    .filter(|status| status.role == Some(role))
                    .collect();
                assert_eq!(holders.len(), 1, "{set} {role}");
                assert_eq!(holders[0].fields.kind, role.required_kind(), "{set} {role}");
            }
            assert!(
                statuses
                    .iter()
                    .any(|status| status.fields.kind == Kind::Lost),
                "{set}"
            );
        }
    }

    #[test]
    fn every_status_of_a_set_says_what_it_means_and_how_long_it_may_take() {
        for (set, statuses) in all() {
            for SetStatus { fields, .. } in statuses {
                let which = format!("{set} {}", fields.name);
                assert!(fields.definition.as_str().ends_with('.'), "{which}");
                assert!(!fields.enter_when.is_empty(), "{which}");
                assert!(fields.color.hue().is_some(), "{which}");
                let is_open = fields.kind == Kind::Open;
                assert_eq!(
                    fields.target_days.is_some() && fields.limit_days.is_some(),
                    is_open,
                    "{which}"
                );
                assert!(!is_open || !fields.leave_when.is_empty(), "{which}");
            }
        }
    }

    #[test]
    fn rules_and_reasons_ask_the_same_in_every_language() {
        for set in StandardSet::ALL {
            let [en, ro] = Lang::ALL.map(|lang| set.statuses(lang).unwrap());
            let tests = |status: &SetStatus| {
                let rules = status.fields.entry_rules.iter();
                let tests = rules.map(|rule| (rule.level, format!("{:?}", rule.test)));
                (
                    tests.collect::<Vec<_>>(),
                    status.fields.reasons.lines().len(),
                )
            };
            let asked: Vec<_> = en.iter().map(tests).collect();
            assert_eq!(asked, ro.iter().map(tests).collect::<Vec<_>>(), "{set}");
            assert!(asked.iter().any(|(rules, _)| !rules.is_empty()), "{set}");
            for lost in en.iter().filter(|one| one.fields.kind == Kind::Lost) {
                assert!(lost.fields.requires_reason, "{set}");
                assert!(lost.fields.reasons.lines().len() > 2, "{set}");
            }
        }
    }

    #[test]
    fn a_fresh_database_has_the_seed_pipeline() {
        let seed = seed_statuses(Lang::En).unwrap();
        let seed: Vec<_> = seed
            .iter()
            .map(|status| {
                (
                    Slug::of(&status.fields.name).to_string(),
                    status.fields.color.hue().unwrap(),
                )
            })
            .collect();
        let expected = [
            ("new", Hue::Blue),
            ("contacted", Hue::Cyan),
            ("qualified", Hue::Violet),
            ("proposal", Hue::Amber),
            ("won", Hue::Green),
            ("lost", Hue::Red),
        ];
        assert_eq!(seed, expected.map(|(slug, hue)| (slug.to_owned(), hue)));
    }

    fn seeded() -> Vec<LeadStatus> {
        let seed = seed_statuses(Lang::En).unwrap();
        let made = seed.into_iter().zip(1..).map(|(seed, id)| LeadStatus {
            is_default: seed.role == Some(Role::Default),
            is_converted: seed.role == Some(Role::Converted),
            fields: seed.fields.clone(),
            ..status(id, seed.fields.name.as_str())
        });
        made.collect()
    }

    #[test]
    fn a_set_can_be_used_on_a_fresh_database_and_takes_the_roles() {
        for lang in Lang::ALL {
            for set in StandardSet::ALL {
                let rows = set.rows(lang).unwrap();
                let plan = plan_import(&seeded(), &rows);
                assert!(plan.is_acceptable(), "{set:?} {lang:?} {plan:?}");
                assert!(plan.order.len() >= rows.len());
                let first = &plan.rows[0].outcome;
                assert!(
                    matches!(first, RowOutcome::Create(_) | RowOutcome::Change { .. }),
                    "{first:?}"
                );
            }
        }
    }

    #[test]
    fn a_set_is_known_by_its_word() {
        for set in StandardSet::ALL {
            assert_eq!(StandardSet::from_word(set.as_str()), Some(set));
        }
        assert_eq!(StandardSet::from_word("seed"), None);
    }
}
