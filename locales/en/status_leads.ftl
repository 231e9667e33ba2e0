# Words we use: see web.ftl.

status-column-leads = Leads
status-column-median = Median days
status-column-ages = Days in status
status-only-stuck = With stuck leads
status-chip-stuck = With stuck leads
status-unit-leads =
    { $count ->
        [one] lead
       *[other] leads
    }
status-tag-at-risk = { $count } at risk
status-stuck-share = { $share }%
status-tag-stuck = { $count } stuck
status-ages-label = Days in status: { $ages }
status-ages-class =
    { $count ->
        [one] { $days } days: { $count } lead
       *[other] { $days } days: { $count } leads
    }
status-ages-caption = Leads by days in status
status-ages-days = Days
status-show-now = Leads now
status-show-worth = Value
status-show-median =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
status-show-in-bin = In the bin
status-replace-progress = Moving { $moved } of { $total } leads to “{ $name }”
status-show-being-replaced = This status is being replaced and takes no new leads.
status-being-replaced = “{ $name }” is being replaced by “{ $to }”. Wait until its leads have moved.
status-receiving-leads = Leads are moving into “{ $name }”. Wait until all have moved.
status-role-being-replaced = This status is being replaced. Choose another one
status-replacement-being-replaced = The replacement is being replaced too. Choose another.
status-flash-moving =
    { $count ->
        [one] Moving { $count } lead. The status stays until it has moved.
       *[other] Moving { $count } leads. The status stays until all have moved.
    }
status-api-moving = The leads are moving. The status stays until all have moved.
status-undo-replaced = This can’t be undone: leads have moved to another status. Move them back instead.
status-blocked-leads-in-bin =
    { $count ->
        [one] { $count } lead in the bin would return here
       *[other] { $count } leads in the bin would return here
    }
status-preview-going =
    { $count ->
        [one] { $count } lead moves to “{ $name }”
       *[other] { $count } leads move to “{ $name }”
    }
status-preview-leads =
    { $count ->
        [one] { $count } lead moves to “{ $name }”: { $open } open, { $closed } closed.
       *[other] { $count } leads move to “{ $name }”: { $open } open, { $closed } closed.
    }
status-preview-worth = Total value: { $sums }.
status-preview-in-bin =
    { $count ->
        [one] { $count } lead in the bin moves too.
       *[other] { $count } leads in the bin move too.
    }
status-preview-kind = Leads from another kind of status will count as { $kind }.
status-preview-long = This many leads move in the background. Until all have moved, the status takes no new ones.
status-restart-age = Reset time in status to 0
