//! The preview of a bulk action or of an action on one status.

use askama::Template;

use crate::error::{Blocker, FieldErrors};
use crate::i18n::Message;
use crate::records::bulk_selection::Difference;
use crate::statuses::actions::bulk::edit::BulkEditForm;
use crate::statuses::actions::bulk::{BulkAction, Verdict};
use crate::statuses::actions::stats::LeadTotals;
use crate::statuses::domain::color::Hue;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::snapshot::DisplayValue;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::pages::bulk::form_action;
use crate::statuses::http::views::show::sums;
use crate::web::Page;

/// The preview of an action: its verdicts, and where leads and roles would move.
#[derive(Template)]
#[template(path = "statuses/preview.html")]
pub struct PreviewPage {
    pub page: Page,
    /// `archive`, `restore`, `delete`, `edit`, `default`, `converted`.
    pub verb: &'static str,
    pub action: BulkAction,
    pub edit: BulkEditForm,
    pub errors: FieldErrors,
    pub verdicts: Vec<Verdict>,
    /// The statuses that can be the replacement.
    pub candidates: Vec<LeadStatus>,
    /// The filters, if all that match are selected.
    pub scope: Option<Vec<(&'static str, String)>>,
    /// How the statuses differ from what the form expected.
    pub difference: Difference,
    /// The digest of the ids, sent back at confirmation.
    pub digest: String,
    /// Why the confirmed action failed.
    pub why: Option<Message>,
    pub back: String,
}

impl PreviewPage {
    fn count(&self) -> usize {
        self.verdicts.len()
    }

    /// The question: "Delete 3 statuses?", or the name if there is one status.
    fn heading(&self) -> String {
        let key = match (self.verb, self.count()) {
            ("archive", 1) => "status-ask-archive-one",
            ("archive", _) => "status-ask-archive",
            ("restore", 1) => "status-ask-restore-one",
            ("restore", _) => "status-ask-restore",
            ("delete", 1) => "status-ask-delete-one",
            ("delete", _) => "status-ask-delete",
            ("default", _) => "status-ask-default",
            ("converted", _) => "status-ask-converted",
            (_, 1) => "status-ask-edit-one",
            _ => "status-ask-edit",
        };
        let name = self
            .verdicts
            .first()
            .map(|v| v.status.name.to_string())
            .unwrap_or_default();
        self.page.t2(key, "count", self.count(), "name", name)
    }

    /// The explanation of the action.
    fn explanation(&self) -> &'static str {
        self.page.t(match self.verb {
            "archive" => "status-about-archive",
            "restore" => "status-about-restore",
            "delete" => "status-about-delete",
            "default" => "status-about-default",
            "converted" => "status-about-converted",
            _ => "status-about-edit",
        })
    }

    /// The label of the button: verb and count.
    fn button(&self) -> String {
        self.page.tn(
            match self.verb {
                "archive" => "status-do-archive",
                "restore" => "status-do-restore",
                "delete" => "status-do-delete",
                "default" => "status-do-default",
                "converted" => "status-do-converted",
                _ => "status-do-edit",
            },
            self.count(),
        )
    }

    fn form_action(&self) -> String {
        form_action(self.verb, self.only())
    }

    fn only(&self) -> Option<i64> {
        match self.verdicts.as_slice() {
            [only] => Some(only.status.id),
            _ => None,
        }
    }

    fn is_possible(&self) -> bool {
        self.verdicts.iter().all(Verdict::is_possible)
            && self.errors.is_empty()
            && self.can_be_done()
    }

    /// False for an edit without a change.
    fn can_be_done(&self) -> bool {
        !matches!(&self.action, BulkAction::Edit(edit) if edit.is_empty())
    }

    fn refused(&self) -> usize {
        self.verdicts
            .iter()
            .filter(|verdict| !verdict.is_possible())
            .count()
    }

    /// The ids of the statuses that the action is possible for.
    fn possible_ids(&self) -> Vec<i64> {
        self.verdicts
            .iter()
            .filter(|v| v.is_possible())
            .map(|v| v.status.id)
            .collect()
    }

    /// True if a replacement can be chosen: a role or leads block the action, or one was chosen.
    fn offers_replacement(&self) -> bool {
        matches!(self.verb, "archive" | "delete")
            && (self.action.replace_with().is_some()
                || self.verdicts.iter().any(|v| !v.blockers.is_empty()))
    }

    /// True if the only next step is to choose and preview again.
    fn must_preview_again(&self) -> bool {
        !self.is_possible() && (self.offers_replacement() || self.verb == "edit")
    }

    /// The catalogue key of the hint on the replacement; it mentions roles only if one moves.
    fn replace_hint(&self) -> &'static str {
        let has_role = |verdict: &Verdict| verdict.status.roles().next().is_some();
        match self.verdicts.iter().any(has_role) {
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
        self.candidates.iter().find(|status| status.id == id)
    }

    /// The effect on a status that isn't blocked: where its roles and leads move.
    fn effect_text(&self, verdict: &Verdict) -> String {
        let (page, to) = (&self.page, self.replacement_name());
        let mut parts = Vec::new();
        if !verdict.moved_roles.is_empty() {
            parts.push(page.t1("status-preview-handed", "name", to.as_str()));
        }
        if self.replacement().is_some() && verdict.totals.including_bin() > 0 {
            let count = verdict.totals.including_bin();
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
        let movable: Vec<&Verdict> = self.verdicts.iter().filter(|v| v.is_possible()).collect();
        let head = LeadTotals::sum(movable.iter().map(|verdict| &verdict.totals));
        if head.including_bin() == 0 {
            return Vec::new();
        }
        let of_kind = movable.iter().map(|verdict| verdict.open_and_closed());
        let (open, closed) = of_kind.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let mut sentences = vec![
            self.page.say(
                &Message::new("status-preview-leads")
                    .with("count", head.leads)
                    .with("name", replacement.name.as_str())
                    .with("open", open)
                    .with("closed", closed),
            ),
        ];
        let sums = sums(&head, self.page.lang);
        if !sums.is_empty() {
            sentences.push(
                self.page
                    .t1("status-preview-worth", "sums", sums.join(" + ")),
            );
        }
        if head.in_bin > 0 {
            sentences.push(self.page.tn("status-preview-in-bin", head.in_bin));
        }
        let is_other = |verdict: &&Verdict| {
            verdict.totals.including_bin() > 0 && verdict.status.kind != replacement.kind
        };
        if movable.iter().any(is_other) {
            let kind = self.page.t(replacement.kind.key());
            sentences.push(self.page.t1("status-preview-kind", "kind", kind));
        }
        if movable.iter().any(|verdict| verdict.moves_in_background) {
            sentences.push(self.page.t("status-preview-long").to_owned());
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
        self.verdicts
            .iter()
            .any(|verdict| verdict.totals.including_bin() > 0)
    }

    fn value_text(&self, value: &DisplayValue) -> String {
        value.text(self.page.lang)
    }

    fn kinds(&self) -> [Kind; 5] {
        Kind::ALL
    }

    fn hues(&self) -> [Hue; 12] {
        Hue::ALL
    }
}
