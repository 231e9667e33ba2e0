//! Permissions, and the one table that says which roles have them.

use crate::access::domain::role::Role;
use crate::words::word_enum;

word_enum! {
    /// The permission that a route requires.
    pub enum Permission {
        /// Nothing: open to everyone.
        Public = "public",
        /// To be signed in: one's own profile and sessions.
        SignedIn = "signed-in",
        /// Reading statuses and their definitions.
        StatusesRead = "statuses.read",
        /// Exporting statuses.
        StatusesExport = "statuses.export",
        /// Defining, ordering, archiving and deleting statuses.
        StatusesWrite = "statuses.write",
        /// Reading leads and their history.
        LeadsRead = "leads.read",
        /// Making leads, and changing one's own.
        LeadsWrite = "leads.write",
        /// Changing anyone's leads, giving them to others, deleting, importing, and saying when something happened.
        LeadsManage = "leads.manage",
        /// Exporting leads.
        LeadsExport = "leads.export",
        /// Managing users.
        Users = "users",
        /// Managing API tokens.
        Tokens = "tokens",
        /// Reading the audit log.
        Audit = "audit",
        /// Reading the program's metrics.
        Metrics = "metrics",
    }
}

word_enum! {
    /// What an API token permits at most.
    pub enum Scope {
        Read = "read",
        Write = "write",
        Delete = "delete",
    }
}

impl Permission {
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

    /// True if users without this permission get 404 instead of 403.
    pub fn is_hidden(self) -> bool {
        matches!(
            self,
            Permission::Users | Permission::Tokens | Permission::Audit | Permission::Metrics
        )
    }
}
