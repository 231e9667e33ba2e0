board-title = Tablă
board-lead = Fiecare lead în coloana statusului său, întâi cel care așteaptă de cel mai mult timp.
board-new = Lead nou
board-search = Căutați nume, companie, e-mail sau telefon
board-none = Niciun lead aici
board-more = Mai multe în { $name }
board-start = De la cel mai vechi
board-open = Afișați
board-open-name = Afișați lead-urile din { $name }
board-fold = Restrângeți
board-fold-name = Restrângeți { $name }
board-about = Ce înseamnă { $name }
board-undefined = Nimeni nu a spus ce înseamnă acest status.
board-enter-when = Intră când
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
        [one] { $count } la risc
        [few] { $count } la risc
       *[other] { $count } la risc
    }
board-days =
    { $count ->
        [0] sub o zi
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
board-paused-until = În pauză până la { $day }
board-move = Mutați în…
board-move-name = Mutați { $name } în…
board-move-reason = Cu un motiv sau la alt moment…
board-moved = { $name } a fost mutat în { $status }
board-moved-already = { $name } este deja în { $status }: nu s-a mutat nimic
board-overtaken = Nu s-a mutat nimic: între timp { $who } a mutat acest lead în { $status }. Mutați-l din nou dacă mai este cazul.
board-failed = Nu s-a mutat nimic: serverul nu poate fi contactat. Încercați din nou peste câteva clipe.
board-mistake = A fost o greșeală? Anulați ambele mutări…
board-sum-thousands = { $amount } mii
board-sum-millions = { $amount } mil.
board-sum-billions = { $amount } mld.
stuck-title = Lead-uri blocate
stuck-lead = Lead-uri ajunse la limita statusului lor sau trecute de ea, după vechime ÷ limită, întâi cele mai grave. Timpul în pauză nu contează.
stuck-tabs = Lead-uri blocate după status
stuck-all = Toate
stuck-table = Lead-uri blocate, întâi cele mai grave
stuck-column-lead = Lead
stuck-column-status = Status
stuck-column-age = Vechime
stuck-column-limit = Limită
stuck-column-ratio = Vechime ÷ limită
stuck-column-note = Ultima notă
stuck-none = Nimic nu este blocat
stuck-none-text =
    { $count ->
        [0] Niciun lead nu a trecut de limită și niciunul nu este la risc. Bravo!
        [one] Niciun lead nu a trecut de limită. { $count } lead este la risc: ocupați-vă de el înainte să se blocheze.
        [few] Niciun lead nu a trecut de limită. { $count } lead-uri sunt la risc: ocupați-vă de ele înainte să se blocheze.
       *[other] Niciun lead nu a trecut de limită. { $count } de lead-uri sunt la risc: ocupați-vă de ele înainte să se blocheze.
    }
stuck-none-here = Nimic nu este blocat aici
stuck-none-here-text = Niciun lead cu aceste filtre nu a trecut de limită.
stuck-see-at-risk = Vedeți-le pe cele la risc
stuck-show-all = Afișați toate lead-urile blocate
