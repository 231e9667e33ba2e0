//! What the audit log stores of a status at one moment, and the differences between two moments.

use serde::{Deserialize, Serialize};

use crate::i18n::Lang;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Name;
use crate::statuses::domain::status::{LeadStatus, StatusFields, label_key};

/// The stored values of a status at one moment, as an audit entry holds them before and after a change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub id: i64,
    pub name: String,
    pub slug: String,
    pub color: String,
    pub kind: Kind,
    pub position: Option<i32>,
    pub isdefault: bool,
    pub isconverted: bool,
    pub definition: String,
    pub enter_when: Vec<String>,
    pub leave_when: Vec<String>,
    pub target_days: Option<i32>,
    pub limit_days: Option<i32>,
    pub archived: bool,
    pub version: i32,
}

impl From<&LeadStatus> for Snapshot {
    fn from(status: &LeadStatus) -> Snapshot {
        Snapshot {
            id: status.id,
            name: status.name.to_string(),
            slug: status.slug.to_string(),
            color: status.color.to_string(),
            kind: status.kind,
            position: status.position,
            isdefault: status.is_default,
            isconverted: status.is_converted,
            definition: status.definition.to_string(),
            enter_when: status.enter_when.lines().to_vec(),
            leave_when: status.leave_when.lines().to_vec(),
            target_days: status.target_days.map(|days| days.get()),
            limit_days: status.limit_days.map(|days| days.get()),
            archived: status.is_archived(),
            version: status.version,
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
        }
    }

    fn text_or_empty(text: &str) -> DisplayValue {
        if text.is_empty() {
            DisplayValue::Empty
        } else {
            DisplayValue::Text(text.to_owned())
        }
    }

    fn list_or_empty(lines: &[String]) -> DisplayValue {
        if lines.is_empty() {
            DisplayValue::Empty
        } else {
            DisplayValue::List(lines.to_vec())
        }
    }

    fn days_or_empty(days: Option<i32>) -> DisplayValue {
        days.map_or(DisplayValue::Empty, |days| DisplayValue::Days(days.into()))
    }
}

/// One field that a change changed.
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
    /// The values that history shows, in the order of the form. The version is left out, since every change changes it.
    fn display_values(&self) -> [(&'static str, DisplayValue); 13] {
        [
            ("name", DisplayValue::text_or_empty(&self.name)),
            ("slug", DisplayValue::text_or_empty(&self.slug)),
            ("color", DisplayValue::Color(self.color.clone())),
            ("kind", DisplayValue::Kind(self.kind)),
            (
                "position",
                self.position
                    .map_or(DisplayValue::Empty, |at| DisplayValue::Number(at.into())),
            ),
            ("isdefault", DisplayValue::Bool(self.isdefault)),
            ("isconverted", DisplayValue::Bool(self.isconverted)),
            ("definition", DisplayValue::text_or_empty(&self.definition)),
            ("enter_when", DisplayValue::list_or_empty(&self.enter_when)),
            ("leave_when", DisplayValue::list_or_empty(&self.leave_when)),
            ("target_days", DisplayValue::days_or_empty(self.target_days)),
            ("limit_days", DisplayValue::days_or_empty(self.limit_days)),
            ("archived", DisplayValue::Bool(self.archived)),
        ]
    }
}

impl Snapshot {
    /// The editable fields at that moment; nothing if one of them is missing or invalid.
    pub fn fields(&self) -> Option<StatusFields> {
        Some(StatusFields {
            name: Name::parse(&self.name).ok()?,
            color: Color::parse(&self.color).ok()?,
            kind: self.kind,
            definition: Definition::parse(&self.definition).ok()?,
            enter_when: Criteria::parse(&self.enter_when.join("\n")).ok()?,
            leave_when: Criteria::parse(&self.leave_when.join("\n")).ok()?,
            target_days: self.target_days.and_then(Days::new),
            limit_days: self.limit_days.and_then(Days::new),
        })
    }
}

impl StatusFields {
    /// The value of the field of this name, for display.
    pub fn display_value(&self, field: &str) -> DisplayValue {
        let days = |days: Option<Days>| DisplayValue::days_or_empty(days.map(Days::get));
        match field {
            "name" => DisplayValue::text_or_empty(self.name.as_str()),
            "color" => DisplayValue::Color(self.color.to_string()),
            "kind" => DisplayValue::Kind(self.kind),
            "definition" => DisplayValue::text_or_empty(self.definition.as_str()),
            "enter_when" => DisplayValue::list_or_empty(self.enter_when.lines()),
            "leave_when" => DisplayValue::list_or_empty(self.leave_when.lines()),
            "target_days" => days(self.target_days),
            _ => days(self.limit_days),
        }
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
        (None, Some(only)) => filled_values(only)
            .map(|(field, after)| FieldChange {
                field,
                before: DisplayValue::Empty,
                after,
            })
            .collect(),
        (Some(only), None) => filled_values(only)
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
    fn an_edit_can_start_from_a_snapshot() {
        let status = status(3, "Qualified");
        assert_eq!(Snapshot::from(&status).fields(), Some(status.fields()));
        assert_eq!(Snapshot::default().fields(), None);
    }

    #[test]
    fn an_older_snapshot_with_fewer_fields_can_still_be_read() {
        let old: Snapshot = serde_json::from_str(r#"{"name":"New"}"#).unwrap();
        assert_eq!(old.name, "New");
    }

    #[test]
    fn history_shows_exactly_what_changed() {
        let before = Snapshot::from(&status(3, "Qualified"));
        let mut after = before.clone();
        after.version += 1;
        assert_eq!(diff(&before, &after), []);
        after.limit_days = Some(20);
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
