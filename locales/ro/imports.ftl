# Words we use: see web.ftl.

imports-title = Importuri
imports-intro = Fiecare import cu ce a făcut. Fiecare se poate anula timp de 30 de zile.
imports-none = Încă niciun import
imports-file = Fișier
imports-what = Conținut
imports-of-leads = Lead-uri
imports-of-visits = Istoric de statusuri
imports-of-statuses = Statusuri
imports-by = Importat de
imports-at = Când
imports-state = Stare
imports-state-done = Gata
imports-state-early = Oprit mai devreme
imports-state-undone = Anulat
imports-state-undoing = Se anulează
imports-undo = Anulează
imports-older = Importuri mai vechi
imports-problems = Descarcă problemele
imports-back = Toate importurile
imports-summary-leads = „{ $name }” importat. Lead-uri noi: { $created }, modificate: { $changed }
imports-summary-visits = „{ $name }” importat. Lead-uri cu istoric nou: { $changed }
imports-summary-statuses = „{ $name }” importat. Statusuri noi: { $created }, modificate: { $changed }
imports-undo-title = Anulează importul „{ $name }”
imports-undo-hint = Ce s-a modificat de la import încoace rămâne cum este.
imports-undo-would = La anulare: { $parts }.
imports-undo-did = Importul este anulat: { $parts }.
imports-undo-goes-on = Importul se anulează. Puteți părăsi pagina.
imports-undo-binned =
    { $count ->
        [one] 1 lead nou merge în coș
        [few] { $count } lead-uri noi merg în coș
       *[other] { $count } de lead-uri noi merg în coș
    }
imports-undo-removed =
    { $count ->
        [one] 1 status nou se elimină
        [few] { $count } statusuri noi se elimină
       *[other] { $count } de statusuri noi se elimină
    }
imports-undo-restored =
    { $count ->
        [one] 1 lead redevine cum a fost
        [few] { $count } lead-uri redevin cum au fost
       *[other] { $count } de lead-uri redevin cum au fost
    }
imports-undo-restored-statuses =
    { $count ->
        [one] 1 status redevine cum a fost
        [few] { $count } statusuri redevin cum au fost
       *[other] { $count } de statusuri redevin cum au fost
    }
imports-undo-left =
    { $count ->
        [one] 1 rămâne cum este
        [few] { $count } rămân cum sunt
       *[other] { $count } rămân cum sunt
    }
imports-undone-already = Acest import este deja anulat.
imports-undo-late = Acest import este mai vechi de 30 de zile și nu se mai poate anula.
imports-undo-nothing = Din acest import nu mai este nimic de anulat.
imports-left-title = Rămase cum sunt
imports-left-thing = Nume
imports-left-why = De ce
imports-status-used = În el sunt lead-uri, sau în coș sunt lead-uri din el
imports-status-changed = Modificat între timp
changes-after-unknown = Acesta nu este id-ul unei modificări
changes-number = Introduceți un număr întreg
audit-subject-import = Import
audit-action-import = Importat
audit-action-undo = Anulat
import-line = Rând
