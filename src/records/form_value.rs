//! The fields of a form or an API body as they were sent, and how they are parsed.

use crate::clock::{Repetition, TimeError, Timestamp, Zone};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::field::{Field, FieldValues};
use crate::records::fields::{Fields, Input};

/// The value of a form field, as text that can be shown again and parsed. [`Input`] is one entry of a request; a form
/// value may also be absent, and has the items of a list in lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum FormValue {
    /// The field was not sent.
    #[default]
    Absent,
    /// Text; the lines of a list one per line.
    Text(String),
    /// A list was sent, for a field that may be one.
    List(String),
    /// JSON `null`.
    Null,
    /// An object, or a list of them, as JSON.
    Nested(String),
}

impl FormValue {
    /// The field with this name.
    pub fn read(fields: &Fields, name: &str) -> FormValue {
        match fields.input(name) {
            None => FormValue::Absent,
            Some(Input::Null) => FormValue::Null,
            Some(Input::Nested(value)) => FormValue::Nested(value.to_string()),
            Some(Input::List(_)) => FormValue::List(fields.all(name).join("\n")),
            Some(Input::Text(text)) => FormValue::Text(text.clone()),
        }
    }

    /// A field that takes a list: sent as one text, as a JSON list, or repeated.
    fn read_lines(fields: &Fields, name: &str) -> FormValue {
        match FormValue::read(fields, name) {
            FormValue::Text(_) => FormValue::Text(fields.all(name).join("\n")),
            other => other,
        }
    }

    /// The text for showing the form again.
    pub fn text(&self) -> &str {
        match self {
            FormValue::Text(text) | FormValue::List(text) | FormValue::Nested(text) => text,
            FormValue::Absent | FormValue::Null => "",
        }
    }

    /// True if the field was sent, in any shape.
    pub fn is_sent(&self) -> bool {
        *self != FormValue::Absent
    }

    /// True for an absent field, `null` and blank text.
    pub fn is_blank(&self) -> bool {
        match self {
            FormValue::Text(text) => text.trim().is_empty(),
            FormValue::Absent | FormValue::Null => true,
            FormValue::List(_) | FormValue::Nested(_) => false,
        }
    }

    /// The text of a field that takes one simple value.
    pub fn simple(&self) -> Result<Option<&str>, Message> {
        match self {
            FormValue::Absent => Ok(None),
            FormValue::Null => Ok(Some("")),
            FormValue::Text(text) if text.contains('\0') => Err(Message::new("web-input-control")),
            FormValue::Text(text) => Ok(Some(text)),
            FormValue::List(_) | FormValue::Nested(_) => Err(Message::new("web-input-not-simple")),
        }
    }

    /// The text of a field that takes a list.
    pub fn lines(&self) -> Result<Option<&str>, Message> {
        match self {
            FormValue::List(text) => Ok(Some(text)),
            FormValue::Nested(_) => Err(Message::new("web-input-not-list")),
            other => other.simple(),
        }
    }

    /// The text of a field that takes a list of objects: JSON, or one in each line.
    pub fn nested(&self) -> Result<Option<&str>, Message> {
        match self {
            FormValue::Nested(json) => Ok(Some(json)),
            other => other.lines(),
        }
    }
}

/// The parsed value of a field; `None` if it was not sent or is invalid. The message is added to `errors`.
pub fn parse_field<T>(
    errors: &mut FieldErrors,
    field: &'static str,
    sent: Result<Option<&str>, Message>,
    parse: impl Fn(&str) -> Result<T, Message>,
) -> Option<T> {
    let value = sent.and_then(|text| text.map(parse).transpose());
    errors.check(field, value).flatten()
}

/// Parses a boolean as the API accepts it; returns `None` for an empty text.
pub fn parse_bool(text: &str) -> Result<Option<bool>, Message> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "on" | "yes" => Ok(Some(true)),
        "0" | "false" | "off" | "no" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err(Message::new("web-input-not-truth")),
    }
}

/// The version from which an edit started; `None` for an empty text.
pub fn parse_version(text: &str) -> Result<Option<i32>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match text.trim().parse() {
        Ok(version) if version >= 1 => Ok(Some(version)),
        _ => Err(Message::new("web-input-not-version")),
    }
}

/// The catalogue key of the question which of two instants a repeated hour means.
pub const HOUR_REPEATED: &str = "moment-repeated";

/// The instant of a date and time in a zone; `None` for an empty text.
///
/// # Errors
/// Returns the message to show: `unreadable`, or that a clock change skips or repeats the hour.
pub fn parse_time(
    text: &str,
    zone: Zone,
    repetition: Option<Repetition>,
    unreadable: &'static str,
) -> Result<Option<Timestamp>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let refusal = |error| match error {
        TimeError::Unreadable => Message::new(unreadable),
        TimeError::Skipped => Message::new("moment-skipped").with("zone", zone.name()),
        TimeError::Repeated => Message::new(HOUR_REPEATED),
    };
    zone.read(text, repetition).map(Some).map_err(refusal)
}

/// The editable fields of a record as they were sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentFields<F>(Vec<(F, FormValue)>);

impl<F: Field> Default for SentFields<F> {
    fn default() -> SentFields<F> {
        let fields = F::ALL.iter();
        SentFields(fields.map(|field| (*field, FormValue::Absent)).collect())
    }
}

impl<F: Field> SentFields<F> {
    /// Reads the fields of a request; unknown ones are ignored.
    pub fn read(sent: &Fields) -> SentFields<F> {
        let read = |field: &F| match field.is_list() {
            true => FormValue::read_lines(sent, field.name()),
            false => FormValue::read(sent, field.name()),
        };
        SentFields(F::ALL.iter().map(|field| (*field, read(field))).collect())
    }

    /// The fields with the texts of these values.
    pub fn of<V: FieldValues<Field = F>>(values: &V) -> SentFields<F> {
        let text = |field: &F| FormValue::Text(values.text(*field));
        SentFields(F::ALL.iter().map(|field| (*field, text(field))).collect())
    }

    /// The value that was sent for a field.
    pub fn get(&self, field: F) -> &FormValue {
        let sent = self.0.iter().find(|(other, _)| *other == field);
        sent.map_or(&FormValue::Absent, |(_, value)| value)
    }

    /// Replaces the value that was sent for a field.
    pub fn set(&mut self, field: F, value: FormValue) {
        for sent in self.0.iter_mut().filter(|(other, _)| *other == field) {
            sent.1 = value.clone();
        }
    }

    /// The name and the text of each field that was sent, for hidden inputs.
    pub fn texts(&self) -> impl Iterator<Item = (F, &str)> {
        let sent = self.0.iter().filter(|(_, value)| value.is_sent());
        sent.map(|(field, value)| (*field, value.text()))
    }

    /// Sets every field that was sent, by `parse`; messages about invalid ones are added to `errors`.
    pub fn apply<V>(
        &self,
        values: &mut V,
        errors: &mut FieldErrors,
        parse: impl Fn(&mut V, F, &str) -> Result<(), Message>,
    ) {
        for field in F::in_parse_order() {
            let sent = match field {
                field if field.is_nested() => self.get(field).nested(),
                field if field.is_list() => self.get(field).lines(),
                field => self.get(field).simple(),
            };
            let parsed =
                sent.and_then(|text| text.map_or(Ok(()), |text| parse(values, field, text)));
            errors.check(field.name(), parsed);
        }
    }
}
