//! What tests share: a server with a database for each test, users who are signed in, parsed pages, and API calls.

mod api;
mod app;
mod browser;
mod cluster;
mod database;
pub mod packages;
mod page;
mod people;
mod process;
mod proxy;
mod random;
mod template_db;

pub use api::Api;
pub use app::TestApp;
pub use browser::{Answer, Browser};
pub use cluster::Cluster;
pub use database::{execute, open_postgres, open_sqlite, query_text, revert_from};
pub use page::{Page, text_of};
pub use people::{ALICE, DAN, MARA, PEOPLE, Person, RADU, VERA, begin, environment, program};
pub use process::Process;
pub use proxy::Proxy;
pub use random::Random;
pub use template_db::DatabaseCopy;

/// How long clients keep an idle connection: less than the 5 seconds after which the server closes it, so that no request
/// is sent into a connection that is being closed.
const POOL_IDLE: std::time::Duration = std::time::Duration::from_secs(2);

/// Waits for a hundredth of a second before a test looks at its condition again, so that it leaves the processor to what it
/// waits for.
pub async fn ask_again() {
    let pause = std::time::Duration::from_millis(10);
    tokio::time::interval_at(tokio::time::Instant::now() + pause, pause)
        .tick()
        .await;
}

/// The database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Makes a test of each function on SQLite and on PostgreSQL, with a server of its own.
macro_rules! both {
    ($($sentence:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $sentence() {
                super::$sentence(crate::support::TestApp::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $sentence() {
                if let Some(app) = crate::support::TestApp::postgres().await {
                    super::$sentence(app).await;
                }
            })+
        }
    };
}
