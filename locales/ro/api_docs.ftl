api-docs-title = Referință API
api-docs-lead = Fiecare apel la care răspunde acest server, cu ce se trimite și ce se primește. Pagina este făcută din programul care rulează, așa că nu rămâne niciodată în urmă.
api-docs-version = Versiunea { $version }
api-docs-openapi = Documentul OpenAPI
api-docs-contents = Pe această pagină
api-docs-authentication = Autentificare
api-docs-token-header = Fiecare apel poartă antetul `authtoken` cu un token. Un administrator emite tokenuri pe pagina Tokenuri API, unde fiecare este arătat o singură dată; pe server, același lucru îl face `lead-statuses token add`.
api-docs-token-variable = Puneți-l o dată pe al dumneavoastră în această linie, și fiecare exemplu de mai jos merge așa cum este:
api-docs-token-here = tokenul dumneavoastră
api-docs-token-scopes = Un token are drepturi: `read` pentru GET, `write` pentru POST și PUT, `delete` pentru DELETE. Nu permite niciodată mai mult decât rolul celui căruia îi aparține.
api-docs-token-refused = Un token care lipsește, este greșit, expirat sau revocat, ori al cărui deținător este dezactivat, primește 401 și mereu același corp. Cookie-urile sunt ignorate, iar un token în adresă nu este acceptat: adresele ajung în jurnale.
api-docs-values = Corpuri și valori
api-docs-values-body = POST și PUT acceptă deopotrivă `application/json`, `application/x-www-form-urlencoded` și `multipart/form-data`, cu aceleași nume de câmpuri. O listă este un tablou JSON, un câmp repetat sau un singur text cu câte o linie pentru fiecare.
api-docs-values-truth = La intrare, `1`, `"1"`, `true` și `"true"` înseamnă toate adevărat. În răspunsuri, numerele sunt numere, iar valorile de adevăr sunt valori de adevăr; orele sunt RFC 3339, în UTC.
api-docs-values-fields = Se schimbă numai câmpurile trimise. Cele necunoscute sunt ignorate, la fel și cele numai pentru citire.
api-docs-values-ids = Un id are numai cifre zecimale: `+1`, `01` și `1e3` înseamnă 404. Textul se păstrează așa cum a fost scris.
api-docs-values-limits = Un corp are cel mult 1 MiB și ajunge în 15 secunde.
api-docs-values-version = Câmpul `version` al datelor citite este și `ETag`-ul lor. Trimisă înapoi ca `If-Match`, o versiune veche primește 412; trimisă în corp ca `version`, primește 409. În ambele cazuri nu se suprascrie nimic.
api-docs-values-idempotency = Un POST cu `Idempotency-Key` poate fi repetat: timp de 24 de ore, același apel cu aceeași cheie primește din nou primul răspuns și nu face nimic de două ori.
api-docs-errors = Erori
api-docs-errors-body = Un apel refuzat sau eșuat răspunde cu un obiect `Failure`: `status` este false, `message` este o propoziție, iar celelalte câmpuri apar numai unde este cazul.
api-docs-errors-caption = Ce înseamnă fiecare cod de stare
api-docs-status = Cod
api-docs-meaning = Înțeles
api-docs-unreadable = Corpul nu poate fi citit: nu este JSON sau UTF-8 valid, ori părțile multipart sunt stricate.
api-docs-forbidden = Drepturile tokenului sau rolul celui căruia îi aparține nu permit acest lucru.
api-docs-conflict = Contrazice ceea ce există: un nume este luat, ceva este în uz sau altcineva a fost mai rapid. Nu s-a schimbat nimic.
api-docs-objects = Obiecte
api-docs-differences = Diferențe intenționate
api-docs-differences-lead = Unde acest API nu seamănă cu familia de interfețe CRM cu care este altfel compatibil:
api-docs-difference-token = Un token greșit primește 401, nu 404, iar tokenul nu este luat niciodată din adresă.
api-docs-difference-empty = O listă goală este 200 cu un tablou gol, nu 404.
api-docs-difference-codes = O creare este 201, datele nevalide 422, iar un status în uz 409.
api-docs-difference-types = Valorile au tip: numerele și valorile de adevăr nu sunt șiruri.
api-docs-difference-default = `isdefault` este statusul în care încep lead-urile noi; cel în care ajung lead-urile câștigate este `isconverted`.
api-docs-difference-order = `statusorder` este numai pentru citire: ordinea se schimbă în întregime, prin apelul ei.
api-docs-scope = cere dreptul
api-docs-parameters = Parametri
api-docs-body = Corp
api-docs-answers = Răspunsuri
api-docs-example = Exemplu
api-docs-in-path = în cale
api-docs-in-query = în interogare
api-docs-in-header = antet
api-docs-required = obligatoriu
api-docs-or = sau
api-docs-for-example = de exemplu
api-docs-sample = Cum arată
api-docs-copy = Copiați comanda
api-docs-as-json = Ca JSON
api-docs-as-form = Ca formular
api-docs-as-multipart = Ca multipart
api-docs-everything = Totul deodată
api-docs-a-page = O pagină
api-docs-length =
    { $count ->
        [one] de la { $min } la { $count } caracter
        [few] de la { $min } la { $count } caractere
       *[other] de la { $min } la { $count } de caractere
    }
api-docs-length-from =
    { $count ->
        [one] cel puțin { $count } caracter
        [few] cel puțin { $count } caractere
       *[other] cel puțin { $count } de caractere
    }
api-docs-length-to =
    { $count ->
        [one] cel mult { $count } caracter
        [few] cel mult { $count } caractere
       *[other] cel mult { $count } de caractere
    }
api-docs-range = de la { $min } la { $max }
api-docs-from = de la { $min }
api-docs-to = până la { $max }
api-docs-items =
    { $count ->
        [one] cel mult { $count } intrare
        [few] cel mult { $count } intrări
       *[other] cel mult { $count } de intrări
    }
api-docs-one-of = unul dintre { $list }
api-docs-pattern = se potrivește cu { $pattern }
api-docs-default = { $value } dacă nu se trimite
