//! A status as the audit log stores it at one moment, and the differences between two moments.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::access::Role as UserRole;
use crate::i18n::{Lang, Message};
use crate::records::field::{Field, FieldValues};
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::movement::CREATED;
use crate::statuses::domain::status::{
    LeadStatus, StatusField, StatusFields, StatusValue, label_key,
};

/// The stored values of a status at one moment, as an audit entry holds them before and after a change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub id: i64,
    pub slug: String,
    pub position: Option<i32>,
    pub isdefault: bool,
    pub isconverted: bool,
    pub archived: bool,
    pub version: i32,
    /// The editable fields by name.
    #[serde(flatten)]
    pub values: Map<String, Value>,
}

impl From<&LeadStatus> for Snapshot {
    fn from(status: &LeadStatus) -> Snapshot {
        Snapshot {
            id: status.id,
            slug: status.slug.to_string(),
            position: status.position,
            isdefault: status.is_default,
            isconverted: status.is_converted,
            archived: status.is_archived(),
            version: status.version,
            values: status.fields().to_json(),
        }
    }
}

/// A value of a field for display.
#[derive(Debug, Clone, PartialEq)]
pub enum DisplayValue {
    /// There is no value.
    Empty,
    Text(String),
    /// `#rrggbb`.
    Color(String),
    Number(i64),
    Days(i64),
    Bool(bool),
    Kind(Kind),
    /// Lines of a list.
    List(Vec<String>),
    Rules(EntryRules),
    /// From where a status may be entered.
    Statuses(Vec<i64>),
    Movers(Vec<UserRole>),
    Handoff(Handoff),
}

impl DisplayValue {
    /// The value in words; a list has one line for each item.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            DisplayValue::Empty => lang.t("status-value-none").to_owned(),
            DisplayValue::Text(text) | DisplayValue::Color(text) => text.clone(),
            DisplayValue::Number(number) => lang.number(*number),
            DisplayValue::Days(days) => lang.tn("moment-days", *days),
            DisplayValue::Bool(true) => lang.t("status-value-yes").to_owned(),
            DisplayValue::Bool(false) => lang.t("status-value-no").to_owned(),
            DisplayValue::Kind(kind) => lang.t(kind.key()).to_owned(),
            DisplayValue::List(lines) => lines.join("\n"),
            DisplayValue::Rules(rules) => rules.lines(lang).join("\n"),
            DisplayValue::Handoff(handoff) => {
                handoff.lines(lang, |id| from_text(id, lang)).join("\n")
            }
            DisplayValue::Statuses(ids) => {
                let names = ids.iter().map(|id| from_text(*id, lang));
                names.collect::<Vec<_>>().join("\n")
            }
            DisplayValue::Movers(roles) => {
                let names = roles.iter().map(|role| lang.t(role.key()));
                names.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn text_or_empty(text: &str) -> DisplayValue {
        if text.is_empty() {
            DisplayValue::Empty
        } else {
            DisplayValue::Text(text.to_owned())
        }
    }
}

/// A status from which another may be entered, where its name is not known.
fn from_text(id: i64, lang: Lang) -> String {
    match id {
        CREATED => lang.t("status-enter-from-created").to_owned(),
        id => Message::new("status-enter-from-id")
            .with("id", id.to_string())
            .text(lang),
    }
}

impl From<StatusValue<'_>> for DisplayValue {
    fn from(value: StatusValue) -> DisplayValue {
        match value {
            StatusValue::Text(text) => DisplayValue::text_or_empty(text),
            StatusValue::Color(color) => DisplayValue::Color(color.to_string()),
            StatusValue::Kind(kind) => DisplayValue::Kind(kind),
            StatusValue::Lines([]) => DisplayValue::Empty,
            StatusValue::Lines(lines) => DisplayValue::List(lines.to_vec()),
            StatusValue::Days(days) => days.map_or(DisplayValue::Empty, |days| {
                DisplayValue::Days(days.get().into())
            }),
            StatusValue::Rules(rules) if rules.is_empty() => DisplayValue::Empty,
            StatusValue::Rules(rules) => DisplayValue::Rules(rules.clone()),
            StatusValue::Statuses(from) if from.is_everywhere() => DisplayValue::Empty,
            StatusValue::Statuses(from) => DisplayValue::Statuses(from.ids().to_vec()),
            StatusValue::Movers(movers) if movers.roles().is_empty() => DisplayValue::Empty,
            StatusValue::Movers(movers) => DisplayValue::Movers(movers.roles().to_vec()),
            StatusValue::Flag(flag) => DisplayValue::Bool(flag),
            StatusValue::Handoff(handoff) => handoff.map_or(DisplayValue::Empty, |handoff| {
                DisplayValue::Handoff(handoff.clone())
            }),
        }
    }
}

/// A field that a change changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field's name in the API.
    pub field: &'static str,
    pub before: DisplayValue,
    pub after: DisplayValue,
}

impl FieldChange {
    /// The catalogue key of the field's label.
    pub fn label_key(&self) -> &'static str {
        label_key(self.field)
    }
}

impl Snapshot {
    /// The values that history shows. The version is left out, since every change changes it.
    fn display_values(&self) -> Vec<(&'static str, DisplayValue)> {
        let (fields, _) = StatusFields::read_json(&self.values);
        let position = self.position.map(i64::from).map(DisplayValue::Number);
        let mut values = Vec::new();
        for field in StatusField::ALL {
            values.push((field.name(), fields.display_value(field)));
            match field {
                StatusField::Name => values.push(("slug", DisplayValue::text_or_empty(&self.slug))),
                StatusField::Kind => values.extend([
                    ("position", position.clone().unwrap_or(DisplayValue::Empty)),
                    ("isdefault", DisplayValue::Bool(self.isdefault)),
                    ("isconverted", DisplayValue::Bool(self.isconverted)),
                ]),
                _ => {}
            }
        }
        values.push(("archived", DisplayValue::Bool(self.archived)));
        values
    }

    /// The editable fields at that moment; nothing if one of them is missing or invalid.
    pub fn fields(&self) -> Option<StatusFields> {
        StatusFields::from_json(&self.values)
    }

    /// The name at that moment.
    pub fn name(&self) -> &str {
        let name = self.values.get(StatusField::Name.name());
        name.and_then(Value::as_str).unwrap_or_default()
    }
}

impl StatusFields {
    /// The value of a field, for display.
    pub fn display_value(&self, field: StatusField) -> DisplayValue {
        self.value(field).into()
    }

    /// The changes of fields from these values to `after`.
    pub fn changes(&self, after: &StatusFields) -> Vec<FieldChange> {
        let changed = self.changed_fields(after).into_iter();
        changed
            .map(|field| FieldChange {
                field: field.name(),
                before: self.display_value(field),
                after: after.display_value(field),
            })
            .collect()
    }
}

/// The fields in which two moments of a status differ. Without a `before` (it was created) or an `after`
/// (it was deleted), these are the fields that have a value.
pub fn diff<'a>(
    before: impl Into<Option<&'a Snapshot>>,
    after: impl Into<Option<&'a Snapshot>>,
) -> Vec<FieldChange> {
    match (before.into(), after.into()) {
        (Some(before), Some(after)) => before
            .display_values()
            .into_iter()
            .zip(after.display_values())
            .filter(|((_, old), (_, new))| old != new)
            .map(|((field, before), (_, after))| FieldChange {
                field,
                before,
                after,
            })
            .collect(),
        (None, Some(after)) => filled_values(after)
            .map(|(field, after)| FieldChange {
                field,
                before: DisplayValue::Empty,
                after,
            })
            .collect(),
        (Some(before), None) => filled_values(before)
            .map(|(field, before)| FieldChange {
                field,
                before,
                after: DisplayValue::Empty,
            })
            .collect(),
        (None, None) => Vec::new(),
    }
}

fn filled_values(snapshot: &Snapshot) -> impl Iterator<Item = (&'static str, DisplayValue)> {
    snapshot
        .display_values()
        .into_iter()
        .filter(|(_, value)| !matches!(value, DisplayValue::Empty | DisplayValue::Bool(false)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::statuses::domain::status::tests::status;

    #[test]
    fn a_snapshot_is_unchanged_by_writing_and_reading_json() {
        let snapshot = Snapshot::from(&status(3, "Qualified"));
        let json = serde_json::to_string(&snapshot).unwrap();
        assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), snapshot);
        assert!(json.contains("\"kind\":\"open\""));
    }

    #[test]
    fn each_value_in_history_has_a_label_of_its_own() {
        let values = Snapshot::from(&status(3, "Qualified")).display_values();
        let labels: HashSet<_> = values.iter().map(|(name, _)| label_key(name)).collect();
        assert_eq!(labels.len(), values.len());
        assert!(!labels.contains("status-field-version"));
    }

    #[test]
    fn an_edit_can_start_from_a_snapshot() {
        let status = status(3, "Qualified");
        assert_eq!(Snapshot::from(&status).fields(), Some(status.fields()));
        assert_eq!(Snapshot::default().fields(), None);
    }

    #[test]
    fn an_older_snapshot_with_fewer_fields_can_still_be_read() {
        let old: Snapshot = serde_json::from_str(r#"{"name":"New"}"#).unwrap();
        assert_eq!(old.name(), "New");
    }

    #[test]
    fn history_shows_exactly_what_changed() {
        let before = Snapshot::from(&status(3, "Qualified"));
        let mut after = before.clone();
        after.version += 1;
        assert_eq!(diff(&before, &after), []);
        after.values.insert("limit_days".to_owned(), 20.into());
        after.archived = true;
        let changes = diff(&before, &after);
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0].field, "limit_days");
        assert_eq!(changes[0].before.text(Lang::En), "none");
        assert_eq!(changes[0].after.text(Lang::Ro), "20 de zile");
        assert_eq!(changes[1].after.text(Lang::En), "yes");
    }

    #[test]
    fn a_new_status_shows_the_fields_that_were_filled_in() {
        let snapshot = Snapshot::from(&status(1, "New"));
        let fields: Vec<_> = diff(None, &snapshot)
            .iter()
            .map(|change| change.field)
            .collect();
        assert_eq!(fields, ["name", "slug", "color", "kind", "position"]);
        assert_eq!(diff(&snapshot, None).len(), 5);
    }
}
