//! Generates the events of one lead of the demonstration, from its creation on.

use crate::access::User;
use crate::channel::Channel;
use crate::clock::{DAY, HOUR, Timestamp};
use crate::demo::lead_event::{LeadAction, LeadEvent};
use crate::demo::random::Random;
use crate::demo::story::Story;
use crate::demo::vocabulary::LangWords;
use crate::error::Result;
use crate::i18n::Lang;

/// The status whose leads are handed over.
pub(super) const HANDOFF_STATUS: &str = "qualified";
const MINUTE: i64 = HOUR / 60;
/// The first leads were created this many days ago, when the pipeline was set up.
const FIRST_DAYS: i64 = 545;
/// The days between which the pipeline had a trial status.
const TRIAL_DAYS: (i64, i64) = (427, 250);
const SEED: u64 = 20_261_124;

/// The events of a lead and its state so far.
pub struct LeadStory<'a> {
    random: Random,
    pub(super) story: &'a Story,
    pub(super) words: &'a LangWords,
    pub(super) users: &'a [User],
    lead: usize,
    pub(super) now: Timestamp,
    /// The time at which it entered its status.
    pub(super) at: Timestamp,
    pub(super) status: &'a str,
    /// The index of its owner in `users`.
    pub(super) owner: Option<usize>,
    events: Vec<LeadEvent>,
    /// Random numbers about offers, so that they don't change the other random numbers.
    pub(super) offers: Random,
    /// True for a lead that moves straight to the status in which it gets stuck.
    pub(super) is_straight: bool,
}

/// The channels of moves, with their weights.
const CHANNELS: [(Channel, i64); 4] = [
    (Channel::Ui, 48),
    (Channel::Board, 42),
    (Channel::Bulk, 7),
    (Channel::Api, 3),
];

impl<'a> LeadStory<'a> {
    /// The events of the lead with this number, up to now.
    pub fn events_of(
        story: &'a Story,
        users: &'a [User],
        lead: usize,
        now: Timestamp,
    ) -> Result<Vec<LeadEvent>> {
        let mut random = Random::new(SEED.wrapping_mul(lead as u64 + 1));
        let lang = match random.percent(58) {
            true => Lang::Ro,
            false => Lang::En,
        };
        let mut fields = story.words.lead(&mut random, lang, story.lang)?;
        let owners = [
            (Some(2), 27),
            (Some(3), 25),
            (Some(4), 24),
            (Some(1), 14),
            (None, 10),
        ];
        let owner = random.weighted(&owners).copied().flatten();
        fields.owner = owner.and_then(|index| Some(users.get(index)?.id));
        let mut lead_story = LeadStory {
            random,
            story,
            words: story.words.words(story.lang),
            users,
            lead,
            now,
            at: now,
            status: "new",
            owner,
            events: Vec::new(),
            offers: Random::new(SEED.wrapping_add(lead as u64)),
            is_straight: lead % 16 == 5,
        };
        let channel = story.words.channel_of(fields.source.as_str(), story.lang);
        let creation = LeadAction::Create(Box::new(fields), channel);
        match lead % 16 {
            5 => lead_story.get_stuck(creation),
            _ => lead_story.run(creation),
        }
        lead_story.events.retain(|event| event.at <= now);
        Ok(lead_story.events)
    }

    /// Creates the lead on some day, more likely a recent one, and moves it until its story ends or reaches the
    /// present.
    fn run(&mut self, creation: LeadAction) {
        let hours = FIRST_DAYS * 24;
        let share = match self.random.percent(60) {
            true => self.random.below(1_000) * self.random.below(1_000),
            false => self.random.below(1_000) * 1_000,
        };
        let created_at =
            self.now.0 - hours * share / 1_000_000 * HOUR - self.random.below(60) * MINUTE;
        self.at = self.in_working_hours(created_at);
        // A lead that would come on the next working day came on the last one.
        for days in 1..=4 {
            if self.at > self.now {
                self.at = self.in_working_hours(created_at - days * DAY);
            }
        }
        self.create(creation);
        while let Some(next) = self.next_status() {
            let median = self.story.median_hours(self.status);
            let hours = self.random.hours(median);
            let left_at = self.end_of_visit(hours);
            if left_at > self.now {
                break;
            }
            if self.random.percent(1) {
                self.move_by_mistake(left_at, next);
            }
            let last = self.events.last();
            let moved_at = last.map_or(left_at, |event| event.at.max(left_at));
            self.move_to(next, moved_at);
        }
        self.end();
    }

    /// Moves the lead straight to a status where it gets stuck.
    fn get_stuck(&mut self, creation: LeadAction) {
        let stage = self.random.weighted(&self.story.stuck_at);
        let stage = stage.copied().unwrap_or(4);
        let days = match self.lead {
            53 => 391,
            229 => 372,
            _ => 21 + self.random.below(14) + self.random.below(2) * self.random.below(70),
        };
        let stages = &self.story.stages;
        let hours: Vec<i64> = stages
            .iter()
            .take(stage)
            .map(|(_, median)| self.random.hours(*median))
            .collect();
        let created_at = self.now.0 - days * DAY - hours.iter().sum::<i64>() * HOUR * 7 / 5;
        self.at = self.in_working_hours(created_at);
        self.create(creation);
        for (hours, (slug, _)) in hours.iter().zip(&stages[1..]) {
            let left_at = self.end_of_visit(*hours);
            self.move_to(slug, left_at);
        }
        if self.random.percent(35) {
            let at = self.in_working_hours(self.at.0 + 2 * DAY);
            self.note(at);
        }
    }

    fn next_status(&mut self) -> Option<&'a str> {
        let days = (self.now.0 - self.at.0) / DAY;
        let is_trial = (TRIAL_DAYS.1 + 20..TRIAL_DAYS.0).contains(&days);
        if self.status == "demo" && is_trial && self.random.percent(45) {
            return Some("trial");
        }
        if self.status == "lost" && !self.random.percent(9) {
            return None;
        }
        let next = self.story.next.get(self.status)?;
        self.random.weighted(next).map(String::as_str)
    }

    /// The end of a visit of some hours, during which the lead may get a note or be paused.
    fn end_of_visit(&mut self, hours: i64) -> Timestamp {
        let mut left_at = self.in_working_hours(self.at.0 + hours * HOUR);
        if self.status == "trial" {
            left_at = left_at.min(Timestamp(self.now.0 - TRIAL_DAYS.1 * DAY));
        }
        if self.random.percent(26) {
            let at = self.in_working_hours(self.at.0 + hours * HOUR / 2);
            if at < left_at {
                self.note(at);
            }
        }
        if self.is_open() && hours > 150 && self.random.percent(9) {
            let until = (left_at.0 - DAY) / DAY * DAY;
            let at = self.in_working_hours(self.at.0 + 20 * HOUR);
            self.pause(at, until);
        }
        left_at
    }

    /// Ends the story: a lead in an open status may be paused into the future.
    fn end(&mut self) {
        let time_in_status = self.now.0 - self.at.0;
        if self.is_open() && time_in_status > 6 * HOUR && self.random.percent(12) {
            let paused_for = time_in_status.min(20 * DAY) * (20 + self.random.below(70)) / 100;
            let at = Timestamp(self.now.0 - paused_for);
            let today = self.now.0 / DAY;
            let until = (today + 2 + self.random.below(24)) * DAY;
            self.pause(at, until);
        }
        if self.status == "not-a-lead" && self.random.percent(16) {
            let days = 1 + self.random.below(6);
            let at = self.in_working_hours(self.at.0 + days * DAY);
            self.push(at, 1, LeadAction::Delete);
        }
    }

    fn is_open(&self) -> bool {
        self.story.stage(self.status).is_some()
    }

    fn create(&mut self, creation: LeadAction) {
        let user = match &creation {
            LeadAction::Create(_, Channel::Api) => 0,
            LeadAction::Create(_, Channel::Import) => 1,
            _ => self.owner.unwrap_or(1),
        };
        self.push(self.at, user, creation);
        if self.owner.is_none() && self.random.percent(65) {
            let owner = 2 + self.random.below(3) as usize;
            let minutes = 20 + self.random.below(200);
            let at = self.in_working_hours(self.at.0 + minutes * MINUTE);
            self.assign(at, owner);
        }
    }

    fn assign(&mut self, at: Timestamp, owner: usize) {
        if let Some(user) = self.users.get(owner) {
            self.push(at, 1, LeadAction::Assign(user.id));
            self.owner = Some(owner);
            self.at = self.at.max(at);
        }
    }

    fn move_to(&mut self, to: &'a str, at: Timestamp) {
        let words = self.words;
        let story = self.story;
        let reasons: &[String] = match (self.status, to, story.stage(self.status), story.stage(to))
        {
            (_, "lost", ..) => &words.lost,
            (_, "not-a-lead", ..) => &words.junk,
            (_, "won", ..) => &words.won,
            (_, "nurture", ..) => &words.later,
            ("lost" | "nurture", ..) => &words.again,
            (_, _, Some(from), Some(to)) if to < from => &words.back,
            (_, _, Some(from), Some(to)) if to > from + 1 => &words.ahead,
            _ => &[],
        };
        let reason = self.random.pick(reasons).cloned().unwrap_or_default();
        let has_note = reason.is_empty() && self.random.percent(18);
        let note = self.random.pick(&words.moves).filter(|_| has_note);
        let channel = self.random.weighted(&CHANNELS).copied();
        let channel = channel.unwrap_or(Channel::Ui);
        let user = match self.random.percent(7) {
            true => 1,
            false => self.owner.unwrap_or(1),
        };
        let note = note.cloned().unwrap_or_default();
        let override_reason = self.override_reason(at);
        if to == HANDOFF_STATUS {
            return self.hand_over(at, user, override_reason);
        }
        let action = LeadAction::Move(story.slug(to), channel, reason, note, override_reason);
        self.push(at, user, action);
        self.status = to;
        self.at = at;
    }

    /// Why a lead passes a rule that it doesn't meet.
    fn override_reason(&self, at: Timestamp) -> String {
        let words = &self.words.overrides;
        let number = (at.0 / MINUTE) as usize % words.len().max(1);
        words.get(number).cloned().unwrap_or_default()
    }

    /// A move to the wrong status, voided some minutes later.
    fn move_by_mistake(&mut self, at: Timestamp, intended: &str) {
        let stages = self.story.stages.iter().map(|(slug, _)| slug);
        let wrong: Vec<&String> = stages
            .filter(|slug| *slug != self.status && *slug != intended)
            .collect();
        let Some(to) = self.random.pick(&wrong) else {
            return;
        };
        let noticed_at = Timestamp(at.0 + (2 + self.random.below(40)) * MINUTE);
        if noticed_at < self.now {
            let user = self.owner.unwrap_or(1);
            let (slug, reason) = (self.story.slug(to), self.override_reason(at));
            let blank = String::new();
            let action = LeadAction::Move(slug, Channel::Board, blank.clone(), blank, reason);
            self.push(at, user, action);
            self.push(noticed_at, user, LeadAction::Void);
            // The intended move follows.
            self.at = noticed_at;
        }
    }

    fn note(&mut self, at: Timestamp) {
        if let Some(text) = self.random.pick(&self.words.notes) {
            let text = text.clone();
            self.push(at, self.owner.unwrap_or(1), LeadAction::Note(text));
        }
    }

    fn pause(&mut self, at: Timestamp, until: i64) {
        let reason = self.random.pick(&self.words.pause).cloned();
        let reason = reason.unwrap_or_default();
        if until > at.0 + HOUR {
            let user = self.owner.unwrap_or(1);
            self.push(at, user, LeadAction::Pause(Timestamp(until), reason));
        }
    }

    pub(super) fn push(&mut self, at: Timestamp, user: usize, action: LeadAction) {
        if let Some(user) = self.users.get(user).cloned() {
            self.events.push(LeadEvent {
                at,
                lead: self.lead,
                user,
                action,
            });
        }
    }

    /// This instant, or the next one in working hours.
    pub(super) fn in_working_hours(&mut self, at: i64) -> Timestamp {
        let (mut day, mut time) = (at.div_euclid(DAY), at.rem_euclid(DAY));
        if time > 16 * HOUR {
            (day, time) = (day + 1, 0);
        }
        // 1970 began on a Thursday.
        while (day + 3).rem_euclid(7) > 4 {
            (day, time) = (day + 1, 0);
        }
        if time < 7 * HOUR {
            time = 7 * HOUR + self.random.below(150) * MINUTE;
        }
        Timestamp(day * DAY + time)
    }
}
