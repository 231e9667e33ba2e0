# Words we use: see web.ftl.

audit-action-history = Istoric importat
import-unreadable = Fișierul nu poate fi citit: { $cause }
import-line-too-long = Rândul { $line } este mai lung de 1 MiB. Căutați ghilimele neînchise
lead-column-status = Status
lead-column-created = Data creării
lead-column-entered = Data intrării
lead-column-actor = Mutat de
# Labels of files that were exported before the labels above changed.
lead-column-created-former = Creat la
lead-column-entered-former = Intrat la
lead-column-actor-former = Autor
lead-column-first-name = Prenume
lead-column-last-name = Nume de familie
lead-column-reason = Motiv
lead-column-note = Notă
lead-column-voided = Data anulării
lead-import-empty = Fișierul este gol. Adăugați un rând de antet, de exemplu external_ref,name,company
lead-import-many-cells = Acest rând are { $length } celule, iar antetul are { $max }. Puneți între ghilimele celulele care conțin separatorul
lead-import-nested = „{ $column }” conține o listă sau un obiect. Folosiți o valoare simplă
lead-import-no-object = Acest element din tabloul JSON nu este un obiect
lead-import-not-array = JSON-ul trebuie să fie un tablou de obiecte, câte unul pentru fiecare rând
lead-import-no-name = Nicio coloană nu dă un nume lead-urilor. Adăugați una dintre { $fields }. Antetul are: { $columns }
lead-import-no-visit = Un istoric al statusurilor are nevoie de coloanele { $fields }. Antetul are: { $columns }
lead-import-nameless = Acest rând nu are nume, companie sau referință externă. Adăugați una dintre ele
lead-import-no-status = Adăugați statusul în care s-a intrat
lead-import-archived = Statusul „{ $name }” este arhivat. Restaurați-l mai întâi sau folosiți altul
lead-import-status-several = Mai multe statusuri arhivate se numesc „{ $name }”. Folosiți slugul unuia: { $slugs }
lead-import-no-created = „{ $reference }” reprezintă în exporturi un lead fără referință și se găsește după valoarea exactă created_at. Păstrați coloana created_at ca la export sau folosiți altă referință
lead-import-readings = Statusurile din fișier
lead-import-reading = „{ $word }” se importă ca { $name }
lead-import-reading-old = „{ $word }” se importă ca { $name }, numele actual
lead-import-reading-other = „{ $word }” se importă ca statusul numit acum { $name }, nu ca { $other }, care a avut înainte acest nume
lead-import-no-lead = Niciun lead nu are referința { $reference }. Importați mai întâi lead-urile
lead-import-lived = Lead-ul { $reference } a fost mutat aici după import, așa că istoricul nu se înlocuiește. Eliminați rândurile lui din fișier
lead-import-twice = Rândul { $line } are aceeași referință externă. Păstrați unul dintre cele două
lead-import-email-twice = Rândul { $line } are aceeași adresă de e-mail. Păstrați unul dintre cele două
lead-import-email-several = Mai multe lead-uri au această adresă de e-mail, de exemplu { $first } și { $second }. Dați-i unuia alta sau potriviți după referință
lead-import-reference-other = Această referință este a lead-ului { $name }, care are altă adresă de e-mail. Ștergeți-o din fișier sau potriviți după referință
lead-import-no-email = Alegeți coloana cu adresele de e-mail, fiindcă lead-urile se potrivesc după ele
lead-import-other-names =
    { $count ->
        [one] 1 referință este folosită aici de un lead cu alt nume
        [few] { $count } referințe sunt folosite aici de lead-uri cu alte nume
       *[other] { $count } de referințe sunt folosite aici de lead-uri cu alte nume
    }, de exemplu { $reference }: { $here } aici, { $there } pe rândul { $line }. Dacă fișierul este din alt sistem, numiți sistemul.
lead-import-like-system = Coloanele arată ca un export din { $system }.
lead-import-matching = Potrivire
lead-import-similar =
    { $count ->
        [one] 1 lead nou există probabil deja aici
        [few] { $count } lead-uri noi există probabil deja aici
       *[other] { $count } de lead-uri noi există probabil deja aici
    }
lead-import-similar-row =
    { $by ->
        [email] Rândul { $line }: { $name } are adresa de e-mail a lead-ului { $other }
        [phone] Rândul { $line }: { $name } are numărul de telefon al lead-ului { $other }
       *[name] Rândul { $line }: { $name } are numele și compania lead-ului { $other }
    }
lead-import-similar-hint = Se importă ca lead-uri noi. Potriviți după adresa de e-mail ca să actualizați lead-urile de aici.
lead-import-match = Lead-urile se potrivesc după
lead-import-match-reference = Referință externă
lead-import-match-email = Adresă de e-mail
lead-import-match-email-hint = Rândurile fără adresă creează lead-uri. O adresă pe care o au mai multe lead-uri este o eroare.
lead-import-system = Sistemul fișierului
lead-import-system-hint = De exemplu HubSpot. Referințele externe se potrivesc în cadrul acestui sistem.
lead-import-made-at = Fișier făcut la
lead-import-made-at-hint = Previzualizarea arată atunci ce lead-uri s-au modificat aici de atunci.
import-match-unknown = „{ $text }” nu este un mod de potrivire. Folosiți reference, sau email pentru lead-uri
lead-import-file-changed = Fișierul s-a schimbat în timpul importului. Importați-l din nou
lead-import-status-gone = Statusul „{ $name }” nu mai există
lead-import-meanwhile = Cineva a schimbat acest lead în timpul importului, iar schimbarea s-a păstrat. Importați rândul din nou pentru a-l suprascrie
lead-import-under-way = { $who } importă deja acest fișier din { $since }: { $done } din { $total } rânduri până acum. Nu s-a pornit nimic
lead-moment-unknown = Introduceți o dată precum 2017-03-01 sau o dată cu oră precum 2017-03-01T14:30:00Z
lead-moment-format = Aceasta este { $day } dacă se alege formatul. Alegeți cum sunt scrise datele din această coloană
lead-moment-ambiguous = Aceasta poate fi { $first } sau { $second }. Alegeți cum sunt scrise datele din această coloană
lead-moment-other-format = Această dată nu este scrisă ca { $format }. Corectați-o sau alegeți alt format
lead-moment-future = Introduceți o dată care nu este în viitor
lead-moment-early = Introduceți o dată începând cu 1970
lead-export-too-many = { $count } rânduri sunt prea multe pentru o foaie, în care încap { $max }. Alegeți CSV sau JSON
lead-import-title = Importați lead-uri
lead-import-crumb-leads = Lead-uri
lead-import-intro = Importați lead-uri sau istoricul statusurilor lor dintr-un fișier. Previzualizați modificările înainte să se salveze ceva.
lead-import-what = Ce conține fișierul
lead-import-what-leads = Lead-uri
lead-import-what-leads-hint = Câte un rând pentru fiecare lead. Puteți crea statusurile care lipsesc.
lead-import-what-visits = Istoricul statusurilor
lead-import-what-visits-hint = Câte un rând pentru fiecare status în care a intrat un lead. Importați mai întâi lead-urile.
lead-import-currency = Monedă implicită
lead-import-currency-hint = Trei litere, de exemplu USD. Lăsați necompletat pentru EUR; lead-urile existente o păstrează pe a lor.
lead-import-about-match = Rândurile sunt asociate după referința externă. Celelalte devin lead-uri noi. Statusurile sunt asociate după nume, apoi după slug.
lead-import-about-blank = Coloanele care lipsesc și celulele goale nu schimbă nimic; puteți alege ca celulele goale să șteargă. 0 este zero.
lead-import-about-dates = Puteți alege cum sunt scrise datele și fusul lor orar. O dată fără oră este 00:00.
lead-import-columns-leads = Coloanele lead-urilor
lead-import-columns-visits = Coloanele istoricului
lead-import-columns = Asociați coloanele
lead-import-columns-hint = Alegeți ce este fiecare coloană, apoi reîmprospătați previzualizarea. Alegerea se ține minte pentru aceste titluri.
lead-import-looks-visits = Pare un istoric al statusurilor: câte un rând pentru fiecare status în care a intrat un lead.
lead-import-as-visits = Importați ca istoric al statusurilor
lead-import-choose-name = Nicio coloană nu dă nume lead-urilor. Alegeți-o pe cea cu referința externă, numele sau compania
lead-import-choose-visit = Istoricul are nevoie de trei coloane: referință externă, status și data intrării. Alegeți-le pe cele care lipsesc
lead-import-keep = Păstrați ca alt câmp
lead-import-keep-others = Păstrați celelalte coloane ca alte câmpuri
lead-import-kept = Păstrate ca alte câmpuri: { $columns }
lead-import-keep-visits = Un istoric de statusuri nu are alte câmpuri. Nu folosiți --keep-other-columns
lead-import-name-and-company = Nume și companie
lead-import-changes = Modificări ale lead-urilor existente
lead-import-erased = { $field } se șterge
lead-import-leads =
    { $count ->
        [one] { $count } lead
        [few] { $count } lead-uri
       *[other] { $count } de lead-uri
    }
lead-import-changed-here =
    { $count ->
        [one] { $name } a fost modificat aici după ce s-a făcut fișierul, de { $by } la { $at }. Importul suprascrie ce diferă.
        [few] { $count } dintre aceste lead-uri au fost modificate aici după ce s-a făcut fișierul, de exemplu { $name } de { $by } la { $at }. Importul suprascrie ce diferă.
       *[other] { $count } dintre aceste lead-uri au fost modificate aici după ce s-a făcut fișierul, de exemplu { $name } de { $by } la { $at }. Importul suprascrie ce diferă.
    }
lead-import-several-values =
    { $count ->
        [one] { $count } rând are mai multe telefoane sau adrese de e-mail. Se importă primul.
        [few] { $count } rânduri au mai multe telefoane sau adrese de e-mail. Se importă primul.
       *[other] { $count } de rânduri au mai multe telefoane sau adrese de e-mail. Se importă primul.
    }
lead-import-kinds = Erori pe feluri
lead-import-kind =
    { $count ->
        [one] { $field }: „{ $value }” pe rândul { $line }. { $problem }
        [few] { $field }: { $count } rânduri, de exemplu „{ $value }” pe rândul { $line }. { $problem }
       *[other] { $field }: { $count } de rânduri, de exemplu „{ $value }” pe rândul { $line }. { $problem }
    }
lead-import-kind-line =
    { $count ->
        [one] Rândul { $line }: { $problem }
        [few] { $count } rânduri, de exemplu rândul { $line }: { $problem }
       *[other] { $count } de rânduri, de exemplu rândul { $line }: { $problem }
    }
lead-import-bad-lines = Descărcați aceste rânduri pentru a le corecta
lead-import-do-good =
    { $count ->
        [one] Importați rândurile corecte, fără { $count } rând
        [few] Importați rândurile corecte, fără { $count } rânduri
       *[other] Importați rândurile corecte, fără { $count } de rânduri
    }
import-guess-dates = Datele din „{ $column }” se citesc ca { $format }, singura ordine potrivită pentru toate
import-read-dates = Datele din „{ $column }” se citesc ca { $format }
import-read-zone = Orele fără fus orar sunt { $zone }
import-zone-unknown = Nu există fusul orar „{ $text }”. Folosiți un nume precum Europe/Bucharest sau UTC
import-mark-unknown = „{ $text }” nu este un semn zecimal. Folosiți point sau comma
import-date-format-unknown = „{ $text }” nu este un format de dată. Folosiți unul precum day.month.year sau month/day/year
import-date-format = Date: { $field }
import-date-choose = Alegeți formatul
import-date-name = { $format }
import-time-zone = Fusul orar al orelor fără fus
import-decimal-mark = Semnul zecimal
import-mark-any = Doar unde este clar
import-mark-point = Punct (1,054.50)
import-mark-comma = Virgulă (1.054,50)
lead-import-refused =
    { $count ->
        [one] { $count } rând are o eroare. Corectați fișierul, apoi alegeți-l din nou.
        [few] { $count } rânduri au erori. Corectați fișierul, apoi alegeți-l din nou.
       *[other] { $count } de rânduri au erori. Corectați fișierul, apoi alegeți-l din nou.
    }
lead-import-problems = Erori
lead-import-problem = Eroare
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
        [one] { $count } status nu există încă
        [few] { $count } statusuri nu există încă
       *[other] { $count } de statusuri nu există încă
    }
lead-import-words = Statusurile alese
lead-import-words-hint = Alegeți ce status înseamnă fiecare nume din fișier sau creați-l. Apoi reîmprospătați previzualizarea.
lead-import-word-new = Creați acest status
lead-import-word-choose = Alegeți un status
lead-import-word-unknown = Nu există niciun status „{ $name }”
lead-import-word-form = Scrieți --status „CUVÂNT=STATUS” în loc de „{ $text }”
lead-import-make = Creați statusurile care lipsesc
lead-import-make-hint = Ca statusuri deschise, după ultimul deschis. Le puteți edita mai târziu.
lead-import-ask = Rugați un administrator să le creeze sau alegeți altă coloană pentru status.
lead-import-unmade = Unele statusuri nu există încă. Alegeți să fie create sau alegeți altă coloană pentru status
lead-import-too-many-made = Peste { $max } de statusuri nu există încă. Alegeți altă coloană pentru status sau importați mai întâi statusurile
lead-import-bad-status = „{ $name }” nu poate fi numele unui status. Corectați-l în fișier
lead-import-owners =
    { $count ->
        [one] { $count } responsabil nu este utilizator
        [few] { $count } responsabili nu sunt utilizatori
       *[other] { $count } de responsabili nu sunt utilizatori
    }
lead-import-owners-hint = Lead-urile noi rămân fără responsabil; cele existente îl păstrează pe al lor.
lead-import-actors =
    { $count ->
        [one] { $count } persoană nu este utilizator
        [few] { $count } persoane nu sunt utilizatori
       *[other] { $count } de persoane nu sunt utilizatori
    }
lead-import-actors-hint = Istoricul lor se importă sub numele din fișier.
lead-import-several = mai mulți utilizatori au acest nume
lead-import-in-default =
    { $count ->
        [one] { $count } valoare fără monedă se importă în { $currency }. Puteți alege alta mai sus.
        [few] { $count } valori fără monedă se importă în { $currency }. Puteți alege alta mai sus.
       *[other] { $count } de valori fără monedă se importă în { $currency }. Puteți alege alta mai sus.
    }
lead-import-unreferenced =
    { $count ->
        [one] { $count } rând nu are referință externă. La un nou import, lead-ul lui s-ar crea a doua oară.
        [few] { $count } rânduri nu au referință externă. La un nou import, lead-urile lor s-ar crea a doua oară.
       *[other] { $count } de rânduri nu au referință externă. La un nou import, lead-urile lor s-ar crea a doua oară.
    }
lead-import-unreferenced-visits =
    { $count ->
        [one] { $count } rând nu are referință externă și nu se importă.
        [few] { $count } rânduri nu au referință externă și nu se importă.
       *[other] { $count } de rânduri nu au referință externă și nu se importă.
    }
lead-import-notes =
    { $count ->
        [one] { $count } rând de sub tabel nu se importă.
        [few] { $count } rânduri de sub tabel nu se importă.
       *[other] { $count } de rânduri de sub tabel nu se importă.
    }
lead-import-voided =
    { $count ->
        [one] { $count } rând este o mutare anulată și nu se importă.
        [few] { $count } rânduri sunt mutări anulate și nu se importă.
       *[other] { $count } de rânduri sunt mutări anulate și nu se importă.
    }
lead-import-changed = S-a schimbat ceva de la previzualizare. Nu s-a importat nimic. Verificați noua previzualizare, apoi confirmați
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
lead-job-intro = Importul continuă în fundal. Puteți părăsi pagina.
lead-job-under-way = „{ $name }” se importă
lead-job-progress = Progres
lead-job-refresh = Actualizați
lead-job-rows = { $done } din { $total } rânduri
lead-job-done = Importul s-a încheiat.
lead-job-file-lost = Fișierul nu mai este pe server.
lead-job-bad-lines =
    { $count ->
        [one] Import încheiat; { $count } rând cu erori a fost omis.
        [few] Import încheiat; { $count } rânduri cu erori au fost omise.
       *[other] Import încheiat; { $count } de rânduri cu erori au fost omise.
    }
lead-job-left-out =
    { $count ->
        [one] Importul s-a încheiat, dar { $count } rând a fost omis: s-a schimbat ceva de la previzualizare.
        [few] Importul s-a încheiat, dar { $count } rânduri au fost omise: s-a schimbat ceva de la previzualizare.
       *[other] Importul s-a încheiat, dar { $count } de rânduri au fost omise: s-a schimbat ceva de la previzualizare.
    }
lead-job-left-out-count = Omise
lead-job-left-out-title = Rânduri omise
lead-job-again = Rândurile importate până acum rămân. Corectați fișierul și importați-l din nou; ele nu se importă de două ori.
lead-job-leads = Afișați lead-urile
lead-export-what = Alegeți lead-urile sau istoricul lor
lead-import-override = Excepție de la regulile statusurilor
lead-import-override-hint = Dați un motiv ca să importați și lead-urile care nu îndeplinesc regulile. Rămâne în istoricul lor.
