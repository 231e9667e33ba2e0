# Words we use: see web.ftl.

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
lead-form-owner-own = You own the leads you create; a manager can reassign them.
lead-form-nobody = Nobody
lead-form-value = Value
lead-form-value-hint = A number such as { $example }.
lead-form-currency = Currency
lead-form-currency-hint = Three letters, such as EUR.
lead-form-reference = External reference
lead-form-reference-hint = Its id in another system.
lead-form-system = External system
lead-form-system-hint = Where that id is from, such as HubSpot.
lead-form-extra = More fields
lead-extra-title = Job title
lead-extra-website = Website
lead-extra-address = Address
lead-extra-city = City
lead-extra-state = State or county
lead-extra-zip = Postal code
lead-extra-country = Country
lead-extra-tags = Tags
lead-extra-object = Send the fields as an object with a value for each name
lead-extra-many = A lead can have { $count } more fields. Remove some
lead-extra-large = These values are too long together. Shorten some
lead-extra-name = A name of a field is from 1 to { $count } characters long. Shorten it
lead-form-paused = Paused until
lead-form-create = Create lead
lead-form-create-another = Create and add another
lead-form-begins = Initial status
lead-form-status = Status
lead-form-stands = Status
lead-form-since = In this status since
lead-form-moves = To move it, open the lead.
lead-form-last = Last changed by { $who }
lead-saved-new = “{ $name }” created.
lead-saved = “{ $name }” saved.
lead-saved-same = No changes to save.
lead-saved-merged = “{ $name }” saved, with { $fields } as just changed by { $by }.
lead-value-none = none
lead-gone-title = “{ $name }” is in the bin
lead-gone-ask = A manager can restore it. You can also create a new lead from your text.
lead-gone-restore = Restore and save
lead-gone-again = Create a new lead
lead-meaning-all = What each status means
lead-meaning-none = No definition yet.
lead-meaning-enter = Enter when
lead-move-to = To status
lead-move-choose = Choose a status
lead-move-where = Choose the status to move to
lead-move-reason = Reason
lead-move-note = Note
lead-move-earlier = Back-date
lead-move-entered = Moved on
lead-move-entered-hint = Day and time in your time zone, { $zone }. Leave empty to use the current time.
lead-entered-unreadable = Enter a day and time, such as 2026-11-24 09:30
lead-one-move = Move
lead-moved = { $name } moved to { $status }.
lead-moved-already = { $name } is already in { $status }. Nothing was moved.
lead-overtaken = Nothing was moved: { $who } just moved the lead to { $status }. Your text is kept. Move it again if that is still right.
lead-show-edit = Edit
lead-show-pause = Pause…
lead-show-delete = Delete…
lead-show-call = Call
lead-show-mail = E-mail
lead-show-path = Status path
lead-show-previous = Previous lead
lead-show-next = Next lead
lead-show-composer = Add note or move
lead-show-void = Undo move…
lead-one-note = Save note
lead-noted = Note added to { $name }.
lead-show-history = History
lead-show-activity = Last activity
lead-show-version = Version
lead-show-api-intro = With your token in TOKEN, these calls get this lead and move it to a status by its id:
lead-show-bin-tag = In the bin
lead-show-bin = Restore it to make changes.
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
lead-mistake = Moved by mistake?
lead-mistake-about = It was moved and moved back within ten minutes.
lead-mistake-void = Undo both moves
lead-timeline-so-far = { $time } so far
lead-timeline-deleted = status deleted
lead-timeline-voided = Undone
lead-timeline-voided-by = Undone by { $who }
lead-timeline-kept = Replaced “{ $status }” on { $recorded }; time in status continues
lead-timeline-late = Moved on { $entered }, recorded on { $recorded }
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
lead-under-a-minute = < 1 minute
lead-change-update = Changed by { $who }
lead-change-assign = Reassigned by { $who }
lead-change-pause = Paused by { $who }
lead-change-resume = Resumed by { $who }
lead-change-delete = Moved to the bin by { $who }
lead-change-restore = Restored by { $who }
lead-pause-title = Pause { $name }
lead-pause-about = Paused time doesn’t count toward the target or limit.
lead-pause-until = Resumes on
lead-pause-until-hint = Resumes automatically when this day begins in your time zone.
lead-pause-unreadable = Enter a day such as 2026-12-24
lead-pause-reason = Reason
lead-one-pause = Pause
lead-one-resume = Resume
lead-paused = { $name } paused.
lead-resumed = { $name } resumed.
lead-not-paused = { $name } isn’t paused.
lead-one-ask-delete = Move “{ $name }” to the bin?
lead-ask-delete-about = It leaves all lists and boards. What happened to it until now stays in reports. A manager can restore it.
lead-one-delete = Delete
lead-one-restore = Restore
lead-deleted = { $name } moved to the bin.
lead-restored = { $name } restored.
lead-ask-void =
    { $count ->
        [one] Undo this move?
       *[other] Undo these { $count } moves?
    }
lead-ask-void-about = Undone moves stay in the history, crossed out. Reports don’t count them.
lead-ask-struck = no longer counted
lead-ask-back = the lead returns here with { $time } in status
lead-ask-joined = lasts until { $day }, then { $status }
lead-do-void = Undo
lead-voided =
    { $count ->
        [one] Move undone. { $name } is in { $status }.
       *[other] Moves undone. { $name } is in { $status }.
    }
lead-move-title = Move { $name } to { $status }
lead-move-missing = Complete what this status asks for. The changes and the move are saved together.
lead-move-button = Move to { $status }
lead-timeline-override = Override
lead-timeline-unmet = Not met
lead-timeline-confirmed = Confirmed
lead-timeline-version = Definition version { $version }
