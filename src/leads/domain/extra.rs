//! Extra fields: values of a lead for which it has no field of its own, such as a website, by the names that other systems
//! use.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::i18n::Message;

/// The most extra fields of one lead.
const MAX_FIELDS: usize = 50;
/// The most characters of a name.
const MAX_NAME: usize = 100;
/// The most bytes of all extra fields of a lead, as JSON.
const MAX_BYTES: usize = 20_000;

/// The extra fields that every form has, with the catalogue keys of their labels.
pub const COMMON: [(&str, &str); 8] = [
    ("title", "lead-extra-title"),
    ("website", "lead-extra-website"),
    ("address", "lead-extra-address"),
    ("city", "lead-extra-city"),
    ("state", "lead-extra-state"),
    ("zip", "lead-extra-zip"),
    ("country", "lead-extra-country"),
    ("tags", "lead-extra-tags"),
];

/// Extra fields by name, each with its value as it was sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExtraFields(BTreeMap<String, Value>);

impl ExtraFields {
    /// The fields of a JSON object that the database holds; what can't be read is empty.
    pub fn stored(json: &str) -> ExtraFields {
        ExtraFields(serde_json::from_str(json).unwrap_or_default())
    }

    /// The fields as the database holds them: a JSON object, or nothing if there are none.
    pub fn to_stored(&self) -> String {
        match self.0.is_empty() {
            true => String::new(),
            false => self.to_json().to_string(),
        }
    }

    /// The fields as JSON; null if there are none.
    pub fn to_json(&self) -> Value {
        match self.0.is_empty() {
            true => Value::Null,
            false => Value::Object(self.0.clone().into_iter().collect()),
        }
    }

    /// Sets the members of a JSON object: null or blank text removes a field, and those that it doesn't name stay.
    /// `null` removes all, and an empty text changes nothing.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn apply(&mut self, json: &str) -> Result<(), Message> {
        if json.trim().is_empty() {
            return Ok(());
        }
        let changes = match serde_json::from_str(json) {
            Ok(Value::Null) => {
                self.0.clear();
                return Ok(());
            }
            Ok(Value::Object(changes)) => changes,
            _ => return Err(Message::new("lead-extra-object")),
        };
        self.change(changes)
    }

    /// Sets these fields: null or blank text removes one, and those that aren't named stay.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn change(
        &mut self,
        changes: impl IntoIterator<Item = (String, Value)>,
    ) -> Result<(), Message> {
        for (name, value) in changes {
            self.set(&name, value)?;
        }
        if self.0.len() > MAX_FIELDS {
            return Err(Message::new("lead-extra-many").with("count", MAX_FIELDS as i64));
        }
        match self.to_stored().len() > MAX_BYTES {
            true => Err(Message::new("lead-extra-large")),
            false => Ok(()),
        }
    }

    /// Sets the fields that `others` has; the rest stays.
    pub fn add(&mut self, others: &ExtraFields) {
        self.0.extend(others.0.clone());
    }

    fn set(&mut self, name: &str, value: Value) -> Result<(), Message> {
        let name = name.trim();
        let is_blank = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            _ => false,
        };
        if is_blank {
            self.0.remove(name);
            return Ok(());
        }
        if name.is_empty() || name.chars().count() > MAX_NAME {
            return Err(Message::new("lead-extra-name").with("count", MAX_NAME as i64));
        }
        if name.chars().any(char::is_control) || has_control(&value) {
            return Err(Message::new("web-input-control"));
        }
        // A form sends a list or a number as the text that it shows.
        let is_shown = |stored: &Value| value.as_str() == Some(&text_of(stored));
        if !self.0.get(name).is_some_and(is_shown) {
            self.0.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Name and text of each field: the common ones first.
    pub fn texts(&self) -> Vec<(&str, String)> {
        let is_common = |name: &str| COMMON.iter().any(|(common, _)| *common == name);
        let common = COMMON.iter().filter_map(|(name, _)| {
            let value = self.0.get(*name)?;
            Some((*name, text_of(value)))
        });
        let others = self.0.iter().filter(|(name, _)| !is_common(name));
        common
            .chain(others.map(|(name, value)| (name.as_str(), text_of(value))))
            .collect()
    }

    /// The text of a field; empty without one.
    pub fn text(&self, name: &str) -> String {
        self.0.get(name).map(text_of).unwrap_or_default()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for ExtraFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The changes that the fields of a form make, as JSON; nothing if it has none.
pub fn changes_of_form<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let named = texts.filter_map(|(name, text)| {
        let name = name.strip_prefix("extra.")?;
        Some((name.to_owned(), Value::from(text)))
    });
    let changes: Map<String, Value> = named.collect();
    (!changes.is_empty()).then(|| Value::Object(changes).to_string())
}

/// A value as people read it; the items of a list with commas between them.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text_of).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}

fn has_control(value: &Value) -> bool {
    match value {
        Value::String(text) => text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t' && c != '\r'),
        Value::Array(items) => items.iter().any(has_control),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.chars().any(char::is_control) || has_control(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extra(json: &str) -> ExtraFields {
        let mut extra = ExtraFields::default();
        extra.apply(json).unwrap();
        extra
    }

    #[test]
    fn values_are_kept_as_they_were_sent() {
        let json = r#"{"tags":["a","b"],"zip":10115,"website":"https://a.example"}"#;
        let extra = extra(json);
        assert_eq!(ExtraFields::stored(&extra.to_stored()), extra);
        assert_eq!(
            extra.to_json(),
            serde_json::from_str::<Value>(json).unwrap()
        );
        let texts = extra.texts();
        let names: Vec<&str> = texts.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["website", "zip", "tags"]);
        assert_eq!(
            (extra.text("tags").as_str(), extra.text("zip").as_str()),
            ("a, b", "10115")
        );
        assert_eq!(ExtraFields::default().to_stored(), "");
    }

    #[test]
    fn only_what_is_named_changes() {
        let mut fields = extra(r#"{"tags":["a","b"],"city":"Iași","zip":1}"#);
        fields
            .apply(r#"{"city":"","tags":"a, b","country":"RO"}"#)
            .unwrap();
        assert_eq!(
            fields,
            extra(r#"{"tags":["a","b"],"zip":1,"country":"RO"}"#)
        );
        fields.apply("").unwrap();
        assert_eq!(fields.names().count(), 3);
        fields.apply("null").unwrap();
        assert!(fields.is_empty());
    }

    #[test]
    fn every_part_has_a_limit() {
        let refused = |json: &str| ExtraFields::default().apply(json).unwrap_err().key;
        let many: Map<String, Value> = (0..51).map(|n| (n.to_string(), n.into())).collect();
        assert_eq!(refused(&Value::Object(many).to_string()), "lead-extra-many");
        let long = format!(r#"{{"a":"{}"}}"#, "x".repeat(20_001));
        assert_eq!(refused(&long), "lead-extra-large");
        let name = format!(r#"{{"{}":1}}"#, "x".repeat(101));
        assert_eq!(refused(&name), "lead-extra-name");
        assert_eq!(refused(r#"{"a":["\u0000"]}"#), "web-input-control");
        for odd in ["[1]", "1", "x", "\"x\""] {
            assert_eq!(refused(odd), "lead-extra-object");
        }
    }
}
