status-kind-open = Deschis
status-kind-paused = În pauză
status-kind-won = Câștigat
status-kind-lost = Pierdut
status-kind-junk = Nerelevant
status-kind-unknown = Alegeți un tip: open (deschis), paused (în pauză), won (câștigat), lost (pierdut) sau junk (nerelevant)
status-kind-held-default = Păstrați tipul Deschis: lead-urile noi încep în acest status. Pentru a schimba tipul, faceți întâi implicit alt status
status-kind-held-converted = Păstrați tipul Câștigat: lead-urile câștigate ajung în acest status. Pentru a schimba tipul, alegeți întâi alt status pentru lead-urile câștigate
status-role-default = Implicit
status-role-converted = Convertit
status-role-archived = Restaurați întâi statusul: unul arhivat nu poate avea un rol
status-role-needs-open = Schimbați întâi tipul în Deschis: lead-urile noi încep numai într-un status deschis
status-role-needs-won = Schimbați întâi tipul în Câștigat: lead-urile câștigate ajung numai într-un status câștigat
status-field-name = Nume
status-field-slug = Slug
status-field-color = Culoare
status-field-kind = Tip
status-field-position = Poziție
status-field-isdefault = Implicit pentru lead-uri noi
status-field-isconverted = Primește lead-urile câștigate
status-field-definition = Definiție
status-field-enter-when = Intră când
status-field-leave-when = Iese când
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
status-name-control = Scoateți din nume sfârșitul de rând sau caracterul de control
status-name-invisible = Introduceți un nume care se vede, de exemplu „Calificat”
status-slug-invalid = Scrieți slugul cu litere mici a–z, cifre și cratime simple, cel mult { $max } de caractere
status-color-invalid = Alegeți o culoare, scrisă ca # și șase cifre, de exemplu #9163d5
status-definition-too-long = Scurtați definiția la { $max } de caractere; are { $length }
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
status-order-position = Introduceți poziția în pipeline ca număr întreg, numărat de la 1
status-order-ids = Trimiteți id-urile statusurilor în ordinea nouă
status-order-twice = Numiți fiecare status o singură dată: unul dintre id-uri apare de două ori
status-order-incomplete = Numiți toate statusurile în uz și niciun altul
import-empty = Fișierul este gol. Puneți un antet pe primul rând, de exemplu name,kind,color
import-not-utf8 = Rândul { $line } nu este UTF-8 valid. Salvați fișierul ca UTF-8 și încercați din nou
import-not-utf16 = Fișierul începe ca UTF-16, dar nu este. Salvați-l ca UTF-8 și încercați din nou
import-nul = Rândul { $line } conține un caracter NUL. Salvați fișierul ca text UTF-8 și încercați din nou
import-not-xlsx = Registrul de calcul nu poate fi citit. Salvați-l ca .xlsx sau CSV și încercați din nou
import-workbook-large = Registrul de calcul se despachetează în mai mult decât se poate citi. Salvați foaia ca CSV și încercați din nou
import-workbook-busy = Se citește alt registru de calcul. Încercați din nou imediat
import-all-hidden = Toate foile registrului de calcul sunt ascunse. Afișați-o pe cea de importat și încercați din nou
import-sheet-read = A fost citită foaia „{ $sheet }”
import-sheets-others = Alte foi nu au fost citite: { $sheets }
import-sheets-hidden = Foile ascunse nu au fost citite: { $sheets }
import-rows-hidden =
    { $count ->
        [one] { $count } rând ascuns a fost lăsat deoparte. Afișați-l ca să fie importat
        [few] { $count } rânduri ascunse au fost lăsate deoparte. Afișați-le ca să fie importate
       *[other] { $count } de rânduri ascunse au fost lăsate deoparte. Afișați-le ca să fie importate
    }
import-columns-hidden = Coloanele ascunse în foaie nu țin de niciun câmp decât dacă le alegeți: { $columns }
import-cell-error = O celulă de pe rândul { $line } arată o eroare în loc de o valoare. Corectați-o și încercați din nou
import-unclosed-quote = Ghilimelele deschise pe rândul { $line } nu se închid. Închideți-le sau dublați ghilimelele din celulă
import-stray-quote = După ghilimelele de închidere de pe rândul { $line } urmează text. Dublați ghilimelele care țin de celulă
import-extra-cell = Rândul { $line } are { $length } celule, iar antetul are { $max }. Puneți între ghilimele celulele care conțin separatorul
import-too-many-rows = Fișierul are peste { $max } de rânduri. Împărțiți-l și importați părțile pe rând
import-too-many-columns = Fișierul are peste { $max } de coloane. Ștergeți-le pe cele de care nu e nevoie
import-not-json = Fișierul nu este JSON valid: vedeți rândul { $line }, coloana { $column }
import-not-array = JSON-ul trebuie să fie un tablou de obiecte, câte unul pentru fiecare status
import-not-object = Elementul { $line } din tabloul JSON nu este un obiect
import-no-name = Nicio coloană nu se numește „name”. Antetul are: { $columns }. Redenumiți o coloană sau asociați una cu un câmp: { $fields }
import-column-twice = Două coloane, „{ $first }” și „{ $second }”, înseamnă amândouă { $field }. Lăsați una deoparte
import-map-form = Scrieți o asociere ca COLOANĂ=CÂMP; „{ $text }” nu este una
import-map-field = Nu există câmpul „{ $field }”. Câmpurile sunt: { $fields }
import-map-column = Fișierul nu are coloana „{ $column }”. Antetul are: { $columns }
import-line-twice = Rândul { $line } este despre același status. Păstrați unul dintre cele două
import-name-twice = Rândul { $line } are același nume. Alegeți altul pentru unul dintre cele două
import-role-twice = Și rândul { $line } cere acest rol. Numai un status îl poate avea
import-role-given-up = Acest status are rolul. Dați-l altui rând în loc să-l luați de aici
import-no-default = După import niciun status nu ar fi implicit. Puneți isdefault pe un rând de tip open
import-no-converted = După import niciun status nu ar primi lead-urile câștigate. Puneți isconverted pe un rând de tip won
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
