# Words we use: see web.ftl.

# Errors in the parameters of reports.
report-to-before-from = Enter a day after the first one
report-now-to-come = Enter an instant that is not in the future
report-within = Enter a number of days from 1 to { $most }

# The visits behind a number, and setting limits.
report-limits-saved = Target and limit of { $name } set.
report-limits-refused = These limits can’t be set.
report-behind-visits = Leads that entered { $status }
report-behind-exits = Left { $status }
report-behind-exits-by = Left { $status }: { $way }
report-behind-open = Still in { $status }
report-behind-censored = Left { $status } by a replacement or deletion
report-behind-met = Left { $status } within target
report-behind-missed = Over the target of { $status }
report-behind-undecided = In { $status }, still within target
report-behind-moves = { $status } to { $to }
report-behind-direction = Moves: { $way }
report-behind-returns = Returns to an earlier status
report-behind-eligible = Leads that started and had the time
report-behind-younger = Leads that started too recently
report-behind-reached = Leads that reached { $status }
report-behind-entries = Entries into { $status }
report-behind-won = Leads won
report-behind-lost = Leads lost
report-behind-open-on = Open leads on { $day }
report-behind-at-risk-on = At risk on { $day }
report-behind-stuck-on = Stuck on { $day }
report-behind-evidence = Left { $status }, of those that entered in the last 180 days
report-behind-flagged = In { $status } for at least { $days }
report-behind-count = { $count ->
    [one] { $count } result, the longest time first.
   *[other] { $count } results, the longest time first.
}
report-behind-deleted = { $count ->
    [one] { $count } of them is of a deleted lead.
   *[other] { $count } of them are of deleted leads.
}
report-behind-none = Nothing here
report-behind-none-text = No lead is counted for this number.
report-behind-back = Back to the report
report-behind-entered = Entered
report-behind-time = Time in status
report-behind-next = Moved to
report-behind-still = Still here
report-behind-in-bin = In the bin
report-behind-cut = Narrow the period, owner or source to see the others.
