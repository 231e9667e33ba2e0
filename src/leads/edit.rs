//! Saving an edit of a lead that someone else may have overtaken. Where the two sides touched different fields they
//! are put together; where they contradict each other nothing is written and the user is asked.

use super::changes::{self, SUBJECT};
use super::{FIELDS, Lead, LeadFields, LeadForm, LeadSnapshot, Rights, store};
use crate::audit::{self, Actor, Recorded, Touched};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::web::Raw;
use crate::web::fields::Fields;

/// What is put together or chosen as one, in the order of the form: an amount means nothing without its currency.
pub fn units() -> impl Iterator<Item = &'static str> {
    FIELDS.into_iter().filter(|field| unit_of(field) == *field)
}

/// What became of an edit.
#[derive(Debug)]
pub enum Edited {
    /// It is written, or there was nothing to write.
    Saved(Box<Saved>),
    /// A value can't be accepted; nothing was written.
    Refused(Box<Refused>),
    /// Someone else changed the same fields; nothing was written.
    Contested(Box<Contested>),
    /// It lies in the bin.
    Gone(Box<Gone>),
}

/// An edit that is written.
#[derive(Debug)]
pub struct Saved {
    pub lead: Lead,
    /// False if everything was as it is.
    pub is_changed: bool,
    /// What others had changed meanwhile, and what was kept of it.
    pub kept: Vec<Touched>,
}

/// An edit with values that can't be accepted.
#[derive(Debug)]
pub struct Refused {
    pub lead: Lead,
    pub typed: LeadForm,
    pub errors: FieldErrors,
}

/// An edit that contradicts what someone else saved first.
#[derive(Debug)]
pub struct Contested {
    pub lead: Lead,
    pub merge: Merge,
    /// Who changed each of the fields since the edit began.
    pub touched: Vec<Touched>,
    /// Everything put together, in the manner in which it was typed.
    pub typed: LeadForm,
}

/// An edit of a lead that someone put into the bin.
#[derive(Debug)]
pub struct Gone {
    pub lead: Lead,
    pub by: String,
    pub at: Timestamp,
    pub typed: LeadForm,
}

/// What becomes of an edit when someone else saved first.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Both sides together; where they contradict each other, as it was typed.
    pub merged: LeadFields,
    /// The units that both sides changed, each in its own way: the user must choose.
    pub open: Vec<&'static str>,
    /// The units that only the other side changed.
    pub taken: Vec<&'static str>,
}

/// Puts together what two people made of `base`. Without a `base` nobody can say who changed what, so that every
/// difference is put to the user.
pub fn merge(base: Option<&LeadFields>, mine: &LeadFields, theirs: &LeadFields) -> Merge {
    let is_as_before = |side: &LeadFields, unit| base.is_some_and(|base| same(side, base, unit));
    let mut merge = Merge {
        merged: mine.clone(),
        open: Vec::new(),
        taken: Vec::new(),
    };
    for unit in units().filter(|unit| !same(mine, theirs, unit)) {
        if is_as_before(mine, unit) {
            take(&mut merge.merged, unit, theirs);
            merge.taken.push(unit);
        } else if !is_as_before(theirs, unit) {
            merge.open.push(unit);
        }
    }
    merge
}

/// True if two sides say the same there.
pub fn same(one: &LeadFields, other: &LeadFields, unit: &str) -> bool {
    let changed = one.changed(other);
    !changed.iter().any(|field| unit_of(field) == unit)
}

fn take(into: &mut LeadFields, unit: &str, from: &LeadFields) {
    into.take(unit, from);
    if unit == "value" {
        into.take("currency", from);
    }
}

fn unit_of(field: &'static str) -> &'static str {
    match field {
        "currency" => "value",
        other => other,
    }
}

/// Takes from `theirs` what was chosen so on the conflict page; without a choice it stays mine.
fn choose(mine: &mut LeadFields, theirs: &LeadFields, sent: &Fields) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for unit in units() {
        match sent.text(&format!("choose_{unit}")) {
            None | Some("mine") => {}
            Some("theirs") => take(mine, unit, theirs),
            Some(_) => errors.add(unit, Message::new("status-choice-unknown")),
        }
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(errors),
    }
}

/// Saves what a form sent: the fields, the `version` they were made from, after a conflict the choices, and `restore`
/// to take it out of the bin first.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if it is not theirs, or they change its owner or restore it and may not.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    sent: &Fields,
    lang: Lang,
) -> Result<Edited> {
    let typed = LeadForm::read_typed(sent, lang);
    let lead = store::hold(conn, id)?;
    rights.must_touch(&lead)?;
    if lead.is_deleted() {
        if !sent.is_on("restore") {
            return gone(conn, lead, typed);
        }
        rights.must_manage()?;
    }
    let version = typed.version().ok().flatten();
    let base = base(conn, &lead, version)?;
    let begun = base.as_ref().unwrap_or(&lead.fields);
    let mut mine = match typed.parse(Some(begun)) {
        Ok(mine) => mine,
        Err(errors) => return Ok(refused(lead, typed, errors)),
    };
    if let Err(errors) = choose(&mut mine, begun, sent) {
        let version = typed.version.clone();
        return Ok(refused(lead, typed.again(&mine, version), errors));
    }
    let merge = merge(base.as_ref(), &mine, &lead.fields);
    let touched = touched_since(conn, &lead, version)?;
    if !merge.open.is_empty() {
        return Ok(Edited::Contested(Box::new(Contested {
            typed: typed.again(&merge.merged, Raw::default()),
            lead,
            merge,
            touched,
        })));
    }
    put(conn, (actor, rights), lead, &merge, touched, &typed)
}

/// Writes what was put together, and takes the lead out of the bin first if it is there.
fn put(
    conn: &mut Conn,
    (actor, rights): (&Actor, Rights),
    lead: Lead,
    merge: &Merge,
    touched: Vec<Touched>,
    typed: &LeadForm,
) -> Result<Edited> {
    let lead = match lead.is_deleted() {
        true => restored(conn, actor, rights, lead.id)?,
        false => lead,
    };
    match write(conn, actor, rights, &lead, merge, touched) {
        // The rules are asked before anything is written, so there is nothing to take back.
        Err(Error::Taken(errors) | Error::Invalid(errors)) => {
            let version = Raw::Text(lead.version.to_string());
            let again = typed.again(&merge.merged, version);
            Ok(refused(lead, again, errors))
        }
        written => written.map(|saved| Edited::Saved(Box::new(saved))),
    }
}

fn restored(conn: &mut Conn, actor: &Actor, rights: Rights, id: i64) -> Result<Lead> {
    changes::restore(conn, actor, rights, &[id])?;
    store::find(conn, id)
}

fn refused(lead: Lead, typed: LeadForm, errors: FieldErrors) -> Edited {
    Edited::Refused(Box::new(Refused {
        lead,
        typed,
        errors,
    }))
}

/// The fields that the edit was made from; nothing if they aren't on record.
fn base(conn: &mut Conn, lead: &Lead, version: Option<i32>) -> Result<Option<LeadFields>> {
    let Some(version) = version else {
        return Ok(None);
    };
    if version == lead.version {
        return Ok(Some(lead.fields.clone()));
    }
    let kept = audit::base_of(conn, SUBJECT, lead.id, version)?;
    let snapshot: Option<LeadSnapshot> = kept.and_then(|kept| serde_json::from_value(kept).ok());
    Ok(snapshot.and_then(|snapshot| snapshot.fields()))
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead: &Lead,
    merge: &Merge,
    mut touched: Vec<Touched>,
) -> Result<Saved> {
    let after = changes::update(conn, actor, rights, lead.id, None, &merge.merged)?;
    touched.retain(|touched| merge.taken.contains(&touched.field));
    Ok(Saved {
        is_changed: after.version != lead.version,
        lead: after,
        kept: touched,
    })
}

/// Who last changed each unit since `version`; nobody if it is the current one.
fn touched_since(conn: &mut Conn, lead: &Lead, version: Option<i32>) -> Result<Vec<Touched>> {
    if version == Some(lead.version) {
        return Ok(Vec::new());
    }
    audit::touched_since(conn, SUBJECT, lead.id, version, changed_units)
}

/// The units that an entry of the audit log changed.
fn changed_units(entry: &Recorded) -> Vec<&'static str> {
    let (before, after) = moments(entry);
    let fields = |moment: Option<LeadSnapshot>| moment.and_then(|moment| moment.fields());
    match (fields(before), fields(after)) {
        (Some(before), Some(after)) => after.changed(&before).into_iter().map(unit_of).collect(),
        _ => Vec::new(),
    }
}

/// A lead before and after a change that the audit log tells of.
pub fn moments(entry: &Recorded) -> (Option<LeadSnapshot>, Option<LeadSnapshot>) {
    let read = |value: Option<serde_json::Value>| serde_json::from_value(value?).ok();
    (read(entry.before()), read(entry.after()))
}

fn gone(conn: &mut Conn, lead: Lead, typed: LeadForm) -> Result<Edited> {
    let last = audit::of_subject(conn, SUBJECT, lead.id, None, 1)?.pop();
    let (by, at) = match last {
        Some(entry) => (entry.actor, entry.recorded_at),
        None => (lead.updated_by.clone(), lead.updated_at),
    };
    Ok(Edited::Gone(Box::new(Gone {
        lead,
        by,
        at,
        typed,
    })))
}

#[cfg(test)]
mod tests {
    use super::super::lead::tests::lead;
    use super::super::text::Line;
    use super::super::{Currency, Money};
    use super::*;

    fn fields(company: &str, value: i64, currency: &str) -> LeadFields {
        LeadFields {
            company: Line::parse(company).unwrap(),
            value_cents: Some(value),
            currency: Currency::parse(currency).unwrap(),
            ..lead(1, "Ana").fields
        }
    }

    #[test]
    fn changes_to_different_fields_merge_by_themselves() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Zeta", 100, "EUR"));
        let merge = merge(Some(&base), &mine, &theirs);
        assert_eq!(merge.merged, fields("Zeta", 200, "EUR"));
        assert_eq!((merge.open.len(), merge.taken), (0, vec!["company"]));
    }

    #[test]
    fn an_amount_and_its_currency_are_one_thing() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Acme", 100, "JPY"));
        assert_eq!(merge(Some(&base), &mine, &theirs).open, ["value"]);
        let merge = merge(Some(&base), &base, &theirs);
        let money = merge.merged.money().map(Money::to_plain);
        assert_eq!(money.as_deref(), Some("100"));
    }

    #[test]
    fn without_a_base_every_difference_is_put_to_the_user() {
        let (mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "EUR"));
        assert_eq!(merge(None, &mine, &theirs).open, ["company", "value"]);
        assert_eq!(merge(None, &mine, &mine).open.len(), 0);
    }

    #[test]
    fn a_choice_takes_one_side() {
        let (mut mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "RON"));
        let sent = |choice| Fields::from_pairs([("choose_value", choice)]);
        assert!(choose(&mut mine, &theirs, &sent("both")).is_err());
        choose(&mut mine, &theirs, &sent("theirs")).unwrap();
        assert_eq!(mine, fields("Acme", 2, "RON"));
    }
}
