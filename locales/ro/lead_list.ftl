# Words we use: see web.ftl.

menu-board = Panou
menu-mine = Lead-urile mele
menu-leads = Lead-uri
menu-stuck = Blocate
lead-list-title = Lead-uri
lead-list-intro = Toate lead-urile, cu status și vechime în status.
lead-list-more = Mai multe
lead-list-import = Importați lead-uri
lead-list-new = Lead nou
lead-list-tabs = Lead-uri după stare
lead-list-all = Toate
lead-list-bin = Coș
lead-filter-status = Filtrul Status: „{ $value }” nu este id-ul unui status.
lead-filter-owner = Filtrul Responsabil: „{ $value }” nu este id-ul unui utilizator, „me” sau „none”.
lead-filter-state = Filtrul Stare: „{ $value }” nu este on_track, at_risk, stuck sau paused.
lead-filter-created = Filtrul Creat: „{ $value }” nu este o zi precum 2026-11-28.
lead-filter-instant = Un filtru după timp: „{ $value }” nu este un moment precum 2026-11-28T09:30:00Z.
lead-filter-entered = Filtrul În status din: „{ $value }” nu este o zi precum 2026-11-28.
lead-filter-currency = Filtrul Monedă: „{ $value }” nu este un cod de monedă precum EUR.
lead-filter-bin = Filtrul Coș: „{ $value }” nu este 1 sau 0.
lead-list-search = Căutați lead-uri
lead-list-table = Lead-uri
lead-list-lead-column = Lead
lead-list-status = Status
lead-list-owner = Responsabil
lead-list-value = Valoare
lead-list-age = În status
lead-list-source = Sursă
lead-list-created = Creat
lead-list-state = Stare
lead-list-until = până la { $day }
lead-list-days =
    { $count ->
        [0] < 1 zi
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
lead-list-many =
    { $count ->
        [one] Peste { $count } rezultat
        [few] Peste { $count } rezultate
       *[other] Peste { $count } de rezultate
    }
lead-range-more = { $from }–{ $to } din peste { $total }
lead-range-of-many = { $from }–{ $to }
lead-range-somewhere = { $count } din { $total }
lead-range-somewhere-more = { $count } din peste { $total }
lead-page-first = Prima pagină
lead-page-last = Ultima pagină
lead-any-status = Orice status
lead-any-owner = Oricine
lead-any-source = Orice sursă
lead-any-state = Orice stare
lead-owner-me = Eu
lead-owner-nobody = Nimeni
lead-created-from = Creat de la
lead-created-to = până la
lead-entered-from = În status din
lead-entered-to = până la
lead-list-currency = Monedă
lead-list-zone = Fusul orar al zilelor
lead-any-currency = Orice monedă
lead-chip-search = Căutare: { $value }
lead-chip-status = Status: { $value }
lead-chip-owner = Responsabil: { $value }
lead-chip-source = Sursă: { $value }
lead-chip-from = Creat de la { $value }
lead-chip-to = Creat până la { $value }
lead-chip-before = Creat înainte de { $value }
lead-chip-entered-from = În status din { $value } sau mai târziu
lead-chip-entered-to = În status din { $value } sau mai devreme
lead-chip-state = { $value }
lead-chip-currency = Monedă: { $value }
lead-empty-title = Încă nu există lead-uri
lead-empty-text = Un lead este o persoană sau o companie care ar putea cumpăra. Adăugați primul lead sau importați lead-uri dintr-un fișier.
lead-empty-create = Creați primul lead
lead-empty-bin = Coșul este gol
lead-empty-bin-text = Lead-urile șterse ajung aici. Le puteți restaura.
lead-empty-bin-back = Înapoi la lead-uri
lead-no-match-text = Încercați altă parte din nume, companie, adresă de e-mail sau număr de telefon ori ștergeți căutarea.
lead-nearest = Ați vrut să scrieți:
lead-no-match-filters-text = Niciun lead nu se potrivește cu toate. Eliminați un filtru.
lead-list-export-visits = Exportați istoricul lor ca
