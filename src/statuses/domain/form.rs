//! The form of a status: the fields as they were typed, and their parsing.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::edit::EditForm;
use crate::records::field::{Field, FieldValues};
use crate::records::fields::Fields;
use crate::records::form_value::{FormValue, SentFields, parse_bool, parse_field, parse_version};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::handoff_form;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::rule_rows;
use crate::statuses::domain::rules::check_days;
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusFields};

/// The value of `color` that refers to the colour in `color_custom`.
const CUSTOM: &str = "custom";

/// The fields of a status as they were sent by a browser or another system; an invalid form shows them again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusForm {
    /// The colour is `#rrggbb`, `#rgb`, or `custom` from the browser's form.
    pub fields: SentFields<StatusField>,
    /// The colour if the field says `custom`.
    pub color_custom: FormValue,
    pub isdefault: FormValue,
    pub isconverted: FormValue,
    pub archived: FormValue,
    /// The position in the pipeline.
    pub statusorder: FormValue,
    pub version: FormValue,
    /// Why the definition changes; may be empty.
    pub why: FormValue,
}

/// The purpose of a form.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// A new status: the name is required, other fields have defaults.
    Create,
    /// Only the fields that were sent change.
    Change { current: &'a StatusFields },
}

/// The roles, the archive flag and the version that a form asks for; nothing where it wasn't sent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Flags {
    pub is_default: Option<bool>,
    pub is_converted: Option<bool>,
    pub is_archived: Option<bool>,
    /// From 1; beyond the end means the end.
    pub position: Option<usize>,
    pub version: Option<i32>,
}

impl Flags {
    /// The names under which they are sent.
    pub const NAMES: [&str; 6] = [
        "isdefault",
        "isconverted",
        "archived",
        "statusorder",
        "version",
        "why",
    ];

    /// The flag of each role.
    pub fn roles(&self) -> [(Role, Option<bool>); 2] {
        [
            (Role::Default, self.is_default),
            (Role::Converted, self.is_converted),
        ]
    }
}

impl StatusForm {
    /// Reads the form from the fields of a request. Unknown fields are ignored.
    pub fn read(sent: &Fields) -> StatusForm {
        let mut fields = SentFields::read(sent);
        if let Some(rules) = rule_rows::read(sent) {
            fields.set(StatusField::EntryRules, rules);
        }
        if let Some(handoff) = handoff_form::read(sent) {
            fields.set(StatusField::Handoff, handoff);
        }
        StatusForm {
            fields,
            color_custom: FormValue::read(sent, "color_custom"),
            isdefault: FormValue::read(sent, "isdefault"),
            isconverted: FormValue::read(sent, "isconverted"),
            archived: FormValue::read(sent, "archived"),
            statusorder: FormValue::read(sent, "statusorder"),
            version: FormValue::read(sent, "version"),
            why: FormValue::read(sent, "why"),
        }
    }

    /// The empty form for a new status.
    pub fn blank() -> StatusForm {
        StatusForm::of_fields(&StatusFields::blank())
    }

    /// The form for an existing status, with its version.
    pub fn of(status: &LeadStatus) -> StatusForm {
        StatusForm {
            version: FormValue::Text(status.version.to_string()),
            ..StatusForm::of_fields(&status.fields())
        }
    }

    /// The form with these values.
    pub fn of_fields(fields: &StatusFields) -> StatusForm {
        StatusForm {
            fields: SentFields::of(fields),
            ..StatusForm::default()
        }
    }

    /// The text of a field.
    pub fn text(&self, field: StatusField) -> &str {
        self.fields.get(field).text()
    }

    /// Name and text of every field that was sent, for hidden fields; the version is left out.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let why = Some(&self.why).filter(|why| why.is_sent());
        let custom = Some(&self.color_custom).filter(|custom| custom.is_sent());
        let fields = self.fields.texts();
        fields
            .map(|(field, text)| (field.name(), text))
            .chain(custom.map(|custom| ("color_custom", custom.text())))
            .chain(why.map(|why| ("why", why.text())))
    }

    /// The colour of the preview: the typed one if it is valid, else the default.
    pub fn preview_color(&self) -> Color {
        Color::parse(self.typed_color(None).text()).unwrap_or_default()
    }

    /// The field that holds the colour. Without JavaScript a typed hex leaves the swatch ticked, so the hex counts
    /// unless the form opened with it.
    fn typed_color(&self, current: Option<&Color>) -> &FormValue {
        let custom = self.color_custom.text().trim();
        let is_new = || {
            let parsed = Color::parse(custom).ok();
            parsed.is_none() || parsed.as_ref() != current
        };
        let color = self.fields.get(StatusField::Color);
        let is_swatch = matches!(color, FormValue::Text(_)) && color.text() != CUSTOM;
        if color.text() == CUSTOM || (is_swatch && !custom.is_empty() && is_new()) {
            &self.color_custom
        } else {
            color
        }
    }

    /// The checked fields, or the errors of all of them.
    pub fn parse(&self, mode: Mode) -> Result<StatusFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut sent = self.fields.clone();
        let (mut values, color) = match mode {
            Mode::Create => (StatusFields::blank(), None),
            Mode::Change { current } => (current.clone(), Some(&current.color)),
        };
        if color.is_none() && !sent.get(StatusField::Name).is_sent() {
            sent.set(StatusField::Name, FormValue::Null);
        }
        sent.set(StatusField::Color, self.typed_color(color).clone());
        sent.apply(&mut values, &mut errors, StatusFields::parse);
        self.check_days(&values, &mut errors);
        errors.value_or_errors(values)
    }

    /// Checks that the target is not above the limit; the error is at the field that was sent.
    fn check_days(&self, values: &StatusFields, errors: &mut FieldErrors) {
        let is_sent = |field| self.fields.get(field).is_sent();
        let has_error = errors
            .at("target_days")
            .or(errors.at("limit_days"))
            .is_some();
        let Err(day_errors) = check_days(values.target_days, values.limit_days) else {
            return;
        };
        let only_limit = is_sent(StatusField::LimitDays) && !is_sent(StatusField::TargetDays);
        match values.target_days.filter(|_| only_limit) {
            _ if has_error => {}
            Some(target) => {
                let message = Message::new("status-limit-below-target");
                errors.add("limit_days", message.with("count", i64::from(target.get())));
            }
            None => errors.extend(day_errors),
        }
    }

    /// Why the definition changes.
    ///
    /// # Errors
    /// A message at `why`.
    pub fn parse_why(&self) -> Result<Why, FieldErrors> {
        let mut errors = FieldErrors::new();
        let why = parse_field(&mut errors, "why", self.why.simple(), Why::parse);
        errors.value_or_errors(why.unwrap_or_default())
    }

    /// The flags, or the errors of all of them.
    pub fn flags(&self) -> Result<Flags, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut parse_flag = |name, raw: &FormValue| {
            parse_field(&mut errors, name, raw.simple(), parse_bool).flatten()
        };
        let flags = Flags {
            is_default: parse_flag("isdefault", &self.isdefault),
            is_converted: parse_flag("isconverted", &self.isconverted),
            is_archived: parse_flag("archived", &self.archived),
            position: parse_field(
                &mut errors,
                "statusorder",
                self.statusorder.simple(),
                parse_position,
            )
            .flatten(),
            version: parse_field(&mut errors, "version", self.version.simple(), parse_version)
                .flatten(),
        };
        errors.value_or_errors(flags)
    }

    /// Fields and flags, or the errors of both together.
    pub fn parse_all(&self, mode: Mode) -> Result<(StatusFields, Flags), FieldErrors> {
        match (self.parse(mode), self.flags()) {
            (Ok(fields), Ok(flags)) => Ok((fields, flags)),
            (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
            (Err(mut errors), Err(flag_errors)) => {
                errors.extend(flag_errors);
                Err(errors)
            }
        }
    }
}

impl EditForm<StatusFields> for StatusForm {
    fn version(&self) -> &FormValue {
        &self.version
    }

    fn parse_edit(&self, current: &StatusFields) -> Result<StatusFields, FieldErrors> {
        self.parse(Mode::Change { current })
    }

    fn with_values(&self, values: &StatusFields, version: FormValue) -> StatusForm {
        StatusForm {
            version,
            ..StatusForm::of_fields(values)
        }
    }
}

/// Parses a position in the pipeline; nothing for an empty text.
fn parse_position(typed: &str) -> Result<Option<usize>, Message> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse() {
            Ok(position) if position >= 1 => Ok(Some(position)),
            _ => Err(Message::new("status-order-position")),
        },
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
