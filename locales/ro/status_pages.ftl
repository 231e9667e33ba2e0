status-form-crumb = Statusuri
status-form-new = Status nou
status-form-edit = Editați „{ $name }”
status-form-edit-crumb = Editare
status-form-name-hint = Ce văd oamenii în liste și rapoarte; cel mult 50 de caractere.
status-form-kind-hint = Ce înseamnă statusul pentru rapoarte, oricum s-ar numi.
status-form-definition-hint = Când se află un lead în acest status? Una sau două propoziții pe care le înțelege și un coleg nou.
status-form-enter-hint = Ce trebuie să fie adevărat înainte ca un lead să ajungă aici; câte una pe rând.
status-form-leave-hint = Ce trebuie să fie adevărat înainte ca un lead să meargă mai departe; câte una pe rând.
status-form-target-hint = În acest timp, un lead ar trebui să meargă mai departe.
status-form-limit-hint = După acest timp, un lead este blocat.
status-form-create = Creați statusul
status-form-create-another = Creați și adăugați altul
status-form-use = Utilizare
status-form-role-kind = Cât timp este așa, tipul rămâne neschimbat.
status-form-is-archived = Este arhivat: aici nu se pot muta lead-uri.
status-kind-open-about = Se lucrează la lead-uri; pot fi în pericol sau blocate.
status-kind-paused-about = Așteptare intenționată; niciodată în pericol sau blocate.
status-kind-won-about = Lead-ul a devenit client.
status-kind-lost-about = Lead-ul a ales să nu cumpere de la noi.
status-kind-junk-about = Nu a fost niciodată un lead: spam, dublură, număr greșit.
status-help-title = Cum arată o definiție bună
status-help-fact = Spune ce este adevărat despre lead, nu ce a făcut agentul.
status-help-yes-no = La fiecare condiție se poate răspunde cu da sau nu.
status-help-alike = Doi agenți care o citesc decid la fel.
status-help-way-out = Numește toate ieșirile, și pe cele nefericite.
status-help-example = De exemplu: „Nevoia, bugetul și cel care decide sunt cunoscute, iar următoarea întâlnire este programată.”
status-saved-new = „{ $name }” a fost creat.
status-saved = „{ $name }” a fost salvat.
status-saved-same = „{ $name }” a rămas cum era: nu era nimic de salvat.
status-saved-merged = „{ $name }” a fost salvat. Între timp, { $by } modificase: { $fields }; modificarea s-a păstrat.
status-gone-title = „{ $name }” nu mai există
status-gone-again = Creați-l din nou
status-show-edit = Editați
status-show-means = Ce înseamnă
status-show-define = Scrieți o definiție
status-show-undefined = Nimeni nu a spus încă ce înseamnă acest status
status-show-undefined-write = Lead-urile trec mai curat de la unul la altul când toți înțeleg la fel cuvintele. Două propoziții sunt de ajuns.
status-show-undefined-read = Cereți-i celui care se ocupă de pipeline să scrie o definiție.
status-show-no-definition = Încă nu există o definiție.
status-show-no-enter = Nu este trecut nimic.
status-show-no-leave = Nu este trecut nimic.
status-show-archived-tag = Arhivat
status-show-archived = Acest status nu mai este în uz: aici nu se pot muta lead-uri, iar în istoric rămâne vizibil.
status-show-is-default = Lead-urile noi încep aici.
status-show-is-converted = Lead-urile câștigate ajung aici.
status-show-time = Cât timp
status-show-time-both =
    { $target ->
        [one] Un lead ar trebui să meargă mai departe într-o zi;
        [few] Un lead ar trebui să meargă mai departe în { $target } zile;
       *[other] Un lead ar trebui să meargă mai departe în { $target } de zile;
    } { $limit ->
        [one] după o zi este blocat.
        [few] după { $limit } zile este blocat.
       *[other] după { $limit } de zile este blocat.
    }
status-show-time-target =
    { $count ->
        [one] Un lead ar trebui să meargă mai departe într-o zi; după aceea este în pericol.
        [few] Un lead ar trebui să meargă mai departe în { $count } zile; după aceea este în pericol.
       *[other] Un lead ar trebui să meargă mai departe în { $count } de zile; după aceea este în pericol.
    }
status-show-time-limit =
    { $count ->
        [one] După o zi petrecută aici, un lead este blocat.
        [few] După { $count } zile petrecute aici, un lead este blocat.
       *[other] După { $count } de zile petrecute aici, un lead este blocat.
    }
status-show-time-none = Nu există țintă și nici limită: un lead de aici nu este niciodată blocat.
status-show-time-closed = Aici timpul nu se măsoară: numai lead-urile din statusuri deschise pot fi în pericol sau blocate.
status-show-leads =
    { $count ->
        [0] Niciun lead nu se află aici.
        [one] Un lead se află aici.
        [few] { $count } lead-uri se află aici.
       *[other] { $count } de lead-uri se află aici.
    }
status-show-position = Poziția { $position } din { $total }
status-show-facts = Date
status-show-created = Creat
status-show-changed = Ultima modificare
status-show-last = Ultima modificare: { $who }
status-show-api = Folosire din alt sistem
status-show-api-lead = Cu un token în TOKEN, aceste apeluri citesc statusul și îi modifică un câmp:
status-history-title = Istoric
status-history-empty = Nu este nimic înregistrat.
status-history-create = Creat de { $who }
status-history-bring-back = Readus de { $who }
status-history-update = Modificat de { $who }
status-history-archive = Arhivat de { $who }
status-history-restore = Restaurat de { $who }
status-history-delete = Șters de { $who }
status-history-take-role = A primit un rol de la { $who }
status-history-give-up-role = { $who } a dat rolul altui status
status-history-fields =
    { $count ->
        [one] Un câmp
        [few] { $count } câmpuri
       *[other] { $count } de câmpuri
    }
status-history-older = Arătați mai vechi
status-history-newest = Arătați cele mai noi
status-history-via-bulk = împreună cu altele
status-history-via-import = import
status-history-via-api = API
status-history-via-undo = anulare
status-history-via-cli = linia de comandă
status-history-via-setup = configurare inițială
