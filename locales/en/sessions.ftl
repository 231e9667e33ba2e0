login-title = Sign in
login-email = E-mail address
login-password = Password
login-submit = Sign in
login-forgotten = Forgotten your password? An administrator can set a new one.
login-wrong = That e-mail address and password don’t go together. Check both and try again.
login-wait =
    { $count ->
        [one] Too many attempts. Wait a minute, then try again; if you have forgotten the password, ask an administrator for a new one.
       *[other] Too many attempts. Wait { $count } minutes, then try again; if you have forgotten the password, ask an administrator for a new one.
    }
login-wait-seconds =
    { $count ->
        [one] Too many attempts. Wait a second, then try again.
       *[other] Too many attempts. Wait { $count } seconds, then try again.
    }
login-signed-out = You are signed out.
setup-title = Set up
setup-lead = Make the first administrator. Everyone else is added from inside.
setup-submit = Create and sign in
setup-done = Welcome, { $name }. Your pipeline is ready to be made your own.
setup-closed-title = This link does not work any more
setup-closed-text = A set-up link works once and for 24 hours. Start the program again: it prints a new one.
setup-done-title = Already set up
setup-done-text = There is an administrator already. Sign in, or ask an administrator to add you.
profile-title = Profile
profile-lead = You are signed in as { $email }.
profile-about = About you
profile-language-browser = As the browser
profile-language-own-name = English
profile-language-unknown = Choose one of the languages on offer.
profile-theme-unknown = Choose one of the themes on offer.
profile-shortcuts-hint = Single keys such as / for search and c for create. Switch them off if they get in the way.
profile-saved = Your profile is saved.
profile-password = Password
profile-current = Current password
profile-new = New password
profile-password-hint = Your other sessions end when the password changes.
profile-password-submit = Change password
profile-password-saved = Your password is changed, and your other sessions have ended.
profile-password-raced = Your password was changed from elsewhere in the meantime. Nothing was changed now; sign in with the new one.
profile-current-wrong = That is not your current password.
profile-sessions = Sessions
profile-end-others = End all others
profile-session-ended = The session has ended.
profile-sessions-ended =
    { $count ->
        [0] There was no other session.
        [one] { $count } other session has ended.
       *[other] { $count } other sessions have ended.
    }
session-device = Browser
session-address = Address
session-begun = Begun
session-seen = Last seen
session-own = This one
session-end = End
session-end-named = End the session of { $name }
session-agent = { $browser } on { $system }
session-agent-part = { $name }
session-agent-unknown = Unknown browser
