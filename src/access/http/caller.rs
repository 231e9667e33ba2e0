//! Base of [`PageRequest`](super::page_request::PageRequest) and [`ApiRequest`](super::api_request::ApiRequest): authorizes
//! each read and each write in its own transaction.

use actix_web::{HttpMessage, HttpRequest, web};

use crate::access::actions::authorization::{Authorization, Credential};
use crate::access::domain::permission::Permission;
use crate::access::domain::principal::Principal;
use crate::access::http::route_permissions::RoutePermissions;
use crate::access::store::principals::{Purpose, touch_session, touch_token};
use crate::db::{AnyValue, CacheKey, Conn, ReadKind, typed, untyped};
use crate::error::{Error, FieldErrors, Result};
use crate::web::{App, FrameCounts, RequestId, RestoredForm, SubmittedForm, Viewer};

/// The seconds between two writes that a session is in use.
const TOUCH_SESSION_SECONDS: i64 = 300;
/// The seconds between two writes that a token is in use.
const TOUCH_TOKEN_SECONDS: i64 = 60;

/// The sender of a request, not yet identified.
#[derive(Clone)]
pub(crate) struct Caller {
    pub req: HttpRequest,
    pub app: web::Data<App>,
    pub permission: Permission,
    /// Nothing if the sender is not signed in.
    pub credential: Option<Credential>,
}

/// The sender of a request, and the numbers in the frame of their page.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub principal: Principal,
    pub counts: FrameCounts,
}

/// Marks a request whose sender is authorized or refused in a transaction.
pub(crate) struct SenderCheck;

/// A read for an authorized sender, whatever it returns.
type AuthorizedRead = Box<dyn FnOnce(&mut Conn, &Principal) -> Result<AnyValue> + Send>;

/// A write for an authorized sender, whatever it returns; it may be run more than once.
type AuthorizedWrite = Box<dyn Fn(&mut Conn, &Principal) -> Result<AnyValue> + Send>;

/// The key of the submitted form, which a transaction of this request has stored.
pub struct StoredFormKey(pub String);

/// The permission that the route of a request needs.
///
/// # Errors
/// [`Error::NotFound`] if there is no such route.
pub(crate) fn permission_of(req: &HttpRequest) -> Result<Permission> {
    req.app_data::<RoutePermissions>()
        .and_then(|permissions| permissions.of(req.method()))
        .ok_or(Error::NotFound)
}

impl Caller {
    /// The authorization for a transaction now.
    ///
    /// # Errors
    /// [`Error::SignedOut`] without a credential.
    fn authorization(&self) -> Result<Authorization> {
        self.req.extensions_mut().insert(SenderCheck);
        Ok(Authorization {
            credential: self.credential.clone().ok_or(Error::SignedOut)?,
            permission: self.permission,
            now: self.app.clock.now(),
            time_zone: self.app.time_zone,
            request_id: RequestId::of(&self.req),
            form_key: self.form_key(),
        })
    }

    fn form_key(&self) -> Option<String> {
        match self.req.extensions().get::<StoredFormKey>() {
            Some(_) => None,
            None => SubmittedForm::of(&self.req)?.key_hash,
        }
    }

    /// Reads in one transaction with identifying and authorizing the sender.
    ///
    /// # Errors
    /// Returns an error if the sender can't be identified. The inner result has the refusal of their permission, and the
    /// error of `work`.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<(Identity, Result<T>)>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        let work = move |conn: &mut Conn, principal: &Principal| untyped(work(conn, principal));
        let (identity, read) = self.read_any(Box::new(work)).await?;
        Ok((identity, read.and_then(typed)))
    }

    async fn read_any(&self, work: AuthorizedRead) -> Result<(Identity, Result<AnyValue>)> {
        let (authorization, counts) = (self.authorization()?, self.app.frame_counts);
        let read = move |conn: &mut Conn| {
            run_authorized(&authorization, counts, conn, Purpose::Read, work)
        };
        let read = self.app.db.read(read).await?;
        self.touch(&read.0.principal);
        Ok(read)
    }

    /// [`Caller::read`] for work of another kind than [`ReadKind::Short`]; it may be run twice.
    ///
    /// # Errors
    /// As [`Caller::read`].
    pub(crate) async fn read_as<T, F>(
        &self,
        kind: ReadKind,
        work: F,
    ) -> Result<(Identity, Result<T>)>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        let read = self.read_with(self.authorization()?, kind, work).await?;
        self.touch(&read.0.principal);
        Ok(read)
    }

    async fn read_with<T, F>(
        &self,
        authorization: Authorization,
        kind: ReadKind,
        work: F,
    ) -> Result<(Identity, Result<T>)>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        let counts = self.app.frame_counts;
        let read = move |conn: &mut Conn| {
            run_authorized(&authorization, counts, conn, Purpose::Read, work)
        };
        self.app.db.read_as(kind, read).await
    }

    /// Writes in one transaction with identifying and authorizing the sender. `work` may run again after a lost race.
    ///
    /// # Errors
    /// Returns an error if the sender can't be identified or may not do this, or if `work` fails: then nothing is written.
    /// [`Error::Invalid`] without a message if the request only shows a form again.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<(Identity, T)>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Principal) -> Result<T> + Send + 'static,
    {
        let work = move |conn: &mut Conn, principal: &Principal| untyped(work(conn, principal));
        let (identity, written) = self.write_any(Box::new(work)).await?;
        Ok((identity, typed(written)?))
    }

    async fn write_any(&self, work: AuthorizedWrite) -> Result<(Identity, AnyValue)> {
        if RestoredForm::is_present(&self.req) {
            self.read(|_, _| Ok(())).await?.1?;
            return Err(Error::Invalid(FieldErrors::new()));
        }
        let (authorization, counts) = (self.authorization()?, self.app.frame_counts);
        let form_key = authorization.form_key.clone();
        let write = move |conn: &mut Conn| {
            let (identity, result) =
                run_authorized(&authorization, counts, conn, Purpose::Write, &work)?;
            Ok((identity, result?))
        };
        let written = self.app.db.write(write).await?;
        if let Some(key) = form_key {
            self.req.extensions_mut().insert(StoredFormKey(key));
        }
        self.touch(&written.0.principal);
        Ok(written)
    }

    /// The value that `finish` makes of the value that `work` reads. Both may depend on nothing but the database, the
    /// address, the sender, the second of the clock and `representation`; the result is cached until something is written
    /// or the second has passed.
    ///
    /// # Errors
    /// As [`Caller::read`], and the errors of `work` and `finish`.
    pub(crate) async fn cached_read<T, R, F>(
        &self,
        kind: ReadKind,
        representation: String,
        size: fn(&R) -> usize,
        work: F,
        finish: impl FnOnce(&Identity, Result<T>) -> Result<R> + 'static,
    ) -> Result<R>
    where
        T: Send + 'static,
        R: Clone + Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Principal) -> Result<T> + Clone + Send + 'static,
    {
        let authorization = self.authorization()?;
        let key = CacheKey {
            credential: authorization.credential_hash().to_owned(),
            address: self.req.uri().to_string(),
            representation,
        };
        let second = authorization.now.second();
        let read = || {
            let (caller, authorization) = (self.clone(), authorization.clone());
            async move {
                let (identity, read) = caller.read_with(authorization, kind, work).await?;
                let finished =
                    finish(&identity, read).inspect_err(|_| caller.touch(&identity.principal))?;
                Ok((identity, finished))
            }
        };
        let size = move |read: &(Identity, R)| size_of::<Identity>() + size(&read.1);
        let cached = self.app.db.cached_read(key, second, size, read).await?;
        let (Identity { principal, .. }, finished) = &*cached;
        authorization.check_again(principal)?;
        self.touch(principal);
        Ok(finished.clone())
    }

    /// Stores from time to time that the session or token is in use.
    fn touch(&self, principal: &Principal) {
        let (limit, touch, id): (_, fn(&mut Conn, _, _) -> _, _) = match &principal.token {
            Some(token) => (TOUCH_TOKEN_SECONDS, touch_token, Some(token.id)),
            None => (TOUCH_SESSION_SECONDS, touch_session, principal.session_id),
        };
        let now = self.app.clock.now();
        let is_fresh = principal
            .seen_at
            .is_some_and(|at| now.seconds_since(at) <= limit);
        if let (false, Some(id)) = (is_fresh, id) {
            let db = self.app.db.clone();
            actix_web::rt::spawn(async move { db.write(move |conn| touch(conn, id, now)).await });
        }
    }
}

/// Identifies and authorizes the sender, and does the work. A failure of the database is an error of the transaction, so
/// that [`Db`](crate::db::Db) sees it.
fn run_authorized<T>(
    authorization: &Authorization,
    counts: fn(&mut Conn, Viewer) -> Result<FrameCounts>,
    conn: &mut Conn,
    purpose: Purpose,
    work: impl FnOnce(&mut Conn, &Principal) -> Result<T>,
) -> Result<(Identity, Result<T>)> {
    let principal = authorization.identify(conn, purpose)?;
    let viewer = Viewer {
        user_id: principal.user_id,
        role: principal.role.as_str(),
        sees_all: principal.can(Permission::LeadsManage),
        now: authorization.now,
    };
    let counts = match principal.token {
        Some(_) => FrameCounts::default(),
        None => counts(conn, viewer)?,
    };
    match authorization
        .check(&principal)
        .and_then(|()| authorization.refuse_repeated_form(conn, purpose))
        .and_then(|()| work(conn, &principal))
    {
        Err(error) if error.is_of_database() => Err(error),
        result => Ok((Identity { principal, counts }, result)),
    }
}
