web-brand = Azuvio CRM
web-skip = Skip to the content
web-navigation = Main
web-menu-open = Open the menu
web-menu-close = Close the menu
web-crumbs = You are here
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
web-go-home = Go to the lead statuses
web-search = Search
web-clear-search = Clear search
web-filter = Filter
web-filters-active = Active filters
web-filter-remove = Remove the filter { $name }
web-filter-nothing = A filter can’t be read
web-filter-without = Remove the filter “{ $name }”
web-filter-unreadable = This filter can’t be read: “{ $value }” is not a text.
web-bulk-id = “{ $value }” is not an id, so nothing was done.
web-bulk-scope = “{ $value }” is not a scope: it is “all”, or left out.
web-bulk-expect = “{ $value }” is neither a number nor the digest of a preview, so nothing was done.
web-bulk-expect-missing = An action on all that match says in “expect” how many there are, so that it does nothing to others. Nothing was done.
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
web-no-match = Nothing matches “{ $query }”
web-no-match-filters = Nothing matches these filters
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
web-color-custom = A colour of your own
web-color-hex = Colour as # and six digits
web-preview = Preview
web-preview-name = Name
web-preview-note = The text stays readable with every colour, in light and dark.
web-theme = Theme
web-theme-auto = As the system
web-theme-light = Light
web-theme-dark = Dark
web-language = Language
web-yours = Yours
web-theirs = Theirs
web-field = Field
web-before = Before
web-after = After
web-shortcuts = Keyboard shortcuts
web-shortcuts-off = You can switch these off in your profile.
web-key-search = Search
web-key-create = Create
web-key-step = Next and previous row
web-key-select = Select the row
web-key-open = Open the row
web-key-edit = Edit
web-key-save = Save the form
web-key-sheet = Show this sheet
web-input-control = Take the control character out of the text; it can't be stored
web-input-not-simple = Send one text or number here, not a list or an object
web-input-not-list = Send a list of texts, or one text with a line for each
web-input-not-truth = Send true or false
web-input-not-version = Send the version as a whole number, as it was read
web-conflict-title = Someone else changed the same fields
web-conflict-lead = Nothing is saved yet. Choose which value to keep in each row, then save.
web-conflict-crumb = Choose
web-conflict-caption = Fields that both of you changed
web-conflict-merged = Already put together
web-conflict-theirs = changed by { $who }
web-conflict-mine = changed by you
web-conflict-save = Save these values
web-conflict-drop = Drop my changes
web-deleted-lead = It was deleted while you were editing it. Nothing is saved, and nothing you typed is lost.
web-deleted-by = Deleted by { $who }
web-deleted-typed = What you typed
web-choice-unknown = Choose one of the two values
