//! Saving an edit of a record that another user may have changed since the form was opened. Changes of different fields
//! are merged; if both sides changed one field, nothing is written and the user chooses.

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::records::field::{Field, FieldValues};
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;

/// The last edit of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct LastEdit<F> {
    pub field: F,
    pub by: String,
    pub at: Timestamp,
}

/// The labels of the fields, joined by commas.
pub fn labels<F: Field>(edits: &[LastEdit<F>], lang: Lang) -> String {
    let labels = edits.iter().map(|edit| lang.t(edit.field.label()));
    labels.collect::<Vec<&str>>().join(", ")
}

/// A record with editable fields.
pub trait Editable {
    type Values: FieldValues;
    type Form: EditForm<Self::Values>;

    fn values(&self) -> Self::Values;

    /// The number of the version, which every change increases.
    fn version(&self) -> i32;

    /// The author and the time of the last change.
    fn last_change(&self) -> (&str, Timestamp);
}

/// Refuses a change that started from another version than the current one.
///
/// # Errors
/// Returns [`Error::StaleVersion`] if they differ.
pub fn check_version(record: &impl Editable, version: Option<i32>) -> Result<()> {
    let current = record.version();
    match version {
        Some(version) if version != current => Err(Error::StaleVersion { current }),
        _ => Ok(()),
    }
}

/// The form with the fields of a record.
pub trait EditForm<V>: Sized {
    /// The version from which the edit started, as it was sent.
    fn version(&self) -> &FormValue;

    /// The checked values. A field that was not sent keeps its value in `current`.
    ///
    /// # Errors
    /// Returns messages at the fields.
    fn parse_edit(&self, current: &V) -> Result<V, FieldErrors>;

    /// This form with other values and another version.
    fn with_values(&self, values: &V, version: FormValue) -> Self;
}

/// The parts of an edit that depend on the kind of record.
pub trait RecordEdit<R: Editable> {
    /// The values at `version`, if they are known, and the last edit of each group since then.
    fn history(&self, conn: &mut Conn, record: &R, version: Option<i32>) -> Result<History<R>>;

    /// The rules between several fields.
    ///
    /// # Errors
    /// Returns messages at the fields.
    fn check(&self, _values: &R::Values) -> Result<(), FieldErrors> {
        Ok(())
    }

    /// The fields that [`RecordEdit::check`] reads. If a merge breaks the rule, the user chooses each of them.
    fn checked_fields(&self) -> &'static [FieldOf<R>] {
        &[]
    }

    /// Called before the merged values are written.
    fn prepare(&self, _conn: &mut Conn, record: R) -> Result<R> {
        Ok(record)
    }

    /// Writes the merged values. Checks them before it writes anything, so that a refusal needs no rollback.
    fn write(&self, conn: &mut Conn, record: &R, values: &R::Values) -> Result<R>;
}

/// The fields of a record.
pub type FieldOf<R> = <<R as Editable>::Values as FieldValues>::Field;

/// The values from which an edit started, if they are known, and the last edit of each group since.
pub type History<R> = (Option<<R as Editable>::Values>, Vec<LastEdit<FieldOf<R>>>);

/// The outcome of an edit.
pub enum EditOutcome<R: Editable> {
    /// It is saved, or it changed nothing.
    Saved(SavedEdit<R>),
    /// A value is invalid; nothing was written.
    Invalid(InvalidEdit<R>),
    /// Another user changed the same fields; nothing was written.
    Conflict(Box<ConflictingEdit<R>>),
    /// The record was deleted.
    Deleted(DeletedEdit<R::Form>),
}

/// A saved edit.
pub struct SavedEdit<R: Editable> {
    pub record: R,
    /// False if the edit changed nothing.
    pub is_changed: bool,
    /// The changes of others that the edit was merged with.
    pub merged_changes: Vec<LastEdit<FieldOf<R>>>,
}

/// An edit with invalid values.
pub struct InvalidEdit<R: Editable> {
    pub record: R,
    pub typed: R::Form,
    pub errors: FieldErrors,
}

/// An edit of fields that another user changed first.
pub struct ConflictingEdit<R: Editable> {
    pub record: R,
    pub merge: Merge<R::Values>,
    /// The last change of each field since the edit started.
    pub last_edits: Vec<LastEdit<FieldOf<R>>>,
    /// The merged values, with those of the edit for a conflict; without a version.
    pub typed: R::Form,
}

/// An edit of a record that was deleted.
pub struct DeletedEdit<T> {
    pub name: String,
    pub by: String,
    pub at: Timestamp,
    pub typed: T,
}

/// The merge of an edit with the changes of another user.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge<V: FieldValues> {
    /// The merged values; for a conflict they hold the value of the edit.
    pub merged: V,
    /// The fields that both sides changed to different values: the user must choose.
    pub conflicts: Vec<V::Field>,
    /// The fields that only the other side changed.
    pub theirs_only: Vec<V::Field>,
}

/// Saves an edit of a locked record: the form, and the choices in `fields` after a conflict.
pub fn save<R: Editable>(
    conn: &mut Conn,
    edit: &impl RecordEdit<R>,
    record: R,
    typed: R::Form,
    fields: &Fields,
) -> Result<EditOutcome<R>> {
    let version = version_of(&typed);
    let theirs = record.values();
    let (base, last_edits) = match version == Some(record.version()) {
        true => (Some(theirs.clone()), Vec::new()),
        false => edit.history(conn, &record, version)?,
    };
    let original = base.as_ref().unwrap_or(&theirs);
    let mut mine = match typed.parse_edit(original) {
        Ok(mine) => mine,
        Err(errors) => return Ok(invalid(record, typed, errors)),
    };
    let checked = apply_choices(&mut mine, original, fields).and_then(|()| edit.check(&mine));
    if let Err(errors) = checked {
        let typed = typed.with_values(&mine, typed.version().clone());
        return Ok(invalid(record, typed, errors));
    }
    let is_valid = |values: &R::Values| edit.check(values).is_ok();
    let merge = merge(
        base.as_ref(),
        &mine,
        &theirs,
        is_valid,
        edit.checked_fields(),
    );
    if merge.conflicts.is_empty() {
        return write(conn, edit, record, &typed, merge, last_edits);
    }
    Ok(EditOutcome::Conflict(Box::new(ConflictingEdit {
        typed: typed.with_values(&merge.merged, FormValue::Absent),
        record,
        merge,
        last_edits,
    })))
}

fn version_of<V>(typed: &impl EditForm<V>) -> Option<i32> {
    let version = typed.version().simple().ok().flatten()?;
    crate::records::form_value::parse_version(version)
        .ok()
        .flatten()
}

fn invalid<R: Editable>(record: R, typed: R::Form, errors: FieldErrors) -> EditOutcome<R> {
    EditOutcome::Invalid(InvalidEdit {
        record,
        typed,
        errors,
    })
}

fn write<R: Editable>(
    conn: &mut Conn,
    edit: &impl RecordEdit<R>,
    record: R,
    typed: &R::Form,
    merge: Merge<R::Values>,
    mut last_edits: Vec<LastEdit<FieldOf<R>>>,
) -> Result<EditOutcome<R>> {
    let record = edit.prepare(conn, record)?;
    match edit.write(conn, &record, &merge.merged) {
        Ok(after) => {
            last_edits.retain(|edit| merge.theirs_only.contains(&edit.field));
            Ok(EditOutcome::Saved(SavedEdit {
                is_changed: after.version() != record.version(),
                record: after,
                merged_changes: last_edits,
            }))
        }
        Err(Error::Taken(errors) | Error::Invalid(errors)) => {
            let version = FormValue::Text(record.version().to_string());
            let typed = typed.with_values(&merge.merged, version);
            Ok(invalid(record, typed, errors))
        }
        Err(error) => Err(error),
    }
}

/// Merges two edits of `base`. Without a `base` every difference is a conflict, because it is unknown who changed what.
/// If the result isn't valid, though each side is, the fields of `checked` in which they differ are in conflict.
pub fn merge<V: FieldValues>(
    base: Option<&V>,
    mine: &V,
    theirs: &V,
    is_valid: impl Fn(&V) -> bool,
    checked: &[V::Field],
) -> Merge<V> {
    let is_as_before =
        |side: &V, group| base.is_some_and(|base: &V| side.group_equals(group, base));
    let mut merged = mine.clone();
    let mut conflicts = Vec::new();
    let differing: Vec<V::Field> = V::Field::merge_groups()
        .filter(|group| !mine.group_equals(*group, theirs))
        .collect();
    for group in &differing {
        if is_as_before(mine, *group) {
            merged.copy_group(*group, theirs);
        } else if !is_as_before(theirs, *group) {
            conflicts.push(*group);
        }
    }
    if !is_valid(&merged) {
        for field in checked {
            merged.copy_group(*field, mine);
        }
        let needs_choice = |group: &V::Field| conflicts.contains(group) || checked.contains(group);
        conflicts = differing.iter().copied().filter(needs_choice).collect();
    }
    let is_theirs = |group: &V::Field| merged.group_equals(*group, theirs);
    Merge {
        theirs_only: differing.into_iter().filter(is_theirs).collect(),
        conflicts,
        merged,
    }
}

/// Sets the groups to their values in `original` for which the user chose "theirs" on the conflict page. That page sends
/// the version of the other user, so `original` has those values.
pub fn apply_choices<V: FieldValues>(
    mine: &mut V,
    original: &V,
    fields: &Fields,
) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    for group in V::Field::merge_groups() {
        match fields.text(&format!("choose_{}", group.name())) {
            None | Some("mine") => {}
            Some("theirs") => mine.copy_group(group, original),
            Some(_) => errors.add(group.name(), Message::new("web-choice-unknown")),
        }
    }
    errors.value_or_errors(())
}
