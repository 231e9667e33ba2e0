use std::str::FromStr;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Leads,
    Visits,
}

/// The columns of a file of leads, in the order in which export writes them.
const LEADS: [&str; 11] = [
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

/// The columns of a file of visits.
const VISITS: [&str; 5] = ["external_ref", "status", "entered_at", "actor", "reason"];

impl What {
    /// Both, in the order in which they are offered.
    pub const ALL: [What; 2] = [What::Leads, What::Visits];

    /// The word on the command line, in URLs and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Leads => "leads",
            What::Visits => "visits",
        }
    }

    /// The fields that a column may stand for.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            What::Leads => &LEADS,
            What::Visits => &VISITS,
        }
    }

    /// The field of this name.
    pub fn field(self, word: &str) -> Option<&'static str> {
        let word = word.trim();
        self.fields().iter().copied().find(|field| *field == word)
    }
}

impl FromStr for What {
    type Err = ();

    fn from_str(word: &str) -> Result<What, ()> {
        let mut all = What::ALL.into_iter();
        all.find(|what| what.as_str() == word).ok_or(())
    }
}

/// The catalogue key of a field's label.
pub fn label(field: &str) -> &'static str {
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

/// What files call a lead that has no external reference: `lead-` and its id.
pub fn stand_in(id: i64) -> String {
    format!("lead-{id}")
}

/// The id in such a word; nothing for any other.
pub fn stands_for(word: &str) -> Option<i64> {
    let id = word.strip_prefix("lead-")?.parse().ok()?;
    (id > 0 && stand_in(id) == word).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_exactly_one_word() {
        assert_eq!(stands_for(&stand_in(12)), Some(12));
        for other in [
            "lead-", "lead-012", "lead-+1", "lead-0", "Lead-1", "lead-1 ", "12",
        ] {
            assert_eq!(stands_for(other), None, "{other}");
        }
    }
}
