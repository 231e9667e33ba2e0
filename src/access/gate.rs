//! The door that pages and API calls share: who is it, may they, and what they came for, in one transaction; or
//! without any, where nothing was written since the same was asked.

use std::sync::Arc;

use super::store::{who_by_session, who_by_token};
use super::{Permission, Scope, Who};
use crate::clock::Timestamp;
use crate::db::{Conn, DataVersion};
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
        let known = self.know(conn)?;
        let result = self.admit(&known.who).and_then(|()| work(conn, &known.who));
        Ok(Entered {
            known,
            version: None,
            result,
        })
    }

    fn know(&self, conn: &mut Conn) -> Result<Known> {
        match &self.credential {
            Credential::Session(hash) => {
                let who = who_by_session(conn, hash, self.now, &self.request_id)?;
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
                let who = who_by_token(conn, hash, self.now, &self.request_id)?;
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
        let known = app.db.recall::<Known>(version, &self.key())?;
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

    /// Reads, or answers what the same person read under `key` if nothing was written since.
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
        let version = app.db.data_version();
        if let Some(version) = version
            && let Some(known) = self.recall(app, version)
            && let Some(value) = app.db.recall(version, &own(&known.who, key))
        {
            return Ok(Entered {
                known,
                version: Some(version),
                result: Ok(value),
            });
        }
        let gate = self.clone();
        let Entered { known, result, .. } = app.db.read(move |conn| gate.enter(conn, work)).await?;
        let result = result.map(Arc::new);
        if let (Some(version), Ok(value)) = (version, &result) {
            app.db.remember(
                version,
                self.key(),
                Arc::new(known.clone()),
                size_of::<Known>(),
            );
            app.db
                .remember(version, own(&known.who, key), value.clone(), weight(value));
        }
        Ok(Entered {
            known,
            version,
            result,
        })
    }
}

/// What one may see another may not: everybody remembers for themselves.
fn own(who: &Who, key: &str) -> String {
    format!("{} {key}", who.user_id)
}
