# Words we use: see web.ftl.

menu-reports = Rapoarte
report-title = Raport pipeline
report-scope-own = lead-urile dumneavoastră
report-scope-anyone = toți responsabilii
report-scope-owner = responsabil: { $name }
report-scope-except = toți responsabilii în afară de { $name }
report-scope-source = sursa: { $name }
report-period = Perioada
report-period-30 = 30 de zile
report-period-90 = 90 de zile
report-period-quarter = Trimestrul curent
report-period-year = 12 luni
report-period-all = Tot
report-period-until = până la { $day }
report-from = De la
report-to = Înainte de
report-owner = Responsabil
report-source = Sursă
report-filter-day = „{ $value }” nu este o zi.
report-compare = Comparați
report-compare-periods = Două perioade
report-compare-owners = Responsabili
report-compare-day = Înainte și după o zi
report-as-of = La { $at }.
report-utc = Zilele sunt în UTC.
report-csv = CSV
report-csv-curves = Fiecare pas al curbelor ca CSV
report-as-table = Afișați ca tabel
report-nothing = Nimic în această perioadă.
report-status = Status
report-day = Ziua
report-total = Total
report-share = Pondere
report-moves = Mutări
report-target = Țintă
report-limit = Limită

report-unit-minutes = { $number } min
report-unit-hours = { $number } h
report-unit-days =
    { $count ->
        [one] { $number } zi
        [few] { $number } zile
       *[other] { $number } de zile
    }
report-interval-open = cel puțin { $low }
report-axis-minutes = min
report-axis-hours = ore
report-axis-days = zile

report-sentence-stuck =
    { $count ->
        [one] { $count } blocat
        [few] { $count } blocate
       *[other] { $count } blocate
    }
report-sentence-stuck-worth =
    { $count ->
        [one] { $count } blocat, în valoare de { $value }
        [few] { $count } blocate, în valoare de { $value }
       *[other] { $count } blocate, în valoare de { $value }
    }
report-sentence-worst = ; cel mai slab: { $name } ({ $count }), { $time }
report-sentence-half =
    { $limit ->
        [one] jumătate stau mai mult de { $time } față de o limită de { $limit } zi
        [few] jumătate stau mai mult de { $time } față de o limită de { $limit } zile
       *[other] jumătate stau mai mult de { $time } față de o limită de { $limit } de zile
    }
report-sentence-tenths =
    { $limit ->
        [one] { $count } din 10 stau peste limita de { $limit } zi
        [few] { $count } din 10 stau peste limita de { $limit } zile
       *[other] { $count } din 10 stau peste limita de { $limit } de zile
    }
report-sentence-all = , toate în { $name }
report-sentence-most = ; dintre care { $count } în { $name }
report-sentence-at-risk = Nimic blocat. În pericol: { $count }, dintre care { $most } în { $name }.
report-sentence-slow =
    { $allowed ->
        [one] Nimic blocat sau în pericol acum. Cel mai lent: { $name }, jumătate stau mai mult de { $time } față de { $allowed } zi.
        [few] Nimic blocat sau în pericol acum. Cel mai lent: { $name }, jumătate stau mai mult de { $time } față de { $allowed } zile.
       *[other] Nimic blocat sau în pericol acum. Cel mai lent: { $name }, jumătate stau mai mult de { $time } față de { $allowed } de zile.
    }
report-sentence-fine = Nimic blocat sau în pericol.
report-sentence-none = Niciun lead nu a intrat într-un status în această perioadă.
report-sentence-few =
    { $count ->
        [one] Doar { $count } intrare într-un status în această perioadă: prea puțin pentru a spune unde se pierde timpul.
        [few] Doar { $count } intrări în statusuri în această perioadă: prea puține pentru a spune unde se pierde timpul.
       *[other] Doar { $count } de intrări în statusuri în această perioadă: prea puține pentru a spune unde se pierde timpul.
    }
report-sentence-show = Afișați { $name }
report-sentence-open =
    { $count ->
        [one] Deschideți lead-ul din { $name }
        [few] Deschideți cele { $count } din { $name }
       *[other] Deschideți cele { $count } din { $name }
    }

report-tiles = Cifre-cheie
report-tiles-compared = Modificările sunt față de { $from } – { $to }.
report-tile-open = Lead-uri deschise
report-tile-win-rate = Rata de câștig
report-tile-days = Mediana zilelor până la câștig
report-tile-at-risk = În pericol
report-tile-stuck = Blocate
report-tile-velocity = Viteză pe zi
report-tile-won-of = { $interval } · { $won } din { $closed } închise
report-tile-nothing-closed = Niciun lead câștigat sau pierdut în această perioadă.
report-tile-days-note = din { $count } câștigate, de la prima intrare
report-tile-today = azi
report-tile-on = pe { $day }
report-tile-at-risk-note = peste țintă, sub limită
report-tile-velocity-won = din { $count } câștigate
report-tile-velocity-note = lead-uri deschise × rata de câștig × valoare ÷ zile
report-change-more = cu { $value } mai mult
report-change-less = cu { $value } mai puțin
report-change-fewer = cu { $value } mai puține
report-change-many = cu { $value } mai multe
report-change-none = Aproximativ la fel
report-change-slower = cu { $value } mai lent
report-change-faster = cu { $value } mai rapid
report-change-points-up =
    { $value ->
        [one] cu { $value } punct mai mare
        [few] cu { $value } puncte mai mare
       *[other] cu { $value } de puncte mai mare
    }
report-change-points-down =
    { $value ->
        [one] cu { $value } punct mai mică
        [few] cu { $value } puncte mai mică
       *[other] cu { $value } de puncte mai mică
    }
report-change-points-up-chance =
    { $value ->
        [one] cu { $value } punct mai mare, poate întâmplător
        [few] cu { $value } puncte mai mare, poate întâmplător
       *[other] cu { $value } de puncte mai mare, poate întâmplător
    }
report-change-points-down-chance =
    { $value ->
        [one] cu { $value } punct mai mică, poate întâmplător
        [few] cu { $value } puncte mai mică, poate întâmplător
       *[other] cu { $value } de puncte mai mică, poate întâmplător
    }
report-deleted =
    { $count ->
        [one] { $count } dintre lead-urile numărate aici a fost șters între timp.
        [few] { $count } dintre lead-urile numărate aici au fost șterse între timp.
       *[other] { $count } dintre lead-urile numărate aici au fost șterse între timp.
    }
report-rounded = Eșantioane mari: duratele sunt rotunjite la un minut sau 1%.
report-revised = Mutări de dinainte de { $at }, tipuri, ordinea sau limite au fost modificate între timp, deci aceste cifre diferă de cele afișate atunci.

report-funnel = Pâlnie
report-funnel-about = Trei feluri de a calcula conversia. Fiecare răspunde la altă întrebare.
report-funnel-start = Începe la
report-funnel-within = În cel mult
report-funnel-rule = Atins înseamnă
report-rule-visited = A intrat în status
report-rule-passed = A intrat sau a sărit peste el
report-rule-visited-about = Atins: a intrat în status.
report-rule-passed-about = Atins: a intrat în status sau a sărit peste el, la unul ulterior.
report-losses = Unde se pierd lead-uri
report-losses-about = Ce s-a întâmplat cu lead-urile intrate în fiecare status în perioadă. Întâi statusurile care pierd cele mai multe.
report-losses-most =
    { $count ->
        [one] { $count } pierdut sau nerelevant până acum, din { $name }.
        [few] { $count } pierdute sau nerelevante până acum, { $part } dintre ele din { $name }.
       *[other] { $count } pierdute sau nerelevante până acum, { $part } dintre ele din { $name }.
    }
report-losses-none = Niciunul nu s-a pierdut.
report-losses-lost = Pierdute sau nerelevante
report-losses-part = Din toate pierderile
report-losses-on = Au mers mai departe

report-cohort = Cohortă
report-cohort-about = Lead-uri intrate în { $start } în perioadă, acum cel puțin { $within }: câte au atins fiecare status în { $within }, cu intervalul de 95%.
report-step = Pas cu pas
report-step-about = Dintre lead-urile din cohortă care au atins statusul deschis dinainte: câte l-au atins pe acesta.
report-step-of = { $share } din { $name }
report-throughput = Volum
report-throughput-about = Intrări în fiecare status la o intrare în { $start } în perioadă, inclusiv cele repetate. Un lead intră și în statusul care îl înlocuiește pe al lui.
report-throughput-above = Volumul trece de 100% acolo unde lead-urile intră de mai multe ori sau vin dinainte de perioadă.
report-resolved = Rezolvate: rata de câștig
report-resolved-about = Câștigate din toate cele câștigate sau pierdute în perioadă, fiecare lead o dată. Cele nerelevante nu contează.
report-funnel-eligible =
    { $count ->
        [one] Cohortă: { $count } lead
        [few] Cohortă: { $count } lead-uri
       *[other] Cohortă: { $count } de lead-uri
    }
report-funnel-younger =
    { $count ->
        [one] { $count } este prea recent și încă nu contează
        [few] { $count } sunt prea recente și încă nu contează
       *[other] { $count } sunt prea recente și încă nu contează
    }
report-funnel-slow-wins = Jumătate dintre lead-urile câștigate au durat { $time } sau mai mult, deci puține sunt câștigate în { $within }.
report-funnel-nobody = Niciun lead nu este destul de vechi pentru a fi judecat.
report-funnel-few =
    { $count ->
        [one] Doar { $count } lead: interpretați cu prudență.
        [few] Doar { $count } lead-uri: interpretați cu prudență.
       *[other] Doar { $count } de lead-uri: interpretați cu prudență.
    }
report-count-of = { $count } din { $all }
report-count-entries =
    { $count ->
        [one] { $count } intrare
        [few] { $count } intrări
       *[other] { $count } de intrări
    }
report-count-won =
    { $count ->
        [one] { $count } câștigat
        [few] { $count } câștigate
       *[other] { $count } câștigate
    }
report-count-lost =
    { $count ->
        [one] { $count } pierdut
        [few] { $count } pierdute
       *[other] { $count } pierdute
    }
report-no-leads = Niciun lead
report-reached = Au atins
report-of-cohort = Din cohortă
report-interval = Interval de 95%
report-entries = Intrări

report-time = Vechime în status
report-time-about = Lead-uri intrate într-un status în perioadă, printr-o mutare sau pentru că l-a înlocuit pe al lor, urmărite până acum; cele rămase contează cu timpul de până acum. Pauzele sunt incluse.
report-time-none = Nicio intrare în această perioadă.
report-time-few =
    { $count ->
        [one] Doar { $count } intrare: numai totaluri.
        [few] Doar { $count } intrări: numai totaluri.
       *[other] Doar { $count } de intrări: numai totaluri.
    }
report-time-half = Jumătate ies în { $time } (interval de 95%: { $interval }).
report-time-open = Au ieșit mai puțin de jumătate: { $share } sunt încă aici după { $time }, cea mai lungă durată observată.
report-time-entered =
    { $count ->
        [one] { $count } intrat
        [few] { $count } intrate
       *[other] { $count } intrate
    }
report-time-left =
    { $count ->
        [one] { $count } ieșit
        [few] { $count } ieșite
       *[other] { $count } ieșite
    }
report-time-still =
    { $count ->
        [one] { $count } încă aici
        [few] { $count } încă aici
       *[other] { $count } încă aici
    }
report-time-cut =
    { $count ->
        [one] { $count } înlocuit, îmbinat sau șters
        [few] { $count } înlocuite, îmbinate sau șterse
       *[other] { $count } înlocuite, îmbinate sau șterse
    }
report-time-closed = Intrate în câștigat, pierdut sau nerelevant:
report-column-entered = Intrate
report-column-left = Ieșite
report-column-still = Încă aici
report-past-limit = Peste limită
report-target-days =
    { $count ->
        [one] Țintă { $count } zi
        [few] Țintă { $count } zile
       *[other] Țintă { $count } de zile
    }
report-limit-days =
    { $count ->
        [one] limită { $count } zi
        [few] limită { $count } zile
       *[other] limită { $count } de zile
    }
report-percentile = { $percent }% în
report-longer-than = > { $time }
report-within-target = În țintă
report-target-met = în țintă
report-target-missed = peste țintă
report-target-undecided = prea devreme de spus
report-curve-title = { $name }, ponderea celor încă aici după { $shares }
report-mark-target = Țintă { $count }
report-mark-limit = Limită { $count }
report-ways-share = Pondere în { $time }, estimat
report-so-far = Până acum
report-ways = Unde au mers
report-way-advanced = Avansate
report-way-back = Înapoi
report-way-won = Câștigate
report-way-lost = Pierdute
report-way-junk = Nerelevante
report-way-here = Încă aici

report-definition-change = { $day }: { $status }, versiunea { $version }
report-definition-changes = Definiții schimbate, comparați înainte și după:

report-flow = Mutări între statusuri
report-flow-about = Unde s-au mutat apoi lead-urile intrate într-un status în perioadă.
report-flow-total =
    { $count ->
        [one] { $count } mutare
        [few] { $count } mutări
       *[other] { $count } de mutări
    }
report-flow-title =
    { $count ->
        [one] { $count } mutare între statusuri, de la stânga la dreapta
        [few] { $count } mutări între statusuri, de la stânga la dreapta
       *[other] { $count } de mutări între statusuri, de la stânga la dreapta
    }
report-flow-move =
    { $count ->
        [one] Din { $from } în { $to } ({ $direction }): { $count } mutare după { $time }
        [few] Din { $from } în { $to } ({ $direction }): { $count } mutări, jumătate în { $time }
       *[other] Din { $from } în { $to } ({ $direction }): { $count } de mutări, jumătate în { $time }
    }
report-flow-caption = Mutări după statusul de plecare și de sosire, cu timpul în care s-au făcut jumătate dintre ele
report-flow-from-to = Din, în
report-direction = Direcție
report-direction-forward = Înainte
report-direction-skip = Cu salt
report-direction-back = Înapoi
report-direction-dropped = Abandonate
report-direction-return = Reveniri
report-forward-about = la următorul status deschis sau câștigat
report-skip-about = peste un status deschis
report-back-about = la un status anterior sau redeschise
report-dropped-about = pierdute sau nerelevante
report-return-about = la un status în care lead-ul a mai fost; în plus față de celelalte

report-open = Lead-uri deschise în timp
report-open-about = La sfârșitul fiecărei zile, pe statusuri.
report-open-title = Lead-uri deschise pe statusuri. { $first }; { $last }
report-stuck = Blocate în timp
report-stuck-about = După țintele și limitele de azi, cu pauzele din fiecare zi.
report-stuck-title = Lead-uri în pericol sau blocate. { $first }; { $last }

report-limits = Limite pe baza datelor
report-limits-about = Ce sugerează intrările din ultimele 180 de zile: jumătate ies în țintă, 85% în limită. Trebuie să fi ieșit cel puțin 30.
report-limits-now = Acum
report-limits-suggested = Sugerat
report-limits-exits = Ieșite în 180 de zile
report-limits-trial = Dacă limita ar fi
report-limits-few = Date insuficiente
report-limits-open = neatinsă
report-limits-changed = Limitele pentru { $name } s-au schimbat de când ați deschis raportul: țintă { $target }, limită { $limit } zile. Nu s-a setat nimic.
report-limits-apply = Setați aceste limite
report-limits-set = Deja setate
report-trial-at = La
report-trial-unit = zile:
report-trial-days = Zile de încercat pentru { $name }
report-trial-show = Încercați aceste limite
report-trial-flagged =
    { $count ->
        [one] { $count } lead ar fi semnalat azi
        [few] { $count } lead-uri ar fi semnalate azi
       *[other] { $count } de lead-uri ar fi semnalate azi
    }
report-trial-chance = ; dintre cele încă aici la { $days }, { $share } avansează în { $within }
report-fixed = Link exact la aceste cifre
report-fixed-about = Păstrează perioada, filtrele și ora.

report-compare-title = Comparație
report-compare-with = Față de, de la
report-compare-owners-choose = Alegeți responsabilii
report-compare-owners-most = Se afișează cel mult 8.
report-compare-clear =
    { $count ->
        [one] { $count } diferență clară
        [few] { $count } diferențe clare
       *[other] { $count } de diferențe clare
    }
report-compare-none-clear = Nicio diferență clară: fiecare este în intervale sau pe prea puține.
report-compare-against = față de { $value }
report-compare-rest = restul
report-compare-rest-note = Fiecare responsabil este comparat cu restul: toate lead-urile care nu sunt ale lui.
report-compare-measure = Măsură
report-compare-conversion = Conversie
report-compare-leads = La sfârșitul perioadei
report-compare-reached = Din { $start } în { $name } în { $within }
report-compare-day-label = Prima zi după schimbare
report-compare-choose = Alegeți ziua în care s-a schimbat ceva, de exemplu o definiție nouă.
report-compare-all = Toți responsabilii
report-day-outside = Alegeți o zi din perioadă, după prima.
report-compare-only-one = Perioada „Tot” nu are una anterioară.
report-compare-own = Lead-urile dumneavoastră
report-compare-note = Valori cu intervalele lor de 95%. Când două au valori comune, diferența poate fi întâmplătoare: este „în intervale”. Sub 10 sunt prea puține pentru o concluzie.
report-verdict-higher = mai mare
report-verdict-lower = mai mică
report-verdict-longer = mai lung
report-verdict-shorter = mai scurt
report-verdict-within = în intervale
report-verdict-few = prea puține
