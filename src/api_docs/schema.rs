//! Reads one schema of the document: the types of a value, and its limits.

use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use crate::i18n::{Arg, Lang};

/// The start of a reference to a schema that has a name.
const NAMED: &str = "#/components/schemas/";

/// A schema as JSON.
pub(super) fn json(schema: &RefOr<Schema>) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

/// One of the types a value may have, in the words of JSON, and the schema it consists of if that has a name:
/// `string`, `integer[]`, `LeadStatus[]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kind {
    pub text: String,
    pub schema_name: Option<String>,
}

impl Kind {
    fn simple(word: &str) -> Kind {
        Kind {
            text: word.to_owned(),
            schema_name: None,
        }
    }
}

/// The types a value may have.
pub(super) fn kinds(schema: &Value) -> Vec<Kind> {
    let reference = schema["$ref"].as_str();
    if let Some(name) = reference.and_then(|target| target.strip_prefix(NAMED)) {
        return vec![Kind {
            text: name.to_owned(),
            schema_name: Some(name.to_owned()),
        }];
    }
    if let Some(choices) = alternatives(schema) {
        return choices.iter().flat_map(kinds).collect();
    }
    let word = |word: &str| match word {
        "array" => {
            let items = kinds(&schema["items"]);
            let listed = |kind: Kind| Kind {
                text: format!("{}[]", kind.text),
                ..kind
            };
            items.into_iter().map(listed).collect()
        }
        other => vec![Kind::simple(other)],
    };
    match &schema["type"] {
        Value::String(name) => word(name),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .flat_map(word)
            .collect(),
        _ => vec![Kind::simple("object")],
    }
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf"]
        .iter()
        .find_map(|word| schema[word].as_array())
}

/// The limits of a value, in sentences.
pub(super) fn limits(schema: &Value, lang: Lang) -> Vec<String> {
    let choices = alternatives(schema).into_iter().flatten();
    let mut sentences: Vec<String> = choices.flat_map(|choice| limits(choice, lang)).collect();
    let number = |word: &str| schema[word].as_f64().map(|number| number as i64);
    let mut add = |key: &'static str, args: &[(&'static str, Arg)]| {
        sentences.push(lang.format(key, args).into_owned());
    };
    match (number("minLength"), number("maxLength")) {
        (Some(min), Some(max)) => add(
            "api-docs-length",
            &[("min", min.into()), ("count", max.into())],
        ),
        (None, Some(max)) => add("api-docs-length-to", &[("count", max.into())]),
        (Some(min), None) => add("api-docs-length-from", &[("count", min.into())]),
        (None, None) => {}
    }
    match (number("minimum"), number("maximum")) {
        (Some(min), Some(max)) => add(
            "api-docs-range",
            &[("min", min.into()), ("max", max.into())],
        ),
        (Some(min), None) => add("api-docs-from", &[("min", min.into())]),
        (None, Some(max)) => add("api-docs-to", &[("max", max.into())]),
        (None, None) => {}
    }
    if let Some(max) = number("maxItems") {
        add("api-docs-items", &[("count", max.into())]);
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        add("api-docs-one-of", &[("list", words.join(", ").into())]);
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        add("api-docs-pattern", &[("pattern", pattern.into())]);
    }
    if let Some(default) = schema.get("default") {
        add("api-docs-default", &[("value", plain(default).into())]);
    }
    sentences
}

/// A simple value as people write it.
pub(super) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The example of a schema.
pub(super) fn example(schema: &Value) -> Option<&Value> {
    schema.get("example").or_else(|| schema["examples"].get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn types_are_said_in_the_words_of_json() {
        let status = json!({"$ref": "#/components/schemas/LeadStatus"});
        let said = |schema| {
            kinds(&schema)
                .into_iter()
                .map(|kind| kind.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said(json!({"type": ["integer", "null"]})),
            ["integer", "null"]
        );
        assert_eq!(
            said(json!({"oneOf": [{"type": "null"}, {"type": "string"}]})),
            ["null", "string"]
        );
        let list = kinds(&json!({"type": "array", "items": status}));
        let schema_name = Some("LeadStatus".to_owned());
        assert_eq!(
            list,
            [Kind {
                text: "LeadStatus[]".to_owned(),
                schema_name
            }]
        );
    }

    #[test]
    fn limits_are_sentences_in_the_language_of_the_page() {
        let name = json!({"type": "string", "minLength": 1, "maxLength": 50});
        assert_eq!(limits(&name, Lang::En), ["1 to 50 characters"]);
        assert_eq!(limits(&name, Lang::Ro), ["de la 1 la 50 de caractere"]);
        let days = json!({"type": "integer", "minimum": 1, "maximum": 3650, "default": 5});
        assert_eq!(limits(&days, Lang::En), ["1 to 3,650", "default: 5"]);
    }
}
