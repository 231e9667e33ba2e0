audit-action-history = History imported
import-unreadable = The file can't be read: { $cause }
import-line-too-long = Line { $line } is longer than 1 MiB. Look for a quote that is not closed
lead-column-company = Company
lead-column-status = Status
lead-column-created = Created at
lead-column-entered = Entered at
lead-column-actor = Actor
lead-column-reason = Reason
lead-import-empty = The file is empty. Put a header in its first line, for example external_ref,name,company
lead-import-many-cells = This line has { $length } cells, and the header has { $max }. Put quotes around cells that contain the separator
lead-import-few-cells = This line has { $length } cells, and the header has { $max }. Add the missing ones, even if they are empty
lead-import-nested = “{ $column }” holds a list or an object. Use a simple value
lead-import-no-object = This entry of the JSON array is not an object
lead-import-not-array = The JSON must be an array of objects, one for each line
lead-import-no-name = No column gives leads a name: one of { $fields } is needed. The header has: { $columns }
lead-import-no-visit = A file of visits needs the columns { $fields }. The header has: { $columns }
lead-import-nameless = This line has neither a name nor a company nor an external reference
lead-import-no-status = Say which status was entered
lead-import-archived = The status “{ $name }” is archived. Restore it first, or use another
lead-import-status-several = Several archived statuses are called “{ $name }”. Write the slug of the one that is meant: { $slugs }
lead-import-no-created = “{ $reference }” is what exports call a lead without a reference of its own, and only its exact created_at says that this line is about it. Keep the column created_at as it was exported, or use another reference
lead-import-readings = What the words for statuses mean
lead-import-reading = “{ $word }” means the status { $name }
lead-import-reading-old = “{ $word }” means the status { $name }, which was called so before
lead-import-reading-other = “{ $word }” means the status called { $name } now, not { $other }, which was called so before
lead-import-no-lead = No lead has the reference { $reference }. Import the leads first
lead-import-lived = The lead { $reference } has been moved here since it was imported, so its history is not replaced. Take its lines out of the file
lead-import-twice = Line { $line } has the same external reference. Keep one of the two
lead-import-file-changed = The file was changed while it was read. Import it again
lead-import-status-gone = The status “{ $name }” does not exist any more
lead-import-meanwhile = Somebody changed this lead while the file was being imported, and what they saved was kept. Import the line again to write over it
lead-import-under-way = This very file is being imported by { $who } since { $since }: { $done } of { $total } rows so far. Nothing was done
lead-moment-unknown = Use a date such as 2017-03-01, or a moment such as 2017-03-01T14:30:00Z
lead-moment-future = Use a moment that is not in the future
lead-moment-early = Use a moment from 1970 on
lead-export-too-many = { $count } rows are more than the { $max } that a sheet holds. Choose CSV or JSON
lead-import-title = Import leads
lead-import-crumb-leads = Leads
lead-import-lead = Bring leads and their histories in from a file. You see what would happen before anything changes.
lead-import-what = What the file holds
lead-import-what-leads = Leads
lead-import-what-leads-hint = A line for each lead. Statuses that don't exist are offered to be made.
lead-import-what-visits = Visits
lead-import-what-visits-hint = A line for each status that a lead entered. Import the leads first.
lead-import-currency = Currency of values that name none
lead-import-currency-hint = Three letters, such as USD. Left empty, new leads get EUR, and leads that are here keep theirs.
lead-import-about-match = A line is about the lead with its external reference. Any other line makes a new lead. A status goes by the name it has now, else by its slug.
lead-import-about-blank = A column that is missing changes nothing, and a blank name or status keeps what is there. A blank value is no value, and 0 is zero.
lead-import-about-dates = A date without a time is its first moment in UTC.
lead-import-columns-leads = Columns of leads
lead-import-columns-visits = Columns of visits
lead-import-columns = What the columns stand for
lead-import-columns-hint = Choose the column of each field, then look again. The choice is remembered for files with the same header.
lead-import-looks-visits = This looks like visits: a line for each status that a lead entered. As leads, they would get their reference for a name.
lead-import-as-visits = Look at them as visits
lead-import-choose-name = No column gives leads a name. Choose the one with the external reference, the name or the company
lead-import-choose-visit = Histories need three columns: external reference, status and entered at. Choose the missing ones
lead-import-no-column = Not in the file
lead-import-refused =
    { $count ->
        [one] { $count } problem: nothing can be imported yet
       *[other] { $count } problems: nothing can be imported yet
    }
lead-import-problems = Problems
lead-import-problem = Problem
lead-import-field = Field
lead-import-in-bin = Left in the bin
lead-import-lines =
    { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }
lead-import-statuses =
    { $count ->
        [one] { $count } status does not exist
       *[other] { $count } statuses do not exist
    }
lead-import-make = Make them with the import
lead-import-make-hint = As open statuses at the end of the pipeline. Change kind, order and limits afterwards.
lead-import-ask = Ask an administrator to make them, or choose another column for the status.
lead-import-unmade = Statuses of the file do not exist: let them be made, or choose another column for the status
lead-import-too-many-made = More than { $max } statuses do not exist: choose another column for the status, or import the statuses first
lead-import-bad-status = “{ $name }” can't be the name of a status. Correct it in the file
lead-import-owners =
    { $count ->
        [one] { $count } owner is not a user here
       *[other] { $count } owners are not users here
    }
lead-import-owners-hint = Their leads are imported without an owner; leads that are here keep theirs.
lead-import-actors =
    { $count ->
        [one] { $count } actor is not a user here
       *[other] { $count } actors are not users here
    }
lead-import-actors-hint = Their visits are imported all the same, with the name as it stands in the file.
lead-import-several = several people have this name
lead-import-in-default =
    { $count ->
        [one] { $count } value without a currency: { $currency }. Choose another below if that is wrong.
       *[other] { $count } values without a currency: { $currency }. Choose another below if that is wrong.
    }
lead-import-unreferenced =
    { $count ->
        [one] { $count } line has no external reference: importing the file again would make its lead again.
       *[other] { $count } lines have no external reference: importing the file again would make their leads again.
    }
lead-import-unreferenced-visits =
    { $count ->
        [one] { $count } line has no external reference and is left out, since no lead can be found.
       *[other] { $count } lines have no external reference and are left out, since no lead can be found.
    }
lead-import-changed = Something has changed since you looked, so nothing was done. Look at what would happen now, then confirm again
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
lead-import-flash = “{ $name }” is imported. New leads: { $created }, changed: { $changed }, as they were: { $same }.
lead-import-flash-visits = “{ $name }” is imported. Leads with a new history: { $changed }, as they were: { $same }.
lead-job-title = Import of “{ $name }”
lead-job-lead = A large file is imported bit by bit, so that everybody can go on working. It goes on if you leave this page, and after a restart.
lead-job-under-way = “{ $name }” is being imported
lead-job-progress = Progress
lead-job-rows = { $done } of { $total } rows
lead-job-done = The import is done.
lead-job-file-lost = The file of this import lies on no server any more.
lead-job-left-out =
    { $count ->
        [one] The import is done, but for { $count } line: something has changed since the file was checked, and it does not pass any more.
       *[other] The import is done, but for { $count } lines: something has changed since the file was checked, and they do not pass any more.
    }
lead-job-left-out-count = Left out
lead-job-left-out-title = Lines that were left out
lead-job-again = What was imported until then stays. Correct the file and import it again: lines that are imported already change nothing.
lead-job-leads = See the leads
lead-export-what = Choose leads or visits
