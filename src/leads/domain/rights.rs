//! What a user may do to leads.

use crate::access::{Permission, Principal, Role};
use crate::error::{Error, Result};
use crate::leads::domain::filters::{LeadFilter, OwnerFilter};
use crate::leads::domain::lead::Lead;

/// What a user may do: managers and administrators may edit all leads, representatives their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub user_id: i64,
    /// Create leads, and edit own ones.
    pub can_write: bool,
    /// Edit the leads of others, change owners, delete, and set when something happened.
    pub can_manage: bool,
    pub can_export: bool,
    /// The role, which statuses may ask for; nothing for the program.
    pub role: Option<Role>,
}

impl Rights {
    /// The rights of a principal.
    pub fn of(principal: &Principal) -> Rights {
        Rights {
            user_id: principal.user_id,
            can_write: principal.can(Permission::LeadsWrite),
            can_manage: principal.can(Permission::LeadsManage),
            can_export: principal.can(Permission::LeadsExport),
            role: Some(principal.role),
        }
    }

    /// All rights, for changes by the program itself.
    pub fn program() -> Rights {
        Rights {
            user_id: 0,
            can_write: true,
            can_manage: true,
            can_export: true,
            role: None,
        }
    }

    /// True if the user may move, edit, note and pause this lead.
    pub fn can_edit(&self, lead: &Lead) -> bool {
        self.can_manage || (self.can_write && lead.fields.owner == Some(self.user_id))
    }

    /// True if the user may edit every lead that matches these filters.
    pub fn can_edit_all(&self, filter: &LeadFilter) -> bool {
        let is_own = match filter.owner {
            Some(OwnerFilter::Me) => true,
            Some(OwnerFilter::User(id)) => id == self.user_id,
            _ => false,
        };
        self.can_manage || (self.can_write && is_own)
    }

    /// Refuses a user who may not edit this lead.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_edit(&self, lead: &Lead) -> Result<()> {
        match self.can_edit(lead) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    /// Refuses a user who may not manage leads.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_manage(&self) -> Result<()> {
        match self.can_manage {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::tests::lead;

    #[test]
    fn a_representative_edits_own_leads_and_a_manager_all() {
        let rep = Rights {
            user_id: 3,
            can_write: true,
            can_manage: false,
            can_export: false,
            role: Some(Role::Rep),
        };
        let viewer = Rights {
            can_write: false,
            ..rep
        };
        let mut own = lead(1, "Own");
        own.fields.owner = Some(3);
        let unowned = lead(2, "Unowned");
        assert!(rep.can_edit(&own) && !rep.can_edit(&unowned) && !viewer.can_edit(&own));
        assert!(Rights::program().can_edit(&unowned));
    }
}
