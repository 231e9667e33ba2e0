//! The extractor of requests for pages.

use std::future::{Ready, ready};

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use crate::access::actions::authorization::Credential;
use crate::access::domain::permission::Permission;
use crate::access::domain::principal::Principal;
use crate::access::http::caller::{Caller, Identity, permission_of};
use crate::access::http::menu::menu;
use crate::access::store::principals::user_of_ended_session;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::web::{
    App, Flash, Page, PageUser, ResponseBody, accepts_gzip, csrf, html, public_address, redirect,
};

/// The entry of the session state that holds the hash of its key.
pub const SESSION_HASH_ENTRY: &str = "key";

/// A request for a page. Its sender is identified and authorized in the transaction of the data
/// ([`PageRequest::read`], [`PageRequest::write`]), so that a page costs one trip to the database.
#[derive(Clone)]
pub struct PageRequest(Caller);

impl FromRequest for PageRequest {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(PageRequest::new(req))
    }
}

impl PageRequest {
    fn new(req: &HttpRequest) -> Result<PageRequest> {
        PageRequest::with(req, permission_of(req)?)
    }

    /// A request that needs this permission.
    pub(crate) fn with(req: &HttpRequest, permission: Permission) -> Result<PageRequest> {
        let app = App::of(req)?.clone();
        let session: Option<String> = match csrf::has_one_session(req, &app) {
            true => req.get_session().get(SESSION_HASH_ENTRY).ok().flatten(),
            false => None,
        };
        if session.is_none() && permission != Permission::Public {
            return Err(Error::SignedOut);
        }
        Ok(PageRequest(Caller {
            req: req.clone(),
            app,
            permission,
            credential: session.map(Credential::Session),
        }))
    }

    /// The state of the program.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The request itself, for headers and cookies.
    pub fn http(&self) -> &HttpRequest {
        &self.0.req
    }

    /// The scheme, host and port under which the browser knows this site.
    pub fn origin(&self) -> String {
        public_address(self.http(), self.app()).origin()
    }

    /// The hash of the session's key, if there is a session cookie.
    pub fn session_hash(&self) -> Option<&str> {
        match &self.0.credential {
            Some(Credential::Session(hash)) => Some(hash),
            _ => None,
        }
    }

    /// The user whose session has ended by itself; nothing if it goes on, was ended, or the user is disabled.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub async fn user_of_ended_session(&self) -> Result<Option<i64>> {
        let Some(hash) = self.session_hash().map(str::to_owned) else {
            return Ok(None);
        };
        let now = self.app().clock.now();
        let find = move |conn: &mut Conn| user_of_ended_session(conn, &hash, now);
        self.app().db.read(find).await
    }

    /// Reads in the transaction that identifies and authorizes the sender.
    ///
    /// # Errors
    /// [`Error::SignedOut`], [`Error::Forbidden`], [`Error::NotFound`], and what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        let (identity, result) = self.0.read(work).await?;
        self.set_page_user(&identity);
        result
    }

    /// [`PageRequest::read`] for work of another kind than [`ReadKind::Short`]; it may be run twice.
    ///
    /// # Errors
    /// As [`PageRequest::read`].
    pub async fn read_as<T, F>(&self, kind: ReadKind, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        let (identity, result) = self.0.read_as(kind, work).await?;
        self.set_page_user(&identity);
        result
    }

    /// The list page that `view` makes of what `load` reads. Both may depend on nothing but the database, the address, the
    /// sender and the second of the clock: the page is cached as it is sent, its token under one mask, until something is
    /// written or the second has passed. A page with a banner is not cached.
    ///
    /// # Errors
    /// As [`PageRequest::read`], and if the template fails.
    pub async fn cached_page<T, F, V>(
        &self,
        load: F,
        view: impl FnOnce(Page, T) -> V + 'static,
    ) -> Result<HttpResponse>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
        V: Template,
    {
        let page = self.page();
        if page.flash.is_some() {
            let data = self.read_as(ReadKind::List, load).await?;
            return html(StatusCode::OK, &view(self.page(), data));
        }
        let wants_gzip = accepts_gzip(self.http(), self.app());
        let token = csrf::token_key(self.http(), self.app());
        let representation = format!("{} {token} {wants_gzip}", page.lang.code());
        let request = self.clone();
        let render = move |identity: &Identity, data: Result<T>| {
            request.set_page_user(identity);
            let body = view(request.page(), data?)
                .render()
                .map_err(Error::internal)?;
            Ok(ResponseBody::new(Bytes::from(body), wants_gzip))
        };
        let cached = self
            .0
            .cached_read(
                ReadKind::List,
                representation,
                ResponseBody::size,
                load,
                render,
            )
            .await?;
        Ok(cached.respond("text/html; charset=utf-8"))
    }

    /// Writes in the transaction that identifies and authorizes the sender. `work` may run again after a lost race; its
    /// last result counts.
    ///
    /// # Errors
    /// As [`PageRequest::read`]; nothing is written if `work` fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        match self.0.write(work).await {
            Ok((identity, value)) => {
                self.set_page_user(&identity);
                Ok(value)
            }
            Err(error) => Err(self.identify(error).await),
        }
    }

    /// Authorizes the sender in a transaction of its own, where there is nothing else to read.
    ///
    /// # Errors
    /// As [`PageRequest::read`].
    pub async fn authorize(&self) -> Result<()> {
        self.read(|_, _| Ok(())).await
    }

    /// The banner about the previous request.
    pub fn flash(&self) -> Option<Flash> {
        Flash::read(self.http(), self.app())
    }

    /// The frame of a page; after [`PageRequest::read`] or [`PageRequest::write`] it has the user.
    pub fn page(&self) -> Page {
        let page = self.http().extensions().get::<Page>().cloned();
        page.unwrap_or_else(|| Page::without_user(self.http(), self.app()))
    }

    /// 303 to a local path, with a banner that says what was done.
    ///
    /// # Errors
    /// Returns none: the result is one so that a handler can end with this call.
    pub fn redirect_ok(&self, path: &str, message: Message) -> Result<HttpResponse> {
        Ok(self.redirect(path, Some(Flash::ok(message))))
    }

    /// 303 to a local path, with a banner there.
    pub fn redirect(&self, path: &str, flash: Option<Flash>) -> HttpResponse {
        redirect(self.app(), path, flash)
    }

    /// Identifies the sender for the error page of a failed write, which says nothing about them.
    async fn identify(&self, error: Error) -> Error {
        if error.is_of_database() || matches!(error, Error::SignedOut) {
            return error;
        }
        let _ = self.authorize().await;
        error
    }

    /// Puts the sender into the frame of the page.
    fn set_page_user(&self, Identity { principal, counts }: &Identity) {
        let mut page = Page::without_user(self.http(), self.app());
        page.lang = principal.language.unwrap_or(page.lang);
        page.theme = principal.theme;
        page.has_shortcuts = principal.has_shortcuts;
        page.title_count = counts.stuck + counts.waiting;
        page.zone = principal.zone;
        page.offers_zone = principal.time_zone.is_none();
        page.menu = menu(principal, page.lang, self.http().path(), *counts);
        page.user = Some(PageUser {
            id: principal.user_id,
            name: principal.name.clone(),
            email: principal.email.clone(),
            role: principal.role.as_str(),
        });
        self.http().extensions_mut().insert(page);
    }
}
