status-kind-open = Open
status-kind-paused = Paused
status-kind-won = Won
status-kind-lost = Lost
status-kind-junk = Junk
status-kind-unknown = Choose a kind: open, paused, won, lost or junk
status-kind-held-default = Keep the kind Open: new leads start in this status. To change the kind, make another status the default first
status-kind-held-converted = Keep the kind Won: won leads land in this status. To change the kind, let another status receive won leads first
status-role-default = Default
status-role-converted = Converted
status-role-unknown = There is no such role
status-role-archived = Restore the status first: an archived one can't hold a role
status-role-needs-open = Change the kind to Open first: new leads start only in an open status
status-role-needs-won = Change the kind to Won first: won leads land only in a won status
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
status-name-control = Take the line break or control character out of the name
status-name-invisible = Enter a name that can be seen, for example “Qualified”
status-slug-invalid = Write the slug in lower-case letters a–z, digits and single hyphens, at most { $max } characters
status-color-invalid = Choose a swatch, or enter the colour as # and six digits, for example #9163d5
status-definition-too-long = Shorten the definition to { $max } characters; it has { $length }
status-criteria-too-many = Shorten the list to { $max } lines; it has { $length }
status-criteria-too-long = Shorten line { $line } to { $max } characters; it has { $length }
status-text-control = Take the control character out of the text; it can't be stored
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
status-input-not-simple = Send one text or number here, not a list or an object
status-input-not-list = Send a list of texts, or one text with a line for each
status-input-not-truth = Send true or false
status-input-not-version = Send the version as a whole number, as it was read
status-choice-unknown = Choose one of the two values
status-order-position = Enter a position in the pipeline as a whole number, counted from 1
status-order-ids = Send the ids of the statuses in their new order
status-order-twice = Name every status once: one of the ids is there twice
status-order-incomplete = Name every status in use, and no others
