//! The pages of an import: the upload form and the progress. The preview is in `import_preview`.

use askama::Template;

use crate::files::{Format, SourceFile};
use crate::i18n::Message;
use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::actions::import::guesses::DateSurveys;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::dataset::{Dataset, field_label};
use crate::leads::domain::import_job::{Job, SkippedLine};
use crate::records::fields::Fields;
use crate::records::mapping::Mapping;
use crate::web::Page;

/// The fields of the form about how leads of a file are matched with existing ones.
#[derive(Debug, Clone, Default)]
pub struct MatchValues {
    pub matches_email: bool,
    pub system: String,
    pub made_at: String,
    /// The systems in which leads have references.
    pub systems: Vec<String>,
}

impl MatchValues {
    /// Reads the fields of the form.
    pub fn read(fields: &Fields, systems: Vec<String>) -> MatchValues {
        MatchValues {
            matches_email: fields.text("match") == Some("email"),
            system: fields.string("system").trim().to_owned(),
            made_at: fields.string("made_at").trim().to_owned(),
            systems,
        }
    }
}

/// The values of the upload form.
pub struct UploadValues {
    pub dataset: Dataset,
    pub currency: String,
    pub matching: MatchValues,
    /// Why the file is unreadable.
    pub problem: Option<Message>,
}

impl Default for UploadValues {
    fn default() -> UploadValues {
        UploadValues {
            dataset: Dataset::Leads,
            currency: String::new(),
            matching: MatchValues::default(),
            problem: None,
        }
    }
}

/// The upload form.
#[derive(Template)]
#[template(path = "leads/import.html")]
pub struct ImportPage {
    pub page: Page,
    pub values: UploadValues,
    /// Large imports that are running.
    pub jobs: Vec<Job>,
}

/// An uploaded file that is not confirmed yet.
pub struct PendingImport {
    /// The user who uploaded it.
    pub owner: i64,
    /// The token that names the staged file.
    pub upload: String,
    pub dataset: Dataset,
    pub source: SourceFile,
    pub mapping: Mapping,
    /// The problem of the chosen mapping.
    pub problem: Option<Message>,
    pub currency: String,
    pub matching: MatchValues,
    /// Why rows pass that don't meet the rules of their status.
    pub override_reason: String,
    /// The first cells of each column.
    pub samples: Vec<String>,
}

/// A file whose rows were checked.
pub struct CheckedFile {
    pub import_request: ImportRequest,
    pub surveys: DateSurveys,
    pub dry_run: DryRun,
}

/// The progress of a large import.
#[derive(Template)]
#[template(path = "leads/import_job.html")]
pub struct JobPage {
    pub page: Page,
    pub job: Job,
    /// The first skipped lines.
    pub skipped: Vec<SkippedLine>,
    /// The catalogue key of the word for a row.
    line_key: &'static str,
}

impl JobPage {
    /// The page of an import with its skipped lines.
    pub fn of(page: Page, job: Job, skipped: Vec<SkippedLine>) -> JobPage {
        let format = match job.filename.to_lowercase().ends_with(".json") {
            true => Format::Json,
            false => Format::Csv,
        };
        JobPage {
            line_key: format.row_key(),
            page,
            job,
            skipped,
        }
    }

    /// The label of the field for which a line was skipped.
    fn field_of(&self, line: &SkippedLine) -> &'static str {
        let find = |field: &String| self.job.dataset.field_set().find(field);
        let field = line.field.as_ref().and_then(find);
        field.map_or("", |field| self.page.t(field_label(field)))
    }

    /// Why a line was skipped.
    fn why(&self, line: &SkippedLine) -> String {
        line.reason.text(self.page.lang)
    }

    /// The number of skipped lines that are not shown.
    fn hidden_lines(&self) -> i64 {
        let mut lines: Vec<usize> = self.skipped.iter().map(|line| line.line).collect();
        lines.dedup();
        match self.skipped.len() < 1_000 {
            true => 0,
            false => self.job.skipped_rows - lines.len() as i64,
        }
    }

    fn heading(&self) -> String {
        let name = self.job.filename.as_str();
        self.page.t1("lead-job-title", "name", name)
    }

    /// Why the import stopped early.
    fn problem(&self) -> Option<String> {
        Some(self.job.problem()?.text(self.page.lang))
    }
}
