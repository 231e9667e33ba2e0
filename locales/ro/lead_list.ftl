menu-board = Tablă
menu-leads = Lead-uri
menu-stuck = Blocate
lead-list-title = Lead-uri
lead-list-lead = Toți cei care ar putea cumpăra, unde se află și de cât timp.
lead-list-more = Mai mult
lead-list-import = Importați lead-uri
lead-list-new = Lead nou
lead-list-tabs = Cum stau lead-urile
lead-list-all = Toate
lead-list-bin = Coș
lead-filter-status = Filtrul după status nu poate fi citit: „{ $value }” nu este id-ul unui status.
lead-filter-owner = Filtrul după responsabil nu poate fi citit: „{ $value }” nu este id-ul unui utilizator și nici „me” sau „none”.
lead-filter-state = Filtrul după stare nu poate fi citit: „{ $value }” nu este una dintre on_track, at_risk, stuck și paused.
lead-filter-created = Filtrul după ziua creării nu poate fi citit: „{ $value }” nu este o zi precum 2026-11-28.
lead-filter-entered = Filtrul după ziua intrării nu poate fi citit: „{ $value }” nu este o zi precum 2026-11-28.
lead-filter-currency = Filtrul după monedă nu poate fi citit: „{ $value }” nu este codul unei monede precum EUR.
lead-filter-bin = Filtrul pentru coș nu poate fi citit: „{ $value }” nu este nici 1, nici 0.
lead-list-search = Căutați nume, companie, e-mail sau telefon
lead-list-table = Lead-uri
lead-list-lead-column = Lead
lead-list-status = Status
lead-list-owner = Responsabil
lead-list-value = Valoare
lead-list-age = Vechime în status
lead-list-source = Sursă
lead-list-created = Creat
lead-list-state = Stare
lead-list-until = până la { $day }
lead-list-days =
    { $count ->
        [0] sub o zi
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
lead-entered-from = În acest status din
lead-entered-to = până la
lead-list-currency = Moneda valorii
lead-any-currency = Orice monedă
lead-chip-search = Căutare: { $value }
lead-chip-status = Status: { $value }
lead-chip-owner = Responsabil: { $value }
lead-chip-source = Sursă: { $value }
lead-chip-from = Creat de la { $value }
lead-chip-to = Creat până la { $value }
lead-chip-entered-from = În acest status din { $value } sau mai târziu
lead-chip-entered-to = În acest status din { $value } sau mai devreme
lead-chip-state = { $value }
lead-chip-currency = Cu valoare în { $value }
lead-empty-title = Încă nu există lead-uri
lead-empty-text = Un lead este o persoană sau o companie care ar putea cumpăra. Adăugați-l pe primul sau aduceți-le dintr-un fișier pe cele pe care le aveți.
lead-empty-create = Creați primul lead
lead-empty-bin = Coșul este gol
lead-empty-bin-text = Aici ajung lead-urile șterse și de aici pot fi restaurate.
lead-empty-bin-back = Înapoi la lead-uri
lead-no-match-text = Căutați altă parte din nume, companie, adresă de e-mail sau număr de telefon ori ștergeți căutarea.
lead-no-match-filters-text = Niciun lead nu le îndeplinește pe toate deodată. Eliminați un filtru.
lead-list-export-visits = Etapele lor, ca
