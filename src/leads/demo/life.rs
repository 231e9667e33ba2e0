//! The life of one lead, from its first day on.

use super::book::{Book, Words};
use super::ways::ways;
use super::{Chance, Deed, Step};
use crate::access::User;
use crate::clock::{DAY, Timestamp};
use crate::error::Result;
use crate::i18n::Lang;
use crate::leads::Via;

const HOUR: i64 = DAY / 24;
const MINUTE: i64 = HOUR / 60;
/// The first leads come this many days ago, when the pipeline has been set up.
const FIRST_DAYS: i64 = 545;
/// The days between which leads could try the product in a status of its own, which was given up then.
const TRIAL_DAYS: (i64, i64) = (427, 250);
const SEED: u64 = 20_261_124;

/// The open statuses in the order of the pipeline, and the hours that half of the leads stay at most.
const STAGES: [(&str, i64); 6] = [
    ("new", 18),
    ("contacted", 105),
    ("qualified", 130),
    ("demo", 140),
    ("proposal", 250),
    ("negotiation", 230),
];

/// Where leads are forgotten: offers are sent and nobody asks again.
const FORGOTTEN: [(usize, i64); 6] = [(0, 4), (1, 22), (2, 14), (3, 10), (4, 40), (5, 10)];

fn median_hours(slug: &str) -> i64 {
    let stage = STAGES.iter().find(|(stage, _)| *stage == slug);
    match (stage, slug) {
        (Some((_, hours)), _) => *hours,
        (None, "trial") => 300,
        // Nurture, and lost for those who come back.
        _ => 1_000,
    }
}

/// A lead as it lives.
pub struct Life<'a> {
    chance: Chance,
    words: &'a Words,
    people: &'a [User],
    lead: usize,
    now: Timestamp,
    /// When it came to where it is.
    at: Timestamp,
    status: &'static str,
    /// The place of its owner among the people.
    owner: Option<usize>,
    steps: Vec<Step>,
}

impl<'a> Life<'a> {
    /// What happens to the lead of this number, up to now.
    pub fn lived(
        book: &'a Book,
        people: &'a [User],
        lead: usize,
        now: Timestamp,
    ) -> Result<Vec<Step>> {
        let mut chance = Chance::new(SEED.wrapping_mul(lead as u64 + 1));
        let lang = if chance.percent(58) {
            Lang::Ro
        } else {
            Lang::En
        };
        let mut fields = book.lead(&mut chance, lang)?;
        let owners = [
            (Some(2), 27),
            (Some(3), 25),
            (Some(4), 24),
            (Some(1), 14),
            (None, 10),
        ];
        let owner = chance.weighed(&owners).flatten();
        fields.owner = owner.and_then(|at| Some(people.get(at)?.id));
        let mut life = Life {
            chance,
            words: book.words(lang),
            people,
            lead,
            now,
            at: now,
            status: "new",
            owner,
            steps: Vec::new(),
        };
        let via = match fields.source.as_str() {
            "Website" => Via::Api,
            "Trade fair" => Via::Import,
            _ => Via::Ui,
        };
        let comes = Deed::Come(Box::new(fields), via);
        match lead % 16 {
            5 => life.be_forgotten(comes),
            _ => life.run(comes),
        }
        life.steps.retain(|step| step.at <= now);
        Ok(life.steps)
    }

    /// Comes on some day, more of them lately, and goes its way until it ends or now is reached.
    fn run(&mut self, comes: Deed) {
        let hours = FIRST_DAYS * 24;
        let share = match self.chance.percent(60) {
            true => self.chance.below(1_000) * self.chance.below(1_000),
            false => self.chance.below(1_000) * 1_000,
        };
        let came = self.now.0 - hours * share / 1_000_000 * HOUR - self.chance.below(60) * MINUTE;
        self.at = self.working(came);
        // Whoever would come on the next working day came on the last one.
        for days in 1..=4 {
            if self.at > self.now {
                self.at = self.working(came - days * DAY);
            }
        }
        self.come(comes);
        while let Some(next) = self.next() {
            let median = median_hours(self.status);
            let hours = self.chance.hours(median);
            let left = self.stay(hours);
            if left > self.now {
                break;
            }
            if self.chance.percent(1) {
                self.move_by_mistake(left, next);
            }
            self.go(
                next,
                self.steps.last().map_or(left, |step| step.at.max(left)),
            );
        }
        self.end();
    }

    /// Goes straight to a status, where nobody looks at it any more.
    fn be_forgotten(&mut self, comes: Deed) {
        let stage = self.chance.weighed(&FORGOTTEN).unwrap_or(4);
        let days = match self.lead {
            53 => 391,
            229 => 372,
            _ => 21 + self.chance.below(14) + self.chance.below(2) * self.chance.below(70),
        };
        let hours: Vec<i64> = STAGES
            .iter()
            .take(stage)
            .map(|(_, median)| self.chance.hours(*median))
            .collect();
        let came = self.now.0 - days * DAY - hours.iter().sum::<i64>() * HOUR * 7 / 5;
        self.at = self.working(came);
        self.come(comes);
        for (hours, (slug, _)) in hours.iter().zip(&STAGES[1..]) {
            let left = self.stay(*hours);
            self.go(slug, left);
        }
        if self.chance.percent(35) {
            let at = self.working(self.at.0 + 2 * DAY);
            self.note(at);
        }
    }

    fn next(&mut self) -> Option<&'static str> {
        let days = (self.now.0 - self.at.0) / DAY;
        let is_trial = (TRIAL_DAYS.1 + 20..TRIAL_DAYS.0).contains(&days);
        if self.status == "demo" && is_trial && self.chance.percent(45) {
            return Some("trial");
        }
        if self.status == "lost" && !self.chance.percent(9) {
            return None;
        }
        self.chance.weighed(ways(self.status))
    }

    /// When a stay of so many hours ends; on the way something may be written or the lead be set aside.
    fn stay(&mut self, hours: i64) -> Timestamp {
        let mut left = self.working(self.at.0 + hours * HOUR);
        if self.status == "trial" {
            left = left.min(Timestamp(self.now.0 - TRIAL_DAYS.1 * DAY));
        }
        if self.chance.percent(26) {
            let at = self.working(self.at.0 + hours * HOUR / 2);
            if at < left {
                self.note(at);
            }
        }
        if self.is_open() && hours > 150 && self.chance.percent(9) {
            let until = (left.0 - DAY) / DAY * DAY;
            let at = self.working(self.at.0 + 20 * HOUR);
            self.pause(at, until);
        }
        left
    }

    /// Now it is where it is; if that is an open status, it may be set aside for some time to come.
    fn end(&mut self) {
        let waited = self.now.0 - self.at.0;
        if self.is_open() && waited > 6 * HOUR && self.chance.percent(12) {
            let begun = waited.min(20 * DAY) * (20 + self.chance.below(70)) / 100;
            let at = Timestamp(self.now.0 - begun);
            let today = self.now.0 / DAY;
            let until = (today + 2 + self.chance.below(24)) * DAY;
            self.pause(at, until);
        }
        if self.status == "not-a-lead" && self.chance.percent(16) {
            let days = 1 + self.chance.below(6);
            let at = self.working(self.at.0 + days * DAY);
            self.push(at, 1, Deed::Bin);
        }
    }

    fn is_open(&self) -> bool {
        STAGES.iter().any(|(slug, _)| *slug == self.status)
    }

    fn come(&mut self, comes: Deed) {
        let by = match &comes {
            Deed::Come(_, Via::Api) => 0,
            Deed::Come(_, Via::Import) => 1,
            _ => self.owner.unwrap_or(1),
        };
        self.push(self.at, by, comes);
        if self.owner.is_none() && self.chance.percent(65) {
            let owner = 2 + self.chance.below(3) as usize;
            let minutes = 20 + self.chance.below(200);
            let at = self.working(self.at.0 + minutes * MINUTE);
            self.assign(at, owner);
        }
    }

    fn assign(&mut self, at: Timestamp, owner: usize) {
        if let Some(user) = self.people.get(owner) {
            self.push(at, 1, Deed::Assign(user.id));
            self.owner = Some(owner);
            self.at = self.at.max(at);
        }
    }

    fn go(&mut self, to: &'static str, at: Timestamp) {
        let words = self.words;
        let place = |slug: &str| STAGES.iter().position(|(stage, _)| *stage == slug);
        let reasons: &[String] = match (self.status, to, place(self.status), place(to)) {
            (_, "lost", ..) => &words.lost,
            (_, "not-a-lead", ..) => &words.junk,
            (_, "won", ..) => &words.won,
            (_, "nurture", ..) => &words.later,
            ("lost" | "nurture", ..) => &words.again,
            (_, _, Some(from), Some(to)) if to < from => &words.back,
            (_, _, Some(from), Some(to)) if to > from + 1 => &words.ahead,
            _ => &[],
        };
        let reason = self.chance.pick(reasons).cloned().unwrap_or_default();
        let has_note = reason.is_empty() && self.chance.percent(18);
        let note = self.chance.pick(&words.moves).filter(|_| has_note);
        let doors = [
            (Via::Ui, 48),
            (Via::Board, 42),
            (Via::Bulk, 7),
            (Via::Api, 3),
        ];
        let via = self.chance.weighed(&doors).unwrap_or(Via::Ui);
        let by = match self.chance.percent(7) {
            true => 1,
            false => self.owner.unwrap_or(1),
        };
        let note = note.cloned().unwrap_or_default();
        self.push(at, by, Deed::Move(to, via, reason, note));
        self.status = to;
        self.at = at;
    }

    /// A slip of the mouse, seen some minutes later.
    fn move_by_mistake(&mut self, at: Timestamp, meant: &str) {
        let wrong = STAGES.iter().map(|(slug, _)| *slug);
        let wrong: Vec<&'static str> = wrong
            .filter(|slug| *slug != self.status && *slug != meant)
            .collect();
        let Some(to) = self.chance.pick(&wrong).copied() else {
            return;
        };
        let seen = Timestamp(at.0 + (2 + self.chance.below(40)) * MINUTE);
        if seen < self.now {
            let by = self.owner.unwrap_or(1);
            self.push(
                at,
                by,
                Deed::Move(to, Via::Board, String::new(), String::new()),
            );
            self.push(seen, by, Deed::Void);
            // The move that was meant follows.
            self.at = seen;
        }
    }

    fn note(&mut self, at: Timestamp) {
        if let Some(text) = self.chance.pick(&self.words.notes) {
            let text = text.clone();
            self.push(at, self.owner.unwrap_or(1), Deed::Note(text));
        }
    }

    fn pause(&mut self, at: Timestamp, until: i64) {
        let reason = self
            .chance
            .pick(&self.words.pause)
            .cloned()
            .unwrap_or_default();
        if until > at.0 + HOUR {
            let by = self.owner.unwrap_or(1);
            self.push(at, by, Deed::Pause(Timestamp(until), reason));
        }
    }

    fn push(&mut self, at: Timestamp, by: usize, deed: Deed) {
        if let Some(by) = self.people.get(by).cloned() {
            self.steps.push(Step {
                at,
                lead: self.lead,
                by,
                deed,
            });
        }
    }

    /// This instant, or the next one at which people work.
    fn working(&mut self, at: i64) -> Timestamp {
        let (mut day, mut moment) = (at.div_euclid(DAY), at.rem_euclid(DAY));
        if moment > 16 * HOUR {
            (day, moment) = (day + 1, 0);
        }
        // 1970 began on a Thursday.
        while (day + 3).rem_euclid(7) > 4 {
            (day, moment) = (day + 1, 0);
        }
        if moment < 7 * HOUR {
            moment = 7 * HOUR + self.chance.below(150) * MINUTE;
        }
        Timestamp(day * DAY + moment)
    }
}
