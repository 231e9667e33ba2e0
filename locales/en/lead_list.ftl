# Words we use: see web.ftl.

menu-board = Board
menu-mine = My leads
menu-leads = Leads
menu-stuck = Stuck
lead-list-title = Leads
lead-list-intro = All leads, with status and time in status.
lead-list-more = More
lead-list-import = Import leads
lead-list-new = New lead
lead-list-tabs = Leads by state
lead-list-all = All
lead-list-bin = Bin
lead-filter-status = Status filter: “{ $value }” isn’t the id of a status.
lead-filter-owner = Owner filter: “{ $value }” isn’t a user id, “me” or “none”.
lead-filter-state = State filter: “{ $value }” isn’t on_track, at_risk, stuck or paused.
lead-filter-created = Created filter: “{ $value }” isn’t a day such as 2026-11-28.
lead-filter-instant = A filter by time: “{ $value }” isn’t an instant such as 2026-11-28T09:30:00Z.
lead-filter-entered = In status since filter: “{ $value }” isn’t a day such as 2026-11-28.
lead-filter-currency = Currency filter: “{ $value }” isn’t a currency code such as EUR.
lead-filter-bin = Bin filter: “{ $value }” isn’t 1 or 0.
lead-list-search = Search leads
lead-list-table = Leads
lead-list-lead-column = Lead
lead-list-status = Status
lead-list-owner = Owner
lead-list-value = Value
lead-list-age = In status
lead-list-source = Source
lead-list-created = Created
lead-list-state = State
lead-list-until = until { $day }
lead-list-days =
    { $count ->
        [0] < 1 day
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
lead-entered-from = In status since
lead-entered-to = to
lead-list-currency = Currency
lead-list-zone = Time zone of the days
lead-any-currency = Any currency
lead-chip-search = Search: { $value }
lead-chip-status = Status: { $value }
lead-chip-owner = Owner: { $value }
lead-chip-source = Source: { $value }
lead-chip-from = Created from { $value }
lead-chip-to = Created up to { $value }
lead-chip-before = Created before { $value }
lead-chip-entered-from = In status since { $value } or later
lead-chip-entered-to = In status since { $value } or earlier
lead-chip-state = { $value }
lead-chip-currency = Currency: { $value }
lead-empty-title = No leads yet
lead-empty-text = A lead is a person or company that may buy. Add your first one, or import leads from a file.
lead-empty-create = Create your first lead
lead-empty-bin = The bin is empty
lead-empty-bin-text = Deleted leads come here. You can restore them.
lead-empty-bin-back = Back to leads
lead-no-match-text = Try another part of a name, company, e-mail address or phone number, or clear the search.
lead-nearest = Did you mean:
lead-no-match-filters-text = No lead matches all of them. Remove a filter.
lead-list-export-visits = Export their history as
