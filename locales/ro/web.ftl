# Words we use, in every file of this language: un cuvânt pentru un lucru, verbul întâi, fără punct în etichete.
#
# status        unde se află un lead; are un tip (deschis, în pauză, câștigat, pierdut, nerelevant), o definiție, o țintă și o limită
# activ         un status care nu este arhivat; nu „în uz”
# folosit       ceva ce nu poate fi șters încă
# pipeline      toate statusurile active, în ordinea lor
# șablon        un pipeline gata făcut; nu „set”
# implicit      statusul lead-urilor noi
# conversie     statusul lead-urilor câștigate
# responsabil   cine se ocupă de un lead sau pentru cine acționează un token; nu „proprietar”
# vechime       zilele de când lead-ul este în status, fără pauze; pe coloane „În status”; nu „ceas”, „etapă”, „vizită”
# istoric       ce s-a întâmplat cu un lead sau cu un status
# în termen, în pericol, blocat, în pauză   starea unui lead; nu „la risc”
# țintă, limită    zilele până când un lead este în pericol sau blocat
# mutare, a muta   schimbă statusul; „Anulați” anulează o mutare sau o modificare
# a antedata    introduce o dată mai veche
# a pune în pauză, a relua
# coș           unde ajung lead-urile șterse și de unde se restaurează
# companie      nu „firmă”
# panou         nu „tablă”
# editați       nu „modificați”; ce s-a schimbat este „modificat”
# previzualizare   nu „ce s-ar întâmpla”; „Actualizați previzualizarea”
# omis          lăsat în afara unei acțiuni sau a unui import; coloanele sunt „neimportate”
# rând          nu „linie”
# condiții de intrare, condiții de ieșire
# necompletat   un câmp lăsat gol
# administrator, manager, agent, cititor   rolurile utilizatorilor
#
# Butoanele sunt la imperativ, persoana a doua plural: Căutați, Exportați, Salvați.

web-brand = Azuvio CRM
web-skip = Treceți la conținut
web-navigation = Meniu principal
web-menu-open = Deschideți meniul
web-menu-close = Închideți meniul
web-crumbs = Cale de navigare
web-profile = Profil
web-sign-out = Deconectați-vă
web-title-error = Eroare:
web-problem = Există o problemă
web-optional = opțional
web-dismiss = Închideți mesajul
web-undo = Anulați
web-close = Închideți
web-cancel = Renunțați
web-save = Salvați modificările
web-back = Înapoi la listă
web-try-again = Încercați din nou
web-go-home = Mergeți la statusuri
web-search = Căutați
web-clear-search = Ștergeți căutarea
web-filter = Filtrați
web-filters-active = Filtre active
web-filter-remove = Eliminați filtrul { $name }
web-filter-nothing = Acest filtru nu este valid
web-filter-without = Eliminați filtrul „{ $name }”
web-filter-unreadable = „{ $value }” nu este un filtru valid.
web-filter-zone = „{ $value }” nu este un fus orar.
web-bulk-id = „{ $value }” nu este un id. Nu s-a schimbat nimic.
web-bulk-scope = „{ $value }” nu este un domeniu valid. Trimiteți „all” sau omiteți-l.
web-bulk-expect = „{ $value }” nu este un număr sau codul unei previzualizări. Nu s-a schimbat nimic.
web-bulk-expect-missing = Nu s-a schimbat nimic. Pentru a schimba tot ce se potrivește, trimiteți în „expect” câte sunt.
web-apply = Aplicați
web-clear-all = Ștergeți filtrele
web-columns = Coloane
web-actions = Acțiuni
web-actions-for = Acțiuni pentru { $name }
web-updated = Actualizat
web-range = { $from }–{ $to } din { $total }
web-per-page = Rânduri pe pagină
web-pager = Pagini
web-page = Pagina { $page }
web-previous = Pagina anterioară
web-next = Pagina următoare
web-selection = Selecție
web-select-all = Selectați toate rândurile de pe această pagină
web-select-row = Selectați { $name }
web-clear-selection = Anulați selecția
web-bulk = Acțiuni pentru rândurile selectate
web-selected =
    { $count ->
        [one] { $count } selectat
        [few] { $count } selectate
       *[other] { $count } selectate
    }
web-select-all-matching = Selectați toate rezultatele
web-select-matching =
    { $count ->
        [one] Selectați rezultatul găsit
        [few] Selectați toate cele { $count } rezultate
       *[other] Selectați toate cele { $count } de rezultate
    }
web-select-more =
    { $count ->
        [one] Selectați toate rezultatele ({ $count }+)
        [few] Selectați toate rezultatele ({ $count }+)
       *[other] Selectați toate rezultatele ({ $count }+)
    }
web-results =
    { $count ->
        [0] Niciun rezultat
        [one] { $count } rezultat
        [few] { $count } rezultate
       *[other] { $count } de rezultate
    }
web-no-match = Niciun rezultat pentru „{ $query }”
web-no-match-filters = Niciun rezultat pentru aceste filtre
web-drag = Trageți pentru a muta
web-move-up = Mutați mai sus
web-move-down = Mutați mai jos
web-move-top = Mutați la început
web-move-bottom = Mutați la sfârșit
web-move-position = Poziția
web-move = Mutați
web-copy = Copiați
web-copied = Copiat
web-color = Culoare
web-color-custom = Altă culoare
web-color-hex = Codul hex al culorii
web-preview = Previzualizare
web-preview-name = Nume
web-preview-note = Textul rămâne lizibil cu orice culoare, pe fundal deschis sau închis.
web-theme = Temă
web-theme-auto = Sistem
web-theme-light = Deschisă
web-theme-dark = Închisă
web-language = Limbă
web-yours = Varianta dumneavoastră
web-theirs = Cealaltă variantă
web-field = Câmp
web-before = Înainte
web-after = După
web-shortcuts = Scurtături de tastatură
web-shortcuts-off = Le puteți dezactiva din profil.
web-key-search = Căutați
web-key-create = Creați
web-key-step = Treceți la rândul următor sau anterior
web-key-select = Selectați rândul
web-key-open = Deschideți rândul
web-key-edit = Editați
web-key-note = Scrieți o notă
web-key-move = Alegeți un status
web-key-save = Salvați formularul
web-key-sheet = Afișați scurtăturile
web-input-control = Eliminați din text caracterele de control
web-line-control = Eliminați sfârșiturile de rând și caracterele de control
web-text-too-long = Scurtați la { $max } de caractere; are { $length }
web-input-not-simple = Trimiteți un singur text sau număr, nu o listă sau un obiect
web-input-not-list = Trimiteți o listă de texte sau un singur text cu câte o intrare pe rând
web-input-not-object = Trimiteți aici un obiect, cu câte un membru pentru fiecare nume
web-input-not-truth = Trimiteți true sau false
web-input-not-version = Trimiteți versiunea ca număr întreg
web-parameter-unknown = „{ $name }” nu este un parametru al acestei liste
web-field-unknown = „{ $name }” nu este un câmp aici. Nu a fost salvat
web-field-read-only = „{ $name }” nu poate fi modificat. Nu a fost salvat
web-fields-more =
    { $count ->
        [one] Încă un câmp nu a fost salvat
        [few] Încă { $count } câmpuri nu au fost salvate
       *[other] Încă { $count } de câmpuri nu au fost salvate
    }
web-conflict-title = Altcineva a modificat aceleași câmpuri
web-conflict-intro = Încă nu s-a salvat nimic. Alegeți valoarea păstrată pe fiecare rând, apoi salvați.
web-conflict-crumb = Alegeți
web-conflict-caption = Câmpuri modificate de amândoi
web-conflict-merged = Combinate automat
web-conflict-theirs = modificat de { $who }
web-conflict-mine = modificat de dumneavoastră
web-conflict-save = Salvați
web-conflict-drop = Renunțați la modificările mele
web-deleted-intro = A fost șters în timp ce îl editați. Nu s-a salvat nimic, iar textul dumneavoastră este păstrat mai jos.
web-deleted-by = Șters de { $who }
web-deleted-typed = Textul dumneavoastră
web-choice-unknown = Alegeți una dintre cele două valori
web-form-restored = Acesta este textul scris când s-a încheiat sesiunea. Încă nu este salvat: verificați-l și trimiteți-l din nou.
web-form-not-sent = Sesiunea s-a încheiat, deci nu s-a schimbat nimic. Încercați din nou.
web-export-shown = Exportați lista ca
