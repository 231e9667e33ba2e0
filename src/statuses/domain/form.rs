//! The form of a status: the fields as they were typed, and their parsing.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::definition::{Criteria, Definition};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::name::Name;
use crate::statuses::domain::status::{LeadStatus, StatusFields};
use crate::web::{FormValue, parse_field, parse_version};

/// The value of `color` that refers to the colour in `color_custom`.
const CUSTOM: &str = "custom";

/// The fields of a status as they were sent by a browser or another system; an invalid form shows them again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusForm {
    pub name: FormValue,
    /// `#rrggbb`, `#rgb`, or `custom` from the browser's form.
    pub color: FormValue,
    /// The colour if `color` is `custom`.
    pub color_custom: FormValue,
    pub kind: FormValue,
    pub definition: FormValue,
    pub enter_when: FormValue,
    pub leave_when: FormValue,
    pub target_days: FormValue,
    pub limit_days: FormValue,
    pub isdefault: FormValue,
    pub isconverted: FormValue,
    pub archived: FormValue,
    pub version: FormValue,
}

/// What a form is for.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// A new status: the name is required, the rest has defaults.
    Create,
    /// Only the fields that were sent change.
    Change { current: &'a StatusFields },
}

/// The roles, the archive flag and the version that a form asks for; nothing where it wasn't sent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Flags {
    pub is_default: Option<bool>,
    pub is_converted: Option<bool>,
    pub archived: Option<bool>,
    pub version: Option<i32>,
}

impl StatusForm {
    /// Reads the form from the fields of a request. Unknown fields are ignored.
    pub fn read(fields: &Fields) -> StatusForm {
        StatusForm {
            name: FormValue::read(fields, "name"),
            color: FormValue::read(fields, "color"),
            color_custom: FormValue::read(fields, "color_custom"),
            kind: FormValue::read(fields, "kind"),
            definition: FormValue::read(fields, "definition"),
            enter_when: FormValue::read_lines(fields, "enter_when"),
            leave_when: FormValue::read_lines(fields, "leave_when"),
            target_days: FormValue::read(fields, "target_days"),
            limit_days: FormValue::read(fields, "limit_days"),
            isdefault: FormValue::read(fields, "isdefault"),
            isconverted: FormValue::read(fields, "isconverted"),
            archived: FormValue::read(fields, "archived"),
            version: FormValue::read(fields, "version"),
        }
    }

    /// The empty form for a new status.
    pub fn blank() -> StatusForm {
        StatusForm {
            color: FormValue::Text(Color::default().to_string()),
            kind: FormValue::Text(Kind::default().to_string()),
            ..StatusForm::default()
        }
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
        let days = |days: Option<Days>| {
            FormValue::Text(days.map_or(String::new(), |days| days.to_string()))
        };
        StatusForm {
            name: FormValue::Text(fields.name.to_string()),
            color: FormValue::Text(fields.color.to_string()),
            kind: FormValue::Text(fields.kind.to_string()),
            definition: FormValue::Text(fields.definition.to_string()),
            enter_when: FormValue::Text(fields.enter_when.to_text()),
            leave_when: FormValue::Text(fields.leave_when.to_text()),
            target_days: days(fields.target_days),
            limit_days: days(fields.limit_days),
            ..StatusForm::default()
        }
    }

    /// Name and text of every field that was sent, for hidden fields; the version is left out.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("name", &self.name),
            ("color", &self.color),
            ("color_custom", &self.color_custom),
            ("kind", &self.kind),
            ("definition", &self.definition),
            ("enter_when", &self.enter_when),
            ("leave_when", &self.leave_when),
            ("target_days", &self.target_days),
            ("limit_days", &self.limit_days),
        ];
        let sent = fields.into_iter().filter(|(_, raw)| raw.is_sent());
        sent.map(|(name, raw)| (name, raw.text()))
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
        let is_swatch = matches!(self.color, FormValue::Text(_)) && self.color.text() != CUSTOM;
        if self.color.text() == CUSTOM || (is_swatch && !custom.is_empty() && is_new()) {
            &self.color_custom
        } else {
            &self.color
        }
    }

    /// The checked fields, or the errors of all of them.
    pub fn parse(&self, mode: Mode) -> Result<StatusFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let current = match mode {
            Mode::Create => None,
            Mode::Change { current } => Some(current),
        };
        let sent = parse_field(&mut errors, "name", self.name.simple(), Name::parse);
        let name = sent.or_else(|| current.map(|current| current.name.clone()));
        if name.is_none() && errors.is_empty() {
            errors.add("name", Message::new("status-name-missing"));
        }
        // Without a name the other fields are still checked, so that one answer names every error.
        let name = name.unwrap_or_else(|| Name::stored(String::new()));
        let base = StatusFields {
            name: name.clone(),
            ..current
                .cloned()
                .unwrap_or_else(|| StatusFields::named(name))
        };
        let fields = self.apply_sent(base, current.map(|current| &current.color), &mut errors);
        if errors.is_empty() {
            Ok(fields)
        } else {
            Err(errors)
        }
    }

    /// `base` with every field that was sent, except the name.
    fn apply_sent(
        &self,
        mut base: StatusFields,
        current: Option<&Color>,
        errors: &mut FieldErrors,
    ) -> StatusFields {
        let typed = self.typed_color(current).simple();
        if let Some(color) = parse_field(errors, "color", typed, Color::parse) {
            base.color = color;
        }
        if let Some(kind) = parse_field(errors, "kind", self.kind.simple(), str::parse) {
            base.kind = kind;
        }
        if let Some(text) = parse_field(
            errors,
            "definition",
            self.definition.simple(),
            Definition::parse,
        ) {
            base.definition = text;
        }
        if let Some(lines) = parse_field(
            errors,
            "enter_when",
            self.enter_when.lines(),
            Criteria::parse,
        ) {
            base.enter_when = lines;
        }
        if let Some(lines) = parse_field(
            errors,
            "leave_when",
            self.leave_when.lines(),
            Criteria::parse,
        ) {
            base.leave_when = lines;
        }
        self.apply_sent_days(&mut base, errors);
        base
    }

    fn apply_sent_days(&self, base: &mut StatusFields, errors: &mut FieldErrors) {
        if let Some(days) = parse_field(
            errors,
            "target_days",
            self.target_days.simple(),
            optional_days,
        ) {
            base.target_days = days;
        }
        if let Some(days) = parse_field(
            errors,
            "limit_days",
            self.limit_days.simple(),
            optional_days,
        ) {
            base.limit_days = days;
        }
        self.check_days(base, errors);
    }

    /// Checks that the target is not above the limit; the error is at the field that was sent.
    fn check_days(&self, fields: &StatusFields, errors: &mut FieldErrors) {
        let (Some(target), Some(limit)) = (fields.target_days, fields.limit_days) else {
            return;
        };
        if target <= limit
            || errors.at("target_days").is_some()
            || errors.at("limit_days").is_some()
        {
            return;
        }
        if self.limit_days.is_sent() && !self.target_days.is_sent() {
            let message = Message::new("status-limit-below-target");
            errors.add("limit_days", message.with("count", i64::from(target.get())));
        } else {
            let message = Message::new("status-target-above-limit");
            errors.add("target_days", message.with("count", i64::from(limit.get())));
        }
    }

    /// The flags, or the errors of all of them.
    pub fn flags(&self) -> Result<Flags, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut truth = |name, raw: &FormValue| {
            parse_field(&mut errors, name, raw.simple(), parse_bool).flatten()
        };
        let flags = Flags {
            is_default: truth("isdefault", &self.isdefault),
            is_converted: truth("isconverted", &self.isconverted),
            archived: truth("archived", &self.archived),
            version: parse_field(&mut errors, "version", self.version.simple(), parse_version)
                .flatten(),
        };
        if errors.is_empty() {
            Ok(flags)
        } else {
            Err(errors)
        }
    }

    /// Fields and flags, or the errors of both together.
    pub fn parse_all(&self, mode: Mode) -> Result<(StatusFields, Flags), FieldErrors> {
        match (self.parse(mode), self.flags()) {
            (Ok(fields), Ok(flags)) => Ok((fields, flags)),
            (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
            (Err(mut errors), Err(more)) => {
                for (field, message) in more.iter() {
                    errors.add(field, message.clone());
                }
                Err(errors)
            }
        }
    }
}

fn optional_days(typed: &str) -> Result<Option<Days>, Message> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    Days::parse(typed).map(Some)
}

/// Parses a boolean as the API accepts it; nothing for an empty text.
pub(crate) fn parse_bool(typed: &str) -> Result<Option<bool>, Message> {
    match typed.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "on" | "yes" => Ok(Some(true)),
        "0" | "false" | "off" | "no" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err(Message::new("web-input-not-truth")),
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
