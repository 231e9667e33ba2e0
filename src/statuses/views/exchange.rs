use askama::Template;

use super::plan::{Badge, PlanView};
use crate::i18n::{Lang, Message};
use crate::statuses::exchange::{COLUMNS, Column, Format};
use crate::statuses::{StandardSet, label};
use crate::web::Page;

/// The languages of a set, each under its own name.
pub const LANGUAGES: [(Lang, &str); 2] = [
    (Lang::En, "sets-language-en"),
    (Lang::Ro, "sets-language-ro"),
];

/// The form that a file is chosen in.
#[derive(Template)]
#[template(path = "statuses/import.html")]
pub struct ImportPage {
    pub page: Page,
    /// Why the file that was sent can't be read.
    pub problem: Option<Message>,
}

impl ImportPage {
    /// The fields that a column may stand for: name and catalogue key.
    fn columns(&self) -> Vec<(&'static str, &'static str)> {
        COLUMNS.iter().map(|field| (*field, label(field))).collect()
    }
}

/// The choice of a standard set.
#[derive(Template)]
#[template(path = "statuses/sets.html")]
pub struct SetsPage {
    pub page: Page,
    pub sets: Vec<SetCard>,
    /// Why nothing was shown just now.
    pub problem: Option<Message>,
}

/// A set with its pipeline.
pub struct SetCard {
    pub set: StandardSet,
    pub badges: Vec<Badge>,
}

/// Where a plan comes from.
pub enum Source {
    File {
        filename: String,
        /// The word under which the file waits.
        upload: String,
        format: Format,
        columns: Vec<Column>,
        /// Which sheet of a workbook was read, and what was left out.
        notes: Vec<Message>,
    },
    Set {
        set: StandardSet,
        lang: Lang,
        archives: bool,
    },
}

/// What an import or a standard set would do, before it does.
#[derive(Template)]
#[template(path = "statuses/plan.html")]
pub struct PlanPage {
    pub page: Page,
    pub source: Source,
    /// Nothing while the columns make no sense.
    pub plan: Option<PlanView>,
    /// Why it was not done just now, or what is wrong with the columns.
    pub problem: Option<Message>,
}

impl PlanPage {
    fn heading(&self) -> String {
        match &self.source {
            Source::File { filename, .. } => {
                self.page.t1("plan-import-title", "name", filename.as_str())
            }
            Source::Set { set, .. } => {
                let name = self.page.t(set.key());
                self.page.t1("plan-set-title", "name", name)
            }
        }
    }

    fn crumb(&self) -> (&'static str, &'static str) {
        match self.source {
            Source::File { .. } => (self.page.t("import-crumb"), "/admin/leads/statuses/import"),
            Source::Set { .. } => (self.page.t("sets-crumb"), "/admin/leads/statuses/sets"),
        }
    }

    /// True if something stands in the way of doing it.
    fn is_refused(&self) -> bool {
        self.plan.as_ref().is_none_or(|plan| !plan.is_acceptable)
    }

    /// What a line is called in this kind of file.
    fn line_key(&self) -> &'static str {
        match &self.source {
            Source::File {
                format: Format::Json,
                ..
            } => "plan-entry",
            Source::File { .. } => "plan-line",
            Source::Set { .. } => "plan-place",
        }
    }

    /// The words on the button.
    fn button(&self, plan: &PlanView) -> String {
        match (&self.source, plan.count()) {
            (Source::Set { .. }, _) => self.page.t("plan-do-set").to_owned(),
            (Source::File { .. }, 0) => self.page.t("plan-do-order").to_owned(),
            (Source::File { .. }, count) => self.page.tn("plan-do-import", count),
        }
    }

    /// The fields that a column may stand for: name and catalogue key.
    fn fields(&self) -> Vec<(&'static str, &'static str)> {
        COLUMNS.iter().map(|field| (*field, label(field))).collect()
    }

    /// The titles of the columns that stand for nothing.
    fn left_out(&self, columns: &[Column]) -> String {
        let left_out: Vec<&str> = columns
            .iter()
            .filter(|column| column.field.is_none() && !column.title.is_empty())
            .map(|column| column.title.as_str())
            .collect();
        left_out.join(", ")
    }
}
