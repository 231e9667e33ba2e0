//! Saving an edit of a lead that someone else may have changed meanwhile. Changes to different fields are merged; for
//! changes to one field nothing is written, and the user has to choose.

use crate::audit::{self, Actor, LastEdit, StoredEntry};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::leads::actions::changes;
use crate::leads::actions::changes::SUBJECT;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::{FIELDS, Lead, LeadFields, LeadSnapshot};
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::records::fields::Fields;
use crate::web::FormValue;

/// The fields that are merged and chosen, in the order of the form. A value and its currency count as one, under the
/// name of the value.
pub fn merge_units() -> impl Iterator<Item = &'static str> {
    FIELDS.into_iter().filter(|field| unit_of(field) == *field)
}

/// The outcome of an edit.
#[derive(Debug)]
pub enum EditOutcome {
    /// It is saved, or it changed nothing.
    Saved(Box<SavedEdit>),
    /// A value is invalid; nothing was written.
    Invalid(Box<InvalidEdit>),
    /// Someone else changed the same fields; nothing was written.
    Conflict(Box<ConflictingEdit>),
    /// The lead is in the bin.
    Deleted(Box<DeletedEdit>),
}

/// A saved edit.
#[derive(Debug)]
pub struct SavedEdit {
    pub lead: Lead,
    /// False if the edit changed nothing.
    pub is_changed: bool,
    /// The changes of others that the edit was merged with.
    pub merged_changes: Vec<LastEdit>,
}

/// An edit with invalid values.
#[derive(Debug)]
pub struct InvalidEdit {
    pub lead: Lead,
    pub typed: LeadForm,
    pub errors: FieldErrors,
}

/// An edit of a field that someone else changed first.
#[derive(Debug)]
pub struct ConflictingEdit {
    pub lead: Lead,
    pub merge: Merge,
    /// Who changed each field since the edit began.
    pub last_changes: Vec<LastEdit>,
    /// The merged values, written in the language of the form.
    pub typed: LeadForm,
}

/// An edit of a lead that is in the bin.
#[derive(Debug)]
pub struct DeletedEdit {
    pub lead: Lead,
    pub deleted_by: String,
    pub deleted_at: Timestamp,
    pub typed: LeadForm,
}

/// The merge of an edit with what someone else saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// The merged fields; for a conflict they hold the value of the edit.
    pub merged: LeadFields,
    /// The fields that both sides changed to different values; the user has to choose.
    pub conflicts: Vec<&'static str>,
    /// The fields that only the other side changed.
    pub theirs_only: Vec<&'static str>,
}

/// Merges two edits of `base`. Without a `base` every difference is a conflict, because nothing says who changed what.
pub fn merge(base: Option<&LeadFields>, mine: &LeadFields, theirs: &LeadFields) -> Merge {
    let is_as_before = |side: &LeadFields, unit| base.is_some_and(|base| is_same(side, base, unit));
    let mut merge = Merge {
        merged: mine.clone(),
        conflicts: Vec::new(),
        theirs_only: Vec::new(),
    };
    for unit in merge_units().filter(|unit| !is_same(mine, theirs, unit)) {
        if is_as_before(mine, unit) {
            copy_unit(&mut merge.merged, unit, theirs);
            merge.theirs_only.push(unit);
        } else if !is_as_before(theirs, unit) {
            merge.conflicts.push(unit);
        }
    }
    merge
}

/// True if both sides have the same value.
pub fn is_same(one: &LeadFields, other: &LeadFields, unit: &str) -> bool {
    let changed = one.changed_fields(other);
    !changed.iter().any(|field| unit_of(field) == unit)
}

fn copy_unit(into: &mut LeadFields, unit: &str, from: &LeadFields) {
    into.copy_field(unit, from);
    if unit == "value" {
        into.copy_field("currency", from);
    }
}

fn unit_of(field: &'static str) -> &'static str {
    match field {
        "currency" => "value",
        other => other,
    }
}

/// Copies from `theirs` what the user chose on the conflict page; without a choice the value stays.
fn apply_choices(
    mine: &mut LeadFields,
    theirs: &LeadFields,
    sent: &Fields,
) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for unit in merge_units() {
        match sent.text(&format!("choose_{unit}")) {
            None | Some("mine") => {}
            Some("theirs") => copy_unit(mine, unit, theirs),
            Some(_) => errors.add(unit, Message::new("status-choice-unknown")),
        }
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(errors),
    }
}

/// Saves an edit: its fields, the `version` it started from, the choices after a conflict, and `restore` to take the
/// lead out of the bin first.
///
/// [`Error::NotFound`]; [`Error::Forbidden`] if the user may not edit the lead, change its owner or restore it.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    sent: &Fields,
    lang: Lang,
) -> Result<EditOutcome> {
    let typed = LeadForm::read_in_lang(sent, lang);
    let lead = store::lock(conn, id)?;
    rights.require_edit(&lead)?;
    if lead.is_deleted() {
        if !sent.is_on("restore") {
            return deleted(conn, lead, typed);
        }
        rights.require_manage()?;
    }
    let version = typed.parse_version().ok().flatten();
    let base = find_base(conn, &lead, version)?;
    let original = base.as_ref().unwrap_or(&lead.fields);
    let mut mine = match typed.parse(Some(original)) {
        Ok(mine) => mine,
        Err(errors) => return Ok(invalid(lead, typed, errors)),
    };
    if let Err(errors) = apply_choices(&mut mine, original, sent) {
        let version = typed.version.clone();
        return Ok(invalid(lead, typed.with_values(&mine, version), errors));
    }
    let merge = merge(base.as_ref(), &mine, &lead.fields);
    let edits = last_changes_since(conn, &lead, version)?;
    if !merge.conflicts.is_empty() {
        return Ok(EditOutcome::Conflict(Box::new(ConflictingEdit {
            typed: typed.with_values(&merge.merged, FormValue::default()),
            lead,
            merge,
            last_changes: edits,
        })));
    }
    save_merge(conn, (actor, rights), lead, &merge, edits, &typed)
}

/// Writes the merged fields; a lead in the bin is restored first.
fn save_merge(
    conn: &mut Conn,
    (actor, rights): (&Actor, Rights),
    lead: Lead,
    merge: &Merge,
    edits: Vec<LastEdit>,
    typed: &LeadForm,
) -> Result<EditOutcome> {
    let lead = match lead.is_deleted() {
        true => restore(conn, actor, rights, lead.id)?,
        false => lead,
    };
    match write_merge(conn, actor, rights, &lead, merge, edits) {
        // `changes::update` checks before it writes, so nothing has to be rolled back.
        Err(Error::Taken(errors) | Error::Invalid(errors)) => {
            let version = FormValue::Text(lead.version.to_string());
            let form = typed.with_values(&merge.merged, version);
            Ok(invalid(lead, form, errors))
        }
        written => written.map(|saved| EditOutcome::Saved(Box::new(saved))),
    }
}

fn restore(conn: &mut Conn, actor: &Actor, rights: Rights, id: i64) -> Result<Lead> {
    changes::restore(conn, actor, rights, &[id])?;
    store::find(conn, id)
}

fn invalid(lead: Lead, typed: LeadForm, errors: FieldErrors) -> EditOutcome {
    EditOutcome::Invalid(Box::new(InvalidEdit {
        lead,
        typed,
        errors,
    }))
}

/// The fields that the edit started from, if the audit log still has them.
fn find_base(conn: &mut Conn, lead: &Lead, version: Option<i32>) -> Result<Option<LeadFields>> {
    let Some(version) = version else {
        return Ok(None);
    };
    if version == lead.version {
        return Ok(Some(lead.fields.clone()));
    }
    let value = audit::snapshot_at_version(conn, SUBJECT, lead.id, version)?;
    let snapshot: Option<LeadSnapshot> = value.and_then(|value| serde_json::from_value(value).ok());
    Ok(snapshot.and_then(|snapshot| snapshot.fields()))
}

fn write_merge(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead: &Lead,
    merge: &Merge,
    mut edits: Vec<LastEdit>,
) -> Result<SavedEdit> {
    let after = changes::update(conn, actor, rights, lead.id, None, &merge.merged)?;
    edits.retain(|edit| merge.theirs_only.contains(&edit.field));
    Ok(SavedEdit {
        is_changed: after.version != lead.version,
        lead: after,
        merged_changes: edits,
    })
}

/// Who last changed each field since `version`.
fn last_changes_since(conn: &mut Conn, lead: &Lead, version: Option<i32>) -> Result<Vec<LastEdit>> {
    if version == Some(lead.version) {
        return Ok(Vec::new());
    }
    audit::last_edits_since(conn, SUBJECT, lead.id, version, changed_units)
}

/// The fields that an entry of the audit log changed.
fn changed_units(entry: &StoredEntry) -> Vec<&'static str> {
    let (before, after) = snapshots(entry);
    let fields = |moment: Option<LeadSnapshot>| moment.and_then(|moment| moment.fields());
    match (fields(before), fields(after)) {
        (Some(before), Some(after)) => after
            .changed_fields(&before)
            .into_iter()
            .map(unit_of)
            .collect(),
        _ => Vec::new(),
    }
}

/// The snapshots before and after a change in the audit log.
pub fn snapshots(entry: &StoredEntry) -> (Option<LeadSnapshot>, Option<LeadSnapshot>) {
    let read = |value: Option<serde_json::Value>| serde_json::from_value(value?).ok();
    (read(entry.before()), read(entry.after()))
}

fn deleted(conn: &mut Conn, lead: Lead, typed: LeadForm) -> Result<EditOutcome> {
    let last = audit::list_by_subject(conn, SUBJECT, lead.id, None, 1)?.pop();
    let (by, at) = match last {
        Some(entry) => (entry.actor, entry.recorded_at),
        None => (lead.updated_by.clone(), lead.updated_at),
    };
    Ok(EditOutcome::Deleted(Box::new(DeletedEdit {
        lead,
        deleted_by: by,
        deleted_at: at,
        typed,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::lead::tests::lead;
    use crate::leads::domain::text::TextLine;
    use crate::money::{Currency, Money};

    fn fields(company: &str, value: i64, currency: &str) -> LeadFields {
        LeadFields {
            company: TextLine::parse(company).unwrap(),
            value_cents: Some(value),
            currency: Currency::parse(currency).unwrap(),
            ..lead(1, "Ana").fields
        }
    }

    #[test]
    fn changes_to_different_fields_merge() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Zeta", 100, "EUR"));
        let merge = merge(Some(&base), &mine, &theirs);
        assert_eq!(merge.merged, fields("Zeta", 200, "EUR"));
        assert_eq!(
            (merge.conflicts.len(), merge.theirs_only),
            (0, vec!["company"])
        );
    }

    #[test]
    fn a_value_merges_together_with_its_currency() {
        let base = fields("Acme", 100, "EUR");
        let (mine, theirs) = (fields("Acme", 200, "EUR"), fields("Acme", 100, "JPY"));
        assert_eq!(merge(Some(&base), &mine, &theirs).conflicts, ["value"]);
        let merge = merge(Some(&base), &base, &theirs);
        let money = merge.merged.money().map(Money::to_plain);
        assert_eq!(money.as_deref(), Some("100"));
    }

    #[test]
    fn without_a_base_every_difference_is_a_conflict() {
        let (mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "EUR"));
        assert_eq!(merge(None, &mine, &theirs).conflicts, ["company", "value"]);
        assert_eq!(merge(None, &mine, &mine).conflicts.len(), 0);
    }

    #[test]
    fn a_choice_takes_one_side() {
        let (mut mine, theirs) = (fields("Acme", 1, "EUR"), fields("Zeta", 2, "RON"));
        let sent = |choice| Fields::from_pairs([("choose_value", choice)]);
        assert!(apply_choices(&mut mine, &theirs, &sent("both")).is_err());
        apply_choices(&mut mine, &theirs, &sent("theirs")).unwrap();
        assert_eq!(mine, fields("Acme", 2, "RON"));
    }
}
