# Words we use: see web.ftl.

# How offers of leads were answered.
handoff-report = Hand-offs
handoff-report-about = Leads offered in the period, and how the offers were answered. Withdrawn offers are left out.
handoff-offered = offered
handoff-results = How offers were answered
handoff-result = Answer
handoff-offers = Offers
handoff-reasons = Why leads were rejected or recycled
handoff-reason = Reason
handoff-no-reason = No reason
handoff-no-source = No source
handoff-result-in-time = Accepted in time
handoff-result-late = Accepted late
handoff-result-rejected = Rejected
handoff-result-recycled = Recycled
handoff-result-moved-on = Moved on without an answer
handoff-result-expired = Overdue
handoff-result-pending = Waiting for an answer
handoff-set-all = All offers
handoff-set-run-out = Offers past their time
handoff-set-bounced = Came back
handoff-rate =
    { $count ->
        [one] { $share } accepted in time (95% interval: { $interval }), of { $count } offer past its time.
       *[other] { $share } accepted in time (95% interval: { $interval }), of { $count } offers past their time.
    }
handoff-time = Half are accepted within { $half } (95% interval: { $interval }), 90% within { $most }.
handoff-time-half = Half are accepted within { $half } (95% interval: { $interval }).
handoff-time-open = Fewer than half have been accepted after { $time }, the longest observed.
handoff-bounced =
    { $count ->
        [one] { $bounced } of { $count } lead came back within 30 days of its acceptance ({ $share }).
       *[other] { $bounced } of { $count } leads came back within 30 days of their acceptance ({ $share }).
    }

# The offers behind a number.
handoff-offers-of = { $set }: { $status }
handoff-count =
    { $count ->
        [one] { $count } offer.
       *[other] { $count } offers.
    }
handoff-none = No offers
handoff-none-text = Nothing was offered that matches.
handoff-offered-at = Offered
handoff-due-at = Answer due
handoff-after = After
