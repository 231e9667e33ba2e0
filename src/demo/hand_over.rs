//! The hand-offs of leads of the demonstration, and how their offers end.

use crate::clock::{DAY, DAY_SECONDS, HOUR, Timestamp};
use crate::demo::lead_event::LeadAction;
use crate::demo::lead_story::{HANDOFF_STATUS, LeadStory};
use crate::leads::domain::handoff::OfferAnswer;

/// The indexes of the reps in the list of users.
const REPS: [usize; 3] = [2, 3, 4];

/// How offers end, with their weights; some are never answered.
const ENDS: [(Option<OfferAnswer>, i64); 4] = [
    (Some(OfferAnswer::Accept), 76),
    (Some(OfferAnswer::Reject), 8),
    (Some(OfferAnswer::Recycle), 5),
    (None, 11),
];

/// Most offers that are not older than this still wait for an answer.
const RECENT_SECONDS: i64 = 6 * DAY_SECONDS;

impl LeadStory<'_> {
    /// Hands the lead over to a rep or to all of them, who answer in time, late or never.
    pub(super) fn hand_over(&mut self, at: Timestamp, user: usize, override_reason: String) {
        let from = self.status;
        let rep = self.offers.pick(&REPS).copied().unwrap_or(REPS[0]);
        let is_named = self.offers.percent(60);
        let to = self.users.get(rep).map(|user| user.id);
        let slug = self.story.slug(HANDOFF_STATUS);
        let offer = LeadAction::HandOver(slug, to.filter(|_| is_named), override_reason);
        self.push(at, user, offer);
        (self.status, self.at) = (HANDOFF_STATUS, at);
        let Some(answer) = self.end_of_offer(at) else {
            return;
        };
        // One in eight takes longer than a day.
        let hours = match self.offers.percent(12) {
            true => 26 + self.offers.below(60),
            false => 1 + self.offers.below(20),
        };
        let answered_at = self.in_working_hours(at.0 + hours * HOUR);
        if answered_at > self.now {
            return;
        }
        match answer {
            OfferAnswer::Reject | OfferAnswer::Recycle if self.is_straight => {}
            OfferAnswer::Reject => {
                self.decline(answered_at, rep, answer, None);
                self.status = from;
            }
            OfferAnswer::Recycle => {
                let days = 20 + self.offers.below(60);
                let until = Timestamp((answered_at.0 / DAY + days) * DAY);
                self.decline(answered_at, rep, answer, Some(until));
                self.status = "nurture";
            }
            OfferAnswer::Accept | OfferAnswer::Withdraw => {
                let accept = LeadAction::Answer(OfferAnswer::Accept, String::new(), None);
                self.push(answered_at, rep, accept);
                (self.owner, self.at) = (Some(rep), answered_at);
            }
        }
    }

    /// The answer to an offer made at this time; `None` if it is not answered.
    fn end_of_offer(&mut self, at: Timestamp) -> Option<OfferAnswer> {
        let is_recent = self.now.seconds_since(at) < RECENT_SECONDS;
        match is_recent && self.offers.percent(70) {
            true => None,
            false => self.offers.weighted(&ENDS).copied().flatten(),
        }
    }

    fn decline(
        &mut self,
        at: Timestamp,
        rep: usize,
        answer: OfferAnswer,
        until: Option<Timestamp>,
    ) {
        let reason = self.offers.pick(&self.words.declined).cloned();
        let action = LeadAction::Answer(answer, reason.unwrap_or_default(), until);
        self.push(at, rep, action);
        self.at = at;
    }
}
