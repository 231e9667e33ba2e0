# Words we use: see web.ftl.

board-title = Panou
board-intro = Întâi cele care așteaptă de cel mai mult timp
board-new = Lead nou
board-search = Căutați lead-uri
board-none = Niciun lead aici
board-more = Mai multe în { $name }
board-start = Înapoi la început
board-open = Extindeți
board-open-name = Extindeți { $name }
board-fold = Restrângeți
board-fold-name = Restrângeți { $name }
board-about = Ce înseamnă { $name }
board-undefined = Încă fără definiție.
board-enter-when = Condiții de intrare
board-time-both = Țintă / limită: { $target } / { $limit } zile
board-time-target =
    { $count ->
        [one] Țintă { $count } zi
        [few] Țintă { $count } zile
       *[other] Țintă { $count } de zile
    }
board-time-limit =
    { $count ->
        [one] Limită { $count } zi
        [few] Limită { $count } zile
       *[other] Limită { $count } de zile
    }
board-stuck =
    { $count ->
        [one] { $count } blocat
        [few] { $count } blocate
       *[other] { $count } blocate
    }
board-at-risk =
    { $count ->
        [one] { $count } în pericol
        [few] { $count } în pericol
       *[other] { $count } în pericol
    }
board-days =
    { $count ->
        [0] < 1 zi
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
board-paused-until = În pauză până la { $day }
board-move = Mutați în…
board-move-name = Mutați { $name } în…
board-meaning-hint = Indicați un status ca să vedeți definiția.
board-move-reason = Adăugați un motiv sau o dată…
board-moved = { $name } a fost mutat în { $status }
board-moved-already = { $name } este deja în { $status }. Nu s-a mutat nimic.
board-overtaken = Nu s-a mutat nimic: { $who } tocmai a mutat acest lead în { $status }. Mutați-l din nou dacă mai este cazul.
board-failed = Nu s-a mutat nimic: serverul nu poate fi contactat. Încercați din nou peste câteva clipe.
board-mistake = Mutat din greșeală? Anulați ambele mutări…
board-sum-thousands = { $amount } mii
board-sum-millions = { $amount } mil.
board-sum-billions = { $amount } mld.
stuck-title = Lead-uri blocate
stuck-intro = Lead-uri deschise care au atins limita. Întâi cele mai grave; fără timpul în pauză.
stuck-tabs = Lead-uri blocate după status
stuck-all = Toate
stuck-table = Lead-uri blocate, întâi cele mai grave
stuck-column-status = Status
stuck-column-age = În status
stuck-column-limit = Limită
stuck-column-ratio = Peste limită
stuck-column-note = Ultima notă
stuck-panel = Lead
stuck-panel-page = Deschideți pagina
stuck-discard = Renunțați la modificări?
stuck-discard-about = Ce ați scris despre acest lead nu este salvat.
stuck-discard-not = Continuați editarea
stuck-discard-yes = Renunțați
stuck-none = Niciun lead blocat
stuck-none-text =
    { $count ->
        [0] Niciun lead nu a atins limita și niciunul nu este în pericol. Bravo!
        [one] Niciun lead nu a atins limita. { $count } lead este în pericol: acționați înainte să se blocheze.
        [few] Niciun lead nu a atins limita. { $count } lead-uri sunt în pericol: acționați înainte să se blocheze.
       *[other] Niciun lead nu a atins limita. { $count } de lead-uri sunt în pericol: acționați înainte să se blocheze.
    }
stuck-none-here = Niciun lead blocat aici
stuck-none-here-text = Niciun lead cu aceste filtre nu a atins limita.
stuck-no-match = Aici se caută doar în lead-urile blocate.
own-no-match = Aici se caută doar în lead-urile dumneavoastră deschise.
stuck-search-all = Căutați în toate lead-urile
stuck-see-at-risk = Afișați lead-urile în pericol
stuck-show-all = Afișați toate lead-urile blocate
own-title = Lead-urile mele
own-intro = Lead-urile dumneavoastră deschise. Întâi cele mai întârziate.
own-tabs = Lead-urile mele pe statusuri
own-table = Lead-urile mele, întâi cele mai întârziate
own-none = Niciun lead deschis
own-none-text = Nu aveți lead-uri în statusuri deschise.
own-see-all = Afișați toate lead-urile
