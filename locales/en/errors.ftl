# Words we use: see web.ftl.

error-heading-400 = The request can’t be read
error-heading-403 = You can’t do this
error-heading-404 = Page not found
error-heading-405 = Method not allowed
error-heading-408 = The request took too long
error-heading-409 = Nothing was changed
error-heading-413 = Too large
error-heading-415 = Format not supported
error-heading-421 = Wrong address
error-heading-422 = Check these values
error-heading-429 = Too many requests
error-heading-500 = Something went wrong
error-heading-503 = Busy right now
error-not-found = No data were found
error-page-not-found = There is no page here, or you don’t have access to it. Check the address, or go back to the list.
error-forbidden = Your role doesn’t allow this. Ask an administrator for access.
error-signed-out = You are signed out. Sign in and try again.
error-bad-token = The authtoken is missing or not valid.
error-csrf = This form has expired or came from another site. Nothing was changed. Go back, reload the page and try again.
error-form-again = Open the form again
error-invalid = Some values aren’t valid. Correct them and try again.
error-blocked = It is still in use. Nothing was changed.
error-stale-order = Someone else changed the order. Nothing was moved. Check the current order and try again.
error-stale-version = Someone else saved this first. Nothing was changed. Load the current version and try again.
error-precondition = If-Match isn’t the current version. Nothing was changed. Load the current version and try again.
error-method = This address doesn’t accept that method.
error-too-slow = The request didn’t arrive within 15 seconds. Check your connection and try again.
error-too-large = The request is too large. Send less at once.
error-repeated = This form was sent before and is done.
error-media-type = Send application/json, application/x-www-form-urlencoded or multipart/form-data.
error-misdirected = This server doesn’t answer to that host name. Check the address.
error-too-many =
    { $count ->
        [one] Too many attempts. Wait a minute and try again.
       *[other] Too many attempts. Wait { $count } minutes and try again.
    }
error-too-many-seconds =
    { $count ->
        [one] Too many attempts. Wait a second and try again.
       *[other] Too many attempts. Wait { $count } seconds and try again.
    }
error-crowded =
    { $count ->
        [one] Too many requests at once. Nothing was changed. Try again in a second.
       *[other] Too many requests at once. Nothing was changed. Try again in { $count } seconds.
    }
error-busy = The database isn’t available right now. Nothing was changed. Try again in a moment.
error-internal = Try again. If it happens again, give your administrator the request id shown here.
error-body-compression = The body is not compressed as Content-Encoding says.
error-body-not-json = The body is not valid JSON.
error-body-not-object = The body must be a JSON object.
error-body-not-utf8 = The text is not valid UTF-8.
error-body-nul = The text contains a NUL character. Remove it and try again.
error-body-unreadable = The body can’t be read: it is cut off, or not what its headers say.
error-request-unreadable = The request can’t be read. Check its address and its headers.
error-body-multipart = The multipart body can’t be read.
error-request-id = Request { $id }
error-taken = This value is already used. Choose another.
error-dry-run = dry_run works only for deleting. Nothing was changed. Leave it out and try again.
error-idempotency-key = Send an Idempotency-Key of 1 to 255 characters.
error-idempotency-reused = This Idempotency-Key was already used with another body. Nothing was changed. Use a new key.
error-scope = This token lacks the scope “{ $scope }”. Create a token that has it.
error-heading-401 = Sign in
error-heading-504 = No answer in time
error-late = The database didn’t answer in time. Check whether the change was made before you try again.
error-corrupt = The database file is damaged. Ask your administrator to stop the server and restore a backup.
error-unmet = The lead doesn’t meet the rules of this status.
