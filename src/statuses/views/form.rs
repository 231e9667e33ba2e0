use askama::Template;

use super::outcome::Outcome;
use super::value::Value;
use crate::audit::Touched;
use crate::clock::Timestamp;
use crate::error::FieldErrors;
use crate::statuses::edit::{Contested, Gone};
use crate::statuses::pages::LIST;
use crate::statuses::pages::back::list_of;
use crate::statuses::{Color, FIELDS, Kind, LeadStatus, StatusFields, StatusForm, label};
use crate::web::Page;

/// The fields of a status in a form, as they were typed, with what is wrong with them.
pub struct FormPart {
    pub typed: StatusForm,
    pub errors: FieldErrors,
    /// Where Cancel leads, and where saving leads.
    pub back: String,
}

impl FormPart {
    /// A form that was just opened.
    pub fn new(typed: StatusForm, back: String) -> FormPart {
        FormPart::refused(typed, FieldErrors::new(), back)
    }

    /// A form that comes back.
    pub fn refused(typed: StatusForm, errors: FieldErrors, back: String) -> FormPart {
        FormPart {
            typed,
            errors,
            back,
        }
    }

    /// The swatch that is chosen: its hex, or `custom`.
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

    /// What the preview says until a name is typed.
    fn preview_name<'a>(&'a self, page: &Page) -> &'a str {
        match self.typed.name.text().trim() {
            "" => page.t("web-preview-name"),
            name => name,
        }
    }

    /// The list, in the state it was left in if that is known.
    fn list(&self) -> String {
        list_of(&self.back)
    }

    /// The words for `data-guard`: what came back with errors isn't saved yet.
    fn guard(&self) -> &'static str {
        if self.errors.is_empty() { "" } else { "dirty" }
    }
}

/// The form for a new status.
#[derive(Template)]
#[template(path = "statuses/new.html")]
pub struct NewPage {
    pub page: Page,
    /// What was just created, if this is another.
    pub outcome: Option<Outcome>,
    pub form: FormPart,
}

/// The form for a status that exists.
#[derive(Template)]
#[template(path = "statuses/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub form: FormPart,
    pub status: LeadStatus,
    /// How many leads are in it.
    pub leads: i64,
}

impl EditPage {
    fn path(&self) -> String {
        format!("{LIST}/{}", self.status.id)
    }
}

/// A field that both sides changed, each in its own way.
pub struct Choice {
    pub field: &'static str,
    pub label: &'static str,
    pub mine: Value,
    pub theirs: Value,
    pub by: String,
    pub at: Timestamp,
}

/// A field that only one side changed.
pub struct Merged {
    pub label: &'static str,
    pub value: Value,
    /// Who changed it; nothing for the one who is saving.
    pub by: Option<String>,
}

/// The choice between what two people made of the same fields.
#[derive(Template)]
#[template(path = "statuses/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub status: LeadStatus,
    pub choices: Vec<Choice>,
    pub merged: Vec<Merged>,
    /// Everything together, mine where it is contested: what the form sends.
    pub typed: StatusForm,
    pub back: String,
}

impl ConflictPage {
    /// The page for an edit that contradicts what is saved.
    pub fn new(page: Page, contested: Contested, back: String) -> ConflictPage {
        let Contested {
            status,
            merge,
            touched,
        } = contested;
        let who = |field: &str| touched.iter().find(|touched| touched.field == field);
        let choices = merge.conflicts.iter().map(|found| {
            let (by, at) = author(who(found.field), &status);
            Choice {
                field: found.field,
                label: page.t(found.label()),
                mine: Value::of(&found.mine, page.lang),
                theirs: Value::of(&found.theirs, page.lang),
                by,
                at,
            }
        });
        let choices: Vec<Choice> = choices.collect();
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

fn author(touched: Option<&Touched>, status: &LeadStatus) -> (String, Timestamp) {
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
) -> Option<Merged> {
    let is_mine = by.is_none();
    let value = merged.shown(field);
    if is_mine && value == theirs.shown(field) {
        return None;
    }
    Some(Merged {
        label: page.t(label(field)),
        value: Value::of(&value, page.lang),
        by,
    })
}

/// What was typed for a status that someone deleted meanwhile.
#[derive(Template)]
#[template(path = "statuses/gone.html")]
pub struct GonePage {
    pub page: Page,
    pub gone: Gone,
    pub back: String,
}

impl GonePage {
    /// Label and text of what was typed, without what was left empty.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let texts = self.gone.typed.texts();
        let filled = texts.filter(|(name, text)| FIELDS.contains(name) && !text.trim().is_empty());
        filled
            .map(|(name, text)| (self.page.t(label(name)), self.in_words(name, text)))
            .collect()
    }

    fn in_words<'a>(&'a self, name: &str, text: &'a str) -> &'a str {
        match (name, text.parse::<Kind>()) {
            ("kind", Ok(kind)) => self.page.t(kind.key()),
            ("color", _) => match Color::parse(text).ok().and_then(|color| color.hue()) {
                Some(hue) => self.page.t(hue.key()),
                None if text == "custom" => self.gone.typed.color_custom.text(),
                None => text,
            },
            _ => text,
        }
    }
}
