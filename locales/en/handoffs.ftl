# Words we use: see web.ftl.
#
# hand-off      a status from which leads go on to others: a lead that enters is offered
# offer         of a lead to one user or to all of a role; ends with one answer
# accept, reject, recycle, withdraw   the answers to an offer
# receiver      who is offered a lead

moment-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
status-field-handoff = Hand-off
status-form-handoff-hint = A lead that enters is offered to a person or a role. Its owner changes when the offer is accepted.
status-form-handoff-to = Offer leads to
status-form-handoff-none = No hand-off
status-form-handoff-hours = Answer within, in hours
status-form-handoff-reject = Rejected leads go to
status-form-handoff-reject-none = The status they came from
status-form-handoff-recycle = Recycled leads go to
status-form-handoff-recycle-none = The status for new leads
status-form-handoff-reasons = Reasons to reject or recycle, one per line
status-handoff-unreadable = A hand-off is an object, as the API shows it
status-handoff-to-unknown = Choose rep or manager to receive the leads
status-handoff-hours = Enter the hours to answer: a whole number from 1 to { $max }
status-handoff-own = Choose another status than this one
status-handoff-archived = “{ $name }” is archived. Choose a status in use
status-handoff-kind = Recycled leads can’t wait in “{ $name }”. Choose an open or paused status
status-handoff-line-to = Leads are offered to: { $role }, to be answered within { $hours }
status-handoff-line-reject = Rejected leads go to { $name }
status-handoff-line-recycle = Recycled leads go to { $name }
status-handoff-line-reasons = Reasons: { $reasons }

offer-accepted = Accepted
offer-rejected = Rejected
offer-recycled = Recycled
offer-moved-on = Moved on without an answer
offer-withdrawn = Withdrawn
offer-accept = Accept
offer-reject = Reject
offer-recycle = Recycle
offer-withdraw = Withdraw
offer-pending = Waiting for an answer
offer-overdue = Overdue
offer-to-no-handoff = This status hands nothing over. Leave this blank
offer-to-unknown = Choose a user to offer the lead to
offer-to-disabled = This user is disabled. Choose another one
offer-to-role = This user doesn’t receive leads here. Choose a user of the role, or a manager
offer-answer-unknown = Answer with accept, reject, recycle or withdraw
offer-none = Nothing is offered: this lead isn’t waiting for an answer
offer-answered = This offer has been answered already. Open the lead again
offer-ended = { $outcome ->
    [accepted] { $who } has already accepted this lead
    [rejected] { $who } has already rejected this lead
    [recycled] { $who } has already recycled this lead
    [withdrawn] This offer has been withdrawn
   *[other] This lead has been moved on already
}
lead-void-answer = This move is the answer to an offer. Move the lead instead
audit-channel-handoff = Hand-off
audit-action-accept-offer = Offer accepted
audit-action-reject-offer = Offer rejected
audit-action-recycle-offer = Offer recycled
audit-action-withdraw-offer = Offer withdrawn
audit-field-answer-reason = Reason of the answer
lead-api-accepted = You have accepted the lead and own it now.
lead-api-rejected = The lead was rejected.
lead-api-recycled = The lead was recycled.
lead-api-withdrawn = The offer was withdrawn.
lead-list-handoff = Hand-off
lead-chip-handoff = Hand-off: { $value }
lead-filter-handoff = Hand-off filter: “{ $value }” isn’t pending or overdue.
lead-any-handoff = Any hand-off
menu-offers = Waiting for you
offers-title = Waiting for you
offers-intro = Leads that are offered to you, and recycled leads whose day has come. Overdue offers wait for managers too.
offers-none = Nothing is waiting
offers-none-text = Leads that are offered to you appear here.
offers-offered = Offered
offers-back = Back from waiting
offers-more =
    { $count ->
        [one] { $count } more lead isn’t shown.
       *[other] { $count } more leads aren’t shown.
    }
offer-back-since = Waited until { $day }
offer-mark = Offered
offer-mark-mine = Offered to you
offer-mark-overdue = Offer overdue
offer-mine-pending = Waits for you to accept until { $due }
offer-mine-overdue = Waits for you to accept, overdue since { $due }
offer-other-pending = Offered to { $who } until { $due }
offer-other-overdue = Offered to { $who }, overdue since { $due }
offer-line = Offered to { $who }, due { $due }
offer-answer = Answer
offer-answer-title = Answer the offer of { $name }
offer-reject-title = Reject { $name }
offer-recycle-title = Recycle { $name }
offer-accept-about = You own the lead from now on.
offer-reject-about = The lead goes back, and its owner stays.
offer-recycle-about = The lead waits until a day, and then for its owner.
offer-withdraw-about = The lead goes back to the status that it came from.
offer-until = Wait until
offer-until-hint = The lead resumes on this day.
offer-to = Offer to
offer-to-hint = For statuses with a hand-off. Without a choice, everyone of the role can accept.
offer-to-all = Everyone of the role
offer-accept-done = You own “{ $name }” now.
offer-reject-done = “{ $name }” was rejected.
offer-recycle-done = “{ $name }” was recycled.
offer-withdraw-done = The offer of “{ $name }” was withdrawn.
lead-change-accept = { $who } accepted it
lead-change-recycle = { $who } recycled it
