status-title = Lead Statuses
status-lead = The stages a lead moves through, from first contact to won or lost.
status-crumb-leads = Leads
status-crumb = Statuses
status-tabs = Kinds of status
status-tab-all = All
status-new = New status
status-more = More
status-use-set = Use the standard set
status-import = Import statuses
status-export = Export
status-export-shown = What the list shows, as
status-export-format = Choose csv, json or xlsx.
status-search = Search statuses
status-kind = Kind
status-any-kind = Any kind
status-archived = Archived
status-archived-no = Only those in use
status-archived-only = Only archived ones
status-archived-all = Both
status-archived-tag = Archived
status-chip-search = Search: { $query }
status-chip-kind = Kind: { $kind }
status-chip-archived = Archived
status-chip-with-archived = With archived ones
status-table = Lead statuses in the order of the pipeline
status-order = Order
status-column-status = Status
status-column-days = Target / limit
status-definition = Definition
status-days-both = { $target } / { $limit } days
status-days-target =
    { $count ->
        [one] { $count } day / –
       *[other] { $count } days / –
    }
status-days-limit =
    { $count ->
        [one] – / { $count } day
       *[other] – / { $count } days
    }
status-edit = Edit
status-archive = Archive
status-archive-one = Archive…
status-restore = Restore
status-delete = Delete…
status-make-default = Make the default
status-make-converted = Make the converted one
status-empty-title = No statuses yet
status-empty-text = Statuses say where a lead stands, and what everyone means by it. Start with a ready pipeline, or make your own.
status-empty-create = Create your first status
status-no-match-text = Look for another word of a name or definition, or clear the search.
status-no-match-filters-text = No status has this kind or state.
status-outcome =
    { $count ->
        [one] { $count } status
       *[other] { $count } statuses, one by one
    }
status-done-create = created
status-done-update = changed
status-done-archive = archived
status-done-restore = restored
status-done-delete = deleted
status-done-role = took over the role
status-bulk-nothing = Tick at least one status first.
status-bulk-too-many = Tick at most 5,000 statuses at once.
status-filter-kind = The filter by kind can’t be read: “{ $value }” is not one of open, paused, won, lost and junk.
status-filter-archived = The filter for archived statuses can’t be read: “{ $value }” is not one of 1, all and 0.
status-filter-stuck = The filter for stuck leads can’t be read: “{ $value }” is neither 1 nor 0.
status-preview-others = Other statuses match than when you chose. Below is what there is now.
status-bulk-action = Choose one of the actions: export, archive, restore, delete or edit.
status-bulk-changed = The list has changed since you chose, so nothing was done. Look at what would happen now, then confirm again.
status-flash-archived =
    { $count ->
        [one] “{ $name }” is archived.
       *[other] { $count } statuses are archived.
    }
status-flash-restored =
    { $count ->
        [one] “{ $name }” is back in use, at the end of the pipeline.
       *[other] { $count } statuses are back in use, at the end of the pipeline.
    }
status-flash-deleted =
    { $count ->
        [one] “{ $name }” is deleted.
       *[other] { $count } statuses are deleted.
    }
status-flash-edited =
    { $count ->
        [one] “{ $name }” is saved.
       *[other] { $count } statuses are saved.
    }
status-flash-default = New leads start in “{ $name }” now.
status-flash-converted = Won leads land in “{ $name }” now.
status-flash-moved = { $name } moved to position { $position } of { $count }
status-flash-undone =
    { $count ->
        [one] { $count } change was taken back.
       *[other] { $count } changes were taken back.
    }
status-ask-archive-one = Archive “{ $name }”?
status-ask-archive = Archive { $count } statuses?
status-ask-restore-one = Restore “{ $name }”?
status-ask-restore = Restore { $count } statuses?
status-ask-delete-one = Delete “{ $name }”?
status-ask-delete = Delete { $count } statuses?
status-ask-default = Make “{ $name }” the default?
status-ask-converted = Make “{ $name }” the converted status?
status-ask-edit-one = Edit “{ $name }”
status-ask-edit = Edit { $count } statuses
status-about-archive = An archived status takes no more leads and stays readable in history. You can restore it.
status-about-restore = A restored status is back in use, at the end of the pipeline.
status-about-delete = A deleted status is gone from lists and forms; what happened in it stays in the audit log under its name.
status-about-default = New leads start in the default status. The one that is the default now stops being it.
status-about-converted = Won leads land in the converted status. The one that is it now stops being it.
status-about-edit = Only the fields that you fill in change, in every status below.
status-do-archive =
    { $count ->
        [one] Archive { $count } status
       *[other] Archive { $count } statuses
    }
status-do-restore =
    { $count ->
        [one] Restore { $count } status
       *[other] Restore { $count } statuses
    }
status-do-delete =
    { $count ->
        [one] Delete { $count } status
       *[other] Delete { $count } statuses
    }
status-do-edit =
    { $count ->
        [one] Save { $count } status
       *[other] Save { $count } statuses
    }
status-do-default = Make it the default
status-do-converted = Make it the converted status
status-preview-off =
    { $count ->
        [one] { $count } status has come or gone since you chose. Below is what there is now.
       *[other] { $count } statuses have come or gone since you chose. Below is what there is now.
    }
status-preview-done = is unchanged
status-preview-fine = no leads are affected
status-preview-handed = its role goes to “{ $name }”
status-preview-refused =
    { $count ->
        [one] { $count } status stands in the way, so nothing can be done yet.
       *[other] { $count } statuses stand in the way, so nothing can be done yet.
    }
status-preview-only-fine =
    { $count ->
        [one] Leave those out and go on with { $count } status
       *[other] Leave those out and go on with { $count } statuses
    }
status-preview-again = See what would happen
status-blocked-default = is the default: new leads start here
status-blocked-converted = is the converted status: won leads land here
status-blocked-leads =
    { $count ->
        [one] { $count } lead is in it
       *[other] { $count } leads are in it
    }
status-replace-by = Replace by
status-replace-hint = Takes over its leads, which keep their age, and its role. Only statuses of the kind that the role needs are offered.
status-replace-hint-leads = Takes over its leads, which keep their age.
status-replace-none = Nothing
status-leave = Leave as it is
status-leave-hint = Empty leaves it as it is.
status-edit-hint = Fill in what should be the same in all of them.
status-target = Target in days
status-limit = Limit in days
status-drop-target = Take the target away
status-drop-limit = Take the limit away
status-edit-nothing = Fill in at least one field that should change.
