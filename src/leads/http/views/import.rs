//! The pages of an import: the upload form, the preview and the progress.

use askama::Template;

use crate::access::{Permission, Role};
use crate::files::{Format, SourceFile};
use crate::i18n::Message;
use crate::leads::actions::import::dry_run::{DryRun, reading_message};
use crate::leads::actions::import::problem::Problem;
use crate::leads::domain::dataset::{Dataset, field_label};
use crate::leads::domain::import_job::{Job, LeftOut};
use crate::money::Currency;
use crate::records::mapping::Mapping;
use crate::web::Page;

/// The most problems in the summary at the top.
const MAX_SUMMARY: usize = 20;

/// The values of the upload form.
pub struct UploadValues {
    pub what: Dataset,
    pub currency: String,
    /// Why the file is unreadable.
    pub problem: Option<Message>,
}

impl Default for UploadValues {
    fn default() -> UploadValues {
        UploadValues {
            what: Dataset::Leads,
            currency: String::new(),
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

/// A field of leads or visits with the column that is mapped to it.
pub struct ColumnChoice {
    pub field: &'static str,
    pub key: &'static str,
    pub column: Option<usize>,
    /// The first cells of the column.
    pub samples: String,
}

impl ColumnChoice {
    /// True if the column at this index is mapped to it.
    fn is_column(&self, place: &usize) -> bool {
        self.column == Some(*place)
    }
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
    pub currency: String,
    /// The first cells of each column.
    pub samples: Vec<Vec<String>>,
}

/// The preview of an import.
#[derive(Template)]
#[template(path = "leads/import_plan.html")]
pub struct ImportPreviewPage {
    pub page: Page,
    pub pending: PendingImport,
    pub fields: Vec<ColumnChoice>,
    /// `None` while the mapping is invalid.
    pub dry_run: Option<DryRun>,
    pub problem: Option<Message>,
    /// True if the user may make the missing statuses, and they are few enough.
    pub can_make_statuses: bool,
}

impl ImportPreviewPage {
    /// The preview of a file; the user can have at most `most` statuses made.
    pub fn of(
        page: Page,
        pending: PendingImport,
        dry_run: Option<DryRun>,
        problem: Option<Message>,
        most: usize,
    ) -> ImportPreviewPage {
        let fields = pending.dataset.fields().iter().map(|field| {
            let place = pending.mapping.column(field);
            let cells = place.and_then(|at| pending.samples.get(at));
            ColumnChoice {
                field,
                key: field_label(field),
                column: place,
                samples: cells.map(|cells| cells.join(" · ")).unwrap_or_default(),
            }
        });
        let few = dry_run
            .as_ref()
            .is_none_or(|dry_run| dry_run.missing_statuses.len() <= most);
        ImportPreviewPage {
            fields: fields.collect(),
            can_make_statuses: user_can_make_statuses(&page) && few,
            pending,
            dry_run,
            problem,
            page,
        }
    }

    /// True if the file looks like visits but is read as leads.
    fn is_of_visits(&self) -> bool {
        let PendingImport {
            dataset, mapping, ..
        } = &self.pending;
        *dataset == Dataset::Leads && Dataset::of_titles(mapping.titles()) == Dataset::Visits
    }

    /// True if the file can't be imported as it is.
    fn is_refused(&self) -> bool {
        self.dry_run
            .as_ref()
            .is_none_or(|dry_run| !dry_run.is_acceptable())
            || self.problem.is_some()
    }

    fn heading(&self) -> String {
        let name = self.pending.source.filename.as_str();
        self.page.t1("plan-import-title", "name", name)
    }

    /// The catalogue key of the word for a row.
    fn line_key(&self) -> &'static str {
        self.pending.source.format.row_key()
    }

    /// The problem in the words of this page, where the columns are shown.
    fn problem_text(&self, problem: &Message) -> String {
        match problem.key {
            "lead-import-no-name" => self.page.t("lead-import-choose-name").to_owned(),
            "lead-import-no-visit" => self.page.t("lead-import-choose-visit").to_owned(),
            _ => self.page.say(problem),
        }
    }

    /// The id of the input that solves the problem.
    fn problem_anchor(&self, problem: &Message) -> Option<String> {
        match problem.key {
            "lead-import-no-name" | "lead-import-no-visit" => {
                // The required fields come first.
                let open = self.fields.iter().find(|choice| choice.column.is_none())?;
                Some(format!("field-{}", open.field))
            }
            _ => self.currency_problem().map(|_| "f-currency".to_owned()),
        }
    }

    fn currency_problem(&self) -> Option<&Message> {
        let problem = self.problem.as_ref();
        problem.filter(|problem| problem.key == "money-currency-unknown")
    }

    /// The first problems, for the summary at the top.
    fn summary<'a>(&self, dry_run: &'a DryRun) -> Vec<&'a Problem> {
        dry_run.problems.iter().take(MAX_SUMMARY).collect()
    }

    /// True for the first problem of its line, which the summary links to.
    fn is_first(&self, dry_run: &DryRun, problem: &Problem) -> bool {
        let mut same_line = dry_run
            .problems
            .iter()
            .filter(|other| other.line == problem.line);
        same_line.next() == Some(problem)
    }

    /// The number of problems that are not shown.
    fn hidden_problems(&self, dry_run: &DryRun) -> usize {
        dry_run.problems.total() - dry_run.problems.iter().count()
    }

    /// The label of the field with the problem.
    fn field_of(&self, problem: &Problem) -> &'static str {
        problem
            .field
            .map_or("", |field| self.page.t(field_label(field)))
    }

    /// True if the user can confirm the import.
    fn can_confirm(&self, dry_run: &DryRun) -> bool {
        dry_run.is_acceptable()
            && !dry_run.changes_nothing()
            && (dry_run.missing_statuses.is_empty() || self.can_make_statuses)
    }

    /// How names of statuses are read where that is not obvious, with the number of lines of each.
    fn status_readings(&self, dry_run: &DryRun) -> Vec<(String, usize)> {
        let readings = dry_run.readings.iter().map(reading_message);
        readings
            .map(|(message, lines)| (self.page.say(&message), lines))
            .collect()
    }

    /// The note about values without a currency.
    fn currency_note(&self, dry_run: &DryRun) -> String {
        let message = Message::new("lead-import-in-default")
            .with("count", dry_run.default_currency_values)
            .with("currency", Currency::DEFAULT.code());
        self.page.say(&message)
    }

    /// The label of the button.
    fn button(&self, dry_run: &DryRun) -> String {
        let count = dry_run.counts.created + dry_run.counts.changed;
        match self.pending.dataset {
            Dataset::Leads => self.page.tn("lead-import-do", count),
            Dataset::Visits => self.page.tn("lead-import-do-visits", count),
        }
    }
}

/// True if the user may make statuses.
fn user_can_make_statuses(page: &Page) -> bool {
    let user = page.user.as_ref();
    let role = user.and_then(|user| Role::from_word(user.role));
    role.is_some_and(|role| Permission::StatusesWrite.is_granted_to(role))
}

/// The progress of a large import.
#[derive(Template)]
#[template(path = "leads/import_job.html")]
pub struct JobPage {
    pub page: Page,
    pub job: Job,
    /// The first skipped lines.
    pub left_out: Vec<LeftOut>,
    /// The catalogue key of the word for a row.
    line_key: &'static str,
}

impl JobPage {
    /// The page of an import with its skipped lines.
    pub fn of(page: Page, job: Job, left_out: Vec<LeftOut>) -> JobPage {
        let format = match job.filename.to_lowercase().ends_with(".json") {
            true => Format::Json,
            false => Format::Csv,
        };
        JobPage {
            line_key: format.row_key(),
            page,
            job,
            left_out,
        }
    }

    /// The label of the field for which a line was skipped.
    fn field_of(&self, line: &LeftOut) -> &'static str {
        let named = |field: &String| self.job.dataset.field_set().find(field);
        let field = line.field.as_ref().and_then(named);
        field.map_or("", |field| self.page.t(field_label(field)))
    }

    /// Why a line was skipped.
    fn why(&self, line: &LeftOut) -> String {
        line.reason.text(self.page.lang)
    }

    /// The number of skipped lines that are not shown.
    fn hidden_lines(&self) -> i64 {
        let mut lines: Vec<usize> = self.left_out.iter().map(|line| line.line).collect();
        lines.dedup();
        match self.left_out.len() < 1_000 {
            true => 0,
            false => self.job.left_out - lines.len() as i64,
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
