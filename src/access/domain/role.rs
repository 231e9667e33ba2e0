use crate::error::{Error, Result};
use crate::words::word_enum;

word_enum! {
    /// The role of a user; the first has most rights.
    pub enum Role {
        /// RevOps: defines the pipeline, owns tokens and users.
        Admin = "admin",
        /// A sales manager: reads everything, works with all leads.
        Manager = "manager",
        /// A sales rep: works with own leads, reads definitions.
        Rep = "rep",
        /// An analyst or auditor: reads and exports.
        Viewer = "viewer",
    }
}

impl Role {
    /// The role of a word that the database holds.
    ///
    /// # Errors
    /// [`Error::Internal`] for an unknown word.
    pub fn from_stored(word: &str) -> Result<Role> {
        Role::from_word(word).ok_or_else(|| Error::internal("a user has an unknown role"))
    }

    /// The catalogue key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Role::Admin => "role-admin",
            Role::Manager => "role-manager",
            Role::Rep => "role-rep",
            Role::Viewer => "role-viewer",
        }
    }
}
