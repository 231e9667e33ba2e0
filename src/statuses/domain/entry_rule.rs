//! The rules of a status about the leads that enter it: what must be known of a lead, confirmed or given.

use serde_json::{Map, Value, json};

use crate::i18n::{Lang, Message};
use crate::money::{Currency, Money};
use crate::records::field::json_text;
use crate::words::word_enum;

pub use crate::error::RuleLevel;

word_enum! {
    /// A field of a lead that a rule can be about.
    pub enum RuleField {
        Company = "company", "lead-form-company";
        Email = "email", "lead-form-email";
        Phone = "phone", "lead-form-phone";
        Source = "source", "lead-form-source";
        Owner = "owner", "lead-form-owner";
        Value = "value", "lead-form-value";
    }
}

/// The test of a rule about a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldTest {
    /// It has a value.
    Set(RuleField),
    /// The value of the lead is at least this; one in another currency is not.
    ValueAtLeast(Money),
    /// The source is one of these.
    SourceOneOf(Vec<String>),
}

impl FieldTest {
    /// The field that it reads.
    pub fn field(&self) -> RuleField {
        match self {
            FieldTest::Set(field) => *field,
            FieldTest::ValueAtLeast(_) => RuleField::Value,
            FieldTest::SourceOneOf(_) => RuleField::Source,
        }
    }
}

/// The test of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleTest {
    Field(FieldTest),
    /// The user who moves the lead confirms the sentence.
    Confirm,
    /// The user who moves the lead gives a text or a link.
    Evidence,
}

/// A rule about the leads that enter a status.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRule {
    /// Unique in its status and never used again; 0 until it is stored.
    pub id: i64,
    pub level: RuleLevel,
    pub test: RuleTest,
    /// What must be true, as people read it.
    pub text: String,
}

/// The rules of a status in their order: at most 20.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryRules(Vec<EntryRule>);

/// The members of a rule in JSON; a form also says the language of its user.
const RULE_MEMBERS: &str = "id type field op value currency level text lang";

impl EntryRules {
    /// The most rules.
    pub const MAX: usize = 20;
    /// The most characters of the text of a rule.
    pub const MAX_TEXT: usize = 200;
    /// The most sources of a rule.
    const MAX_SOURCES: usize = 50;

    /// Parses a JSON list of rules, or one rule in each line.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<EntryRules, Message> {
        let values = split(text)?;
        if values.len() > EntryRules::MAX {
            return Err(Message::new("status-rules-too-many")
                .with("max", EntryRules::MAX)
                .with("length", values.len()));
        }
        let mut rules: Vec<EntryRule> = Vec::with_capacity(values.len());
        for (value, number) in values.iter().zip(1usize..) {
            let rule = EntryRule::parse(value).map_err(|message| message.with("number", number))?;
            if rule.id > 0 && rules.iter().any(|other| other.id == rule.id) {
                return Err(Message::new("status-rule-id-twice").with("number", number));
            }
            rules.push(rule);
        }
        Ok(EntryRules(rules))
    }

    /// Rules from the database; unreadable ones are left out.
    pub(crate) fn stored(json: &str) -> EntryRules {
        let values: Vec<Value> = serde_json::from_str(json).unwrap_or_default();
        let readable = |value: &Value| EntryRule::parse(value).ok();
        EntryRules(values.iter().filter_map(readable).collect())
    }

    /// The JSON list that the API shows and the database holds.
    pub fn to_json(&self) -> Value {
        self.0.iter().map(EntryRule::to_json).collect()
    }

    /// The rules in their order.
    pub fn iter(&self) -> impl Iterator<Item = &EntryRule> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True without rules.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The largest id.
    pub fn last_id(&self) -> i64 {
        self.0.iter().map(|rule| rule.id).max().unwrap_or(0)
    }

    /// These rules, with an id after `last` for each that has none.
    pub fn with_ids(&self, last: i64) -> EntryRules {
        let mut last = last.max(self.last_id());
        let mut rules = self.0.clone();
        for rule in rules.iter_mut().filter(|rule| rule.id == 0) {
            last += 1;
            rule.id = last;
        }
        EntryRules(rules)
    }

    /// The texts, each with a mark of its level.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let line = |rule: &EntryRule| {
            let key = match rule.level {
                RuleLevel::Block => "rule-line-block",
                RuleLevel::Warn => "rule-line-warn",
            };
            let message = Message::new(key).with("text", rule.text.as_str());
            message.text(lang)
        };
        self.0.iter().map(line).collect()
    }
}

/// The values of a JSON list, or of the lines of a text.
fn split(text: &str) -> Result<Vec<Value>, Message> {
    let text = text.trim();
    if text.starts_with('[') {
        return match serde_json::from_str(text) {
            Ok(Value::Array(values)) => Ok(values),
            _ => Err(Message::new("status-rules-unreadable")),
        };
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).map_err(|_| Message::new("status-rules-unreadable")))
        .collect()
}

impl EntryRule {
    fn parse(value: &Value) -> Result<EntryRule, Message> {
        if !value.is_object() {
            return Err(Message::new("status-rules-unreadable"));
        }
        let mut names = value.as_object().into_iter().flat_map(Map::keys);
        if let Some(name) = names.find(|name| RULE_MEMBERS.split(' ').all(|other| other != *name)) {
            return Err(Message::new("status-rule-member").with("name", name));
        }
        let text = |name: &str| value.get(name).map(json_text).unwrap_or_default();
        let id = match text("id").trim() {
            "" | "0" => 0,
            typed => match typed.parse() {
                Ok(id @ 1..=1_000_000_000) => id,
                _ => return Err(Message::new("status-rule-id")),
            },
        };
        let level = match text("level").trim() {
            "" => RuleLevel::Block,
            word => RuleLevel::from_word(word).ok_or_else(|| Message::new("status-rule-level"))?,
        };
        let test = match text("type").trim() {
            "field" => RuleTest::Field(parse_test(value)?),
            "confirm" => RuleTest::Confirm,
            "evidence" => RuleTest::Evidence,
            _ => return Err(Message::new("status-rule-type")),
        };
        // The form says in which language its user reads.
        let lang = Lang::from_tag(&text("lang")).unwrap_or_default();
        let text = match (text("text").trim(), &test) {
            ("", RuleTest::Field(test)) => test.sentence(lang),
            ("", _) => return Err(Message::new("status-rule-text")),
            (text, _) => check_text(text)?.to_owned(),
        };
        Ok(EntryRule {
            id,
            level,
            test,
            text,
        })
    }

    /// The name of its icon.
    pub fn icon(&self) -> &'static str {
        match self.test {
            RuleTest::Field(_) => "check",
            RuleTest::Confirm => "circle-check",
            RuleTest::Evidence => "info",
        }
    }

    /// The rule as the API shows it.
    pub fn to_json(&self) -> Value {
        let (level, text) = (self.level.as_str(), self.text.as_str());
        let mut rule = match &self.test {
            RuleTest::Confirm => json!({"type": "confirm", "level": level, "text": text}),
            RuleTest::Evidence => json!({"type": "evidence", "level": level, "text": text}),
            RuleTest::Field(test) => json!({
                "type": "field", "field": test.field().as_str(), "op": test.op(),
                "value": test.operand(), "level": level, "text": text,
            }),
        };
        if self.id > 0 {
            rule["id"] = self.id.into();
        }
        if let RuleTest::Field(FieldTest::ValueAtLeast(money)) = &self.test {
            rule["currency"] = money.currency.code().into();
        }
        rule
    }
}

impl FieldTest {
    fn op(&self) -> &'static str {
        match self {
            FieldTest::Set(_) => "set",
            FieldTest::ValueAtLeast(_) => "at_least",
            FieldTest::SourceOneOf(_) => "one_of",
        }
    }

    fn operand(&self) -> Value {
        match self {
            FieldTest::Set(_) => Value::Null,
            FieldTest::ValueAtLeast(money) => {
                match money.cents % 10_i64.pow(money.currency.digits()) {
                    0 => (money.cents / 10_i64.pow(money.currency.digits())).into(),
                    _ => money.to_number().into(),
                }
            }
            FieldTest::SourceOneOf(sources) => sources.as_slice().into(),
        }
    }

    /// The test as a sentence, for a rule without a text of its own.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            FieldTest::Set(field) => {
                Message::new("rule-sentence-set").with("field", lang.t(field.key()))
            }
            FieldTest::ValueAtLeast(money) => {
                Message::new("rule-sentence-at-least").with("value", money.text(lang))
            }
            FieldTest::SourceOneOf(sources) => {
                let sources: String = sources.join(", ").chars().take(150).collect();
                Message::new("rule-sentence-one-of").with("sources", sources)
            }
        }
        .text(lang)
    }
}

fn parse_test(value: &Value) -> Result<FieldTest, Message> {
    let text = |name: &str| value.get(name).map(json_text).unwrap_or_default();
    let field = RuleField::from_word(text("field").trim())
        .ok_or_else(|| Message::new("status-rule-field"))?;
    match (text("op").trim(), field) {
        ("set", field) => Ok(FieldTest::Set(field)),
        ("at_least", RuleField::Value) => {
            let currency = Currency::parse(&text("currency"))?;
            let money = Money::parse(text("value").trim(), currency)?;
            Ok(FieldTest::ValueAtLeast(money))
        }
        ("one_of", RuleField::Source) => {
            let (typed, mut sources) = (text("value"), Vec::new());
            for source in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
                sources.push(check_text(source)?.to_owned());
            }
            match sources.len() {
                1..=EntryRules::MAX_SOURCES => Ok(FieldTest::SourceOneOf(sources)),
                _ => Err(Message::new("status-rule-sources").with("max", EntryRules::MAX_SOURCES)),
            }
        }
        _ => Err(Message::new("status-rule-op")),
    }
}

fn check_text(text: &str) -> Result<&str, Message> {
    let length = text.chars().count();
    if text.chars().any(char::is_control) {
        Err(Message::new("web-input-control"))
    } else if length > EntryRules::MAX_TEXT {
        let message = Message::new("status-rule-text-too-long");
        Err(message
            .with("max", EntryRules::MAX_TEXT)
            .with("length", length))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"[
        {"id":12,"type":"field","field":"email","op":"set","value":null,"level":"block","text":"E-mail is known"},
        {"type":"field","field":"value","op":"at_least","value":5000,"currency":"EUR"},
        {"type":"field","field":"source","op":"one_of","value":["Web","Fair"],"level":"warn"},
        {"id":14,"type":"confirm","level":"block","text":"We spoke"},
        {"type":"evidence","level":"warn","text":"Link to the call"}]"#;

    #[test]
    fn rules_are_unchanged_by_writing_and_reading_them() {
        let rules = EntryRules::parse(RULES).unwrap();
        assert_eq!(rules.len(), 5);
        let texts: Vec<&str> = rules.iter().map(|rule| rule.text.as_str()).collect();
        assert_eq!(texts[1], "Value is at least 5,000\u{a0}EUR");
        assert_eq!(texts[2], "Source is one of Web, Fair");
        let stored = rules.with_ids(20);
        let ids: Vec<i64> = stored.iter().map(|rule| rule.id).collect();
        assert_eq!(ids, [12, 21, 22, 14, 23]);
        assert_eq!(EntryRules::stored(&stored.to_json().to_string()), stored);
        let lines: Vec<String> = stored
            .iter()
            .map(|rule| rule.to_json().to_string())
            .collect();
        assert_eq!(EntryRules::parse(&lines.join("\n")), Ok(stored));
        assert_eq!(EntryRules::parse(" "), Ok(EntryRules::default()));
    }

    #[test]
    fn a_rule_that_says_nothing_is_refused() {
        for (rule, key) in [
            (
                r#"{"type":"field","field":"name","op":"set"}"#,
                "status-rule-field",
            ),
            (
                r#"{"type":"field","field":"email","op":"at_least","value":1}"#,
                "status-rule-op",
            ),
            (
                r#"{"type":"field","field":"source","op":"one_of","value":[]}"#,
                "status-rule-sources",
            ),
            (r#"{"type":"confirm","text":" "}"#, "status-rule-text"),
            (r#"{"type":"dance","text":"x"}"#, "status-rule-type"),
            (
                r#"{"type":"confirm","text":"x","level":"ask"}"#,
                "status-rule-level",
            ),
            (r#"{"type":"confirm","text":"x","id":-3}"#, "status-rule-id"),
            ("seven", "status-rules-unreadable"),
            ("[1]", "status-rules-unreadable"),
        ] {
            assert_eq!(EntryRules::parse(rule).unwrap_err().key, key, "{rule}");
        }
        let twice =
            r#"[{"id":1,"type":"confirm","text":"x"},{"id":1,"type":"confirm","text":"y"}]"#;
        assert_eq!(
            EntryRules::parse(twice).unwrap_err().key,
            "status-rule-id-twice"
        );
        let many = vec![r#"{"type":"confirm","text":"x"}"#; 21].join("\n");
        assert_eq!(
            EntryRules::parse(&many).unwrap_err().key,
            "status-rules-too-many"
        );
    }
}
