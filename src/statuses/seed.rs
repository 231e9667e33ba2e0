//! The pipeline of a fresh database.

use super::{SetStatus, changes, seed_statuses, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::Result;
use crate::i18n::Lang;

/// True once [`seed`] has nothing to do, told without waiting for those who write.
///
/// # Errors
/// If the database can't be read.
pub fn is_seeded(conn: &mut Conn) -> Result<bool> {
    store::is_seeded(conn)
}

/// Fills a database in which no role is held yet; leaves every other one alone.
pub fn seed(conn: &mut Conn, now: Timestamp) -> Result<()> {
    locks::pipeline(conn)?;
    if store::is_seeded(conn)? {
        return Ok(());
    }
    let actor = Actor::program("setup", now);
    for SetStatus { fields, role } in seed_statuses(Lang::En)? {
        let made = changes::create(conn, &actor, &fields)?;
        if let Some(role) = role {
            changes::give_role(conn, &actor, role, made.id)?;
        }
    }
    Ok(())
}
