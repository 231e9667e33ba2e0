web-brand = Azuvio CRM
web-skip = Salt la conținut
web-navigation = Navigare principală
web-menu-open = Deschideți meniul
web-menu-close = Închideți meniul
web-crumbs = Vă aflați aici
web-profile = Profil
web-sign-out = Deconectare
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
web-go-home = La statusurile de lead-uri
web-search = Căutare
web-clear-search = Ștergeți căutarea
web-filter = Filtrare
web-filters-active = Filtre active
web-filter-remove = Eliminați filtrul { $name }
web-filter-nothing = Un filtru nu poate fi citit
web-filter-without = Scoateți filtrul „{ $name }”
web-filter-unreadable = Acest filtru nu poate fi citit: „{ $value }” nu este un text.
web-bulk-id = „{ $value }” nu este un id, așa că nu s-a făcut nimic.
web-bulk-scope = „{ $value }” nu este un domeniu de aplicare: acesta este „all” sau lipsește.
web-bulk-expect = „{ $value }” nu este nici un număr, nici amprenta unei previzualizări, așa că nu s-a făcut nimic.
web-bulk-expect-missing = O acțiune asupra a tot ce se potrivește spune în „expect” câte sunt, ca să nu atingă altele. Nu s-a făcut nimic.
web-apply = Aplicați
web-clear-all = Ștergeți toate filtrele
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
web-clear-selection = Goliți selecția
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
web-no-match = Nimic nu se potrivește cu „{ $query }”
web-no-match-filters = Nimic nu se potrivește cu aceste filtre
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
web-color-hex = Culoarea scrisă ca # și șase cifre
web-preview = Previzualizare
web-preview-name = Nume
web-preview-note = Textul rămâne lizibil cu orice culoare, pe fundal deschis și închis.
web-theme = Temă
web-theme-auto = Ca sistemul
web-theme-light = Deschisă
web-theme-dark = Închisă
web-language = Limbă
web-yours = Ale dumneavoastră
web-theirs = Ale celeilalte persoane
web-field = Câmp
web-before = Înainte
web-after = După
web-shortcuts = Scurtături de tastatură
web-shortcuts-off = Le puteți dezactiva din profil.
web-key-search = Căutare
web-key-create = Creare
web-key-step = Rândul următor și cel anterior
web-key-select = Selectarea rândului
web-key-open = Deschiderea rândului
web-key-edit = Editare
web-key-save = Salvarea formularului
web-key-sheet = Această listă
web-input-control = Scoateți din text caracterul de control; nu poate fi păstrat
web-input-not-simple = Trimiteți aici un singur text sau număr, nu o listă sau un obiect
web-input-not-list = Trimiteți o listă de texte sau un singur text cu câte un rând pentru fiecare
web-input-not-truth = Trimiteți true sau false
web-input-not-version = Trimiteți versiunea ca număr întreg, așa cum a fost citită
web-conflict-title = Altcineva a modificat aceleași câmpuri
web-conflict-lead = Încă nu s-a salvat nimic. Alegeți pe fiecare rând valoarea care rămâne, apoi salvați.
web-conflict-crumb = Alegere
web-conflict-caption = Câmpurile pe care le-ați modificat amândoi
web-conflict-merged = Deja puse împreună
web-conflict-theirs = modificat de { $who }
web-conflict-mine = modificat de dumneavoastră
web-conflict-save = Salvați aceste valori
web-conflict-drop = Renunțați la modificările mele
web-deleted-lead = A fost șters în timp ce îl editați. Nu s-a salvat nimic și nu s-a pierdut nimic din ce ați scris.
web-deleted-by = Șters de { $who }
web-deleted-typed = Ce ați scris
web-choice-unknown = Alegeți una dintre cele două valori
