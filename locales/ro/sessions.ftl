# Words we use: see web.ftl.

login-title = Autentificare
login-email = Adresă de e-mail
login-password = Parolă
login-submit = Autentificați-vă
login-forgotten = Ați uitat parola? Un administrator poate seta una nouă.
login-wrong = E-mail sau parolă greșită. Verificați-le și încercați din nou.
login-wait =
    { $count ->
        [one] Prea multe încercări. Așteptați un minut și încercați din nou. Ați uitat parola? Cereți una nouă unui administrator.
        [few] Prea multe încercări. Așteptați { $count } minute și încercați din nou. Ați uitat parola? Cereți una nouă unui administrator.
       *[other] Prea multe încercări. Așteptați { $count } de minute și încercați din nou. Ați uitat parola? Cereți una nouă unui administrator.
    }
login-wait-seconds =
    { $count ->
        [one] Prea multe încercări. Așteptați o secundă și încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } secunde și încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de secunde și încercați din nou.
    }
login-signed-out = V-ați deconectat.
login-form-kept = Sesiunea s-a încheiat, deci încă nu s-a salvat nimic. Autentificați-vă, iar formularul revine cu ce ați scris.
login-session-ended = Sesiunea s-a încheiat, deci nu s-a schimbat nimic. Autentificați-vă și încercați din nou.
form-gone = Formularul nu mai este păstrat. A fost păstrat 30 de minute după încheierea sesiunii.
setup-title = Configurare inițială
setup-intro = Creați contul de administrator. Pe ceilalți îi puteți adăuga mai târziu.
setup-submit = Creați contul și autentificați-vă
setup-done = Bun venit, { $name }. Începeți cu aceste statusuri sau alegeți un șablon.
setup-closed-title = Acest link nu mai funcționează
setup-closed-text = Un link de configurare funcționează o singură dată, timp de 24 de ore. Reporniți serverul pentru a primi unul nou.
setup-done-title = Configurarea este deja făcută
setup-done-text = Există deja un administrator. Autentificați-vă sau rugați-l să vă adauge.
profile-title = Profil
profile-intro = V-ați autentificat ca { $email }.
profile-about = Despre dumneavoastră
profile-language-browser = Limba browserului
profile-language-own-name = Română
profile-language-unknown = Alegeți una dintre aceste limbi.
profile-theme-unknown = Alegeți una dintre aceste teme.
profile-zone = Fus orar
profile-zone-hint = Orele sunt afișate și introduse în { $zone }. Scrieți pentru a căuta, de exemplu Europe/Bucharest. Lăsați necompletat pentru cel implicit.
profile-zone-unknown = Alegeți unul dintre fusurile orare din listă.
profile-zone-saved = Orele sunt acum afișate în { $zone }.
profile-zone-offer = Orele sunt afișate în { $zone }. Dispozitivul dumneavoastră este în
profile-zone-use = Folosiți acest fus orar
profile-zone-keep = Păstrați { $zone }
profile-shortcuts-hint = Taste simple, de exemplu / pentru căutare și c pentru creare. Dezactivați-le dacă vă încurcă.
profile-saved = Profilul a fost salvat.
profile-password = Parolă
profile-current = Parola actuală
profile-new = Parola nouă
profile-password-hint = Schimbarea parolei încheie celelalte sesiuni.
profile-password-submit = Schimbați parola
profile-password-saved = Parola a fost schimbată. Celelalte sesiuni s-au încheiat.
profile-password-raced = Parola a fost schimbată adineauri din altă parte. Acum nu s-a schimbat nimic. Autentificați-vă cu cea nouă.
profile-current-wrong = Parola actuală este greșită.
profile-sessions = Sesiuni
profile-end-others = Încheiați celelalte sesiuni
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
session-own = Sesiunea aceasta
session-end = Încheiați
session-end-named = Încheiați sesiunea { $name }
session-agent = { $browser } pe { $system }
session-agent-part = { $name }
session-agent-unknown = Browser necunoscut
