//! An offer in words.

use std::collections::HashMap;

use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::handoff::Offer;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::web::Page;

/// The tag of a lead that is offered.
pub struct OfferTag {
    /// The short form.
    pub label: &'static str,
    /// The sentence.
    pub text: String,
    pub is_overdue: bool,
    /// True if the user may accept it.
    pub is_mine: bool,
}

/// The tag of a lead; nothing if it is not offered.
pub fn offer_tag(
    page: &Page,
    lookup: &RelatedRecords,
    lead: &Lead,
    rights: Rights,
) -> Option<OfferTag> {
    let offer = lookup.offer(lead)?;
    let is_overdue = offer.due_at <= page.now;
    let is_mine = offer.can_be_answered_by(rights);
    let due = page.datetime(&offer.due_at);
    let who = receiver(page, lookup, offer);
    let text = match (is_mine, is_overdue) {
        (true, false) => page.t1("offer-mine-pending", "due", due),
        (true, true) => page.t1("offer-mine-overdue", "due", due),
        (false, false) => page.t2("offer-other-pending", "who", who, "due", due),
        (false, true) => page.t2("offer-other-overdue", "who", who, "due", due),
    };
    let label = page.t(match (is_mine, is_overdue) {
        (_, true) => "offer-mark-overdue",
        (true, false) => "offer-mark-mine",
        (false, false) => "offer-mark",
    });
    Some(OfferTag {
        label,
        text,
        is_overdue,
        is_mine,
    })
}

/// The receiver: the name of the user, else the role.
pub fn receiver(page: &Page, lookup: &RelatedRecords, offer: &Offer) -> String {
    match offer.to_user.and_then(|id| lookup.user(id)) {
        Some(name) => name.to_owned(),
        None => page.t(offer.to_role.key()).to_owned(),
    }
}

/// The receivers and outcomes of offers, as lines of the history, by the visits that began with them.
pub fn offers_by_visit(
    page: &Page,
    lookup: &RelatedRecords,
    offers: &[Offer],
) -> HashMap<i64, Vec<String>> {
    let offers = offers.iter();
    offers
        .map(|offer| (offer.visit_id, offer_lines(page, lookup, offer)))
        .collect()
}

/// The receiver and the due date of an offer, and how it ended.
fn offer_lines(page: &Page, lookup: &RelatedRecords, offer: &Offer) -> Vec<String> {
    let due = page.datetime(&offer.due_at);
    let who = receiver(page, lookup, offer);
    let offer_line = page.t2("offer-line", "who", who, "due", due);
    let end_line = offer.end.as_ref().map(|end| {
        let by = end.by.and_then(|id| lookup.user(id)).unwrap_or_default();
        let outcome = page.t(end.outcome.key());
        let parts = [outcome, by, end.reason.as_str()].into_iter();
        let mut parts: Vec<String> = parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        parts.push(page.datetime(&end.at));
        parts.join(" · ")
    });
    std::iter::once(offer_line).chain(end_line).collect()
}
