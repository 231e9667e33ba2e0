//! The preview of a bulk action.

use std::collections::BTreeMap;

use askama::Template;

use crate::clock::Timestamp;
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::actions::bulk::LeadOutcome;
use crate::leads::actions::related_records::{NamedStatus, RelatedRecords};
use crate::leads::domain::bulk_action::BulkAction;
use crate::leads::domain::bulk_action::BulkActionKind;
use crate::leads::domain::bulk_form::{BulkForm, UNASSIGNED};
use crate::leads::domain::rights::Rights;
use crate::leads::http::views::rule_inputs::RuleInputs;
use crate::money::{Currency, Money};
use crate::records::bulk_selection::Difference;
use crate::statuses::LeadStatus;
use crate::web::Page;

/// The most leads that a preview names.
const MAX_NAMED: usize = 50;

/// The data of the preview.
pub struct BulkPreviewData {
    /// What the action does to each lead; to the first few of very many.
    pub outcomes: Vec<LeadOutcome>,
    /// The number of leads.
    pub count: usize,
    pub lookup: RelatedRecords,
    /// The users who may own leads.
    pub owners: Vec<(i64, String)>,
    /// The users who can receive the leads.
    pub receivers: Vec<(i64, String)>,
    /// The difference from the leads that the form expected.
    pub difference: Difference,
    /// Identifies the set of leads.
    pub digest: String,
    pub rights: Rights,
    pub now: Timestamp,
}

/// The preview: how many leads change and how, and which are refused and why.
#[derive(Template)]
#[template(path = "leads/preview.html")]
pub struct BulkPreviewPage {
    pub page: Page,
    pub kind: BulkActionKind,
    pub form: BulkForm,
    /// `None` until the form has all that it needs.
    pub action: Option<BulkAction>,
    pub errors: FieldErrors,
    /// The filters, for a selection of all that match.
    pub filters: Option<Vec<(&'static str, String)>>,
    pub data: BulkPreviewData,
    pub back: String,
    /// Why the action failed.
    pub why: Option<Message>,
}

/// Leads with the same status, or the same owner.
struct Group {
    status: Option<NamedStatus>,
    owner: String,
    count: usize,
    /// Their values, summed by currency.
    sums: String,
}

impl BulkPreviewPage {
    fn count(&self) -> usize {
        self.data.count
    }

    /// True if there are too many leads to check each before the action is confirmed.
    fn is_sample(&self) -> bool {
        self.data.outcomes.len() < self.data.count
    }

    /// The number of leads that change, as far as that is known.
    fn changing_count(&self) -> usize {
        match self.is_sample() {
            true => self.data.count,
            false => self.changing().count(),
        }
    }

    /// The question: "Move 12 leads", or with the name of a single lead.
    fn heading(&self) -> String {
        let key = match self.kind {
            BulkActionKind::Move => "lead-ask-move",
            BulkActionKind::Assign => "lead-ask-assign",
            BulkActionKind::Pause => "lead-ask-pause",
            BulkActionKind::Note => "lead-ask-note",
            BulkActionKind::Delete => "lead-ask-delete",
            BulkActionKind::Restore => "lead-ask-restore",
        };
        let first = self.data.outcomes.first();
        let name = first.map_or("", |outcome| outcome.lead.fields.name.as_str());
        self.page.t2(key, "count", self.count(), "name", name)
    }

    /// What the action means, in one sentence.
    fn explanation(&self) -> &'static str {
        self.page.t(match self.kind {
            BulkActionKind::Move => "lead-about-move",
            BulkActionKind::Assign => "lead-about-assign",
            BulkActionKind::Pause => "lead-about-pause",
            BulkActionKind::Note => "lead-about-note",
            BulkActionKind::Delete => "lead-about-delete",
            BulkActionKind::Restore => "lead-about-restore",
        })
    }

    /// The label of the button: action and count.
    fn button(&self) -> String {
        let action = self.kind.sample_action(self.page.now);
        self.page.tn(action.button_key(), self.changing_count())
    }

    fn is_unchanged(&self, outcome: &LeadOutcome) -> bool {
        self.action.is_some() && outcome.is_unchanged && outcome.refusal.is_none()
    }

    fn changing(&self) -> impl Iterator<Item = &LeadOutcome> {
        let is_changing =
            |outcome: &&LeadOutcome| outcome.refusal.is_none() && !self.is_unchanged(outcome);
        self.data.outcomes.iter().filter(is_changing)
    }

    /// The number of leads that the action doesn't change.
    fn unchanged_count(&self) -> usize {
        let outcomes = self.data.outcomes.iter();
        outcomes
            .filter(|outcome| self.is_unchanged(outcome))
            .count()
    }

    fn refused_count(&self) -> usize {
        let outcomes = self.data.outcomes.iter();
        outcomes.filter(|outcome| outcome.refusal.is_some()).count()
    }

    /// The first refused leads, with the reasons.
    fn refusals(&self) -> Vec<(&LeadOutcome, String)> {
        let refusals = self.data.outcomes.iter().filter_map(|outcome| {
            let refusal = outcome.refusal.as_ref()?;
            Some((outcome, self.page.text(refusal)))
        });
        refusals.take(MAX_NAMED).collect()
    }

    fn shown_changes(&self) -> Vec<&LeadOutcome> {
        self.changing().take(MAX_NAMED).collect()
    }

    /// The number of leads beyond those that are named.
    fn hidden_count(&self, count: usize) -> usize {
        count.saturating_sub(MAX_NAMED)
    }

    /// The ids of the leads that are not refused, to apply the action to them alone.
    fn allowed_ids(&self) -> Vec<i64> {
        let allowed = self
            .data
            .outcomes
            .iter()
            .filter(|outcome| outcome.refusal.is_none());
        allowed.map(|outcome| outcome.lead.id).collect()
    }

    /// The ids of the paused leads whose pause the user may end.
    fn paused_ids(&self) -> Vec<i64> {
        let is_paused = |outcome: &&LeadOutcome| {
            let lead = &outcome.lead;
            lead.is_paused(self.data.now) && !lead.is_in_bin() && self.data.rights.can_edit(lead)
        };
        let paused = self.data.outcomes.iter().filter(is_paused);
        paused.map(|outcome| outcome.lead.id).collect()
    }

    /// True if the action can be applied, now or with the values that it needs.
    fn can_apply(&self) -> bool {
        self.is_sample() || self.refused_count() == 0 && self.changing().next().is_some()
    }

    fn has_inputs(&self) -> bool {
        !matches!(self.kind, BulkActionKind::Delete | BulkActionKind::Restore)
    }

    /// The leads that change, grouped by their current status or owner.
    fn groups(&self) -> Vec<Group> {
        let mut by_key: BTreeMap<(i64, String), Vec<&LeadOutcome>> = BTreeMap::new();
        for outcome in self.changing() {
            by_key
                .entry(self.group_key(outcome))
                .or_default()
                .push(outcome);
        }
        let groups = by_key.into_values().filter_map(|leads| {
            let first = &leads.first()?.lead;
            let owner = self.data.lookup.owner(first).unwrap_or_default();
            Some(Group {
                status: (self.kind != BulkActionKind::Assign)
                    .then(|| self.data.lookup.named_status(first.status_id)),
                owner: owner.to_owned(),
                count: leads.len(),
                sums: self.sums(&leads),
            })
        });
        groups.collect()
    }

    /// The key and order of the groups: pipeline position, or name of the owner.
    fn group_key(&self, outcome: &LeadOutcome) -> (i64, String) {
        let lead = &outcome.lead;
        if self.kind == BulkActionKind::Assign {
            let name = self.data.lookup.owner(lead).unwrap_or_default();
            return (lead.fields.owner.map_or(0, |_| 1), name.to_owned());
        }
        let position = self
            .data
            .lookup
            .status(lead.status_id)
            .and_then(|s| s.position);
        let position = position.map_or(i64::MAX, i64::from);
        (position, lead.status_id.to_string())
    }

    fn sums(&self, leads: &[&LeadOutcome]) -> String {
        let mut sums: BTreeMap<&'static str, (Currency, i64)> = BTreeMap::new();
        for money in leads
            .iter()
            .filter_map(|outcome| outcome.lead.fields.money())
        {
            let sum = sums
                .entry(money.currency.code())
                .or_insert((money.currency, 0));
            sum.1 = sum.1.saturating_add(money.cents);
        }
        let texts = sums.into_values().filter(|(_, cents)| *cents != 0);
        let texts = texts.map(|(currency, cents)| Money { cents, currency }.text(self.page.lang));
        texts.collect::<Vec<_>>().join(" · ")
    }

    /// The selected status.
    fn target(&self) -> Option<&LeadStatus> {
        match &self.action {
            Some(BulkAction::Move(lead_move)) => self.data.lookup.status(lead_move.to),
            _ => None,
        }
    }

    /// The name of the selected owner.
    fn new_owner(&self) -> Option<&str> {
        match &self.action {
            Some(BulkAction::Assign(None)) => Some(self.page.t("lead-owner-nobody")),
            Some(BulkAction::Assign(Some(owner))) => {
                let owner = self.data.owners.iter().find(|(id, _)| id == owner);
                owner.map(|(_, name)| name.as_str())
            }
            _ => None,
        }
    }

    /// The statuses to choose from, without the one that all of the leads are in, unless it is selected.
    fn statuses(&self) -> Vec<&LeadStatus> {
        let outcomes = &self.data.outcomes;
        let can_change = |id: i64| outcomes.iter().any(|outcome| outcome.lead.status_id != id);
        let mut statuses = self.data.lookup.in_use();
        statuses.retain(|s| can_change(s.id) || self.form.status == s.id.to_string());
        statuses
    }

    /// The first day on which a pause can end.
    fn tomorrow(&self) -> String {
        let today = self.page.zone.day(self.data.now);
        today.succ_opt().unwrap_or(today).to_string()
    }

    /// The inputs for the rules of the selected status, for all leads.
    fn rule_inputs(&self) -> RuleInputs {
        let (form, rights) = (&self.form, self.data.rights);
        self.target().map_or_else(RuleInputs::default, |target| {
            RuleInputs::of_status(target, &form.answers, &form.reason, rights)
        })
    }

    /// The id of the selected receiver.
    fn offer_to(&self) -> String {
        let receiver = self.form.answers.offer_to;
        receiver.map_or_else(String::new, |id| id.to_string())
    }

    /// The answers to the rules, as the form sends them.
    fn typed_answers(&self) -> Vec<(String, String)> {
        let answers = &self.form.answers;
        let confirmed = answers.confirmed.iter();
        let confirmed = confirmed.map(|id| ("confirmed".to_owned(), id.to_string()));
        let evidence = answers.evidence.iter();
        let evidence = evidence.map(|(id, text)| (format!("evidence[{id}]"), text.clone()));
        let why = answers.override_reason.iter();
        let overridden = why.flat_map(|why| {
            let on = ("override".to_owned(), "1".to_owned());
            [on, ("override_reason".to_owned(), why.clone())]
        });
        let receiver = answers.offer_to.iter();
        let receiver = receiver.map(|id| ("offer_to".to_owned(), id.to_string()));
        confirmed
            .chain(evidence)
            .chain(overridden)
            .chain(receiver)
            .collect()
    }

    /// The typed values, for the form that leaves out the refused leads.
    fn typed_values(&self) -> Vec<(&'static str, &str)> {
        let form = &self.form;
        let pairs = match self.kind {
            BulkActionKind::Move => vec![
                ("status", form.status.as_str()),
                ("entered_at", &form.entered_at),
                ("entered_hour", &form.entered_hour),
                ("reason", &form.reason),
                ("note", &form.note),
            ],
            BulkActionKind::Assign => vec![("owner", form.owner.as_str())],
            BulkActionKind::Pause => vec![("until", form.until.as_str()), ("reason", &form.reason)],
            BulkActionKind::Note => vec![("note", form.note.as_str())],
            BulkActionKind::Delete | BulkActionKind::Restore => vec![],
        };
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        pairs.collect()
    }
}
