//! Fields of an API body that a change does not save, each with a sentence, so that no client takes them for saved.

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::records::fields::Fields;

/// The most fields that are named one by one.
const MAX_NAMED: usize = 50;

/// A message for each field that was sent and for which `is_saved` is false. A field with the value of the record
/// `current`, as the API returns it, needs none: clients send back what they read.
///
/// # Errors
/// Returns [`Error::Internal`] if the record can't be written as JSON.
pub fn unsaved_fields(
    sent: &Fields,
    is_saved: impl Fn(&str) -> bool,
    current: Option<&impl Serialize>,
) -> Result<Vec<Message>> {
    let current = serde_json::to_value(current).map_err(Error::internal)?;
    let is_unsaved = |name: &&str| {
        let value = current.get(*name);
        !is_saved(name) && !value.is_some_and(|value| is_same(sent, name, value))
    };
    let mut names = sent.names().filter(is_unsaved);
    let mut sentences: Vec<Message> = names
        .by_ref()
        .take(MAX_NAMED)
        .map(|name| {
            let key = match current.get(name) {
                Some(_) => "web-field-read-only",
                None => "web-field-unknown",
            };
            Message::new(key).with("name", name)
        })
        .collect();
    let unnamed = names.count() as i64;
    if unnamed > 0 {
        sentences.push(Message::new("web-fields-more").with("count", unnamed));
    }
    Ok(sentences)
}

/// The messages about fields that are not `known`, for a call that has no record to compare with.
///
/// # Errors
/// Returns the errors of [`unsaved_fields`].
pub fn unsaved_except(sent: &Fields, known: &[&str]) -> Result<Vec<String>> {
    let unsaved = unsaved_fields(sent, |name| known.contains(&name), None::<&()>)?;
    Ok(english(&unsaved))
}

/// The messages in English, as the API returns them.
pub fn english(sentences: &[Message]) -> Vec<String> {
    let texts = sentences.iter().map(|message| message.text(Lang::En));
    texts.collect()
}

/// True if the value that was sent is the one of the record, whether as JSON or as the text of a form.
fn is_same(sent: &Fields, name: &str, value: &Value) -> bool {
    let Some(other) = sent.to_json(name) else {
        return value.is_null();
    };
    let number = |value: &Value| match value {
        Value::String(text) => text.trim().parse::<f64>().ok(),
        other => other.as_f64(),
    };
    let is_blank = |value: &Value| value.is_null() || value.as_str() == Some("");
    other == *value
        || (is_blank(&other) && is_blank(value))
        || (value.is_number() && number(&other) == number(value))
        || (value.is_boolean() && sent.boolean(name) == value.as_bool())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(sent: &Fields) -> Vec<&'static str> {
        let current =
            json!({"id": 7, "value": 1054.0, "is_stuck": false, "until": null, "at": "x"});
        let unsaved = unsaved_fields(sent, |name| name == "value", Some(&current));
        unsaved.unwrap().iter().map(|message| message.key).collect()
    }

    #[test]
    fn what_a_client_sends_back_as_it_read_it_is_not_named() {
        let read = json!({"id": 7, "value": 3, "is_stuck": false, "until": null, "at": "x"});
        assert!(named(&Fields::from_json(read).unwrap()).is_empty());
        let form = [("id", "7"), ("is_stuck", "0"), ("until", ""), ("at", "x")];
        assert!(named(&Fields::from_pairs(form)).is_empty());
    }

    #[test]
    fn what_is_not_saved_is_named_and_many_are_counted() {
        let sent = Fields::from_pairs([("id", "8"), ("value", "3"), ("hue", "red")]);
        assert_eq!(named(&sent), ["web-field-read-only", "web-field-unknown"]);
        let names: Vec<String> = (0..60).map(|number| format!("x{number}")).collect();
        let many = Fields::from_pairs(names.iter().map(|name| (name.as_str(), "")));
        let keys = named(&many);
        assert_eq!((keys.len(), keys.last()), (51, Some(&"web-fields-more")));
    }
}
