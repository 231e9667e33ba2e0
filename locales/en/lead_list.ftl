menu-board = Board
menu-leads = Leads
menu-stuck = Stuck
lead-list-title = Leads
lead-list-lead = Everyone who may buy, where they stand, and for how long.
lead-list-more = More
lead-list-import = Import leads
lead-list-new = New lead
lead-list-tabs = How leads stand
lead-list-all = All
lead-list-bin = Bin
lead-filter-status = The filter by status can’t be read: “{ $value }” is not the id of a status.
lead-filter-owner = The filter by owner can’t be read: “{ $value }” is not the id of a user, nor “me” or “none”.
lead-filter-state = The filter by state can’t be read: “{ $value }” is not one of on_track, at_risk, stuck and paused.
lead-filter-created = The filter by day of creation can’t be read: “{ $value }” is not a day such as 2026-11-28.
lead-filter-entered = The filter by day of entry can’t be read: “{ $value }” is not a day such as 2026-11-28.
lead-filter-currency = The filter by currency can’t be read: “{ $value }” is not the code of a currency such as EUR.
lead-filter-bin = The filter for the bin can’t be read: “{ $value }” is neither 1 nor 0.
lead-list-search = Search name, company, e-mail or phone
lead-list-table = Leads
lead-list-lead-column = Lead
lead-list-status = Status
lead-list-owner = Owner
lead-list-value = Value
lead-list-age = Age in status
lead-list-source = Source
lead-list-created = Created
lead-list-state = State
lead-list-until = until { $day }
lead-list-days =
    { $count ->
        [0] under a day
        [one] { $count } day
       *[other] { $count } days
    }
lead-list-many =
    { $count ->
        [one] More than { $count } result
       *[other] More than { $count } results
    }
lead-range-more = { $from }–{ $to } of { $total }+
lead-range-of-many = { $from }–{ $to }
lead-range-somewhere = { $count } of { $total }
lead-range-somewhere-more = { $count } of { $total }+
lead-page-first = First page
lead-page-last = Last page
lead-any-status = Any status
lead-any-owner = Anyone
lead-any-source = Any source
lead-any-state = Any state
lead-owner-me = Me
lead-owner-nobody = Nobody
lead-created-from = Created from
lead-created-to = to
lead-entered-from = In this status since
lead-entered-to = to
lead-list-currency = Currency of the value
lead-any-currency = Any currency
lead-chip-search = Search: { $value }
lead-chip-status = Status: { $value }
lead-chip-owner = Owner: { $value }
lead-chip-source = Source: { $value }
lead-chip-from = Created from { $value }
lead-chip-to = Created up to { $value }
lead-chip-entered-from = In this status since { $value } or later
lead-chip-entered-to = In this status since { $value } or earlier
lead-chip-state = { $value }
lead-chip-currency = Valued in { $value }
lead-empty-title = No leads yet
lead-empty-text = A lead is a person or company that may buy. Add the first one, or bring those you have along from a file.
lead-empty-create = Create your first lead
lead-empty-bin = The bin is empty
lead-empty-bin-text = Leads that are deleted come here, and can be restored.
lead-empty-bin-back = Back to the leads
lead-no-match-text = Look for another part of a name, company, e-mail address or phone number, or clear the search.
lead-no-match-filters-text = No lead has all of these at once. Take a filter away.
lead-list-export-visits = Their visits, as
