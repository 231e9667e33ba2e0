# Words we use: see web.ftl.

lead-name-missing = Introduceți un nume
state-on-track = În termen
state-at-risk = În pericol
state-stuck = Blocat
state-paused = În pauză
state-none = Închis
state-on-track-plural = În termen
state-at-risk-plural = În pericol
state-stuck-plural = Blocate
state-paused-plural = În pauză
lead-void-unknown = Această mutare este deja anulată sau aparține altui lead. Reîncărcați pagina
lead-void-first = Primul status nu poate fi anulat: aici a intrat lead-ul. Ștergeți lead-ul
lead-void-replace = Această mutare vine de la un status înlocuit și nu poate fi anulată. Mutați lead-ul
lead-void-archived = Statusul în care s-ar întoarce lead-ul nu mai este activ. Mutați lead-ul
lead-status-archived = Acest status este arhivat. Alegeți unul activ
# The results of jobs are stored with this key, which therefore keeps its name.
lead-status-leaving = Acest status este în curs de înlocuire. Alegeți altul
lead-status-unknown = Acest status nu există. Alegeți unul activ
lead-in-bin = Acest lead este în coș. Restaurați-l mai întâi
lead-entered-future = Alegeți o oră care nu este în viitor
lead-entered-early = Alegeți o oră de după { $since }, când lead-ul a intrat în statusul actual
lead-owner-disabled = Acest utilizator este dezactivat. Alegeți pe altcineva
lead-owner-unknown = Acest utilizator nu există. Alegeți pe altcineva
lead-reference-taken = Alt lead are referința { $reference }. Alegeți alta
lead-undo-gone = Este șters definitiv
lead-undo-binned = Între timp în coș, de { $by }
lead-undo-moved = Mutat între timp de { $by }
lead-undo-changed = Modificat între timp de { $by }
lead-undo-unknown = Nu se știe cum era înainte
lead-like-email = Aceeași adresă de e-mail
lead-like-phone = Același număr de telefon
lead-like-name = Același nume și aceeași companie
lead-similar-title = Posibile duplicate
lead-similar =
    { $by ->
        [email] Lead-ul { $id } „{ $name }” are aceeași adresă de e-mail
        [phone] Lead-ul { $id } „{ $name }” are același număr de telefon
       *[name] Lead-ul { $id } „{ $name }” are același nume și aceeași companie
    }
lead-saved-similar =
    { $by ->
        [email] { $name } s-a salvat. { $other } are aceeași adresă de e-mail
        [phone] { $name } s-a salvat. { $other } are același număr de telefon
       *[name] { $name } s-a salvat. { $other } are același nume și aceeași companie
    }
lead-note-missing = Scrieți mai întâi nota
lead-pause-day-missing = Alegeți ziua în care se reia
lead-pause-reason-missing = Scrieți motivul pauzei
lead-pause-past = Alegeți o zi de după astăzi
lead-pause-far = Alegeți o zi din următorii zece ani
lead-pause-not-open = { $name } nu este un status deschis. Doar lead-urile din statusuri deschise pot fi puse în pauză
lead-refused-manage = Doar managerii și administratorii pot face asta
lead-refused-other = Acest lead aparține altcuiva. Întrebați responsabilul sau un manager
lead-column-lead = Lead
