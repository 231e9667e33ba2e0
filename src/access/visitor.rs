use std::future::{Ready, ready};

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};

use super::menu::menu;
use super::store::{touch_session, who_by_session};
use super::{Permission, RoutePermissions, Who};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{App, Counts, Flash, Page, PageUser, RequestId, redirect};

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
        let app = req
            .app_data::<web::Data<App>>()
            .cloned()
            .ok_or_else(|| Error::internal("no state"))?;
        let permission = req
            .app_data::<RoutePermissions>()
            .and_then(|permissions| permissions.of(req.method()))
            .ok_or(Error::NotFound)?;
        let session: Option<String> = req.get_session().get(SESSION_KEY_ENTRY).ok().flatten();
        if session.is_none() && permission != Permission::Public {
            return Err(Error::SignedOut);
        }
        Ok(Visitor {
            req: req.clone(),
            app,
            session,
            permission,
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
        self.remember(entered)
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
        let entered = self
            .app
            .db
            .write(move |conn| {
                let entered = gate.enter(conn, &work)?;
                // A failure must take the transaction back, and still say who was there for its page.
                match entered.result {
                    Ok(value) => Ok(Ok(Entered {
                        result: Ok(value),
                        ..entered
                    })),
                    Err(error) => Err(error),
                }
            })
            .await;
        match entered {
            Ok(Ok(entered)) => self.remember(entered),
            Ok(Err(error)) => Err(error),
            Err(error) => Err(self.identify(error).await),
        }
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
        if matches!(error, Error::SignedOut | Error::Busy(_)) {
            return error;
        }
        let _ = self.read(|_, _| Ok(())).await;
        error
    }

    fn gate(&self) -> Result<Gate> {
        let request_id = self
            .req
            .extensions()
            .get::<RequestId>()
            .map(|id| id.0.clone());
        Ok(Gate {
            session: self.session.clone().ok_or(Error::SignedOut)?,
            permission: self.permission,
            now: self.app.clock.now(),
            request_id: request_id.unwrap_or_default(),
            counts: self.app.counts,
        })
    }

    fn remember<T>(&self, entered: Entered<T>) -> Result<T> {
        let Entered {
            who,
            last_seen_at,
            counts,
            result,
        } = entered;
        let mut page = Page::bare(&self.req, &self.app);
        page.lang = who.language.unwrap_or(page.lang);
        page.theme = who.theme;
        page.has_shortcuts = who.has_shortcuts;
        page.waiting = counts.waiting;
        page.menu = menu(&who, page.lang, self.req.path(), counts);
        page.user = Some(PageUser {
            id: who.user_id,
            name: who.name.clone(),
            email: who.email.clone(),
            role: who.role.as_str(),
        });
        self.req.extensions_mut().insert(page);
        if let Some(id) = who.session_id
            && who.now.seconds_since(last_seen_at) > TOUCH_SECONDS
        {
            let (db, now) = (self.app.db.clone(), who.now);
            actix_web::rt::spawn(async move {
                db.write(move |conn| touch_session(conn, id, now)).await
            });
        }
        result
    }
}

/// What must be known to let a request in.
#[derive(Clone)]
struct Gate {
    session: String,
    permission: Permission,
    now: Timestamp,
    request_id: String,
    counts: fn(&mut Conn) -> Result<Counts>,
}

/// A request that was let in, with what came of it.
struct Entered<T> {
    who: Who,
    last_seen_at: Timestamp,
    counts: Counts,
    result: Result<T>,
}

impl Gate {
    fn enter<T>(
        &self,
        conn: &mut Conn,
        work: impl FnOnce(&mut Conn, &Who) -> Result<T>,
    ) -> Result<Entered<T>> {
        let (who, last_seen_at) = who_by_session(conn, &self.session, self.now, &self.request_id)?
            .ok_or(Error::SignedOut)?;
        let counts = (self.counts)(conn)?;
        let result = who.must(self.permission).and_then(|()| work(conn, &who));
        Ok(Entered {
            who,
            last_seen_at,
            counts,
            result,
        })
    }
}
