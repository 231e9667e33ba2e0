//! Several statuses brought to a new state at once, whatever lies between the two: swapped names, roles that
//! change hands between statuses which change their kinds. Import, standard sets and undo end up here.

use super::changes::{ROLE_SUBJECT, check_name, record};
use super::exchange::Place;
use super::replace::refuse_while_leaving;
use super::{LeadStatus, NewLeadStatus, Role, StatusFields, check_kind, check_role, store};
use crate::audit::{self, Actor, Entry};
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, Result};

/// What is to be written.
#[derive(Debug, Default)]
pub struct Rewrite {
    /// The fields of statuses that exist.
    pub updates: Vec<(i64, StatusFields)>,
    /// Statuses to be made at the end of the pipeline, in this order.
    pub creates: Vec<NewLeadStatus>,
    /// Who holds a role afterwards; [`Place::New`] counts in `creates`.
    pub roles: Vec<(Role, Place)>,
}

/// A role that changes hands.
struct Handover {
    role: Role,
    from: i64,
    to: Place,
    /// The row that holds the role meanwhile.
    stand_in: i64,
}

/// Holds the roles, and these statuses, before what is to be written is made of them.
///
/// # Errors
/// If the database can't.
pub fn hold(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    locks::pipeline(conn)?;
    locks::roles(conn)?;
    let exclusive = ids.iter().map(|id| (*id, Strength::Exclusive));
    locks::statuses(conn, &exclusive.collect::<Vec<_>>())
}

/// Writes all of it with one audit entry for each status that changes; returns the ids of the new ones.
///
/// # Errors
/// [`Error::Taken`] for a name; [`Error::Invalid`] for a kind that a role forbids, or a role that a kind does;
/// [`Error::Conflict`] for a change of a status that is leaving.
pub fn rewrite(conn: &mut Conn, actor: &Actor, asked: &Rewrite) -> Result<Vec<i64>> {
    let updated: Vec<i64> = asked.updates.iter().map(|(id, _)| *id).collect();
    hold(conn, &updated)?;
    let moving = moving(conn, &asked.roles)?;
    let before = touched(conn, asked, &moving)?;
    set_names_aside(conn, asked, &before)?;
    let made = create(conn, actor, &asked.creates)?;
    let handovers = park(conn, actor, moving)?;
    for (id, fields) in &asked.updates {
        update(conn, actor, &before, *id, fields, &handovers)?;
    }
    hand_over(conn, actor, &handovers, &made)?;
    record_changes(conn, actor, &before)?;
    for id in &made {
        let after = store::find(conn, *id)?;
        record(conn, actor, "create", None, Some(&after))?;
    }
    record_handovers(conn, actor, &handovers, &made)?;
    Ok(made)
}

/// The roles whose holder is another afterwards, with the one who holds it now.
fn moving(conn: &mut Conn, roles: &[(Role, Place)]) -> Result<Vec<(Role, i64, Place)>> {
    let holders = store::role_holders(conn)?;
    let moving = roles.iter().filter_map(|(role, to)| {
        let (_, from) = holders.iter().find(|(held, _)| held == role)?;
        (*to != Place::Existing(*from)).then_some((*role, *from, *to))
    });
    Ok(moving.collect())
}

/// The statuses that may be different afterwards, as they are now.
fn touched(
    conn: &mut Conn,
    asked: &Rewrite,
    moving: &[(Role, i64, Place)],
) -> Result<Vec<LeadStatus>> {
    let mut ids: Vec<i64> = asked.updates.iter().map(|(id, _)| *id).collect();
    for (_, from, to) in moving {
        ids.push(*from);
        if let Place::Existing(id) = to {
            ids.push(*id);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    store::find_many(conn, &ids)
}

fn set_names_aside(conn: &mut Conn, asked: &Rewrite, before: &[LeadStatus]) -> Result<()> {
    let renamed = |status: &&LeadStatus| {
        let mut updates = asked.updates.iter();
        let new = updates.find(|(id, _)| *id == status.id);
        new.is_some_and(|(_, fields)| fields.name.key() != status.name.key())
    };
    let renamed: Vec<i64> = before.iter().filter(renamed).map(|old| old.id).collect();
    store::set_names_aside(conn, &renamed)
}

fn create(conn: &mut Conn, actor: &Actor, creates: &[NewLeadStatus]) -> Result<Vec<i64>> {
    let mut made = Vec::with_capacity(creates.len());
    for new in creates {
        check_name(conn, &new.fields, None)?;
        made.push(store::insert(conn, actor, new)?);
    }
    Ok(made)
}

fn park(conn: &mut Conn, actor: &Actor, moving: Vec<(Role, i64, Place)>) -> Result<Vec<Handover>> {
    let parked = moving.into_iter().map(|(role, from, to)| {
        Ok(Handover {
            role,
            from,
            to,
            stand_in: store::park_role(conn, actor, role)?,
        })
    });
    parked.collect()
}

fn update(
    conn: &mut Conn,
    actor: &Actor,
    before: &[LeadStatus],
    id: i64,
    fields: &StatusFields,
    handovers: &[Handover],
) -> Result<()> {
    let old = before
        .iter()
        .find(|status| status.id == id)
        .ok_or(Error::NotFound)?;
    if old.fields() == *fields {
        return Ok(());
    }
    refuse_while_leaving(old)?;
    let kept = old
        .roles()
        .filter(|role| handovers.iter().all(|handover| handover.role != *role));
    check_kind(kept, fields.kind).map_err(Error::Invalid)?;
    if !old.is_archived() {
        check_name(conn, fields, Some(id))?;
    }
    store::update(conn, actor, id, fields)
}

fn hand_over(conn: &mut Conn, actor: &Actor, handovers: &[Handover], made: &[i64]) -> Result<()> {
    for handover in handovers {
        let taker = store::find(conn, id_of(handover.to, made)?)?;
        check_role(&taker, handover.role).map_err(Error::Invalid)?;
        store::give_role(conn, actor, handover.role, taker.id, Some(handover.from))?;
    }
    for handover in handovers {
        store::delete_stand_in(conn, handover.stand_in)?;
    }
    Ok(())
}

/// The id of a place, once the new ones are made.
pub fn id_of(place: Place, made: &[i64]) -> Result<i64> {
    match place {
        Place::Existing(id) => Ok(id),
        Place::New(at) => made
            .get(at)
            .copied()
            .ok_or_else(|| Error::internal("a plan names a status that it doesn't make")),
    }
}

fn record_changes(conn: &mut Conn, actor: &Actor, before: &[LeadStatus]) -> Result<()> {
    for old in before {
        let new = store::find(conn, old.id)?;
        let gains = new.roles().any(|role| !old.holds(role));
        let action = match new.fields() == old.fields() {
            false => "update",
            true if gains => "take-role",
            true => "give-up-role",
        };
        if new.version != old.version {
            record(conn, actor, action, Some(old), Some(&new))?;
        }
    }
    Ok(())
}

fn record_handovers(
    conn: &mut Conn,
    actor: &Actor,
    handovers: &[Handover],
    made: &[i64],
) -> Result<()> {
    for handover in handovers {
        let id = id_of(handover.to, made)?;
        let entry = Entry {
            subject: ROLE_SUBJECT,
            subject_id: Some(id),
            name: store::find(conn, id)?.name.to_string(),
            action: handover.role.as_str(),
            before: Some(handover.from.into()),
            after: Some(id.into()),
            ..Entry::default()
        };
        audit::record(conn, actor, &entry)?;
    }
    Ok(())
}
