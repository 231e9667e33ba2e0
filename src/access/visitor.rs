use std::cell::Cell;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};

use askama::Template;

use super::gate::{Credential, Gate, Known};
use super::menu::menu;
use super::store::touch_session;
use super::{Permission, RoutePermissions, Who};
use crate::db::{Conn, DataVersion};
use crate::error::{Error, Result};
use crate::web::fields::Fields;
use crate::web::{App, Flash, Page, PageUser, RequestId, csrf, public_address, redirect};

/// How long a page may be shown again as it was, in microseconds.
const MOMENT: i64 = 10_000_000;
/// A session is noted as in use at most this often.
const TOUCH_SECONDS: i64 = 300;
/// The entry of the session state that holds the hash of its key.
pub const SESSION_KEY_ENTRY: &str = "key";

/// Someone who asks for a page. Who it is comes out of the same transaction as the data
/// ([`Visitor::read`], [`Visitor::write`]), so that a page costs one trip to the database.
#[derive(Clone)]
pub struct Visitor {
    req: HttpRequest,
    app: web::Data<App>,
    session: Option<String>,
    permission: Permission,
    /// The version of the data behind what was read.
    version: Cell<Option<DataVersion>>,
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visitor::new(req))
    }
}

impl Visitor {
    fn new(req: &HttpRequest) -> Result<Visitor> {
        let permission = req
            .app_data::<RoutePermissions>()
            .and_then(|permissions| permissions.of(req.method()))
            .ok_or(Error::NotFound)?;
        Visitor::with(req, permission)
    }

    /// Someone who asks for what needs this permission.
    pub(super) fn with(req: &HttpRequest, permission: Permission) -> Result<Visitor> {
        let app = req
            .app_data::<web::Data<App>>()
            .cloned()
            .ok_or_else(|| Error::internal("no state"))?;
        let session: Option<String> = match csrf::has_one_session(req, &app) {
            true => req.get_session().get(SESSION_KEY_ENTRY).ok().flatten(),
            false => None,
        };
        if session.is_none() && permission != Permission::Public {
            return Err(Error::SignedOut);
        }
        Ok(Visitor {
            req: req.clone(),
            app,
            session,
            permission,
            version: Cell::new(None),
        })
    }

    /// The state of the program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The request itself, for headers and cookies.
    pub fn request(&self) -> &HttpRequest {
        &self.req
    }

    /// What the address of the page asks for.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if it is not UTF-8.
    pub fn query(&self) -> Result<Fields> {
        Fields::from_urlencoded(self.req.query_string().as_bytes())
    }

    /// The scheme, host and port under which this site is known to who asks.
    pub fn origin(&self) -> String {
        public_address(&self.req, &self.app).origin()
    }

    /// The hash of the session's key, if there is a session cookie.
    pub fn session_hash(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Reads in one transaction with finding out who asks and whether they may.
    ///
    /// # Errors
    /// [`Error::SignedOut`], [`Error::Forbidden`], [`Error::NotFound`], and what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let gate = self.gate()?;
        let entered = self.app.db.read(move |conn| gate.enter(conn, work)).await?;
        self.meet(&entered.known);
        entered.result
    }

    /// The same for a value that depends on nothing but the database, `key` and who asks, and not on the time: it is
    /// read once and answered from memory until something is written.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub async fn recall_or_read<T, F>(
        &self,
        key: &str,
        weight: fn(&T) -> usize,
        work: F,
    ) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let entered = self
            .gate()?
            .recall_or_read(&self.app, key, weight, work)
            .await?;
        self.version.set(entered.version);
        self.meet(&entered.known);
        entered.result
    }

    /// The page that `view` makes of what [`Visitor::recall_or_read`] read under `key`: the very bytes of a moment
    /// ago, if it was the same person with the same form token and nothing was written since. A moment is ten
    /// seconds, by which a "2 min ago" may lag. A banner is never remembered.
    ///
    /// # Errors
    /// If the template fails.
    pub fn render<V: Template>(
        &self,
        key: &str,
        view: impl FnOnce(Page) -> V,
    ) -> Result<HttpResponse> {
        let page = self.page();
        let version = self.version.get().filter(|_| page.flash.is_none());
        let moment = page.now.0 / MOMENT;
        let (lang, theme) = (page.lang.code(), page.theme.as_str());
        let key = format!("page {} {lang} {theme} {moment} {key}", page.csrf);
        let known = version.and_then(|version| self.app.db.recall::<Bytes>(version, &key));
        let body = match known {
            Some(body) => body,
            None => {
                let body = view(page).render().map_err(Error::internal)?;
                let body = Arc::new(Bytes::from(body));
                if let Some(version) = version {
                    self.app.db.remember(version, key, body.clone(), body.len());
                }
                body
            }
        };
        Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(Bytes::clone(&body)))
    }

    /// Writes in one transaction with finding out who asks and whether they may. `work` may run again after
    /// a lost race; its last result counts.
    ///
    /// # Errors
    /// As [`Visitor::read`]; nothing is written if `work` fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let gate = self.gate()?;
        let written = self
            .app
            .db
            .write(move |conn| {
                let entered = gate.enter_to_write(conn, &work)?;
                Ok((entered.known, entered.result?))
            })
            .await;
        match written {
            Ok((known, value)) => {
                self.meet(&known);
                Ok(value)
            }
            Err(error) => Err(self.identify(error).await),
        }
    }

    /// What was read off the request, if it could be; what is wrong with it is told only to those who may be
    /// here, on a page with their frame.
    ///
    /// # Errors
    /// As [`Visitor::read`], and what `read` holds.
    pub async fn admit<T>(&self, read: Result<T>) -> Result<T> {
        if read.is_err() {
            self.read(|_, _| Ok(())).await?;
        }
        read
    }

    /// What the last request left to say.
    pub fn flash(&self) -> Option<Flash> {
        Flash::read(&self.req, &self.app)
    }

    /// The frame of a page; after [`Visitor::read`] or [`Visitor::write`] it knows the person.
    pub fn page(&self) -> Page {
        let known = self.req.extensions().get::<Page>().cloned();
        known.unwrap_or_else(|| Page::bare(&self.req, &self.app))
    }

    /// 303 to a local path, with a banner there.
    pub fn redirect(&self, path: &str, flash: Option<Flash>) -> HttpResponse {
        redirect(&self.app, path, flash)
    }

    /// A failed write says nothing about who asked; its page needs to know.
    async fn identify(&self, error: Error) -> Error {
        let is_unanswered = matches!(error, Error::Busy(_) | Error::Late(_) | Error::Corrupt(_));
        if is_unanswered || matches!(error, Error::SignedOut) {
            return error;
        }
        let _ = self.read(|_, _| Ok(())).await;
        error
    }

    fn gate(&self) -> Result<Gate> {
        Ok(Gate {
            credential: Credential::Session(self.session.clone().ok_or(Error::SignedOut)?),
            permission: self.permission,
            now: self.app.clock.now(),
            request_id: RequestId::of(&self.req),
            counts: self.app.counts,
        })
    }

    /// Remembers for whom the answer is made, and notes now and then that the session is in use.
    fn meet(&self, Known { who, counts }: &Known) {
        let mut page = Page::bare(&self.req, &self.app);
        page.lang = who.language.unwrap_or(page.lang);
        page.theme = who.theme;
        page.has_shortcuts = who.has_shortcuts;
        page.waiting = counts.stuck;
        page.menu = menu(who, page.lang, self.req.path(), *counts);
        page.user = Some(PageUser {
            id: who.user_id,
            name: who.name.clone(),
            email: who.email.clone(),
            role: who.role.as_str(),
        });
        self.req.extensions_mut().insert(page);
        let is_fresh = who
            .seen_at
            .is_some_and(|at| who.now.seconds_since(at) <= TOUCH_SECONDS);
        if let (false, Some(id)) = (is_fresh, who.session_id) {
            let (db, now) = (self.app.db.clone(), who.now);
            actix_web::rt::spawn(async move {
                db.write(move |conn| touch_session(conn, id, now)).await
            });
        }
    }
}
