//! The bulk edit: one value for a field of several statuses.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::{Color, Days, Kind, LeadStatus, StatusFields, check_days};

/// The fields of a bulk edit; nothing leaves the field as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BulkEdit {
    pub kind: Option<Kind>,
    pub color: Option<Color>,
    /// `Some(None)` removes the target.
    pub target_days: Option<Option<Days>>,
    /// `Some(None)` removes the limit.
    pub limit_days: Option<Option<Days>>,
}

impl BulkEdit {
    /// True if it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == BulkEdit::default()
    }

    /// The fields of `status` after the edit.
    pub fn applied_to(&self, status: &LeadStatus) -> StatusFields {
        let mut fields = status.fields();
        fields.kind = self.kind.unwrap_or(fields.kind);
        if let Some(color) = &self.color {
            fields.color = color.clone();
        }
        fields.target_days = self.target_days.unwrap_or(fields.target_days);
        fields.limit_days = self.limit_days.unwrap_or(fields.limit_days);
        fields
    }
}

/// A bulk edit as it was typed. Its fields are called `new_…`, because the body also holds the filters of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BulkEditForm {
    pub kind: String,
    pub color: String,
    pub target_days: String,
    pub limit_days: String,
    pub clears_target: bool,
    pub clears_limit: bool,
}

impl BulkEditForm {
    /// The form, and an empty set of errors for it.
    pub fn read(fields: &Fields) -> (BulkEditForm, FieldErrors) {
        let text = |name: &str| fields.text(name).unwrap_or_default().trim().to_owned();
        let form = BulkEditForm {
            kind: text("new_kind"),
            color: text("new_color"),
            target_days: text("new_target_days"),
            limit_days: text("new_limit_days"),
            clears_target: fields.is_on("drop_target_days"),
            clears_limit: fields.is_on("drop_limit_days"),
        };
        (form, FieldErrors::new())
    }

    /// Parses the edit; adds what is invalid to `errors`.
    pub fn parse(&self, errors: &mut FieldErrors) -> BulkEdit {
        let mut edit = BulkEdit {
            kind: parse_value(errors, "new_kind", &self.kind, str::parse),
            color: parse_value(errors, "new_color", &self.color, Color::parse),
            target_days: parse_value(errors, "new_target_days", &self.target_days, Days::parse)
                .map(Some),
            limit_days: parse_value(errors, "new_limit_days", &self.limit_days, Days::parse)
                .map(Some),
        };
        if self.clears_target {
            edit.target_days = Some(None);
        }
        if self.clears_limit {
            edit.limit_days = Some(None);
        }
        let days = check_days(edit.target_days.flatten(), edit.limit_days.flatten());
        if let Some(message) = days
            .err()
            .as_ref()
            .and_then(|errors| errors.at("target_days"))
        {
            errors.add("new_target_days", message.clone());
        }
        edit
    }
}

fn parse_value<T>(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    parse: impl Fn(&str) -> Result<T, Message>,
) -> Option<T> {
    if typed.is_empty() {
        return None;
    }
    errors.check(field, parse(typed))
}
