use askama::Template;

use crate::audit::{Touched, shown_actor};
use crate::clock::Timestamp;
use crate::leads::edit::{Contested, Gone, same, units};
use crate::leads::pages::back::{WAY, path_of};
use crate::leads::shown::{People, label, shown};
use crate::leads::{Lead, LeadForm};
use crate::web::Page;
use crate::web::fields::parse_id;

/// A field that both sides changed, each in its own way.
pub struct Choice {
    pub field: &'static str,
    pub label: &'static str,
    pub mine: String,
    pub theirs: String,
    pub by: String,
    pub at: Timestamp,
}

/// A field that only one side changed.
pub struct Merged {
    pub label: &'static str,
    pub value: String,
    /// Who changed it; nothing for the one who is saving.
    pub by: Option<String>,
}

/// The choice between what two people made of the same fields.
#[derive(Template)]
#[template(path = "leads/conflict.html")]
pub struct ConflictPage {
    pub page: Page,
    pub lead: Lead,
    pub choices: Vec<Choice>,
    pub merged: Vec<Merged>,
    /// Everything together, mine where it is contested: what the form sends.
    pub typed: LeadForm,
    pub back: String,
}

impl ConflictPage {
    /// The page for an edit that contradicts what is saved.
    pub fn new(page: Page, contested: Contested, people: &People, back: String) -> ConflictPage {
        let Contested {
            lead,
            merge,
            touched,
            typed,
        } = contested;
        let author = |field: &str| {
            let (by, at) = author(&touched, field, &lead);
            (shown_actor(&by, page.lang).to_owned(), at)
        };
        let choices = merge.open.iter().map(|field| {
            let (by, at) = author(field);
            Choice {
                field,
                label: page.t(label(field)),
                mine: shown(&merge.merged, field, people, page.lang),
                theirs: shown(&lead.fields, field, people, page.lang),
                by,
                at,
            }
        });
        let choices: Vec<Choice> = choices.collect();
        let settled = units().filter(|unit| !merge.open.contains(unit));
        let merged = settled.filter_map(|field| {
            let by = merge.taken.contains(&field).then(|| author(field).0);
            let is_as_saved = same(&merge.merged, &lead.fields, field);
            (by.is_some() || !is_as_saved).then(|| Merged {
                label: page.t(label(field)),
                value: shown(&merge.merged, field, people, page.lang),
                by,
            })
        });
        ConflictPage {
            typed,
            choices,
            merged: merged.collect(),
            lead,
            back,
            page,
        }
    }

    fn path(&self) -> String {
        path_of(self.lead.id)
    }
}

fn author(touched: &[Touched], field: &str, lead: &Lead) -> (String, Timestamp) {
    match touched.iter().find(|touched| touched.field == field) {
        Some(touched) => (touched.by.clone(), touched.at),
        None => (lead.updated_by.clone(), lead.updated_at),
    }
}

/// What was typed for a lead that someone put into the bin meanwhile.
#[derive(Template)]
#[template(path = "leads/gone.html")]
pub struct GonePage {
    pub page: Page,
    pub gone: Gone,
    /// The name of the owner that was chosen.
    pub people: People,
    pub may_restore: bool,
    pub back: String,
}

impl GonePage {
    fn path(&self) -> String {
        path_of(self.gone.lead.id)
    }

    fn list(&self) -> String {
        WAY.list_of(&self.back)
    }

    /// Label and text of what was typed, without what was left empty.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let texts = self.gone.typed.texts();
        let filled = texts.filter(|(_, text)| !text.trim().is_empty());
        filled
            .map(|(name, text)| (self.page.t(label(name)), self.in_words(name, text)))
            .collect()
    }

    fn in_words<'a>(&'a self, name: &str, text: &'a str) -> &'a str {
        let owner = parse_id(text).filter(|_| name == "owner");
        let known = owner.and_then(|owner| self.people.get(&owner));
        known.map_or(text, String::as_str)
    }
}
