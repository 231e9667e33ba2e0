//! The door that pages and API calls share: who is it, may they, and what they came for, in one transaction; or
//! without any, where nothing was written since the same was asked.

use std::sync::Arc;

use super::store::{Use, who_by_session, who_by_token};
use super::{Permission, Scope, Who};
use crate::clock::Timestamp;
use crate::db::{Asked, Conn, DataVersion, Turn};
use crate::error::{Error, Result};
use crate::web::{App, Counts, Viewer};

/// What a request brings to be let in: hashes, never the secrets themselves.
#[derive(Debug, Clone)]
pub(super) enum Credential {
    Session(String),
    Token { hash: String, scope: Scope },
}

/// What must be known to let a request in.
#[derive(Clone)]
pub(super) struct Gate {
    pub credential: Credential,
    pub permission: Permission,
    pub now: Timestamp,
    pub request_id: String,
    pub counts: fn(&mut Conn, Viewer) -> Result<Counts>,
}

/// A person as the database knew them at one version of the data.
#[derive(Clone)]
pub(super) struct Known {
    pub who: Who,
    pub counts: Counts,
}

/// A request that was let in, with what came of it.
pub(super) struct Entered<T> {
    pub known: Known,
    /// The version of the data that this is true of, where it is known.
    pub version: Option<DataVersion>,
    pub result: Result<T>,
}

impl Gate {
    /// Lets the request in and does its work, in the caller's transaction.
    pub(super) fn enter<T>(
        &self,
        conn: &mut Conn,
        work: impl FnOnce(&mut Conn, &Who) -> Result<T>,
    ) -> Result<Entered<T>> {
        self.enter_for(Use::Read, conn, work)
    }

    /// [`Gate::enter`] in a transaction that writes: on PostgreSQL, rights that are taken away meanwhile count only after
    /// it has ended, and whoever takes them away waits for that.
    pub(super) fn enter_to_write<T>(
        &self,
        conn: &mut Conn,
        work: impl FnOnce(&mut Conn, &Who) -> Result<T>,
    ) -> Result<Entered<T>> {
        self.enter_for(Use::Write, conn, work)
    }

    fn enter_for<T>(
        &self,
        purpose: Use,
        conn: &mut Conn,
        work: impl FnOnce(&mut Conn, &Who) -> Result<T>,
    ) -> Result<Entered<T>> {
        let known = self.know(conn, purpose)?;
        match self.admit(&known.who).and_then(|()| work(conn, &known.who)) {
            // Damage must reach the database's handle, which takes notice of it.
            Err(damage) if damage.is_corrupt() => Err(damage),
            result => Ok(Entered {
                known,
                version: None,
                result,
            }),
        }
    }

    fn know(&self, conn: &mut Conn, purpose: Use) -> Result<Known> {
        match &self.credential {
            Credential::Session(hash) => {
                let who = who_by_session(conn, purpose, hash, self.now, &self.request_id)?;
                let who = who.ok_or(Error::SignedOut)?;
                let viewer = Viewer {
                    user_id: who.user_id,
                    sees_all: who.may(Permission::LeadsManage),
                    now: self.now,
                };
                let counts = (self.counts)(conn, viewer)?;
                Ok(Known { who, counts })
            }
            Credential::Token { hash, .. } => {
                let who = who_by_token(conn, purpose, hash, self.now, &self.request_id)?;
                let who = who.ok_or(Error::BadToken)?;
                Ok(Known {
                    who,
                    counts: Counts::default(),
                })
            }
        }
    }

    /// The permission of the route, and for the API the scope of the token.
    fn admit(&self, who: &Who) -> Result<()> {
        match &self.credential {
            Credential::Session(_) => who.must(self.permission),
            Credential::Token { scope, .. } => {
                let has_scope = who
                    .token
                    .as_ref()
                    .is_some_and(|token| token.scopes.contains(scope));
                match has_scope {
                    false => Err(Error::Scope(scope.as_str())),
                    true if who.may(self.permission) => Ok(()),
                    true => Err(Error::Forbidden),
                }
            }
        }
    }

    /// The same person as a moment ago, if nothing was written since and the time has not run out.
    fn recall(&self, app: &App, version: DataVersion) -> Option<Known> {
        self.again(&*app.db.recall::<Known>(version, &self.key())?)
    }

    /// The same person for this request, if they may still enter.
    fn again(&self, known: &Known) -> Option<Known> {
        if known.who.until <= self.now {
            return None;
        }
        let who = known.who.again(self.now, &self.request_id);
        self.admit(&who).ok()?;
        Some(Known {
            who,
            counts: known.counts,
        })
    }

    /// Leads become stuck by the mere passing of time, so what was counted holds for the second.
    fn key(&self) -> String {
        match &self.credential {
            Credential::Session(hash) | Credential::Token { hash, .. } => {
                format!("who {hash} {}", self.now.second())
            }
        }
    }

    /// Reads, or answers what the same person read under `key` if nothing was written since, or what they are about to
    /// read for another request.
    pub(super) async fn recall_or_read<T, F>(
        self,
        app: &App,
        key: &str,
        weight: fn(&T) -> usize,
        work: F,
    ) -> Result<Entered<Arc<T>>>
    where
        T: Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        if let Some(entered) = self.remembered(app, key) {
            return Ok(entered);
        }
        let question = format!("{} {key}", self.key());
        match app.db.ask::<Shared<T>>(&question).await? {
            Asked::Turn(turn) => match self.remembered(app, key) {
                Some(entered) => Ok(entered),
                None => self.read_for_all(app, key, weight, work, turn).await,
            },
            Asked::Told(shared) => match self.again(&shared.known) {
                Some(known) => Ok(Entered {
                    known,
                    version: shared.version,
                    result: Ok(shared.value.clone()),
                }),
                None => self.read(app, work).await,
            },
        }
    }

    /// What was read under `key`, if nothing was written since.
    fn remembered<T: Send + Sync + 'static>(
        &self,
        app: &App,
        key: &str,
    ) -> Option<Entered<Arc<T>>> {
        let version = app.db.data_version()?;
        let known = self.recall(app, version)?;
        let value = app.db.recall(version, &own(&known.who, key))?;
        Some(Entered {
            known,
            version: Some(version),
            result: Ok(value),
        })
    }

    async fn read<T, F>(self, app: &App, work: F) -> Result<Entered<Arc<T>>>
    where
        T: Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let entered = app.db.read(move |conn| self.enter(conn, work)).await?;
        Ok(Entered {
            known: entered.known,
            version: None,
            result: entered.result.map(Arc::new),
        })
    }

    /// Reads, remembers it where that can be, and tells those who wait for the same.
    async fn read_for_all<T, F>(
        self,
        app: &App,
        key: &str,
        weight: fn(&T) -> usize,
        work: F,
        turn: Turn,
    ) -> Result<Entered<Arc<T>>>
    where
        T: Send + Sync + 'static,
        F: FnOnce(&mut Conn, &Who) -> Result<T> + Send + 'static,
    {
        let (version, who_key) = (app.db.data_version(), self.key());
        let mut entered = self.read(app, work).await?;
        entered.version = version;
        let Ok(value) = &entered.result else {
            return Ok(entered);
        };
        let known = &entered.known;
        if let Some(version) = version {
            let who = Arc::new(known.clone());
            app.db.remember(version, who_key, who, size_of::<Known>());
            let key = own(&known.who, key);
            app.db.remember(version, key, value.clone(), weight(value));
        }
        turn.tell(Arc::new(Shared {
            known: known.clone(),
            version,
            value: value.clone(),
        }));
        Ok(entered)
    }
}

/// What was read for several requests of one person at once.
struct Shared<T> {
    known: Known,
    version: Option<DataVersion>,
    value: Arc<T>,
}

/// What one may see another may not: everybody remembers for themselves.
fn own(who: &Who, key: &str) -> String {
    format!("{} {key}", who.user_id)
}
