//! The preview of a bulk action or of an action on one status.

use askama::Template;

use crate::error::{Blocker, FieldErrors};
use crate::i18n::Message;
use crate::pipeline::actions::bulk::StatusOutcome;
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::bulk_edit::BulkEditForm;
use crate::records::bulk_selection::Difference;
use crate::statuses::paths::LIST;
use crate::statuses::{DisplayValue, Hue, Kind, LeadStatus, LeadTotals};
use crate::web::Page;

/// The data of the preview.
pub struct PreviewData {
    pub outcomes: Vec<StatusOutcome>,
    /// The statuses that can be the replacement.
    pub candidates: Vec<LeadStatus>,
    /// How the statuses differ from what the form expected.
    pub difference: Difference,
    /// The digest of the ids, sent back at confirmation.
    pub digest: String,
}

/// The preview of an action: its outcomes, and where leads and roles would move.
#[derive(Template)]
#[template(path = "pipeline/preview.html")]
pub struct PreviewPage {
    pub page: Page,
    pub action: BulkAction,
    pub edit: BulkEditForm,
    pub errors: FieldErrors,
    pub data: PreviewData,
    /// The filters, if all that match are selected.
    pub scope: Option<Vec<(&'static str, String)>>,
    /// Why the confirmed action failed.
    pub why: Option<Message>,
    pub back: String,
}

impl PreviewPage {
    fn outcomes(&self) -> impl Iterator<Item = &StatusOutcome> {
        self.data.outcomes.iter()
    }

    fn count(&self) -> usize {
        self.data.outcomes.len()
    }

    /// The question: "Delete 3 statuses?", or the name if there is one status.
    fn heading(&self) -> String {
        let [singular, plural] = self.action.texts().questions;
        let key = if self.count() == 1 { singular } else { plural };
        let first = self.data.outcomes.first();
        let name = first.map_or("", |outcome| outcome.status.name.as_str());
        self.page.t2(key, "count", self.count(), "name", name)
    }

    /// The label of the button: verb and count.
    fn button(&self) -> String {
        self.page.tn(self.action.texts().button, self.count())
    }

    fn is_edit(&self) -> bool {
        matches!(self.action, BulkAction::Edit(_))
    }

    /// The address that the form is sent to.
    fn form_action(&self) -> String {
        match (&self.action, self.data.outcomes.as_slice()) {
            (BulkAction::GiveRole(role), [first]) => format!("{LIST}/{}/{role}", first.status.id),
            _ => format!("{LIST}/bulk"),
        }
    }

    fn is_possible(&self) -> bool {
        self.outcomes().all(StatusOutcome::is_possible)
            && self.errors.is_empty()
            && !self.action.is_empty_edit()
    }

    fn refused_count(&self) -> usize {
        let refused = self.outcomes().filter(|outcome| !outcome.is_possible());
        refused.count()
    }

    /// The ids of the statuses that the action is possible for.
    fn possible_ids(&self) -> Vec<i64> {
        let possible = self.outcomes().filter(|outcome| outcome.is_possible());
        possible.map(|outcome| outcome.status.id).collect()
    }

    /// True if a replacement can be chosen: a role or leads block the action, or one was chosen.
    fn offers_replacement(&self) -> bool {
        matches!(self.action, BulkAction::Remove(..))
            && (self.action.replace_with().is_some()
                || self.outcomes().any(|outcome| !outcome.blockers.is_empty()))
    }

    /// True if statuses are in use and no replacement is chosen yet.
    fn asks_for_replacement(&self) -> bool {
        let is_undecided = self.why.is_none() && self.action.replace_with().is_none();
        is_undecided && self.offers_replacement() && self.refused_count() > 0
    }

    /// What is in use, and what to choose.
    fn in_use_text(&self) -> String {
        match self.data.outcomes.as_slice() {
            [outcome] if outcome.totals.leads > 0 => {
                let (name, count) = (outcome.status.name.as_str(), outcome.totals.leads);
                self.page
                    .t2("status-preview-has-leads", "name", name, "count", count)
            }
            _ => self.page.tn("status-preview-in-use", self.refused_count()),
        }
    }

    /// True if the only next step is to choose and preview again.
    fn must_preview_again(&self) -> bool {
        !self.is_possible() && (self.offers_replacement() || self.is_edit())
    }

    /// The catalogue key of the hint on the replacement; it mentions roles only if one moves.
    fn replace_hint(&self) -> &'static str {
        let has_role = |outcome: &StatusOutcome| outcome.status.roles().next().is_some();
        match self.outcomes().any(has_role) {
            true => "status-replace-hint",
            false => "status-replace-hint-leads",
        }
    }

    fn replacement_id(&self) -> String {
        self.action
            .replace_with()
            .map(|id| id.to_string())
            .unwrap_or_default()
    }

    fn replacement_name(&self) -> String {
        self.replacement()
            .map(|status| status.name.to_string())
            .unwrap_or_default()
    }

    /// The text of a blocker.
    fn blocker_text(&self, blocker: &Blocker) -> String {
        let count = blocker.count.unwrap_or(0);
        match (blocker.kind, blocker.role) {
            ("role", Some("default")) => self.page.t("status-blocked-default").to_owned(),
            ("role", _) => self.page.t("status-blocked-converted").to_owned(),
            ("leads_in_bin", _) => self.page.tn("status-blocked-leads-in-bin", count),
            _ => self.page.tn("status-blocked-leads", count),
        }
    }

    fn replacement(&self) -> Option<&LeadStatus> {
        let id = self.action.replace_with()?;
        self.data.candidates.iter().find(|status| status.id == id)
    }

    /// The effect on a status that isn't blocked: where its roles and leads move.
    fn effect_text(&self, outcome: &StatusOutcome) -> String {
        let (page, to) = (&self.page, self.replacement_name());
        let mut parts = Vec::new();
        if !outcome.moved_roles.is_empty() {
            parts.push(page.t1("status-preview-handed", "name", to.as_str()));
        }
        if self.replacement().is_some() && outcome.totals.including_bin() > 0 {
            let count = outcome.totals.including_bin();
            parts.push(page.t2("status-preview-going", "count", count, "name", to));
        }
        if parts.is_empty() {
            parts.push(page.t("status-preview-fine").to_owned());
        }
        parts.join(" · ")
    }

    /// Sentences about all leads that move to the replacement: number, open and closed, value.
    fn moving_sentences(&self) -> Vec<String> {
        let Some(replacement) = self.replacement() else {
            return Vec::new();
        };
        let movable = self.outcomes().filter(|outcome| outcome.is_possible());
        let movable: Vec<&StatusOutcome> = movable.collect();
        let totals = LeadTotals::sum(movable.iter().map(|outcome| &outcome.totals));
        if totals.including_bin() == 0 {
            return Vec::new();
        }
        let counts = movable.iter().map(|outcome| outcome.open_and_closed());
        let counts = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        let mut sentences = self.total_sentences(&totals, counts, replacement);
        let is_other = |outcome: &&StatusOutcome| {
            outcome.totals.including_bin() > 0 && outcome.status.kind != replacement.kind
        };
        if movable.iter().any(is_other) {
            let kind = self.page.t(replacement.kind.key());
            sentences.push(self.page.t1("status-preview-kind", "kind", kind));
        }
        if movable.iter().any(|outcome| outcome.moves_in_background) {
            sentences.push(self.page.t("status-preview-long").to_owned());
        }
        sentences
    }

    /// Sentences about these leads: how many, what they are worth, and how many are in the bin.
    fn total_sentences(
        &self,
        totals: &LeadTotals,
        (open, closed): (i64, i64),
        replacement: &LeadStatus,
    ) -> Vec<String> {
        let page = &self.page;
        let message = Message::new("status-preview-leads")
            .with("count", totals.leads)
            .with("name", replacement.name.as_str())
            .with("open", open)
            .with("closed", closed);
        let mut sentences = vec![page.text(&message)];
        let sums = totals.sum_texts(page.lang);
        if !sums.is_empty() {
            sentences.push(page.t1("status-preview-worth", "sums", sums.join(" + ")));
        }
        if totals.in_bin > 0 {
            sentences.push(page.tn("status-preview-in-bin", totals.in_bin));
        }
        sentences
    }

    /// True if the leads would begin a new age.
    fn restarts_age(&self) -> bool {
        self.action
            .replacement()
            .is_some_and(|replacement| replacement.restarts_age)
    }

    /// True if any of the statuses has leads.
    fn has_leads(&self) -> bool {
        self.outcomes()
            .any(|outcome| outcome.totals.including_bin() > 0)
    }

    fn value_text(&self, value: &DisplayValue) -> String {
        value.text(self.page.lang)
    }
}
