//! The pipeline of a fresh database, in the language of its first user.

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::Result;
use crate::i18n::Lang;
use crate::statuses::actions::changes;
use crate::statuses::domain::sets::{SetStatus, seed_statuses};
use crate::statuses::store;

/// Writes the first statuses to a database in which no status holds a role; doesn't change any other.
pub fn seed(conn: &mut Conn, now: Timestamp, lang: Lang) -> Result<()> {
    locks::pipeline(conn)?;
    if store::is_seeded(conn)? {
        return Ok(());
    }
    let actor = Actor::program(Channel::Setup, now);
    for SetStatus { fields, role } in seed_statuses(lang)? {
        let status = changes::create(conn, &actor, &fields)?;
        if let Some(role) = role {
            changes::give_role(conn, &actor, role, status.id)?;
        }
    }
    Ok(())
}

/// Translates the first statuses to `lang`, unless they were changed.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn translate_seed(conn: &mut Conn, now: Timestamp, lang: Lang) -> Result<()> {
    locks::pipeline(conn)?;
    let actor = Actor::program(Channel::Setup, now);
    let current = store::list_all(conn)?;
    for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
        let seed = seed_statuses(other)?;
        let mut pairs = seed.iter().zip(&current);
        let is_unchanged = pairs.all(|(seed, status)| seed.fields == status.fields());
        if !is_unchanged || seed.len() != current.len() {
            continue;
        }
        for (translated, status) in seed_statuses(lang)?.iter().zip(&current) {
            changes::update(conn, &actor, status.id, &translated.fields)?;
        }
    }
    Ok(())
}
