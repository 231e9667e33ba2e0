//! The extractor of calls of the API.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use crate::access::actions::authorization::Credential;
use crate::access::domain::permission::Scope;
use crate::access::domain::principal::Principal;
use crate::access::http::caller::{Caller, permission_of};
use crate::db::{Conn, ReadKind};
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::web::{App, ResponseBody, accepts_gzip};

/// A call of the API with an `authtoken`. Its sender is identified and authorized in the transaction of the data, as
/// that of a [`PageRequest`](super::PageRequest) is.
#[derive(Clone)]
pub struct ApiRequest(Caller);

impl FromRequest for ApiRequest {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(ApiRequest::new(req))
    }
}

impl ApiRequest {
    /// The call that `req` is.
    ///
    /// # Errors
    /// [`Error::BadToken`] without a single token that could be one of ours.
    pub(crate) fn new(req: &HttpRequest) -> Result<ApiRequest> {
        let (app, permission) = (App::of(req)?.clone(), permission_of(req)?);
        let mut tokens = req.headers().get_all("authtoken");
        // Of two tokens it is not guessed which one is meant.
        let (Some(token), None) = (tokens.next(), tokens.next()) else {
            return Err(Error::BadToken);
        };
        let token = token.to_str().ok();
        let token = token.filter(|token| !token.is_empty() && token.len() <= 200);
        let credential = Credential::Token {
            hash: sha256_hex(token.ok_or(Error::BadToken)?),
            scope: Scope::of(req.method()),
        };
        Ok(ApiRequest(Caller {
            req: req.clone(),
            app,
            permission,
            credential: Some(credential),
        }))
    }

    /// The state of the program.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The request itself, for its headers.
    pub fn http(&self) -> &HttpRequest {
        &self.0.req
    }

    /// True if the answer may be compressed.
    pub fn accepts_gzip(&self) -> bool {
        accepts_gzip(self.http(), self.app())
    }

    /// Reads in the transaction that identifies and authorizes the sender.
    ///
    /// # Errors
    /// [`Error::BadToken`], [`Error::Forbidden`], and what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        self.0.read(work).await?.1
    }

    /// [`ApiRequest::read`] for work of another kind than [`ReadKind::Short`]; it may be run twice.
    ///
    /// # Errors
    /// As [`ApiRequest::read`].
    pub async fn read_as<T, F>(&self, kind: ReadKind, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        self.0.read_as(kind, work).await?.1
    }

    /// Reads a value of about `size` bytes that depends on nothing but the database, the address, the token and the
    /// second of the clock, and on [`ApiRequest::accepts_gzip`]. It is cached until something is written or the second
    /// has passed.
    ///
    /// # Errors
    /// As [`ApiRequest::read`].
    pub async fn cached_read<T, F>(
        &self,
        kind: ReadKind,
        size: fn(&T) -> usize,
        work: F,
    ) -> Result<T>
    where
        T: Clone + Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        let finish = |_: &_, value| value;
        let representation = self.accepts_gzip().to_string();
        let read = self.0.cached_read(kind, representation, size, work, finish);
        read.await
    }

    /// As [`ApiRequest::cached_read`], for the bytes of JSON of a list, which are cached as they are sent and answered with 200.
    ///
    /// # Errors
    /// As [`ApiRequest::read`].
    pub async fn cached_json<F>(&self, work: F) -> Result<HttpResponse>
    where
        F: FnOnce(&mut Conn, &Principal) -> Result<Bytes> + Clone + Send + 'static,
    {
        let accepts_gzip = self.accepts_gzip();
        let encode = move |conn: &mut Conn, principal: &Principal| {
            Ok(ResponseBody::new(work(conn, principal)?, accepts_gzip))
        };
        let body = self
            .cached_read(ReadKind::List, ResponseBody::size, encode)
            .await?;
        Ok(body.respond("application/json"))
    }

    /// Writes in the transaction that identifies and authorizes the sender. `work` may run again after a lost race.
    ///
    /// # Errors
    /// As [`ApiRequest::read`]; nothing is written if `work` fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        self.refuse_query()?;
        Ok(self.0.write(work).await?.1)
    }

    /// Authorizes the sender in a transaction of its own, where there is nothing else to read.
    ///
    /// # Errors
    /// As [`ApiRequest::read`].
    pub async fn authorize(&self) -> Result<()> {
        self.read(|_, _| Ok(())).await
    }

    /// Refuses the parameters of a call that writes and is no deletion. It has no dry run: a call with `dry_run=1` would
    /// write.
    fn refuse_query(&self) -> Result<()> {
        if self.http().method() == Method::DELETE {
            return Ok(());
        }
        let query = Fields::from_urlencoded(self.http().query_string().as_bytes())?;
        query.refuse_others(&["dry_run"])?;
        match query.is_dry_run() {
            Ok(false) => Ok(()),
            _ => Err(Error::invalid("dry_run", Message::new("error-dry-run"))),
        }
    }
}
