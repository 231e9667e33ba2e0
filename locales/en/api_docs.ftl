# Words we use: see web.ftl.

api-docs-title = API reference
api-docs-intro = Every call of this server: what to send, and what it answers. This page is generated from the running server.
api-docs-version = Version { $version }
api-docs-openapi = OpenAPI document
api-docs-contents = On this page
api-docs-authentication = Authentication
api-docs-token-header = Send a token in the `authtoken` header of every call. An administrator creates tokens on the API tokens page, or on the server with `lead-statuses token add`. A token is shown only once.
api-docs-token-variable = Put your token here once, and every example below works as it is:
api-docs-token-here = your token
api-docs-token-scopes = A token has scopes: `read` for GET, `write` for POST and PUT, `delete` for DELETE. It can do only what its owner can.
api-docs-token-refused = A token that is missing, wrong, expired or revoked, or whose owner is disabled, is answered with 401. Cookies and tokens in the address are ignored.
api-docs-values = Bodies and values
api-docs-values-body = POST and PUT take `application/json`, `application/x-www-form-urlencoded` and `multipart/form-data`, with the same field names. A list is a JSON array, a repeated field, or one text with one entry per line.
api-docs-values-truth = You can send `1`, `"1"`, `true` or `"true"` for true. Answers have JSON numbers and booleans. Times are RFC 3339 in UTC.
api-docs-values-fields = Only the fields you send change. Unknown and read-only fields are ignored.
api-docs-values-ids = An id has only digits: `+1`, `01` and `1e3` are 404. Text is stored as you send it.
api-docs-values-limits = Send at most 1 MiB, within 15 seconds.
api-docs-values-version = The `version` of a record is also its `ETag`. If you send an old one, nothing is changed: the answer is 412 for `If-Match`, and 409 for `version` in the body.
api-docs-values-idempotency = Send an `Idempotency-Key` with a POST to repeat it safely: for 24 hours, the same call with the same key returns the first answer and changes nothing twice.
api-docs-errors = Errors
api-docs-errors-body = A failed call answers with a `Failure`: `status` is false, `message` is one sentence, and the other fields are there where they apply.
api-docs-errors-caption = Status codes
api-docs-status = Status
api-docs-meaning = Meaning
api-docs-unreadable = The body isn’t valid JSON, UTF-8 or multipart.
api-docs-forbidden = The scopes of the token, or the role of its owner, don’t allow this.
api-docs-conflict = A name is taken, something is in use, or someone else saved first. Nothing was changed.
api-docs-objects = Objects
api-docs-differences = Differences
api-docs-differences-intro = This API is compatible with a family of CRM APIs, except:
api-docs-difference-token = An invalid token is 401, not 404, and a token in the address is ignored.
api-docs-difference-empty = An empty list is 200 with an empty array, not 404.
api-docs-difference-codes = Creating is 201, invalid input is 422, and a status in use is 409.
api-docs-difference-types = Values are typed: numbers and booleans aren’t strings.
api-docs-difference-default = `isdefault` is the status for new leads; `isconverted` is the one for won leads.
api-docs-difference-order = `statusorder` moves a status to that position. A separate call changes the whole order.
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
api-docs-sample = Example object
api-docs-copy = Copy the command
api-docs-as-json = JSON
api-docs-as-form = Form
api-docs-as-multipart = Multipart
api-docs-everything = All at once
api-docs-a-page = One page
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
api-docs-default = default: { $value }
