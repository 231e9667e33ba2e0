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
