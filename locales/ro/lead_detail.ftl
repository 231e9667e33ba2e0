# Words we use: see web.ftl.

lead-form-crumb = Lead-uri
lead-form-new = Lead nou
lead-form-edit = Editați „{ $name }”
lead-form-edit-crumb = Editați
lead-form-name = Nume
lead-form-name-hint = Persoana sau compania care ar putea cumpăra.
lead-form-company = Companie
lead-form-email = E-mail
lead-form-phone = Telefon
lead-form-source = Sursă
lead-form-source-hint = Alegeți una sau scrieți una nouă.
lead-form-owner = Responsabil
lead-form-owner-hint = Cine se ocupă de el.
lead-form-owner-own = Sunteți responsabil de lead-urile pe care le creați; un manager le poate reatribui.
lead-form-nobody = Nimeni
lead-form-value = Valoare
lead-form-value-hint = Un număr precum { $example }.
lead-form-currency = Monedă
lead-form-currency-hint = Trei litere, de exemplu EUR.
lead-form-reference = Referință externă
lead-form-reference-hint = Id-ul lui în alt sistem.
lead-form-system = Sistem extern
lead-form-system-hint = De unde este acel id, de exemplu HubSpot.
lead-form-extra = Mai multe câmpuri
lead-extra-title = Funcție
lead-extra-website = Site web
lead-extra-address = Adresă
lead-extra-city = Oraș
lead-extra-state = Județ sau stat
lead-extra-zip = Cod poștal
lead-extra-country = Țară
lead-extra-tags = Etichete
lead-extra-object = Trimiteți câmpurile ca obiect cu câte o valoare pentru fiecare nume
lead-extra-many = Un lead poate avea încă { $count } câmpuri. Eliminați din ele
lead-extra-large = Aceste valori sunt prea lungi împreună. Scurtați din ele
lead-extra-name = Numele unui câmp are de la 1 la { $count } caractere. Scurtați-l
lead-form-paused = În pauză până la
lead-form-create = Creați lead-ul
lead-form-create-another = Creați și adăugați altul
lead-form-begins = Status inițial
lead-form-status = Status
lead-form-stands = Status
lead-form-since = În acest status:
lead-form-moves = Pentru a-l muta, deschideți lead-ul.
lead-form-last = Ultima modificare: { $who }
lead-saved-new = „{ $name }” a fost creat.
lead-saved = „{ $name }” a fost salvat.
lead-saved-same = Nicio modificare de salvat.
lead-saved-merged = „{ $name }” a fost salvat, împreună cu modificările făcute între timp de { $by }: { $fields }.
lead-value-none = niciuna
lead-gone-title = „{ $name }” este în coș
lead-gone-ask = Un manager îl poate restaura. Puteți și să creați un lead nou din textul dumneavoastră.
lead-gone-restore = Restaurați și salvați
lead-gone-again = Creați un lead nou
lead-meaning-all = Ce înseamnă fiecare status
lead-meaning-none = Încă fără definiție.
lead-meaning-enter = Condiții de intrare
lead-move-to = În statusul
lead-move-choose = Alegeți un status
lead-move-where = Alegeți statusul în care mutați
lead-move-reason = Motiv
lead-move-note = Notă
lead-move-earlier = Antedatați
lead-move-entered = Data mutării
lead-move-entered-hint = Ziua și ora, în fusul dumneavoastră orar, { $zone }. Lăsați necompletat pentru ora curentă.
lead-entered-unreadable = Introduceți o zi și o oră, de exemplu 2026-11-24 09:30
lead-one-move = Mutați
lead-moved = { $name } a fost mutat în { $status }.
lead-moved-already = { $name } este deja în { $status }. Nu s-a mutat nimic.
lead-overtaken = Nu s-a mutat nimic: { $who } tocmai a mutat lead-ul în { $status }. Textul dumneavoastră este păstrat. Mutați-l din nou dacă mai este cazul.
lead-show-edit = Editați
lead-show-pause = Puneți în pauză…
lead-show-delete = Ștergeți…
lead-show-call = Sunați
lead-show-mail = Scrieți la
lead-show-path = Drumul prin statusuri
lead-show-previous = Lead-ul anterior
lead-show-next = Lead-ul următor
lead-show-composer = Adăugați o notă sau mutați
lead-show-void = Anulați mutarea…
lead-one-note = Salvați nota
lead-noted = Notă adăugată la { $name }.
lead-show-history = Istoric
lead-show-activity = Ultima activitate
lead-show-version = Versiune
lead-show-api-intro = Cu tokenul dumneavoastră în TOKEN, aceste apeluri citesc lead-ul și îl mută într-un status după id-ul acestuia:
lead-show-bin-tag = În coș
lead-show-bin = Restaurați-l pentru a face schimbări.
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
lead-mistake = Mutat din greșeală?
lead-mistake-about = A fost mutat și adus înapoi în zece minute.
lead-mistake-void = Anulați ambele mutări
lead-timeline-so-far = { $time } până acum
lead-timeline-deleted = status șters
lead-timeline-voided = Anulată
lead-timeline-voided-by = Anulată de { $who }
lead-timeline-kept = A înlocuit „{ $status }” la { $recorded }; vechimea continuă
lead-timeline-late = Mutat la { $entered }, înregistrat la { $recorded }
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
lead-under-a-minute = < 1 minut
lead-change-update = Modificat de { $who }
lead-change-assign = Reatribuit de { $who }
lead-change-pause = Pus în pauză de { $who }
lead-change-resume = Reluat de { $who }
lead-change-delete = Mutat în coș de { $who }
lead-change-restore = Restaurat de { $who }
lead-pause-title = Puneți în pauză: { $name }
lead-pause-about = Timpul în pauză nu se adună la țintă sau la limită.
lead-pause-until = Se reia la
lead-pause-until-hint = Se reia automat când începe această zi în fusul dumneavoastră orar.
lead-pause-unreadable = Introduceți o zi, de exemplu 2026-12-24
lead-pause-reason = Motiv
lead-one-pause = Puneți în pauză
lead-one-resume = Reluați
lead-paused = { $name } a fost pus în pauză.
lead-resumed = { $name } a fost reluat.
lead-not-paused = { $name } nu este în pauză.
lead-one-ask-delete = Mutați „{ $name }” în coș?
lead-ask-delete-about = Iese din toate listele și din panou. Ce s-a întâmplat cu el până acum rămâne în rapoarte. Un manager îl poate restaura.
lead-one-delete = Ștergeți
lead-one-restore = Restaurați
lead-deleted = { $name } a fost mutat în coș.
lead-restored = { $name } a fost restaurat.
lead-ask-void =
    { $count ->
        [one] Anulați această mutare?
        [few] Anulați aceste { $count } mutări?
       *[other] Anulați aceste { $count } de mutări?
    }
lead-ask-void-about = Mutările anulate rămân în istoric, tăiate cu o linie. Rapoartele nu le numără.
lead-ask-struck = nu se mai numără
lead-ask-back = lead-ul se întoarce aici, cu vechimea de dinainte: { $time }
lead-ask-joined = durează până la { $day }, apoi { $status }
lead-do-void = Anulați
lead-voided =
    { $count ->
        [one] Mutare anulată. { $name } este în { $status }.
        [few] Mutări anulate. { $name } este în { $status }.
       *[other] Mutări anulate. { $name } este în { $status }.
    }
lead-move-title = Mutați { $name } în { $status }
lead-move-missing = Completați ce cere acest status. Modificările și mutarea se salvează împreună.
lead-move-button = Mutați în { $status }
lead-timeline-override = Excepție
lead-timeline-unmet = Neîndeplinită
lead-timeline-confirmed = Confirmat
lead-timeline-version = Versiunea { $version } a definiției
