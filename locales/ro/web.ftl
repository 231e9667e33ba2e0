web-brand = Azuvio CRM
web-skip = Sari la conținut
web-navigation = Principal
web-menu-open = Deschide meniul
web-menu-close = Închide meniul
web-crumbs = Ești aici
web-profile = Profil
web-sign-out = Deconectare
web-title-error = Eroare:
web-problem = Există o problemă
web-optional = opțional
web-dismiss = Închide mesajul
web-undo = Anulează
web-close = Închide
web-cancel = Renunță
web-save = Salvează modificările
web-back = Înapoi la listă
web-try-again = Încearcă din nou
web-go-home = Mergi la statusurile de lead-uri
web-search = Caută
web-clear-search = Șterge căutarea
web-filter = Filtrează
web-filters-active = Filtre active
web-filter-remove = Elimină filtrul { $name }
web-apply = Aplică
web-clear-all = Șterge toate filtrele
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
web-select-all = Selectează toate rândurile de pe această pagină
web-select-row = Selectează { $name }
web-clear-selection = Golește selecția
web-bulk = Acțiuni pentru rândurile selectate
web-selected =
    { $count ->
        [one] { $count } selectat
        [few] { $count } selectate
       *[other] { $count } selectate
    }
web-select-matching =
    { $count ->
        [one] Selectează rezultatul găsit
        [few] Selectează toate cele { $count } rezultate
       *[other] Selectează toate cele { $count } de rezultate
    }
web-results =
    { $count ->
        [0] Niciun rezultat
        [one] Un rezultat
        [few] { $count } rezultate
       *[other] { $count } de rezultate
    }
web-no-match = Nimic nu se potrivește cu „{ $query }”
web-no-match-filters = Nimic nu se potrivește cu aceste filtre
web-drag = Trage pentru a muta
web-move-up = Mută mai sus
web-move-down = Mută mai jos
web-move-top = Mută la început
web-move-bottom = Mută la sfârșit
web-move-position = Poziția
web-move = Mută
web-copy = Copiază
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
web-yours = Al tău
web-theirs = Al celuilalt
web-field = Câmp
web-before = Înainte
web-after = După
web-shortcuts = Scurtături de tastatură
web-shortcuts-off = Le poți dezactiva din profil.
web-key-search = Caută
web-key-create = Creează
web-key-step = Rândul următor și cel anterior
web-key-select = Selectează rândul
web-key-open = Deschide rândul
web-key-edit = Editează
web-key-save = Salvează formularul
web-key-sheet = Arată această listă
