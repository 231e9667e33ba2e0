# Words we use: see web.ftl.
#
# rule          what must be true of a lead that enters a status: a field, a confirmation or evidence
# required, recommended   a rule that holds a move back, or only warns
# override      to move a lead although a rule isn’t met; has a reason
# version       of a definition: what a status meant from one day to another

rule-level-block = Required
rule-level-warn = Recommended
rule-line-block = { $text }
rule-line-warn = { $text } (recommended)
rule-sentence-set = { $field } is filled in
rule-sentence-at-least = Value is at least { $value }
rule-sentence-one-of = Source is one of { $sources }
rule-unmet-text = { $text }
rule-unmet-from = A lead can’t come here from its current status
rule-unmet-mover = Your role can’t move leads into this status
rule-unmet-reason = Give a reason
rule-unmet-reason-of = Choose one of these reasons: { $choices }
rule-unmet-list = Missing: { $texts }{ $from ->
    [yes] . A lead can’t come here from its current status
   *[no] {""}
}{ $mover ->
    [yes] . Your role can’t move leads into this status
   *[no] {""}
}{ $reason ->
    [yes] . A reason is missing
   *[no] {""}
}
rule-override-reason = Give a reason for the override
rule-answer-unknown = Use the ids of the rules
status-field-entry-rules = Rules for entering
status-field-enter-from = Can be entered from
status-field-movers = Who can move leads here
status-field-reasons = Reasons to choose from
status-field-reason-required = Reason required
status-enter-from-created = New leads
status-enter-from-id = Status { $id }
status-named-unknown = “{ $name }” isn’t a status. Choose statuses that exist
status-enter-from-many = Choose at most { $max } statuses
status-mover-unknown = “{ $name }” isn’t a role that moves leads: choose administrator, manager or rep
status-rules-too-many = Keep at most { $max } rules; there are { $length }
status-rules-unreadable = Rules are a list of objects, as the API shows them
status-rule-id = Rule { $number }: leave the id as the API shows it, or out for a new rule
status-rule-id-twice = Rule { $number } has the id of another rule
status-rule-level = Rule { $number }: choose block or warn as its level
status-rule-member = Rule { $number }: there is no “{ $name }” of a rule. Remove it
status-rule-type = Rule { $number }: choose field, confirm or evidence as its type
status-rule-text = Rule { $number }: write what must be true
status-rule-text-too-long = Rule { $number }: shorten the text to { $max } characters; it has { $length }
status-rule-field = Rule { $number }: choose company, e-mail, phone, source, owner or value
status-rule-op = Rule { $number }: “at least” is for the value, “one of” for the source
status-rule-sources = Rule { $number }: list 1 to { $max } sources
rule-recommended = recommended
rule-evidence-hint = A text or a link
rule-choose-reason = Choose a reason
rule-from-only = It can be entered from: { $names }.
rule-override = Override the rules
rule-override-hint = Moves the lead although rules aren’t met. Your name and the reason stay in its history and in the audit log.
rule-override-check = Move it all the same
rule-override-why = Reason for the override
rule-what-at-least = Value is at least …
rule-what-one-of = Source is one of …
rule-what-confirm = Confirm a sentence
rule-what-evidence = Give evidence: a text or a link
status-form-rules-hint = What must be known, confirmed or shown before a lead enters. Required rules hold a move back; recommended ones only warn. In the status that new leads start in, required rules also refuse forms, imports and API calls. To remove a rule, choose “No rule”.
status-holds-back-new-leads = New leads start here: forms, imports and API calls that don’t meet the required rules are refused.
status-form-rule = Rule { $number }
status-form-rule-add = Add a rule
status-form-rule-none = No rule
status-form-rule-what = What it checks
status-form-rule-level = Level
status-form-rule-value = Amount, or sources separated by commas
status-form-rule-text = Text that people read (optional for fields)
status-form-from-hint = Leave all blank to let leads come from anywhere.
status-form-movers-hint = Leave all blank to let everyone who may move the lead do it.
status-form-reasons-hint = One per line. Leads enter with one of them.
status-form-why = Why the definition changes
status-form-why-hint = Kept with the new version of the definition.
status-versions = Versions of the definition
status-version = Version { $version }
status-version-part = Changed
status-version-compare = Compare before and after
status-part-definition = definition
status-part-enter = enter when
status-part-leave = leave when
status-part-times = target and limit
status-part-rule = a rule
status-parts = { $present } of { $total }
status-parts-missing = Missing: { $parts }
status-column-complete = Complete
dictionary-title = Status dictionary
dictionary-intro = What every status means, in pipeline order.
dictionary-contents = Statuses
dictionary-read = I have read this
dictionary-is-read = You have read this version
dictionary-read-done = You have read the definition of { $name }.
dictionary-changed = The definition has changed since. Read it again
dictionary-not-read = Who hasn’t read it
dictionary-read-by-all = Everyone has read it
compliance-title = Compliance
compliance-reports = Reports
compliance-intro = How many leads meet the rules of their status now, and how often rules are overridden.
compliance-none = No status has rules
compliance-none-text = Add rules to a status to see how many of its leads meet them.
compliance-no-leads = No leads
compliance-share = meet the required rules ({ $meeting } of { $leads }).
compliance-failing = { $count ->
    [one] { $count } lead doesn’t
   *[other] { $count } leads don’t
}
compliance-rule = Rule
compliance-meeting = Leads that meet it
compliance-moves = Moves judged
compliance-overrides = Overridden
compliance-often = { $percent }%: too strict?
compliance-failing-title = Leads that don’t meet the rules of { $status }
compliance-failing-intro = What each of them lacks. Open a lead to complete it.
compliance-all-meet = All leads meet the rules
compliance-all-meet-text = Nothing to complete here.
compliance-lacks = Missing
compliance-cut = The first { $count } are shown.
