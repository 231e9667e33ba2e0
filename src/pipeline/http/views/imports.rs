//! The list of imports, and the page that takes one back.

use askama::Template;

use crate::audit::actor_label;
use crate::i18n::Message;
use crate::leads::RunningImport;
use crate::pipeline::actions::past_imports::PastImport;
use crate::pipeline::domain::undo::{SkippedRecord, UndoPreview};
use crate::pipeline::http::undo_outcome::{outcome_message, preview_message};
use crate::web::Page;

/// An import in the list.
pub struct ImportLine {
    pub change: PastImport,
    /// True if the user can take it back now.
    pub can_undo: bool,
}

/// The list of imports.
#[derive(Template)]
#[template(path = "pipeline/imports.html")]
pub struct ImportsPage {
    pub page: Page,
    /// Imports that are under way.
    pub running: Vec<RunningImport>,
    pub lines: Vec<ImportLine>,
    /// The last import of this page, if there are older ones.
    pub older: Option<i64>,
}

impl ImportsPage {
    /// The catalogue key of what an import was of.
    fn what(&self, line: &ImportLine) -> &'static str {
        match line.change.summary.dataset.as_str() {
            "statuses" => "imports-of-statuses",
            "visits" => "imports-of-visits",
            _ => "imports-of-leads",
        }
    }

    fn by<'a>(&self, line: &'a ImportLine) -> &'a str {
        actor_label(&line.change.entry.actor, self.page.lang)
    }

    /// The catalogue key of its state.
    fn state(&self, line: &ImportLine) -> &'static str {
        match &line.change.undo {
            Some(undo) if undo.finished_at.is_some() => "imports-state-undone",
            Some(_) => "imports-state-undoing",
            None if line.change.summary.ended_early => "imports-state-early",
            None => "imports-state-done",
        }
    }

    /// The page of what was refused, if anything was.
    fn report(&self, line: &ImportLine) -> Option<String> {
        let job = line.change.entry.subject_id?;
        let has_problems = line.change.summary.skipped_rows > 0 || line.change.summary.ended_early;
        has_problems.then(|| format!("/admin/leads/import/{job}"))
    }
}

/// How far taking an import back is.
pub enum UndoState {
    /// The question, with what would happen.
    Preview(UndoPreview),
    /// It is done or under way, with the first things that stay as they are.
    Started(Vec<SkippedRecord>),
    /// It can't be done.
    Refused(Message),
}

/// The page that takes an import back.
#[derive(Template)]
#[template(path = "pipeline/import_undo.html")]
pub struct UndoPage {
    pub page: Page,
    pub change: PastImport,
    pub state: UndoState,
}

impl UndoPage {
    fn heading(&self) -> String {
        let name = self.change.entry.subject_name.as_str();
        self.page.t1("imports-undo-title", "name", name)
    }

    /// What the import did.
    fn summary(&self) -> String {
        self.page.text(&self.change.message())
    }

    /// What would happen, or has happened.
    fn sentence(&self) -> String {
        let lang = self.page.lang;
        match &self.state {
            UndoState::Preview(preview) => preview_message(&self.change, &preview.counts, lang),
            UndoState::Started(_) => {
                let undo = self.change.undo.as_ref();
                undo.map_or(String::new(), |undo| {
                    let is_finished = undo.finished_at.is_some();
                    outcome_message(&self.change, &undo.counts(), is_finished, lang)
                })
            }
            UndoState::Refused(reason) => self.page.text(reason),
        }
    }

    /// What stays as it is.
    fn skipped(&self) -> &[SkippedRecord] {
        match &self.state {
            UndoState::Preview(preview) => &preview.skipped,
            UndoState::Started(skipped) => skipped,
            UndoState::Refused(_) => &[],
        }
    }

    /// The number of things that stay and are not named.
    fn hidden(&self) -> i64 {
        let all = match &self.state {
            UndoState::Preview(preview) => preview.counts.left_alone,
            UndoState::Started(_) => self.change.undo.as_ref().map_or(0, |undo| undo.left_alone),
            UndoState::Refused(_) => 0,
        };
        all - self.skipped().len() as i64
    }

    fn path(&self, thing: &SkippedRecord) -> String {
        match thing.thing.as_str() {
            "status" => format!("/admin/leads/statuses/{}", thing.id),
            _ => format!("/admin/leads/{}", thing.id),
        }
    }

    fn why(&self, thing: &SkippedRecord) -> String {
        thing.reason.text(self.page.lang)
    }
}
