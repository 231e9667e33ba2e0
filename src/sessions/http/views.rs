//! What the pages of signing in, of the profile and of setting up show.

use askama::Template;

use crate::access::{ProfileForm, UserForm};
use crate::error::FieldErrors;
use crate::sessions::domain::session::Session;
use crate::sessions::domain::user_agent;
use crate::theme::Theme;
use crate::web::Page;

/// Signing in.
#[derive(Template)]
#[template(path = "sessions/login.html")]
pub struct LoginPage {
    pub page: Page,
    pub errors: FieldErrors,
    pub email: String,
    pub next: String,
}

/// The first administrator.
#[derive(Template)]
#[template(path = "sessions/setup.html")]
pub struct SetupPage {
    pub page: Page,
    pub code: String,
    pub typed: UserForm,
    pub errors: FieldErrors,
    /// The fewest characters of a password.
    pub min: usize,
}

/// A set-up link that leads nowhere.
#[derive(Template)]
#[template(path = "sessions/closed.html")]
pub struct ClosedPage {
    pub page: Page,
    /// True if there are users already.
    pub is_done: bool,
    pub login: &'static str,
}

/// One's own profile.
#[derive(Template)]
#[template(path = "sessions/profile.html")]
pub struct ProfilePage {
    pub page: Page,
    pub errors: FieldErrors,
    pub typed: ProfileForm,
    pub email: String,
    pub sessions: Vec<Session>,
    /// The session of this request.
    pub own: Option<i64>,
    /// The fewest characters of a password.
    pub min: usize,
}

impl ProfilePage {
    /// "Firefox on Linux".
    fn agent(&self, session: &Session) -> String {
        user_agent::describe(&session.agent).text(self.page.lang)
    }

    fn is_own(&self, session: &Session) -> bool {
        self.own == Some(session.id)
    }

    /// The themes with their catalogue keys.
    fn themes(&self) -> [(&'static str, &'static str); 3] {
        Theme::ALL.map(|theme| {
            let key = match theme {
                Theme::Auto => "web-theme-auto",
                Theme::Light => "web-theme-light",
                Theme::Dark => "web-theme-dark",
            };
            (theme.as_str(), key)
        })
    }
}
