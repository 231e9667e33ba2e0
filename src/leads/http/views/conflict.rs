//! The pages for an edit that conflicts with a saved one, and for an edit of a deleted lead.

use askama::Template;

use crate::audit::{LastEdit, actor_label};
use crate::clock::Timestamp;
use crate::leads::actions::edit::{ConflictingEdit, DeletedEdit, is_same, merge_units};
use crate::leads::domain::display::{UserNames, display, field_label};
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::Lead;
use crate::leads::http::paths::{RETURN_TO, lead_path};
use crate::records::fields::parse_id;
use crate::web::Page;

/// A field that both sides changed to different values.
pub struct ConflictChoice {
    pub field: &'static str,
    pub label: &'static str,
    pub mine: String,
    pub theirs: String,
    pub by: String,
    pub at: Timestamp,
}

/// A field that only one side changed.
pub struct MergedField {
    pub label: &'static str,
    pub value: String,
    /// Who changed it; `None` for the user who saves.
    pub by: Option<String>,
}

/// The page on which the user chooses between two edits.
#[derive(Template)]
#[template(path = "leads/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub lead: Lead,
    pub conflicts: Vec<ConflictChoice>,
    pub merged: Vec<MergedField>,
    /// The merged values, with the user's own for a conflict: what the form sends.
    pub typed: LeadForm,
    pub back: String,
}

impl ConflictPage {
    /// The page for an edit with conflicts.
    pub fn new(
        page: Page,
        conflict: ConflictingEdit,
        people: &UserNames,
        back: String,
    ) -> ConflictPage {
        let ConflictingEdit {
            lead,
            merge,
            last_changes: touched,
            typed,
        } = conflict;
        let author = |field: &str| {
            let (by, at) = author(&touched, field, &lead);
            (actor_label(&by, page.lang).to_owned(), at)
        };
        let choices = merge.conflicts.iter().map(|field| {
            let (by, at) = author(field);
            ConflictChoice {
                field,
                label: page.t(field_label(field)),
                mine: display(&merge.merged, field, people, page.lang),
                theirs: display(&lead.fields, field, people, page.lang),
                by,
                at,
            }
        });
        let choices: Vec<ConflictChoice> = choices.collect();
        let settled = merge_units().filter(|unit| !merge.conflicts.contains(unit));
        let merged = settled.filter_map(|field| {
            let by = merge.theirs_only.contains(&field).then(|| author(field).0);
            let is_as_saved = is_same(&merge.merged, &lead.fields, field);
            (by.is_some() || !is_as_saved).then(|| MergedField {
                label: page.t(field_label(field)),
                value: display(&merge.merged, field, people, page.lang),
                by,
            })
        });
        ConflictPage {
            typed,
            conflicts: choices,
            merged: merged.collect(),
            lead,
            back,
            page,
        }
    }

    fn path(&self) -> String {
        lead_path(self.lead.id)
    }
}

fn author(touched: &[LastEdit], field: &str, lead: &Lead) -> (String, Timestamp) {
    match touched.iter().find(|touched| touched.field == field) {
        Some(touched) => (touched.by.clone(), touched.at),
        None => (lead.updated_by.clone(), lead.updated_at),
    }
}

/// The page with what was typed for a lead that is in the bin.
#[derive(Template)]
#[template(path = "leads/deleted.html")]
pub struct DeletedPage {
    pub page: Page,
    pub edit: DeletedEdit,
    /// Holds the name of the owner that was chosen.
    pub owner_names: UserNames,
    pub can_restore: bool,
    pub back: String,
}

impl DeletedPage {
    fn path(&self) -> String {
        lead_path(self.edit.lead.id)
    }

    fn list(&self) -> String {
        RETURN_TO.list_of(&self.back)
    }

    /// Label and text of each field that was filled in.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let texts = self.edit.typed.sent_texts();
        let filled = texts.filter(|(_, text)| !text.trim().is_empty());
        filled
            .map(|(name, text)| {
                (
                    self.page.t(field_label(name)),
                    self.display_text(name, text),
                )
            })
            .collect()
    }

    fn display_text<'a>(&'a self, name: &str, text: &'a str) -> &'a str {
        let owner = parse_id(text).filter(|_| name == "owner");
        let owner_name = owner.and_then(|owner| self.owner_names.get(&owner));
        owner_name.map_or(text, String::as_str)
    }
}
