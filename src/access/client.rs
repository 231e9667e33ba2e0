use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::store::{touch_token, who_by_token};
use super::{Permission, RoutePermissions, Scope, Who};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::web::{App, RequestId, sha256_hex};

/// A token is noted as in use at most this often.
const TOUCH_SECONDS: i64 = 60;

/// Another system that calls the API with an `authtoken`. As with pages, who it is comes out of the same
/// transaction as the data.
#[derive(Clone)]
pub struct Client {
    req: HttpRequest,
    app: web::Data<App>,
    token_hash: String,
    permission: Permission,
    scope: Scope,
}

impl FromRequest for Client {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Client::new(req))
    }
}

impl Client {
    fn new(req: &HttpRequest) -> Result<Client> {
        let app = req
            .app_data::<web::Data<App>>()
            .cloned()
            .ok_or_else(|| Error::internal("no state"))?;
        let permission = req
            .app_data::<RoutePermissions>()
            .and_then(|permissions| permissions.of(req.method()))
            .ok_or(Error::NotFound)?;
        let token = req
            .headers()
            .get("authtoken")
            .and_then(|value| value.to_str().ok())
            .filter(|token| !token.is_empty() && token.len() <= 200)
            .ok_or(Error::BadToken)?;
        Ok(Client {
            req: req.clone(),
            token_hash: sha256_hex(token),
            permission,
            scope: Scope::of(req.method()),
            app,
        })
    }

    /// The state of the program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The request itself, for its headers.
    pub fn request(&self) -> &HttpRequest {
        &self.req
    }

    /// Reads in one transaction with finding out whose token it is and what it may.
    ///
    /// # Errors
    /// [`Error::BadToken`], [`Error::Forbidden`], and what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let gate = self.gate();
        let (who, last_used_at, value) =
            self.app.db.read(move |conn| gate.enter(conn, work)).await?;
        self.touch(&who, last_used_at);
        Ok(value)
    }

    /// Writes in one transaction with finding out whose token it is and what it may. `work` may run again
    /// after a lost race.
    ///
    /// # Errors
    /// As [`Client::read`]; nothing is written if `work` fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let gate = self.gate();
        let (who, last_used_at, value) = self
            .app
            .db
            .write(move |conn| gate.enter(conn, &work))
            .await?;
        self.touch(&who, last_used_at);
        Ok(value)
    }

    /// What was read off the request, if it could be; what is wrong with it is told only to those who may call.
    ///
    /// # Errors
    /// As [`Client::read`], and what `read` holds.
    pub async fn admit<T>(&self, read: Result<T>) -> Result<T> {
        if read.is_err() {
            self.read(|_, _| Ok(())).await?;
        }
        read
    }

    fn gate(&self) -> Gate {
        let request_id = self
            .req
            .extensions()
            .get::<RequestId>()
            .map(|id| id.0.clone());
        Gate {
            token_hash: self.token_hash.clone(),
            permission: self.permission,
            scope: self.scope,
            now: self.app.clock.now(),
            request_id: request_id.unwrap_or_default(),
        }
    }

    fn touch(&self, who: &Who, last_used_at: Option<Timestamp>) {
        let is_fresh = last_used_at.is_some_and(|at| who.now.seconds_since(at) <= TOUCH_SECONDS);
        if let (false, Some(token)) = (is_fresh, &who.token) {
            let (db, id, now) = (self.app.db.clone(), token.id, who.now);
            actix_web::rt::spawn(
                async move { db.write(move |conn| touch_token(conn, id, now)).await },
            );
        }
    }
}

#[derive(Clone)]
struct Gate {
    token_hash: String,
    permission: Permission,
    scope: Scope,
    now: Timestamp,
    request_id: String,
}

impl Gate {
    fn enter<T>(
        &self,
        conn: &mut Conn,
        work: impl FnOnce(&mut Conn, &Who) -> Result<T>,
    ) -> Result<(Who, Option<Timestamp>, T)> {
        let (who, last_used_at) = who_by_token(conn, &self.token_hash, self.now, &self.request_id)?
            .ok_or(Error::BadToken)?;
        let has_scope = who
            .token
            .as_ref()
            .is_some_and(|token| token.scopes.contains(&self.scope));
        if !has_scope || !who.may(self.permission) {
            return Err(Error::Forbidden);
        }
        let value = work(conn, &who)?;
        Ok((who, last_used_at, value))
    }
}
