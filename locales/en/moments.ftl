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
moment-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
