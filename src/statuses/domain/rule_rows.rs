//! The rules of a status as the rows of a form, as they were typed.

use serde_json::{Map, Value, json};

use crate::records::field::json_text;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;
use crate::statuses::domain::entry_rule::{EntryRules, RuleField};

/// One rule as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleRow {
    pub id: String,
    /// `set:email`, `at_least:value`, `one_of:source`, `confirm` or `evidence`; empty for no rule.
    pub test: String,
    pub level: String,
    pub text: String,
    /// An amount, or sources separated by commas.
    pub value: String,
    pub currency: String,
}

/// The tests that a rule can have, as rows name them.
pub const TESTS: [&str; 10] = [
    "set:company",
    "set:email",
    "set:phone",
    "set:source",
    "set:owner",
    "set:value",
    "at_least:value",
    "one_of:source",
    "confirm",
    "evidence",
];

/// The rules in the rows of a form; nothing for a form without rows.
pub fn read(sent: &Fields) -> Option<FormValue> {
    if !sent.has("rule_rows") {
        return None;
    }
    let lang = sent.string("rule_lang");
    let rows = (1..=EntryRules::MAX).map(|number| RuleRow::read(sent, number));
    let filled = rows.filter(|row| !row.test.is_empty() || !row.text.trim().is_empty());
    let lines: Vec<String> = filled.map(|row| row.to_json(&lang).to_string()).collect();
    Some(FormValue::Text(lines.join("\n")))
}

/// The rows of the text of a field, also of an invalid one.
pub fn of_text(text: &str) -> Vec<RuleRow> {
    let values = match serde_json::from_str(text) {
        Ok(Value::Array(values)) => values,
        _ => text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect(),
    };
    values.iter().map(RuleRow::of).collect()
}

impl RuleRow {
    fn read(sent: &Fields, number: usize) -> RuleRow {
        let text = |name: &str| sent.string(&format!("rule_{number}_{name}"));
        RuleRow {
            id: text("id"),
            test: text("what"),
            level: text("level"),
            text: text("text"),
            value: text("value"),
            currency: text("currency"),
        }
    }

    fn to_json(&self, lang: &str) -> Value {
        let mut rule = Map::new();
        let mut add = |name: &str, value: Value| rule.insert(name.to_owned(), value);
        add("id", self.id.as_str().into());
        add("level", self.level.as_str().into());
        add("text", self.text.as_str().into());
        add("lang", lang.into());
        let (kind, op, field) = match self.test.split_once(':') {
            Some((op, field)) => ("field", op, field),
            None => (self.test.as_str(), "", ""),
        };
        add("type", kind.into());
        add("op", op.into());
        add("field", field.into());
        add("currency", self.currency.as_str().into());
        let sources = self.value.split(',').map(str::trim);
        add(
            "value",
            match op {
                "one_of" => sources.filter(|source| !source.is_empty()).collect(),
                _ => json!(self.value),
            },
        );
        Value::Object(rule)
    }

    fn of(rule: &Value) -> RuleRow {
        let text = |name: &str| rule.get(name).map(json_text).unwrap_or_default();
        let test = match text("type").as_str() {
            "field" => format!("{}:{}", text("op"), text("field")),
            other => other.to_owned(),
        };
        RuleRow {
            id: text("id"),
            level: text("level"),
            text: text("text"),
            value: text("value").replace('\n', ", "),
            currency: text("currency"),
            test,
        }
    }
}

/// The field that the test of a row reads; nothing for a test of no field.
pub fn field_of(test: &str) -> Option<RuleField> {
    test.split_once(':')
        .and_then(|(_, field)| RuleField::from_word(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_rules_and_rules_are_rows() {
        let sent = Fields::from_pairs([
            ("rule_rows", "1"),
            ("rule_lang", "ro"),
            ("rule_1_what", "set:email"),
            ("rule_1_level", "warn"),
            ("rule_2_what", ""),
            ("rule_3_what", "one_of:source"),
            ("rule_3_value", "Web, Fair"),
            ("rule_3_id", "7"),
            ("rule_4_what", "at_least:value"),
            ("rule_4_value", "500"),
            ("rule_4_currency", "EUR"),
        ]);
        let text = read(&sent).unwrap();
        let rules = EntryRules::parse(text.text()).unwrap();
        let texts: Vec<&str> = rules.iter().map(|rule| rule.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "E-mail: completat",
                "Sursa este una dintre: Web, Fair",
                "Valoarea este cel puțin 500\u{a0}EUR"
            ]
        );
        let rows = of_text(&rules.to_json().to_string());
        let tests: Vec<&str> = rows.iter().map(|row| row.test.as_str()).collect();
        assert_eq!(tests, ["set:email", "one_of:source", "at_least:value"]);
        assert_eq!(
            (rows[1].value.as_str(), rows[1].id.as_str()),
            ("Web, Fair", "7")
        );
        assert_eq!(read(&Fields::default()), None);
    }

    #[test]
    fn an_invalid_row_is_shown_again() {
        let sent = Fields::from_pairs([
            ("rule_rows", "1"),
            ("rule_1_what", "at_least:value"),
            ("rule_1_value", "much"),
        ]);
        let text = read(&sent).unwrap();
        assert!(EntryRules::parse(text.text()).is_err());
        assert_eq!(of_text(text.text())[0].value, "much");
    }
}
