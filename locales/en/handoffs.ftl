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
