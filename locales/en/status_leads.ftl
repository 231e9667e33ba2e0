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
status-leaving = Moving { $moved } of { $total } leads to “{ $name }”
status-show-leaving = This status is being replaced and takes no more leads.
status-is-leaving = “{ $name }” is being replaced by “{ $to }”. Wait until its leads have moved.
status-is-taking = Leads are moving into “{ $name }” just now. Wait until they all have.
status-role-leaving = This status is being replaced: choose another one
status-replace-leaving = The replacement is being replaced itself. Choose another.
status-flash-leaving =
    { $count ->
        [one] { $count } lead is moving; when it has, its status goes, too.
       *[other] { $count } leads are moving; when all have, their status goes, too.
    }
status-api-leaving = The leads are moving; the status goes when all have.
status-undo-replaced = Leads have moved because their status was replaced, so this can't be taken back. Move them one by one or in bulk instead.
status-blocked-leads-in-bin =
    { $count ->
        [one] { $count } lead in the bin would come back to it
       *[other] { $count } leads in the bin would come back to it
    }
status-preview-going =
    { $count ->
        [one] its { $count } lead goes to “{ $name }”
       *[other] its { $count } leads go to “{ $name }”
    }
status-preview-leads =
    { $count ->
        [one] { $count } lead goes to “{ $name }”: { $open } open, { $closed } closed.
       *[other] { $count } leads go to “{ $name }”: { $open } open, { $closed } closed.
    }
status-preview-worth = Together they are worth { $sums }.
status-preview-in-bin =
    { $count ->
        [one] { $count } lead in the bin goes there, too.
       *[other] { $count } leads in the bin go there, too.
    }
status-preview-kind = Where they come from another kind of status, they count as { $kind } from then on.
status-preview-long = So many leads move little by little while everyone works on. Until the last has moved, the status is shown as under way and takes no new ones.
status-restart-age = Restart the age of its leads
