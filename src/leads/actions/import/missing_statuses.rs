//! Statuses that a file names and that don't exist; an import can create them.

use std::collections::BTreeSet;

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import::problem::NameCounts;
use crate::statuses::{self, Name, StatusFields, StatusLookup, StatusMatch};

/// The most statuses that one import creates: more are most likely a wrong column.
pub const MAX_NEW_STATUSES: usize = 30;

/// The message if statuses with these names can't be created.
pub fn creation_problem(names: &NameCounts) -> Option<Message> {
    if names.len() > MAX_NEW_STATUSES {
        return Some(Message::new("lead-import-too-many-made").with("max", MAX_NEW_STATUSES));
    }
    let mut names = names.iter();
    let (invalid, _) = names.find(|(name, _)| Name::parse(name).is_err())?;
    Some(Message::new("lead-import-bad-status").with("name", invalid))
}

/// The names of statuses to create, without those that differ only in case or accents.
pub fn statuses_to_create(names: &NameCounts) -> Vec<String> {
    let mut folded = BTreeSet::new();
    let names = names.iter().map(|(name, _)| name.to_owned());
    names
        .filter(|name| folded.insert(crate::i18n::fold_name(name)))
        .collect()
}

/// Creates the statuses that still don't exist, as open statuses after the last open one.
///
/// # Errors
/// Returns [`Error::Conflict`] for an invalid name, and errors of the database.
pub fn create_statuses(conn: &mut Conn, actor: &Actor, names: &[String]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let existing = StatusLookup::load(conn)?;
    let is_missing = |name: &&String| !matches!(existing.find(name), StatusMatch::InUse(_));
    for name in names.iter().filter(is_missing) {
        let name = Name::parse(name).map_err(Error::Conflict)?;
        statuses::create(conn, actor, &StatusFields::with_name(name))?;
    }
    Ok(())
}
