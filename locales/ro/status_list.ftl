status-title = Statusuri Lead-uri
status-lead = Etapele prin care trece un lead, de la primul contact până la câștigat sau pierdut.
status-crumb-leads = Lead-uri
status-crumb = Statusuri
status-tabs = Tipuri de status
status-tab-all = Toate
status-new = Status nou
status-more = Mai mult
status-use-set = Folosiți setul standard
status-import = Importați statusuri
status-export = Exportați
status-export-shown = Ce arată lista, ca
status-export-format = Alegeți csv, json sau xlsx.
status-search = Căutați statusuri
status-kind = Tip
status-any-kind = Orice tip
status-archived = Arhivate
status-archived-no = Doar cele în uz
status-archived-only = Doar cele arhivate
status-archived-all = Ambele
status-archived-tag = Arhivat
status-chip-search = Căutare: { $query }
status-chip-kind = Tip: { $kind }
status-chip-archived = Arhivate
status-chip-with-archived = Cu cele arhivate
status-table = Statusurile lead-urilor în ordinea pipeline-ului
status-order = Ordine
status-column-status = Status
status-column-days = Țintă / limită
status-definition = Definiție
status-days-both = { $target } / { $limit } zile
status-days-target =
    { $count ->
        [one] { $count } zi / –
        [few] { $count } zile / –
       *[other] { $count } de zile / –
    }
status-days-limit =
    { $count ->
        [one] – / { $count } zi
        [few] – / { $count } zile
       *[other] – / { $count } de zile
    }
status-edit = Editați
status-archive = Arhivați
status-archive-one = Arhivați…
status-restore = Restaurați
status-delete = Ștergeți…
status-make-default = Faceți-l implicit
status-make-converted = Faceți-l statusul de conversie
status-empty-title = Încă nu există statusuri
status-empty-text = Statusurile spun unde se află un lead și ce înțelege fiecare prin asta. Porniți de la un pipeline gata făcut sau creați-l pe al dumneavoastră.
status-empty-create = Creați primul status
status-no-match-text = Căutați alt cuvânt din nume sau din definiție ori ștergeți căutarea.
status-no-match-filters-text = Niciun status nu are acest tip sau această stare.
status-outcome =
    { $count ->
        [one] { $count } status
        [few] { $count } statusuri, pe rând
       *[other] { $count } de statusuri, pe rând
    }
status-done-create = creat
status-done-update = modificat
status-done-archive = arhivat
status-done-restore = restaurat
status-done-delete = șters
status-done-role = a preluat rolul
status-bulk-nothing = Bifați mai întâi cel puțin un status.
status-bulk-too-many = Bifați cel mult 5.000 de statusuri o dată.
status-filter-kind = Filtrul după tip nu poate fi citit: „{ $value }” nu este unul dintre open, paused, won, lost și junk.
status-filter-archived = Filtrul pentru statusuri arhivate nu poate fi citit: „{ $value }” nu este unul dintre 1, all și 0.
status-filter-stuck = Filtrul pentru lead-uri blocate nu poate fi citit: „{ $value }” nu este nici 1, nici 0.
status-preview-others = Se potrivesc alte statusuri decât atunci când ați ales. Mai jos este ce există acum.
status-bulk-action = Alegeți una dintre acțiuni: exportați, arhivați, restaurați, ștergeți sau editați.
status-bulk-changed = Lista s-a schimbat de când ați ales, așa că nu s-a făcut nimic. Vedeți ce s-ar întâmpla acum, apoi confirmați din nou.
status-flash-archived =
    { $count ->
        [one] „{ $name }” este arhivat.
        [few] { $count } statusuri sunt arhivate.
       *[other] { $count } de statusuri sunt arhivate.
    }
status-flash-restored =
    { $count ->
        [one] „{ $name }” este din nou în uz, la sfârșitul pipeline-ului.
        [few] { $count } statusuri sunt din nou în uz, la sfârșitul pipeline-ului.
       *[other] { $count } de statusuri sunt din nou în uz, la sfârșitul pipeline-ului.
    }
status-flash-deleted =
    { $count ->
        [one] „{ $name }” este șters.
        [few] { $count } statusuri sunt șterse.
       *[other] { $count } de statusuri sunt șterse.
    }
status-flash-edited =
    { $count ->
        [one] „{ $name }” este salvat.
        [few] { $count } statusuri sunt salvate.
       *[other] { $count } de statusuri sunt salvate.
    }
status-flash-default = Lead-urile noi pornesc acum din „{ $name }”.
status-flash-converted = Lead-urile câștigate ajung acum în „{ $name }”.
status-flash-moved = { $name } mutat pe poziția { $position } din { $count }
status-flash-undone =
    { $count ->
        [one] { $count } modificare a fost anulată.
        [few] { $count } modificări au fost anulate.
       *[other] { $count } de modificări au fost anulate.
    }
status-ask-archive-one = Arhivați „{ $name }”?
status-ask-archive =
    { $count ->
        [few] Arhivați { $count } statusuri?
       *[other] Arhivați { $count } de statusuri?
    }
status-ask-restore-one = Restaurați „{ $name }”?
status-ask-restore =
    { $count ->
        [few] Restaurați { $count } statusuri?
       *[other] Restaurați { $count } de statusuri?
    }
status-ask-delete-one = Ștergeți „{ $name }”?
status-ask-delete =
    { $count ->
        [few] Ștergeți { $count } statusuri?
       *[other] Ștergeți { $count } de statusuri?
    }
status-ask-default = Faceți „{ $name }” implicit?
status-ask-converted = Faceți „{ $name }” statusul de conversie?
status-ask-edit-one = Editați „{ $name }”
status-ask-edit =
    { $count ->
        [few] Editați { $count } statusuri
       *[other] Editați { $count } de statusuri
    }
status-about-archive = Un status arhivat nu mai primește lead-uri și rămâne lizibil în istoric. Îl puteți restaura.
status-about-restore = Un status restaurat este din nou în uz, la sfârșitul pipeline-ului.
status-about-delete = Un status șters dispare din liste și formulare; ce s-a întâmplat în el rămâne în jurnalul de audit, sub numele lui.
status-about-default = Lead-urile noi pornesc din statusul implicit. Cel care este implicit acum nu va mai fi.
status-about-converted = Lead-urile câștigate ajung în statusul de conversie. Cel care este acum nu va mai fi.
status-about-edit = Se schimbă doar câmpurile completate, în fiecare status de mai jos.
status-do-archive =
    { $count ->
        [one] Arhivați { $count } status
        [few] Arhivați { $count } statusuri
       *[other] Arhivați { $count } de statusuri
    }
status-do-restore =
    { $count ->
        [one] Restaurați { $count } status
        [few] Restaurați { $count } statusuri
       *[other] Restaurați { $count } de statusuri
    }
status-do-delete =
    { $count ->
        [one] Ștergeți { $count } status
        [few] Ștergeți { $count } statusuri
       *[other] Ștergeți { $count } de statusuri
    }
status-do-edit =
    { $count ->
        [one] Salvați { $count } status
        [few] Salvați { $count } statusuri
       *[other] Salvați { $count } de statusuri
    }
status-do-default = Faceți-l implicit
status-do-converted = Faceți-l statusul de conversie
status-preview-off =
    { $count ->
        [one] { $count } status a apărut sau a dispărut de când ați ales. Mai jos este ce există acum.
        [few] { $count } statusuri au apărut sau au dispărut de când ați ales. Mai jos este ce există acum.
       *[other] { $count } de statusuri au apărut sau au dispărut de când ați ales. Mai jos este ce există acum.
    }
status-preview-done = rămâne neschimbat
status-preview-fine = niciun lead nu este afectat
status-preview-handed = rolul lui trece la „{ $name }”
status-preview-refused =
    { $count ->
        [one] { $count } status stă în cale, așa că încă nu se poate face nimic.
        [few] { $count } statusuri stau în cale, așa că încă nu se poate face nimic.
       *[other] { $count } de statusuri stau în cale, așa că încă nu se poate face nimic.
    }
status-preview-only-fine =
    { $count ->
        [one] Lăsați-le deoparte și continuați cu { $count } status
        [few] Lăsați-le deoparte și continuați cu { $count } statusuri
       *[other] Lăsați-le deoparte și continuați cu { $count } de statusuri
    }
status-preview-again = Vedeți ce s-ar întâmpla
status-blocked-default = este cel implicit: lead-urile noi pornesc de aici
status-blocked-converted = este statusul de conversie: lead-urile câștigate ajung aici
status-blocked-leads =
    { $count ->
        [one] { $count } lead este în el
        [few] { $count } lead-uri sunt în el
       *[other] { $count } de lead-uri sunt în el
    }
status-replace-by = Înlocuiți cu
status-replace-hint = Preia lead-urile lui, care își păstrează vechimea, și rolul. Se oferă doar statusuri de tipul cerut de rol.
status-replace-hint-leads = Preia lead-urile lui, care își păstrează vechimea.
status-replace-none = Nimic
status-leave = Lăsați așa
status-leave-hint = Gol înseamnă că rămâne așa.
status-edit-hint = Completați ce trebuie să fie la fel în toate.
status-target = Țintă în zile
status-limit = Limită în zile
status-drop-target = Eliminați ținta
status-drop-limit = Eliminați limita
status-edit-nothing = Completați cel puțin un câmp care trebuie schimbat.
