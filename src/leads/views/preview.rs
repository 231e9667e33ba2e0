use std::collections::BTreeMap;

use askama::Template;

use crate::clock::Timestamp;
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::bulk::{Act, Verdict};
use crate::leads::{BulkForm, Cast, Currency, Money, NOBODY, NamedStatus, Rights, Verb};
use crate::statuses::LeadStatus;
use crate::web::Page;
use crate::web::chosen::Difference;

/// The most leads that a preview names one by one.
const SHOWN: usize = 50;

/// What would happen: to how many leads, from where to where, what is refused and why.
#[derive(Template)]
#[template(path = "leads/preview.html")]
pub struct Preview {
    pub page: Page,
    pub verb: Verb,
    pub form: BulkForm,
    /// Nothing as long as something isn't chosen that must be.
    pub act: Option<Act>,
    pub errors: FieldErrors,
    pub verdicts: Vec<Verdict>,
    pub cast: Cast,
    /// Who may own leads.
    pub people: Vec<(i64, String)>,
    /// The filters, where everything that matches was asked for.
    pub scope: Option<Vec<(&'static str, String)>>,
    /// How the leads differ from what the form expected.
    pub difference: Difference,
    /// What tells them from any others.
    pub digest: String,
    pub rights: Rights,
    pub now: Timestamp,
    pub back: String,
    /// Why it was not done just now.
    pub why: Option<Message>,
}

/// Leads that have a status, or an owner, in common.
struct Group {
    status: Option<NamedStatus>,
    owner: String,
    count: usize,
    /// What they are worth, by currency.
    sums: String,
}

impl Preview {
    fn count(&self) -> usize {
        self.verdicts.len()
    }

    /// The question: "Move 12 leads", or with the name of the only one.
    fn heading(&self) -> String {
        let key = match self.verb {
            Verb::Move => "lead-ask-move",
            Verb::Assign => "lead-ask-assign",
            Verb::Pause => "lead-ask-pause",
            Verb::Note => "lead-ask-note",
            Verb::Delete => "lead-ask-delete",
            Verb::Restore => "lead-ask-restore",
        };
        let first = self.verdicts.first();
        let name = first.map_or("", |verdict| verdict.lead.fields.name.as_str());
        self.page.t2(key, "count", self.count(), "name", name)
    }

    /// What the action means, in one sentence.
    fn explanation(&self) -> &'static str {
        self.page.t(match self.verb {
            Verb::Move => "lead-about-move",
            Verb::Assign => "lead-about-assign",
            Verb::Pause => "lead-about-pause",
            Verb::Note => "lead-about-note",
            Verb::Delete => "lead-about-delete",
            Verb::Restore => "lead-about-restore",
        })
    }

    /// The words on the button: verb and count.
    fn button(&self) -> String {
        let key = match self.verb {
            Verb::Move => "lead-do-move",
            Verb::Assign => "lead-do-assign",
            Verb::Pause => "lead-do-pause",
            Verb::Note => "lead-do-note",
            Verb::Delete => "lead-do-delete",
            Verb::Restore => "lead-do-restore",
        };
        self.page.tn(key, self.changing().count())
    }

    fn is(&self, word: &str) -> bool {
        self.verb.as_str() == word
    }

    fn is_same(&self, verdict: &Verdict) -> bool {
        self.act.is_some() && verdict.is_done && verdict.refusal.is_none()
    }

    fn changing(&self) -> impl Iterator<Item = &Verdict> {
        let is_changing = |verdict: &&Verdict| verdict.refusal.is_none() && !self.is_same(verdict);
        self.verdicts.iter().filter(is_changing)
    }

    /// How many are as asked already.
    fn same(&self) -> usize {
        let verdicts = self.verdicts.iter();
        verdicts.filter(|verdict| self.is_same(verdict)).count()
    }

    fn refused(&self) -> usize {
        let verdicts = self.verdicts.iter();
        verdicts.filter(|verdict| verdict.refusal.is_some()).count()
    }

    /// The first of those that are refused, with the reasons.
    fn refusals(&self) -> Vec<(&Verdict, String)> {
        let told = self.verdicts.iter().filter_map(|verdict| {
            let refusal = verdict.refusal.as_ref()?;
            Some((verdict, self.page.say(refusal)))
        });
        told.take(SHOWN).collect()
    }

    fn named(&self) -> Vec<&Verdict> {
        self.changing().take(SHOWN).collect()
    }

    /// How many of `count` are not named.
    fn more(&self, count: usize) -> usize {
        count.saturating_sub(SHOWN)
    }

    /// The ids of those that nothing stands in the way of, for doing it to them alone.
    fn fine_ids(&self) -> Vec<i64> {
        let fine = self.verdicts.iter().filter(|one| one.refusal.is_none());
        fine.map(|verdict| verdict.lead.id).collect()
    }

    /// The ids of those that are set aside now and may be taken up again.
    fn paused_ids(&self) -> Vec<i64> {
        let is_paused = |verdict: &&Verdict| {
            let lead = &verdict.lead;
            lead.is_paused(self.now) && !lead.is_deleted() && self.rights.may_touch(lead)
        };
        let paused = self.verdicts.iter().filter(is_paused);
        paused.map(|verdict| verdict.lead.id).collect()
    }

    /// True if it can be done, or could once something is chosen.
    fn is_fine(&self) -> bool {
        self.refused() == 0 && self.changing().next().is_some()
    }

    /// True as long as it isn't chosen where to, or to whom: what would happen can't be said before.
    fn must_choose(&self) -> bool {
        self.act.is_none() && matches!(self.verb, Verb::Move | Verb::Assign)
    }

    fn takes_values(&self) -> bool {
        !matches!(self.verb, Verb::Delete | Verb::Restore)
    }

    /// Those that would change, by where they are now: in a status, or with an owner.
    fn groups(&self) -> Vec<Group> {
        let mut found: BTreeMap<(i64, String), Vec<&Verdict>> = BTreeMap::new();
        for verdict in self.changing() {
            found.entry(self.place(verdict)).or_default().push(verdict);
        }
        let groups = found.into_values().filter_map(|leads| {
            let first = &leads.first()?.lead;
            let owner = self.cast.owner(first).unwrap_or_default();
            Some(Group {
                status: (self.verb != Verb::Assign).then(|| self.cast.named(first.status_id)),
                owner: owner.to_owned(),
                count: leads.len(),
                sums: self.sums(&leads),
            })
        });
        groups.collect()
    }

    /// What groups are made by and ordered by: the place in the pipeline, or the owner's name.
    fn place(&self, verdict: &Verdict) -> (i64, String) {
        let lead = &verdict.lead;
        if self.verb == Verb::Assign {
            let name = self.cast.owner(lead).unwrap_or_default();
            return (lead.fields.owner.map_or(0, |_| 1), name.to_owned());
        }
        let position = self.cast.status(lead.status_id).and_then(|s| s.position);
        let place = position.map_or(i64::MAX, i64::from);
        (place, lead.status_id.to_string())
    }

    fn sums(&self, leads: &[&Verdict]) -> String {
        let mut sums: BTreeMap<&'static str, (Currency, i64)> = BTreeMap::new();
        for money in leads
            .iter()
            .filter_map(|verdict| verdict.lead.fields.money())
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

    /// The status they would enter, once it is chosen.
    fn target(&self) -> Option<&LeadStatus> {
        match &self.act {
            Some(Act::Move(order)) => self.cast.status(order.to),
            _ => None,
        }
    }

    /// Who they would belong to, once that is chosen.
    fn new_owner(&self) -> Option<&str> {
        match &self.act {
            Some(Act::Assign(None)) => Some(self.page.t("lead-owner-nobody")),
            Some(Act::Assign(Some(owner))) => {
                let chosen = self.people.iter().find(|(id, _)| id == owner);
                chosen.map(|(_, name)| name.as_str())
            }
            _ => None,
        }
    }

    /// Where leads can go: not to where all of them are already, unless that was chosen.
    fn statuses(&self) -> Vec<&LeadStatus> {
        let is_elsewhere = |id: i64| self.verdicts.iter().any(|v| v.lead.status_id != id);
        let mut offered = self.cast.in_use();
        offered.retain(|s| is_elsewhere(s.id) || self.form.status == s.id.to_string());
        offered
    }

    fn nobody(&self) -> &'static str {
        NOBODY
    }

    /// The first day that a pause may last until.
    fn tomorrow(&self) -> String {
        self.now.plus_seconds(86_400).date().to_string()
    }

    /// The values that were typed, for the form that leaves out what is refused.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let form = &self.form;
        let sent = match self.verb {
            Verb::Move => vec![
                ("status", form.status.as_str()),
                ("entered_at", &form.entered_at),
                ("reason", &form.reason),
                ("note", &form.note),
            ],
            Verb::Assign => vec![("owner", form.owner.as_str())],
            Verb::Pause => vec![("until", form.until.as_str()), ("reason", &form.reason)],
            Verb::Note => vec![("note", form.note.as_str())],
            Verb::Delete | Verb::Restore => vec![],
        };
        let sent = sent.into_iter().filter(|(_, value)| !value.is_empty());
        sent.collect()
    }
}
