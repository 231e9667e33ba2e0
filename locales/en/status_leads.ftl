status-column-leads = Leads
status-column-median = Median days
status-column-ages = Days here
status-only-stuck = Only with stuck leads
status-chip-stuck = With stuck leads
status-unit-leads =
    { $count ->
        [one] lead
       *[other] leads
    }
status-tag-at-risk = { $count } at risk
status-tag-stuck = { $count } stuck
status-ages-label = Days here: { $ages }
status-ages-class =
    { $count ->
        [one] { $days } days: { $count } lead
       *[other] { $days } days: { $count } leads
    }
status-ages-caption = Days since they came here
status-ages-days = Days
status-show-now = Leads here now
status-show-worth = Worth
status-show-median =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
status-show-in-bin = In the bin
