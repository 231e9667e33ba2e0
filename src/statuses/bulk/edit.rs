use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::statuses::{Color, Days, Kind, LeadStatus, StatusFields};
use crate::web::fields::Fields;

/// The fields of a bulk edit; nothing means: leave as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edit {
    pub kind: Option<Kind>,
    pub color: Option<Color>,
    /// `Some(None)` takes the target away.
    pub target_days: Option<Option<Days>>,
    /// `Some(None)` takes the limit away.
    pub limit_days: Option<Option<Days>>,
}

impl Edit {
    /// True if it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Edit::default()
    }

    /// The fields of `status` with the edit in them.
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

/// A bulk edit as it was typed. The fields are called `new_…`, because the filters of the list travel in the same
/// body under their own names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditForm {
    pub kind: String,
    pub color: String,
    pub target_days: String,
    pub limit_days: String,
    pub drops_target: bool,
    pub drops_limit: bool,
}

impl EditForm {
    /// The form, and room for what is wrong with it.
    pub fn read(fields: &Fields) -> (EditForm, FieldErrors) {
        let text = |name: &str| fields.text(name).unwrap_or_default().trim().to_owned();
        let form = EditForm {
            kind: text("new_kind"),
            color: text("new_color"),
            target_days: text("new_target_days"),
            limit_days: text("new_limit_days"),
            drops_target: fields.is_on("drop_target_days"),
            drops_limit: fields.is_on("drop_limit_days"),
        };
        (form, FieldErrors::new())
    }

    /// The edit; what is wrong goes to `errors`.
    pub fn parsed(&self, errors: &mut FieldErrors) -> Edit {
        let mut edit = Edit {
            kind: value(errors, "new_kind", &self.kind, str::parse),
            color: value(errors, "new_color", &self.color, Color::parse),
            target_days: value(errors, "new_target_days", &self.target_days, Days::parse).map(Some),
            limit_days: value(errors, "new_limit_days", &self.limit_days, Days::parse).map(Some),
        };
        if self.drops_target {
            edit.target_days = Some(None);
        }
        if self.drops_limit {
            edit.limit_days = Some(None);
        }
        if let (Some(Some(target)), Some(Some(limit))) = (edit.target_days, edit.limit_days)
            && target > limit
        {
            let told = Message::new("status-target-above-limit");
            errors.add(
                "new_target_days",
                told.with("count", i64::from(limit.get())),
            );
        }
        edit
    }
}

fn value<T>(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    parse: impl Fn(&str) -> Result<T, Message>,
) -> Option<T> {
    if typed.is_empty() {
        return None;
    }
    match parse(typed) {
        Ok(value) => Some(value),
        Err(told) => {
            errors.add(field, told);
            None
        }
    }
}
