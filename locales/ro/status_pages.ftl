# Words we use: see web.ftl.

status-form-crumb = Statusuri
status-form-new = Status nou
status-form-edit = Editați „{ $name }”
status-form-edit-crumb = Editați
status-form-name-hint = Cel mult 50 de caractere.
status-form-kind-hint = Ce înseamnă statusul în rapoarte, oricum s-ar numi.
status-form-definition-hint = Când se află un lead în acest status? Una sau două propoziții pe care le înțelege și un agent nou.
status-form-enter-hint = Când ar trebui să intre un lead; câte o condiție pe rând. Text pentru oameni: se verifică doar regulile.
status-form-leave-hint = Când ar trebui un lead să treacă mai departe; câte o condiție pe rând. Text pentru oameni: nu se verifică nimic.
status-form-target-hint = În acest timp, un lead ar trebui să treacă mai departe.
status-form-limit-hint = După acest timp, un lead este blocat.
status-form-create = Creați statusul
status-form-create-another = Creați și adăugați altul
status-form-use = Utilizare
status-form-role-kind = Tipul nu se poate schimba cât timp statusul are acest rol.
status-form-is-archived = Arhivat: aici nu se pot muta lead-uri.
status-kind-open-about = Agenții lucrează la aceste lead-uri; pot fi în pericol sau blocate.
status-kind-paused-about = Așteaptă intenționat; niciodată în pericol sau blocate.
status-kind-won-about = Lead-ul a devenit client.
status-kind-lost-about = Lead-ul a ales să nu cumpere de la noi.
status-kind-junk-about = Nu a fost niciodată un lead real: spam, dublură, număr greșit.
status-help-title = Cum se scrie o definiție bună
status-help-fact = Spune ce este adevărat despre lead, nu ce a făcut agentul.
status-help-yes-no = La fiecare condiție se poate răspunde cu da sau nu.
status-help-alike = Doi agenți ajung la aceeași decizie.
status-help-way-out = Acoperă toate ieșirile, inclusiv pierderea.
status-help-example = De exemplu: „Nevoia, bugetul și cel care decide sunt cunoscute, iar următoarea întâlnire este programată.”
status-saved-new = „{ $name }” a fost creat.
status-saved = „{ $name }” a fost salvat.
status-saved-same = Nicio modificare de salvat.
status-saved-merged = „{ $name }” a fost salvat, împreună cu modificările făcute între timp de { $by }: { $fields }.
status-gone-title = „{ $name }” nu mai există
status-gone-again = Creați-l din nou
status-show-edit = Editați
status-show-means = Definiție
status-show-define = Scrieți o definiție
status-show-undefined = Încă fără definiție
status-show-undefined-write = Două propoziții sunt de ajuns pentru ca toți agenții să folosească statusul la fel.
status-show-undefined-read = Rugați un administrator să scrie una.
status-show-no-definition = Încă fără definiție.
status-show-no-enter = Nicio condiție.
status-show-no-leave = Nicio condiție.
status-show-archived-tag = Arhivat
status-show-archived = Arhivat: aici nu se pot muta lead-uri. Istoricul lead-urilor îl păstrează.
status-show-is-default = Lead-urile noi încep aici.
status-show-is-converted = Lead-urile câștigate ajung aici.
status-show-time = Limite de timp
status-show-time-both =
    { $target ->
        [one] Țintă: { $target } zi.
        [few] Țintă: { $target } zile.
       *[other] Țintă: { $target } de zile.
    } { $limit ->
        [one] Blocat după { $limit } zi.
        [few] Blocat după { $limit } zile.
       *[other] Blocat după { $limit } de zile.
    }
status-show-time-target =
    { $count ->
        [one] Țintă: { $count } zi. Apoi în pericol; fără limită.
        [few] Țintă: { $count } zile. Apoi în pericol; fără limită.
       *[other] Țintă: { $count } de zile. Apoi în pericol; fără limită.
    }
status-show-time-limit =
    { $count ->
        [one] Blocat după { $count } zi; fără țintă.
        [few] Blocat după { $count } zile; fără țintă.
       *[other] Blocat după { $count } de zile; fără țintă.
    }
status-show-time-none = Fără țintă și fără limită: lead-urile nu sunt niciodată blocate aici.
status-show-time-closed = Doar lead-urile din statusuri deschise pot fi în pericol sau blocate.
status-show-leads =
    { $count ->
        [0] Niciun lead.
        [one] { $count } lead.
        [few] { $count } lead-uri.
       *[other] { $count } de lead-uri.
    }
status-show-position = Poziția { $position } din { $total }
status-show-facts = Detalii
status-show-created = Creat
status-show-changed = Ultima modificare
status-show-last = Ultima modificare: { $who }
status-show-api = API
status-show-api-intro = Cu tokenul dumneavoastră în TOKEN, aceste apeluri citesc statusul și îi schimbă un câmp:
status-history-title = Istoric
status-history-empty = Încă nicio modificare.
status-history-create = Creat de { $who }
status-history-bring-back = Recuperat de { $who }
status-history-update = Modificat de { $who }
status-history-archive = Arhivat de { $who }
status-history-restore = Restaurat de { $who }
status-history-delete = Șters de { $who }
status-history-take-role = Rol atribuit de { $who }
status-history-give-up-role = Rol mutat de { $who }
status-history-fields =
    { $count ->
        [one] Un câmp
        [few] { $count } câmpuri
       *[other] { $count } de câmpuri
    }
status-history-older = Afișați mai vechi
status-history-newest = Afișați cele mai noi
status-history-via-bulk = în masă
status-history-via-import = import
status-history-via-api = API
status-history-via-undo = anulare
status-history-via-cli = linia de comandă
status-history-via-setup = configurare inițială
