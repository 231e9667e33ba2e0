use super::{Color, Criteria, Days, Definition, Kind, LeadStatus, Name, StatusFields};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::fields::Fields;
use crate::web::{Raw, take, version};

/// The value of `color` in the browser's form that says: the colour is in `color_custom`.
const CUSTOM: &str = "custom";

/// A lead status as it was typed, by a person or by another system: what an invalid form shows again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusForm {
    pub name: Raw,
    /// `#rrggbb`, `#rgb`, or `custom` from the browser's form.
    pub color: Raw,
    /// The colour if `color` says `custom`.
    pub color_custom: Raw,
    pub kind: Raw,
    pub definition: Raw,
    pub enter_when: Raw,
    pub leave_when: Raw,
    pub target_days: Raw,
    pub limit_days: Raw,
    pub isdefault: Raw,
    pub isconverted: Raw,
    pub archived: Raw,
    pub version: Raw,
}

/// What a form is for.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// A new status: the name is required, the rest has defaults.
    Create,
    /// Only the fields that were sent change.
    Change { current: &'a StatusFields },
}

/// The values beside the fields: roles, archive and lock. Nothing means: not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Flags {
    pub is_default: Option<bool>,
    pub is_converted: Option<bool>,
    pub archived: Option<bool>,
    pub version: Option<i32>,
}

impl StatusForm {
    /// The form in what a browser or another system sent. Unknown fields are ignored.
    pub fn read(fields: &Fields) -> StatusForm {
        StatusForm {
            name: Raw::read(fields, "name"),
            color: Raw::read(fields, "color"),
            color_custom: Raw::read(fields, "color_custom"),
            kind: Raw::read(fields, "kind"),
            definition: Raw::read(fields, "definition"),
            enter_when: Raw::read_lines(fields, "enter_when"),
            leave_when: Raw::read_lines(fields, "leave_when"),
            target_days: Raw::read(fields, "target_days"),
            limit_days: Raw::read(fields, "limit_days"),
            isdefault: Raw::read(fields, "isdefault"),
            isconverted: Raw::read(fields, "isconverted"),
            archived: Raw::read(fields, "archived"),
            version: Raw::read(fields, "version"),
        }
    }

    /// The empty form for a new status.
    pub fn blank() -> StatusForm {
        StatusForm {
            color: Raw::Text(Color::default().to_string()),
            kind: Raw::Text(Kind::default().to_string()),
            ..StatusForm::default()
        }
    }

    /// The form as it opens for a status that exists.
    pub fn of(status: &LeadStatus) -> StatusForm {
        StatusForm {
            version: Raw::Text(status.version.to_string()),
            ..StatusForm::of_fields(&status.fields())
        }
    }

    /// The form that holds these values.
    pub fn of_fields(fields: &StatusFields) -> StatusForm {
        let days =
            |days: Option<Days>| Raw::Text(days.map_or(String::new(), |days| days.to_string()));
        StatusForm {
            name: Raw::Text(fields.name.to_string()),
            color: Raw::Text(fields.color.to_string()),
            kind: Raw::Text(fields.kind.to_string()),
            definition: Raw::Text(fields.definition.to_string()),
            enter_when: Raw::Text(fields.enter_when.to_text()),
            leave_when: Raw::Text(fields.leave_when.to_text()),
            target_days: days(fields.target_days),
            limit_days: days(fields.limit_days),
            ..StatusForm::default()
        }
    }

    /// Name and text of every field that was sent, to be carried on in hidden fields; the lock is left out.
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

    /// The colour to show in the preview: what was typed if it is one, else the default.
    pub fn preview_color(&self) -> Color {
        Color::parse(self.typed_color(None).text()).unwrap_or_default()
    }

    /// The colour that was meant. Without scripts, typing a hex leaves the swatch ticked: the hex counts unless
    /// it is the one the form opened with.
    fn typed_color(&self, current: Option<&Color>) -> &Raw {
        let custom = self.color_custom.text().trim();
        let is_new = || {
            let parsed = Color::parse(custom).ok();
            parsed.is_none() || parsed.as_ref() != current
        };
        let is_swatch = matches!(self.color, Raw::Text(_)) && self.color.text() != CUSTOM;
        if self.color.text() == CUSTOM || (is_swatch && !custom.is_empty() && is_new()) {
            &self.color_custom
        } else {
            &self.color
        }
    }

    /// The fields, or what is wrong with each of them.
    pub fn parse(&self, mode: Mode) -> Result<StatusFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let current = match mode {
            Mode::Create => None,
            Mode::Change { current } => Some(current),
        };
        let sent = take(&mut errors, "name", self.name.simple(), Name::parse);
        let name = sent.or_else(|| current.map(|current| current.name.clone()));
        if name.is_none() && errors.is_empty() {
            errors.add("name", Message::new("status-name-missing"));
        }
        // Without a name the other fields are still judged, so that one answer names every error.
        let name = name.unwrap_or_else(|| Name::stored(String::new()));
        let base = StatusFields {
            name: name.clone(),
            ..current
                .cloned()
                .unwrap_or_else(|| StatusFields::named(name))
        };
        let fields = self.overlay(base, current.map(|current| &current.color), &mut errors);
        if errors.is_empty() {
            Ok(fields)
        } else {
            Err(errors)
        }
    }

    /// `base` with every field but the name as it was sent.
    fn overlay(
        &self,
        mut base: StatusFields,
        current: Option<&Color>,
        errors: &mut FieldErrors,
    ) -> StatusFields {
        let typed = self.typed_color(current).simple();
        if let Some(color) = take(errors, "color", typed, Color::parse) {
            base.color = color;
        }
        if let Some(kind) = take(errors, "kind", self.kind.simple(), str::parse) {
            base.kind = kind;
        }
        if let Some(text) = take(
            errors,
            "definition",
            self.definition.simple(),
            Definition::parse,
        ) {
            base.definition = text;
        }
        if let Some(lines) = take(
            errors,
            "enter_when",
            self.enter_when.lines(),
            Criteria::parse,
        ) {
            base.enter_when = lines;
        }
        if let Some(lines) = take(
            errors,
            "leave_when",
            self.leave_when.lines(),
            Criteria::parse,
        ) {
            base.leave_when = lines;
        }
        self.overlay_days(&mut base, errors);
        base
    }

    fn overlay_days(&self, base: &mut StatusFields, errors: &mut FieldErrors) {
        if let Some(days) = take(
            errors,
            "target_days",
            self.target_days.simple(),
            optional_days,
        ) {
            base.target_days = days;
        }
        if let Some(days) = take(
            errors,
            "limit_days",
            self.limit_days.simple(),
            optional_days,
        ) {
            base.limit_days = days;
        }
        self.check_days(base, errors);
    }

    /// The target is no longer than the limit; the error stands at the field that was sent.
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
            let told = Message::new("status-limit-below-target");
            errors.add("limit_days", told.with("count", i64::from(target.get())));
        } else {
            let told = Message::new("status-target-above-limit");
            errors.add("target_days", told.with("count", i64::from(limit.get())));
        }
    }

    /// Roles, archive and lock, or what is wrong with each of them.
    pub fn flags(&self) -> Result<Flags, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut truth = |name, raw: &Raw| take(&mut errors, name, raw.simple(), truth).flatten();
        let flags = Flags {
            is_default: truth("isdefault", &self.isdefault),
            is_converted: truth("isconverted", &self.isconverted),
            archived: truth("archived", &self.archived),
            version: take(&mut errors, "version", self.version.simple(), version).flatten(),
        };
        if errors.is_empty() {
            Ok(flags)
        } else {
            Err(errors)
        }
    }

    /// Fields and flags, or what is wrong with any of them, in one answer.
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

/// A truth value as the API understands it. Nothing sent in the field means: not asked for.
pub(super) fn truth(typed: &str) -> Result<Option<bool>, Message> {
    match typed.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "on" | "yes" => Ok(Some(true)),
        "0" | "false" | "off" | "no" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err(Message::new("status-input-not-truth")),
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
