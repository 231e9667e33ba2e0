error-heading-400 = We can't read that
error-heading-403 = That is not allowed
error-heading-404 = Nothing here
error-heading-405 = Not this way
error-heading-408 = That took too long
error-heading-409 = Something else changed first
error-heading-413 = That is too large
error-heading-415 = We don't understand that type
error-heading-421 = Wrong address
error-heading-422 = Some values need another look
error-heading-429 = Too many requests
error-heading-500 = Something went wrong on our side
error-heading-503 = Busy right now
error-not-found = No data were found
error-page-not-found = There is no page at this address, or you may not see it. Check the address, or go back to the list.
error-forbidden = Your role does not allow this. Ask an administrator if you need it.
error-signed-out = You are signed out. Sign in and try again.
error-bad-token = The authtoken is missing or not valid.
error-csrf = This form is out of date or came from another site, so nothing was changed. Go back, reload the page and try again.
error-kept = What you typed, to copy
error-form-again = Open the form again
error-invalid = Some values can't be accepted.
error-blocked = It is still in use, so nothing was changed.
error-stale-order = The order was changed by someone else in the meantime. Nothing was moved: look at the current order and try again.
error-stale-version = Someone else saved this in the meantime. Nothing was overwritten: read the current version and try again.
error-precondition = The version in If-Match is not the current one. Nothing was changed.
error-method = This address does not take that method.
error-too-slow = The request did not arrive within 15 seconds. Check the connection and send it again.
error-too-large = The request is larger than what is accepted here.
error-media-type = Send application/json, application/x-www-form-urlencoded or multipart/form-data.
error-misdirected = This server does not serve that host name.
error-too-many =
    { $count ->
        [one] Too many attempts. Wait a minute, then try again.
       *[other] Too many attempts. Wait { $count } minutes, then try again.
    }
error-too-many-seconds =
    { $count ->
        [one] Too many attempts. Wait a second, then try again.
       *[other] Too many attempts. Wait { $count } seconds, then try again.
    }
error-crowded =
    { $count ->
        [one] Too many requests came at once. Nothing was changed; try again in a second.
       *[other] Too many requests came at once. Nothing was changed; try again in { $count } seconds.
    }
error-busy = The database can't be written or read right now. Nothing was changed; try again in a moment.
error-internal = The cause is in the log under the request id shown here. Try again; if it happens again, tell your administrator that id.
error-body-not-json = The body is not valid JSON.
error-body-not-object = The body must be a JSON object.
error-body-not-utf8 = The text is not valid UTF-8.
error-body-nul = The text contains a NUL character, which can't be stored.
error-body-multipart = The multipart body can't be read.
error-request-id = Request { $id }
error-taken = The same value exists already.
error-dry-run = Only deleting can be tried out with dry_run. Nothing was changed; leave it out to go on.
error-idempotency-key = Send an Idempotency-Key of 1 to 255 characters.
error-idempotency-reused = This Idempotency-Key was used with another body before. Nothing was done; use a new key.
error-scope = This token lacks the scope “{ $scope }”. Issue one that has it.
error-heading-401 = Who are you?
error-heading-504 = No answer in time
error-late = The database did not answer in time, so it is not known whether this was done. Look at the current state before you try again.
error-corrupt = The database file is damaged, so this could not be read or saved. Tell whoever runs this server: it has to be stopped and a backup restored.
