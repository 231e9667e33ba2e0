use super::Lead;
use crate::access::{Permission, Who};
use crate::error::{Error, Result};

/// What someone may do to leads: managers and administrators to all, reps to their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    pub user_id: i64,
    /// Write leads at all.
    pub may_write: bool,
    /// Write leads of others, give leads to others, delete, and say when something happened.
    pub may_manage: bool,
    pub may_export: bool,
}

impl Rights {
    /// What this person may do.
    pub fn of(who: &Who) -> Rights {
        Rights {
            user_id: who.user_id,
            may_write: who.may(Permission::LeadsWrite),
            may_manage: who.may(Permission::LeadsManage),
            may_export: who.may(Permission::LeadsExport),
        }
    }

    /// The program itself, which may do everything.
    pub fn program() -> Rights {
        Rights {
            user_id: 0,
            may_write: true,
            may_manage: true,
            may_export: true,
        }
    }

    /// True if this lead may be moved, edited, noted and paused.
    pub fn may_touch(&self, lead: &Lead) -> bool {
        self.may_manage || (self.may_write && lead.fields.owner == Some(self.user_id))
    }

    /// True if rows of a list can be ticked.
    pub fn may_select(&self) -> bool {
        self.may_write || self.may_export
    }

    /// Refuses those who may not touch this lead.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn must_touch(&self, lead: &Lead) -> Result<()> {
        match self.may_touch(lead) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    /// Refuses those who may not manage leads.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn must_manage(&self) -> Result<()> {
        match self.may_manage {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lead::tests::lead;
    use super::*;

    #[test]
    fn a_rep_touches_own_leads_and_a_manager_all() {
        let rep = Rights {
            user_id: 3,
            may_write: true,
            may_manage: false,
            may_export: false,
        };
        let viewer = Rights {
            may_write: false,
            ..rep
        };
        let mut own = lead(1, "Own");
        own.fields.owner = Some(3);
        let nobodys = lead(2, "Nobody's");
        assert!(rep.may_touch(&own) && !rep.may_touch(&nobodys) && !viewer.may_touch(&own));
        assert!(Rights::program().may_touch(&nobodys));
    }
}
