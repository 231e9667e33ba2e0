audit-action-history = Istoric importat
import-unreadable = Fișierul nu poate fi citit: { $cause }
import-line-too-long = Rândul { $line } este mai lung de 1 MiB. Căutați ghilimele neînchise
lead-column-company = Companie
lead-column-status = Status
lead-column-created = Creat la
lead-column-entered = Intrat la
lead-column-actor = Autor
lead-column-reason = Motiv
lead-import-empty = Fișierul este gol. Puneți un antet pe primul rând, de exemplu external_ref,name,company
lead-import-many-cells = Acest rând are { $length } celule, iar antetul are { $max }. Puneți între ghilimele celulele care conțin separatorul
lead-import-few-cells = Acest rând are { $length } celule, iar antetul are { $max }. Adăugați-le pe cele care lipsesc, chiar dacă sunt goale
lead-import-nested = „{ $column }” conține o listă sau un obiect. Folosiți o valoare simplă
lead-import-no-object = Acest element din tabloul JSON nu este un obiect
lead-import-not-array = JSON-ul trebuie să fie un tablou de obiecte, câte unul pentru fiecare rând
lead-import-no-name = Nicio coloană nu dă un nume lead-urilor: este nevoie de una dintre { $fields }. Antetul are: { $columns }
lead-import-no-visit = Un fișier de vizite are nevoie de coloanele { $fields }. Antetul are: { $columns }
lead-import-nameless = Acest rând nu are nici nume, nici companie, nici referință externă
lead-import-no-status = Spuneți în ce status s-a intrat
lead-import-archived = Statusul „{ $name }” este arhivat. Restaurați-l întâi sau folosiți altul
lead-import-status-several = Mai multe statusuri arhivate se numesc „{ $name }”. Scrieți slugul celui la care vă referiți: { $slugs }
lead-import-no-created = „{ $reference }” este numele pe care exporturile îl dau unui lead fără referință proprie, și numai valoarea exactă created_at arată că rândul se referă la el. Păstrați coloana created_at așa cum a fost exportată sau folosiți altă referință
lead-import-readings = Ce înseamnă numele de statusuri
lead-import-reading = „{ $word }” înseamnă statusul { $name }
lead-import-reading-old = „{ $word }” înseamnă statusul { $name }, care s-a numit așa înainte
lead-import-reading-other = „{ $word }” înseamnă statusul numit acum { $name }, nu { $other }, care s-a numit așa înainte
lead-import-no-lead = Niciun lead nu are referința { $reference }. Importați întâi lead-urile
lead-import-lived = Lead-ul { $reference } a fost mutat aici de când a fost importat, așa că istoricul lui nu se înlocuiește. Scoateți rândurile lui din fișier
lead-import-twice = Rândul { $line } are aceeași referință externă. Păstrați unul dintre cele două
lead-import-file-changed = Fișierul a fost modificat în timp ce era citit. Importați-l din nou
lead-import-status-gone = Statusul „{ $name }” nu mai există
lead-import-meanwhile = Cineva a schimbat acest lead în timpul importului, iar ce s-a salvat a rămas. Importați rândul din nou pentru a-l suprascrie
lead-import-under-way = Chiar acest fișier este importat de { $who } din { $since }: { $done } din { $total } rânduri până acum. Nu s-a făcut nimic
lead-moment-unknown = Folosiți o dată precum 2017-03-01 sau un moment precum 2017-03-01T14:30:00Z
lead-moment-future = Folosiți un moment care nu este în viitor
lead-moment-early = Folosiți un moment începând cu 1970
lead-export-too-many = { $count } rânduri sunt mai multe decât cele { $max } care încap într-o foaie. Alegeți CSV sau JSON
lead-import-title = Import de lead-uri
lead-import-crumb-leads = Lead-uri
lead-import-lead = Aduceți lead-uri și istoricul lor dintr-un fișier. Vedeți ce s-ar întâmpla înainte să se schimbe ceva.
lead-import-what = Ce conține fișierul
lead-import-what-leads = Lead-uri
lead-import-what-leads-hint = Câte un rând pentru fiecare lead. Statusurile care nu există vă sunt propuse pentru creare.
lead-import-what-visits = Vizite
lead-import-what-visits-hint = Câte un rând pentru fiecare status în care a intrat un lead. Importați întâi lead-urile.
lead-import-currency = Moneda valorilor care nu o numesc
lead-import-currency-hint = Trei litere, precum USD. Dacă rămâne gol, lead-urile noi primesc EUR, iar cele care există o păstrează pe a lor.
lead-import-about-match = Un rând se referă la lead-ul cu referința lui externă. Orice alt rând creează un lead nou. Un status se recunoaște după numele de acum, altfel după slug.
lead-import-about-blank = O coloană care lipsește nu schimbă nimic, iar un nume sau un status gol lasă ce există. O valoare goală înseamnă fără valoare, iar 0 înseamnă zero.
lead-import-about-dates = O dată fără oră este prima ei clipă, în UTC.
lead-import-columns-leads = Coloanele lead-urilor
lead-import-columns-visits = Coloanele vizitelor
lead-import-columns = Ce înseamnă coloanele
lead-import-columns-hint = Alegeți coloana fiecărui câmp, apoi priviți din nou. Alegerea se ține minte pentru fișiere cu același antet.
lead-import-looks-visits = Par a fi vizite: câte un rând pentru fiecare status în care a intrat un lead. Ca lead-uri, ar primi drept nume referința.
lead-import-as-visits = Priviți-le ca vizite
lead-import-choose-name = Nicio coloană nu dă nume lead-urilor. Alegeți-o pe cea cu referința externă, numele sau compania
lead-import-choose-visit = Istoricul are nevoie de trei coloane: referință externă, status și intrat la. Alegeți-le pe cele care lipsesc
lead-import-no-column = Nu este în fișier
lead-import-refused =
    { $count ->
        [one] { $count } problemă: încă nu se poate importa nimic
        [few] { $count } probleme: încă nu se poate importa nimic
       *[other] { $count } de probleme: încă nu se poate importa nimic
    }
lead-import-problems = Probleme
lead-import-problem = Problemă
lead-import-field = Câmp
lead-import-in-bin = Rămân în coș
lead-import-lines =
    { $count ->
        [one] { $count } rând
        [few] { $count } rânduri
       *[other] { $count } de rânduri
    }
lead-import-statuses =
    { $count ->
        [one] { $count } status nu există
        [few] { $count } statusuri nu există
       *[other] { $count } de statusuri nu există
    }
lead-import-make = Creați-le odată cu importul
lead-import-make-hint = Ca statusuri deschise, la sfârșitul pipeline-ului. Schimbați apoi tipul, ordinea și limitele.
lead-import-ask = Rugați un administrator să le creeze sau alegeți altă coloană pentru status.
lead-import-unmade = Unele statusuri din fișier nu există: acceptați crearea lor sau alegeți altă coloană pentru status
lead-import-too-many-made = Nu există mai mult de { $max } de statusuri: alegeți altă coloană pentru status sau importați întâi statusurile
lead-import-bad-status = „{ $name }” nu poate fi numele unui status. Corectați-l în fișier
lead-import-owners =
    { $count ->
        [one] { $count } responsabil nu este utilizator aici
        [few] { $count } responsabili nu sunt utilizatori aici
       *[other] { $count } de responsabili nu sunt utilizatori aici
    }
lead-import-owners-hint = Lead-urile lor se importă fără responsabil; cele care există îl păstrează pe al lor.
lead-import-actors =
    { $count ->
        [one] { $count } autor nu este utilizator aici
        [few] { $count } autori nu sunt utilizatori aici
       *[other] { $count } de autori nu sunt utilizatori aici
    }
lead-import-actors-hint = Vizitele lor se importă totuși, cu numele așa cum este scris în fișier.
lead-import-several = mai multe persoane au acest nume
lead-import-in-default =
    { $count ->
        [one] { $count } valoare fără monedă: { $currency }. Alegeți alta mai jos dacă nu este corect.
        [few] { $count } valori fără monedă: { $currency }. Alegeți alta mai jos dacă nu este corect.
       *[other] { $count } de valori fără monedă: { $currency }. Alegeți alta mai jos dacă nu este corect.
    }
lead-import-unreferenced =
    { $count ->
        [one] { $count } rând nu are referință externă: la un nou import al fișierului, lead-ul lui s-ar crea din nou.
        [few] { $count } rânduri nu au referință externă: la un nou import al fișierului, lead-urile lor s-ar crea din nou.
       *[other] { $count } de rânduri nu au referință externă: la un nou import al fișierului, lead-urile lor s-ar crea din nou.
    }
lead-import-unreferenced-visits =
    { $count ->
        [one] { $count } rând nu are referință externă și este lăsat deoparte, fiindcă nu se poate găsi niciun lead.
        [few] { $count } rânduri nu au referință externă și sunt lăsate deoparte, fiindcă nu se poate găsi niciun lead.
       *[other] { $count } de rânduri nu au referință externă și sunt lăsate deoparte, fiindcă nu se poate găsi niciun lead.
    }
lead-import-changed = S-a schimbat ceva de când ați privit, așa că nu s-a făcut nimic. Vedeți ce s-ar întâmpla acum, apoi confirmați din nou
lead-import-do =
    { $count ->
        [one] Importați { $count } lead
        [few] Importați { $count } lead-uri
       *[other] Importați { $count } de lead-uri
    }
lead-import-do-visits =
    { $count ->
        [one] Importați istoricul unui lead ({ $count })
        [few] Importați istoricul a { $count } lead-uri
       *[other] Importați istoricul a { $count } de lead-uri
    }
lead-import-flash = „{ $name }” a fost importat. Lead-uri noi: { $created }, modificate: { $changed }, neschimbate: { $same }.
lead-import-flash-visits = „{ $name }” a fost importat. Lead-uri cu istoric nou: { $changed }, neschimbate: { $same }.
lead-job-title = Importul fișierului „{ $name }”
lead-job-lead = Un fișier mare se importă bucată cu bucată, ca toți să poată lucra mai departe. Continuă dacă părăsiți pagina și după o repornire.
lead-job-under-way = „{ $name }” se importă
lead-job-progress = Progres
lead-job-rows = { $done } din { $total } rânduri
lead-job-done = Importul s-a încheiat.
lead-job-file-lost = Fișierul acestui import nu se mai află pe niciun server.
lead-job-left-out =
    { $count ->
        [one] Importul s-a încheiat, în afară de { $count } rând: s-a schimbat ceva de când a fost verificat fișierul și nu mai poate fi acceptat.
        [few] Importul s-a încheiat, în afară de { $count } rânduri: s-a schimbat ceva de când a fost verificat fișierul și nu mai pot fi acceptate.
       *[other] Importul s-a încheiat, în afară de { $count } de rânduri: s-a schimbat ceva de când a fost verificat fișierul și nu mai pot fi acceptate.
    }
lead-job-left-out-count = Lăsate deoparte
lead-job-left-out-title = Rânduri lăsate deoparte
lead-job-again = Ce s-a importat până atunci rămâne. Corectați fișierul și importați-l din nou: rândurile deja importate nu schimbă nimic.
lead-job-leads = Vedeți lead-urile
lead-export-what = Alegeți lead-uri sau vizite
