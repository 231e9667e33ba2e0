//! The views of the forms: a new status, an edit, a conflict, and an edit of a deleted status.

use askama::Template;

use crate::audit::LastEdit;
use crate::clock::Timestamp;
use crate::error::FieldErrors;
use crate::statuses::actions::edit::{ConflictingEdit, DeletedEdit};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::{FIELDS, LeadStatus, StatusFields, label_key};
use crate::statuses::http::pages::LIST;
use crate::statuses::http::paths::list_path;
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::http::views::value::ValueView;
use crate::web::Page;

/// The fields of a form as they were typed, with their errors.
pub struct FormPart {
    pub typed: StatusForm,
    pub errors: FieldErrors,
    /// The return address of Cancel and of saving.
    pub back: String,
}

impl FormPart {
    /// A form without errors.
    pub fn new(typed: StatusForm, back: String) -> FormPart {
        FormPart::with_errors(typed, FieldErrors::new(), back)
    }

    /// A form with errors.
    pub fn with_errors(typed: StatusForm, errors: FieldErrors, back: String) -> FormPart {
        FormPart {
            typed,
            errors,
            back,
        }
    }

    /// The chosen swatch: its hex, or `custom`.
    fn swatch(&self) -> &'static str {
        let typed = self.typed.color.text();
        let hue = Color::parse(typed).ok().and_then(|color| color.hue());
        hue.map_or("custom", |hue| hue.hex())
    }

    /// The text of the hex field.
    fn hex(&self) -> &str {
        match self.typed.color.text() {
            "custom" => self.typed.color_custom.text(),
            typed if self.swatch() == "custom" => typed,
            _ => self.typed.color_custom.text(),
        }
    }

    fn color(&self) -> Color {
        self.typed.preview_color()
    }

    fn kind(&self) -> Kind {
        self.typed.kind.text().parse().unwrap_or_default()
    }

    /// The name in the preview, or a sample until one is typed.
    fn preview_name<'a>(&'a self, page: &Page) -> &'a str {
        match self.typed.name.text().trim() {
            "" => page.t("web-preview-name"),
            name => name,
        }
    }

    /// The list in the state of the return address.
    fn list(&self) -> String {
        list_path(&self.back)
    }

    /// The value of `data-guard`: a form with errors has unsaved values.
    fn guard(&self) -> &'static str {
        if self.errors.is_empty() { "" } else { "dirty" }
    }
}

/// The form for a new status.
#[derive(Template)]
#[template(path = "statuses/new.html")]
pub struct NewPage {
    pub page: Page,
    /// The status just created, if the user adds another.
    pub outcome: Option<BatchOutcome>,
    pub form: FormPart,
}

/// The form for a status that exists.
#[derive(Template)]
#[template(path = "statuses/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub form: FormPart,
    pub status: LeadStatus,
    /// The number of leads in it.
    pub leads: i64,
}

impl EditPage {
    fn path(&self) -> String {
        format!("{LIST}/{}", self.status.id)
    }
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
    /// Who changed it; nothing for the user who is saving.
    pub by: Option<String>,
}

/// The choice between two edits of the same fields.
#[derive(Template)]
#[template(path = "statuses/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub status: LeadStatus,
    pub choices: Vec<ConflictChoice>,
    pub merged: Vec<MergedField>,
    /// The merged fields, with this edit's value where both changed one: what the form sends.
    pub typed: StatusForm,
    pub back: String,
}

impl ConflictPage {
    /// The page for an edit in conflict.
    pub fn new(page: Page, contested: ConflictingEdit, back: String) -> ConflictPage {
        let ConflictingEdit {
            status,
            merge,
            last_changes: touched,
        } = contested;
        let who = |field: &str| touched.iter().find(|touched| touched.field == field);
        let choices = merge.conflicts.iter().map(|conflict| {
            let (by, at) = author(who(conflict.field), &status);
            ConflictChoice {
                field: conflict.field,
                label: page.t(conflict.label_key()),
                mine: ValueView::of(&conflict.mine, page.lang),
                theirs: ValueView::of(&conflict.theirs, page.lang),
                by,
                at,
            }
        });
        let choices: Vec<ConflictChoice> = choices.collect();
        let is_open = |field: &str| choices.iter().any(|choice| choice.field == field);
        let theirs = status.fields();
        let merged = FIELDS.into_iter().filter(|field| !is_open(field));
        let merged = merged.filter_map(|field| {
            let is_taken = merge.taken_from_theirs.contains(&field);
            let by = is_taken.then(|| author(who(field), &status).0);
            merged_field(&page, field, &merge.merged, &theirs, by)
        });
        let merged = merged.collect();
        ConflictPage {
            typed: StatusForm::of_fields(&merge.merged),
            choices,
            merged,
            status,
            back,
            page,
        }
    }
}

impl ConflictPage {
    fn path(&self) -> String {
        format!("{LIST}/{}", self.status.id)
    }
}

fn author(touched: Option<&LastEdit>, status: &LeadStatus) -> (String, Timestamp) {
    match touched {
        Some(touched) => (touched.by.clone(), touched.at),
        None => (status.updated_by.clone(), status.updated_at),
    }
}

fn merged_field(
    page: &Page,
    field: &'static str,
    merged: &StatusFields,
    theirs: &StatusFields,
    by: Option<String>,
) -> Option<MergedField> {
    let is_mine = by.is_none();
    let value = merged.display_value(field);
    if is_mine && value == theirs.display_value(field) {
        return None;
    }
    Some(MergedField {
        label: page.t(label_key(field)),
        value: ValueView::of(&value, page.lang),
        by,
    })
}

/// The typed values of an edit of a deleted status.
#[derive(Template)]
#[template(path = "statuses/gone.html")]
pub struct DeletedPage {
    pub page: Page,
    pub deleted: DeletedEdit,
    pub back: String,
}

impl DeletedPage {
    /// Label and text of the fields that were filled in.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let texts = self.deleted.typed.texts();
        let filled = texts.filter(|(name, text)| FIELDS.contains(name) && !text.trim().is_empty());
        filled
            .map(|(name, text)| (self.page.t(label_key(name)), self.in_words(name, text)))
            .collect()
    }

    fn in_words<'a>(&'a self, name: &str, text: &'a str) -> &'a str {
        match (name, text.parse::<Kind>()) {
            ("kind", Ok(kind)) => self.page.t(kind.key()),
            ("color", _) => match Color::parse(text).ok().and_then(|color| color.hue()) {
                Some(hue) => self.page.t(hue.key()),
                None if text == "custom" => self.deleted.typed.color_custom.text(),
                None => text,
            },
            _ => text,
        }
    }
}
