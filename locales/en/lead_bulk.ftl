# Words we use: see web.ftl.

lead-act-open = Open
lead-act-edit = Edit
lead-act-move = Move…
lead-act-assign = Assign…
lead-act-pause = Pause…
lead-act-note = Note…
lead-act-delete = Delete…
lead-act-restore = Restore…
lead-act-export = Export
lead-bulk-nothing = Select at least one lead first.
lead-bulk-too-many = You can change at most { $count } leads at once. Narrow the filters, then select again.
lead-bulk-none = No lead matches these filters any more. Nothing was changed. Go back to the list.
lead-bulk-back = Back to the list
lead-bulk-action = Choose an action: move, assign, pause, note, delete or restore.
lead-bulk-changed = The leads have changed since the preview. Nothing was changed. Check the new preview, then confirm.
lead-bulk-meanwhile = Someone else changed this lead first.
lead-bulk-job-intro = This runs in the background. You can leave this page.
lead-bulk-job-done = { $done } of { $total } leads
lead-bulk-job-left-out =
    { $count ->
        [one] { $count } lead was skipped.
       *[other] { $count } leads were skipped.
    }
lead-bulk-job-left-out-title = Skipped leads
lead-preview-many = Leads that can’t be changed are skipped, and listed at the end.
lead-preview-others = Other leads match now. Check them below.
lead-bulk-status = Move to
lead-bulk-choose = Choose…
lead-bulk-no-status = Choose the status to move to
lead-bulk-no-owner = Choose an owner, or “Nobody”
lead-bulk-meanings = What each status means
lead-bulk-reason = Reason
lead-bulk-note = Note
lead-bulk-entered = Moved on
lead-bulk-entered-hint = In your time zone, { $zone }. Leave empty to use the current time.
lead-bulk-moment = Enter a day and time, such as 2026-11-24 09:30
lead-bulk-owner = New owner
lead-bulk-until = Resumes on
lead-bulk-until-hint = Resumes automatically when this day begins in your time zone.
lead-bulk-day = Enter a day such as 2026-12-31
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
        [one] Add note to “{ $name }”
       *[other] Add note to { $count } leads
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
lead-about-move = Time in status starts again at 0.
lead-about-assign = Time in status and history stay.
lead-about-pause = Paused time doesn’t count toward the target or limit.
lead-about-note = Adds this note to each lead.
lead-about-delete = Deleted leads go to the bin. A manager can restore them.
lead-about-restore = Restored leads return to their status, with their time in status.
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
        [one] Add note to { $count } lead
       *[other] Add note to { $count } leads
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
        [one] { $count } of them is paused.
       *[other] { $count } of them are paused.
    }
lead-preview-off =
    { $count ->
        [one] { $count } lead was added or removed since you chose. Check the list below.
       *[other] { $count } leads were added or removed since you chose. Check the list below.
    }
lead-preview-which = Show leads
lead-preview-same =
    { $count ->
        [one] { $count } lead needs no change.
       *[other] { $count } leads need no change.
    }
lead-preview-refused =
    { $count ->
        [one] { $count } of these leads can’t be changed:
       *[other] { $count } of these leads can’t be changed:
    }
lead-preview-only-fine =
    { $count ->
        [one] Continue with the other lead
       *[other] Continue with the other { $count } leads
    }
lead-preview-again = Preview changes
lead-outcome =
    { $count ->
        [one] Show { $count } lead
       *[other] Show { $count } leads
    }
lead-done-create = created
lead-done-update = changed
lead-done-move = moved
lead-done-way = from { $from } to { $to }
lead-done-assign = assigned
lead-done-pause = paused
lead-done-resume = resumed
lead-done-note = note added
lead-done-delete = moved to the bin
lead-done-restore = restored
lead-flash-unchanged = No changes.
lead-flash-moved =
    { $count ->
        [one] “{ $name }” moved to { $status }.
       *[other] { $count } leads moved to { $status }.
    }
lead-flash-assigned =
    { $count ->
        [one] “{ $name }” assigned to { $owner }.
       *[other] { $count } leads assigned to { $owner }.
    }
lead-flash-unassigned =
    { $count ->
        [one] “{ $name }” has no owner now.
       *[other] { $count } leads have no owner now.
    }
lead-flash-paused =
    { $count ->
        [one] “{ $name }” paused.
       *[other] { $count } leads paused.
    }
lead-flash-resumed =
    { $count ->
        [one] “{ $name }” resumed.
       *[other] { $count } leads resumed.
    }
lead-flash-noted =
    { $count ->
        [one] Note added to “{ $name }”.
       *[other] Note added to { $count } leads.
    }
lead-flash-deleted =
    { $count ->
        [one] “{ $name }” moved to the bin.
       *[other] { $count } leads moved to the bin.
    }
lead-flash-restored =
    { $count ->
        [one] “{ $name }” restored.
       *[other] { $count } leads restored.
    }
