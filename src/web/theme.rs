//! The theme of a request: its cookie.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;

use super::App;
use crate::theme::Theme;

const COOKIE: &str = "ls_theme";

impl Theme {
    /// The theme that was last chosen in this browser.
    pub fn of_browser(req: &HttpRequest, app: &App) -> Theme {
        let cookie = req.cookie(&app.cookie_name(COOKIE));
        let theme = cookie.and_then(|cookie| Theme::from_word(cookie.value()));
        theme.unwrap_or_default()
    }

    /// The cookie that keeps a choice for pages without a user.
    pub fn cookie(self, app: &App) -> Cookie<'static> {
        let cookie = app.cookie(COOKIE, self.as_str());
        cookie.max_age(Duration::days(365)).finish()
    }
}
