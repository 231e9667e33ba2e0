//! The pages for an edit that conflicts with a saved one, and for an edit of a deleted record.

use askama::Template;

use crate::clock::Timestamp;
use crate::records::edit::{ConflictingEdit, Editable, FieldOf, LastEdit};
use crate::records::field::{Field, FieldValues};
use crate::web::Page;

/// A value of a field, in words.
pub struct ValueView {
    pub text: String,
    /// The dot beside the text.
    pub color: Option<ColorDot>,
    /// True if there is no value, and the text says so.
    pub is_none: bool,
}

/// A dot in a colour.
pub struct ColorDot {
    /// The name of the swatch; nothing for a custom colour.
    pub hue: Option<&'static str>,
    /// `#rrggbb`.
    pub hex: String,
}

/// The record that is edited, and the list that it is in.
pub struct RecordLinks {
    pub list_label: &'static str,
    pub list: String,
    pub name: String,
    /// Empty if the record has no page.
    pub path: String,
}

/// A field that both sides changed to different values.
pub struct ConflictChoice {
    pub field: &'static str,
    pub label: &'static str,
    pub mine: ValueView,
    pub theirs: ValueView,
    pub by: String,
    pub at: Timestamp,
}

/// A field that only one side changed.
pub struct MergedField {
    pub label: &'static str,
    pub value: ValueView,
    /// Who changed it; `None` for the user who saves.
    pub by: Option<String>,
}

/// The page on which the user chooses between two edits.
#[derive(Template)]
#[template(path = "web/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub record: RecordLinks,
    pub version: i32,
    pub conflicts: Vec<ConflictChoice>,
    pub merged: Vec<MergedField>,
    /// The merged values as the form sends them, with the user's own for a conflict.
    pub hidden: Vec<(&'static str, String)>,
    pub back: String,
}

impl ConflictPage {
    /// The page for an edit with conflicts. `value` shows a field, `author` is the name that readers know.
    pub fn new<R: Editable>(
        page: Page,
        record: RecordLinks,
        conflict: &ConflictingEdit<R>,
        value: impl Fn(&R::Values, FieldOf<R>) -> ValueView,
        author: impl Fn(&str) -> String,
        hidden: Vec<(&'static str, String)>,
        back: String,
    ) -> ConflictPage {
        let (merge, theirs) = (&conflict.merge, conflict.record.values());
        let last_change = |field| {
            let (by, at) = last_change(conflict, field);
            (author(by), at)
        };
        let choices = merge.conflicts.iter().map(|field| {
            let (by, at) = last_change(*field);
            ConflictChoice {
                field: field.name(),
                label: page.t(field.label()),
                mine: value(&merge.merged, *field),
                theirs: value(&theirs, *field),
                by,
                at,
            }
        });
        let settled = FieldOf::<R>::merge_groups().filter(|group| !merge.conflicts.contains(group));
        let merged = settled.filter_map(|field| {
            let by = merge
                .theirs_only
                .contains(&field)
                .then(|| last_change(field).0);
            let is_changed = by.is_some() || !merge.merged.group_equals(field, &theirs);
            is_changed.then(|| MergedField {
                label: page.t(field.label()),
                value: value(&merge.merged, field),
                by,
            })
        });
        ConflictPage {
            version: conflict.record.version(),
            conflicts: choices.collect(),
            merged: merged.collect(),
            record,
            hidden,
            back,
            page,
        }
    }
}

/// The author and the time of the last change of a field, or else of the record.
fn last_change<R: Editable>(conflict: &ConflictingEdit<R>, field: FieldOf<R>) -> (&str, Timestamp) {
    let last = conflict.last_edits.iter().find(|edit| edit.field == field);
    match last {
        Some(LastEdit { by, at, .. }) => (by, *at),
        None => conflict.record.last_change(),
    }
}

/// The page with the typed values for a record that was deleted meanwhile.
#[derive(Template)]
#[template(path = "web/deleted.html")]
pub struct DeletedPage {
    pub page: Page,
    pub record: RecordLinks,
    pub title: String,
    pub intro: &'static str,
    /// Who deleted it.
    pub by: String,
    pub at: Timestamp,
    /// Label and text of each field that was filled in.
    pub typed: Vec<(&'static str, String)>,
    /// Where the typed values go.
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    /// The advice for a user who can't restore the record.
    pub advice: Option<&'static str>,
    pub button: &'static str,
    pub back: String,
}
