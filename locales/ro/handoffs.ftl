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
