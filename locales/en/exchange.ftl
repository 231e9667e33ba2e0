import-crumb = Import
import-lead = Bring a whole pipeline in from a file. You see what would happen, line by line, before anything changes.
import-file = File
import-file-hint = CSV, JSON or XLSX, up to 64 MiB. The first line names the columns.
import-choose-file = Choose a file first
import-gone = The file waited for more than an hour. Choose it again
import-about-match = A line is about the status with its slug, else about the one with its name. Any other line makes a new status.
import-about-order = The order of the lines becomes the order of the pipeline. Statuses that the file doesn't name follow behind it.
import-about-blank = A column that is missing changes nothing. A blank cell empties its field; only kind and colour stay as they are, and the name of a status that exists.
import-about-all = All lines are imported, or none.
import-columns = Columns
import-columns-hint = Under these names or under their labels; you can assign others in the next step.
import-example = What there is now, as an example:
import-changed = The statuses have changed since you looked, so nothing was done. Look at what would happen now, then confirm again.
import-flash = “{ $name }” is imported. New statuses: { $created }, changed ones: { $changed }.
import-flash-nothing = Everything was so already; nothing had to be changed.
plan-crumb = Preview
plan-import-title = Import “{ $name }”?
plan-set-title = Use the set “{ $name }”?
plan-lead = Nothing has changed yet. Look at what would happen, then confirm.
plan-look = Look at what would happen
plan-created = New
plan-changed = Changed
plan-same = As they are
plan-archived = Archived
plan-refused = Refused
plan-refused-lines =
    { $count ->
        [one] { $count } line can't be accepted, so nothing can be imported yet
       *[other] { $count } lines can't be accepted, so nothing can be imported yet
    }
plan-lines = What would happen
plan-line = Line
plan-entry = Entry
plan-place = Place
plan-happens = Outcome
plan-details = Details
plan-nameless = no name
plan-tag-new = new
plan-tag-changed = changed
plan-tag-refused = refused
plan-more =
    { $count ->
        [one] { $count } more line is not shown.
       *[other] { $count } more lines are not shown.
    }
plan-same-list =
    { $count ->
        [one] { $count } status stays as it is
       *[other] { $count } statuses stay as they are
    }
plan-order = The pipeline afterwards
plan-order-moves = new order
plan-role-default = New leads start in “{ $to }” instead of “{ $from }”.
plan-role-converted = Won leads land in “{ $to }” instead of “{ $from }”.
plan-nothing = There is nothing to do
plan-nothing-text = Everything is so already.
plan-columns = Columns of the file
plan-columns-hint = Choose the field that each column stands for, then look again.
plan-column-none = Left out
plan-left-out = Left out, since they stand for no field: { $columns }
plan-again = Look again
plan-other-file = Choose another file
plan-do-import =
    { $count ->
        [one] Import { $count } status
       *[other] Import { $count } statuses
    }
plan-do-order = Import the new order
plan-do-set = Use this set
plan-others = Statuses that are not in the set
plan-other-archived = is archived; no leads are in it
plan-other-kept = stays, behind those of the set
plan-other-leads =
    { $count ->
        [one] stays: { $count } lead is in it
       *[other] stays: { $count } leads are in it
    }
sets-crumb = Standard sets
sets-lead = Start from a ready pipeline with definitions and limits, then make it yours. You see what would happen before anything changes.
sets-choice = Sets
sets-choose = Choose one of the sets
sets-options = Options
sets-language = Language of the names and definitions
sets-language-en = English
sets-language-ro = Română
sets-archive = Archive the statuses that are not in the set
sets-archive-hint = Only those that no leads are in; archived ones can be restored.
sets-flash = The set “{ $name }” is in use. New statuses: { $created }, changed: { $changed }, archived: { $archived }.
