# Words we use: see web.ftl.

status-title = Lead Statuses
status-intro = The statuses a lead moves through, from first contact to won or lost.
status-crumb-leads = Leads
status-crumb = Statuses
status-tabs = Statuses by kind
status-tab-all = All
status-new = New status
status-more = More
status-use-set = Start from a template
status-import = Import statuses
status-export = Export
status-export-format = Choose csv, json or xlsx.
status-search = Search statuses
status-kind = Kind
status-any-kind = Any kind
status-archived = Archived
status-archived-no = Active
status-archived-only = Archived
status-archived-all = All
status-archived-tag = Archived
status-chip-search = Search: { $query }
status-chip-kind = Kind: { $kind }
status-chip-archived = Archived
status-chip-with-archived = With archived
status-table = Lead statuses in pipeline order
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
status-make-default = Make default
status-make-converted = Make converted
status-empty-title = No statuses yet
status-empty-text = Statuses say where a lead is and what that means. Start from a template, or create your own.
status-empty-create = Create your first status
status-no-match-text = Try another word of a name or definition, or clear the search.
status-no-match-filters-text = No status matches all of them. Remove a filter.
status-outcome =
    { $count ->
        [one] Show { $count } change
       *[other] Show { $count } changes
    }
status-done-create = created
status-done-update = changed
status-done-archive = archived
status-done-restore = restored
status-done-delete = deleted
status-done-role = new role
status-bulk-nothing = Select at least one status first.
status-bulk-too-many = Select at most 5,000 statuses at once.
status-filter-kind = Kind filter: “{ $value }” isn’t open, paused, won, lost or junk.
status-filter-archived = Archived filter: “{ $value }” isn’t 1, all or 0.
status-filter-stuck = Stuck leads filter: “{ $value }” isn’t 1 or 0.
status-preview-others = Other statuses match now. Check them below.
status-bulk-action = Choose an action: export, archive, restore, delete or edit.
status-bulk-changed = The statuses have changed since the preview. Nothing was changed. Check the new preview, then confirm.
status-flash-archived =
    { $count ->
        [one] “{ $name }” archived.
       *[other] { $count } statuses archived.
    }
status-flash-restored =
    { $count ->
        [one] “{ $name }” restored.
       *[other] { $count } statuses restored.
    }
status-flash-deleted =
    { $count ->
        [one] “{ $name }” deleted.
       *[other] { $count } statuses deleted.
    }
status-flash-edited =
    { $count ->
        [one] “{ $name }” saved.
       *[other] { $count } statuses saved.
    }
status-flash-default = New leads now start in “{ $name }”.
status-flash-converted = Won leads now go to “{ $name }”.
status-flash-moved = { $name } moved to position { $position } of { $count }
status-flash-undone =
    { $count ->
        [one] Undone.
       *[other] { $count } changes undone.
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
status-about-archive = Archived statuses take no new leads. Lead history keeps them, and you can restore them.
status-about-restore = Restored statuses take leads again. An open one comes after the last open one.
status-about-delete = A deleted status leaves lists and forms. Lead history keeps its name.
status-about-default = New leads start in the default status. There is only one.
status-about-converted = Won leads go to the converted status. There is only one.
status-about-edit = Only the fields you fill in change.
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
status-do-default = Make default
status-do-converted = Make converted
status-preview-off =
    { $count ->
        [one] { $count } status was added or removed since you chose. Check the list below.
       *[other] { $count } statuses were added or removed since you chose. Check the list below.
    }
status-preview-done = no change
status-preview-fine = no leads
status-preview-handed = role moves to “{ $name }”
status-preview-refused =
    { $count ->
        [one] { $count } status can’t be changed yet. See the reason above.
       *[other] { $count } statuses can’t be changed yet. See the reasons above.
    }
status-preview-has-leads =
    { $count ->
        [one] “{ $name }” has { $count } lead. Choose where it should go.
       *[other] “{ $name }” has { $count } leads. Choose where they should go.
    }
status-preview-in-use =
    { $count ->
        [one] { $count } status is in use. Choose which status replaces it.
       *[other] { $count } statuses are in use. Choose which status replaces them.
    }
status-preview-only-fine =
    { $count ->
        [one] Continue with { $count } status
       *[other] Continue with { $count } statuses
    }
status-preview-again = Refresh preview
status-blocked-default = is the default: new leads start here
status-blocked-converted = is the converted status: won leads go here
status-blocked-leads =
    { $count ->
        [one] has { $count } lead
       *[other] has { $count } leads
    }
status-replace-by = Move leads to
status-replace-hint = Its leads keep their time in status. The new status also gets its role, so only statuses of the right kind are listed.
status-replace-hint-leads = Its leads keep their time in status.
status-replace-none = Choose a status
status-leave = Keep
status-leave-hint = Leave blank to keep.
status-edit-hint = Fill in only what should be the same in all of them.
status-target = Target days
status-limit = Limit days
status-drop-target = Remove target
status-drop-limit = Remove limit
status-edit-nothing = Fill in at least one field.

# Below target and limit: the median time in status, which links to the report.
status-median-time =
    { $count ->
        [one] half leave in { $count } day
       *[other] half leave in { $count } days
    }
