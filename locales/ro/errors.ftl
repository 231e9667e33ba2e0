# Words we use: see web.ftl.

error-heading-400 = Cererea nu poate fi citită
error-heading-403 = Nu aveți acces
error-heading-404 = Pagina nu a fost găsită
error-heading-405 = Metodă nepermisă
error-heading-408 = Cererea a durat prea mult
error-heading-409 = Nu s-a schimbat nimic
error-heading-413 = Prea mare
error-heading-415 = Format neacceptat
error-heading-421 = Adresă greșită
error-heading-422 = Verificați aceste valori
error-heading-429 = Prea multe cereri
error-heading-500 = A apărut o eroare
error-heading-503 = Ocupat în acest moment
error-not-found = Nu s-au găsit date
error-page-not-found = Aici nu există nicio pagină sau nu aveți acces la ea. Verificați adresa sau reveniți la listă.
error-forbidden = Rolul dumneavoastră nu permite acest lucru. Cereți acces unui administrator.
error-signed-out = Nu sunteți autentificat. Autentificați-vă și încercați din nou.
error-bad-token = Tokenul authtoken lipsește sau nu este valid.
error-csrf = Formularul a expirat sau vine de pe alt site. Nu s-a schimbat nimic. Reveniți, reîncărcați pagina și încercați din nou.
error-form-again = Deschideți din nou formularul
error-invalid = Unele valori nu sunt valide. Corectați-le și încercați din nou.
error-blocked = Este încă folosit. Nu s-a schimbat nimic.
error-stale-order = Altcineva a schimbat ordinea. Nu s-a mutat nimic. Verificați ordinea actuală și încercați din nou.
error-stale-version = Altcineva a salvat între timp. Nu s-a schimbat nimic. Încărcați versiunea actuală și încercați din nou.
error-precondition = Versiunea din If-Match nu este cea actuală. Nu s-a schimbat nimic. Încărcați versiunea actuală și încercați din nou.
error-repeated = Formularul a fost trimis deja și este rezolvat.
error-method = Această adresă nu acceptă metoda folosită.
error-too-slow = Cererea nu a sosit în 15 secunde. Verificați conexiunea și încercați din nou.
error-too-large = Cererea este prea mare. Trimiteți mai puțin odată.
error-media-type = Trimiteți application/json, application/x-www-form-urlencoded sau multipart/form-data.
error-misdirected = Serverul nu răspunde la acest nume de gazdă. Verificați adresa.
error-too-many =
    { $count ->
        [one] Prea multe încercări. Așteptați un minut și încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } minute și încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de minute și încercați din nou.
    }
error-too-many-seconds =
    { $count ->
        [one] Prea multe încercări. Așteptați o secundă și încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } secunde și încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de secunde și încercați din nou.
    }
error-crowded =
    { $count ->
        [one] Prea multe cereri deodată. Nu s-a schimbat nimic. Încercați din nou peste o secundă.
        [few] Prea multe cereri deodată. Nu s-a schimbat nimic. Încercați din nou peste { $count } secunde.
       *[other] Prea multe cereri deodată. Nu s-a schimbat nimic. Încercați din nou peste { $count } de secunde.
    }
error-busy = Baza de date nu este disponibilă acum. Nu s-a schimbat nimic. Încercați din nou peste câteva clipe.
error-internal = Încercați din nou. Dacă se repetă, comunicați-i administratorului identificatorul cererii afișat aici.
error-body-compression = Corpul cererii nu este comprimat așa cum spune Content-Encoding.
error-body-not-json = Corpul cererii nu este JSON valid.
error-body-not-object = Corpul cererii trebuie să fie un obiect JSON.
error-body-not-utf8 = Textul nu este UTF-8 valid.
error-body-nul = Textul conține un caracter NUL. Eliminați-l și încercați din nou.
error-body-unreadable = Corpul cererii nu poate fi citit: este trunchiat sau nu corespunde antetelor.
error-request-unreadable = Cererea nu poate fi citită. Verificați adresa și antetele.
error-body-multipart = Corpul multipart nu poate fi citit.
error-request-id = Cererea { $id }
error-taken = Această valoare este deja folosită. Alegeți alta.
error-dry-run = dry_run funcționează doar la ștergere. Nu s-a schimbat nimic. Omiteți-l și încercați din nou.
error-idempotency-key = Trimiteți un Idempotency-Key de 1 până la 255 de caractere.
error-idempotency-reused = Acest Idempotency-Key a fost deja folosit cu alt conținut. Nu s-a schimbat nimic. Folosiți o cheie nouă.
error-scope = Acestui token îi lipsește dreptul „{ $scope }”. Creați un token care îl are.
error-heading-401 = Autentificați-vă
error-heading-504 = Niciun răspuns la timp
error-late = Baza de date nu a răspuns la timp. Verificați dacă modificarea s-a făcut înainte să încercați din nou.
error-corrupt = Fișierul bazei de date este deteriorat. Rugați administratorul să oprească serverul și să restaureze o copie de rezervă.
error-unmet = Lead-ul nu îndeplinește regulile acestui status.
