# Words we use, in every file of this language: one word for one thing, verbs first, no full stop in labels.
#
# status        where a lead is; has a kind (open, paused, won, lost, junk), a definition, a target and a limit
# active        a status that isn't archived; not "in use"
# in use        something that can't be deleted yet
# pipeline      all active statuses in their order
# template      a ready pipeline; not "set"
# default       the status of new leads
# converted     the status of won leads
# owner         who works on a lead, or for whom a token acts; "assign" gives a lead an owner
# time in status   days since a lead was moved here, without pauses; not "age", "clock" or "visit"
# history       what happened to a lead or a status; in files, "status history"
# on track, at risk, stuck, paused   the state of a lead
# target, limit    days until a lead is at risk, or stuck
# move          changes the status of a lead; "undo" takes a move or a change back, not "void"
# back-date     enters an earlier time
# pause, resume    not "set aside", "take up again"
# bin           where deleted leads go, and from where they are restored
# value         what a lead is worth, with a currency
# create        not "make", "issue" or "add", but for users and notes, which are added
# edit, change  a form edits, a record is changed
# preview       what a change would do; "refresh preview" computes it again
# skip          leave out of an action or an import; columns are "not imported"
# row           a record of a file; "line" only with the number of a line
# sign in, sign out   not "log in"
# administrator, sales manager, sales rep, viewer   the roles of users
#
# A banner says what happened ("12 leads moved to Won."), an error what to do next, a button what it does.

web-brand = Azuvio CRM
web-skip = Skip to the content
web-navigation = Main menu
web-menu-open = Open the menu
web-menu-close = Close the menu
web-crumbs = Breadcrumb
web-profile = Profile
web-sign-out = Sign out
web-title-error = Error:
web-problem = There is a problem
web-optional = optional
web-dismiss = Dismiss
web-undo = Undo
web-close = Close
web-cancel = Cancel
web-save = Save changes
web-back = Back to the list
web-try-again = Try again
web-go-home = Go to lead statuses
web-search = Search
web-clear-search = Clear search
web-filter = Filter
web-filters-active = Active filters
web-filter-remove = Remove the filter { $name }
web-filter-nothing = This filter isn’t valid
web-filter-without = Remove the filter “{ $name }”
web-filter-unreadable = “{ $value }” isn’t a valid filter.
web-filter-zone = “{ $value }” isn’t a time zone.
web-bulk-id = “{ $value }” isn’t an id. Nothing was changed.
web-bulk-scope = “{ $value }” isn’t a scope. Send “all”, or leave it out.
web-bulk-expect = “{ $value }” isn’t a number or the code of a preview. Nothing was changed.
web-bulk-expect-missing = Nothing was changed. To change all that match, send in “expect” how many there are.
web-apply = Apply
web-clear-all = Clear all
web-columns = Columns
web-actions = Actions
web-actions-for = Actions for { $name }
web-updated = Updated
web-range = { $from }–{ $to } of { $total }
web-per-page = Rows per page
web-pager = Pages
web-page = Page { $page }
web-previous = Previous page
web-next = Next page
web-selection = Selection
web-select-all = Select all rows on this page
web-select-row = Select { $name }
web-clear-selection = Clear the selection
web-bulk = Actions for the selected rows
web-selected =
    { $count ->
        [one] { $count } selected
       *[other] { $count } selected
    }
web-select-all-matching = Select all matching
web-select-matching =
    { $count ->
        [one] Select the { $count } matching
       *[other] Select all { $count } matching
    }
web-select-more =
    { $count ->
        [one] Select all { $count }+ matching
       *[other] Select all { $count }+ matching
    }
web-results =
    { $count ->
        [0] No results
        [one] { $count } result
       *[other] { $count } results
    }
web-no-match = No results for “{ $query }”
web-no-match-filters = No results for these filters
web-drag = Drag to move
web-move-up = Move up
web-move-down = Move down
web-move-top = Move to top
web-move-bottom = Move to bottom
web-move-position = Position
web-move = Move
web-copy = Copy
web-copied = Copied
web-color = Colour
web-color-custom = Custom colour
web-color-hex = Hex code of the colour
web-preview = Preview
web-preview-name = Name
web-preview-note = Text stays readable in every colour, light or dark.
web-theme = Theme
web-theme-auto = System
web-theme-light = Light
web-theme-dark = Dark
web-language = Language
web-yours = Yours
web-theirs = Theirs
web-field = Field
web-before = Before
web-after = After
web-shortcuts = Keyboard shortcuts
web-shortcuts-off = You can turn these off in your profile.
web-key-search = Search
web-key-create = Create
web-key-step = Next or previous row
web-key-select = Select the row
web-key-open = Open the row
web-key-edit = Edit
web-key-note = Write a note
web-key-move = Choose a status
web-key-save = Save the form
web-key-sheet = Show shortcuts
web-input-control = Remove the control characters from the text
web-line-control = Remove the line breaks and control characters
web-text-too-long = Shorten it to { $max } characters; it has { $length }
web-input-not-simple = Send one text or number, not a list or an object
web-input-not-list = Send a list of texts, or one text with one entry per line
web-input-not-object = Send an object here, with a member for each name
web-input-not-truth = Send true or false
web-input-not-version = Send the version as a whole number
web-parameter-unknown = “{ $name }” is not a parameter of this list
web-field-unknown = “{ $name }” is not a field here. It was not saved
web-field-read-only = “{ $name }” can’t be changed. It was not saved
web-fields-more =
    { $count ->
        [one] One more field was not saved
       *[other] { $count } more fields were not saved
    }
web-conflict-title = Someone else changed the same fields
web-conflict-intro = Nothing has been saved yet. Choose which value to keep in each row, then save.
web-conflict-crumb = Resolve
web-conflict-caption = Fields you both changed
web-conflict-merged = Merged automatically
web-conflict-theirs = changed by { $who }
web-conflict-mine = changed by you
web-conflict-save = Save
web-conflict-drop = Discard my changes
web-deleted-intro = It was deleted while you were editing. Nothing has been saved, and your text is kept below.
web-deleted-by = Deleted by { $who }
web-deleted-typed = Your text
web-choice-unknown = Choose one of the two values
web-form-restored = This is what you typed when your session ended. It is not saved yet: check it and send it again.
web-form-not-sent = Your session ended, so nothing was changed. Try again.
web-export-shown = Export this list as
