//! The pages for an edit that conflicts with a saved one, and for an edit of a lead in the bin.

use crate::audit::actor_label;
use crate::leads::domain::display::{UserNames, display};
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::http::paths::LIST_PATH;
use crate::leads::http::paths::{RETURN_TO, lead_path};
use crate::records::edit::{ConflictingEdit, DeletedEdit};
use crate::records::field::Field;
use crate::records::fields::parse_id;
use crate::web::{ConflictPage, DeletedPage, Page, RecordLinks, ValueView};

/// The page on which the user chooses between two edits.
pub fn conflict_page(
    page: Page,
    conflict: &ConflictingEdit<Lead>,
    owner_names: &UserNames,
    back: String,
) -> ConflictPage {
    let lang = page.lang;
    let record = RecordLinks {
        list_label: page.t("lead-form-crumb"),
        list: LIST_PATH.to_owned(),
        name: conflict.record.fields.name.to_string(),
        path: lead_path(conflict.record.id),
    };
    let value = |values: &LeadFields, field| {
        let text = display(values, field, owner_names, lang);
        let is_none = text.is_empty();
        ValueView {
            text: if is_none {
                lang.t("lead-value-none").to_owned()
            } else {
                text
            },
            color: None,
            is_none,
        }
    };
    let author = |by: &str| actor_label(by, lang).to_owned();
    let hidden = hidden(&conflict.typed).collect();
    ConflictPage::new(page, record, conflict, value, author, hidden, back)
}

/// The hidden fields that repeat the form, without the version.
fn hidden(typed: &LeadForm) -> impl Iterator<Item = (&'static str, String)> {
    let lang = typed
        .value_lang
        .map(|lang| ("manner", lang.code().to_owned()));
    let texts = typed.fields.texts();
    texts
        .map(|(field, text)| (field.name(), text.to_owned()))
        .chain(lang)
}

/// The page with what was typed for a lead that is in the bin. `owner_names` has the name of the selected owner.
pub fn deleted_page(
    page: Page,
    id: i64,
    deleted: &DeletedEdit<LeadForm>,
    owner_names: &UserNames,
    can_restore: bool,
    back: String,
) -> DeletedPage {
    let typed = &deleted.typed;
    let texts = typed.fields.texts();
    let texts = texts.filter(|(_, text)| !text.trim().is_empty());
    let typed_texts = texts.map(|(field, text)| {
        let owner = parse_id(text).filter(|_| field == LeadField::Owner);
        let owner = owner.and_then(|owner| owner_names.get(&owner));
        let text = owner.map_or(text, String::as_str);
        (page.t(field.label()), text.to_owned())
    });
    let (action, button, advice) = match can_restore {
        true => (lead_path(id), "lead-gone-restore", None),
        false => (
            LIST_PATH.to_owned(),
            "lead-gone-again",
            Some(page.t("lead-gone-ask")),
        ),
    };
    let version = typed.version.text().to_owned();
    let restored = [("restore", "1".to_owned()), ("version", version)];
    let restored = restored.into_iter().filter(|_| can_restore);
    DeletedPage {
        typed: typed_texts.collect(),
        record: RecordLinks {
            list_label: page.t("lead-form-crumb"),
            list: RETURN_TO.list_of(&back),
            name: deleted.name.clone(),
            path: lead_path(id),
        },
        title: page.t1("lead-gone-title", "name", deleted.name.as_str()),
        intro: page.t("web-deleted-intro"),
        by: page.t1("web-deleted-by", "who", actor_label(&deleted.by, page.lang)),
        at: deleted.at,
        action,
        hidden: restored.chain(hidden(typed)).collect(),
        advice,
        button: page.t(button),
        back,
        page,
    }
}
