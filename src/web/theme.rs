use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::web::App;

const COOKIE: &str = "ls_theme";

/// How the page is lit; `auto` follows the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The themes there are, in the order of the profile's choice.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The word in the profile and in `data-theme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a word; `auto` for unknown ones.
    pub fn from_word(word: &str) -> Theme {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .unwrap_or_default()
    }

    /// What the last person to choose a theme in this browser chose.
    pub fn of_browser(req: &HttpRequest, app: &App) -> Theme {
        req.cookie(&app.cookie_name(COOKIE))
            .map(|cookie| Theme::from_word(cookie.value()))
            .unwrap_or_default()
    }

    /// The cookie that keeps a choice for pages without a user.
    pub fn cookie(self, app: &App) -> Cookie<'static> {
        Cookie::build(app.cookie_name(COOKIE), self.as_str())
            .path("/")
            .http_only(true)
            .secure(app.is_https())
            .same_site(SameSite::Lax)
            .max_age(Duration::days(365))
            .finish()
    }
}
