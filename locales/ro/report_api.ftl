# Words we use: see web.ftl.

# Errors in the parameters of reports.
report-to-before-from = Introdu o zi de după prima
report-now-to-come = Introdu un moment care nu e în viitor
report-within = Introdu un număr de zile între 1 și { $most }

# The visits behind a number, and setting limits.
report-limits-saved = Ținta și limita pentru { $name } au fost setate.
report-limits-refused = Aceste limite nu pot fi setate.
report-behind-visits = Intrări în { $status }
report-behind-exits = Au ieșit din { $status }
report-behind-exits-by = Au ieșit din { $status }: { $way }
report-behind-open = Încă în { $status }
report-behind-censored = Au ieșit din { $status } prin înlocuire sau ștergere
report-behind-met = Au ieșit din { $status } în țintă
report-behind-missed = Peste ținta pentru { $status }
report-behind-undecided = În { $status }, încă în țintă
report-behind-moves = Din { $status } în { $to }
report-behind-direction = Mutări: { $way }
report-behind-returns = Reveniri într-un status anterior
report-behind-eligible = Lead-uri care au început și au avut timp
report-behind-younger = Lead-uri care au început prea recent
report-behind-reached = Lead-uri ajunse în { $status }
report-behind-entries = Intrări în { $status }
report-behind-won = Lead-uri câștigate
report-behind-lost = Lead-uri pierdute
report-behind-open-on = Lead-uri deschise la { $day }
report-behind-at-risk-on = În pericol la { $day }
report-behind-stuck-on = Blocate la { $day }
report-behind-evidence = Au ieșit din { $status }, dintre cele intrate în ultimele 180 de zile
report-behind-flagged = În { $status } de cel puțin { $days }
report-behind-count = { $count ->
    [one] { $count } rezultat.
    [few] { $count } rezultate, cel mai lung timp primul.
   *[other] { $count } de rezultate, cel mai lung timp primul.
}
report-behind-deleted = { $count ->
    [one] { $count } este al unui lead șters.
    [few] { $count } sunt ale unor lead-uri șterse.
   *[other] { $count } sunt ale unor lead-uri șterse.
}
report-behind-none = Nimic aici
report-behind-none-text = Nu este nicio intrare numărată pentru această cifră.
report-behind-back = Înapoi la raport
report-behind-entered = A intrat
report-behind-time = Timp în status
report-behind-next = Mutat în
report-behind-still = Încă aici
report-behind-in-bin = În coș
report-behind-cut = Restrânge perioada, responsabilul sau sursa pentru a le vedea pe celelalte.
