use std::collections::HashMap;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;

use super::store::{self, NewSession};
use crate::clock::Clock;
use crate::db::Db;
use crate::web::{random_token, sha256_hex};

/// The state that login leaves for the row: whose session it is.
pub const USER: &str = "user";
/// The browser's own name, for the list of one's sessions.
pub const AGENT: &str = "agent";
/// Where the session was begun.
pub const ADDRESS: &str = "address";

/// Keeps sessions in our own table, by the hash of their key.
///
/// `load` does not ask the database: it hands on the hash of the key, and whoever opens the transaction for the
/// data looks the session up in it (see `access::Visitor`). That saves a trip for every page.
#[derive(Clone)]
pub struct SessionRows {
    db: Db,
    clock: Clock,
}

impl SessionRows {
    /// A store over `db`.
    pub fn new(db: Db, clock: Clock) -> SessionRows {
        SessionRows { db, clock }
    }
}

type State = HashMap<String, String>;

/// A text of the session state; actix-session keeps values as JSON.
fn text(state: &State, entry: &str) -> String {
    state
        .get(entry)
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

impl SessionStore for SessionRows {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let hash = sha256_hex(key.as_ref());
        Ok(Some(HashMap::from([(
            "key".to_owned(),
            format!("\"{hash}\""),
        )])))
    }

    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        let other = |cause: anyhow::Error| SaveError::Other(cause);
        let user_id: i64 = state
            .get(USER)
            .and_then(|json| json.parse().ok())
            .ok_or_else(|| other(anyhow::anyhow!("a session without a user is not kept")))?;
        let key = random_token(32);
        if key.is_empty() {
            return Err(other(anyhow::anyhow!("the system gives no random bytes")));
        }
        let new = NewSession {
            key_hash: sha256_hex(&key),
            user_id,
            agent: text(&state, AGENT),
            address: text(&state, ADDRESS),
        };
        let now = self.clock.now();
        self.db
            .write(move |conn| store::insert(conn, &new, now))
            .await
            .map_err(|error| other(error.into()))?;
        SessionKey::try_from(key).map_err(|cause| other(anyhow::anyhow!("{cause}")))
    }

    async fn update(
        &self,
        key: SessionKey,
        _: State,
        _: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        Ok(key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = sha256_hex(key.as_ref());
        self.db
            .write(move |conn| store::delete_by_key(conn, &hash))
            .await?;
        Ok(())
    }
}
