lead-act-open = Open
lead-act-edit = Edit
lead-act-move = Move…
lead-act-assign = Assign…
lead-act-pause = Pause…
lead-act-note = Note…
lead-act-delete = Delete…
lead-act-restore = Restore…
lead-act-export = Export
lead-bulk-nothing = Tick at least one lead first.
lead-bulk-too-many = At most { $count } leads can be changed at once. Narrow the filters, then select again.
lead-bulk-none = No lead matches these filters any more, so nothing was done. Go back to the list.
lead-bulk-back = Back to the list
lead-bulk-action = Choose one of the actions: move, assign, pause, note, delete or restore.
lead-bulk-changed = The leads have changed since you chose, so nothing was done. Look at what would happen now, then confirm again.
lead-bulk-meanwhile = It was changed after the action began.
lead-bulk-job-title =
    { $count ->
        [one] Action on { $count } lead
       *[other] Action on { $count } leads
    }
lead-bulk-job-lead = So many leads are changed in steps, so that everybody can go on working. It goes on if you leave this page, and after a restart.
lead-bulk-job-done = { $done } of { $total } leads
lead-bulk-job-left-out =
    { $count ->
        [one] { $count } lead was left out.
       *[other] { $count } leads were left out.
    }
lead-bulk-job-left-out-title = Leads that were left out
lead-preview-many = These are too many to look at each beforehand. Those that can't be changed, or that somebody changes meanwhile, are left out and named when it is done.
lead-preview-others = Other leads match than when you chose. Below is what there is now.
lead-bulk-status = Move to
lead-bulk-choose = Choose…
lead-bulk-no-status = Choose the status that the leads enter
lead-bulk-no-owner = Choose an owner, or “Nobody”
lead-bulk-meanings = What each status means
lead-bulk-reason = Reason
lead-bulk-note = Note
lead-bulk-entered = Entered at
lead-bulk-entered-hint = In UTC. Leave it empty for now.
lead-bulk-moment = Use a day and a time such as 2026-11-24 09:30
lead-bulk-owner = New owner
lead-bulk-until = Until
lead-bulk-until-hint = The lead comes back by itself at the first moment of this day, in UTC.
lead-bulk-day = Use a day such as 2026-12-31
lead-count =
    { $count ->
        [one] { $count } lead
       *[other] { $count } leads
    }
lead-and-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
lead-ask-move =
    { $count ->
        [one] Move “{ $name }”
       *[other] Move { $count } leads
    }
lead-ask-assign =
    { $count ->
        [one] Assign “{ $name }”
       *[other] Assign { $count } leads
    }
lead-ask-pause =
    { $count ->
        [one] Pause “{ $name }”
       *[other] Pause { $count } leads
    }
lead-ask-note =
    { $count ->
        [one] Write a note about “{ $name }”
       *[other] Write a note about { $count } leads
    }
lead-ask-delete =
    { $count ->
        [one] Delete “{ $name }”?
       *[other] Delete { $count } leads?
    }
lead-ask-restore =
    { $count ->
        [one] Restore “{ $name }”?
       *[other] Restore { $count } leads?
    }
lead-about-move = Each lead ends its visit and begins a new one, with a new clock.
lead-about-assign = The new owner works these leads from now on; age and history stay.
lead-about-pause = The time paused counts against neither target nor limit.
lead-about-note = The same note is written about each lead. Its place and its clock stay.
lead-about-delete = Deleted leads go to the bin and out of all counts. A manager can restore them.
lead-about-restore = Restored leads are back in the status they were deleted from, with the age they have.
lead-do-move =
    { $count ->
        [one] Move { $count } lead
       *[other] Move { $count } leads
    }
lead-do-assign =
    { $count ->
        [one] Assign { $count } lead
       *[other] Assign { $count } leads
    }
lead-do-pause =
    { $count ->
        [one] Pause { $count } lead
       *[other] Pause { $count } leads
    }
lead-do-resume =
    { $count ->
        [one] Resume { $count } lead
       *[other] Resume { $count } leads
    }
lead-do-note =
    { $count ->
        [one] Add the note to { $count } lead
       *[other] Add the note to { $count } leads
    }
lead-do-delete =
    { $count ->
        [one] Delete { $count } lead
       *[other] Delete { $count } leads
    }
lead-do-restore =
    { $count ->
        [one] Restore { $count } lead
       *[other] Restore { $count } leads
    }
lead-resume-hint =
    { $count ->
        [one] { $count } of them is paused now.
       *[other] { $count } of them are paused now.
    }
lead-preview-off =
    { $count ->
        [one] { $count } lead has come or gone since you chose. Below is what there is now.
       *[other] { $count } leads have come or gone since you chose. Below is what there is now.
    }
lead-preview-which = Which leads
lead-preview-same =
    { $count ->
        [one] { $count } lead is as asked already and stays as it is.
       *[other] { $count } leads are as asked already and stay as they are.
    }
lead-preview-refused =
    { $count ->
        [one] { $count } lead stands in the way, so nothing can be done yet.
       *[other] { $count } leads stand in the way, so nothing can be done yet.
    }
lead-preview-only-fine =
    { $count ->
        [one] Leave those out and go on with { $count } lead
       *[other] Leave those out and go on with { $count } leads
    }
lead-preview-again = See what would happen
lead-outcome =
    { $count ->
        [one] { $count } lead
       *[other] { $count } leads, one by one
    }
lead-done-create = created
lead-done-update = changed
lead-done-move = moved
lead-done-way = from { $from } to { $to }
lead-done-assign = assigned
lead-done-pause = paused
lead-done-resume = resumed
lead-done-note = has the note
lead-done-delete = is in the bin
lead-done-restore = restored
lead-flash-unchanged =
    { $count ->
        [one] The lead was as asked already: nothing had to change.
       *[other] All { $count } leads were as asked already: nothing had to change.
    }
lead-flash-moved =
    { $count ->
        [one] “{ $name }” moved to { $status }.
       *[other] { $count } leads moved to { $status }.
    }
lead-flash-assigned =
    { $count ->
        [one] “{ $name }” belongs to { $owner } now.
       *[other] { $count } leads belong to { $owner } now.
    }
lead-flash-unassigned =
    { $count ->
        [one] “{ $name }” belongs to nobody now.
       *[other] { $count } leads belong to nobody now.
    }
lead-flash-paused =
    { $count ->
        [one] “{ $name }” is paused.
       *[other] { $count } leads are paused.
    }
lead-flash-resumed =
    { $count ->
        [one] “{ $name }” is taken up again.
       *[other] { $count } leads are taken up again.
    }
lead-flash-noted =
    { $count ->
        [one] The note about “{ $name }” is kept.
       *[other] The note about { $count } leads is kept.
    }
lead-flash-deleted =
    { $count ->
        [one] “{ $name }” is in the bin.
       *[other] { $count } leads are in the bin.
    }
lead-flash-restored =
    { $count ->
        [one] “{ $name }” is restored.
       *[other] { $count } leads are restored.
    }
