# Words we use: see web.ftl.

month-1 = ian.
month-2 = feb.
month-3 = mar.
month-4 = apr.
month-5 = mai
month-6 = iun.
month-7 = iul.
month-8 = aug.
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = dec.
moment-now = Chiar acum
moment-minutes = acum { $count } min
moment-today = Astăzi la { $time }
moment-yesterday = Ieri
moment-skipped = Această oră nu există în ziua aleasă în { $zone }, din cauza schimbării orei. Alegeți alta.
moment-repeated = Această oră apare de două ori în ziua aleasă. Alegeți mai jos.
moment-repeated-label = Care dintre ele?
moment-repeated-first = Înainte de schimbarea orei
moment-repeated-second = După schimbarea orei
moment-days =
    { $count ->
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
