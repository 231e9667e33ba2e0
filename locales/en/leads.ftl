# Words we use: see web.ftl.

lead-name-missing = Enter a name
state-on-track = On track
state-at-risk = At risk
state-stuck = Stuck
state-paused = Paused
state-none = Closed
state-on-track-plural = On track
state-at-risk-plural = At risk
state-stuck-plural = Stuck
state-paused-plural = Paused
lead-void-unknown = This move is already undone, or belongs to another lead. Reload the page
lead-void-first = The first status can’t be undone: the lead came in here. Delete the lead instead
lead-void-replace = This move came with a replaced status and can’t be undone. Move the lead instead
lead-void-archived = The status that the lead would return to isn’t active any more. Move the lead instead
lead-status-archived = This status is archived. Choose an active one
# The results of jobs are stored with this key, which therefore keeps its name.
lead-status-leaving = This status is being replaced. Choose another one
lead-status-unknown = This status doesn’t exist. Choose an active one
lead-in-bin = This lead is in the bin. Restore it first
lead-entered-future = Choose a time that isn’t in the future
lead-entered-early = Choose a time after { $since }, when the lead entered its current status
lead-owner-disabled = This user is disabled. Choose someone else
lead-owner-unknown = This user doesn’t exist. Choose someone else
lead-reference-taken = Another lead has the reference { $reference }. Choose another
lead-undo-gone = It is deleted for good
lead-undo-binned = In the bin since, by { $by }
lead-undo-moved = Moved since by { $by }
lead-undo-changed = Changed since by { $by }
lead-undo-unknown = What it was before isn’t known
lead-like-email = Same e-mail address
lead-like-phone = Same phone number
lead-like-name = Same name and company
lead-similar-title = Possible duplicates
lead-similar =
    { $by ->
        [email] Lead { $id } “{ $name }” has the same e-mail address
        [phone] Lead { $id } “{ $name }” has the same phone number
       *[name] Lead { $id } “{ $name }” has the same name and company
    }
lead-saved-similar =
    { $by ->
        [email] { $name } was saved. { $other } has the same e-mail address
        [phone] { $name } was saved. { $other } has the same phone number
       *[name] { $name } was saved. { $other } has the same name and company
    }
lead-note-missing = Write a note first
lead-pause-day-missing = Choose the day on which it resumes
lead-pause-reason-missing = Give a reason for the pause
lead-pause-past = Choose a day after today
lead-pause-far = Choose a day within the next ten years
lead-pause-not-open = { $name } isn’t an open status. Only leads in open statuses can be paused
lead-refused-manage = Only managers and administrators can do this
lead-refused-other = This lead belongs to someone else. Ask its owner or a manager
lead-column-lead = Lead
