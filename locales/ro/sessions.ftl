login-title = Autentificare
login-email = Adresă de e-mail
login-password = Parolă
login-submit = Intrați în cont
login-forgotten = Ați uitat parola? Un administrator poate seta una nouă.
login-wrong = Adresa de e-mail și parola nu se potrivesc. Verificați-le pe amândouă și încercați din nou.
login-wait =
    { $count ->
        [one] Prea multe încercări. Așteptați un minut, apoi încercați din nou; dacă ați uitat parola, cereți-i una nouă unui administrator.
        [few] Prea multe încercări. Așteptați { $count } minute, apoi încercați din nou; dacă ați uitat parola, cereți-i una nouă unui administrator.
       *[other] Prea multe încercări. Așteptați { $count } de minute, apoi încercați din nou; dacă ați uitat parola, cereți-i una nouă unui administrator.
    }
login-wait-seconds =
    { $count ->
        [one] Prea multe încercări. Așteptați o secundă, apoi încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } secunde, apoi încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de secunde, apoi încercați din nou.
    }
login-signed-out = V-ați deconectat.
setup-title = Configurare inițială
setup-lead = Creați primul administrator. Toți ceilalți se adaugă din aplicație.
setup-submit = Creați și intrați în cont
setup-done = Bun venit, { $name }. Pipeline-ul este gata să fie adaptat nevoilor dumneavoastră.
setup-closed-title = Acest link nu mai funcționează
setup-closed-text = Un link de configurare funcționează o singură dată, timp de 24 de ore. Reporniți programul: va afișa unul nou.
setup-done-title = Configurarea este deja făcută
setup-done-text = Există deja un administrator. Autentificați-vă sau cereți-i unui administrator să vă adauge.
profile-title = Profil
profile-lead = V-ați autentificat ca { $email }.
profile-about = Despre dumneavoastră
profile-language-browser = Ca în browser
profile-language-own-name = Română
profile-language-unknown = Alegeți una dintre limbile oferite.
profile-theme-unknown = Alegeți una dintre temele oferite.
profile-shortcuts-hint = Taste simple, de exemplu / pentru căutare și c pentru creare. Dezactivați-le dacă vă încurcă.
profile-saved = Profilul a fost salvat.
profile-password = Parolă
profile-current = Parola actuală
profile-new = Parola nouă
profile-password-hint = Celelalte sesiuni se încheie când se schimbă parola.
profile-password-submit = Schimbați parola
profile-password-saved = Parola a fost schimbată, iar celelalte sesiuni s-au încheiat.
profile-password-raced = Parola a fost schimbată din altă parte între timp. Acum nu s-a schimbat nimic; autentificați-vă cu cea nouă.
profile-current-wrong = Aceasta nu este parola actuală.
profile-sessions = Sesiuni
profile-end-others = Încheiați toate celelalte
profile-session-ended = Sesiunea s-a încheiat.
profile-sessions-ended =
    { $count ->
        [0] Nu exista nicio altă sesiune.
        [one] S-a încheiat o altă sesiune.
        [few] S-au încheiat alte { $count } sesiuni.
       *[other] S-au încheiat alte { $count } de sesiuni.
    }
session-device = Browser
session-address = Adresă
session-begun = Începută
session-seen = Ultima activitate
session-own = Aceasta
session-end = Încheiați
session-end-named = Încheiați sesiunea { $name }
session-agent = { $browser } pe { $system }
session-agent-part = { $name }
session-agent-unknown = Browser necunoscut
