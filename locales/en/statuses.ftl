# Words we use: see web.ftl.

status-kind-open = Open
status-kind-paused = Paused
status-kind-won = Won
status-kind-lost = Lost
status-kind-junk = Junk
status-kind-open-plural = Open
status-kind-paused-plural = Paused
status-kind-won-plural = Won
status-kind-lost-plural = Lost
status-kind-junk-plural = Junk
status-kind-unknown = Choose a kind: open, paused, won, lost or junk
status-kind-held-default = Keep the kind Open: new leads start here. To change it, make another status the default first
status-kind-held-converted = Keep the kind Won: won leads go here. To change it, make another status the converted one first
status-role-default = Default
status-role-converted = Converted
status-role-archived = Restore the status first: an archived one can’t have this role
status-role-needs-open = Change the kind to Open first: new leads start in an open status
status-role-needs-won = Change the kind to Won first: won leads go to a won status
status-field-name = Name
status-field-slug = Slug
status-field-color = Colour
status-field-kind = Kind
status-field-position = Position
status-field-isdefault = Default for new leads
status-field-isconverted = Receives won leads
status-field-definition = Definition
status-field-enter-when = Enter when
status-field-leave-when = Leave when
# Labels of files that were exported before the labels above changed.
status-field-enter-when-former = Enter when
status-field-leave-when-former = Leave when
status-field-target-days = Target days
status-field-limit-days = Limit days
status-field-archived = Archived
status-field-version = Version
status-value-none = none
status-value-yes = yes
status-value-no = no
status-hue-slate = Slate
status-hue-red = Red
status-hue-orange = Orange
status-hue-amber = Amber
status-hue-lime = Lime
status-hue-green = Green
status-hue-teal = Teal
status-hue-cyan = Cyan
status-hue-blue = Blue
status-hue-indigo = Indigo
status-hue-violet = Violet
status-hue-pink = Pink
status-name-missing = Enter a name, for example “Qualified”
status-name-too-long = Shorten the name to { $max } characters; it has { $length }
status-name-control = Remove the line break or control character from the name
status-name-invisible = Enter a name with visible characters, for example “Qualified”
status-slug-invalid = Use lower-case letters a–z, digits and single hyphens in the slug, at most { $max } characters
status-color-invalid = Choose a colour, or enter # and six digits, for example #9163d5
status-criteria-too-many = Shorten the list to { $max } lines; it has { $length }
status-criteria-too-long = Shorten line { $line } to { $max } characters; it has { $length }
status-days-whole = Enter a whole number of days, for example 10
status-days-range = Enter a number of days from 1 to { $max }
status-target-above-limit =
    { $count ->
        [one] Lower the target to the limit of { $count } day, or raise the limit
       *[other] Lower the target to the limit of { $count } days or less, or raise the limit
    }
status-limit-below-target =
    { $count ->
        [one] Raise the limit to the target of { $count } day or more, or lower the target
       *[other] Raise the limit to the target of { $count } days or more, or lower the target
    }
status-order-position = Enter the position as a whole number, from 1
status-order-archived = An archived status has no position. Restore it first
status-order-ids = Send the ids of the statuses in their new order
status-order-twice = Name every status once: one id is there twice
status-order-incomplete = Name every active status, and no others
import-empty = The file is empty. Add a header row, for example name,kind,color
import-not-utf8 = Line { $line } isn’t valid UTF-8. Save the file as UTF-8 and try again
import-not-utf16 = The file isn’t valid UTF-16. Save it as UTF-8 and try again
import-nul = Line { $line } contains a NUL character. Save the file as UTF-8 text and try again
import-not-encoding = The file isn’t in { $encoding }. Choose another encoding
import-encoding-unknown = There is no encoding “{ $text }”. Use a name such as UTF-8 or windows-1250
import-separator-unknown = “{ $text }” is no separator. Use comma, semicolon, tab, pipe or the character itself
import-header-unknown = “{ $text }” is no line. Enter the number of the line with the titles
import-sheet-unknown = There is no sheet “{ $sheet }”. The sheets are: { $sheets }
import-read-encoding = Read as { $encoding }
import-guess-encoding = Read as { $encoding }, which fits its letters. Choose another if the sample looks wrong
import-read-separator =
    { $separator ->
        [semicolon] Cells are separated by semicolons
        [tab] Cells are separated by tabs
        [pipe] Cells are separated by vertical bars
        [comma] Cells are separated by commas
       *[other] Cells are separated by { $separator }
    }
import-read-header = The titles are in line { $line }
import-untitled-column = column { $letters } (no title)
import-not-xlsx = The workbook can’t be read. Save it as .xlsx or as CSV and try again
import-workbook-large = The workbook is too large. Save the sheet as CSV and try again
import-workbook-busy = Another workbook is being imported. Try again in a moment
import-all-hidden = All sheets are hidden. Unhide the one to import and try again
import-sheet-read = Sheet “{ $sheet }” was read
import-sheets-others = Other sheets were not read: { $sheets }
import-sheets-hidden = Hidden sheets were not read: { $sheets }
import-rows-hidden =
    { $count ->
        [one] { $count } hidden row isn’t imported. Unhide it to import it
       *[other] { $count } hidden rows aren’t imported. Unhide them to import them
    }
import-columns-hidden = Hidden columns aren’t imported unless you choose them: { $columns }
import-not-computed = The formula in line { $line } has no result yet. Open the file in a spreadsheet program, save it and choose it again
import-cell-error = The cell in line { $line } shows an error instead of a value. Correct it, or don’t import its column
import-unclosed-quote = A quote opens in line { $line } and never closes. Close it, or double the quotes inside the cell
import-stray-quote = Text follows the closing quote in line { $line }. Double the quotes inside the cell
import-extra-cell = Line { $line } has { $length } cells, and the header has { $max }. Put quotes around cells that contain the separator
import-too-many-rows = The file has more than { $max } rows. Split it and import the parts one after the other
import-too-many-columns = The file has more than { $max } columns. Delete some and try again
import-not-json = The file isn’t valid JSON. Check line { $line }, column { $column }
import-not-array = The JSON must be an array of objects, one per status
import-not-object = Entry { $line } of the JSON array isn’t an object
import-no-name = No column is called “name”. The header has: { $columns }. Rename a column, or map one to a field: { $fields }
import-column-twice = The columns “{ $first }” and “{ $second }” are both mapped to { $field }. Remove one
import-map-form = Write a mapping as COLUMN=FIELD instead of “{ $text }”
import-map-field = There is no field “{ $field }”. The fields are: { $fields }
import-map-column = The file has no column “{ $column }”. Its header has: { $columns }
import-line-twice = Line { $line } has the same status. Keep one of the two
import-name-twice = Line { $line } has the same name. Change one of the two
import-role-twice = Line { $line } has this role too. Only one status can have it
import-role-given-up = This status has the role. Give the role to another row instead
import-no-default = No status would be the default. Set isdefault in one row of kind open
import-no-converted = No status would receive won leads. Set isconverted in one row of kind won
export-format-unknown = Choose csv, json or xlsx
status-set-b2b = B2B sales
status-set-b2b-about = From first interest to a signed contract, with a clear hand-off from marketing to sales.
status-set-agency = Agency
status-set-agency-about = From enquiry, brief and pitch to a new client.
status-set-real-estate = Real estate
status-set-real-estate-about = From enquiry, viewings and offer to the notary.
status-set-recruiting = Recruiting
status-set-recruiting-about = From application and interviews to a signed contract.
status-set-loans = Loans
status-set-loans-about = From request, documents and underwriting to the pay-out.
