use askama::Template;

use crate::error::{Blocker, FieldErrors};
use crate::i18n::Message;
use crate::statuses::bulk::{Act, EditForm, Verdict};
use crate::statuses::pages::bulk::action;
use crate::statuses::views::show::sums;
use crate::statuses::{Headcount, Hue, Kind, LeadStatus, Shown};
use crate::web::Page;
use crate::web::chosen::Difference;

/// What would happen: to which statuses, what is refused and why, where leads and roles would go.
#[derive(Template)]
#[template(path = "statuses/preview.html")]
pub struct Preview {
    pub page: Page,
    /// `archive`, `restore`, `delete`, `edit`, `default`, `converted`.
    pub verb: &'static str,
    pub act: Act,
    pub edit: EditForm,
    pub errors: FieldErrors,
    pub verdicts: Vec<Verdict>,
    /// The statuses that may take over.
    pub takers: Vec<LeadStatus>,
    /// The filters, where everything that matches was asked for.
    pub scope: Option<Vec<(&'static str, String)>>,
    /// How the statuses differ from what the form expected.
    pub difference: Difference,
    /// What tells them from any others.
    pub digest: String,
    /// Why it was not done just now.
    pub why: Option<Message>,
    pub back: String,
}

impl Preview {
    fn count(&self) -> usize {
        self.verdicts.len()
    }

    /// The question: "Delete 3 statuses?", or with the name of the only one.
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

    /// What the action means, in one sentence.
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

    /// The words on the button: verb and count.
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

    fn action(&self) -> String {
        action(self.verb, self.only())
    }

    fn only(&self) -> Option<i64> {
        match self.verdicts.as_slice() {
            [only] => Some(only.status.id),
            _ => None,
        }
    }

    fn is_fine(&self) -> bool {
        self.verdicts.iter().all(Verdict::is_fine) && self.errors.is_empty() && self.can_be_done()
    }

    /// An edit without a change yet asks for one first.
    fn can_be_done(&self) -> bool {
        !matches!(&self.act, Act::Edit(edit) if edit.is_empty())
    }

    fn refused(&self) -> usize {
        self.verdicts
            .iter()
            .filter(|verdict| !verdict.is_fine())
            .count()
    }

    /// The ids of those that nothing stands in the way of, for doing it to them alone.
    fn fine_ids(&self) -> Vec<i64> {
        self.verdicts
            .iter()
            .filter(|v| v.is_fine())
            .map(|v| v.status.id)
            .collect()
    }

    /// True if a replacement can be chosen: something is blocked by a role or by leads, or one was chosen.
    fn offers_replacement(&self) -> bool {
        matches!(self.verb, "archive" | "delete")
            && (self.act.replace_with().is_some()
                || self.verdicts.iter().any(|v| !v.blockers.is_empty()))
    }

    /// True if there is only one thing to do next: choose, and look again.
    fn must_look_again(&self) -> bool {
        !self.is_fine() && (self.offers_replacement() || self.verb == "edit")
    }

    /// What the replacement takes over, as a catalogue key: a role only where there is one.
    fn replace_hint(&self) -> &'static str {
        let has_role = |verdict: &Verdict| verdict.status.roles().next().is_some();
        match self.verdicts.iter().any(has_role) {
            true => "status-replace-hint",
            false => "status-replace-hint-leads",
        }
    }

    fn taker_word(&self) -> String {
        self.act
            .replace_with()
            .map(|id| id.to_string())
            .unwrap_or_default()
    }

    fn taker_name(&self) -> String {
        self.taker()
            .map(|taker| taker.name.to_string())
            .unwrap_or_default()
    }

    /// Why something is blocked, in words.
    fn blocker_text(&self, blocker: &Blocker) -> String {
        let count = blocker.count.unwrap_or(0);
        match (blocker.kind, blocker.role) {
            ("role", Some("default")) => self.page.t("status-blocked-default").to_owned(),
            ("role", _) => self.page.t("status-blocked-converted").to_owned(),
            ("leads_in_bin", _) => self.page.tn("status-blocked-leads-in-bin", count),
            _ => self.page.tn("status-blocked-leads", count),
        }
    }

    fn taker(&self) -> Option<&LeadStatus> {
        let chosen = self.act.replace_with()?;
        self.takers.iter().find(|taker| taker.id == chosen)
    }

    /// What becomes of a status that nothing stands in the way of: where its role and its leads go.
    fn fate(&self, verdict: &Verdict) -> String {
        let (page, to) = (&self.page, self.taker_name());
        let mut told = Vec::new();
        if !verdict.handed_over.is_empty() {
            told.push(page.t1("status-preview-handed", "name", to.as_str()));
        }
        if self.taker().is_some() && verdict.head.all() > 0 {
            let count = verdict.head.all();
            told.push(page.t2("status-preview-going", "count", count, "name", to));
        }
        if told.is_empty() {
            told.push(page.t("status-preview-fine").to_owned());
        }
        told.join(" · ")
    }

    /// All leads that go to the replacement, in sentences: how many, open and closed, worth what.
    fn going(&self) -> Vec<String> {
        let Some(taker) = self.taker() else {
            return Vec::new();
        };
        let going: Vec<&Verdict> = self.verdicts.iter().filter(|v| v.is_fine()).collect();
        let head = Headcount::together(going.iter().map(|verdict| &verdict.head));
        if head.all() == 0 {
            return Vec::new();
        }
        let of_kind = going.iter().map(|verdict| verdict.open_and_closed());
        let (open, closed) = of_kind.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let mut told = vec![
            self.page.say(
                &Message::new("status-preview-leads")
                    .with("count", head.leads)
                    .with("name", taker.name.as_str())
                    .with("open", open)
                    .with("closed", closed),
            ),
        ];
        let sums = sums(&head, self.page.lang);
        if !sums.is_empty() {
            told.push(
                self.page
                    .t1("status-preview-worth", "sums", sums.join(" + ")),
            );
        }
        if head.in_bin > 0 {
            told.push(self.page.tn("status-preview-in-bin", head.in_bin));
        }
        let is_other =
            |verdict: &&Verdict| verdict.head.all() > 0 && verdict.status.kind != taker.kind;
        if going.iter().any(is_other) {
            let kind = self.page.t(taker.kind.key());
            told.push(self.page.t1("status-preview-kind", "kind", kind));
        }
        if going.iter().any(|verdict| verdict.takes_long) {
            told.push(self.page.t("status-preview-long").to_owned());
        }
        told
    }

    /// True if leads would begin a new age in the status that takes over.
    fn restarts_age(&self) -> bool {
        self.act
            .replacement()
            .is_some_and(|taker| taker.restarts_age)
    }

    /// True if any of them has leads.
    fn has_leads(&self) -> bool {
        self.verdicts.iter().any(|verdict| verdict.head.all() > 0)
    }

    fn say_value(&self, value: &Shown) -> String {
        value.text(self.page.lang)
    }

    fn kinds(&self) -> [Kind; 5] {
        Kind::ALL
    }

    fn hues(&self) -> [Hue; 12] {
        Hue::ALL
    }
}
