# Words we use: see web.ftl.
#
# predare       un status din care lead-urile trec la alții: un lead care intră este oferit
# ofertă        a unui lead către un utilizator sau către un rol; are un singur răspuns
# a accepta, a respinge, a recicla, a retrage   răspunsurile la o ofertă
# destinatar    cel căruia i se oferă un lead

moment-hours =
    { $count ->
        [one] { $count } oră
        [few] { $count } ore
       *[other] { $count } de ore
    }
status-field-handoff = Predare
status-form-handoff-hint = Un lead care intră este oferit unei persoane sau unui rol. Responsabilul se schimbă când oferta este acceptată.
status-form-handoff-to = Lead-urile se oferă către
status-form-handoff-none = Fără predare
status-form-handoff-hours = Termen de răspuns, în ore
status-form-handoff-reject = Lead-urile respinse trec în
status-form-handoff-reject-none = Statusul din care au venit
status-form-handoff-recycle = Lead-urile reciclate trec în
status-form-handoff-recycle-none = Statusul lead-urilor noi
status-form-handoff-reasons = Motive de respingere sau reciclare, câte unul pe rând
status-handoff-unreadable = O predare este un obiect, așa cum îl arată API-ul
status-handoff-to-unknown = Alegeți cine primește lead-urile: rep sau manager
status-handoff-hours = Scrieți termenul de răspuns: un număr întreg de ore între 1 și { $max }
status-handoff-own = Alegeți alt status decât acesta
status-handoff-archived = „{ $name }” este arhivat. Alegeți un status folosit
status-handoff-kind = Lead-urile reciclate nu pot aștepta în „{ $name }”. Alegeți un status deschis sau de pauză
status-handoff-line-to = Lead-urile se oferă către: { $role }, cu răspuns în { $hours }
status-handoff-line-reject = Lead-urile respinse trec în { $name }
status-handoff-line-recycle = Lead-urile reciclate trec în { $name }
status-handoff-line-reasons = Motive: { $reasons }

offer-accepted = Acceptată
offer-rejected = Respinsă
offer-recycled = Reciclată
offer-moved-on = Mutată mai departe fără răspuns
offer-withdrawn = Retrasă
offer-accept = Acceptați
offer-reject = Respingeți
offer-recycle = Reciclați
offer-withdraw = Retrageți
offer-pending = Așteaptă un răspuns
offer-overdue = Termen depășit
offer-to-no-handoff = Acest status nu predă lead-uri. Lăsați câmpul gol
offer-to-unknown = Alegeți utilizatorul căruia îi oferiți lead-ul
offer-to-disabled = Acest utilizator este dezactivat. Alegeți altul
offer-to-role = Acest utilizator nu primește lead-uri aici. Alegeți un utilizator cu rolul cerut sau un manager
offer-answer-unknown = Răspundeți cu accept, reject, recycle sau withdraw
offer-none = Nu este nimic oferit: acest lead nu așteaptă un răspuns
offer-answered = La această ofertă s-a răspuns între timp. Deschideți din nou lead-ul
offer-ended = { $outcome ->
    [accepted] { $who } a acceptat între timp acest lead
    [rejected] { $who } a respins între timp acest lead
    [recycled] { $who } a reciclat între timp acest lead
    [withdrawn] Această ofertă a fost retrasă între timp
   *[other] Acest lead a fost mutat mai departe între timp
}
lead-void-answer = Această mutare este răspunsul la o ofertă. Mutați în schimb lead-ul
audit-channel-handoff = Predare
audit-action-accept-offer = Ofertă acceptată
audit-action-reject-offer = Ofertă respinsă
audit-action-recycle-offer = Ofertă reciclată
audit-action-withdraw-offer = Ofertă retrasă
audit-field-answer-reason = Motivul răspunsului
lead-api-accepted = Ați acceptat lead-ul și sunteți responsabilul lui.
lead-api-rejected = Lead-ul a fost respins.
lead-api-recycled = Lead-ul a fost reciclat.
lead-api-withdrawn = Oferta a fost retrasă.
lead-list-handoff = Predare
lead-chip-handoff = Predare: { $value }
lead-filter-handoff = Filtrul Predare: „{ $value }” nu este pending sau overdue.
lead-any-handoff = Orice predare
menu-offers = Vă așteaptă
offers-title = Vă așteaptă
offers-intro = Lead-uri care vă sunt oferite și lead-uri reciclate a căror zi a venit. Ofertele cu termen depășit îi așteaptă și pe manageri.
offers-none = Nu așteaptă nimic
offers-none-text = Lead-urile care vă sunt oferite apar aici.
offers-offered = Oferite
offers-back = Revenite din așteptare
offers-more =
    { $count ->
        [one] Încă { $count } lead nu este arătat.
        [few] Încă { $count } lead-uri nu sunt arătate.
       *[other] Încă { $count } de lead-uri nu sunt arătate.
    }
offer-back-since = A așteptat până pe { $day }
offer-mark = Oferit
offer-mark-mine = Vă este oferit
offer-mark-overdue = Ofertă cu termen depășit
offer-mine-pending = Așteaptă să îl acceptați până la { $due }
offer-mine-overdue = Așteaptă să îl acceptați, termen depășit din { $due }
offer-other-pending = Oferit către { $who } până la { $due }
offer-other-overdue = Oferit către { $who }, termen depășit din { $due }
offer-line = Oferit către { $who }, termen { $due }
offer-answer = Răspuns
offer-answer-title = Răspundeți la oferta lead-ului { $name }
offer-reject-title = Respingeți lead-ul { $name }
offer-recycle-title = Reciclați lead-ul { $name }
offer-accept-about = De acum sunteți responsabilul lead-ului.
offer-reject-about = Lead-ul se întoarce, iar responsabilul rămâne același.
offer-recycle-about = Lead-ul așteaptă până într-o zi, apoi pe responsabilul lui.
offer-withdraw-about = Lead-ul se întoarce în statusul din care a venit.
offer-until = Așteaptă până la
offer-until-hint = Lead-ul revine în această zi.
offer-to = Oferiți către
offer-to-hint = Pentru statusuri cu predare. Fără alegere, pot accepta toți cei cu rolul cerut.
offer-to-all = Toți cei cu rolul cerut
offer-accept-done = Acum sunteți responsabilul lead-ului „{ $name }”.
offer-reject-done = „{ $name }” a fost respins.
offer-recycle-done = „{ $name }” a fost reciclat.
offer-withdraw-done = Oferta pentru „{ $name }” a fost retrasă.
lead-change-accept = { $who } l-a acceptat
lead-change-recycle = { $who } l-a reciclat
