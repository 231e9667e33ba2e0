# Words we use: see web.ftl.
#
# regulă        ce trebuie să fie adevărat despre un lead care intră într-un status: un câmp, o confirmare sau o dovadă
# obligatorie, recomandată   o regulă care oprește mutarea sau doar avertizează
# excepție      mutarea unui lead deși o regulă nu este îndeplinită; are un motiv
# versiune      a definiției: ce a însemnat un status de la o zi la alta

rule-level-block = Obligatorie
rule-level-warn = Recomandată
rule-line-block = { $text }
rule-line-warn = { $text } (recomandată)
rule-sentence-set = { $field }: completat
rule-sentence-at-least = Valoarea este cel puțin { $value }
rule-sentence-one-of = Sursa este una dintre: { $sources }
rule-unmet-text = { $text }
rule-unmet-from = Un lead nu poate veni aici din statusul lui actual
rule-unmet-mover = Rolul dvs. nu poate muta lead-uri în acest status
rule-unmet-reason = Dați un motiv
rule-unmet-reason-of = Alegeți unul dintre motivele: { $choices }
rule-unmet-list = Lipsesc: { $texts }{ $from ->
    [yes] . Un lead nu poate veni aici din statusul lui actual
   *[no] {""}
}{ $mover ->
    [yes] . Rolul dvs. nu poate muta lead-uri în acest status
   *[no] {""}
}{ $reason ->
    [yes] . Lipsește motivul
   *[no] {""}
}
rule-override-reason = Dați un motiv pentru excepție
rule-answer-unknown = Folosiți id-urile regulilor
status-field-entry-rules = Reguli de intrare
status-field-enter-from = Se poate intra din
status-field-movers = Cine poate muta lead-uri aici
status-field-reasons = Motive din care se alege
status-field-reason-required = Motiv obligatoriu
status-enter-from-created = Lead-uri noi
status-enter-from-id = Statusul { $id }
status-named-unknown = „{ $name }” nu este un status. Alegeți statusuri care există
status-enter-from-many = Alegeți cel mult { $max } statusuri
status-mover-unknown = „{ $name }” nu este un rol care mută lead-uri: alegeți administrator, manager sau agent
status-rules-too-many = Păstrați cel mult { $max } reguli; sunt { $length }
status-rules-unreadable = Regulile sunt o listă de obiecte, așa cum le arată API-ul
status-rule-id = Regula { $number }: păstrați id-ul arătat de API sau omiteți-l pentru o regulă nouă
status-rule-id-twice = Regula { $number } are id-ul altei reguli
status-rule-level = Regula { $number }: alegeți nivelul block sau warn
status-rule-member = Regula { $number }: o regulă nu are „{ $name }”. Eliminați-l
status-rule-type = Regula { $number }: alegeți tipul field, confirm sau evidence
status-rule-text = Regula { $number }: scrieți ce trebuie să fie adevărat
status-rule-text-too-long = Regula { $number }: scurtați textul la { $max } caractere; are { $length }
status-rule-field = Regula { $number }: alegeți companie, e-mail, telefon, sursă, responsabil sau valoare
status-rule-op = Regula { $number }: „cel puțin” este pentru valoare, „una dintre” pentru sursă
status-rule-sources = Regula { $number }: enumerați între 1 și { $max } surse
rule-recommended = recomandat
rule-evidence-hint = Un text sau un link
rule-choose-reason = Alegeți un motiv
rule-from-only = Se poate intra din: { $names }.
rule-override = Faceți o excepție de la reguli
rule-override-hint = Mută lead-ul deși regulile nu sunt îndeplinite. Numele dvs. și motivul rămân în istoricul lui și în jurnalul de audit.
rule-override-check = Mutați-l totuși
rule-override-why = Motivul excepției
rule-what-at-least = Valoarea este cel puțin …
rule-what-one-of = Sursa este una dintre …
rule-what-confirm = Confirmarea unei propoziții
rule-what-evidence = O dovadă: un text sau un link
status-form-rules-hint = Ce trebuie știut, confirmat sau arătat înainte ca un lead să intre. Regulile obligatorii opresc mutarea; cele recomandate doar avertizează. Ca să eliminați o regulă, alegeți „Nicio regulă”.
status-holds-back-new-leads = Lead-urile noi încep aici: formularele, importurile și apelurile API care nu îndeplinesc regulile obligatorii sunt refuzate.
status-form-rule = Regula { $number }
status-form-rule-add = Adăugați o regulă
status-form-rule-none = Nicio regulă
status-form-rule-what = Ce verifică
status-form-rule-level = Nivel
status-form-rule-value = Sumă sau surse separate prin virgule
status-form-rule-text = Textul citit de oameni (opțional pentru câmpuri)
status-form-from-hint = Lăsați totul nebifat ca lead-urile să poată veni de oriunde.
status-form-movers-hint = Lăsați totul nebifat ca oricine poate muta lead-ul să o facă.
status-form-reasons-hint = Câte unul pe rând. Lead-urile intră cu unul dintre ele.
status-form-why = De ce se schimbă definiția
status-form-why-hint = Se păstrează cu noua versiune a definiției.
status-versions = Versiunile definiției
status-version = Versiunea { $version }
status-version-part = Ce s-a schimbat
status-version-compare = Comparați înainte și după
status-part-definition = definiția
status-part-enter = condițiile de intrare
status-part-leave = condițiile de ieșire
status-part-times = ținta și limita
status-part-rule = o regulă
status-parts = { $present } din { $total }
status-parts-missing = Lipsesc: { $parts }
status-column-complete = Complet
dictionary-title = Dicționar de statusuri
dictionary-intro = Ce înseamnă fiecare status, în ordinea din pipeline.
dictionary-contents = Statusuri
dictionary-read = Am citit
dictionary-is-read = Ați citit această versiune
dictionary-read-done = Ați citit definiția statusului { $name }.
dictionary-changed = Definiția s-a schimbat între timp. Citiți-o din nou
dictionary-not-read = Cine nu a citit
dictionary-read-by-all = Au citit toți
compliance-title = Conformitate
compliance-reports = Rapoarte
compliance-intro = Câte lead-uri îndeplinesc acum regulile statusului lor și cât de des se fac excepții.
compliance-none = Niciun status nu are reguli
compliance-none-text = Adăugați reguli unui status ca să vedeți câte lead-uri le îndeplinesc.
compliance-no-leads = Niciun lead
compliance-share = îndeplinesc regulile obligatorii ({ $meeting } din { $leads }).
compliance-failing = { $count ->
    [one] { $count } lead nu le îndeplinește
    [few] { $count } lead-uri nu le îndeplinesc
   *[other] { $count } de lead-uri nu le îndeplinesc
}
compliance-rule = Regulă
compliance-meeting = Lead-uri care o îndeplinesc
compliance-moves = Mutări verificate
compliance-overrides = Excepții
compliance-often = { $percent }%: prea strictă?
compliance-failing-title = Lead-uri care nu îndeplinesc regulile statusului { $status }
compliance-failing-intro = Ce îi lipsește fiecăruia. Deschideți un lead ca să îl completați.
compliance-all-meet = Toate lead-urile îndeplinesc regulile
compliance-all-meet-text = Nu este nimic de completat aici.
compliance-lacks = Lipsesc
compliance-cut = Se arată primele { $count }.
