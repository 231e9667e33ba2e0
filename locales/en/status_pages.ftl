status-form-crumb = Statuses
status-form-new = New status
status-form-edit = Edit “{ $name }”
status-form-edit-crumb = Edit
status-form-name-hint = What people see in lists and reports; at most 50 characters.
status-form-kind-hint = What the status means to reports, whatever its name.
status-form-definition-hint = When is a lead in this status? One or two sentences that a new rep understands.
status-form-enter-hint = What must be true before a lead comes here; one per line.
status-form-leave-hint = What must be true before a lead goes on; one per line.
status-form-target-hint = A lead should move on within this time.
status-form-limit-hint = After this time a lead is stuck.
status-form-create = Create status
status-form-create-another = Create and add another
status-form-use = In use
status-form-role-kind = While it does, its kind stays as it is.
status-form-is-archived = It is archived: leads can't be moved here.
status-kind-open-about = Leads are being worked on; they can be at risk or stuck.
status-kind-paused-about = Waiting on purpose; never at risk, never stuck.
status-kind-won-about = The lead became a customer.
status-kind-lost-about = The lead decided against us.
status-kind-junk-about = It never was a lead: spam, a duplicate, a wrong number.
status-help-title = What makes a good definition
status-help-fact = It says what is true of the lead, not what the rep did.
status-help-yes-no = Each condition can be answered with yes or no.
status-help-alike = Two reps who read it decide alike.
status-help-way-out = It names every way out, the bad ones too.
status-help-example = For example: “Need, budget and decision-maker are known, and the next meeting is booked.”
status-saved-new = “{ $name }” is created.
status-saved = “{ $name }” is saved.
status-saved-same = “{ $name }” is as it was: there was nothing to save.
status-saved-merged = “{ $name }” is saved. Meanwhile { $by } had changed { $fields }; that is kept.
status-gone-title = “{ $name }” no longer exists
status-gone-again = Create it again
status-show-edit = Edit
status-show-means = What it means
status-show-define = Write a definition
status-show-undefined = Nobody has said what this status means
status-show-undefined-write = Reps hand leads over more cleanly when they agree on the words. Two sentences are enough.
status-show-undefined-read = Ask whoever looks after the pipeline to write a definition.
status-show-no-definition = There is no definition yet.
status-show-no-enter = Nothing is listed.
status-show-no-leave = Nothing is listed.
status-show-archived-tag = Archived
status-show-archived = This status is out of use: leads can't be moved here, and history keeps it readable.
status-show-is-default = New leads start here.
status-show-is-converted = Won leads land here.
status-show-time = How long
status-show-time-both =
    { $target ->
        [one] A lead should move on within { $target } day;
       *[other] A lead should move on within { $target } days;
    } { $limit ->
        [one] after { $limit } day it is stuck.
       *[other] after { $limit } days it is stuck.
    }
status-show-time-target =
    { $count ->
        [one] A lead should move on within { $count } day; after that it is at risk.
       *[other] A lead should move on within { $count } days; after that it is at risk.
    }
status-show-time-limit =
    { $count ->
        [one] After { $count } day here a lead is stuck.
       *[other] After { $count } days here a lead is stuck.
    }
status-show-time-none = There is no target and no limit: a lead here is never stuck.
status-show-time-closed = No time is set against leads here: only those in open statuses can be at risk or stuck.
status-show-leads =
    { $count ->
        [0] No leads are in it.
        [one] { $count } lead is in it.
       *[other] { $count } leads are in it.
    }
status-show-position = Position { $position } of { $total }
status-show-facts = Facts
status-show-created = Created
status-show-changed = Last change
status-show-last = Last changed by { $who }
status-show-api = Use it from another system
status-show-api-lead = With a token in TOKEN, these calls read this status and change one of its fields:
status-history-title = History
status-history-empty = Nothing is on record.
status-history-create = { $who } created it
status-history-bring-back = { $who } brought it back
status-history-update = { $who } changed it
status-history-archive = { $who } archived it
status-history-restore = { $who } restored it
status-history-delete = { $who } deleted it
status-history-take-role = { $who } gave it a role
status-history-give-up-role = { $who } gave its role to another status
status-history-fields =
    { $count ->
        [one] { $count } field
       *[other] { $count } fields
    }
status-history-older = Show older
status-history-newest = Show the newest
status-history-via-bulk = together with others
status-history-via-import = import
status-history-via-api = API
status-history-via-undo = undo
status-history-via-cli = command line
status-history-via-setup = set-up
