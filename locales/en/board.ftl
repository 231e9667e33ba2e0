# Words we use: see web.ftl.

board-title = Board
board-intro = Longest waiting first
board-new = New lead
board-search = Search leads
board-none = No leads here
board-more = More in { $name }
board-start = Back to the top
board-open = Expand
board-open-name = Expand { $name }
board-fold = Collapse
board-fold-name = Collapse { $name }
board-about = What { $name } means
board-undefined = No definition yet.
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
        [0] < 1 day
        [one] { $count } day
       *[other] { $count } days
    }
board-paused-until = Paused until { $day }
board-move = Move to…
board-move-name = Move { $name } to…
board-meaning-hint = Point at a status to see its definition.
board-move-reason = Add reason or date…
board-moved = { $name } moved to { $status }
board-moved-already = { $name } is already in { $status }. Nothing was moved.
board-overtaken = Nothing was moved: { $who } just moved this lead to { $status }. Move it again if that is still right.
board-failed = Nothing was moved: the server can’t be reached. Try again in a moment.
board-mistake = Moved by mistake? Undo both moves…
board-sum-thousands = { $amount }k
board-sum-millions = { $amount }M
board-sum-billions = { $amount }bn
stuck-title = Stuck leads
stuck-intro = Open leads that reached their limit. Worst first; paused time excluded.
stuck-tabs = Stuck leads by status
stuck-all = All
stuck-table = Stuck leads, worst first
stuck-column-status = Status
stuck-column-age = In status
stuck-column-limit = Limit
stuck-column-ratio = Over limit
stuck-column-note = Last note
stuck-panel = Lead
stuck-panel-page = Open full page
stuck-discard = Discard your changes?
stuck-discard-about = What you typed about this lead isn’t saved.
stuck-discard-not = Keep editing
stuck-discard-yes = Discard
stuck-none = No stuck leads
stuck-none-text =
    { $count ->
        [0] No lead has reached its limit, and none is at risk. Well done.
        [one] No lead has reached its limit. { $count } lead is at risk: act before it gets stuck.
       *[other] No lead has reached its limit. { $count } leads are at risk: act before they get stuck.
    }
stuck-none-here = No stuck leads here
stuck-none-here-text = No lead with these filters has reached its limit.
stuck-no-match = Only stuck leads are searched here.
own-no-match = Only your open leads are searched here.
stuck-search-all = Search all leads
stuck-see-at-risk = Show leads at risk
stuck-show-all = Show all stuck leads
own-title = My leads
own-intro = Your open leads. Most overdue first.
own-tabs = My leads by status
own-table = My leads, most overdue first
own-none = No open leads
own-none-text = You have no leads in open statuses.
own-see-all = Show all leads
