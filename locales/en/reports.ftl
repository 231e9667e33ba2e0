# Words we use: see web.ftl.

menu-reports = Reports
report-title = Pipeline report
report-scope-own = your leads
report-scope-anyone = all owners
report-scope-owner = owner: { $name }
report-scope-except = all owners but { $name }
report-scope-source = source: { $name }
report-period = Period
report-period-30 = 30 days
report-period-90 = 90 days
report-period-quarter = This quarter
report-period-year = 12 months
report-period-all = All
report-period-until = until { $day }
report-from = From
report-to = Before
report-owner = Owner
report-source = Source
report-filter-day = “{ $value }” isn’t a day.
report-compare = Compare
report-compare-periods = Two periods
report-compare-owners = Owners
report-compare-day = Before and after a day
report-as-of = As of { $at }.
report-utc = Days are in UTC.
report-csv = CSV
report-csv-curves = Every step of the curves as CSV
report-as-table = Show as table
report-nothing = Nothing in this period.
report-status = Status
report-day = Day
report-total = Total
report-share = Share
report-moves = Moves
report-target = Target
report-limit = Limit

report-unit-minutes = { $number } min
report-unit-hours = { $number } h
report-unit-days =
    { $count ->
        [one] { $number } day
       *[other] { $number } days
    }
report-interval-open = at least { $low }
report-axis-minutes = min
report-axis-hours = hours
report-axis-days = days

report-sentence-stuck = { $count } stuck
report-sentence-stuck-worth = { $count } stuck, worth { $value }
report-sentence-worst = ; worst: { $name } ({ $count }), { $time }
report-sentence-half =
    { $limit ->
        [one] half stay longer than { $time } against a limit of { $limit } day
       *[other] half stay longer than { $time } against a limit of { $limit } days
    }
report-sentence-tenths =
    { $limit ->
        [one] { $count } in 10 stay past the limit of { $limit } day
       *[other] { $count } in 10 stay past the limit of { $limit } days
    }
report-sentence-all = , all in { $name }
report-sentence-most = ; { $count } of them in { $name }
report-sentence-at-risk = Nothing is stuck. { $count } at risk, { $most } of them in { $name }.
report-sentence-slow =
    { $allowed ->
        [one] Nothing is stuck or at risk now. Slowest: { $name }, half stay longer than { $time } against { $allowed } day.
       *[other] Nothing is stuck or at risk now. Slowest: { $name }, half stay longer than { $time } against { $allowed } days.
    }
report-sentence-fine = Nothing is stuck or at risk.
report-sentence-none = No leads entered a status in this period.
report-sentence-few =
    { $count ->
        [one] Only { $count } entry into a status in this period: too few to say where time goes.
       *[other] Only { $count } entries into statuses in this period: too few to say where time goes.
    }
report-sentence-show = Show { $name }
report-sentence-open =
    { $count ->
        [one] Open the { $count } in { $name }
       *[other] Open the { $count } in { $name }
    }

report-tiles = Key numbers
report-tiles-compared = Changes are against { $from } – { $to }.
report-tile-open = Open leads
report-tile-win-rate = Win rate
report-tile-days = Median days to win
report-tile-at-risk = At risk
report-tile-stuck = Stuck
report-tile-velocity = Velocity per day
report-tile-won-of = { $interval } · { $won } of { $closed } closed
report-tile-nothing-closed = No leads won or lost in this period.
report-tile-days-note = of { $count } won, from first entry
report-tile-today = today
report-tile-on = on { $day }
report-tile-at-risk-note = past target, before limit
report-tile-velocity-won = from { $count } won
report-tile-velocity-note = open leads × win rate × value ÷ days
report-change-more = { $value } more
report-change-less = { $value } less
report-change-fewer = { $value } fewer
report-change-many = { $value } more
report-change-none = About the same
report-change-slower = { $value } slower
report-change-faster = { $value } faster
report-change-points-up =
    { $value ->
        [one] { $value } point higher
       *[other] { $value } points higher
    }
report-change-points-down =
    { $value ->
        [one] { $value } point lower
       *[other] { $value } points lower
    }
report-change-points-up-chance =
    { $value ->
        [one] { $value } point higher, within chance
       *[other] { $value } points higher, within chance
    }
report-change-points-down-chance =
    { $value ->
        [one] { $value } point lower, within chance
       *[other] { $value } points lower, within chance
    }
report-deleted =
    { $count ->
        [one] { $count } of the leads counted here was deleted since.
       *[other] { $count } of the leads counted here were deleted since.
    }
report-rounded = Large samples: durations are rounded to a minute or 1%.
report-revised = Moves before { $at }, kinds, order or limits were changed since, so these numbers differ from those shown then.

report-funnel = Funnel
report-funnel-about = Three ways to count conversion. Each answers another question.
report-funnel-start = Starting at
report-funnel-within = Within
report-funnel-rule = Reached means
report-rule-visited = Entered the status
report-rule-passed = Entered or skipped past it
report-rule-visited-about = Reached: entered the status.
report-rule-passed-about = Reached: entered the status, or skipped past it to a later one.
report-losses = Where leads are lost
report-losses-about = What became of the leads that entered each status in the period. Those that lose most come first.
report-losses-most =
    { $count ->
        [one] { $count } lost or junk so far, from { $name }.
       *[other] { $count } lost or junk so far, { $part } of them from { $name }.
    }
report-losses-none = None was lost.
report-losses-lost = Lost or junk
report-losses-part = Of all losses
report-losses-on = Moved on

report-cohort = Cohort
report-cohort-about = Leads that entered { $start } in the period and at least { $within } ago: how many reached each status within { $within }, with the 95% interval.
report-step = Step by step
report-step-about = Of the leads of the cohort that reached the open status before: how many reached this one.
report-step-of = { $share } of { $name }
report-throughput = Throughput
report-throughput-about = Entries into each status for each entry into { $start } in the period, repeated ones included. A lead also enters a status that replaces its own.
report-throughput-above = Throughput passes 100% where leads enter more than once or came from before the period.
report-resolved = Resolved: win rate
report-resolved-about = Won of all won or lost in the period, each lead once. Junk doesn’t count.
report-funnel-eligible =
    { $count ->
        [one] Cohort: { $count } lead
       *[other] Cohort: { $count } leads
    }
report-funnel-younger =
    { $count ->
        [one] { $count } is too recent and not counted yet
       *[other] { $count } are too recent and not counted yet
    }
report-funnel-slow-wins = Half of the leads won took { $time } or longer, so few are won within { $within }.
report-funnel-nobody = No leads are old enough to judge.
report-funnel-few =
    { $count ->
        [one] Only { $count } lead: read with care.
       *[other] Only { $count } leads: read with care.
    }
report-count-of = { $count } of { $all }
report-count-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
report-count-won = { $count } won
report-count-lost = { $count } lost
report-no-leads = No leads
report-reached = Reached
report-of-cohort = Of cohort
report-interval = 95% interval
report-entries = Entries

report-time = Time in status
report-time-about = Leads that entered a status in the period, by a move or because it replaced theirs, followed until now; those still there count with the time so far. Paused time is included.
report-time-none = Nothing entered in this period.
report-time-few =
    { $count ->
        [one] Only { $count } entry: counts only.
       *[other] Only { $count } entries: counts only.
    }
report-time-half = Half leave within { $time } (95% interval: { $interval }).
report-time-open = Fewer than half have left: { $share } are still here after { $time }, the longest observed.
report-time-entered = { $count } entered
report-time-left = { $count } left
report-time-still = { $count } still here
report-time-cut = { $count } replaced, merged or deleted
report-time-closed = Entered won, lost or junk:
report-column-entered = Entered
report-column-left = Left
report-column-still = Still here
report-past-limit = Past the limit
report-target-days =
    { $count ->
        [one] Target { $count } day
       *[other] Target { $count } days
    }
report-limit-days =
    { $count ->
        [one] limit { $count } day
       *[other] limit { $count } days
    }
report-percentile = { $percent }% within
report-longer-than = > { $time }
report-within-target = Within target
report-target-met = met
report-target-missed = missed
report-target-undecided = too early to say
report-curve-title = { $name }, share still here after { $shares }
report-mark-target = Target { $count }
report-mark-limit = Limit { $count }
report-ways-share = Share by { $time }, estimated
report-so-far = So far
report-ways = Where they went
report-way-advanced = Advanced
report-way-back = Back
report-way-won = Won
report-way-lost = Lost
report-way-junk = Junk
report-way-here = Still here

report-definition-change = { $day }: { $status }, version { $version }
report-definition-changes = Definitions changed, compare before and after:

report-flow = Moves between statuses
report-flow-about = Where leads that entered a status in the period moved next.
report-flow-total =
    { $count ->
        [one] { $count } move
       *[other] { $count } moves
    }
report-flow-title =
    { $count ->
        [one] { $count } move between statuses, from left to right
       *[other] { $count } moves between statuses, from left to right
    }
report-flow-move =
    { $count ->
        [one] { $from } to { $to } ({ $direction }): { $count } move after { $time }
       *[other] { $from } to { $to } ({ $direction }): { $count } moves, half within { $time }
    }
report-flow-caption = Moves by where they come from and lead, with the time within which half of them were made
report-flow-from-to = From, to
report-direction = Direction
report-direction-forward = Forward
report-direction-skip = Skipped
report-direction-back = Back
report-direction-dropped = Dropped
report-direction-return = Returns
report-forward-about = to the next open status, or won
report-skip-about = past an open status
report-back-about = to an earlier status, or reopened
report-dropped-about = lost or junk
report-return-about = to a status the lead had been in, counted separately

report-open = Open leads over time
report-open-about = At the end of each day, by status.
report-open-title = Open leads by status. { $first }; { $last }
report-stuck = Stuck over time
report-stuck-about = Under today’s targets and limits, with the pauses of each day.
report-stuck-title = Leads at risk or stuck. { $first }; { $last }

report-limits = Limits from evidence
report-limits-about = What entries of the last 180 days suggest: half leave within the target, 85% within the limit. At least 30 must have left.
report-limits-now = Now
report-limits-suggested = Suggested
report-limits-exits = Left in 180 days
report-limits-trial = What if the limit were
report-limits-few = Not enough data
report-limits-open = not reached
report-limits-changed = The limits of { $name } were changed since you opened the report: target { $target }, limit { $limit } days. Nothing was set.
report-limits-apply = Set these limits
report-limits-set = Already set
report-trial-at = At
report-trial-unit = days:
report-trial-days = Days to try for { $name }
report-trial-show = Try these limits
report-trial-flagged =
    { $count ->
        [one] { $count } lead would be flagged today
       *[other] { $count } leads would be flagged today
    }
report-trial-chance = ; of those still here at { $days }, { $share } go on to advance within { $within }
report-fixed = Link to exactly these numbers
report-fixed-about = Keeps the period, the filters and the time.

report-compare-title = Comparison
report-compare-with = Compared with, from
report-compare-owners-choose = Choose owners
report-compare-owners-most = Up to 8 are shown.
report-compare-clear =
    { $count ->
        [one] { $count } clear difference
       *[other] { $count } clear differences
    }
report-compare-none-clear = No clear difference: each is within the intervals, or of too few.
report-compare-against = against { $value }
report-compare-rest = the rest
report-compare-rest-note = Each owner is compared with the rest: all leads that aren’t theirs.
report-compare-measure = Measure
report-compare-conversion = Conversion
report-compare-leads = At the end of the period
report-compare-reached = { $start } to { $name } within { $within }
report-compare-day-label = First day after the change
report-compare-choose = Choose the day on which something changed, for example a new definition.
report-compare-all = All owners
report-day-outside = Choose a day within the period, after its first one.
report-compare-only-one = All time has no period before it.
report-compare-own = Your leads
report-compare-note = Values with their 95% intervals. Where two have values in common, the difference may be chance: it is “within the intervals”. Fewer than 10 are too few to say.
report-verdict-higher = higher
report-verdict-lower = lower
report-verdict-longer = longer
report-verdict-shorter = shorter
report-verdict-within = within the intervals
report-verdict-few = too few
