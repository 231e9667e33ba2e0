//! What changed between two snapshots, whatever they are of.

use std::collections::BTreeSet;

use serde_json::Value;

/// One field before and after. A blank is null.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The field's name; empty if the snapshot is a single value.
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// Fields that mean nothing to a reader.
const IGNORED: [&str; 2] = ["id", "version"];

/// The fields that differ, in the order of their names.
pub fn differences(before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let fields: BTreeSet<&str> = [before, after]
        .into_iter()
        .flatten()
        .flat_map(|value| match value {
            Value::Object(members) => members.keys().map(String::as_str).collect(),
            _ => vec![""],
        })
        .filter(|field| !IGNORED.contains(field))
        .collect();
    fields
        .into_iter()
        .map(|field| Difference {
            field: field.to_owned(),
            before: value_of(before, field),
            after: value_of(after, field),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

fn value_of(snapshot: Option<&Value>, field: &str) -> Value {
    let value = match snapshot {
        Some(Value::Object(members)) => members.get(field),
        other => other.filter(|_| field.is_empty()),
    };
    value
        .filter(|value| !is_blank(value))
        .cloned()
        .unwrap_or(Value::Null)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changes(before: Option<Value>, after: Option<Value>) -> Vec<(String, Value, Value)> {
        differences(before.as_ref(), after.as_ref())
            .into_iter()
            .map(|change| (change.field, change.before, change.after))
            .collect()
    }

    #[test]
    fn only_differences_are_listed() {
        let before = json!({"id": 1, "version": 1, "name": "A", "role": "rep", "disabled": false});
        let after = json!({"id": 1, "version": 2, "name": "B", "role": "rep", "disabled": true});
        assert_eq!(
            changes(Some(before), Some(after)),
            [
                ("disabled".into(), Value::Null, json!(true)),
                ("name".into(), json!("A"), json!("B")),
            ]
        );
    }

    #[test]
    fn a_new_thing_tells_what_it_has() {
        let after = json!({"name": "A", "definition": "", "enter_when": [], "limit_days": null});
        assert_eq!(
            changes(None, Some(after)),
            [("name".into(), Value::Null, json!("A"))]
        );
    }

    #[test]
    fn an_order_is_one_value() {
        assert_eq!(
            changes(Some(json!([1, 2])), Some(json!([2, 1]))),
            [(String::new(), json!([1, 2]), json!([2, 1]))]
        );
        assert_eq!(changes(None, None), []);
    }
}
