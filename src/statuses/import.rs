//! Carrying out what an import or a standard set plans: all of it, or nothing.

use std::collections::HashMap;

use super::exchange::{Counts, ImportPlan, Outcome, Place, Row, plan};
use super::rewrite::{self, Rewrite, id_of, rewrite};
use super::{Headcount, LeadStatus, Role, blockers, changes, headcount_of, headcounts, store};
use crate::audit::Actor;
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::web::sha256_hex;

/// The door in the audit log.
pub const DOOR: &str = "import";

/// Everything that would happen, decided against the statuses of one moment.
#[derive(Debug, Clone)]
pub struct Forecast {
    pub plan: ImportPlan,
    /// The statuses of that moment, archived ones too.
    pub existing: Vec<LeadStatus>,
    /// Those in use that the rows don't name; for a set, they may be archived.
    pub others: Vec<Other>,
}

/// A status in use that the rows don't name.
#[derive(Debug, Clone)]
pub struct Other {
    pub status: LeadStatus,
    /// True if it is archived in the same go.
    pub is_archived: bool,
    /// How many leads keep it in use.
    pub leads: i64,
}

/// What becomes of statuses that the rows don't name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They stay, behind those of the rows.
    Keep,
    /// They are archived, if no leads are in them and they hold no role afterwards.
    Archive,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    pub counts: Counts,
    pub archived: usize,
    /// True if statuses changed places.
    pub moved: bool,
}

impl Applied {
    /// True if nothing was written.
    pub fn is_nothing(&self) -> bool {
        let Counts {
            created, changed, ..
        } = self.counts;
        created + changed + self.archived == 0 && !self.moved
    }
}

/// What these rows would do now.
pub fn forecast(conn: &mut Conn, rows: &[Row], others: Others) -> Result<Forecast> {
    let existing = store::everything(conn)?;
    let plan = plan(&existing, rows);
    let others = unnamed(&plan, &existing, &headcounts(conn)?, others);
    Ok(Forecast {
        plan,
        existing,
        others,
    })
}

fn unnamed(
    plan: &ImportPlan,
    existing: &[LeadStatus],
    heads: &HashMap<i64, Headcount>,
    others: Others,
) -> Vec<Other> {
    let named: Vec<i64> = plan
        .rows
        .iter()
        .filter_map(|row| match row.outcome {
            Outcome::Change { id, .. } | Outcome::Same { id } => Some(id),
            Outcome::Create(_) | Outcome::Refused { .. } => None,
        })
        .collect();
    let mut in_use: Vec<&LeadStatus> = existing
        .iter()
        .filter(|status| !status.is_archived())
        .collect();
    in_use.sort_by_key(|status| status.position);
    in_use
        .into_iter()
        .filter(|status| !named.contains(&status.id))
        .map(|status| {
            let place = Some(Place::Existing(status.id));
            let keeps_role = Role::ALL.iter().any(|role| plan.holder(*role) == place);
            let leads = heads
                .get(&status.id)
                .map_or(0, |head| head.leads + head.in_bin);
            Other {
                status: status.clone(),
                is_archived: others == Others::Archive && !keeps_role && leads == 0,
                leads,
            }
        })
        .collect()
}

impl Forecast {
    /// True if nothing stands in the way.
    pub fn is_acceptable(&self) -> bool {
        self.plan.is_acceptable()
    }

    /// True if everything is so already.
    pub fn changes_nothing(&self) -> bool {
        self.plan.changes_nothing() && self.archived().next().is_none()
    }

    /// The statuses that are archived.
    pub fn archived(&self) -> impl Iterator<Item = &LeadStatus> {
        let archived = self.others.iter().filter(|other| other.is_archived);
        archived.map(|other| &other.status)
    }

    /// A word for what would happen: the same as long as exactly that would.
    pub fn fingerprint(&self) -> String {
        let archived: Vec<i64> = self.archived().map(|status| status.id).collect();
        sha256_hex(&format!("{:?} {archived:?}", self.plan))
    }
}

/// Does what `rows` ask for if it is still what was previewed; otherwise nothing, and says so.
///
/// # Errors
/// [`Error::Conflict`] if something stands in the way by now, or if it is not what was `expect`ed.
pub fn import(
    conn: &mut Conn,
    actor: &Actor,
    rows: &[Row],
    others: Others,
    expect: Option<&str>,
) -> Result<Applied> {
    locks::pipeline(conn)?;
    let forecast = forecast(conn, rows, others)?;
    let is_other = expect.is_some_and(|expect| expect != forecast.fingerprint());
    if is_other || !forecast.is_acceptable() {
        return Err(Error::Conflict(Message::new("import-changed")));
    }
    apply(conn, actor, &forecast)
}

/// Does what `rows` ask for if nothing stands in the way; says in any case what that is.
///
/// # Errors
/// Those of the database: then nothing is done.
pub fn attempt(
    conn: &mut Conn,
    actor: &Actor,
    rows: &[Row],
    others: Others,
) -> Result<(Forecast, Option<Applied>)> {
    locks::pipeline(conn)?;
    let forecast = forecast(conn, rows, others)?;
    let applied = match forecast.is_acceptable() {
        true => Some(apply(conn, actor, &forecast)?),
        false => None,
    };
    Ok((forecast, applied))
}

/// Writes a forecast made under the same lock.
fn apply(conn: &mut Conn, actor: &Actor, forecast: &Forecast) -> Result<Applied> {
    let plan = &forecast.plan;
    let (asked, indexes) = rewriting(plan);
    let updated = asked.updates.iter().map(|(id, _)| *id);
    let touched: Vec<i64> = updated
        .chain(forecast.archived().map(|status| status.id))
        .collect();
    rewrite::hold(conn, &touched)?;
    let made = rewrite(conn, actor, &asked)?;
    let mut archived = Vec::new();
    for status in forecast.archived() {
        // Its blockers were counted before the roles went to others.
        let found = store::find(conn, status.id)?;
        if !blockers(&found, &headcount_of(conn, found.id)?).is_empty() {
            return Err(Error::Conflict(Message::new("import-changed")));
        }
        archived.push(changes::archive(conn, actor, status.id)?.id);
    }
    changes::close_gaps(conn)?;
    let moved = arrange(conn, actor, plan, |place| {
        let id = id_of(renumbered(place, &indexes), &made)?;
        Ok((!archived.contains(&id)).then_some(id))
    })?;
    Ok(Applied {
        counts: plan.counts(),
        archived: archived.len(),
        moved,
    })
}

/// What a plan writes, and the rows that its new statuses come from.
fn rewriting(plan: &ImportPlan) -> (Rewrite, Vec<usize>) {
    let mut asked = Rewrite::default();
    let mut indexes = Vec::new();
    for (at, row) in plan.rows.iter().enumerate() {
        match &row.outcome {
            Outcome::Create(new) => {
                asked.creates.push(new.clone());
                indexes.push(at);
            }
            Outcome::Change { id, fields, .. } => asked.updates.push((*id, fields.clone())),
            Outcome::Same { .. } | Outcome::Refused { .. } => {}
        }
    }
    let roles = Role::ALL
        .into_iter()
        .filter_map(|role| Some((role, renumbered(plan.holder(role)?, &indexes))));
    asked.roles = roles.collect();
    (asked, indexes)
}

/// A place that counts in rows as one that counts in new statuses.
fn renumbered(place: Place, indexes: &[usize]) -> Place {
    match place {
        Place::New(row) => {
            let at = indexes.iter().position(|index| *index == row);
            Place::New(at.unwrap_or(usize::MAX))
        }
        existing => existing,
    }
}

/// The order of the pipeline, last of all; true if statuses that existed changed places.
fn arrange(
    conn: &mut Conn,
    actor: &Actor,
    plan: &ImportPlan,
    id: impl Fn(Place) -> Result<Option<i64>>,
) -> Result<bool> {
    let mut ids = Vec::with_capacity(plan.order.len());
    for place in &plan.order {
        ids.extend(id(*place)?);
    }
    let current = store::order(conn)?;
    let mut sorted = [ids.clone(), current.clone()];
    sorted.iter_mut().for_each(|ids| ids.sort_unstable());
    if sorted[0] != sorted[1] {
        return Err(Error::internal(
            "a plan orders other statuses than there are",
        ));
    }
    changes::place(conn, actor, &current, &ids)?;
    Ok(plan.moves)
}
