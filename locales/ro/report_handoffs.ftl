# Words we use: see web.ftl.

# How offers of leads were answered.
handoff-report = Predări
handoff-report-about = Lead-urile oferite în perioadă și răspunsurile primite. Ofertele retrase nu se numără.
handoff-offered = oferite
handoff-results = Cum s-a răspuns la oferte
handoff-result = Răspuns
handoff-offers = Oferte
handoff-reasons = De ce au fost respinse sau reciclate lead-uri
handoff-reason = Motiv
handoff-no-reason = Fără motiv
handoff-no-source = Fără sursă
handoff-result-in-time = Acceptate la timp
handoff-result-late = Acceptate târziu
handoff-result-rejected = Respinse
handoff-result-recycled = Reciclate
handoff-result-moved-on = Mutate fără răspuns
handoff-result-expired = Întârziate
handoff-result-pending = Așteaptă un răspuns
handoff-set-all = Toate ofertele
handoff-set-run-out = Oferte cu termenul trecut
handoff-set-bounced = S-au întors
handoff-rate =
    { $count ->
        [one] { $share } acceptate la timp (interval 95%: { $interval }), dintr-o ofertă cu termenul trecut.
        [few] { $share } acceptate la timp (interval 95%: { $interval }), din { $count } oferte cu termenul trecut.
       *[other] { $share } acceptate la timp (interval 95%: { $interval }), din { $count } de oferte cu termenul trecut.
    }
handoff-time = Jumătate sunt acceptate în { $half } (interval 95%: { $interval }), 90% în { $most }.
handoff-time-half = Jumătate sunt acceptate în { $half } (interval 95%: { $interval }).
handoff-time-open = Mai puțin de jumătate au fost acceptate după { $time }, cel mai lung timp observat.
handoff-bounced =
    { $count ->
        [one] { $bounced } dintr-un lead s-a întors în 30 de zile de la acceptare ({ $share }).
        [few] { $bounced } din { $count } lead-uri s-au întors în 30 de zile de la acceptare ({ $share }).
       *[other] { $bounced } din { $count } de lead-uri s-au întors în 30 de zile de la acceptare ({ $share }).
    }

# The offers behind a number.
handoff-offers-of = { $set }: { $status }
handoff-count =
    { $count ->
        [one] O ofertă.
        [few] { $count } oferte.
       *[other] { $count } de oferte.
    }
handoff-none = Nicio ofertă
handoff-none-text = Nu s-a oferit nimic care să corespundă.
handoff-offered-at = Oferit
handoff-due-at = Răspuns până la
handoff-after = După
