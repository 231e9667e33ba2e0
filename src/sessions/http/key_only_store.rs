//! The session store of the framework, which only moves keys between cookies and requests.

use std::collections::HashMap;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;

use crate::digest::sha256_hex;

/// The entry of the session state that holds the key of a session whose row was just inserted.
pub(crate) const NEW_KEY_ENTRY: &str = "new_key";

/// Reads session keys from the cookie and writes them into it; never uses the database. Sessions are rows by the hash of their key: a
/// row is read in the transaction of the data (`access::PageRequest`), inserted in the transaction that signs in
/// (`pending_session`), and deleted in the one that signs out.
#[derive(Clone, Copy)]
pub struct KeyOnlyStore;

type State = HashMap<String, String>;

impl SessionStore for KeyOnlyStore {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let hash = sha256_hex(key.as_ref());
        Ok(Some(HashMap::from([(
            "key".to_owned(),
            format!("\"{hash}\""),
        )])))
    }

    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        // actix-session keeps values as JSON.
        let json = state.get(NEW_KEY_ENTRY);
        let key: Option<String> = json.and_then(|json| serde_json::from_str(json).ok());
        let key = key.ok_or_else(|| anyhow::anyhow!("the session has no new key"));
        let key = key.and_then(|key| Ok(SessionKey::try_from(key)?));
        key.map_err(SaveError::Other)
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

    async fn delete(&self, _: &SessionKey) -> Result<(), anyhow::Error> {
        Ok(())
    }
}
