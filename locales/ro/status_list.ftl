# Words we use: see web.ftl.

status-title = Statusuri Lead-uri
status-intro = Statusurile prin care trece un lead, de la primul contact până la câștigat sau pierdut.
status-crumb-leads = Lead-uri
status-crumb = Statusuri
status-tabs = Statusuri după tip
status-tab-all = Toate
status-new = Status nou
status-more = Mai multe
status-use-set = Începeți de la un șablon
status-import = Importați statusuri
status-export = Exportați
status-export-format = Alegeți csv, json sau xlsx.
status-search = Căutați statusuri
status-kind = Tip
status-any-kind = Orice tip
status-archived = Arhivate
status-archived-no = Active
status-archived-only = Arhivate
status-archived-all = Toate
status-archived-tag = Arhivat
status-chip-search = Căutare: { $query }
status-chip-kind = Tip: { $kind }
status-chip-archived = Arhivate
status-chip-with-archived = Cu cele arhivate
status-table = Statusurile lead-urilor, în ordinea pipeline-ului
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
status-make-default = Alegeți ca implicit
status-make-converted = Alegeți pentru conversie
status-empty-title = Încă nu există statusuri
status-empty-text = Statusurile spun unde se află un lead și ce înseamnă asta. Începeți de la un șablon sau creați-le pe ale dumneavoastră.
status-empty-create = Creați primul status
status-no-match-text = Încercați alt cuvânt din nume sau din definiție ori ștergeți căutarea.
status-no-match-filters-text = Niciun status nu se potrivește cu toate. Eliminați un filtru.
status-outcome =
    { $count ->
        [one] Afișați { $count } modificare
        [few] Afișați { $count } modificări
       *[other] Afișați { $count } de modificări
    }
status-done-create = creat
status-done-update = modificat
status-done-archive = arhivat
status-done-restore = restaurat
status-done-delete = șters
status-done-role = rol nou
status-bulk-nothing = Selectați mai întâi cel puțin un status.
status-bulk-too-many = Selectați cel mult 5.000 de statusuri o dată.
status-filter-kind = Filtrul Tip: „{ $value }” nu este open, paused, won, lost sau junk.
status-filter-archived = Filtrul Arhivate: „{ $value }” nu este 1, all sau 0.
status-filter-stuck = Filtrul Lead-uri blocate: „{ $value }” nu este 1 sau 0.
status-preview-others = Acum se potrivesc alte statusuri. Verificați-le mai jos.
status-bulk-action = Alegeți o acțiune: export, arhivare, restaurare, ștergere sau editare.
status-bulk-changed = Statusurile s-au schimbat de la previzualizare. Nu s-a schimbat nimic. Verificați noua previzualizare, apoi confirmați.
status-flash-archived =
    { $count ->
        [one] „{ $name }” a fost arhivat.
        [few] { $count } statusuri au fost arhivate.
       *[other] { $count } de statusuri au fost arhivate.
    }
status-flash-restored =
    { $count ->
        [one] „{ $name }” a fost restaurat.
        [few] { $count } statusuri au fost restaurate.
       *[other] { $count } de statusuri au fost restaurate.
    }
status-flash-deleted =
    { $count ->
        [one] „{ $name }” a fost șters.
        [few] { $count } statusuri au fost șterse.
       *[other] { $count } de statusuri au fost șterse.
    }
status-flash-edited =
    { $count ->
        [one] „{ $name }” a fost salvat.
        [few] { $count } statusuri au fost salvate.
       *[other] { $count } de statusuri au fost salvate.
    }
status-flash-default = Lead-urile noi încep acum în „{ $name }”.
status-flash-converted = Lead-urile câștigate ajung acum în „{ $name }”.
status-flash-moved = { $name } mutat pe poziția { $position } din { $count }
status-flash-undone =
    { $count ->
        [one] Modificarea a fost anulată.
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
status-ask-default = Alegeți „{ $name }” ca status implicit?
status-ask-converted = Alegeți „{ $name }” ca status de conversie?
status-ask-edit-one = Editați „{ $name }”
status-ask-edit =
    { $count ->
        [few] Editați { $count } statusuri
       *[other] Editați { $count } de statusuri
    }
status-about-archive = Statusurile arhivate nu primesc lead-uri noi. Istoricul lead-urilor le păstrează și le puteți restaura.
status-about-restore = Statusurile restaurate primesc din nou lead-uri. Unul deschis vine după ultimul deschis.
status-about-delete = Un status șters nu mai apare în liste și formulare. Istoricul lead-urilor îi păstrează numele.
status-about-default = Lead-urile noi încep în statusul implicit. Există doar unul.
status-about-converted = Lead-urile câștigate ajung în statusul de conversie. Există doar unul.
status-about-edit = Se schimbă doar câmpurile completate.
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
status-do-default = Alegeți ca implicit
status-do-converted = Alegeți pentru conversie
status-preview-off =
    { $count ->
        [one] { $count } status a fost adăugat sau eliminat de când ați ales. Verificați lista de mai jos.
        [few] { $count } statusuri au fost adăugate sau eliminate de când ați ales. Verificați lista de mai jos.
       *[other] { $count } de statusuri au fost adăugate sau eliminate de când ați ales. Verificați lista de mai jos.
    }
status-preview-done = nicio modificare
status-preview-fine = niciun lead
status-preview-handed = rolul trece la „{ $name }”
status-preview-refused =
    { $count ->
        [one] { $count } status nu poate fi schimbat încă. Vedeți motivul mai sus.
        [few] { $count } statusuri nu pot fi schimbate încă. Vedeți motivele mai sus.
       *[other] { $count } de statusuri nu pot fi schimbate încă. Vedeți motivele mai sus.
    }
status-preview-has-leads =
    { $count ->
        [one] În „{ $name }” este { $count } lead. Alegeți unde îl mutați.
        [few] În „{ $name }” sunt { $count } lead-uri. Alegeți unde le mutați.
       *[other] În „{ $name }” sunt { $count } de lead-uri. Alegeți unde le mutați.
    }
status-preview-in-use =
    { $count ->
        [one] { $count } status este folosit. Alegeți statusul care îl înlocuiește.
        [few] { $count } statusuri sunt folosite. Alegeți statusul care le înlocuiește.
       *[other] { $count } de statusuri sunt folosite. Alegeți statusul care le înlocuiește.
    }
status-preview-only-fine =
    { $count ->
        [one] Continuați cu { $count } status
        [few] Continuați cu { $count } statusuri
       *[other] Continuați cu { $count } de statusuri
    }
status-preview-again = Actualizați previzualizarea
status-blocked-default = este cel implicit: lead-urile noi încep aici
status-blocked-converted = este statusul de conversie: lead-urile câștigate ajung aici
status-blocked-leads =
    { $count ->
        [one] are { $count } lead
        [few] are { $count } lead-uri
       *[other] are { $count } de lead-uri
    }
status-replace-by = Mutați lead-urile în
status-replace-hint = Lead-urile își păstrează vechimea în status. Noul status primește și rolul, așa că apar doar statusurile de tipul potrivit.
status-replace-hint-leads = Lead-urile își păstrează vechimea în status.
status-replace-none = Alegeți un status
status-leave = Păstrați
status-leave-hint = Lăsați necompletat pentru a păstra.
status-edit-hint = Completați doar ce trebuie să fie la fel în toate.
status-target = Țintă (zile)
status-limit = Limită (zile)
status-drop-target = Eliminați ținta
status-drop-limit = Eliminați limita
status-edit-nothing = Completați cel puțin un câmp.

# Below target and limit: the median time in status, which links to the report.
status-median-time =
    { $count ->
        [one] jumătate ies într-o zi
        [few] jumătate ies în { $count } zile
       *[other] jumătate ies în { $count } de zile
    }
