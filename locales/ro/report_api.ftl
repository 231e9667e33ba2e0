# Words we use: see web.ftl.

# Errors in the parameters of reports.
report-to-before-from = Introdu o zi de după prima
report-now-to-come = Introdu un moment care nu e în viitor
report-within = Introdu un număr de zile între 1 și { $most }

# The visits behind a number, and setting limits.
report-limits-saved = Ținta și limita pentru { $name } au fost setate.
report-limits-refused = Aceste limite nu pot fi setate.
report-visits-visits = Au intrat în { $status }
report-visits-exits = Au ieșit din { $status }
report-visits-exits-by = Au ieșit din { $status }: { $way }
report-visits-on = Au mers mai departe din { $status }
report-visits-dropped = Pierdute din { $status }, inclusiv cele nerelevante
report-visits-open = Încă în { $status }
report-visits-censored = Au ieșit din { $status } pentru că a fost înlocuit sau îmbinat ori lead-ul a fost șters
report-visits-met = Au ieșit din { $status } în țintă
report-visits-missed = Peste ținta pentru { $status }
report-visits-undecided = În { $status }, încă în țintă
report-visits-moves = Mutate din { $status } în { $to }
report-visits-direction = Mutări: { $way }
report-visits-returns = Mutări înapoi într-un status în care lead-ul a mai fost
report-visits-eligible = Intrate în { $start } acum cel puțin { $within }
report-visits-younger = Intrate în { $start } acum mai puțin de { $within }
report-visits-reached = Ajunse în { $status } în { $within } de la intrarea în { $start }
report-visits-from-before = Ajunse în { $status } din pasul dinainte, în { $within } de la intrarea în { $start }
report-visits-entries = Intrări în { $status }
report-visits-won = Câștigate
report-visits-lost = Pierdute
report-visits-open-on = Lead-uri deschise la { $day }
report-visits-at-risk-on = În pericol la { $day }
report-visits-stuck-on = Blocate la { $day }
report-visits-evidence = Au ieșit din { $status }, dintre cele intrate în ultimele 180 de zile
report-visits-flagged = În { $status } de cel puțin { $days }
report-visits-leads =
    { $count ->
        [one] { $count } lead.
        [few] { $count } lead-uri, întâi cel mai lung timp.
       *[other] { $count } de lead-uri, întâi cel mai lung timp.
    }
report-visits-count =
    { $count ->
        [one] { $count } intrare.
        [few] { $count } intrări, întâi cel mai lung timp.
       *[other] { $count } de intrări, întâi cel mai lung timp.
    }
report-visits-moved =
    { $count ->
        [one] { $count } mutare.
        [few] { $count } mutări, întâi cel mai lung timp.
       *[other] { $count } de mutări, întâi cel mai lung timp.
    }
report-visits-deleted =
    { $count ->
        [one] { $count } de la un lead șters.
        [few] { $count } de la lead-uri șterse.
       *[other] { $count } de la lead-uri șterse.
    }
report-visits-none = Nimic aici
report-visits-none-text = Nu este nicio intrare numărată pentru această cifră.
report-visits-back = Înapoi la raport
report-visits-entered = A intrat
report-visits-time = Timp în status
report-visits-next = Mutat în
report-visits-still = Încă aici
report-visits-in-bin = În coș
report-visits-cut = Restrânge perioada, responsabilul sau sursa pentru a le vedea pe celelalte.
