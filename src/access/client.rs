use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, web};

use super::gate::{Credential, Gate};
use super::store::touch_token;
use super::{Permission, RoutePermissions, Scope, Who};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::web::fields::Fields;
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
    /// The client behind a call.
    ///
    /// # Errors
    /// [`Error::BadToken`] without a single token that could be one of ours.
    pub(super) fn new(req: &HttpRequest) -> Result<Client> {
        let app = req
            .app_data::<web::Data<App>>()
            .cloned()
            .ok_or_else(|| Error::internal("no state"))?;
        let permission = req
            .app_data::<RoutePermissions>()
            .and_then(|permissions| permissions.of(req.method()))
            .ok_or(Error::NotFound)?;
        let mut tokens = req.headers().get_all("authtoken");
        // Of two tokens it is not guessed which one is meant.
        let (Some(token), None) = (tokens.next(), tokens.next()) else {
            return Err(Error::BadToken);
        };
        let token = token.to_str().ok();
        let token = token.filter(|token| !token.is_empty() && token.len() <= 200);
        Ok(Client {
            req: req.clone(),
            token_hash: sha256_hex(token.ok_or(Error::BadToken)?),
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
        let entered = self.app.db.read(move |conn| gate.enter(conn, work)).await?;
        self.touch(&entered.known.who);
        entered.result
    }

    /// The same for a value that depends on nothing but the database, `key` and who asks, and not on the time: it is
    /// read once and answered from memory until something is written.
    ///
    /// # Errors
    /// As [`Client::read`].
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
            .gate()
            .recall_or_read(&self.app, key, weight, work)
            .await?;
        self.touch(&entered.known.who);
        entered.result
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
        self.admit(self.is_meant()).await?;
        let gate = self.gate();
        let (who, value) = self
            .app
            .db
            .write(move |conn| {
                let entered = gate.enter_to_write(conn, &work)?;
                Ok((entered.known.who, entered.result?))
            })
            .await?;
        self.touch(&who);
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

    /// Only deleting can be tried out: whoever asks for a dry run of anything else must not be taken at their word.
    fn is_meant(&self) -> Result<()> {
        let query = Fields::from_urlencoded(self.req.query_string().as_bytes())?;
        let is_tried = !matches!(query.is_dry(), Ok(false));
        match is_tried && self.req.method() != Method::DELETE {
            true => {
                let told = Message::new("error-dry-run");
                Err(Error::Invalid(FieldErrors::one("dry_run", told)))
            }
            false => Ok(()),
        }
    }

    fn gate(&self) -> Gate {
        Gate {
            credential: Credential::Token {
                hash: self.token_hash.clone(),
                scope: self.scope,
            },
            permission: self.permission,
            now: self.app.clock.now(),
            request_id: RequestId::of(&self.req),
            counts: self.app.counts,
        }
    }

    fn touch(&self, who: &Who) {
        let is_fresh = who
            .seen_at
            .is_some_and(|at| who.now.seconds_since(at) <= TOUCH_SECONDS);
        if let (false, Some(token)) = (is_fresh, &who.token) {
            let (db, id, now) = (self.app.db.clone(), token.id, who.now);
            actix_web::rt::spawn(
                async move { db.write(move |conn| touch_token(conn, id, now)).await },
            );
        }
    }
}
