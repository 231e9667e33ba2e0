//! The two datasets of files, leads and visits, and their fields.

use std::str::FromStr;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dataset {
    Leads,
    Visits,
}

/// The fields of leads, in the order of export.
const LEAD_FIELDS: [&str; 11] = [
    "external_ref",
    "name",
    "company",
    "email",
    "phone",
    "source",
    "owner",
    "status",
    "value",
    "currency",
    "created_at",
];

/// The fields of visits, in the order of export.
const VISIT_FIELDS: [&str; 5] = ["external_ref", "status", "entered_at", "actor", "reason"];

impl Dataset {
    /// Both, in the order of the menus.
    pub const ALL: [Dataset; 2] = [Dataset::Leads, Dataset::Visits];

    /// The name on the command line, in URLs and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Dataset::Leads => "leads",
            Dataset::Visits => "visits",
        }
    }

    /// The fields of the dataset, in the order of export.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Dataset::Leads => &LEAD_FIELDS,
            Dataset::Visits => &VISIT_FIELDS,
        }
    }

    /// The field with this name.
    pub fn field(self, word: &str) -> Option<&'static str> {
        let word = word.trim();
        self.fields().iter().copied().find(|field| *field == word)
    }
}

impl FromStr for Dataset {
    type Err = ();

    fn from_str(word: &str) -> Result<Dataset, ()> {
        let mut all = Dataset::ALL.into_iter();
        all.find(|what| what.as_str() == word).ok_or(())
    }
}

/// The catalogue key of a field's label.
pub fn field_label(field: &str) -> &'static str {
    match field {
        "external_ref" => "lead-column-reference",
        "name" => "lead-column-name",
        "company" => "lead-column-company",
        "email" => "lead-column-email",
        "phone" => "lead-column-phone",
        "source" => "lead-column-source",
        "owner" => "lead-column-owner",
        "status" => "lead-column-status",
        "value" => "lead-column-value",
        "currency" => "lead-column-currency",
        "created_at" => "lead-column-created",
        "entered_at" => "lead-column-entered",
        "actor" => "lead-column-actor",
        _ => "lead-column-reason",
    }
}

/// The reference of a lead without an external reference in files: `lead-` and its id.
pub fn fallback_ref(id: i64) -> String {
    format!("lead-{id}")
}

/// The id in a fallback reference; nothing for other texts.
pub fn parse_fallback_ref(word: &str) -> Option<i64> {
    let id = word.strip_prefix("lead-")?.parse().ok()?;
    (id > 0 && fallback_ref(id) == word).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fallback_reference_has_exactly_one_form() {
        assert_eq!(parse_fallback_ref(&fallback_ref(12)), Some(12));
        for other in [
            "lead-", "lead-012", "lead-+1", "lead-0", "Lead-1", "lead-1 ", "12",
        ] {
            assert_eq!(parse_fallback_ref(other), None, "{other}");
        }
    }
}
