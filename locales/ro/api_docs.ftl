# Words we use: see web.ftl.

api-docs-title = Referință API
api-docs-intro = Toate apelurile acestui server: ce trimiteți și ce răspunde. Pagina este generată de serverul care rulează.
api-docs-version = Versiunea { $version }
api-docs-openapi = Documentul OpenAPI
api-docs-contents = Pe această pagină
api-docs-authentication = Autentificare
api-docs-token-header = Trimiteți un token în antetul `authtoken` al fiecărui apel. Un administrator creează tokenuri pe pagina Tokenuri API sau pe server, cu `lead-statuses token add`. Un token este afișat o singură dată.
api-docs-token-variable = Puneți aici o dată tokenul dumneavoastră, iar exemplele de mai jos funcționează direct:
api-docs-token-here = tokenul dumneavoastră
api-docs-token-scopes = Un token are drepturi: `read` pentru GET, `write` pentru POST și PUT, `delete` pentru DELETE. Poate face doar ce poate face responsabilul său.
api-docs-token-refused = Un token care lipsește, este greșit, expirat sau revocat, ori al cărui responsabil este dezactivat, primește 401. Cookie-urile și tokenurile din adresă sunt ignorate.
api-docs-values = Corpuri și valori
api-docs-values-body = POST și PUT acceptă `application/json`, `application/x-www-form-urlencoded` și `multipart/form-data`, cu aceleași nume de câmpuri. O listă este un tablou JSON, un câmp repetat sau un singur text cu câte o intrare pe rând.
api-docs-values-truth = Pentru adevărat puteți trimite `1`, `"1"`, `true` sau `"true"`. Răspunsurile au numere și valori booleene JSON. Orele sunt RFC 3339, în UTC.
api-docs-values-fields = Se schimbă doar câmpurile trimise. Cele necunoscute sau numai pentru citire sunt ignorate.
api-docs-values-ids = Un id are doar cifre: `+1`, `01` și `1e3` înseamnă 404. Textul se păstrează așa cum îl trimiteți.
api-docs-values-limits = Trimiteți cel mult 1 MiB, în 15 secunde.
api-docs-values-version = Câmpul `version` al unei înregistrări este și `ETag`-ul ei. Dacă trimiteți o versiune veche, nu se schimbă nimic: răspunsul este 412 pentru `If-Match` și 409 pentru `version` din corp.
api-docs-values-idempotency = Trimiteți un `Idempotency-Key` la un POST ca să îl puteți repeta în siguranță: timp de 24 de ore, același apel cu aceeași cheie primește primul răspuns și nu schimbă nimic de două ori.
api-docs-errors = Erori
api-docs-errors-body = Un apel eșuat răspunde cu un obiect `Failure`: `status` este false, `message` este o propoziție, iar celelalte câmpuri apar unde este cazul.
api-docs-errors-caption = Coduri de stare
api-docs-status = Cod
api-docs-meaning = Înțeles
api-docs-unreadable = Corpul nu este JSON, UTF-8 sau multipart valid.
api-docs-forbidden = Drepturile tokenului sau rolul responsabilului său nu permit acest lucru.
api-docs-conflict = Un nume este deja folosit, ceva este încă folosit sau altcineva a salvat între timp. Nu s-a schimbat nimic.
api-docs-objects = Obiecte
api-docs-differences = Diferențe
api-docs-differences-intro = Acest API este compatibil cu o familie de API-uri CRM, cu excepția:
api-docs-difference-token = Un token nevalid primește 401, nu 404, iar un token din adresă este ignorat.
api-docs-difference-empty = O listă goală este 200 cu un tablou gol, nu 404.
api-docs-difference-codes = Crearea este 201, datele nevalide 422, iar un status folosit 409.
api-docs-difference-types = Valorile au tip: numerele și valorile booleene nu sunt șiruri.
api-docs-difference-default = `isdefault` este statusul pentru lead-uri noi; `isconverted` este cel pentru lead-uri câștigate.
api-docs-difference-order = `statusorder` mută statusul la acea poziție. Un apel separat schimbă toată ordinea.
api-docs-scope = necesită dreptul
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
api-docs-sample = Obiect de exemplu
api-docs-copy = Copiați comanda
api-docs-as-json = JSON
api-docs-as-form = Formular
api-docs-as-multipart = Multipart
api-docs-everything = Totul deodată
api-docs-a-page = O singură pagină
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
api-docs-default = implicit: { $value }
