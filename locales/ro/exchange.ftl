# Words we use: see web.ftl.

import-crumb = Import
import-intro = Importați un pipeline întreg dintr-un fișier. Previzualizați modificările înainte să se salveze ceva.
import-file = Fișier
import-file-hint = CSV, JSON sau XLSX, până la 64 MiB. Rândul cu titluri este găsit.
import-choose-file = Alegeți mai întâi un fișier
import-gone = Fișierul a fost păstrat doar o oră. Alegeți-l din nou
import-about-match = Rândurile sunt asociate după slug, apoi după nume. Celelalte devin statusuri noi.
import-about-order = Ordinea rândurilor devine ordinea pipeline-ului. Statusurile care nu sunt în fișier urmează după ele.
import-about-blank = Coloanele care lipsesc și celulele goale nu schimbă nimic; puteți alege ca celulele goale să șteargă.
import-done-before = Fișierul acesta a fost importat deja. Iată ce a făcut acel import.
import-about-all = Se importă toate rândurile sau niciunul.
import-columns = Coloane
import-columns-hint = Numele sau etichetele coloanelor; pe celelalte le puteți asocia la pasul următor.
import-example = Descărcați un exemplu cu datele actuale:
import-changed = Statusurile s-au schimbat de la previzualizare. Nu s-a importat nimic. Verificați noua previzualizare, apoi confirmați.
import-flash = „{ $name }” a fost importat. Statusuri noi: { $created }, modificate: { $changed }.
import-flash-nothing = Nicio modificare.
import-reading = Cum se citește fișierul
import-encoding = Codificare
import-separator = Separator
import-separator-name =
    { $word ->
        [comma] virgulă
        [semicolon] punct și virgulă
        [tab] tabulator
        [pipe] bară verticală
       *[other] { $word }
    }
import-sheet = Foaie
import-header-line = Rândul cu titluri
import-recognised = Recunoscut: { $value }
import-column = Coloană
import-sample = Exemple
import-as = Se importă ca
import-blank-erases = Celulele goale șterg valorile
import-blank-erases-hint = Altfel, o celulă goală nu schimbă nimic.
import-blank-words = Se citesc n/a, -, NULL și altele asemenea drept celule goale
plan-crumb = Previzualizare
plan-import-title = Importați „{ $name }”?
plan-set-title = Folosiți șablonul „{ $name }”?
plan-intro = Încă nu s-a schimbat nimic. Verificați modificările, apoi confirmați.
plan-look = Previzualizați modificările
plan-created = Noi
plan-changed = Modificate
plan-same = Neschimbate
plan-archived = Arhivate
plan-refused = Erori
plan-refused-lines =
    { $count ->
        [one] { $count } rând are o eroare. Corectați fișierul, apoi alegeți-l din nou.
        [few] { $count } rânduri au erori. Corectați fișierul, apoi alegeți-l din nou.
       *[other] { $count } de rânduri au erori. Corectați fișierul, apoi alegeți-l din nou.
    }
plan-lines = Modificări
plan-line = Rând
plan-entry = Element
plan-place = Poziție
plan-happens = Modificare
plan-details = Detalii
plan-nameless = fără nume
plan-tag-new = nou
plan-tag-changed = modificat
plan-tag-refused = eroare
plan-more =
    { $count ->
        [one] și încă { $count } rând
        [few] și încă { $count } rânduri
       *[other] și încă { $count } de rânduri
    }
plan-same-list =
    { $count ->
        [one] { $count } status neschimbat
        [few] { $count } statusuri neschimbate
       *[other] { $count } de statusuri neschimbate
    }
plan-order = Noul pipeline
plan-order-moves = ordine nouă
plan-role-default = Lead-urile noi încep în „{ $to }” în loc de „{ $from }”.
plan-role-converted = Lead-urile câștigate ajung în „{ $to }” în loc de „{ $from }”.
plan-nothing = Nicio modificare
plan-nothing-text = Pipeline-ul arată deja așa.
plan-columns = Coloanele fișierului
plan-columns-hint = Alegeți câte un câmp pentru fiecare coloană, apoi actualizați previzualizarea.
plan-column-none = Neimportată
plan-left-out = Neimportate: { $columns }
plan-again = Actualizați previzualizarea
plan-other-file = Alegeți alt fișier
plan-do-import =
    { $count ->
        [one] Importați { $count } status
        [few] Importați { $count } statusuri
       *[other] Importați { $count } de statusuri
    }
plan-do-order = Importați ordinea nouă
plan-do-set = Folosiți acest șablon
plan-others = Statusuri care nu sunt în șablon
plan-other-archived = va fi arhivat; nu are lead-uri
plan-other-kept = rămâne, după cele din șablon
plan-other-leads =
    { $count ->
        [one] rămâne, pentru că are { $count } lead
        [few] rămâne, pentru că are { $count } lead-uri
       *[other] rămâne, pentru că are { $count } de lead-uri
    }
sets-crumb = Șabloane
sets-intro = Începeți de la un pipeline gata făcut, cu definiții și limite, apoi schimbați ce doriți. Previzualizați mai întâi modificările.
sets-choice = Șabloane
sets-choose = Alegeți un șablon
sets-options = Opțiuni
sets-language = Limba numelor și a definițiilor
sets-language-en = English
sets-language-ro = Română
sets-archive = Arhivați statusurile care nu sunt în șablon
sets-archive-hint = Doar statusurile fără lead-uri. Le puteți restaura.
sets-flash = „{ $name }” a fost aplicat. Statusuri noi: { $created }, modificate: { $changed }, arhivate: { $archived }.
