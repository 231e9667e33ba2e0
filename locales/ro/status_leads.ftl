status-column-leads = Lead-uri
status-column-median = Zile (mediana)
status-column-ages = Zile aici
status-only-stuck = Doar cu lead-uri blocate
status-chip-stuck = Cu lead-uri blocate
status-unit-leads =
    { $count ->
        [one] lead
        [few] lead-uri
       *[other] de lead-uri
    }
status-tag-at-risk = { $count } la risc
status-tag-stuck =
    { $count ->
        [one] { $count } blocat
        [few] { $count } blocate
       *[other] { $count } blocate
    }
status-ages-label = Zile aici: { $ages }
status-ages-class =
    { $count ->
        [one] { $days } zile: { $count } lead
        [few] { $days } zile: { $count } lead-uri
       *[other] { $days } zile: { $count } de lead-uri
    }
status-ages-caption = Zile de când au venit aici
status-ages-days = Zile
status-show-now = Lead-uri acum
status-show-worth = Valoare
status-show-median =
    { $count ->
        [one] { $count } zi
        [few] { $count } zile
       *[other] { $count } de zile
    }
status-show-in-bin = În coș
status-leaving = Se mută lead-urile în „{ $name }”: { $moved } din { $total }
status-show-leaving = Acest status este în curs de înlocuire și nu mai primește lead-uri.
status-is-leaving = „{ $name }” este în curs de înlocuire cu „{ $to }”. Așteptați până se mută lead-urile sale.
status-is-taking = Chiar acum se mută lead-uri în „{ $name }”. Așteptați până se mută toate.
status-role-leaving = Acest status este în curs de înlocuire: alegeți altul
status-replace-leaving = Înlocuitorul este el însuși în curs de înlocuire. Alegeți altul.
status-flash-leaving =
    { $count ->
        [one] Se mută { $count } lead; apoi dispare și statusul său.
        [few] Se mută { $count } lead-uri; după ce s-au mutat toate, dispare și statusul lor.
       *[other] Se mută { $count } de lead-uri; după ce s-au mutat toate, dispare și statusul lor.
    }
status-api-leaving = Lead-urile se mută; statusul dispare după ce s-au mutat toate.
status-undo-replaced = Lead-urile s-au mutat pentru că statusul lor a fost înlocuit, așa că nu se poate anula. Mutați-le în schimb pe rând sau în masă.
status-blocked-leads-in-bin =
    { $count ->
        [one] { $count } lead din coș s-ar întoarce aici
        [few] { $count } lead-uri din coș s-ar întoarce aici
       *[other] { $count } de lead-uri din coș s-ar întoarce aici
    }
status-preview-going =
    { $count ->
        [one] { $count } lead al său trece în „{ $name }”
        [few] cele { $count } lead-uri ale sale trec în „{ $name }”
       *[other] cele { $count } de lead-uri ale sale trec în „{ $name }”
    }
status-preview-leads =
    { $count ->
        [one] { $count } lead trece în „{ $name }”: { $open } deschise, { $closed } închise.
        [few] { $count } lead-uri trec în „{ $name }”: { $open } deschise, { $closed } închise.
       *[other] { $count } de lead-uri trec în „{ $name }”: { $open } deschise, { $closed } închise.
    }
status-preview-worth = Împreună valorează { $sums }.
status-preview-in-bin =
    { $count ->
        [one] Trece acolo și { $count } lead din coș.
        [few] Trec acolo și { $count } lead-uri din coș.
       *[other] Trec acolo și { $count } de lead-uri din coș.
    }
status-preview-kind = Cele care vin dintr-un status de alt tip contează de atunci ca { $kind }.
status-preview-long = Atât de multe lead-uri se mută treptat, în timp ce toată lumea lucrează mai departe. Până se mută ultimul, statusul apare ca fiind în curs și nu primește altele noi.
status-restart-age = Reporniți vechimea lead-urilor sale
