use crate::access::domain::role::Role;

/// What a route requires of its callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Nothing: open to everyone.
    Public,
    /// To be signed in: one's own profile and sessions.
    SignedIn,
    /// Reading statuses and their definitions.
    StatusesRead,
    /// Exporting statuses.
    StatusesExport,
    /// Defining, ordering, archiving and deleting statuses.
    StatusesWrite,
    /// Reading leads and their history.
    LeadsRead,
    /// Making leads, and changing one's own.
    LeadsWrite,
    /// Changing anyone's leads, giving them to others, deleting, importing, and saying when something happened.
    LeadsManage,
    /// Exporting leads.
    LeadsExport,
    /// Managing users.
    Users,
    /// Managing API tokens.
    Tokens,
    /// Reading the audit log.
    Audit,
    /// Reading the program's metrics.
    Metrics,
}

/// What an API token is allowed to do at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Read,
    Write,
    Delete,
}

impl Scope {
    /// The scopes there are.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Delete];

    /// The word in the database, on the command line and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Delete => "delete",
        }
    }

    /// The scope of a word.
    pub fn from_word(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

impl Permission {
    /// The word in `routes --json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Permission::Public => "public",
            Permission::SignedIn => "signed-in",
            Permission::StatusesRead => "statuses.read",
            Permission::StatusesExport => "statuses.export",
            Permission::StatusesWrite => "statuses.write",
            Permission::LeadsRead => "leads.read",
            Permission::LeadsWrite => "leads.write",
            Permission::LeadsManage => "leads.manage",
            Permission::LeadsExport => "leads.export",
            Permission::Users => "users",
            Permission::Tokens => "tokens",
            Permission::Audit => "audit",
            Permission::Metrics => "metrics",
        }
    }

    /// The one permission table: true if `role` grants this.
    pub fn is_granted_to(self, role: Role) -> bool {
        match self {
            Permission::Public
            | Permission::SignedIn
            | Permission::StatusesRead
            | Permission::LeadsRead => true,
            Permission::LeadsWrite => role != Role::Viewer,
            Permission::LeadsManage => matches!(role, Role::Admin | Role::Manager),
            Permission::StatusesExport | Permission::LeadsExport => role != Role::Rep,
            Permission::StatusesWrite
            | Permission::Users
            | Permission::Tokens
            | Permission::Audit
            | Permission::Metrics => role == Role::Admin,
        }
    }

    /// True if users without it get 404 instead of 403.
    pub fn is_hidden(self) -> bool {
        matches!(
            self,
            Permission::Users | Permission::Tokens | Permission::Audit | Permission::Metrics
        )
    }
}
