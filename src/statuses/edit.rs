//! Saving an edit that someone else may have overtaken. Where the two sides touched different fields they are
//! put together; where they contradict each other nothing is written and the user is asked.

use super::changes::{self, SUBJECT};
use super::replace::is_leaving;
use super::{
    FIELDS, LeadStatus, Merge, Mode, Snapshot, StatusFields, StatusForm, choose, diff,
    headcount_of, merge, store,
};
use crate::audit::{self, Actor, Recorded, Touched};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::web::Raw;
use crate::web::fields::Fields;

/// What became of an edit.
#[derive(Debug)]
pub enum Edited {
    /// It is written, or there was nothing to write.
    Saved(Box<Saved>),
    /// A value can't be accepted; nothing was written.
    Refused(Box<Refused>),
    /// Someone else changed the same fields; nothing was written.
    Contested(Box<Contested>),
    /// Someone deleted it.
    Gone(Box<Gone>),
}

/// An edit that is written.
#[derive(Debug)]
pub struct Saved {
    pub status: LeadStatus,
    /// False if everything was as it is.
    pub is_changed: bool,
    /// What others had changed meanwhile, and what was kept of it.
    pub kept: Vec<Touched>,
}

/// An edit with values that can't be accepted.
#[derive(Debug)]
pub struct Refused {
    pub status: LeadStatus,
    /// How many leads are in it.
    pub leads: i64,
    pub typed: StatusForm,
    pub errors: FieldErrors,
}

/// An edit that contradicts what someone else saved first.
#[derive(Debug)]
pub struct Contested {
    pub status: LeadStatus,
    pub merge: Merge,
    /// Who changed each of the fields since the edit began.
    pub touched: Vec<Touched>,
}

/// An edit of a status that is no more.
#[derive(Debug)]
pub struct Gone {
    pub name: String,
    pub by: String,
    pub at: Timestamp,
    pub typed: StatusForm,
}

/// Saves what a form sent: the fields, the `version` they were made from and, after a conflict, the choices.
///
/// # Errors
/// [`Error::NotFound`] if there never was such a status.
pub fn save(conn: &mut Conn, actor: &Actor, id: i64, sent: &Fields) -> Result<Edited> {
    locks::pipeline(conn)?;
    let typed = StatusForm::read(sent);
    let status = match store::find(conn, id) {
        Ok(status) => status,
        Err(Error::NotFound) => return gone(conn, id, typed),
        Err(error) => return Err(error),
    };
    let version = typed.flags().ok().and_then(|flags| flags.version);
    let base = base(conn, &status, version)?;
    let begun = base.clone().unwrap_or_else(|| status.fields());
    let mine = match typed.parse(Mode::Change { current: &begun }) {
        Ok(mine) => mine,
        Err(errors) => return refused(conn, status, typed, errors),
    };
    let (mine, errors) = choose(mine, &begun, sent);
    if !errors.is_empty() {
        let chosen = StatusForm {
            version: typed.version,
            ..StatusForm::of_fields(&mine)
        };
        return refused(conn, status, chosen, errors);
    }
    let merge = merge(base.as_ref(), &mine, &status.fields());
    let touched = touched_since(conn, &status, version)?;
    if merge.is_clean() {
        return write(conn, actor, status, &merge, touched);
    }
    Ok(Edited::Contested(Box::new(Contested {
        status,
        merge,
        touched,
    })))
}

fn refused(
    conn: &mut Conn,
    status: LeadStatus,
    typed: StatusForm,
    errors: FieldErrors,
) -> Result<Edited> {
    Ok(Edited::Refused(Box::new(Refused {
        leads: headcount_of(conn, status.id)?.leads,
        status,
        typed,
        errors,
    })))
}

/// The fields that the edit was made from; nothing if they aren't on record.
fn base(
    conn: &mut Conn,
    status: &LeadStatus,
    version: Option<i32>,
) -> Result<Option<StatusFields>> {
    let Some(version) = version else {
        return Ok(None);
    };
    if version == status.version {
        return Ok(Some(status.fields()));
    }
    let kept = audit::base_of(conn, SUBJECT, status.id, version)?;
    let snapshot: Option<Snapshot> = kept.and_then(|kept| serde_json::from_value(kept).ok());
    Ok(snapshot.and_then(|snapshot| snapshot.fields()))
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    status: LeadStatus,
    merge: &Merge,
    mut touched: Vec<Touched>,
) -> Result<Edited> {
    let written = match is_leaving(&status) {
        Some(told) => Err(Error::Invalid(FieldErrors::one("name", told))),
        None => changes::update(conn, actor, status.id, None, &merge.merged),
    };
    match written {
        Ok(after) => {
            touched.retain(|touched| merge.taken_from_theirs.contains(&touched.field));
            Ok(Edited::Saved(Box::new(Saved {
                is_changed: after.version != status.version,
                status: after,
                kept: touched,
            })))
        }
        // The rules are asked before anything is written, so there is nothing to take back.
        Err(Error::Taken(errors) | Error::Invalid(errors)) => {
            let typed = StatusForm {
                version: Raw::Text(status.version.to_string()),
                ..StatusForm::of_fields(&merge.merged)
            };
            refused(conn, status, typed, errors)
        }
        Err(error) => Err(error),
    }
}

/// Who last changed each field since `version`; nobody if it is the current one.
fn touched_since(
    conn: &mut Conn,
    status: &LeadStatus,
    version: Option<i32>,
) -> Result<Vec<Touched>> {
    if version == Some(status.version) {
        return Ok(Vec::new());
    }
    audit::touched_since(conn, SUBJECT, status.id, version, changed_fields)
}

/// The editable fields that an entry of the audit log changed.
fn changed_fields(entry: &Recorded) -> Vec<&'static str> {
    let (before, after) = moments(entry);
    diff(before.as_ref(), after.as_ref())
        .into_iter()
        .map(|change| change.field)
        .filter(|field| FIELDS.contains(field))
        .collect()
}

/// A status before and after a change that the audit log tells of.
pub fn moments(entry: &Recorded) -> (Option<Snapshot>, Option<Snapshot>) {
    let read = |value: Option<serde_json::Value>| serde_json::from_value(value?).ok();
    (read(entry.before()), read(entry.after()))
}

/// What is left of a deleted status, if there ever was one.
fn gone(conn: &mut Conn, id: i64, typed: StatusForm) -> Result<Edited> {
    let last = audit::of_subject(conn, SUBJECT, id, None, 1)?.pop();
    let deleted = last
        .filter(|entry| entry.action == "delete")
        .ok_or(Error::NotFound)?;
    Ok(Edited::Gone(Box::new(Gone {
        name: deleted.subject_name,
        by: deleted.actor,
        at: deleted.recorded_at,
        typed,
    })))
}
