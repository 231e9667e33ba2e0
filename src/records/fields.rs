//! The fields of a request before they are parsed: names and values of a query, a form, a JSON object or a multipart
//! body.

use std::collections::HashSet;

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;

/// A value of a request as it was sent. [`FormValue`] is made from it for a form.
///
/// [`FormValue`]: crate::records::form_value::FormValue
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A text, number or truth value, as text.
    Text(String),
    /// JSON `null`: clears the value.
    Null,
    /// A JSON array of simple values.
    List(Vec<String>),
    /// An object, or an array of them.
    Nested(Value),
}

/// A type that can be read from the fields of a query or a body.
pub trait FromFields: Sized {
    /// Reads the fields.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] or [`Error::Unreadable`] for a value that can't be read.
    fn from_fields(fields: Fields) -> Result<Self>;
}

impl FromFields for Fields {
    fn from_fields(fields: Fields) -> Result<Fields> {
        Ok(fields)
    }
}

/// Reads two types from the same fields.
impl<A: FromFields, B: FromFields> FromFields for (A, B) {
    fn from_fields(fields: Fields) -> Result<(A, B)> {
        Ok((A::from_fields(fields.clone())?, B::from_fields(fields)?))
    }
}

/// The fields of one request, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    entries: Vec<(String, Input)>,
    /// The members of a JSON object as they were sent.
    json: Map<String, Value>,
}

impl Fields {
    /// The pairs of a query string or a form body.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] if a name or value is not UTF-8.
    pub fn from_urlencoded(bytes: &[u8]) -> Result<Fields> {
        let mut fields = Fields::default();
        for pair in bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let separator = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = match separator {
                Some(index) => (&pair[..index], &pair[index + 1..]),
                None => (pair, &b""[..]),
            };
            fields.push(&unescape(name)?, &unescape(value)?);
        }
        Ok(fields)
    }

    /// The members of a JSON object; `None` if `value` is not an object.
    pub fn from_json(value: Value) -> Option<Fields> {
        let Value::Object(members) = value else {
            return None;
        };
        let entries = members
            .iter()
            .map(|(name, value)| (name.clone(), input(value)))
            .collect();
        let json = members;
        Some(Fields { entries, json })
    }

    /// Fields from pairs of names and values, for tests and the command line.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.push(name, value);
        }
        fields
    }

    /// Adds a text field. `name[]`, as some systems write a list, is `name`.
    pub fn push(&mut self, name: &str, value: &str) {
        let name = name.strip_suffix("[]").unwrap_or(name);
        self.entries
            .push((name.to_owned(), Input::Text(value.to_owned())));
    }

    /// Adds a list field.
    pub fn push_list(&mut self, name: &str, values: Vec<String>) {
        self.entries.push((name.to_owned(), Input::List(values)));
    }

    /// True if the field was sent, even empty.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| key == name)
    }

    /// Renames the field `other` to `name`, unless `name` was sent too. Returns true if it did.
    pub fn rename(&mut self, other: &str, name: &str) -> bool {
        if !self.has(other) || self.has(name) {
            return false;
        }
        for (key, _) in self.entries.iter_mut().filter(|(key, _)| key == other) {
            *key = name.to_owned();
        }
        if let Some(value) = self.json.remove(other) {
            self.json.insert(name.to_owned(), value);
        }
        true
    }

    /// The names that were sent, each once.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let mut seen = HashSet::new();
        let names = self.entries.iter().map(|(name, _)| name.as_str());
        names.filter(move |name| seen.insert(*name))
    }

    /// The value of a field as JSON: as it was sent, or the text of a form; a repeated field is a list.
    pub fn to_json(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.json.get(name) {
            return Some(value.clone());
        }
        let mut texts = self.all(name);
        match texts.len() {
            0 => None,
            1 => texts.pop().map(Value::from),
            _ => Some(texts.into()),
        }
    }

    /// Refuses every name that is not one of `known`.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at each of them.
    pub fn refuse_others(&self, known: &[&str]) -> Result<()> {
        let mut errors = FieldErrors::new();
        for name in self.names().filter(|name| !known.contains(name)) {
            let message = Message::new("web-parameter-unknown").with("name", name);
            errors.add(name.to_owned(), message);
        }
        errors.value_or_invalid(())
    }

    /// The last value sent under a name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.entries
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, input)| input)
    }

    /// The last text sent under a name; `None` if it was not sent, or is no text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.input(name)? {
            Input::Text(text) => Some(text),
            _ => None,
        }
    }

    /// [`Fields::text`], or an empty one.
    pub fn string(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    /// Every text sent under a name, repeated fields and JSON lists alike.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let mut texts = Vec::new();
        for (_, input) in self.entries.iter().filter(|(key, _)| key == name) {
            match input {
                Input::Text(text) => texts.push(text.as_str()),
                Input::List(items) => texts.extend(items.iter().map(String::as_str)),
                Input::Null | Input::Nested(_) => {}
            }
        }
        texts
    }

    /// True if the field was sent as `1`, `true`, `on` or `yes`.
    pub fn is_on(&self, name: &str) -> bool {
        self.boolean(name) == Some(true)
    }

    /// A truth value as the API writes it; `None` if it was not sent or is no truth value.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.text(name)?.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "on" | "yes" => Some(true),
            "0" | "false" | "off" | "no" | "" => Some(false),
            _ => None,
        }
    }

    /// A truth value that must be valid; false if it was not sent. An empty value is invalid, too, so that a field that
    /// is named never means its default.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at the field.
    pub fn strict_boolean(&self, name: &'static str) -> Result<bool> {
        let value = match self.input(name) {
            None | Some(Input::Null) => Some(false),
            Some(Input::Text(text)) if text.trim().is_empty() => None,
            Some(_) => self.boolean(name),
        };
        value.ok_or_else(|| Error::invalid(name, Message::new("web-input-not-truth")))
    }

    /// True for a dry run. An invalid value is refused, so that it doesn't delete.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at `dry_run`.
    pub fn is_dry_run(&self) -> Result<bool> {
        self.strict_boolean("dry_run")
    }

    /// The fields, if no text holds the NUL character, which no database here stores.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] otherwise.
    pub fn without_nul(self) -> Result<Fields> {
        match self.has_nul() {
            true => Err(Error::Unreadable(Message::new("error-body-nul"))),
            false => Ok(self),
        }
    }

    /// True if a text holds the NUL character.
    pub fn has_nul(&self) -> bool {
        self.entries.iter().any(|(name, input)| {
            name.contains('\0')
                || match input {
                    Input::Text(text) => text.contains('\0'),
                    Input::List(items) => items.iter().any(|item| item.contains('\0')),
                    Input::Null => false,
                    Input::Nested(value) => value.to_string().contains("\\u0000"),
                }
        })
    }

    /// The members of a field that is an object: of JSON, or sent as `name[member]`. `None` if it was not sent.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at the field, if it is no object.
    pub fn object(&self, name: &'static str) -> Result<Option<Fields>> {
        let mut members = Fields::default();
        for (key, input) in &self.entries {
            let member = key
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('['));
            if let Some(member) = member.and_then(|rest| rest.strip_suffix(']')) {
                members.entries.push((member.to_owned(), input.clone()));
            }
        }
        match self.input(name) {
            Some(Input::Nested(Value::Object(object))) => {
                let object = Fields::from_json(Value::Object(object.clone())).unwrap_or_default();
                members.entries.extend(object.entries);
                members.json.extend(object.json);
            }
            None | Some(Input::Null) if members.entries.is_empty() => return Ok(None),
            None | Some(Input::Null) => {}
            Some(_) => return Err(Error::invalid(name, Message::new("web-input-not-object"))),
        }
        Ok(Some(members))
    }

    /// Name and value of every text, in order, to be carried on in hidden fields.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().filter_map(|(name, input)| match input {
            Input::Text(text) => Some((name.as_str(), text.as_str())),
            _ => None,
        })
    }
}

fn unescape(bytes: &[u8]) -> Result<String> {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| Error::Unreadable(Message::new("error-body-not-utf8")))
}

fn simple(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Null,
        Value::Array(items) => match items.iter().map(simple).collect() {
            Some(items) => Input::List(items),
            None => Input::Nested(value.clone()),
        },
        Value::Object(_) => Input::Nested(value.clone()),
        other => simple(other).map_or(Input::Null, Input::Text),
    }
}

/// An id as URLs and forms write it: decimal digits without sign or leading zero, of 64 bits at most.
pub fn parse_id(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The id in a text, as [`parse_id`] reads it; nothing for a blank text.
///
/// # Errors
/// The message with the key `unknown` if the text is no id.
pub fn parse_optional_id(text: &str, unknown: &'static str) -> Result<Option<i64>, Message> {
    match text.trim() {
        "" => Ok(None),
        text => parse_id(text)
            .map(Some)
            .ok_or_else(|| Message::new(unknown)),
    }
}

#[cfg(test)]
#[path = "fields_tests.rs"]
mod tests;
