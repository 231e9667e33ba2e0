# Words we use: see web.ftl.

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
moment-now = Just now
moment-minutes = { $count } min ago
moment-today = Today { $time }
moment-yesterday = Yesterday
moment-skipped = This time doesn’t exist on that day in { $zone }, because of the time change. Choose another.
moment-repeated = This time occurs twice on that day. Choose one below.
moment-repeated-label = Which one?
moment-repeated-first = Before the time change
moment-repeated-second = After the time change
moment-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
