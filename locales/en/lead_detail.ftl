lead-form-crumb = Leads
lead-form-new = New lead
lead-form-edit = Edit “{ $name }”
lead-form-edit-crumb = Edit
lead-form-name = Name
lead-form-name-hint = The person or company that may buy.
lead-form-company = Company
lead-form-email = E-mail
lead-form-phone = Phone
lead-form-source = Source
lead-form-source-hint = Choose one or type a new one.
lead-form-owner = Owner
lead-form-owner-hint = Who works on it.
lead-form-owner-own = Your leads are yours; a manager can give them to others.
lead-form-nobody = Nobody
lead-form-value = Value
lead-form-value-hint = A number such as { $example }.
lead-form-currency = Currency
lead-form-currency-hint = Three letters, such as EUR.
lead-form-reference = External reference
lead-form-reference-hint = Its id in the system it came from.
lead-form-paused = Paused until
lead-form-create = Create lead
lead-form-create-another = Create and add another
lead-form-begins = Where it begins
lead-form-status = Status
lead-form-stands = Where it stands
lead-form-since = In this status since
lead-form-moves = To move it to another status, open the lead.
lead-form-last = Last changed by { $who }
lead-saved-new = “{ $name }” is created.
lead-saved = “{ $name }” is saved.
lead-saved-same = “{ $name }” is as it was: there was nothing to save.
lead-saved-merged = “{ $name }” is saved. Meanwhile { $by } had changed { $fields }; that is kept.
lead-value-none = none
lead-gone-title = “{ $name }” is in the bin
lead-gone-ask = A manager can take it out of the bin. You can also make a new lead of what you typed.
lead-gone-restore = Restore it and save this
lead-gone-again = Create a new lead
lead-meaning-all = What each status means
lead-meaning-none = Nobody has said what this status means.
lead-meaning-enter = Enter when
lead-move-title = Move
lead-move-to = To status
lead-move-choose = Choose a status
lead-move-where = Choose the status to move it to
lead-move-reason = Reason
lead-move-note = Note
lead-move-earlier = It happened earlier
lead-move-entered = Entered at
lead-move-entered-hint = Day and time in UTC.
lead-entered-unreadable = Use a day and a time, such as 2026-11-24 09:30
lead-one-move = Move
lead-moved = { $name } moved to { $status }.
lead-moved-already = { $name } is in { $status } already: nothing was moved.
lead-overtaken = Meanwhile { $who } changed it: it is in { $status } now. Nothing was moved, and what you typed is kept. Move it again if that is still right.
lead-show-move = Move…
lead-show-edit = Edit
lead-show-pause = Pause…
lead-show-delete = Delete…
lead-show-void = Void…
lead-show-note = Add a note
lead-one-note = Save note
lead-noted = The note about { $name } is saved.
lead-show-history = History
lead-show-changes = Changes of fields
lead-show-activity = Last activity
lead-show-version = Version
lead-show-api-lead = With a token in TOKEN, these calls read this lead and move it to a status by its id:
lead-show-bin-tag = In the bin
lead-show-bin = Nothing about it can be changed until it is restored. Its visits run on.
lead-show-paused = Paused until { $day }
lead-show-of-limit =
    { $days ->
        [one] { $days } day, limit { $most }
       *[other] { $days } days, limit { $most }
    }
lead-show-of-target =
    { $days ->
        [one] { $days } day, target { $most }
       *[other] { $days } days, target { $most }
    }
lead-mistake = Was that a mistake?
lead-mistake-about = It was moved and moved back within ten minutes by the same person.
lead-mistake-void = Void both moves
lead-timeline-so-far = { $time } so far
lead-timeline-deleted = status deleted
lead-timeline-voided = Voided
lead-timeline-voided-by = Voided by { $who }
lead-timeline-kept = Replaced “{ $status }” on { $recorded }; the age goes on from there
lead-timeline-late = Entered on { $entered }, recorded on { $recorded }
lead-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
lead-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
lead-under-a-minute = under a minute
lead-change-create = { $who } created it
lead-change-update = { $who } changed it
lead-change-assign = { $who } gave it to another owner
lead-change-pause = { $who } paused it
lead-change-resume = { $who } took it up again
lead-change-delete = { $who } put it into the bin
lead-change-restore = { $who } took it out of the bin
lead-pause-title = Pause { $name }
lead-pause-about = While it is paused its clock stands still: the time counts against neither target nor limit. It comes back by itself.
lead-pause-until = Until
lead-pause-until-hint = It comes back at the beginning of that day, UTC.
lead-pause-unreadable = Use a day such as 2026-12-24
lead-pause-reason = Reason
lead-one-pause = Pause
lead-one-resume = Take it up again
lead-paused = { $name } is paused.
lead-resumed = { $name } is taken up again.
lead-not-paused = { $name } is not paused.
lead-one-ask-delete = Put “{ $name }” into the bin?
lead-ask-delete-about = It leaves every list, count and report. Its history stays, and it can be restored from the bin.
lead-one-delete = Delete
lead-one-restore = Restore
lead-deleted = { $name } is in the bin.
lead-restored = { $name } is restored.
lead-ask-void =
    { $count ->
        [one] Void this move?
       *[other] Void these { $count } moves?
    }
lead-ask-void-about = A voided move stays in the history, struck through, and is left out of all figures.
lead-ask-struck = is struck from all figures
lead-ask-back = the lead goes back here, with the clock it had: { $time }
lead-ask-joined = this visit runs on until { $day }, when { $status } follows
lead-do-void = Void
lead-voided = The move of { $name } is voided.
lead-voided-several = The moves of { $name } are voided.
