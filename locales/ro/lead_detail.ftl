lead-form-crumb = Lead-uri
lead-form-new = Lead nou
lead-form-edit = Editați „{ $name }”
lead-form-edit-crumb = Editare
lead-form-name = Nume
lead-form-name-hint = Persoana sau firma care ar putea cumpăra.
lead-form-company = Firmă
lead-form-email = E-mail
lead-form-phone = Telefon
lead-form-source = Sursă
lead-form-source-hint = Alegeți una sau scrieți una nouă.
lead-form-owner = Responsabil
lead-form-owner-hint = Cine se ocupă de el.
lead-form-owner-own = Lead-urile dumneavoastră vă aparțin; un manager le poate da altora.
lead-form-nobody = Nimeni
lead-form-value = Valoare
lead-form-value-hint = Un număr precum { $example }.
lead-form-currency = Monedă
lead-form-currency-hint = Trei litere, de exemplu EUR.
lead-form-reference = Referință externă
lead-form-reference-hint = Identificatorul lui în sistemul din care a venit.
lead-form-paused = În pauză până la
lead-form-create = Creați lead-ul
lead-form-create-another = Creați și adăugați altul
lead-form-begins = Unde începe
lead-form-status = Status
lead-form-stands = Unde se află
lead-form-since = În acest status:
lead-form-moves = Pentru a-l muta în alt status, deschideți lead-ul.
lead-form-last = Ultima modificare: { $who }
lead-saved-new = „{ $name }” a fost creat.
lead-saved = „{ $name }” a fost salvat.
lead-saved-same = „{ $name }” a rămas cum era: nu era nimic de salvat.
lead-saved-merged = „{ $name }” a fost salvat. Între timp, { $by } modificase: { $fields }; modificarea s-a păstrat.
lead-value-none = niciuna
lead-gone-title = „{ $name }” este în coș
lead-gone-ask = Un manager îl poate scoate din coș. Puteți și să creați un lead nou din ce ați scris.
lead-gone-restore = Restaurați-l și salvați
lead-gone-again = Creați un lead nou
lead-meaning-all = Ce înseamnă fiecare status
lead-meaning-none = Nimeni nu a spus încă ce înseamnă acest status.
lead-meaning-enter = Condiții de intrare
lead-move-title = Mutare
lead-move-to = În statusul
lead-move-choose = Alegeți un status
lead-move-where = Alegeți statusul în care să fie mutat
lead-move-reason = Motiv
lead-move-note = Notă
lead-move-earlier = S-a întâmplat mai devreme
lead-move-entered = Intrat la
lead-move-entered-hint = Ziua și ora în UTC.
lead-entered-unreadable = Folosiți o zi și o oră, de exemplu 2026-11-24 09:30
lead-one-move = Mutați
lead-moved = { $name } a fost mutat în { $status }.
lead-moved-already = { $name } este deja în { $status }: nu s-a mutat nimic.
lead-overtaken = Între timp, { $who } l-a modificat: acum este în { $status }. Nu s-a mutat nimic, iar ce ați scris s-a păstrat. Mutați-l din nou dacă mai este cazul.
lead-show-move = Mutați…
lead-show-edit = Editați
lead-show-pause = Puneți în pauză…
lead-show-delete = Ștergeți…
lead-show-void = Anulați…
lead-show-note = Adăugați o notă
lead-one-note = Salvați nota
lead-noted = Nota despre { $name } a fost salvată.
lead-show-history = Istoric
lead-show-changes = Modificări ale câmpurilor
lead-show-activity = Ultima activitate
lead-show-version = Versiune
lead-show-api-lead = Cu un token în TOKEN, aceste apeluri citesc lead-ul și îl mută într-un status după id-ul acestuia:
lead-show-bin-tag = În coș
lead-show-bin = Nu se poate modifica nimic până nu este restaurat. Etapele lui curg mai departe.
lead-show-paused = În pauză până la { $day }
lead-show-of-limit =
    { $days ->
        [one] { $days } zi, limita { $most }
        [few] { $days } zile, limita { $most }
       *[other] { $days } de zile, limita { $most }
    }
lead-show-of-target =
    { $days ->
        [one] { $days } zi, ținta { $most }
        [few] { $days } zile, ținta { $most }
       *[other] { $days } de zile, ținta { $most }
    }
lead-mistake = A fost o greșeală?
lead-mistake-about = A fost mutat și adus înapoi în zece minute de aceeași persoană.
lead-mistake-void = Anulați ambele mutări
lead-timeline-so-far = { $time } până acum
lead-timeline-deleted = status șters
lead-timeline-voided = Anulată
lead-timeline-voided-by = Anulată de { $who }
lead-timeline-kept = A înlocuit „{ $status }” la { $recorded }; vechimea continuă de acolo
lead-timeline-late = Intrat la { $entered }, înregistrat la { $recorded }
lead-hours =
    { $count ->
        [one] { $count } oră
        [few] { $count } ore
       *[other] { $count } de ore
    }
lead-minutes =
    { $count ->
        [one] { $count } minut
        [few] { $count } minute
       *[other] { $count } de minute
    }
lead-under-a-minute = sub un minut
lead-change-create = Creat de { $who }
lead-change-update = Modificat de { $who }
lead-change-assign = Dat altui responsabil de { $who }
lead-change-pause = Pus în pauză de { $who }
lead-change-resume = Reluat de { $who }
lead-change-delete = Pus în coș de { $who }
lead-change-restore = Scos din coș de { $who }
lead-pause-title = Puneți în pauză: { $name }
lead-pause-about = În timpul pauzei ceasul lui stă pe loc: timpul nu se socotește nici la țintă, nici la limită. Revine singur.
lead-pause-until = Până la
lead-pause-until-hint = Revine la începutul acelei zile, UTC.
lead-pause-unreadable = Folosiți o zi precum 2026-12-24
lead-pause-reason = Motiv
lead-one-pause = Puneți în pauză
lead-one-resume = Reluați-l
lead-paused = { $name } a fost pus în pauză.
lead-resumed = { $name } a fost reluat.
lead-not-paused = { $name } nu este în pauză.
lead-one-ask-delete = Puneți „{ $name }” în coș?
lead-ask-delete-about = Iese din toate listele, numărătorile și rapoartele. Istoricul rămâne și poate fi restaurat din coș.
lead-one-delete = Ștergeți
lead-one-restore = Restaurați
lead-deleted = { $name } este în coș.
lead-restored = { $name } a fost restaurat.
lead-ask-void =
    { $count ->
        [one] Anulați această mutare?
        [few] Anulați aceste { $count } mutări?
       *[other] Anulați aceste { $count } de mutări?
    }
lead-ask-void-about = O mutare anulată rămâne în istoric, tăiată cu o linie, și nu intră în nicio cifră.
lead-ask-struck = iese din toate cifrele
lead-ask-back = lead-ul se întoarce aici, cu ceasul pe care îl avea: { $time }
lead-ask-joined = această etapă continuă până la { $day }, când urmează { $status }
lead-do-void = Anulați
lead-voided = Mutarea lui { $name } a fost anulată.
lead-voided-several = Mutările lui { $name } au fost anulate.
