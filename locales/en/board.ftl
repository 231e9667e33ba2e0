board-title = Board
board-lead = Every lead in the column of its status, the one that has waited longest first.
board-new = New lead
board-search = Search name, company, e-mail or phone
board-none = No leads here
board-more = More in { $name }
board-start = From the oldest
board-open = Show
board-open-name = Show the leads in { $name }
board-fold = Fold
board-fold-name = Fold { $name }
board-about = What { $name } means
board-undefined = Nobody has said what this status means.
board-enter-when = Enter when
board-time-both = Target / limit: { $target } / { $limit } days
board-time-target =
    { $count ->
        [one] Target { $count } day
       *[other] Target { $count } days
    }
board-time-limit =
    { $count ->
        [one] Limit { $count } day
       *[other] Limit { $count } days
    }
board-stuck =
    { $count ->
        [one] { $count } stuck
       *[other] { $count } stuck
    }
board-at-risk =
    { $count ->
        [one] { $count } at risk
       *[other] { $count } at risk
    }
board-days =
    { $count ->
        [0] under a day
        [one] { $count } day
       *[other] { $count } days
    }
board-paused-until = Paused until { $day }
board-move = Move to…
board-move-name = Move { $name } to…
board-move-reason = With a reason, or at another time…
board-moved = { $name } moved to { $status }
board-moved-already = { $name } is in { $status } already: nothing was moved
board-overtaken = Nothing was moved: meanwhile { $who } moved this lead to { $status }. Move it again if that is still right.
board-failed = Nothing was moved: the server can't be reached. Try again in a moment.
board-mistake = Was that a mistake? Void both moves…
board-sum-thousands = { $amount }k
board-sum-millions = { $amount }M
board-sum-billions = { $amount }bn
stuck-title = Stuck leads
stuck-lead = Leads at or past the limit of their status, by age ÷ limit, the worst first. Time paused doesn't count.
stuck-tabs = Stuck leads by status
stuck-all = All
stuck-table = Stuck leads, the worst first
stuck-column-lead = Lead
stuck-column-status = Status
stuck-column-age = Age
stuck-column-limit = Limit
stuck-column-ratio = Age ÷ limit
stuck-column-note = Last note
stuck-none = Nothing is stuck
stuck-none-text =
    { $count ->
        [0] No lead is past its limit, and none is at risk. Well done.
        [one] No lead is past its limit. { $count } lead is at risk: see to it before it gets stuck.
       *[other] No lead is past its limit. { $count } leads are at risk: see to them before they get stuck.
    }
stuck-none-here = Nothing is stuck here
stuck-none-here-text = No lead with these filters is past its limit.
stuck-see-at-risk = See those at risk
stuck-show-all = Show all stuck leads
