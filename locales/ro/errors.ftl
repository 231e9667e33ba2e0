error-heading-400 = Nu putem citi cererea
error-heading-403 = Nu este permis
error-heading-404 = Nu e nimic aici
error-heading-405 = Nu în felul acesta
error-heading-408 = A durat prea mult
error-heading-409 = Altceva s-a schimbat între timp
error-heading-413 = Este prea mare
error-heading-415 = Nu înțelegem acest tip
error-heading-421 = Adresă greșită
error-heading-422 = Unele valori trebuie revăzute
error-heading-429 = Prea multe cereri
error-heading-500 = Ceva nu a mers la noi
error-heading-503 = Ocupat în acest moment
error-not-found = Nu s-au găsit date
error-page-not-found = La această adresă nu există nicio pagină sau nu o puteți vedea. Verificați adresa sau reveniți la listă.
error-forbidden = Rolul dumneavoastră nu permite acest lucru. Dacă aveți nevoie, cereți-i unui administrator.
error-signed-out = Nu sunteți autentificat. Autentificați-vă și încercați din nou.
error-bad-token = Tokenul authtoken lipsește sau nu este valid.
error-csrf = Formularul este expirat sau vine de pe alt site, așa că nu s-a schimbat nimic. Reveniți, reîncărcați pagina și încercați din nou.
error-kept = Ce ați scris, pentru copiere
error-form-again = Deschideți din nou formularul
error-invalid = Unele valori nu pot fi acceptate.
error-blocked = Este încă în uz, așa că nu s-a schimbat nimic.
error-stale-order = Altcineva a schimbat ordinea între timp. Nu s-a mutat nimic: uitați-vă la ordinea actuală și încercați din nou.
error-stale-version = Altcineva a salvat între timp. Nu s-a suprascris nimic: citiți versiunea actuală și încercați din nou.
error-precondition = Versiunea din If-Match nu este cea actuală. Nu s-a schimbat nimic.
error-method = Această adresă nu acceptă metoda folosită.
error-too-slow = Cererea nu a sosit în 15 secunde. Verificați conexiunea și trimiteți din nou.
error-too-large = Cererea este mai mare decât se acceptă aici.
error-media-type = Trimiteți application/json, application/x-www-form-urlencoded sau multipart/form-data.
error-misdirected = Acest server nu deservește acel nume de gazdă.
error-too-many =
    { $count ->
        [one] Prea multe încercări. Așteptați un minut, apoi încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } minute, apoi încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de minute, apoi încercați din nou.
    }
error-too-many-seconds =
    { $count ->
        [one] Prea multe încercări. Așteptați o secundă, apoi încercați din nou.
        [few] Prea multe încercări. Așteptați { $count } secunde, apoi încercați din nou.
       *[other] Prea multe încercări. Așteptați { $count } de secunde, apoi încercați din nou.
    }
error-crowded =
    { $count ->
        [one] Au venit prea multe cereri deodată. Nu s-a modificat nimic; încercați din nou peste o secundă.
        [few] Au venit prea multe cereri deodată. Nu s-a modificat nimic; încercați din nou peste { $count } secunde.
       *[other] Au venit prea multe cereri deodată. Nu s-a modificat nimic; încercați din nou peste { $count } de secunde.
    }
error-busy = Baza de date nu poate fi scrisă sau citită acum. Nu s-a schimbat nimic; încercați din nou peste puțin timp.
error-internal = Cauza este în jurnal, sub identificatorul cererii de aici. Încercați din nou; dacă se repetă, spuneți-i administratorului acest identificator.
error-body-not-json = Corpul cererii nu este JSON valid.
error-body-not-object = Corpul cererii trebuie să fie un obiect JSON.
error-body-not-utf8 = Textul nu este UTF-8 valid.
error-body-nul = Textul conține un caracter NUL, care nu poate fi păstrat.
error-body-multipart = Corpul multipart nu poate fi citit.
error-request-id = Cererea { $id }
error-taken = Aceeași valoare există deja.
error-dry-run = Doar ștergerea poate fi încercată cu dry_run. Nu s-a schimbat nimic; omiteți-l pentru a continua.
error-idempotency-key = Trimiteți un Idempotency-Key de 1 până la 255 de caractere.
error-idempotency-reused = Acest Idempotency-Key a fost folosit înainte cu alt conținut. Nu s-a făcut nimic; folosiți o cheie nouă.
error-scope = Acestui token îi lipsește domeniul „{ $scope }”. Emiteți unul care îl are.
error-heading-401 = Cine sunteți?
error-heading-504 = Niciun răspuns la timp
error-late = Baza de date nu a răspuns la timp, așa că nu se știe dacă s-a făcut. Uitați-vă la starea actuală înainte să încercați din nou.
error-corrupt = Fișierul bazei de date este deteriorat, așa că nu s-a putut citi sau salva. Anunțați persoana care administrează serverul: trebuie oprit și trebuie restaurată o copie de rezervă.
