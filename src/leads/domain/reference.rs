//! The reference of a lead in another system.

/// A reference, and the system that it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Empty where no system is named.
    pub system: String,
    /// Empty for none.
    pub text: String,
}

impl Reference {
    /// A reference in a system.
    pub fn new(system: &str, text: &str) -> Reference {
        Reference {
            system: system.to_owned(),
            text: text.to_owned(),
        }
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
