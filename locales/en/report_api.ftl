# Words we use: see web.ftl.

# Errors in the parameters of reports.
report-to-before-from = Enter a day after the first one
report-now-to-come = Enter an instant that is not in the future
report-within = Enter a number of days from 1 to { $most }

# The visits behind a number, and setting limits.
report-limits-saved = Target and limit of { $name } set.
report-limits-refused = These limits can’t be set.
report-visits-visits = Entered { $status }
report-visits-exits = Left { $status }
report-visits-exits-by = Left { $status }: { $way }
report-visits-on = Moved on from { $status }
report-visits-dropped = Lost from { $status }, junk included
report-visits-open = Still in { $status }
report-visits-censored = Left { $status } because it was replaced or merged, or the lead deleted
report-visits-met = Left { $status } within target
report-visits-missed = Past the target of { $status }
report-visits-undecided = In { $status }, the target not passed yet
report-visits-moves = Moved from { $status } to { $to }
report-visits-direction = Moves: { $way }
report-visits-returns = Moves back to a status the lead had been in
report-visits-eligible = Entered { $start } at least { $within } ago
report-visits-younger = Entered { $start } less than { $within } ago
report-visits-reached = Reached { $status } within { $within } of entering { $start }
report-visits-from-before = Reached { $status } from the step before, within { $within } of entering { $start }
report-visits-entries = Entries into { $status }
report-visits-won = Won
report-visits-lost = Lost
report-visits-open-on = Open leads on { $day }
report-visits-at-risk-on = At risk on { $day }
report-visits-stuck-on = Stuck on { $day }
report-visits-evidence = Left { $status }, of those that entered in the last 180 days
report-visits-flagged = In { $status } for at least { $days }
report-visits-leads =
    { $count ->
        [one] { $count } lead.
       *[other] { $count } leads, longest time first.
    }
report-visits-count =
    { $count ->
        [one] { $count } entry.
       *[other] { $count } entries, longest time first.
    }
report-visits-moved =
    { $count ->
        [one] { $count } move.
       *[other] { $count } moves, longest time first.
    }
report-visits-deleted =
    { $count ->
        [one] { $count } from a deleted lead.
       *[other] { $count } from deleted leads.
    }
report-visits-none = Nothing here
report-visits-none-text = No lead is counted for this number.
report-visits-back = Back to the report
report-visits-entered = Entered
report-visits-time = Time in status
report-visits-next = Moved to
report-visits-still = Still here
report-visits-in-bin = In the bin
report-visits-cut = Narrow the period, owner or source to see the others.
