# Words we use: see web.ftl.

audit-action-history = History imported
import-unreadable = The file can’t be read: { $cause }
import-line-too-long = Line { $line } is longer than 1 MiB. Check it for a quote that isn’t closed
lead-column-status = Status
lead-column-created = Created on
lead-column-entered = Entered on
lead-column-actor = Moved by
# Labels of files that were exported before the labels above changed.
lead-column-created-former = Created at
lead-column-entered-former = Entered at
lead-column-actor-former = Actor
lead-column-first-name = First name
lead-column-last-name = Last name
lead-column-reason = Reason
lead-column-note = Note
lead-column-voided = Undone on
lead-import-empty = The file is empty. Add a header row, for example external_ref,name,company
lead-import-many-cells = This row has { $length } cells, and the header has { $max }. Put quotes around cells that contain the separator
lead-import-nested = “{ $column }” contains a list or an object. Use a simple value
lead-import-no-object = This entry of the JSON array isn’t an object
lead-import-not-array = The JSON must be an array of objects, one per row
lead-import-no-name = No column names the leads. Add one of { $fields }. The header has: { $columns }
lead-import-no-visit = A status history needs the columns { $fields }. The header has: { $columns }
lead-import-nameless = This row has no name, company or external reference. Add one
lead-import-no-status = Add the status that was entered
lead-import-archived = The status “{ $name }” is archived. Restore it first, or use another
lead-import-status-several = Several archived statuses are called “{ $name }”. Use the slug of one: { $slugs }
lead-import-no-created = “{ $reference }” stands for a lead without a reference in exports, and is found by its exact created_at. Keep the column created_at as exported, or use another reference
lead-import-readings = Statuses in the file
lead-import-reading = “{ $word }” is imported as { $name }
lead-import-reading-old = “{ $word }” is imported as { $name }, its current name
lead-import-reading-other = “{ $word }” is imported as the status now called { $name }, not as { $other }, which had this name before
lead-import-no-lead = No lead has the reference { $reference }. Import the leads first
lead-import-lived = The lead { $reference } was moved here since its import, so its history isn’t replaced. Remove its rows from the file
lead-import-twice = Line { $line } has the same external reference. Keep one of the two
lead-import-email-twice = Line { $line } has the same e-mail address. Keep one of the two
lead-import-email-several = Several leads have this e-mail address, such as { $first } and { $second }. Give one of them another, or match by reference
lead-import-reference-other = This reference belongs to { $name }, who has another e-mail address. Remove it from the file, or match by reference
lead-import-no-email = Choose the column with the e-mail addresses, since leads are matched by them
lead-import-other-names =
    { $count ->
        [one] 1 reference is used here by a lead with another name
       *[other] { $count } references are used here by leads with other names
    }, such as { $reference }: { $here } here, { $there } in line { $line }. If the file is from another system, name the system.
lead-import-like-system = Its columns look like an export of { $system }.
lead-import-matching = Matching
lead-import-similar =
    { $count ->
        [one] 1 new lead is probably here already
       *[other] { $count } new leads are probably here already
    }
lead-import-similar-row =
    { $by ->
        [email] Line { $line }: { $name } has the e-mail address of { $other }
        [phone] Line { $line }: { $name } has the phone number of { $other }
       *[name] Line { $line }: { $name } has the name and company of { $other }
    }
lead-import-similar-hint = They are imported as new leads. Match by e-mail address to update the leads that are here.
lead-import-match = Match leads by
lead-import-match-reference = External reference
lead-import-match-email = E-mail address
lead-import-match-email-hint = Rows without one create leads. An address that several leads have is an error.
lead-import-system = System of the file
lead-import-system-hint = Such as HubSpot. External references are matched within this system.
lead-import-made-at = File made on
lead-import-made-at-hint = The preview then shows which leads were changed here since.
import-match-unknown = “{ $text }” is not a way to match. Use reference, or email for leads
lead-import-file-changed = The file changed during the import. Import it again
lead-import-status-gone = The status “{ $name }” no longer exists
lead-import-meanwhile = Someone changed this lead during the import, and their change was kept. Import the row again to overwrite it
lead-import-under-way = { $who } is already importing this file since { $since }: { $done } of { $total } rows so far. Nothing was started
lead-moment-unknown = Enter a date such as 2017-03-01, or a time such as 2017-03-01T14:30:00Z
lead-moment-format = This is { $day } if its format is chosen. Choose how the dates of this column are written
lead-moment-ambiguous = This could be { $first } or { $second }. Choose how the dates of this column are written
lead-moment-other-format = This date isn’t written as { $format }. Correct it, or choose another format
lead-moment-future = Enter a time that isn’t in the future
lead-moment-early = Enter a time from 1970 on
lead-export-too-many = { $count } rows are too many for a sheet, which holds { $max }. Choose CSV or JSON
lead-import-title = Import leads
lead-import-crumb-leads = Leads
lead-import-intro = Import leads or their status history from a file. You preview the changes before anything is saved.
lead-import-what = What the file contains
lead-import-what-leads = Leads
lead-import-what-leads-hint = One row per lead. You can create missing statuses.
lead-import-what-visits = Status history
lead-import-what-visits-hint = One row per status that a lead entered. Import the leads first.
lead-import-currency = Default currency
lead-import-currency-hint = Three letters, such as USD. Leave empty for EUR; existing leads keep theirs.
lead-import-about-match = Rows are matched by external reference. Others become new leads. Statuses are matched by name, then by slug.
lead-import-about-blank = Missing columns and blank cells change nothing; you can choose that blank cells erase. 0 is zero.
lead-import-about-dates = You can choose how dates are written and their time zone. A date without a time is 00:00.
lead-import-columns-leads = Columns of leads
lead-import-columns-visits = Columns of the status history
lead-import-columns = Map columns
lead-import-columns-hint = Choose what each column is, then refresh the preview. The choice is remembered for these titles.
lead-import-looks-visits = This looks like a status history: one row per status that a lead entered.
lead-import-as-visits = Import as status history
lead-import-choose-name = No column names the leads. Choose the one with the external reference, name or company
lead-import-choose-visit = A status history needs three columns: external reference, status and entered on. Choose the missing ones
lead-import-keep = Keep as extra field
lead-import-keep-others = Keep the other columns as extra fields
lead-import-kept = Kept as extra fields: { $columns }
lead-import-keep-visits = A status history has no extra fields. Leave out --keep-other-columns
lead-import-name-and-company = Name and company
lead-import-changes = Changes to existing leads
lead-import-erased = { $field } is erased
lead-import-leads =
    { $count ->
        [one] { $count } lead
       *[other] { $count } leads
    }
lead-import-changed-here =
    { $count ->
        [one] { $name } was changed here since the file was made, by { $by } on { $at }. The import overwrites what differs.
       *[other] { $count } of these leads were changed here since the file was made, such as { $name } by { $by } on { $at }. The import overwrites what differs.
    }
lead-import-several-values =
    { $count ->
        [one] { $count } row has several phones or e-mail addresses. The first one is imported.
       *[other] { $count } rows have several phones or e-mail addresses. The first one is imported.
    }
lead-import-kinds = Errors by kind
lead-import-kind =
    { $count ->
        [one] { $field }: “{ $value }” in line { $line }. { $problem }
       *[other] { $field }: { $count } lines, such as “{ $value }” in line { $line }. { $problem }
    }
lead-import-kind-line =
    { $count ->
        [one] Line { $line }: { $problem }
       *[other] { $count } lines, such as line { $line }: { $problem }
    }
lead-import-bad-lines = Download these lines to correct them
lead-import-do-good =
    { $count ->
        [one] Import the good lines, leave { $count } out
       *[other] Import the good lines, leave { $count } out
    }
import-guess-dates = Dates in “{ $column }” are read as { $format }, the only order that fits all
import-read-dates = Dates in “{ $column }” are read as { $format }
import-read-zone = Times without a time zone are { $zone }
import-zone-unknown = There is no time zone “{ $text }”. Use a name such as Europe/Bucharest or UTC
import-mark-unknown = “{ $text }” is no mark before the cents. Use point or comma
import-date-format-unknown = “{ $text }” is no format of dates. Use one such as day.month.year or month/day/year
import-date-format = Dates: { $field }
import-date-choose = Choose the format
import-date-name = { $format }
import-time-zone = Time zone of times without one
import-decimal-mark = Mark before the cents
import-mark-any = Only where it is clear
import-mark-point = Point (1,054.50)
import-mark-comma = Comma (1.054,50)
lead-import-refused =
    { $count ->
        [one] { $count } row has an error. Correct the file, then choose it again.
       *[other] { $count } rows have errors. Correct the file, then choose it again.
    }
lead-import-problems = Errors
lead-import-problem = Error
lead-import-field = Field
lead-import-in-bin = Stay in the bin
lead-import-lines =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
lead-import-statuses =
    { $count ->
        [one] { $count } status doesn’t exist yet
       *[other] { $count } statuses don’t exist yet
    }
lead-import-words = Statuses you chose
lead-import-words-hint = Choose the status that each name in the file means, or create it. Then refresh the preview.
lead-import-word-new = Create this status
lead-import-word-choose = Choose a status
lead-import-word-unknown = There is no status “{ $name }”
lead-import-word-form = Write --status "WORD=STATUS" instead of “{ $text }”
lead-import-make = Create missing statuses
lead-import-make-hint = As open statuses after the last open one. You can edit them later.
lead-import-ask = Ask an administrator to create them, or choose another column for the status.
lead-import-unmade = Some statuses don’t exist yet. Choose to create them, or choose another column for the status
lead-import-too-many-made = More than { $max } statuses don’t exist yet. Choose another column for the status, or import the statuses first
lead-import-bad-status = “{ $name }” can’t be the name of a status. Correct it in the file
lead-import-owners =
    { $count ->
        [one] { $count } owner isn’t a user
       *[other] { $count } owners aren’t users
    }
lead-import-owners-hint = New leads get no owner; existing leads keep theirs.
lead-import-actors =
    { $count ->
        [one] { $count } person isn’t a user
       *[other] { $count } people aren’t users
    }
lead-import-actors-hint = Their history is imported under the name in the file.
lead-import-several = several users have this name
lead-import-in-default =
    { $count ->
        [one] { $count } value without a currency is imported in { $currency }. You can choose another above.
       *[other] { $count } values without a currency are imported in { $currency }. You can choose another above.
    }
lead-import-unreferenced =
    { $count ->
        [one] { $count } row has no external reference. Importing the file again would create its lead twice.
       *[other] { $count } rows have no external reference. Importing the file again would create their leads twice.
    }
lead-import-unreferenced-visits =
    { $count ->
        [one] { $count } row has no external reference and isn’t imported.
       *[other] { $count } rows have no external reference and aren’t imported.
    }
lead-import-notes =
    { $count ->
        [one] { $count } line below the table isn’t imported.
       *[other] { $count } lines below the table aren’t imported.
    }
lead-import-voided =
    { $count ->
        [one] { $count } row is a move that was undone and isn’t imported.
       *[other] { $count } rows are moves that were undone and aren’t imported.
    }
lead-import-changed = Something has changed since the preview. Nothing was imported. Check the new preview, then confirm
lead-import-do =
    { $count ->
        [one] Import { $count } lead
       *[other] Import { $count } leads
    }
lead-import-do-visits =
    { $count ->
        [one] Import the history of { $count } lead
       *[other] Import the histories of { $count } leads
    }
lead-import-flash = “{ $name }” imported. New leads: { $created }, changed: { $changed }, unchanged: { $same }.
lead-import-flash-visits = “{ $name }” imported. Leads with new history: { $changed }, unchanged: { $same }.
lead-job-title = Import of “{ $name }”
lead-job-intro = This runs in the background. You can leave this page.
lead-job-under-way = “{ $name }” is being imported
lead-job-progress = Progress
lead-job-refresh = Refresh
lead-job-rows = { $done } of { $total } rows
lead-job-done = Import done.
lead-job-file-lost = The file is no longer on the server.
lead-job-bad-lines =
    { $count ->
        [one] Import done; { $count } line with errors was left out.
       *[other] Import done; { $count } lines with errors were left out.
    }
lead-job-left-out =
    { $count ->
        [one] Import done, but { $count } row was skipped: something has changed since the preview.
       *[other] Import done, but { $count } rows were skipped: something has changed since the preview.
    }
lead-job-left-out-count = Skipped
lead-job-left-out-title = Skipped rows
lead-job-again = Rows imported so far stay. Correct the file and import it again; they won’t be imported twice.
lead-job-leads = Show leads
lead-export-what = Choose leads or their history
lead-import-override = Override the rules of statuses
lead-import-override-hint = Give a reason to import leads that don’t meet the rules too. It is recorded in their history.
