import-crumb = Import
import-lead = Aduceți un pipeline întreg dintr-un fișier. Vedeți, rând cu rând, ce s-ar întâmpla înainte să se schimbe ceva.
import-file = Fișier
import-file-hint = CSV, JSON sau XLSX, până la 64 MiB. Primul rând denumește coloanele.
import-choose-file = Alegeți întâi un fișier
import-gone = Fișierul a așteptat mai mult de o oră. Alegeți-l din nou
import-about-match = Un rând se referă la statusul cu slugul lui, altfel la cel cu numele lui. Orice alt rând creează un status nou.
import-about-order = Ordinea rândurilor devine ordinea pipeline-ului. Statusurile pe care fișierul nu le numește urmează după ele.
import-about-blank = O coloană care lipsește nu schimbă nimic. O celulă goală își golește câmpul; numai tipul și culoarea rămân așa cum sunt, precum și numele unui status care există.
import-about-all = Se importă toate rândurile sau niciunul.
import-columns = Coloane
import-columns-hint = Sub aceste nume sau sub etichetele lor; pe celelalte le puteți asocia la pasul următor.
import-example = Ce există acum, ca exemplu:
import-changed = Statusurile s-au schimbat de când ați privit, așa că nu s-a făcut nimic. Vedeți ce s-ar întâmpla acum, apoi confirmați din nou.
import-flash = „{ $name }” a fost importat. Statusuri noi: { $created }, modificate: { $changed }.
import-flash-nothing = Totul era deja așa; nu a fost nimic de schimbat.
plan-crumb = Previzualizare
plan-import-title = Importați „{ $name }”?
plan-set-title = Folosiți setul „{ $name }”?
plan-lead = Încă nu s-a schimbat nimic. Vedeți ce s-ar întâmpla, apoi confirmați.
plan-look = Vedeți ce s-ar întâmpla
plan-created = Noi
plan-changed = Modificate
plan-same = Neschimbate
plan-archived = Arhivate
plan-refused = Refuzate
plan-refused-lines =
    { $count ->
        [one] { $count } rând nu poate fi acceptat, așa că încă nu se poate importa nimic
        [few] { $count } rânduri nu pot fi acceptate, așa că încă nu se poate importa nimic
       *[other] { $count } de rânduri nu pot fi acceptate, așa că încă nu se poate importa nimic
    }
plan-lines = Ce s-ar întâmpla
plan-line = Rândul
plan-entry = Elementul
plan-place = Locul
plan-happens = Rezultat
plan-details = Detalii
plan-nameless = fără nume
plan-tag-new = nou
plan-tag-changed = modificat
plan-tag-refused = refuzat
plan-more =
    { $count ->
        [one] Încă { $count } rând nu este afișat.
        [few] Încă { $count } rânduri nu sunt afișate.
       *[other] Încă { $count } de rânduri nu sunt afișate.
    }
plan-same-list =
    { $count ->
        [one] { $count } status rămâne așa cum este
        [few] { $count } statusuri rămân așa cum sunt
       *[other] { $count } de statusuri rămân așa cum sunt
    }
plan-order = Pipeline-ul după aceea
plan-order-moves = ordine nouă
plan-role-default = Lead-urile noi pornesc din „{ $to }” în loc de „{ $from }”.
plan-role-converted = Lead-urile câștigate ajung în „{ $to }” în loc de „{ $from }”.
plan-nothing = Nu este nimic de făcut
plan-nothing-text = Totul este deja așa.
plan-columns = Coloanele fișierului
plan-columns-hint = Alegeți câmpul pe care îl reprezintă fiecare coloană, apoi priviți din nou.
plan-column-none = Lăsată deoparte
plan-left-out = Lăsate deoparte, fiindcă nu reprezintă niciun câmp: { $columns }
plan-again = Priviți din nou
plan-other-file = Alegeți alt fișier
plan-do-import =
    { $count ->
        [one] Importați { $count } status
        [few] Importați { $count } statusuri
       *[other] Importați { $count } de statusuri
    }
plan-do-order = Importați ordinea nouă
plan-do-set = Folosiți acest set
plan-others = Statusuri care nu sunt în set
plan-other-archived = se arhivează; nu are lead-uri
plan-other-kept = rămâne, după cele din set
plan-other-leads =
    { $count ->
        [one] rămâne: { $count } lead este în el
        [few] rămâne: { $count } lead-uri sunt în el
       *[other] rămâne: { $count } de lead-uri sunt în el
    }
sets-crumb = Seturi standard
sets-lead = Porniți de la un pipeline gata făcut, cu definiții și limite, apoi adaptați-l. Vedeți ce s-ar întâmpla înainte să se schimbe ceva.
sets-choice = Seturi
sets-choose = Alegeți unul dintre seturi
sets-options = Opțiuni
sets-language = Limba numelor și a definițiilor
sets-language-en = English
sets-language-ro = Română
sets-archive = Arhivați statusurile care nu sunt în set
sets-archive-hint = Numai cele în care nu sunt lead-uri; cele arhivate pot fi restaurate.
sets-flash = Setul „{ $name }” este în uz. Statusuri noi: { $created }, modificate: { $changed }, arhivate: { $archived }.
