//! Writes the pipeline of a fresh database.

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::Result;
use crate::i18n::Lang;
use crate::statuses::actions::changes;
use crate::statuses::domain::sets::{SetStatus, seed_statuses};
use crate::statuses::store;

/// Writes the first statuses to a database in which no role is held yet; does nothing to any other.
pub fn seed(conn: &mut Conn, now: Timestamp) -> Result<()> {
    locks::pipeline(conn)?;
    if store::is_seeded(conn)? {
        return Ok(());
    }
    let actor = Actor::program(Channel::Setup, now);
    for SetStatus { fields, role } in seed_statuses(Lang::En)? {
        let status = changes::create(conn, &actor, &fields)?;
        if let Some(role) = role {
            changes::give_role(conn, &actor, role, status.id)?;
        }
    }
    Ok(())
}
