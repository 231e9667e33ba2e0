//! The preview of an import.

use askama::Template;

use crate::access::{Permission, Role};
use crate::audit::actor_label;
use crate::clock::Zone;
use crate::files::FileReading;
use crate::i18n::Message;
use crate::leads::actions::import::change_summary::ChangeSummary;
use crate::leads::actions::import::dry_run::{DryRun, interpretation_message};
use crate::leads::actions::import::guesses;
use crate::leads::actions::import::problem::{Problem, ProblemKind};
use crate::leads::domain::dataset::{Dataset, field_label};
use crate::leads::domain::extra_columns::extra_titles;
use crate::leads::domain::import_options::{DATE_FIELDS, ImportOptions, header_hash};
use crate::leads::http::views::import::{CheckedFile, PendingImport};
use crate::money::{Currency, DecimalMark};
use crate::records::field::Field;
use crate::records::mapped_column::MappedColumn;
use crate::web::Page;

/// The choice that makes a column the name and the company.
const NAME_AND_COMPANY: &str = "name+company";
/// The most problems in the summary at the top.
const MAX_SUMMARY: usize = 8;

/// A field with dates, and the formats to choose from.
pub struct DateChoice {
    pub field: &'static str,
    pub key: &'static str,
    /// The format that is used; blank if none was chosen or guessed.
    pub used: String,
    /// The formats, the one that most dates fit first.
    pub formats: Vec<String>,
    pub is_guessed: bool,
}

/// A change of leads that exist.
pub struct ChangeLine {
    pub label: &'static str,
    pub leads: usize,
    /// The values of the first lead, before and after; none where they are erased.
    pub values: Option<(String, String)>,
}

/// The preview of an import.
#[derive(Template)]
#[template(path = "leads/import_plan.html")]
pub struct ImportPreviewPage {
    pub page: Page,
    pub pending: PendingImport,
    pub reading: FileReading,
    /// The messages about how the file is read.
    pub messages: Vec<Message>,
    pub columns: Vec<MappedColumn>,
    /// The choices for a column.
    pub field_choices: Vec<(&'static str, &'static str)>,
    pub dates: Vec<DateChoice>,
    pub options: ImportOptions,
    /// `None` while the mapping is invalid.
    pub dry_run: Option<DryRun>,
    pub problem: Option<Message>,
    /// True if the user may create the missing statuses, and they are few enough.
    pub can_make_statuses: bool,
}

impl ImportPreviewPage {
    /// The preview of a file; the user can create at most `max_statuses` statuses.
    pub fn of(
        page: Page,
        pending: PendingImport,
        checked: Option<CheckedFile>,
        problem: Option<Message>,
        max_statuses: usize,
    ) -> ImportPreviewPage {
        let reading = FileReading::of(&pending.source);
        let are_few = checked
            .as_ref()
            .is_none_or(|checked| checked.dry_run.missing_statuses.len() <= max_statuses);
        let messages = match &checked {
            Some(checked) => guesses::messages(&checked.import_request, &checked.surveys),
            None => pending.source.messages(pending.mapping.titles()),
        };
        let dates = checked.as_ref().map(date_choices).unwrap_or_default();
        let (options, dry_run) = match checked {
            Some(checked) => (checked.import_request.options, Some(checked.dry_run)),
            None => (ImportOptions::default(), None),
        };
        ImportPreviewPage {
            columns: pending.mapping.visible_columns(
                page.lang,
                &reading.untitled,
                &pending.samples,
            ),
            can_make_statuses: user_can_make_statuses(&page) && are_few,
            field_choices: field_choices(&page, pending.dataset),
            messages,
            dates,
            options,
            reading,
            pending,
            dry_run,
            problem,
            page,
        }
    }

    /// The titles of the columns that are not imported.
    fn unmapped(&self) -> String {
        let mapping = &self.pending.mapping;
        let titles = mapping.unmapped_titles(self.page.lang, &self.reading.untitled);
        titles.join(", ")
    }

    /// The titles of the columns that become extra fields, each with the name of its field if that differs.
    fn extra_columns(&self) -> String {
        extra_titles(&self.pending.mapping)
    }

    /// True if columns without a field can be kept.
    fn can_keep_others(&self) -> bool {
        self.pending.dataset.field_set().extra.is_some() && !self.unmapped().is_empty()
    }

    /// The hash of the titles that the choice of columns is for.
    fn titles_hash(&self) -> String {
        let pending = &self.pending;
        header_hash(pending.mapping.titles(), pending.source.hidden_columns())
    }

    /// True if a column has dates.
    fn has_dates(&self) -> bool {
        let mut fields = DATE_FIELDS.iter();
        fields.any(|field| self.pending.mapping.column(field).is_some())
    }

    /// True if a column has values of leads.
    fn has_values(&self) -> bool {
        self.pending.mapping.column("value").is_some()
    }

    /// The changes of leads that exist, by status and field.
    fn change_lines(&self, changes: &ChangeSummary) -> Vec<ChangeLine> {
        let (moves, fields) = (changes.moves(), changes.fields());
        let moves = moves.map(|change| (field_label("status"), change));
        let fields = fields.map(|(field, change)| (field.label(), change));
        let mut lines = Vec::new();
        for (key, change) in moves.chain(fields) {
            let line = |leads, values| ChangeLine {
                label: self.page.t(key),
                leads,
                values,
            };
            if change.changed > 0 {
                lines.push(line(change.changed, Some(change.example.clone())));
            }
            if change.erased > 0 {
                lines.push(line(change.erased, None));
            }
        }
        lines
    }

    /// The warning about leads that users changed in this program since the file was made.
    fn local_edits(&self, changes: &ChangeSummary) -> Option<String> {
        let edits = changes.local_edits.as_ref()?;
        let message = Message::new("lead-import-changed-here")
            .with("count", edits.count)
            .with("name", edits.name.as_str())
            .with("by", actor_label(&edits.actor, self.page.lang).to_owned())
            .with("at", (edits.edited_at, self.page.zone));
        Some(self.page.text(&message))
    }

    /// The warning about references that leads with other names have here.
    fn other_names(&self, dry_run: &DryRun) -> Option<String> {
        let names = dry_run.other_names.as_ref()?;
        let messages = names.messages(self.pending.mapping.titles());
        let sentences = messages.iter().map(|message| self.page.text(message));
        Some(sentences.collect::<Vec<String>>().join(" "))
    }

    /// The first new leads that likely exist already: the id of the existing lead, and the sentence.
    fn likely_duplicate_rows(&self, dry_run: &DryRun) -> Vec<(i64, String)> {
        let rows = dry_run.duplicates.examples.iter();
        rows.map(|row| (row.lead.id, self.page.text(&row.message())))
            .collect()
    }

    /// The kinds of problems: the field, how many lines, and the first with the value that was read.
    fn problem_kinds(&self, dry_run: &DryRun) -> Vec<String> {
        let kinds = dry_run.problems.kinds().into_iter();
        let sentence = |kind: &ProblemKind| {
            let key = match kind.first.value.is_empty() {
                true => "lead-import-kind-line",
                false => "lead-import-kind",
            };
            let message = Message::new(key)
                .with("field", self.field_of(&kind.first))
                .with("count", kind.count)
                .with("value", kind.first.value.as_str())
                .with("line", kind.first.line)
                .with("problem", self.page.text(&kind.first.message));
            self.page.text(&message)
        };
        kinds.map(sentence).collect()
    }

    /// True if lines without errors can be imported by themselves.
    fn can_import_good_lines(&self, dry_run: &DryRun) -> bool {
        let counts = dry_run.counts;
        !dry_run.problems.is_empty()
            && counts.created + counts.changed > 0
            && (dry_run.missing_statuses.is_empty() || self.can_make_statuses)
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
        let dry_run = self.dry_run.as_ref();
        self.problem.is_some() || dry_run.is_none_or(|dry_run| !dry_run.is_acceptable())
    }

    fn heading(&self) -> String {
        let name = self.pending.source.filename.as_str();
        self.page.t1("plan-import-title", "name", name)
    }

    /// The catalogue key of the word for a row.
    fn line_key(&self) -> &'static str {
        self.pending.source.format.row_key()
    }

    /// The text of the problem; on this page, where the columns are shown, some problems have a text of their own.
    fn problem_text(&self, problem: &Message) -> String {
        match problem.key {
            "lead-import-no-name" => self.page.t("lead-import-choose-name").to_owned(),
            "lead-import-no-visit" => self.page.t("lead-import-choose-visit").to_owned(),
            _ => self.page.text(problem),
        }
    }

    /// The id of the input that solves the problem.
    fn problem_anchor(&self, problem: &Message) -> Option<String> {
        match problem.key {
            "lead-import-no-name" | "lead-import-no-visit" => {
                let mut columns = self.columns.iter();
                let unmapped = columns.find(|column| column.fields.is_empty())?;
                Some(format!("map-{}", unmapped.index))
            }
            _ => self.currency_problem().map(|_| "f-currency".to_owned()),
        }
    }

    fn currency_problem(&self) -> Option<&Message> {
        let problem = self.problem.as_ref();
        problem.filter(|problem| problem.key == "money-currency-unknown")
    }

    /// True for the first problem of its line: the summary links to it.
    fn is_first(&self, dry_run: &DryRun, problem: &Problem) -> bool {
        let problems = dry_run.problems.iter();
        let mut same_line = problems.filter(|other| other.line == problem.line);
        same_line.next() == Some(problem)
    }

    /// The number of problems that are not shown.
    fn hidden_problems(&self, dry_run: &DryRun) -> usize {
        dry_run.problems.total() - dry_run.problems.iter().count()
    }

    /// The label of the field with the problem.
    fn field_of(&self, problem: &Problem) -> &'static str {
        let label = |field| self.page.t(field_label(field));
        problem.field.map_or("", label)
    }

    /// True if the user can confirm the import.
    fn can_confirm(&self, dry_run: &DryRun) -> bool {
        dry_run.is_acceptable()
            && !dry_run.changes_nothing()
            && (dry_run.missing_statuses.is_empty() || self.can_make_statuses)
    }

    /// The links of the summary: to each line with an error, or to each kind where many lines have the same.
    fn summary_links(&self, dry_run: &DryRun) -> Vec<(String, String)> {
        let kinds = dry_run.problems.kinds();
        if dry_run.problems.total() <= MAX_SUMMARY || kinds.len() > MAX_SUMMARY {
            let problems = dry_run.problems.iter().take(MAX_SUMMARY);
            let row = self.page.t(self.line_key());
            let link = |problem: &Problem| {
                let (line, text) = (problem.line, self.page.text(&problem.message));
                (format!("line-{line}"), format!("{row} {line}: {text}"))
            };
            return problems.map(link).collect();
        }
        let asks_for_format = |field: &str| {
            let mut dates = self.dates.iter();
            dates.any(|choice| choice.field == field && choice.used.is_empty())
        };
        let anchor = |kind: &&ProblemKind| match kind.first.field {
            // The format of the whole column is asked for.
            Some(field) if asks_for_format(field) => format!("f-date-{field}"),
            _ => format!("line-{}", kind.first.line),
        };
        let anchors: Vec<String> = kinds.iter().map(anchor).collect();
        anchors
            .into_iter()
            .zip(self.problem_kinds(dry_run))
            .collect()
    }

    /// The sentences about names of statuses whose meaning is not obvious, each with its number of lines.
    fn status_interpretations(&self, dry_run: &DryRun) -> Vec<(String, usize)> {
        let interpretations = dry_run.interpretations.iter().map(interpretation_message);
        interpretations
            .map(|(message, lines)| (self.page.text(&message), lines))
            .collect()
    }

    /// The note about values without a currency.
    fn currency_note(&self, dry_run: &DryRun) -> String {
        let message = Message::new("lead-import-in-default")
            .with("count", dry_run.default_currency_values)
            .with("currency", Currency::DEFAULT.code());
        self.page.text(&message)
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

/// The choices for a column: none, an extra field, a field, or the name and the company at once.
fn field_choices(page: &Page, dataset: Dataset) -> Vec<(&'static str, &'static str)> {
    let labels = dataset.field_set().labels().into_iter();
    let both = (NAME_AND_COMPANY, "lead-import-name-and-company");
    let both = (dataset == Dataset::Leads).then_some(both);
    let extra = dataset.field_set().extra;
    let keys = std::iter::once(("", "plan-column-none"))
        .chain(extra.map(|extra| (extra, "lead-import-keep")))
        .chain(labels)
        .chain(both);
    keys.map(|(field, key)| (field, page.t(key))).collect()
}

/// The fields with dates that have columns.
fn date_choices(checked: &CheckedFile) -> Vec<DateChoice> {
    let choice = |field: &'static str| {
        let survey = checked.surveys.get(field);
        let used = checked.import_request.options.date_format(field);
        checked.import_request.mapping.column(field)?;
        let dates = survey.cloned().unwrap_or_default();
        (used.is_some() || dates.needs_format()).then(|| DateChoice {
            field,
            key: field_label(field),
            used: used.map(|format| format.to_string()).unwrap_or_default(),
            formats: dates.options().iter().map(ToString::to_string).collect(),
            is_guessed: survey.is_some_and(|survey| survey.guess().is_some()),
        })
    };
    DATE_FIELDS.into_iter().filter_map(choice).collect()
}

/// True if the user may create statuses.
fn user_can_make_statuses(page: &Page) -> bool {
    let user = page.user.as_ref();
    let role = user.and_then(|user| Role::from_word(user.role));
    role.is_some_and(|role| Permission::StatusesWrite.is_granted_to(role))
}
