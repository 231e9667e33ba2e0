//! From where a status may be entered, and who may move leads into it.

use crate::access::Role;
use crate::i18n::Message;

/// The value of [`EnterFrom`] for a lead that is created in the status.
pub const CREATED: i64 = 0;

/// The statuses from which a status may be entered, by id, with [`CREATED`] for new leads. Empty: from everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnterFrom(Vec<i64>);

impl EnterFrom {
    /// The most statuses.
    const MAX: usize = 200;

    /// Parses ids, one in each line.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<EnterFrom, Message> {
        let mut ids = Vec::new();
        for word in text.split(['\n', ',']).map(str::trim) {
            match word.parse::<i64>() {
                _ if word.is_empty() => {}
                Ok(id) if !ids.contains(&id) => ids.push(id),
                Ok(_) => {}
                Err(_) => return Err(Message::new("status-named-unknown").with("name", word)),
            }
        }
        match ids.len() {
            0..=EnterFrom::MAX => Ok(EnterFrom::of(ids)),
            _ => Err(Message::new("status-enter-from-many").with("max", EnterFrom::MAX)),
        }
    }

    /// These statuses.
    pub fn of(mut ids: Vec<i64>) -> EnterFrom {
        ids.sort_unstable();
        ids.dedup();
        EnterFrom(ids)
    }

    /// The ids, ascending.
    pub fn ids(&self) -> &[i64] {
        &self.0
    }

    /// True if the status may be entered from everywhere.
    pub fn is_everywhere(&self) -> bool {
        self.0.is_empty()
    }

    /// True if a lead may come from the status with this id, or from nowhere.
    pub fn allows(&self, from: Option<i64>) -> bool {
        self.is_everywhere() || self.0.contains(&from.unwrap_or(CREATED))
    }
}

/// The roles whose users may move leads into a status. Empty: everyone who may move the lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Movers(Vec<Role>);

impl Movers {
    /// The roles that move leads at all.
    pub const CHOICES: [Role; 3] = [Role::Admin, Role::Manager, Role::Rep];

    /// Parses roles, one in each line.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<Movers, Message> {
        let words = text.split(['\n', ',']).map(str::trim);
        let mut roles = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            let role = Role::from_word(word).filter(|role| Movers::CHOICES.contains(role));
            roles
                .push(role.ok_or_else(|| Message::new("status-mover-unknown").with("name", word))?);
        }
        let listed = Role::ALL.into_iter().filter(|role| roles.contains(role));
        Ok(Movers(listed.collect()))
    }

    /// The roles, those with most rights first.
    pub fn roles(&self) -> &[Role] {
        &self.0
    }

    /// True if users with this role may move leads into the status.
    pub fn allows(&self, role: Role) -> bool {
        self.0.is_empty() || self.0.contains(&role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_without_a_list_may_be_entered_from_everywhere() {
        let listed = EnterFrom::parse("3\n0, 3").unwrap();
        assert_eq!(listed.ids(), [0, 3]);
        assert!(listed.allows(Some(3)) && listed.allows(None) && !listed.allows(Some(4)));
        assert!(EnterFrom::parse("").unwrap().allows(Some(4)));
        assert!(EnterFrom::parse("first").is_err());
    }

    #[test]
    fn without_movers_everyone_moves_leads() {
        let listed = Movers::parse("rep\nadmin").unwrap();
        assert_eq!(listed.roles(), [Role::Admin, Role::Rep]);
        assert!(listed.allows(Role::Rep) && !listed.allows(Role::Manager));
        assert!(Movers::default().allows(Role::Manager));
        assert!(Movers::parse("viewer").is_err() && Movers::parse("boss").is_err());
    }
}
