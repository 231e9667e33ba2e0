//! Statuses that a file names and that don't exist: they can be made with the import.

use std::collections::BTreeSet;

use super::lookups::Lookups;
use super::problem::Names;
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::{self, Meant, Name, StatusFields};

/// The most statuses that are made for a file: more are most likely a wrong column.
pub const MADE: usize = 30;

/// What keeps these statuses from being made.
pub fn unmakeable(names: &Names) -> Option<Message> {
    if names.len() > MADE {
        return Some(Message::new("lead-import-too-many-made").with("max", MADE));
    }
    let mut names = names.iter();
    let (bad, _) = names.find(|(name, _)| Name::parse(name).is_err())?;
    Some(Message::new("lead-import-bad-status").with("name", bad))
}

/// The names to make statuses of: one for those that differ in case or accents only.
pub fn to_make(names: &Names) -> Vec<String> {
    let mut known = BTreeSet::new();
    let names = names.iter().map(|(name, _)| name.to_owned());
    names
        .filter(|name| known.insert(crate::i18n::fold_name(name)))
        .collect()
}

/// Makes those of them that nobody has made since, as open statuses at the end of the pipeline.
///
/// # Errors
/// [`Error::Conflict`] for a name that can't be one; what the database refuses.
pub fn make_statuses(conn: &mut Conn, actor: &Actor, names: &[String]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let lookups = Lookups::load(conn)?;
    let is_missing = |name: &&String| !matches!(lookups.statuses.find(name), Meant::InUse(_));
    for name in names.iter().filter(is_missing) {
        let name = Name::parse(name).map_err(Error::Conflict)?;
        statuses::changes::create(conn, actor, &StatusFields::named(name))?;
    }
    Ok(())
}
