# Words we use: see web.ftl.

status-kind-open = Deschis
status-kind-paused = În pauză
status-kind-won = Câștigat
status-kind-lost = Pierdut
status-kind-junk = Nerelevant
status-kind-open-plural = Deschise
status-kind-paused-plural = În pauză
status-kind-won-plural = Câștigate
status-kind-lost-plural = Pierdute
status-kind-junk-plural = Nerelevante
status-kind-unknown = Alegeți un tip: open (deschis), paused (în pauză), won (câștigat), lost (pierdut) sau junk (nerelevant)
status-kind-held-default = Păstrați tipul Deschis: lead-urile noi încep aici. Pentru a-l schimba, alegeți mai întâi alt status implicit
status-kind-held-converted = Păstrați tipul Câștigat: lead-urile câștigate ajung aici. Pentru a-l schimba, alegeți mai întâi alt status de conversie
status-role-default = Implicit
status-role-converted = Conversie
status-role-archived = Restaurați mai întâi statusul: unul arhivat nu poate avea acest rol
status-role-needs-open = Schimbați mai întâi tipul în Deschis: lead-urile noi încep într-un status deschis
status-role-needs-won = Schimbați mai întâi tipul în Câștigat: lead-urile câștigate ajung într-un status câștigat
status-field-name = Nume
status-field-slug = Slug
status-field-color = Culoare
status-field-kind = Tip
status-field-position = Poziție
status-field-isdefault = Implicit pentru lead-uri noi
status-field-isconverted = Primește lead-urile câștigate
status-field-definition = Definiție
status-field-enter-when = Condiții de intrare
status-field-leave-when = Condiții de ieșire
# Labels of files that were exported before the labels above changed.
status-field-enter-when-former = Intră când
status-field-leave-when-former = Iese când
status-field-target-days = Țintă (zile)
status-field-limit-days = Limită (zile)
status-field-archived = Arhivat
status-field-version = Versiune
status-value-none = nimic
status-value-yes = da
status-value-no = nu
status-hue-slate = Gri-albăstrui
status-hue-red = Roșu
status-hue-orange = Portocaliu
status-hue-amber = Chihlimbariu
status-hue-lime = Verde-deschis
status-hue-green = Verde
status-hue-teal = Verde-albăstrui
status-hue-cyan = Turcoaz
status-hue-blue = Albastru
status-hue-indigo = Indigo
status-hue-violet = Violet
status-hue-pink = Roz
status-name-missing = Introduceți un nume, de exemplu „Calificat”
status-name-too-long = Scurtați numele la { $max } de caractere; are { $length }
status-name-control = Eliminați din nume sfârșitul de rând sau caracterul de control
status-name-invisible = Introduceți un nume cu caractere vizibile, de exemplu „Calificat”
status-slug-invalid = Folosiți în slug litere mici a–z, cifre și cratime simple, cel mult { $max } de caractere
status-color-invalid = Alegeți o culoare sau scrieți # și șase cifre, de exemplu #9163d5
status-criteria-too-many = Scurtați lista la { $max } de rânduri; are { $length }
status-criteria-too-long = Scurtați rândul { $line } la { $max } de caractere; are { $length }
status-days-whole = Introduceți un număr întreg de zile, de exemplu 10
status-days-range = Introduceți un număr de zile de la 1 la { $max }
status-target-above-limit =
    { $count ->
        [one] Coborâți ținta la limita de { $count } zi sau ridicați limita
        [few] Coborâți ținta la cel mult limita de { $count } zile sau ridicați limita
       *[other] Coborâți ținta la cel mult limita de { $count } de zile sau ridicați limita
    }
status-limit-below-target =
    { $count ->
        [one] Ridicați limita la cel puțin ținta de { $count } zi sau coborâți ținta
        [few] Ridicați limita la cel puțin ținta de { $count } zile sau coborâți ținta
       *[other] Ridicați limita la cel puțin ținta de { $count } de zile sau coborâți ținta
    }
status-order-position = Introduceți poziția ca număr întreg, de la 1
status-order-archived = Un status arhivat nu are o poziție. Restaurați-l mai întâi
status-order-ids = Trimiteți id-urile statusurilor în ordinea nouă
status-order-twice = Numiți fiecare status o singură dată: un id apare de două ori
status-order-incomplete = Numiți toate statusurile active și niciun altul
import-empty = Fișierul este gol. Adăugați un rând de antet, de exemplu name,kind,color
import-not-utf8 = Rândul { $line } nu este UTF-8 valid. Salvați fișierul ca UTF-8 și încercați din nou
import-not-utf16 = Fișierul nu este UTF-16 valid. Salvați-l ca UTF-8 și încercați din nou
import-nul = Rândul { $line } conține un caracter NUL. Salvați fișierul ca text UTF-8 și încercați din nou
import-not-encoding = Fișierul nu este în { $encoding }. Alegeți altă codificare
import-encoding-unknown = Nu există codificarea „{ $text }”. Folosiți un nume precum UTF-8 sau windows-1250
import-separator-unknown = „{ $text }” nu este un separator. Folosiți comma, semicolon, tab, pipe sau caracterul însuși
import-header-unknown = „{ $text }” nu este un rând. Introduceți numărul rândului cu titluri
import-sheet-unknown = Nu există foaia „{ $sheet }”. Foile sunt: { $sheets }
import-read-encoding = Citit ca { $encoding }
import-guess-encoding = Citit ca { $encoding }, codificarea potrivită literelor din fișier. Alegeți alta dacă exemplele arată greșit
import-read-separator =
    { $separator ->
        [semicolon] Celulele sunt separate prin punct și virgulă
        [tab] Celulele sunt separate prin tabulator
        [pipe] Celulele sunt separate prin bară verticală
        [comma] Celulele sunt separate prin virgulă
       *[other] Celulele sunt separate prin { $separator }
    }
import-read-header = Titlurile sunt pe rândul { $line }
import-untitled-column = coloana { $letters } (fără titlu)
import-not-xlsx = Registrul de calcul nu poate fi citit. Salvați-l ca .xlsx sau CSV și încercați din nou
import-workbook-large = Registrul de calcul este prea mare. Salvați foaia ca CSV și încercați din nou
import-workbook-busy = Se importă alt registru de calcul. Încercați din nou peste câteva clipe
import-all-hidden = Toate foile sunt ascunse. Afișați-o pe cea de importat și încercați din nou
import-sheet-read = A fost citită foaia „{ $sheet }”
import-sheets-others = Alte foi nu au fost citite: { $sheets }
import-sheets-hidden = Foile ascunse nu au fost citite: { $sheets }
import-rows-hidden =
    { $count ->
        [one] { $count } rând ascuns nu se importă. Afișați-l ca să fie importat
        [few] { $count } rânduri ascunse nu se importă. Afișați-le ca să fie importate
       *[other] { $count } de rânduri ascunse nu se importă. Afișați-le ca să fie importate
    }
import-columns-hidden = Coloanele ascunse nu se importă decât dacă le alegeți: { $columns }
import-not-computed = Formula de pe rândul { $line } nu are încă rezultat. Deschideți fișierul într-un program de calcul tabelar, salvați-l și alegeți-l din nou
import-cell-error = Celula de pe rândul { $line } arată o eroare în loc de o valoare. Corectați-o sau nu importați coloana
import-unclosed-quote = Ghilimelele deschise pe rândul { $line } nu se închid. Închideți-le sau dublați ghilimelele din celulă
import-stray-quote = După ghilimelele de închidere de pe rândul { $line } urmează text. Dublați ghilimelele din interiorul celulei
import-extra-cell = Rândul { $line } are { $length } celule, iar antetul are { $max }. Puneți între ghilimele celulele care conțin separatorul
import-too-many-rows = Fișierul are peste { $max } de rânduri. Împărțiți-l și importați părțile pe rând
import-too-many-columns = Fișierul are peste { $max } de coloane. Ștergeți câteva și încercați din nou
import-not-json = Fișierul nu este JSON valid. Verificați rândul { $line }, coloana { $column }
import-not-array = JSON-ul trebuie să fie un tablou de obiecte, câte unul pentru fiecare status
import-not-object = Elementul { $line } din tabloul JSON nu este un obiect
import-no-name = Nicio coloană nu se numește „name”. Antetul are: { $columns }. Redenumiți o coloană sau asociați una cu un câmp: { $fields }
import-column-twice = Coloanele „{ $first }” și „{ $second }” sunt ambele asociate cu { $field }. Eliminați una
import-map-form = Scrieți asocierea ca COLOANĂ=CÂMP în loc de „{ $text }”
import-map-field = Nu există câmpul „{ $field }”. Câmpurile sunt: { $fields }
import-map-column = Fișierul nu are coloana „{ $column }”. Antetul are: { $columns }
import-line-twice = Rândul { $line } are același status. Păstrați unul dintre cele două
import-name-twice = Rândul { $line } are același nume. Schimbați unul dintre cele două
import-role-twice = Și rândul { $line } are acest rol. Doar un status îl poate avea
import-role-given-up = Acest status are rolul. Dați rolul altui rând
import-no-default = Niciun status nu ar fi implicit. Puneți isdefault pe un rând de tip open
import-no-converted = Niciun status nu ar primi lead-urile câștigate. Puneți isconverted pe un rând de tip won
export-format-unknown = Alegeți csv, json sau xlsx
status-set-b2b = Vânzări B2B
status-set-b2b-about = De la primul interes la contractul semnat, cu o predare clară de la marketing la vânzări.
status-set-agency = Agenție
status-set-agency-about = De la solicitare, prin brief și prezentare, la client.
status-set-real-estate = Imobiliare
status-set-real-estate-about = De la solicitare, prin vizionări și ofertă, la notar.
status-set-recruiting = Recrutare
status-set-recruiting-about = De la candidatură, prin interviuri, la contractul semnat.
status-set-loans = Credite
status-set-loans-about = De la cerere, prin documente și analiză de risc, la acordarea banilor.
