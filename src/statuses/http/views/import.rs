//! The views of importing statuses from a file or a standard set.

use askama::Template;

use crate::files::{BlankCells, FileReading, Format};
use crate::i18n::{Lang, Message};
use crate::records::mapped_column::MappedColumn;
use crate::records::mapping::Mapping;
use crate::statuses::actions::import_export::status_file::FILE_FIELDS;
use crate::statuses::domain::sets::StandardSet;
use crate::statuses::http::views::plan::{Badge, PlanView};
use crate::web::Page;

/// The languages of the sets with the catalogue keys of their names.
pub const LANGUAGES: [(Lang, &str); 2] = [
    (Lang::En, "sets-language-en"),
    (Lang::Ro, "sets-language-ro"),
];

/// The form for the file.
#[derive(Template)]
#[template(path = "statuses/import.html")]
pub struct ImportPage {
    pub page: Page,
    /// Why the file that was sent can't be read.
    pub problem: Option<Message>,
}

/// The choice of a standard set.
#[derive(Template)]
#[template(path = "statuses/sets.html")]
pub struct SetsPage {
    pub page: Page,
    pub sets: Vec<SetCard>,
    /// Why no preview was shown.
    pub problem: Option<Message>,
}

/// A set with its pipeline.
pub struct SetCard {
    pub set: StandardSet,
    pub badges: Vec<Badge>,
}

/// The source of a plan.
pub enum Source {
    File {
        filename: String,
        /// The token of the staged file.
        upload: String,
        format: Format,
        mapping: Mapping,
        /// How the file was read, and what was left out of a workbook.
        notes: Vec<Message>,
        reading: Box<FileReading>,
        /// The first cells of each column.
        samples: Vec<String>,
        blanks: BlankCells,
    },
    Set {
        set: StandardSet,
        lang: Lang,
        archives: bool,
    },
}

/// The preview of an import or a standard set.
#[derive(Template)]
#[template(path = "statuses/plan.html")]
pub struct PlanPage {
    pub page: Page,
    pub source: Source,
    /// Nothing while the mapping of columns is invalid.
    pub plan: Option<PlanView>,
    /// Why the import failed, or what is wrong with the columns.
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

    /// True if the import can't be done.
    fn is_refused(&self) -> bool {
        self.plan
            .as_ref()
            .is_none_or(|plan| !plan.preview.is_acceptable())
    }

    /// The titles of the columns that are not imported.
    fn unmapped(&self, mapping: &Mapping, reading: &FileReading) -> String {
        let titles = mapping.unmapped_titles(self.page.lang, &reading.untitled);
        titles.join(", ")
    }

    /// The columns with samples.
    fn shown(
        &self,
        mapping: &Mapping,
        reading: &FileReading,
        samples: &[String],
    ) -> Vec<MappedColumn> {
        mapping.visible_columns(self.page.lang, &reading.untitled, samples)
    }

    /// The catalogue key of the word for a row of this source.
    fn line_key(&self) -> &'static str {
        match &self.source {
            Source::File { format, .. } => format.row_key(),
            Source::Set { .. } => "plan-place",
        }
    }

    /// The label of the button.
    fn button(&self, plan: &PlanView) -> String {
        match (&self.source, plan.count()) {
            (Source::Set { .. }, _) => self.page.t("plan-do-set").to_owned(),
            (Source::File { .. }, 0) => self.page.t("plan-do-order").to_owned(),
            (Source::File { .. }, count) => self.page.tn("plan-do-import", count),
        }
    }
}
