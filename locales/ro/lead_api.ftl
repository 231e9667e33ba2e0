# Words we use: see web.ftl.

lead-api-created = Lead creat.
lead-api-updated = Lead salvat.
lead-api-deleted = Lead mutat în coș.
lead-api-would-delete = Lead-ul ar fi mutat în coș. De acolo poate fi restaurat.
lead-api-restored = Lead restaurat.
lead-api-not-in-bin = Lead-ul nu este în coș. Nu s-a schimbat nimic.
lead-api-moved = Lead mutat.
lead-api-would-move = Lead-ul s-ar muta.
lead-api-there = Lead-ul este deja în acest status. Nu s-a schimbat nimic.
lead-api-paused = Lead pus în pauză.
lead-api-resumed = Lead reluat.
lead-api-noted = Notă adăugată.
lead-api-voided = Mutare anulată.
lead-api-after = Trimiteți `next` de pe pagina anterioară, cu același `sort`
lead-api-term = Scrieți ce căutați
lead-api-created-at-fixed = Un lead păstrează ziua în care a fost creat. Nu trimiteți acest câmp
lead-api-created-at-rights = Doar managerii și administratorii pot spune când a fost creat un lead. Nu trimiteți acest câmp
lead-api-closing-none = Niciun status activ nu este pentru astfel de lead-uri. Trimiteți `status`
lead-api-closing-several = Mai multe statusuri active sunt pentru astfel de lead-uri. Trimiteți `status`
lead-api-limit = Trimiteți un număr de la 1 la { $count }
lead-api-offset = Trimiteți un număr întreg de la 0
lead-api-until = Trimiteți ziua în care se reia, de exemplu 2026-12-24, sau `until` gol pentru a relua acum
