# Words we use: see web.ftl.

status-form-crumb = Statuses
status-form-new = New status
status-form-edit = Edit “{ $name }”
status-form-edit-crumb = Edit
status-form-name-hint = At most 50 characters.
status-form-kind-hint = What the status means in reports, whatever its name.
status-form-definition-hint = When is a lead in this status? One or two sentences that a new rep understands.
status-form-enter-hint = When a lead should enter; one per line. Text for people: only rules are checked.
status-form-leave-hint = When a lead should move on; one per line. Text for people: nothing is checked.
status-form-target-hint = A lead should move on within this time.
status-form-limit-hint = After this time a lead is stuck.
status-form-create = Create status
status-form-create-another = Create and add another
status-form-use = Usage
status-form-role-kind = The kind can’t change while it has this role.
status-form-is-archived = Archived: leads can’t be moved here.
status-kind-open-about = Reps work on these leads; they can be at risk or stuck.
status-kind-paused-about = Waiting on purpose; never at risk or stuck.
status-kind-won-about = The lead became a customer.
status-kind-lost-about = The lead chose not to buy.
status-kind-junk-about = Never a real lead: spam, a duplicate, a wrong number.
status-help-title = Writing a good definition
status-help-fact = It says what is true of the lead, not what the rep did.
status-help-yes-no = Each condition can be answered with yes or no.
status-help-alike = Two reps reach the same decision.
status-help-way-out = It covers every exit, including losing.
status-help-example = For example: “Need, budget and decision-maker are known, and the next meeting is booked.”
status-saved-new = “{ $name }” created.
status-saved = “{ $name }” saved.
status-saved-same = No changes to save.
status-saved-merged = “{ $name }” saved, with { $fields } as just changed by { $by }.
status-gone-title = “{ $name }” no longer exists
status-gone-again = Create it again
status-show-edit = Edit
status-show-means = Definition
status-show-define = Write a definition
status-show-undefined = No definition yet
status-show-undefined-write = Two sentences are enough for all reps to use the status the same way.
status-show-undefined-read = Ask an administrator to write one.
status-show-no-definition = No definition yet.
status-show-no-enter = No conditions.
status-show-no-leave = No conditions.
status-show-archived-tag = Archived
status-show-archived = Archived: leads can’t be moved here. Lead history keeps it.
status-show-is-default = New leads start here.
status-show-is-converted = Won leads go here.
status-show-time = Time limits
status-show-time-both =
    { $target ->
        [one] Target: { $target } day.
       *[other] Target: { $target } days.
    } { $limit ->
        [one] Stuck after { $limit } day.
       *[other] Stuck after { $limit } days.
    }
status-show-time-target =
    { $count ->
        [one] Target: { $count } day. At risk after that; no limit.
       *[other] Target: { $count } days. At risk after that; no limit.
    }
status-show-time-limit =
    { $count ->
        [one] Stuck after { $count } day; no target.
       *[other] Stuck after { $count } days; no target.
    }
status-show-time-none = No target and no limit: leads are never stuck here.
status-show-time-closed = Only leads in open statuses can be at risk or stuck.
status-show-leads =
    { $count ->
        [0] No leads.
        [one] { $count } lead.
       *[other] { $count } leads.
    }
status-show-position = Position { $position } of { $total }
status-show-facts = Details
status-show-created = Created
status-show-changed = Last change
status-show-last = Last changed by { $who }
status-show-api = API
status-show-api-intro = With your token in TOKEN, these calls get this status and change one field:
status-history-title = History
status-history-empty = No changes yet.
status-history-create = Created by { $who }
status-history-bring-back = Recovered by { $who }
status-history-update = Changed by { $who }
status-history-archive = Archived by { $who }
status-history-restore = Restored by { $who }
status-history-delete = Deleted by { $who }
status-history-take-role = Role given by { $who }
status-history-give-up-role = Role moved by { $who }
status-history-fields =
    { $count ->
        [one] { $count } field
       *[other] { $count } fields
    }
status-history-older = Show older
status-history-newest = Show newest
status-history-via-bulk = bulk
status-history-via-import = import
status-history-via-api = API
status-history-via-undo = undo
status-history-via-cli = command line
status-history-via-setup = set-up
