# Words we use: see web.ftl.

lead-act-open = Deschideți
lead-act-edit = Editați
lead-act-move = Mutați…
lead-act-assign = Atribuiți…
lead-act-pause = Puneți în pauză…
lead-act-note = Adăugați notă…
lead-act-delete = Ștergeți…
lead-act-restore = Restaurați…
lead-act-export = Exportați
lead-bulk-nothing = Selectați mai întâi cel puțin un lead.
lead-bulk-too-many = Puteți schimba cel mult { $count } de lead-uri o dată. Restrângeți filtrele, apoi selectați din nou.
lead-bulk-none = Niciun lead nu se mai potrivește cu aceste filtre. Nu s-a schimbat nimic. Reveniți la listă.
lead-bulk-back = Înapoi la listă
lead-bulk-action = Alegeți o acțiune: mutare, atribuire, pauză, notă, ștergere sau restaurare.
lead-bulk-changed = Lead-urile s-au schimbat de la previzualizare. Nu s-a schimbat nimic. Verificați noua previzualizare, apoi confirmați.
lead-bulk-meanwhile = Altcineva a schimbat între timp acest lead.
lead-bulk-job-intro = Acțiunea continuă în fundal. Puteți părăsi pagina.
lead-bulk-job-done = { $done } din { $total } lead-uri
lead-bulk-job-left-out =
    { $count ->
        [one] { $count } lead a fost omis.
        [few] { $count } lead-uri au fost omise.
       *[other] { $count } de lead-uri au fost omise.
    }
lead-bulk-job-left-out-title = Lead-uri omise
lead-preview-many = Lead-urile care nu pot fi schimbate sunt omise și apar într-o listă la sfârșit.
lead-preview-others = Acum se potrivesc alte lead-uri. Verificați-le mai jos.
lead-bulk-status = Mutați în
lead-bulk-choose = Alegeți…
lead-bulk-no-status = Alegeți statusul în care mutați
lead-bulk-no-owner = Alegeți un responsabil sau „Nimeni”
lead-bulk-meanings = Ce înseamnă fiecare status
lead-bulk-reason = Motiv
lead-bulk-note = Notă
lead-bulk-entered = Data mutării
lead-bulk-entered-hint = În fusul dumneavoastră orar, { $zone }. Lăsați necompletat pentru ora curentă.
lead-bulk-moment = Introduceți o zi și o oră, de exemplu 2026-11-24 09:30
lead-bulk-owner = Noul responsabil
lead-bulk-until = Se reia la
lead-bulk-until-hint = Se reia automat când începe această zi în fusul dumneavoastră orar.
lead-bulk-day = Introduceți o zi, de exemplu 2026-12-31
lead-count =
    { $count ->
        [one] { $count } lead
        [few] { $count } lead-uri
       *[other] { $count } de lead-uri
    }
lead-and-more =
    { $count ->
        [one] și încă { $count }
        [few] și încă { $count }
       *[other] și încă { $count }
    }
lead-ask-move =
    { $count ->
        [one] Mutați „{ $name }”
        [few] Mutați { $count } lead-uri
       *[other] Mutați { $count } de lead-uri
    }
lead-ask-assign =
    { $count ->
        [one] Atribuiți „{ $name }”
        [few] Atribuiți { $count } lead-uri
       *[other] Atribuiți { $count } de lead-uri
    }
lead-ask-pause =
    { $count ->
        [one] Puneți în pauză „{ $name }”
        [few] Puneți în pauză { $count } lead-uri
       *[other] Puneți în pauză { $count } de lead-uri
    }
lead-ask-note =
    { $count ->
        [one] Adăugați o notă la „{ $name }”
        [few] Adăugați o notă la { $count } lead-uri
       *[other] Adăugați o notă la { $count } de lead-uri
    }
lead-ask-delete =
    { $count ->
        [one] Ștergeți „{ $name }”?
        [few] Ștergeți { $count } lead-uri?
       *[other] Ștergeți { $count } de lead-uri?
    }
lead-ask-restore =
    { $count ->
        [one] Restaurați „{ $name }”?
        [few] Restaurați { $count } lead-uri?
       *[other] Restaurați { $count } de lead-uri?
    }
lead-about-move = Vechimea în status începe din nou de la 0.
lead-about-assign = Vechimea în status și istoricul rămân.
lead-about-pause = Timpul în pauză nu se adună la țintă sau la limită.
lead-about-note = Adaugă această notă la fiecare lead.
lead-about-delete = Lead-urile șterse ajung în coș. Un manager le poate restaura.
lead-about-restore = Lead-urile restaurate revin în statusul lor, cu vechimea lor.
lead-do-move =
    { $count ->
        [one] Mutați { $count } lead
        [few] Mutați { $count } lead-uri
       *[other] Mutați { $count } de lead-uri
    }
lead-do-assign =
    { $count ->
        [one] Atribuiți { $count } lead
        [few] Atribuiți { $count } lead-uri
       *[other] Atribuiți { $count } de lead-uri
    }
lead-do-pause =
    { $count ->
        [one] Puneți în pauză { $count } lead
        [few] Puneți în pauză { $count } lead-uri
       *[other] Puneți în pauză { $count } de lead-uri
    }
lead-do-resume =
    { $count ->
        [one] Reluați { $count } lead
        [few] Reluați { $count } lead-uri
       *[other] Reluați { $count } de lead-uri
    }
lead-do-note =
    { $count ->
        [one] Adăugați nota la { $count } lead
        [few] Adăugați nota la { $count } lead-uri
       *[other] Adăugați nota la { $count } de lead-uri
    }
lead-do-delete =
    { $count ->
        [one] Ștergeți { $count } lead
        [few] Ștergeți { $count } lead-uri
       *[other] Ștergeți { $count } de lead-uri
    }
lead-do-restore =
    { $count ->
        [one] Restaurați { $count } lead
        [few] Restaurați { $count } lead-uri
       *[other] Restaurați { $count } de lead-uri
    }
lead-resume-hint =
    { $count ->
        [one] { $count } dintre ele este în pauză.
        [few] { $count } dintre ele sunt în pauză.
       *[other] { $count } dintre ele sunt în pauză.
    }
lead-preview-off =
    { $count ->
        [one] { $count } lead a fost adăugat sau eliminat de când ați ales. Verificați lista de mai jos.
        [few] { $count } lead-uri au fost adăugate sau eliminate de când ați ales. Verificați lista de mai jos.
       *[other] { $count } de lead-uri au fost adăugate sau eliminate de când ați ales. Verificați lista de mai jos.
    }
lead-preview-which = Afișați lead-urile
lead-preview-same =
    { $count ->
        [one] { $count } lead nu are nevoie de schimbare.
        [few] { $count } lead-uri nu au nevoie de schimbare.
       *[other] { $count } de lead-uri nu au nevoie de schimbare.
    }
lead-preview-refused =
    { $count ->
        [one] { $count } dintre aceste lead-uri nu poate fi schimbat:
        [few] { $count } dintre aceste lead-uri nu pot fi schimbate:
       *[other] { $count } dintre aceste lead-uri nu pot fi schimbate:
    }
lead-preview-only-fine =
    { $count ->
        [one] Continuați cu celălalt lead
        [few] Continuați cu celelalte { $count } lead-uri
       *[other] Continuați cu celelalte { $count } de lead-uri
    }
lead-preview-again = Previzualizați modificările
lead-outcome =
    { $count ->
        [one] Afișați { $count } lead
        [few] Afișați { $count } lead-uri
       *[other] Afișați { $count } de lead-uri
    }
lead-done-create = creat
lead-done-update = modificat
lead-done-move = mutat
lead-done-way = din { $from } în { $to }
lead-done-assign = atribuit
lead-done-pause = pus în pauză
lead-done-resume = reluat
lead-done-note = notă adăugată
lead-done-delete = mutat în coș
lead-done-restore = restaurat
lead-flash-unchanged = Nicio modificare.
lead-flash-moved =
    { $count ->
        [one] „{ $name }” a fost mutat în { $status }.
        [few] { $count } lead-uri au fost mutate în { $status }.
       *[other] { $count } de lead-uri au fost mutate în { $status }.
    }
lead-flash-assigned =
    { $count ->
        [one] „{ $name }” are un nou responsabil: { $owner }.
        [few] { $count } lead-uri au un nou responsabil: { $owner }.
       *[other] { $count } de lead-uri au un nou responsabil: { $owner }.
    }
lead-flash-unassigned =
    { $count ->
        [one] „{ $name }” nu mai are responsabil.
        [few] { $count } lead-uri nu mai au responsabil.
       *[other] { $count } de lead-uri nu mai au responsabil.
    }
lead-flash-paused =
    { $count ->
        [one] „{ $name }” a fost pus în pauză.
        [few] { $count } lead-uri au fost puse în pauză.
       *[other] { $count } de lead-uri au fost puse în pauză.
    }
lead-flash-resumed =
    { $count ->
        [one] „{ $name }” a fost reluat.
        [few] { $count } lead-uri au fost reluate.
       *[other] { $count } de lead-uri au fost reluate.
    }
lead-flash-noted =
    { $count ->
        [one] Notă adăugată la „{ $name }”.
        [few] Notă adăugată la { $count } lead-uri.
       *[other] Notă adăugată la { $count } de lead-uri.
    }
lead-flash-deleted =
    { $count ->
        [one] „{ $name }” a fost mutat în coș.
        [few] { $count } lead-uri au fost mutate în coș.
       *[other] { $count } de lead-uri au fost mutate în coș.
    }
lead-flash-restored =
    { $count ->
        [one] „{ $name }” a fost restaurat.
        [few] { $count } lead-uri au fost restaurate.
       *[other] { $count } de lead-uri au fost restaurate.
    }
