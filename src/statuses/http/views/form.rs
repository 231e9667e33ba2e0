//! The views of the forms: a new status, an edit, a conflict, and an edit of a deleted status.

use askama::Template;

use crate::audit::actor_label;
use crate::error::FieldErrors;
use crate::records::edit::{ConflictingEdit, DeletedEdit};
use crate::records::field::Field;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusFields};
use crate::statuses::http::paths::{LIST, RETURN_TO, StatusLinks};
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::http::views::value::value_view;
use crate::web::{ConflictPage, DeletedPage, Page, RecordLinks};

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
        let typed = self.typed.text(StatusField::Color);
        let hue = Color::parse(typed).ok().and_then(|color| color.hue());
        hue.map_or("custom", |hue| hue.hex())
    }

    /// The text of the hex field.
    fn hex(&self) -> &str {
        match self.typed.text(StatusField::Color) {
            "custom" => self.typed.color_custom.text(),
            typed if self.swatch() == "custom" => typed,
            _ => self.typed.color_custom.text(),
        }
    }

    fn kind(&self) -> Kind {
        self.typed
            .text(StatusField::Kind)
            .parse()
            .unwrap_or_default()
    }

    /// The name in the preview, or a sample until one is typed.
    fn preview_name<'a>(&'a self, page: &Page) -> &'a str {
        match self.typed.text(StatusField::Name).trim() {
            "" => page.t("web-preview-name"),
            name => name,
        }
    }

    fn text(&self, field: &StatusField) -> &str {
        self.typed.text(*field)
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

/// The page on which the user chooses between two edits.
pub fn conflict_page(
    page: Page,
    conflict: &ConflictingEdit<LeadStatus>,
    back: String,
) -> ConflictPage {
    let lang = page.lang;
    let status = &conflict.record;
    let record = record_links(&page, &status.name, status.path());
    let value = |values: &StatusFields, field| value_view(&values.display_value(field), lang);
    let author = |by: &str| actor_label(by, lang).to_owned();
    let hidden = hidden(&conflict.typed);
    ConflictPage::new(page, record, conflict, value, author, hidden, back)
}

fn record_links(page: &Page, name: &impl ToString, path: String) -> RecordLinks {
    RecordLinks {
        list_label: page.t("status-form-crumb"),
        list: LIST.to_owned(),
        name: name.to_string(),
        path,
    }
}

fn hidden(typed: &StatusForm) -> Vec<(&'static str, String)> {
    let texts = typed.texts();
    texts.map(|(name, text)| (name, text.to_owned())).collect()
}

/// The page with what was typed for a status that was deleted.
pub fn deleted_page(page: Page, deleted: &DeletedEdit<StatusForm>, back: String) -> DeletedPage {
    let name = deleted.name.as_str();
    let texts = deleted.typed.fields.texts();
    let filled = texts.filter(|(_, text)| !text.trim().is_empty());
    let typed = filled.map(|(field, text)| {
        let text = typed_text(&page, &deleted.typed, field, text);
        (page.t(field.label()), text.to_owned())
    });
    DeletedPage {
        typed: typed.collect(),
        record: RecordLinks {
            list: back.clone(),
            ..record_links(&page, &name, String::new())
        },
        title: page.t1("status-gone-title", "name", name),
        lead: page.t("web-deleted-lead"),
        by: page.t1("web-deleted-by", "who", actor_label(&deleted.by, page.lang)),
        at: deleted.at,
        action: LIST.to_owned(),
        hidden: hidden(&deleted.typed),
        advice: None,
        button: page.t("status-gone-again"),
        back,
        page,
    }
}

fn typed_text<'a>(
    page: &Page,
    typed: &'a StatusForm,
    field: StatusField,
    text: &'a str,
) -> &'a str {
    match (field, text.parse::<Kind>()) {
        (StatusField::Kind, Ok(kind)) => page.t(kind.key()),
        (StatusField::Color, _) => match Color::parse(text).ok().and_then(|color| color.hue()) {
            Some(hue) => page.t(hue.key()),
            None if text == "custom" => typed.color_custom.text(),
            None => text,
        },
        _ => text,
    }
}
