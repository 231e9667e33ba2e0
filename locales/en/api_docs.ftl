api-docs-title = API reference
api-docs-lead = Every call that this server answers, with what to send and what comes back. The page is made from the running program, so it is never out of date.
api-docs-version = Version { $version }
api-docs-openapi = OpenAPI document
api-docs-contents = On this page
api-docs-authentication = Authentication
api-docs-token-header = Every call carries the header `authtoken` with a token. An administrator issues tokens on the page API tokens, where each is shown once; on the server, `lead-statuses token add` does the same.
api-docs-token-variable = Put yours into this line once, and every example below works as it stands:
api-docs-token-here = your token
api-docs-token-scopes = A token has scopes: `read` for GET, `write` for POST and PUT, `delete` for DELETE. It never allows more than the role of its owner.
api-docs-token-refused = A token that is missing, wrong, expired or revoked, or whose owner is disabled, is answered with 401 and always the same body. Cookies are ignored, and a token in the address is not accepted: addresses end up in logs.
api-docs-values = Bodies and values
api-docs-values-body = POST and PUT take `application/json`, `application/x-www-form-urlencoded` and `multipart/form-data` alike, under the same field names. A list is a JSON array, a repeated field, or one text with a line for each.
api-docs-values-truth = On input, `1`, `"1"`, `true` and `"true"` all mean true. Answers hold numbers as numbers and truth values as truth values; times are RFC 3339 in UTC.
api-docs-values-fields = Only the fields sent change. Unknown fields are ignored, and so are read-only ones.
api-docs-values-ids = An id is decimal digits only: `+1`, `01` and `1e3` are 404. Text is stored as typed.
api-docs-values-limits = A body is at most 1 MiB and arrives within 15 seconds.
api-docs-values-version = The `version` of what was read is also its `ETag`. Sent back as `If-Match`, a stale one is answered with 412; sent in the body as `version`, with 409. Either way nothing is overwritten.
api-docs-values-idempotency = A POST with an `Idempotency-Key` can be repeated: for 24 hours, the same call with the same key gets the first answer again and does nothing twice.
api-docs-errors = Errors
api-docs-errors-body = A call that is refused or fails answers with a `Failure`: `status` is false, `message` is one sentence, and the other fields are there only where they apply.
api-docs-errors-caption = What each status means
api-docs-status = Status
api-docs-meaning = Meaning
api-docs-unreadable = The body can't be read: it is not valid JSON or UTF-8, or its multipart parts are broken.
api-docs-forbidden = The scopes of the token, or the role of its owner, do not allow this.
api-docs-conflict = It contradicts what is there: a name is taken, something is in use, or someone else was faster. Nothing was changed.
api-docs-objects = Objects
api-docs-differences = Differences on purpose
api-docs-differences-lead = Where this API is not like the family of CRM interfaces that it is otherwise compatible with:
api-docs-difference-token = A bad token is answered with 401, not 404, and a token is never taken from the address.
api-docs-difference-empty = An empty list is 200 with an empty array, not 404.
api-docs-difference-codes = A creation is 201, invalid input 422, and a status in use 409.
api-docs-difference-types = Values are typed: numbers and truth values are not strings.
api-docs-difference-default = `isdefault` is the status that new leads start in; the one that won leads land in is `isconverted`.
api-docs-difference-order = `statusorder` is read-only: the order is changed as a whole, with its own call.
api-docs-scope = needs scope
api-docs-parameters = Parameters
api-docs-body = Body
api-docs-answers = Answers
api-docs-example = Example
api-docs-in-path = in the path
api-docs-in-query = in the query
api-docs-in-header = header
api-docs-required = required
api-docs-or = or
api-docs-for-example = for example
api-docs-sample = What it looks like
api-docs-copy = Copy the command
api-docs-as-json = As JSON
api-docs-as-form = As a form
api-docs-as-multipart = As multipart
api-docs-everything = Everything at once
api-docs-a-page = A page of it
api-docs-length =
    { $count ->
        [one] { $min } to { $count } character
       *[other] { $min } to { $count } characters
    }
api-docs-length-from =
    { $count ->
        [one] at least { $count } character
       *[other] at least { $count } characters
    }
api-docs-length-to =
    { $count ->
        [one] at most { $count } character
       *[other] at most { $count } characters
    }
api-docs-range = { $min } to { $max }
api-docs-from = from { $min }
api-docs-to = up to { $max }
api-docs-items =
    { $count ->
        [one] at most { $count } entry
       *[other] at most { $count } entries
    }
api-docs-one-of = one of { $list }
api-docs-pattern = matches { $pattern }
api-docs-default = { $value } if it is not sent
