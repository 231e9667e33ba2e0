//! The texts that define a status: its definition, and the criteria to enter and to leave it.

use serde::Serialize;

use crate::i18n::Message;
use crate::records::text::{Paragraphs, is_unprintable, unify_line_breaks};

/// The text that says what a status means.
pub type Definition = Paragraphs<2_000>;
/// Why a definition changes.
pub type Why = Paragraphs<500>;

/// The conditions to enter or to leave a status, or the reasons to choose from: up to 20 lines of up to 200 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Criteria(Vec<String>);

impl Criteria {
    /// The most lines.
    pub const MAX_LINES: usize = 20;
    /// The most characters of a line.
    pub const MAX_LINE: usize = 200;

    /// Parses a text with one criterion per line; blank lines are left out.
    pub fn parse(typed: &str) -> Result<Criteria, Message> {
        let text = unify_line_breaks(typed);
        let lines: Vec<&str> = text
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        if lines.len() > Criteria::MAX_LINES {
            return Err(Message::new("status-criteria-too-many")
                .with("max", Criteria::MAX_LINES)
                .with("length", lines.len()));
        }
        for (index, line) in lines.iter().enumerate() {
            let length = line.chars().count();
            if line.chars().any(is_unprintable) {
                return Err(Message::new("web-input-control"));
            }
            if length > Criteria::MAX_LINE {
                return Err(Message::new("status-criteria-too-long")
                    .with("line", index + 1)
                    .with("max", Criteria::MAX_LINE)
                    .with("length", length));
            }
        }
        Ok(Criteria(lines.into_iter().map(str::to_owned).collect()))
    }

    /// Criteria from the database's JSON list; an unreadable list is empty.
    pub(crate) fn stored(json: &str) -> Criteria {
        Criteria(serde_json::from_str(json).unwrap_or_default())
    }

    /// The JSON list that the database holds.
    pub fn to_json(&self) -> String {
        serde_json::Value::from(self.0.clone()).to_string()
    }

    /// The lines in order.
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// True if nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criteria_are_one_per_line_without_blank_lines() {
        let criteria = Criteria::parse("Budget known\r\n\r\n  Decision maker \rDate").unwrap();
        assert_eq!(criteria.lines(), ["Budget known", "Decision maker", "Date"]);
        assert_eq!(Criteria::stored(&criteria.to_json()), criteria);
    }

    #[test]
    fn criteria_are_at_most_20_lines_of_200_characters() {
        assert!(Criteria::parse(&"x\n".repeat(20)).is_ok());
        assert_eq!(
            Criteria::parse(&"x\n".repeat(21)).unwrap_err().key,
            "status-criteria-too-many"
        );
        assert!(Criteria::parse(&"x".repeat(200)).is_ok());
        let message = Criteria::parse(&format!("ok\n\n{}", "x".repeat(201))).unwrap_err();
        assert_eq!(message.args[0], ("line", 2usize.into()));
        assert!(Criteria::parse("a\0b").is_err());
    }
}
