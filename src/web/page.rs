//! The frame around every page.

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptLanguage, Header};

use super::{App, Flash, RestoredForm, csrf};
use crate::clock::{Timestamp, Zone};
use crate::i18n::{Arg, Lang, Message};
use crate::signer::random_token;
use crate::theme::Theme;

/// The user of a page.
#[derive(Debug, Clone)]
pub struct PageUser {
    pub id: i64,
    pub name: String,
    pub email: String,
    /// `admin`, `manager`, `rep` or `viewer`.
    pub role: &'static str,
}

/// A line of the sidebar.
#[derive(Debug, Clone)]
pub struct MenuItem {
    pub href: &'static str,
    /// The name of the icon in the sprite.
    pub icon: &'static str,
    pub label: &'static str,
    pub is_current: bool,
    /// A number on the right.
    pub count: Option<String>,
    /// True if the number is a warning.
    pub is_warning: bool,
}

/// Lines of the sidebar under a heading.
#[derive(Debug, Clone)]
pub struct MenuGroup {
    pub label: &'static str,
    pub items: Vec<MenuItem>,
}

/// The frame around a page: its user, language, theme and menu.
#[derive(Debug, Clone)]
pub struct Page {
    pub lang: Lang,
    pub theme: Theme,
    pub user: Option<PageUser>,
    /// The value of the hidden field `csrf` in every form, masked anew for this page.
    pub csrf: String,
    /// The value of the hidden field `once` in every form: another one for each page.
    pub form_key: String,
    pub flash: Option<Flash>,
    pub menu: Vec<MenuGroup>,
    /// False if the user switched the shortcuts off.
    pub has_shortcuts: bool,
    /// The "(n)" of the title: the number of stuck and offered leads of this user; zero is not shown.
    pub title_count: i64,
    pub now: Timestamp,
    /// The time zone in which times are shown and typed.
    pub zone: Zone,
    /// True if the user has not chosen a time zone yet.
    pub offers_zone: bool,
    /// Path and query of this page, as the return address of its forms.
    pub address: String,
}

impl Page {
    /// A page without a user: with the language and theme of the browser, and no menu.
    pub fn without_user(req: &HttpRequest, app: &App) -> Page {
        Page {
            lang: browser_language(req),
            theme: Theme::of_browser(req, app),
            user: None,
            csrf: csrf::token(req, app),
            form_key: random_token(16),
            flash: banner(req, app),
            menu: Vec::new(),
            has_shortcuts: false,
            title_count: 0,
            now: app.clock.now(),
            zone: app.time_zone,
            offers_zone: false,
            address: req
                .uri()
                .path_and_query()
                .map(ToString::to_string)
                .unwrap_or_default(),
        }
    }

    /// True if the page is made for this user.
    pub fn is_of(&self, user_id: &i64) -> bool {
        self.user.as_ref().is_some_and(|user| user.id == *user_id)
    }

    /// A text without arguments.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.lang.t(key)
    }

    /// The sentence for `count` things.
    pub fn tn(&self, key: &'static str, count: impl Into<Arg>) -> String {
        self.lang.tn(key, count)
    }

    /// A sentence with one argument.
    pub fn t1(&self, key: &'static str, name: &'static str, value: impl Into<Arg>) -> String {
        self.lang.format(key, &[(name, value.into())]).into_owned()
    }

    /// A sentence with two arguments.
    pub fn t2(
        &self,
        key: &'static str,
        name: &'static str,
        value: impl Into<Arg>,
        other: &'static str,
        second: impl Into<Arg>,
    ) -> String {
        self.lang
            .format(key, &[(name, value.into()), (other, second.into())])
            .into_owned()
    }

    /// A message in this page's language.
    pub fn text(&self, message: &Message) -> String {
        message.text(self.lang)
    }

    /// The text of the banner, in this page's language.
    pub fn flash_text(&self) -> Option<String> {
        self.flash.as_ref().map(|flash| flash.text(self.lang))
    }

    /// How long ago something happened, in words.
    pub fn ago(&self, at: &Timestamp) -> String {
        self.lang.ago(*at, self.now, self.zone)
    }

    /// Day and time in the zone of the user.
    pub fn datetime(&self, at: &Timestamp) -> String {
        self.lang.datetime(*at, self.zone)
    }

    /// A whole number with the language's separators.
    pub fn number(&self, number: &i64) -> String {
        self.lang.number(*number)
    }
}

/// The message of the previous request, or that a form is shown again.
fn banner(req: &HttpRequest, app: &App) -> Option<Flash> {
    match RestoredForm::of(req) {
        Some(form) => Some(form.flash()),
        None => Flash::read(req, app),
    }
}

/// The first supported language of the browser, else English.
fn browser_language(req: &HttpRequest) -> Lang {
    AcceptLanguage::parse(req)
        .ok()
        .and_then(|header| {
            header
                .ranked()
                .iter()
                .find_map(|tag| Lang::from_tag(&tag.to_string()))
        })
        .unwrap_or_default()
}
