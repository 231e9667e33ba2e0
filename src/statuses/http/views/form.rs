//! The views of the forms: a new status, an edit, a conflict, and an edit of a deleted status.

use askama::Template;

use crate::audit::actor_label;
use crate::error::FieldErrors;
use crate::records::edit::{ConflictingEdit, DeletedEdit};
use crate::records::field::Field;
use crate::records::form_value::parse_bool;
use crate::statuses::domain::color::Color;
use crate::statuses::domain::entry_rule::EntryRules;
use crate::statuses::domain::form::StatusForm;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::handoff_form::{self, HandoffInputs};
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::movement::{CREATED, EnterFrom};
use crate::statuses::domain::rule_rows::{self, RuleRow};
use crate::statuses::domain::status::{LeadStatus, StatusField, StatusFields};
use crate::statuses::http::paths::{LIST, RETURN_TO, StatusLinks};
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::http::views::value::value_view;
use crate::web::{ConflictPage, DeletedPage, Page, RecordLinks};

/// The empty rows behind the rules of a status.
const EMPTY_ROWS: usize = 3;

/// The fields of a form as they were typed, with their errors.
pub struct FormPart {
    pub typed: StatusForm,
    pub errors: FieldErrors,
    /// The return address of Cancel and of saving.
    pub back: String,
    /// The statuses that leads can come from: the id and the name.
    pub statuses: Vec<(i64, String)>,
}

impl FormPart {
    /// A form without errors.
    pub fn new(typed: StatusForm, back: String, statuses: Vec<(i64, String)>) -> FormPart {
        FormPart::with_errors(typed, FieldErrors::new(), back, statuses)
    }

    /// A form with errors.
    pub fn with_errors(
        typed: StatusForm,
        errors: FieldErrors,
        back: String,
        statuses: Vec<(i64, String)>,
    ) -> FormPart {
        FormPart {
            typed,
            errors,
            back,
            statuses,
        }
    }

    /// The rules as rows, with a few empty ones behind them.
    fn rule_rows(&self) -> Vec<(usize, RuleRow)> {
        let mut rows = rule_rows::of_text(self.typed.text(StatusField::EntryRules));
        let count = (rows.len() + EMPTY_ROWS).min(EntryRules::MAX);
        rows.resize(count.max(rows.len()), RuleRow::default());
        (1..).zip(rows).collect()
    }

    /// True if the value is in the list of a field.
    fn contains(&self, field: &StatusField, value: &str) -> bool {
        self.typed
            .text(*field)
            .lines()
            .any(|line| line.trim() == value)
    }

    /// The statuses that leads can come from; a deleted one only if the form has it.
    fn origins(&self, page: &Page) -> Vec<(i64, String)> {
        let created = (CREATED, page.t("status-enter-from-created").to_owned());
        let mut origins: Vec<(i64, String)> = vec![created];
        origins.extend(self.statuses.iter().cloned());
        for id in EnterFrom::parse(self.typed.text(StatusField::EnterFrom))
            .unwrap_or_default()
            .ids()
        {
            if origins.iter().all(|(other, _)| other != id) {
                let name = page.t1("status-enter-from-id", "id", id.to_string());
                origins.push((*id, name));
            }
        }
        origins
    }

    /// The hand-off as it was typed.
    fn handoff(&self) -> HandoffInputs {
        handoff_form::of_text(self.typed.text(StatusField::Handoff))
    }

    /// The statuses that an answer can lead to: the id and the name; a deleted one only if the form has it.
    fn destinations(&self, page: &Page, selected: &str) -> Vec<(String, String)> {
        let all = self.statuses.iter();
        let mut statuses: Vec<(String, String)> = all
            .map(|(id, name)| (id.to_string(), name.clone()))
            .collect();
        if !selected.is_empty() && statuses.iter().all(|(id, _)| id != selected) {
            statuses.push((
                selected.to_owned(),
                page.t1("status-enter-from-id", "id", selected),
            ));
        }
        statuses
    }

    /// True if leads enter with a reason only.
    fn needs_reason(&self) -> bool {
        matches!(
            parse_bool(self.typed.text(StatusField::ReasonRequired)),
            Ok(Some(true))
        )
    }

    /// The selected swatch: its hex, or `custom`.
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

/// The roles that receive leads.
pub fn receivers() -> [crate::access::Role; 2] {
    Handoff::CHOICES
}

/// The tests that a rule can have.
pub fn rule_tests() -> &'static [&'static str] {
    &rule_rows::TESTS
}

/// A test of a rule in words.
pub fn test_label(page: &Page, test: &str) -> String {
    let field = rule_rows::field_of(test).map_or("", |field| page.t(field.key()));
    match test.split_once(':') {
        Some(("set", _)) => page.t1("rule-sentence-set", "field", field),
        Some(("at_least", _)) => page.t("rule-what-at-least").to_owned(),
        Some(_) => page.t("rule-what-one-of").to_owned(),
        None if test == "confirm" => page.t("rule-what-confirm").to_owned(),
        None => page.t("rule-what-evidence").to_owned(),
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

/// The page with the typed values for a status that was deleted.
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
        intro: page.t("web-deleted-intro"),
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
