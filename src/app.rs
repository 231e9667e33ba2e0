//! Puts the server together: opens the database, binds the port, runs the server and its background tasks.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_web::cookie::SameSite;
use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App as ActixApp, HttpServer, web};

use crate::access::{ABSOLUTE_SECONDS, ENDED_SECONDS, identify_error_page};
use crate::clock::{DAY_SECONDS, Timestamp};
use crate::config::{Config, PublicUrl};
use crate::db::{Db, ServeLock, StartError, hold_open, migrate_held};
use crate::error;
use crate::i18n::Lang;
use crate::idempotency::answer_repeated_forms;
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::resume::watch_abandoned;
use crate::pipeline::{frame_counts, run_jobs};
use crate::sessions::{KeyOnlyStore, restore_forms};
use crate::signer::Signer;

use crate::reports::{ReportCache, watch_medians};
use crate::statuses::MedianTimes;
use crate::web::{
    App, ConcurrencyLimit, JobSignal, Metrics, RunningSubmissions, assets, csrf, handle_request,
    respond_not_found,
};
use crate::{demo, leads, routes, statuses};

/// Passwords that are hashed at once, each in the memory of [`PasswordCost`](crate::digest::PasswordCost).
const HASHING_AT_ONCE: usize = 2;
/// Passwords that may wait to be hashed.
const HASHING_QUEUE: usize = 32;
/// Seconds after which to try again when the queue is full.
const HASHING_RETRY_SECONDS: u64 = 2;
/// Sign-ins that are delayed at once, for a few seconds each. They bound the guesses from unknown addresses in that time.
const MAX_DELAYED_SIGN_INS: usize = 64;
/// Bodies that are not small and are in memory at once, and those that may wait.
const BODIES_AT_ONCE: usize = 64;
const BODIES_QUEUE: usize = 256;
/// Uploads that are received and read at once, and those that may wait.
const UPLOADS_AT_ONCE: usize = 4;
const UPLOADS_QUEUE: usize = 16;
/// Exports that are read and sent at once, each in a thread of its own, and those that may wait.
const EXPORTS_AT_ONCE: usize = 8;
const EXPORTS_QUEUE: usize = 32;
/// Seconds after which to try again without a permit.
const RETRY_SECONDS: u64 = 5;
/// How long a connection is read from after an answer that closes it, so that the sender gets to read the answer.
const CLOSE_SECONDS: u64 = 2;
/// How long running requests may take after the signal to stop.
const STOP_SECONDS: u64 = 10;

/// A server that is bound and ready to run.
pub struct Application {
    port: u16,
    server: Server,
    state: web::Data<App>,
    reports: web::Data<ReportCache>,
    _lock: ServeLock,
}

/// What all requests share.
fn shared_state(config: &Config, db: Db, signer: Signer, bound_to: std::net::IpAddr) -> App {
    App {
        db,
        clock: config.clock.clone(),
        time_zone: config.time_zone,
        signer,
        metrics: Metrics::default(),
        public_url: config.public_url.clone(),
        bound_to,
        trusted_proxies: config.trusted_proxies.clone(),
        has_rate_limits: config.has_rate_limits,
        hashing: Arc::new(ConcurrencyLimit::new(
            HASHING_AT_ONCE,
            HASHING_QUEUE,
            HASHING_RETRY_SECONDS,
        )),
        password_cost: config.password_cost,
        delayed_sign_ins: ConcurrencyLimit::new(MAX_DELAYED_SIGN_INS, 0, RETRY_SECONDS),
        bodies: ConcurrencyLimit::new(BODIES_AT_ONCE, BODIES_QUEUE, RETRY_SECONDS),
        uploads: ConcurrencyLimit::new(UPLOADS_AT_ONCE, UPLOADS_QUEUE, RETRY_SECONDS),
        exports: ConcurrencyLimit::new(EXPORTS_AT_ONCE, EXPORTS_QUEUE, RETRY_SECONDS),
        data_dir: config.data_dir.clone(),
        jobs: JobSignal::default(),
        submissions: RunningSubmissions::default(),
        is_stopping: AtomicBool::new(false),
        frame_counts,
        translate_first_statuses: statuses::translate_seed,
    }
}

impl Application {
    /// Migrates the database, seeds a fresh one, unpacks the assets and binds the port.
    ///
    /// # Errors
    /// Returns a [`StartError`] with one sentence if one of these steps fails.
    pub async fn build(config: Config) -> Result<Application, StartError> {
        let (db, lock) = open_async(config.clone()).await?;
        let signer = Signer::load(&config.data_dir)?;
        let assets_dir = assets::unpack(&config.data_dir)
            .map_err(|e| StartError(format!("The assets can't be unpacked: {e}.")))?;
        let listener = bind(&config)?;
        let address = listener
            .local_addr()
            .map_err(|e| StartError(format!("No address: {e}.")))?;
        let state = web::Data::new(shared_state(&config, db, signer, address.ip()));
        let medians = MedianTimes::default();
        let reports = web::Data::new(ReportCache::new(&config.data_dir, medians.clone()));
        let shared = SharedFigures {
            reports: reports.clone(),
            medians,
        };
        let server = serve(listener, state.clone(), shared, &config, assets_dir)?;
        Ok(Application {
            port: address.port(),
            server,
            state,
            reports,
            _lock: lock,
        })
    }

    /// The port that was bound.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The database, for tests.
    pub fn db(&self) -> Db {
        self.state.db.clone()
    }

    /// The limit of password hashing, for tests.
    pub fn hashing(&self) -> Arc<ConcurrencyLimit> {
        self.state.hashing.clone()
    }

    /// A handle that stops the server.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until it is stopped: by a signal, or through the handle. Running requests are finished, the queue of writes is
    /// emptied, and the log of SQLite is copied into the database file.
    ///
    /// # Errors
    /// Returns an error if the server fails.
    pub async fn run(self) -> std::io::Result<()> {
        let handle = self.server.handle();
        let state = self.state.clone();
        let stop_task = actix_web::rt::spawn(async move {
            wait_for_stop_signal().await;
            state.is_stopping.store(true, Ordering::SeqCst);
            handle.stop(true).await;
        });
        let state = self.state.clone();
        let job_task = actix_web::rt::spawn(async move {
            run_jobs(state.db.clone(), state.clock.clone(), &state.jobs).await;
        });
        let (state, reports) = (self.state.clone(), self.reports.clone());
        let median_task = actix_web::rt::spawn(async move {
            watch_medians(&reports, &state.db, &state.clock).await;
        });
        let import_task = actix_web::rt::spawn(watch_abandoned(import_context(&self.state)));
        let result = self.server.await;
        self.state.is_stopping.store(true, Ordering::SeqCst);
        job_task.abort();
        import_task.abort();
        median_task.abort();
        stop_task.abort();
        self.state.db.close().await;
        result
    }
}

/// What import jobs need from this server.
fn import_context(state: &web::Data<App>) -> JobContext {
    let (db, clock) = (state.db.clone(), state.clock.clone());
    let server = state.clone();
    let is_stopping = move || server.is_stopping.load(Ordering::SeqCst);
    JobContext::for_server(db, clock, &state.data_dir, is_stopping)
}

/// The database, migrated, with the lock that says it is in use.
///
/// # Errors
/// Returns a [`StartError`] if it can't be opened or migrated.
pub fn open(config: &Config) -> Result<(Db, ServeLock), StartError> {
    let lock = ServeLock::shared(&config.database_url)?;
    let connection = hold_open(&config.database_url);
    migrate_held(&config.database_url, connection.as_ref())?;
    let db = Db::open(&config.database_url, config.workers.max(2) as u32 * 2)?;
    drop(connection);
    let mut now = config.clock.now();
    if config.is_demo {
        now = now.plus_seconds(-demo::HISTORY_DAYS * DAY_SECONDS);
    }
    seed(&db, now, config.language)
        .map_err(|e| StartError(format!("The first statuses can't be created: {e}.")))?;
    unify_sources(&db)
        .map_err(|e| StartError(format!("The sources of leads can't be unified: {e}.")))?;
    Ok((db, lock))
}

/// Unifies the sources of leads that differ in case alone; the migrations can't, since SQL doesn't know the case of all
/// letters.
fn unify_sources(db: &Db) -> error::Result<()> {
    if db.read_blocking(leads::are_sources_unified)? {
        return Ok(());
    }
    db.write_blocking(leads::unify_sources)
}

/// Creates the first statuses in a fresh database. It reads first, so that a command that only reads never waits for a
/// writer.
fn seed(db: &Db, now: Timestamp, lang: Lang) -> error::Result<()> {
    if db.read_blocking(statuses::is_seeded)? {
        return Ok(());
    }
    db.write_blocking(move |conn| statuses::seed(conn, now, lang))
}

/// [`open`] on a thread of its own: it waits for disks and servers, which an async worker must not.
pub(crate) async fn open_async(config: Config) -> Result<(Db, ServeLock), StartError> {
    match tokio::task::spawn_blocking(move || open(&config)).await {
        Ok(opened) => opened,
        Err(cause) => Err(StartError(format!(
            "The database can't be opened: {cause}."
        ))),
    }
}

fn bind(config: &Config) -> Result<TcpListener, StartError> {
    TcpListener::bind(config.bind)
        .map_err(|e| StartError(format!("The address {} can't be used: {e}.", config.bind)))
}

/// Ends with the signal that stops the server.
async fn wait_for_stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The reports, and what the list of statuses shows of them.
#[derive(Clone)]
struct SharedFigures {
    reports: web::Data<ReportCache>,
    medians: MedianTimes,
}

fn serve(
    listener: TcpListener,
    state: web::Data<App>,
    shared: SharedFigures,
    config: &Config,
    assets_dir: PathBuf,
) -> Result<Server, StartError> {
    let is_https = config.public_url.as_ref().is_some_and(PublicUrl::is_https);
    let cookie = state.cookie_name(csrf::SESSION_COOKIE);
    let key = state.signer.cookie_key();
    let imports = import_context(&state);
    let server = HttpServer::new(move || {
        let ttl = CookieDuration::seconds(ABSOLUTE_SECONDS + ENDED_SECONDS);
        let sessions = SessionMiddleware::builder(KeyOnlyStore, key.clone())
            .cookie_name(cookie.clone())
            .cookie_secure(is_https)
            .cookie_http_only(true)
            .cookie_same_site(SameSite::Lax)
            .cookie_content_security(CookieContentSecurity::Signed)
            .session_lifecycle(PersistentSession::default().session_ttl(ttl))
            .build();
        ActixApp::new()
            .app_data(state.clone())
            .app_data(imports.clone())
            .app_data(shared.reports.clone())
            .app_data(web::Data::new(shared.medians.clone()))
            .configure(routes::configure)
            .service(assets::service(&assets_dir))
            .default_service(web::to(respond_not_found))
            .wrap(from_fn(answer_repeated_forms))
            .wrap(from_fn(restore_forms))
            .wrap(from_fn(identify_error_page))
            .wrap(sessions)
            .wrap(from_fn(handle_request))
    });
    let server = server
        .workers(config.workers)
        .disable_signals()
        .shutdown_timeout(STOP_SECONDS)
        .client_request_timeout(Duration::from_secs(15))
        .client_disconnect_timeout(Duration::from_secs(CLOSE_SECONDS))
        // Reading for a client that has left is of no use.
        .h1_allow_half_closed(false)
        .listen(listener)
        .map_err(|e| StartError(format!("The server can't be started: {e}.")))?;
    Ok(server.run())
}
