//! Offers: a lead that enters a status which hands leads over is offered to a user or to the users of a role, and each
//! offer ends once. No I/O.

use crate::access::{Permission, Role};
use crate::clock::{HOUR, Timestamp};
use crate::leads::domain::rights::Rights;
use crate::statuses::Handoff;
use crate::words::word_enum;

word_enum! {
    /// How an offer ended.
    pub enum OfferOutcome {
        Accepted = "accepted", "offer-accepted";
        Rejected = "rejected", "offer-rejected";
        Recycled = "recycled", "offer-recycled";
        /// The lead was moved on without an answer.
        MovedOn = "moved_on", "offer-moved-on";
        Withdrawn = "withdrawn", "offer-withdrawn";
    }
}

word_enum! {
    /// The answers to an offer.
    pub enum OfferAnswer {
        Accept = "accept", "offer-accept";
        Reject = "reject", "offer-reject";
        Recycle = "recycle", "offer-recycle";
        Withdraw = "withdraw", "offer-withdraw";
    }
}

word_enum! {
    /// The state of the last offer of a lead, as the API shows it.
    pub enum OfferState {
        Pending = "pending", "offer-pending";
        Overdue = "overdue", "offer-overdue";
        Accepted = "accepted", "offer-accepted";
    }
}

impl OfferAnswer {
    /// The outcome of an offer with this answer.
    pub fn outcome(self) -> OfferOutcome {
        match self {
            OfferAnswer::Accept => OfferOutcome::Accepted,
            OfferAnswer::Reject => OfferOutcome::Rejected,
            OfferAnswer::Recycle => OfferOutcome::Recycled,
            OfferAnswer::Withdraw => OfferOutcome::Withdrawn,
        }
    }

    /// The audit log's word for it.
    pub fn action(self) -> &'static str {
        match self {
            OfferAnswer::Accept => "accept-offer",
            OfferAnswer::Reject => "reject-offer",
            OfferAnswer::Recycle => "recycle-offer",
            OfferAnswer::Withdraw => "withdraw-offer",
        }
    }

    /// True if this answer needs a reason.
    pub fn needs_reason(self) -> bool {
        matches!(self, OfferAnswer::Reject | OfferAnswer::Recycle)
    }
}

/// An offer that a move makes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewOffer {
    pub to_role: Role,
    /// Nothing: every user of the role.
    pub to_user: Option<i64>,
    pub within_hours: i64,
}

impl NewOffer {
    /// The offer of a lead that enters a status with this hand-off.
    pub fn of(handoff: &Handoff, to_user: Option<i64>) -> NewOffer {
        NewOffer {
            to_role: handoff.to,
            to_user,
            within_hours: handoff.within_hours,
        }
    }

    /// When an offer that is made now becomes overdue.
    pub fn due_at(&self, now: Timestamp) -> Timestamp {
        Timestamp(now.0 + self.within_hours * HOUR)
    }
}

/// An offer that is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub id: i64,
    pub lead_id: i64,
    /// The visit that began with it.
    pub visit_id: i64,
    pub status_id: i64,
    /// Nothing for a lead that was created in the status.
    pub from_status: Option<i64>,
    pub to_role: Role,
    /// Nothing: every user of the role.
    pub to_user: Option<i64>,
    pub offered_by: Option<i64>,
    pub offered_at: Timestamp,
    pub due_at: Timestamp,
    /// Nothing while it is open.
    pub end: Option<OfferEnd>,
}

/// The end of an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferEnd {
    pub outcome: OfferOutcome,
    pub at: Timestamp,
    pub by: Option<i64>,
    pub reason: String,
}

impl Offer {
    /// Its state; nothing for one that ended without being accepted.
    pub fn state(&self, now: Timestamp) -> Option<OfferState> {
        match &self.end {
            None if self.due_at > now => Some(OfferState::Pending),
            None => Some(OfferState::Overdue),
            Some(end) => (end.outcome == OfferOutcome::Accepted).then_some(OfferState::Accepted),
        }
    }

    /// True if the user may accept, reject or recycle it: the receiver, or for an offer to a role its users and those who
    /// manage leads.
    pub fn can_be_answered_by(&self, rights: Rights) -> bool {
        let is_receiver = match self.to_user {
            Some(user) => user == rights.user_id,
            None => rights.can_manage || rights.role == Some(self.to_role),
        };
        rights.can_write && is_receiver
    }

    /// True if the user may withdraw it: its author, or one who manages leads.
    pub fn can_be_withdrawn_by(&self, rights: Rights) -> bool {
        let is_author = self.offered_by == Some(rights.user_id);
        rights.can_manage || (rights.can_write && is_author)
    }

    /// True if the user may give this answer.
    pub fn allows(&self, answer: OfferAnswer, rights: Rights) -> bool {
        match answer {
            OfferAnswer::Withdraw => self.can_be_withdrawn_by(rights),
            _ => self.can_be_answered_by(rights),
        }
    }

    /// The ids of the users that it names.
    pub fn users(&self) -> impl Iterator<Item = i64> {
        let end = self.end.as_ref().and_then(|end| end.by);
        [self.to_user, self.offered_by, end].into_iter().flatten()
    }
}

/// True if a user with this role can be named as the receiver of what is offered to one of these roles.
pub fn can_receive(role: Role, roles: &[Role]) -> bool {
    roles.contains(&role) || Permission::LeadsManage.is_granted_to(role)
}

/// A user who can answer offers, and the instant for which their offers are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Receiver {
    pub user_id: i64,
    /// The word of the role.
    pub role: &'static str,
    /// True for users who manage all leads.
    pub sees_all: bool,
    pub now: Timestamp,
}

impl Receiver {
    /// The user with these rights.
    pub fn of(rights: Rights, now: Timestamp) -> Receiver {
        Receiver {
            user_id: rights.user_id,
            role: rights.role.map_or("", Role::as_str),
            sees_all: rights.can_manage,
            now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(to_user: Option<i64>) -> Offer {
        Offer {
            id: 1,
            lead_id: 1,
            visit_id: 1,
            status_id: 1,
            from_status: None,
            to_role: Role::Rep,
            to_user,
            offered_by: Some(9),
            offered_at: Timestamp(0),
            due_at: Timestamp(10),
            end: None,
        }
    }

    fn rights(user_id: i64, role: Role) -> Rights {
        Rights {
            user_id,
            can_write: role != Role::Viewer,
            can_manage: matches!(role, Role::Admin | Role::Manager),
            can_export: false,
            role: Some(role),
        }
    }

    #[test]
    fn the_receiver_answers_and_the_author_withdraws() {
        let (named, open) = (offer(Some(3)), offer(None));
        let answers = |offer: &Offer, id, role| offer.can_be_answered_by(rights(id, role));
        assert!(answers(&named, 3, Role::Rep) && !answers(&named, 4, Role::Rep));
        assert!(!answers(&named, 5, Role::Manager), "only the receiver");
        assert!(answers(&open, 4, Role::Rep) && answers(&open, 5, Role::Manager));
        assert!(answers(&open, 6, Role::Admin) && !answers(&open, 7, Role::Viewer));
        let withdraws = |id, role| named.can_be_withdrawn_by(rights(id, role));
        assert!(withdraws(9, Role::Rep) && withdraws(5, Role::Manager));
        assert!(!withdraws(3, Role::Rep) && !withdraws(9, Role::Viewer));
    }

    #[test]
    fn an_offer_is_overdue_from_the_moment_it_is_due() {
        let mut offer = offer(None);
        assert_eq!(offer.state(Timestamp(9)), Some(OfferState::Pending));
        assert_eq!(offer.state(Timestamp(10)), Some(OfferState::Overdue));
        let end = |outcome| OfferEnd {
            outcome,
            at: Timestamp(5),
            by: None,
            reason: String::new(),
        };
        offer.end = Some(end(OfferOutcome::Accepted));
        assert_eq!(offer.state(Timestamp(20)), Some(OfferState::Accepted));
        offer.end = Some(end(OfferOutcome::Rejected));
        assert_eq!(offer.state(Timestamp(20)), None);
    }
}
