lead-act-open = Deschideți
lead-act-edit = Editați
lead-act-move = Mutați…
lead-act-assign = Atribuiți…
lead-act-pause = Puneți în pauză…
lead-act-note = Notați…
lead-act-delete = Ștergeți…
lead-act-restore = Restaurați…
lead-act-export = Exportați
lead-bulk-nothing = Bifați mai întâi cel puțin un lead.
lead-bulk-too-many = Cel mult { $count } de lead-uri pot fi modificate o dată. Restrângeți filtrele, apoi selectați din nou.
lead-bulk-none = Niciun lead nu se mai potrivește cu aceste filtre, așa că nu s-a făcut nimic. Întoarceți-vă la listă.
lead-bulk-back = Înapoi la listă
lead-bulk-action = Alegeți una dintre acțiuni: mutare, atribuire, pauză, notă, ștergere sau restaurare.
lead-bulk-changed = Lead-urile s-au schimbat de când ați ales, așa că nu s-a făcut nimic. Vedeți ce s-ar întâmpla acum, apoi confirmați din nou.
lead-bulk-meanwhile = A fost modificat după începerea acțiunii.
lead-bulk-job-title =
    { $count ->
        [one] Acțiune asupra unui lead
        [few] Acțiune asupra a { $count } lead-uri
       *[other] Acțiune asupra a { $count } de lead-uri
    }
lead-bulk-job-lead = Atât de multe lead-uri se modifică pas cu pas, ca toți să poată lucra mai departe. Continuă dacă părăsiți pagina și după o repornire.
lead-bulk-job-done = { $done } din { $total } lead-uri
lead-bulk-job-left-out =
    { $count ->
        [one] Un lead a fost lăsat deoparte.
        [few] { $count } lead-uri au fost lăsate deoparte.
       *[other] { $count } de lead-uri au fost lăsate deoparte.
    }
lead-bulk-job-left-out-title = Lead-uri lăsate deoparte
lead-preview-many = Sunt prea multe ca fiecare să fie verificat dinainte. Cele care nu pot fi modificate sau pe care le modifică altcineva între timp sunt lăsate deoparte și numite la sfârșit.
lead-preview-others = Se potrivesc alte lead-uri decât atunci când ați ales. Mai jos este ce există acum.
lead-bulk-status = Mutați în
lead-bulk-choose = Alegeți…
lead-bulk-no-status = Alegeți statusul în care intră lead-urile
lead-bulk-no-owner = Alegeți un responsabil sau „Nimeni”
lead-bulk-meanings = Ce înseamnă fiecare status
lead-bulk-reason = Motiv
lead-bulk-note = Notă
lead-bulk-entered = Intrat la
lead-bulk-entered-hint = În UTC. Lăsați gol pentru acum.
lead-bulk-moment = Folosiți o zi și o oră, de exemplu 2026-11-24 09:30
lead-bulk-owner = Noul responsabil
lead-bulk-until = Până la
lead-bulk-until-hint = Lead-ul revine singur în primul moment al acestei zile, în UTC.
lead-bulk-day = Folosiți o zi, de exemplu 2026-12-31
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
        [one] Scrieți o notă despre „{ $name }”
        [few] Scrieți o notă despre { $count } lead-uri
       *[other] Scrieți o notă despre { $count } de lead-uri
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
lead-about-move = Fiecare lead își încheie etapa și începe una nouă, cu timpul luat de la capăt.
lead-about-assign = Noul responsabil se ocupă de acum de aceste lead-uri; vechimea și istoricul rămân.
lead-about-pause = Timpul de pauză nu se socotește nici la țintă, nici la limită.
lead-about-note = Aceeași notă se scrie despre fiecare lead. Locul și timpul lui rămân.
lead-about-delete = Lead-urile șterse ajung în coș și ies din toate numărătorile. Un manager le poate restaura.
lead-about-restore = Lead-urile restaurate revin în statusul din care au fost șterse, cu vechimea pe care o au.
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
        [one] { $count } dintre ele este acum în pauză.
        [few] { $count } dintre ele sunt acum în pauză.
       *[other] { $count } dintre ele sunt acum în pauză.
    }
lead-preview-off =
    { $count ->
        [one] { $count } lead a apărut sau a dispărut de când ați ales. Mai jos este ce există acum.
        [few] { $count } lead-uri au apărut sau au dispărut de când ați ales. Mai jos este ce există acum.
       *[other] { $count } de lead-uri au apărut sau au dispărut de când ați ales. Mai jos este ce există acum.
    }
lead-preview-which = Care lead-uri
lead-preview-same =
    { $count ->
        [one] { $count } lead este deja cum s-a cerut și rămâne așa.
        [few] { $count } lead-uri sunt deja cum s-a cerut și rămân așa.
       *[other] { $count } de lead-uri sunt deja cum s-a cerut și rămân așa.
    }
lead-preview-refused =
    { $count ->
        [one] { $count } lead stă în cale, așa că încă nu se poate face nimic.
        [few] { $count } lead-uri stau în cale, așa că încă nu se poate face nimic.
       *[other] { $count } de lead-uri stau în cale, așa că încă nu se poate face nimic.
    }
lead-preview-only-fine =
    { $count ->
        [one] Lăsați-le deoparte și continuați cu { $count } lead
        [few] Lăsați-le deoparte și continuați cu { $count } lead-uri
       *[other] Lăsați-le deoparte și continuați cu { $count } de lead-uri
    }
lead-preview-again = Vedeți ce s-ar întâmpla
lead-outcome =
    { $count ->
        [one] { $count } lead
        [few] { $count } lead-uri, pe rând
       *[other] { $count } de lead-uri, pe rând
    }
lead-done-create = creat
lead-done-update = modificat
lead-done-move = mutat
lead-done-way = din { $from } în { $to }
lead-done-assign = atribuit
lead-done-pause = pus în pauză
lead-done-resume = reluat
lead-done-note = are nota
lead-done-delete = este în coș
lead-done-restore = restaurat
lead-flash-unchanged =
    { $count ->
        [one] Lead-ul era deja cum s-a cerut: nu a fost nimic de schimbat.
        [few] Toate cele { $count } lead-uri erau deja cum s-a cerut: nu a fost nimic de schimbat.
       *[other] Toate cele { $count } de lead-uri erau deja cum s-a cerut: nu a fost nimic de schimbat.
    }
lead-flash-moved =
    { $count ->
        [one] „{ $name }” a fost mutat în { $status }.
        [few] { $count } lead-uri au fost mutate în { $status }.
       *[other] { $count } de lead-uri au fost mutate în { $status }.
    }
lead-flash-assigned =
    { $count ->
        [one] De „{ $name }” răspunde acum { $owner }.
        [few] De { $count } lead-uri răspunde acum { $owner }.
       *[other] De { $count } de lead-uri răspunde acum { $owner }.
    }
lead-flash-unassigned =
    { $count ->
        [one] De „{ $name }” nu mai răspunde nimeni.
        [few] De { $count } lead-uri nu mai răspunde nimeni.
       *[other] De { $count } de lead-uri nu mai răspunde nimeni.
    }
lead-flash-paused =
    { $count ->
        [one] „{ $name }” este în pauză.
        [few] { $count } lead-uri sunt în pauză.
       *[other] { $count } de lead-uri sunt în pauză.
    }
lead-flash-resumed =
    { $count ->
        [one] „{ $name }” este reluat.
        [few] { $count } lead-uri sunt reluate.
       *[other] { $count } de lead-uri sunt reluate.
    }
lead-flash-noted =
    { $count ->
        [one] Nota despre „{ $name }” este păstrată.
        [few] Nota despre { $count } lead-uri este păstrată.
       *[other] Nota despre { $count } de lead-uri este păstrată.
    }
lead-flash-deleted =
    { $count ->
        [one] „{ $name }” este în coș.
        [few] { $count } lead-uri sunt în coș.
       *[other] { $count } de lead-uri sunt în coș.
    }
lead-flash-restored =
    { $count ->
        [one] „{ $name }” este restaurat.
        [few] { $count } lead-uri sunt restaurate.
       *[other] { $count } de lead-uri sunt restaurate.
    }
