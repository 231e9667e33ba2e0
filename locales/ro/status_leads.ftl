# Words we use: see web.ftl.

status-column-leads = Lead-uri
status-column-median = Zile (mediana)
status-column-ages = Zile în status
status-only-stuck = Cu lead-uri blocate
status-chip-stuck = Cu lead-uri blocate
status-unit-leads =
    { $count ->
        [one] lead
        [few] lead-uri
       *[other] de lead-uri
    }
status-tag-at-risk = { $count } în pericol
status-stuck-share = { $share }%
status-tag-stuck =
    { $count ->
        [one] { $count } blocat
        [few] { $count } blocate
       *[other] { $count } blocate
    }
status-ages-label = Zile în status: { $ages }
status-ages-class =
    { $count ->
        [one] { $days } zile: { $count } lead
        [few] { $days } zile: { $count } lead-uri
       *[other] { $days } zile: { $count } de lead-uri
    }
status-ages-caption = Lead-uri după zile în status
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
status-replace-progress = Se mută lead-urile în „{ $name }”: { $moved } din { $total }
status-show-being-replaced = Acest status este în curs de înlocuire și nu primește lead-uri noi.
status-being-replaced = „{ $name }” este în curs de înlocuire cu „{ $to }”. Așteptați până se mută lead-urile sale.
status-receiving-leads = Se mută lead-uri în „{ $name }”. Așteptați până se mută toate.
status-role-being-replaced = Acest status este în curs de înlocuire. Alegeți altul
status-replacement-being-replaced = Și înlocuitorul este în curs de înlocuire. Alegeți altul.
status-flash-moving =
    { $count ->
        [one] Se mută { $count } lead. Statusul rămâne până se mută.
        [few] Se mută { $count } lead-uri. Statusul rămâne până se mută toate.
       *[other] Se mută { $count } de lead-uri. Statusul rămâne până se mută toate.
    }
status-api-moving = Lead-urile se mută. Statusul rămâne până se mută toate.
status-undo-replaced = Nu se poate anula: lead-urile s-au mutat în alt status. Mutați-le înapoi.
status-blocked-leads-in-bin =
    { $count ->
        [one] { $count } lead din coș s-ar întoarce aici
        [few] { $count } lead-uri din coș s-ar întoarce aici
       *[other] { $count } de lead-uri din coș s-ar întoarce aici
    }
status-preview-going =
    { $count ->
        [one] { $count } lead se mută în „{ $name }”
        [few] { $count } lead-uri se mută în „{ $name }”
       *[other] { $count } de lead-uri se mută în „{ $name }”
    }
status-preview-leads =
    { $count ->
        [one] { $count } lead se mută în „{ $name }”: { $open } deschise, { $closed } închise.
        [few] { $count } lead-uri se mută în „{ $name }”: { $open } deschise, { $closed } închise.
       *[other] { $count } de lead-uri se mută în „{ $name }”: { $open } deschise, { $closed } închise.
    }
status-preview-worth = Valoare totală: { $sums }.
status-preview-in-bin =
    { $count ->
        [one] Se mută și { $count } lead din coș.
        [few] Se mută și { $count } lead-uri din coș.
       *[other] Se mută și { $count } de lead-uri din coș.
    }
status-preview-kind = Lead-urile dintr-un status de alt tip vor conta ca { $kind }.
status-preview-long = Atât de multe lead-uri se mută în fundal. Până se mută toate, statusul nu primește altele noi.
status-restart-age = Resetați vechimea la 0
