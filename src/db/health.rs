//! Whether the database file is known to be damaged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Set at the first damage until the end of the process, since a backup is only restored while no server runs. Clones
/// share the flag.
#[derive(Clone, Default)]
pub(super) struct Health(Arc<AtomicBool>);

impl Health {
    /// Records damage that a result reports, and logs it the first time.
    pub(super) fn record<T>(&self, result: Result<T>) -> Result<T> {
        if let Err(Error::Corrupt(cause)) = &result
            && !self.0.swap(true, Ordering::SeqCst)
        {
            tracing::error!(%cause, "the database file is damaged: nothing is written to it any more; stop the server and restore a backup");
        }
        result
    }

    /// True once damage was reported.
    pub(super) fn is_damaged(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Fails once damage was reported, since writing would make it worse.
    ///
    /// # Errors
    /// Returns [`Error::Corrupt`].
    pub(super) fn refuse_damaged(&self) -> Result<()> {
        match self.is_damaged() {
            true => Err(Error::Corrupt("the database file is damaged".into())),
            false => Ok(()),
        }
    }
}
