//! The pipeline of a fresh database.

use super::{Color, Kind, Name, Role, StatusFields, changes, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};

/// Fills a database in which no role is held yet; leaves every other one alone.
pub fn seed(conn: &mut Conn, now: Timestamp) -> Result<()> {
    store::lock(conn)?;
    if store::is_seeded(conn)? {
        return Ok(());
    }
    let actor = Actor::program("setup", now);
    for (name, kind, color, role) in [
        ("New", Kind::Open, "#2a80e2", Some(Role::Default)),
        ("Contacted", Kind::Open, "#0090a8", None),
        ("Qualified", Kind::Open, "#9163d5", None),
        ("Proposal", Kind::Open, "#a97500", None),
        ("Won", Kind::Won, "#049a4e", Some(Role::Converted)),
        ("Lost", Kind::Lost, "#d24c49", None),
    ] {
        let broken = |_| Error::internal("the seed is broken");
        let mut fields = StatusFields::named(Name::parse(name).map_err(broken)?);
        fields.kind = kind;
        fields.color = Color::parse(color).map_err(broken)?;
        let made = changes::create(conn, &actor, &fields)?;
        if let Some(role) = role {
            changes::give_role(conn, &actor, role, made.id)?;
        }
    }
    Ok(())
}
