use serde::{Deserialize, Serialize};

use super::{Color, Criteria, Days, Definition, Kind, LeadStatus, Name, StatusFields, label};
use crate::i18n::Lang;

/// Everything that is stored about a status at one moment, as the audit log keeps it before and after a change.
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

/// A value of a field as history shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// There is no value.
    Nothing,
    Text(String),
    /// `#rrggbb`.
    Color(String),
    Number(i64),
    Days(i64),
    Truth(bool),
    Kind(Kind),
    /// Lines of a list.
    List(Vec<String>),
}

impl Shown {
    /// The value in words; lines of a list stand under each other.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Shown::Nothing => lang.t("status-value-none").to_owned(),
            Shown::Text(text) | Shown::Color(text) => text.clone(),
            Shown::Number(number) => lang.number(*number),
            Shown::Days(days) => lang.tn("moment-days", *days),
            Shown::Truth(true) => lang.t("status-value-yes").to_owned(),
            Shown::Truth(false) => lang.t("status-value-no").to_owned(),
            Shown::Kind(kind) => lang.t(kind.key()).to_owned(),
            Shown::List(lines) => lines.join("\n"),
        }
    }

    fn words(text: &str) -> Shown {
        if text.is_empty() {
            Shown::Nothing
        } else {
            Shown::Text(text.to_owned())
        }
    }

    fn list(lines: &[String]) -> Shown {
        if lines.is_empty() {
            Shown::Nothing
        } else {
            Shown::List(lines.to_vec())
        }
    }

    fn days(days: Option<i32>) -> Shown {
        days.map_or(Shown::Nothing, |days| Shown::Days(days.into()))
    }
}

/// One field that a change changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The field's name in the API.
    pub field: &'static str,
    pub before: Shown,
    pub after: Shown,
}

impl FieldChange {
    /// The catalogue key of the field's label.
    pub fn label(&self) -> &'static str {
        label(self.field)
    }
}

impl Snapshot {
    /// What history shows of a status, in the order of the form. The version is left out: it changes always.
    fn shown(&self) -> [(&'static str, Shown); 13] {
        [
            ("name", Shown::words(&self.name)),
            ("slug", Shown::words(&self.slug)),
            ("color", Shown::Color(self.color.clone())),
            ("kind", Shown::Kind(self.kind)),
            (
                "position",
                self.position
                    .map_or(Shown::Nothing, |at| Shown::Number(at.into())),
            ),
            ("isdefault", Shown::Truth(self.isdefault)),
            ("isconverted", Shown::Truth(self.isconverted)),
            ("definition", Shown::words(&self.definition)),
            ("enter_when", Shown::list(&self.enter_when)),
            ("leave_when", Shown::list(&self.leave_when)),
            ("target_days", Shown::days(self.target_days)),
            ("limit_days", Shown::days(self.limit_days)),
            ("archived", Shown::Truth(self.archived)),
        ]
    }
}

impl Snapshot {
    /// The editable fields at that moment, as a later edit merges with them; nothing if the snapshot lacks one.
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
    /// One field, by its name, as people are shown it.
    pub fn shown(&self, field: &str) -> Shown {
        let days = |days: Option<Days>| Shown::days(days.map(Days::get));
        match field {
            "name" => Shown::words(self.name.as_str()),
            "color" => Shown::Color(self.color.to_string()),
            "kind" => Shown::Kind(self.kind),
            "definition" => Shown::words(self.definition.as_str()),
            "enter_when" => Shown::list(self.enter_when.lines()),
            "leave_when" => Shown::list(self.leave_when.lines()),
            "target_days" => days(self.target_days),
            _ => days(self.limit_days),
        }
    }
}

/// The fields in which two moments of a status differ. Without a `before` (it was created) or an `after`
/// (it was deleted), these are the fields that say anything.
pub fn diff<'a>(
    before: impl Into<Option<&'a Snapshot>>,
    after: impl Into<Option<&'a Snapshot>>,
) -> Vec<FieldChange> {
    match (before.into(), after.into()) {
        (Some(before), Some(after)) => before
            .shown()
            .into_iter()
            .zip(after.shown())
            .filter(|((_, old), (_, new))| old != new)
            .map(|((field, before), (_, after))| FieldChange {
                field,
                before,
                after,
            })
            .collect(),
        (None, Some(only)) => said(only)
            .map(|(field, after)| FieldChange {
                field,
                before: Shown::Nothing,
                after,
            })
            .collect(),
        (Some(only), None) => said(only)
            .map(|(field, before)| FieldChange {
                field,
                before,
                after: Shown::Nothing,
            })
            .collect(),
        (None, None) => Vec::new(),
    }
}

fn said(snapshot: &Snapshot) -> impl Iterator<Item = (&'static str, Shown)> {
    snapshot
        .shown()
        .into_iter()
        .filter(|(_, value)| !matches!(value, Shown::Nothing | Shown::Truth(false)))
}

#[cfg(test)]
mod tests {
    use super::super::status::tests::status;
    use super::*;

    #[test]
    fn a_snapshot_survives_being_kept_as_json() {
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
        let made = Snapshot::from(&status(1, "New"));
        let fields: Vec<_> = diff(None, &made)
            .iter()
            .map(|change| change.field)
            .collect();
        assert_eq!(fields, ["name", "slug", "color", "kind", "position"]);
        assert_eq!(diff(&made, None).len(), 5);
    }
}
