# Words we use: see web.ftl.

login-title = Sign in
login-email = E-mail address
login-password = Password
login-submit = Sign in
login-forgotten = Forgot your password? An administrator can set a new one.
login-wrong = Wrong e-mail or password. Check both and try again.
login-wait =
    { $count ->
        [one] Too many attempts. Wait a minute and try again. Forgot your password? Ask an administrator for a new one.
       *[other] Too many attempts. Wait { $count } minutes and try again. Forgot your password? Ask an administrator for a new one.
    }
login-wait-seconds =
    { $count ->
        [one] Too many attempts. Wait a second and try again.
       *[other] Too many attempts. Wait { $count } seconds and try again.
    }
login-signed-out = You are signed out.
login-form-kept = Your session ended, so nothing is saved yet. Sign in and your form is back with what you typed.
login-session-ended = Your session ended, so nothing was changed. Sign in and try again.
form-gone = That form is no longer kept. It was there for 30 minutes after your session ended.
setup-title = Set up
setup-intro = Create the administrator account. You can add others later.
setup-submit = Create and sign in
setup-done = Welcome, { $name }. Start with these statuses or pick a template.
setup-closed-title = This link no longer works
setup-closed-text = A set-up link works once, for 24 hours. Restart the server to get a new one.
setup-done-title = Already set up
setup-done-text = There is an administrator already. Sign in, or ask them to add you.
profile-title = Profile
profile-intro = You are signed in as { $email }.
profile-about = About you
profile-language-browser = Browser language
profile-language-own-name = English
profile-language-unknown = Choose one of these languages.
profile-theme-unknown = Choose one of these themes.
profile-zone = Time zone
profile-zone-hint = Times are shown and entered in { $zone }. Type to search, for example Europe/Bucharest. Leave empty for the default.
profile-zone-unknown = Choose one of the time zones in the list.
profile-zone-saved = Times are now shown in { $zone }.
profile-zone-offer = Times are shown in { $zone }. Your device is in
profile-zone-use = Use this time zone
profile-zone-keep = Keep { $zone }
profile-shortcuts-hint = Single keys, such as / to search and c to create. Turn them off if they get in the way.
profile-saved = Profile saved.
profile-password = Password
profile-current = Current password
profile-new = New password
profile-password-hint = Changing it ends your other sessions.
profile-password-submit = Change password
profile-password-saved = Password changed. Your other sessions have ended.
profile-password-raced = Your password was just changed elsewhere. Nothing was changed now. Sign in with the new one.
profile-current-wrong = Wrong current password.
profile-sessions = Sessions
profile-end-others = End other sessions
profile-session-ended = Session ended.
profile-sessions-ended =
    { $count ->
        [0] No other sessions.
        [one] { $count } other session ended.
       *[other] { $count } other sessions ended.
    }
session-device = Browser
session-address = Address
session-begun = Started
session-seen = Last seen
session-own = This session
session-end = End
session-end-named = End the session of { $name }
session-agent = { $browser } on { $system }
session-agent-part = { $name }
session-agent-unknown = Unknown browser
