//! Forms that are being handled, so that a second submission waits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

/// Forms that are being handled, by their keys.
#[derive(Default)]
pub struct RunningSubmissions(Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>);

impl RunningSubmissions {
    /// Waits until no other request handles the form with this key.
    pub(super) async fn acquire(&self, key: &str) -> OwnedMutexGuard<()> {
        self.lock_of(key).lock_owned().await
    }

    fn lock_of(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, lock| lock.strong_count() > 0);
        let lock = running.get(key).and_then(Weak::upgrade);
        lock.unwrap_or_else(|| {
            let lock = Arc::default();
            running.insert(key.to_owned(), Arc::downgrade(&lock));
            lock
        })
    }
}
