use crate::error::{Error, Result};

/// The role of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// RevOps: defines the pipeline, owns tokens and users.
    Admin,
    /// A sales manager: reads everything, works with all leads.
    Manager,
    /// A sales rep: works with own leads, reads definitions.
    Rep,
    /// An analyst or auditor: reads and exports.
    Viewer,
}

impl Role {
    /// The roles there are, the mightiest first.
    pub const ALL: [Role; 4] = [Role::Admin, Role::Manager, Role::Rep, Role::Viewer];

    /// The word in the database, on the command line and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Manager => "manager",
            Role::Rep => "rep",
            Role::Viewer => "viewer",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

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
