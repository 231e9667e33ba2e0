# Words we use: see web.ftl.

imports-title = Imports
imports-intro = Every import with what it did. Each can be undone for 30 days.
imports-none = No imports yet
imports-file = File
imports-what = Contents
imports-of-leads = Leads
imports-of-visits = Status history
imports-of-statuses = Statuses
imports-by = Imported by
imports-at = When
imports-state = State
imports-state-done = Done
imports-state-early = Ended early
imports-state-undone = Undone
imports-state-undoing = Being undone
imports-undo = Undo
imports-older = Older imports
imports-problems = Download problems
imports-back = All imports
imports-summary-leads = “{ $name }” imported. New leads: { $created }, changed: { $changed }
imports-summary-visits = “{ $name }” imported. Leads with new history: { $changed }
imports-summary-statuses = “{ $name }” imported. New statuses: { $created }, changed: { $changed }
imports-undo-title = Undo the import of “{ $name }”
imports-undo-hint = Whatever has changed since the import stays as it is.
imports-undo-would = Undoing it: { $parts }.
imports-undo-did = The import is undone: { $parts }.
imports-undo-goes-on = The import is being undone. You can leave this page.
imports-undo-binned =
    { $count ->
        [one] 1 new lead goes to the bin
       *[other] { $count } new leads go to the bin
    }
imports-undo-removed =
    { $count ->
        [one] 1 new status is removed
       *[other] { $count } new statuses are removed
    }
imports-undo-restored =
    { $count ->
        [one] 1 lead gets back what it was
       *[other] { $count } leads get back what they were
    }
imports-undo-restored-statuses =
    { $count ->
        [one] 1 status gets back what it was
       *[other] { $count } statuses get back what they were
    }
imports-undo-left =
    { $count ->
        [one] 1 stays as it is
       *[other] { $count } stay as they are
    }
imports-undone-already = This import is undone already.
imports-undo-late = This import is older than 30 days and can’t be undone.
imports-undo-nothing = Nothing of this import is left to undo.
imports-left-title = Left as they are
imports-left-thing = Name
imports-left-why = Why
imports-status-used = Leads are in it, or in the bin from it
imports-status-changed = Changed since
changes-after-unknown = This is not the id of a change
changes-number = Enter a whole number
audit-subject-import = Import
audit-action-import = Imported
audit-action-undo = Undone
import-line = Line
