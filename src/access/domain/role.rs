//! The roles of users.

use crate::error::{Error, Result};
use crate::words::word_enum;

word_enum! {
    /// The role of a user; the first has most rights.
    pub enum Role {
        /// RevOps: defines the pipeline, owns tokens and users.
        Admin = "admin", "role-admin";
        /// A sales manager: reads everything, works with all leads.
        Manager = "manager", "role-manager";
        /// A sales rep: works with own leads, reads definitions.
        Rep = "rep", "role-rep";
        /// An analyst or auditor: reads and exports.
        Viewer = "viewer", "role-viewer";
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
}
