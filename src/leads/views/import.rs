use askama::Template;

use crate::access::{Permission, Role};
use crate::files::Format;
use crate::i18n::Message;
use crate::leads::Currency;
use crate::leads::exchange::{What, label};
use crate::leads::import::{self, Job, LeftOut, Mapping, Problem, Survey};
use crate::leads::pages::import::waiting::Waiting;
use crate::web::Page;

/// Problems that are shown above everything.
const SUMMARY: usize = 20;

/// What was chosen at the form for the file.
pub struct Choice {
    pub what: What,
    pub currency: String,
    /// Why the file that was sent can't be read.
    pub problem: Option<Message>,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice {
            what: What::Leads,
            currency: String::new(),
            problem: None,
        }
    }
}

/// The form that a file is chosen in.
#[derive(Template)]
#[template(path = "leads/import.html")]
pub struct ImportPage {
    pub page: Page,
    pub choice: Choice,
    /// Large imports that are under way.
    pub jobs: Vec<Job>,
}

impl ImportPage {
    /// The columns of a file: name and catalogue key.
    fn columns(&self, what: &What) -> Vec<(&'static str, &'static str)> {
        let fields = what.fields().iter();
        fields.map(|field| (*field, label(field))).collect()
    }
}

/// A field of leads or visits with the column that stands for it.
pub struct FieldChoice {
    pub field: &'static str,
    pub key: &'static str,
    pub place: Option<usize>,
    /// The first cells of that column.
    pub samples: String,
}

impl FieldChoice {
    /// True if the column at this place stands for it.
    fn is_at(&self, place: &usize) -> bool {
        self.place == Some(*place)
    }
}

/// What a file would do, before it does.
#[derive(Template)]
#[template(path = "leads/import_plan.html")]
pub struct PlanPage {
    pub page: Page,
    pub what: What,
    pub filename: String,
    /// The word under which the file waits.
    pub upload: String,
    pub currency: String,
    pub titles: Vec<String>,
    pub fields: Vec<FieldChoice>,
    /// Which sheet of a workbook was read, and what was left out.
    pub notes: Vec<Message>,
    /// The titles of the columns that stand for nothing.
    pub left_out: String,
    is_json: bool,
    /// Nothing while the columns make no sense.
    pub survey: Option<Survey>,
    pub problem: Option<Message>,
    /// True if this person may make the statuses that don't exist, and they are few enough.
    pub may_make: bool,
}

impl PlanPage {
    /// The preview of a file; at most `most` statuses are offered to be made.
    pub fn of(
        page: Page,
        waiting: Waiting,
        survey: Option<Survey>,
        problem: Option<Message>,
        most: usize,
    ) -> PlanPage {
        let Waiting {
            upload,
            source,
            mapping,
            currency,
            samples,
            ..
        } = waiting;
        let fields = mapping.what.fields().iter().map(|field| {
            let place = mapping.at(field);
            let cells = place.and_then(|at| samples.get(at));
            FieldChoice {
                field,
                key: label(field),
                place,
                samples: cells.map(|cells| cells.join(" · ")).unwrap_or_default(),
            }
        });
        let few = survey
            .as_ref()
            .is_none_or(|survey| survey.statuses.len() <= most);
        PlanPage {
            what: mapping.what,
            fields: fields.collect(),
            left_out: mapping.left_out().join(", "),
            notes: source.told(mapping.titles()),
            titles: mapping.titles().to_vec(),
            filename: source.filename,
            is_json: source.format == Format::Json,
            may_make: may_write(&page) && few,
            upload,
            currency,
            survey,
            problem,
            page,
        }
    }

    /// What a line is called in this kind of file.
    fn line_key(&self) -> &'static str {
        match self.is_json {
            true => "plan-entry",
            false => "plan-line",
        }
    }

    /// True if the file looks like visits, and leads are to be made of it.
    fn is_of_visits(&self) -> bool {
        self.what == What::Leads && Mapping::is_of_visits(&self.titles)
    }

    /// True if something stands in the way of doing it.
    fn is_refused(&self) -> bool {
        self.survey
            .as_ref()
            .is_none_or(|survey| !survey.is_acceptable())
            || self.problem.is_some()
    }

    fn heading(&self) -> String {
        self.page
            .t1("plan-import-title", "name", self.filename.as_str())
    }

    /// What stands in the way, said for those who have the columns of the file before them.
    fn told(&self, problem: &Message) -> String {
        match problem.key {
            "lead-import-no-name" => self.page.t("lead-import-choose-name").to_owned(),
            "lead-import-no-visit" => self.page.t("lead-import-choose-visit").to_owned(),
            _ => self.page.say(problem),
        }
    }

    /// The id of the field where it can be mended.
    fn place_of(&self, problem: &Message) -> Option<String> {
        match problem.key {
            "lead-import-no-name" | "lead-import-no-visit" => {
                // The fields that are needed come first.
                let open = self.fields.iter().find(|choice| choice.place.is_none())?;
                Some(format!("field-{}", open.field))
            }
            _ => self.currency_problem().map(|_| "f-currency".to_owned()),
        }
    }

    fn currency_problem(&self) -> Option<&Message> {
        let problem = self.problem.as_ref();
        problem.filter(|problem| problem.key == "lead-currency-unknown")
    }

    /// The first problems, for the list above everything.
    fn summary<'a>(&self, survey: &'a Survey) -> Vec<&'a Problem> {
        survey.problems.iter().take(SUMMARY).collect()
    }

    /// True if no problem before is about the same line: links lead there.
    fn is_first(&self, survey: &Survey, problem: &Problem) -> bool {
        let mut same = survey
            .problems
            .iter()
            .filter(|other| other.line == problem.line);
        same.next() == Some(problem)
    }

    /// How many problems are not shown.
    fn beyond(&self, survey: &Survey) -> usize {
        survey.problems.total() - survey.problems.iter().count()
    }

    /// The field that a problem is about.
    fn field_of(&self, problem: &Problem) -> &'static str {
        problem.field.map_or("", |field| self.page.t(label(field)))
    }

    /// True if confirming is offered.
    fn is_offered(&self, survey: &Survey) -> bool {
        survey.is_acceptable()
            && !survey.changes_nothing()
            && (survey.statuses.is_empty() || self.may_make)
    }

    /// How the words for statuses are understood, each with its lines, if that is not obvious.
    fn readings(&self, survey: &Survey) -> Vec<(String, usize)> {
        let readings = survey.readings.iter().map(import::told);
        readings
            .map(|(told, lines)| (self.page.say(&told), lines))
            .collect()
    }

    /// In what currency values are taken that name none.
    fn currency_note(&self, survey: &Survey) -> String {
        let told = Message::new("lead-import-in-default")
            .with("count", survey.in_default)
            .with("currency", Currency::DEFAULT.code());
        self.page.say(&told)
    }

    /// The words on the button.
    fn button(&self, survey: &Survey) -> String {
        let count = survey.counts.created + survey.counts.changed;
        match self.what {
            What::Leads => self.page.tn("lead-import-do", count),
            What::Visits => self.page.tn("lead-import-do-visits", count),
        }
    }
}

/// True if the person who looks may make statuses.
fn may_write(page: &Page) -> bool {
    let user = page.user.as_ref();
    let role = user.and_then(|user| Role::from_word(user.role));
    role.is_some_and(|role| Permission::StatusesWrite.is_granted_to(role))
}

/// How far a large import has come.
#[derive(Template)]
#[template(path = "leads/import_job.html")]
pub struct JobPage {
    pub page: Page,
    pub job: Job,
    /// The first lines that did not pass any more.
    pub left_out: Vec<LeftOut>,
    is_json: bool,
}

impl JobPage {
    /// The page of an import and of the lines that it left out.
    pub fn of(page: Page, job: Job, left_out: Vec<LeftOut>) -> JobPage {
        JobPage {
            is_json: job.filename.to_lowercase().ends_with(".json"),
            page,
            job,
            left_out,
        }
    }

    /// What a line is called in this kind of file.
    fn line_key(&self) -> &'static str {
        match self.is_json {
            true => "plan-entry",
            false => "plan-line",
        }
    }

    /// The field that a line was left out for.
    fn field_of(&self, line: &LeftOut) -> &'static str {
        let named = |field: &String| self.job.what.field(field);
        let field = line.field.as_ref().and_then(named);
        field.map_or("", |field| self.page.t(label(field)))
    }

    /// Why a line was left out.
    fn why(&self, line: &LeftOut) -> String {
        line.why.text(self.page.lang)
    }

    /// Lines that were left out and are not shown.
    fn beyond(&self) -> i64 {
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

    /// Why it ended early.
    fn problem(&self) -> Option<String> {
        Some(self.job.problem()?.text(self.page.lang))
    }
}
