use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::App;
use crate::theme::Theme;

const COOKIE: &str = "ls_theme";

impl Theme {
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
