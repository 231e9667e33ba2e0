use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use diesel::RunQueryDsl;
use lead_statuses::Application;
use lead_statuses::clock::{Clock, Zone};
use lead_statuses::config::Config;
use lead_statuses::db::{Conn, Db};
use lead_statuses::digest::PasswordCost;
use lead_statuses::i18n::Lang;
use lead_statuses::web::ConcurrencyLimit;
use tempfile::TempDir;

use super::template_db::DatabaseCopy;
use super::{Api, Backend, Browser, Person};

/// The real server in a thread of its own; its database and data directory are deleted with it.
pub struct TestApp {
    pub backend: Backend,
    /// `http://127.0.0.1:port`.
    pub base: String,
    /// The server's clock, which tests advance.
    pub clock: Clock,
    pub db: Db,
    /// The limit of concurrent password hashing.
    pub hashing: Arc<ConcurrencyLimit>,
    pub config: Config,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Dropped after the server has stopped, in this order.
    database: DatabaseCopy,
    dir: TempDir,
}

impl TestApp {
    pub async fn sqlite() -> TestApp {
        TestApp::with(Backend::Sqlite, |_| {})
            .await
            .expect("SQLite is built in")
    }

    /// `None` where PostgreSQL is missing.
    pub async fn postgres() -> Option<TestApp> {
        TestApp::with(Backend::Postgres, |_| {}).await
    }

    /// Raises the id of the next lead as if 30,000 had been created, once there is one.
    pub async fn raise_next_lead_id(&self) {
        let raise = |conn: &mut Conn| {
            let statement = match conn {
                Conn::Sqlite(_) => "update sqlite_sequence set seq = 30000 where name = 'leads'",
                Conn::Postgres(_) => "select setval('leads_id_seq', 30000)",
            };
            diesel::sql_query(statement).execute(conn)?;
            Ok(())
        };
        self.db.write(raise).await.expect("another id");
    }

    /// A server with a changed configuration.
    pub async fn with(backend: Backend, change: impl FnOnce(&mut Config)) -> Option<TestApp> {
        let dir = tempfile::tempdir().expect("a directory");
        let database = DatabaseCopy::take(backend, dir.path())?;
        let mut config = Config {
            database_url: database.url.clone(),
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data_dir: dir.path().join("data"),
            public_url: None,
            trusted_proxies: Vec::new(),
            workers: 2,
            clock: Clock::shifted(0),
            language: Lang::En,
            time_zone: Zone::UTC,
            has_rate_limits: true,
            password_cost: PasswordCost::LEAST,
            is_demo: false,
        };
        change(&mut config);
        let (started, start) = tokio::sync::oneshot::channel();
        let given = config.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let app = match Application::build(given).await {
                    Ok(app) => app,
                    Err(refused) => return drop(started.send(Err(refused))),
                };
                let _ = started.send(Ok((app.port(), app.handle(), app.db(), app.hashing())));
                app.run().await.expect("the server runs");
            });
        });
        let (port, handle, db, hashing) = start.await.expect("an answer").expect("a start");
        Some(TestApp {
            backend,
            base: format!("http://127.0.0.1:{port}"),
            clock: config.clock.clone(),
            db,
            hashing,
            config,
            handle,
            thread: Some(thread),
            database,
            dir,
        })
    }

    /// A browser that isn't signed in.
    pub fn visitor(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// A browser that is signed in.
    pub async fn signed_in(&self, who: Person) -> Browser {
        let browser = self.visitor();
        browser.sign_in(who).await;
        browser
    }

    /// An API client with a token of this person that has all scopes.
    pub fn api(&self, who: Person) -> Api {
        Api::new(&self.base, Some(self.token(who)))
    }

    /// An API client without a token, or with any text as one.
    pub fn api_with(&self, token: Option<&str>) -> Api {
        Api::new(&self.base, token)
    }

    /// A person's token with all scopes.
    pub fn token(&self, who: Person) -> &str {
        self.database.token(who)
    }

    /// Runs a command of the program on this server's database.
    pub fn program(&self, arguments: &[&str], input: &str) -> std::process::Output {
        super::program(&self.config.database_url, self.dir(), arguments, input)
    }

    /// As [`TestApp::program`], without input; returns its exit status, stdout and stderr.
    pub fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let done = self.program(arguments, "");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let status = done.status.code().expect("an exit status");
        (status, text(done.stdout), text(done.stderr))
    }

    /// The directory of this server's files.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server died");
        }
    }
}
