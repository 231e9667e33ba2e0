//! Cancels a read on PostgreSQL whose request has left. libpq's own way of cancelling needs the handle of the connection,
//! which Diesel keeps to itself; the server cancels by the number of its process as well.

use std::sync::Arc;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::r2d2::Pool;
use diesel::sql_types::{Bool, Integer};
use parking_lot::Mutex;

use super::conn::{Conn, Connector, pooled};

/// The process of PostgreSQL that works on a read, while it does.
#[derive(Clone, Default)]
pub(super) struct RunningBackend(Arc<Mutex<Option<i32>>>);

/// A guard for the time in which the process works on this read and on nothing else.
pub(super) struct Running<'a>(&'a RunningBackend);

/// Cancels the read when it is dropped before the read has ended.
pub(super) struct CancelOnDrop {
    pub backend: RunningBackend,
    pub pool: Pool<Connector>,
}

impl RunningBackend {
    pub(super) fn begin(&self, process: Option<i32>) -> Running<'_> {
        *self.0.lock() = process;
        Running(self)
    }

    fn is_running(&self) -> bool {
        self.0.lock().is_some()
    }

    /// Cancels the statement of the process. While the lock is held, the connection serves no other read; an idle process
    /// ignores the call.
    fn cancel(&self, pool: &Pool<Connector>) {
        let Ok(mut pooled_conn) = pooled(pool) else {
            return;
        };
        let process = self.0.lock();
        if let (Some(process), Conn::Postgres(conn)) = (*process, pooled_conn.conn()) {
            let cancel = sql::<Bool>("pg_cancel_backend(").bind::<Integer, _>(process);
            let result = diesel::select(cancel.sql(")")).get_result::<bool>(conn);
            let _ = pooled_conn.note(result);
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.0.lock() = None;
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if !self.backend.is_running() {
            return;
        }
        let (backend, pool) = (self.backend.clone(), self.pool.clone());
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn_blocking(move || backend.cancel(&pool));
        }
    }
}
