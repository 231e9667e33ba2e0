# Words we use: see web.ftl.

import-crumb = Import
import-intro = Import a whole pipeline from a file. You preview the changes before anything is saved.
import-file = File
import-file-hint = CSV, JSON or XLSX, up to 64 MiB. The row with the titles is found.
import-choose-file = Choose a file first
import-gone = The file was kept for an hour only. Choose it again
import-about-match = Rows are matched by slug, then by name. Others become new statuses.
import-about-order = The order of the rows becomes the order of the pipeline. Statuses that aren’t in the file follow.
import-about-blank = Missing columns and blank cells change nothing; you can choose that blank cells erase.
import-about-all = All rows are imported, or none.
import-done-before = This file was imported before. Here is what that import did.
import-columns = Columns
import-columns-hint = Column names or labels; you can map others next.
import-example = Download a sample with current data:
import-changed = The statuses have changed since the preview. Nothing was imported. Check the new preview, then confirm.
import-flash = “{ $name }” imported. New statuses: { $created }, changed: { $changed }.
import-flash-nothing = No changes.
import-reading = How the file is read
import-encoding = Encoding
import-separator = Separator
import-separator-name =
    { $word ->
        [comma] comma
        [semicolon] semicolon
        [tab] tab
        [pipe] vertical bar
       *[other] { $word }
    }
import-sheet = Sheet
import-header-line = Line of the titles
import-recognised = Recognised: { $value }
import-column = Column
import-sample = Sample
import-as = Import as
import-blank-erases = Blank cells erase values
import-blank-erases-hint = Otherwise a blank cell changes nothing.
import-blank-words = Read n/a, -, NULL and the like as blank
plan-crumb = Preview
plan-import-title = Import “{ $name }”?
plan-set-title = Use the template “{ $name }”?
plan-intro = Nothing has changed yet. Check the changes, then confirm.
plan-look = Preview changes
plan-created = New
plan-changed = Changed
plan-same = Unchanged
plan-archived = Archived
plan-refused = Errors
plan-refused-lines =
    { $count ->
        [one] { $count } row has an error. Correct the file, then choose it again.
       *[other] { $count } rows have errors. Correct the file, then choose it again.
    }
plan-lines = Changes
plan-line = Line
plan-entry = Entry
plan-place = Position
plan-happens = Change
plan-details = Details
plan-nameless = no name
plan-tag-new = new
plan-tag-changed = changed
plan-tag-refused = error
plan-more =
    { $count ->
        [one] and { $count } more row
       *[other] and { $count } more rows
    }
plan-same-list =
    { $count ->
        [one] { $count } unchanged status
       *[other] { $count } unchanged statuses
    }
plan-order = New pipeline
plan-order-moves = new order
plan-role-default = New leads start in “{ $to }” instead of “{ $from }”.
plan-role-converted = Won leads go to “{ $to }” instead of “{ $from }”.
plan-nothing = No changes
plan-nothing-text = The pipeline already looks like this.
plan-columns = Columns of the file
plan-columns-hint = Choose a field for each column, then refresh the preview.
plan-column-none = Not imported
plan-left-out = Not imported: { $columns }
plan-again = Refresh preview
plan-other-file = Choose another file
plan-do-import =
    { $count ->
        [one] Import { $count } status
       *[other] Import { $count } statuses
    }
plan-do-order = Import the new order
plan-do-set = Use this template
plan-others = Statuses that aren’t in the template
plan-other-archived = will be archived; it has no leads
plan-other-kept = stays, after those of the template
plan-other-leads =
    { $count ->
        [one] stays, since { $count } lead is in it
       *[other] stays, since { $count } leads are in it
    }
sets-crumb = Templates
sets-intro = Start from a ready pipeline with definitions and limits, then change what you like. You preview the changes first.
sets-choice = Templates
sets-choose = Choose a template
sets-options = Options
sets-language = Language of the names and definitions
sets-language-en = English
sets-language-ro = Română
sets-archive = Archive statuses that aren’t in the template
sets-archive-hint = Only statuses without leads. You can restore them.
sets-flash = “{ $name }” applied. New statuses: { $created }, changed: { $changed }, archived: { $archived }.
