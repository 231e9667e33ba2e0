status-kind-open = Deschis
status-kind-paused = În pauză
status-kind-won = Câștigat
status-kind-lost = Pierdut
status-kind-junk = Nerelevant
status-kind-unknown = Alegeți un tip: open (deschis), paused (în pauză), won (câștigat), lost (pierdut) sau junk (nerelevant)
status-kind-held-default = Păstrați tipul Deschis: lead-urile noi încep în acest status. Pentru a schimba tipul, faceți întâi implicit alt status
status-kind-held-converted = Păstrați tipul Câștigat: lead-urile câștigate ajung în acest status. Pentru a schimba tipul, alegeți întâi alt status pentru lead-urile câștigate
status-role-default = Implicit
status-role-converted = Convertit
status-role-unknown = Nu există un astfel de rol
status-role-archived = Restaurați întâi statusul: unul arhivat nu poate avea un rol
status-role-needs-open = Schimbați întâi tipul în Deschis: lead-urile noi încep numai într-un status deschis
status-role-needs-won = Schimbați întâi tipul în Câștigat: lead-urile câștigate ajung numai într-un status câștigat
status-field-name = Nume
status-field-slug = Slug
status-field-color = Culoare
status-field-kind = Tip
status-field-position = Poziție
status-field-isdefault = Implicit pentru lead-uri noi
status-field-isconverted = Primește lead-urile câștigate
status-field-definition = Definiție
status-field-enter-when = Intră când
status-field-leave-when = Iese când
status-field-target-days = Țintă (zile)
status-field-limit-days = Limită (zile)
status-field-archived = Arhivat
status-field-version = Versiune
status-value-none = nimic
status-value-yes = da
status-value-no = nu
status-hue-slate = Gri-albăstrui
status-hue-red = Roșu
status-hue-orange = Portocaliu
status-hue-amber = Chihlimbariu
status-hue-lime = Verde-deschis
status-hue-green = Verde
status-hue-teal = Verde-albăstrui
status-hue-cyan = Turcoaz
status-hue-blue = Albastru
status-hue-indigo = Indigo
status-hue-violet = Violet
status-hue-pink = Roz
status-name-missing = Introduceți un nume, de exemplu „Calificat”
status-name-too-long = Scurtați numele la { $max } de caractere; are { $length }
status-name-control = Scoateți din nume sfârșitul de rând sau caracterul de control
status-name-invisible = Introduceți un nume care se vede, de exemplu „Calificat”
status-slug-invalid = Scrieți slugul cu litere mici a–z, cifre și cratime simple, cel mult { $max } de caractere
status-color-invalid = Alegeți o culoare din paletă sau introduceți-o ca # și șase cifre, de exemplu #9163d5
status-definition-too-long = Scurtați definiția la { $max } de caractere; are { $length }
status-criteria-too-many = Scurtați lista la { $max } de rânduri; are { $length }
status-criteria-too-long = Scurtați rândul { $line } la { $max } de caractere; are { $length }
status-text-control = Scoateți din text caracterul de control; nu poate fi păstrat
status-days-whole = Introduceți un număr întreg de zile, de exemplu 10
status-days-range = Introduceți un număr de zile de la 1 la { $max }
status-target-above-limit =
    { $count ->
        [one] Coborâți ținta la limita de { $count } zi sau ridicați limita
        [few] Coborâți ținta la cel mult limita de { $count } zile sau ridicați limita
       *[other] Coborâți ținta la cel mult limita de { $count } de zile sau ridicați limita
    }
status-limit-below-target =
    { $count ->
        [one] Ridicați limita la cel puțin ținta de { $count } zi sau coborâți ținta
        [few] Ridicați limita la cel puțin ținta de { $count } zile sau coborâți ținta
       *[other] Ridicați limita la cel puțin ținta de { $count } de zile sau coborâți ținta
    }
status-input-not-simple = Trimiteți aici un singur text sau număr, nu o listă sau un obiect
status-input-not-list = Trimiteți o listă de texte sau un singur text cu câte un rând pentru fiecare
status-input-not-truth = Trimiteți true sau false
status-input-not-version = Trimiteți versiunea ca număr întreg, așa cum a fost citită
status-choice-unknown = Alegeți una dintre cele două valori
status-order-position = Introduceți poziția în pipeline ca număr întreg, numărat de la 1
status-order-ids = Trimiteți id-urile statusurilor în ordinea nouă
status-order-twice = Numiți fiecare status o singură dată: unul dintre id-uri apare de două ori
status-order-incomplete = Numiți toate statusurile în uz și niciun altul
