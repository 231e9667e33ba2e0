//! Large imports: written batch by batch in the background, each batch with the note that it is written in one
//! transaction. Others write in between, a crash loses nothing, and the next start goes on where this one ended.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::web::Data;

use super::super::exchange::What;
use super::{Batch, Counts, DOOR, Lookups, Mapping, Order, Source, Writer};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::store::imports;
use crate::leads::{Currency, Rights};
use crate::web::{App, Flash, Uploads};

/// How long an import waits when the database is busy, or when another process goes on with it.
const PAUSE: Duration = Duration::from_secs(1);

/// A large import that is about to begin.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub what: What,
    pub filename: String,
    /// The name of the claimed file.
    pub file: String,
    pub places: String,
    pub currency: Option<Currency>,
    /// What dates are compared with.
    pub started_at: Timestamp,
    pub rows: usize,
}

/// A large import as it stands.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    pub user_id: i64,
    pub actor: String,
    pub(in crate::leads) request_id: String,
    pub(in crate::leads) batch_id: i64,
    pub what: What,
    pub filename: String,
    pub(in crate::leads) file: String,
    pub(in crate::leads) places: String,
    pub(in crate::leads) currency: Option<Currency>,
    pub started_at: Timestamp,
    pub rows_total: i64,
    pub rows_done: i64,
    pub(in crate::leads) batches_done: i64,
    pub created: i64,
    pub changed: i64,
    pub same: i64,
    pub in_bin: i64,
    pub(in crate::leads) problem: Option<String>,
    pub finished_at: Option<Timestamp>,
}

impl Job {
    /// Why it ended early, if it did.
    pub fn problem(&self) -> Option<Flash> {
        serde_json::from_str(self.problem.as_deref()?).ok()
    }

    /// True once nothing more happens.
    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    fn order(&self, uploads: &Uploads) -> Result<Order> {
        let kept = uploads.claimed(&self.file)?;
        let source = Source::open(&kept.path, kept.skip, &kept.filename)?;
        let titles = source.titles()?;
        Ok(Order {
            mapping: read_places(self.what, &titles, &self.places),
            source,
            currency: self.currency,
            now: self.started_at,
        })
    }

    fn actor(&self, now: Timestamp) -> Actor {
        Actor {
            user_id: Some(self.user_id),
            token_id: None,
            name: self.actor.clone(),
            door: DOOR,
            request_id: self.request_id.clone(),
            batch_id: self.batch_id,
            now,
        }
    }
}

/// A mapping as it is kept.
pub fn write_places(mapping: &Mapping) -> String {
    let places: BTreeMap<&str, usize> = mapping.places().collect();
    serde_json::to_string(&places).unwrap_or_default()
}

/// A mapping that was kept, for a file with these titles.
pub fn read_places(what: What, titles: &[String], places: &str) -> Mapping {
    let places: BTreeMap<String, usize> = serde_json::from_str(places).unwrap_or_default();
    let chosen = places.iter().map(|(field, at)| (field.as_str(), *at));
    Mapping::chosen(what, titles, chosen)
}

/// Goes on with an import in the background, until it is done or the server stops.
pub fn start(app: &Data<App>, id: i64) {
    let app = app.clone();
    let work = move || {
        let uploads = Uploads::new(&app.data_dir, &app.signer);
        let runner = Runner {
            db: &app.db,
            uploads: &uploads,
            stopping: &app.stopping,
            now: &|| app.clock.now(),
        };
        runner.run(id);
    };
    let spawned = std::thread::Builder::new()
        .name("import".into())
        .spawn(work);
    if let Err(cause) = spawned {
        tracing::error!(%cause, "an import could not go on");
    }
}

/// Goes on with every import that a stop or a crash has interrupted.
///
/// # Errors
/// If they can't be read.
pub fn resume(app: &Data<App>) -> Result<()> {
    for job in app.db.read_blocking(imports::unfinished)? {
        start(app, job.id);
    }
    Ok(())
}

struct Runner<'a> {
    db: &'a Db,
    uploads: &'a Uploads,
    stopping: &'a AtomicBool,
    now: &'a dyn Fn() -> Timestamp,
}

/// How far a run has come.
enum Came {
    ToTheEnd,
    /// Another process went on with it, or the server stops.
    Away,
}

impl Runner<'_> {
    fn run(&self, id: i64) {
        // What goes on in a damaged database makes it worse.
        while !self.stopping.load(Ordering::SeqCst) && !self.db.is_damaged() {
            let job = match self.db.read_blocking(|conn| imports::find(conn, id)) {
                Ok(job) if job.is_finished() => return,
                Ok(job) => job,
                Err(Error::Busy(_) | Error::Corrupt(_)) => {
                    std::thread::park_timeout(PAUSE);
                    continue;
                }
                Err(error) => return tracing::error!(%error, id, "an import can't be found"),
            };
            let ended = match self.go_on(&job) {
                Ok(Came::ToTheEnd) => self.finish(&job, None),
                Ok(Came::Away) | Err(Error::Busy(_) | Error::Late(_) | Error::Corrupt(_)) => {
                    std::thread::park_timeout(PAUSE);
                    continue;
                }
                Err(error) => {
                    tracing::error!(%error, id, "an import ended early");
                    self.finish(&job, Some(error.message()))
                }
            };
            match ended {
                Ok(()) => return,
                Err(error) if error.is_corrupt() => {}
                Err(error) => tracing::warn!(%error, id, "the end of an import can't be noted"),
            }
            std::thread::park_timeout(PAUSE);
        }
    }

    fn go_on(&self, job: &Job) -> Result<Came> {
        let order = Arc::new(job.order(self.uploads)?);
        let (mut at, mut came) = (0, Came::ToTheEnd);
        order.batches(&mut |batch, aside| {
            let is_next = at >= job.batches_done;
            at += 1;
            if !is_next {
                return Ok(true);
            }
            if self.stopping.load(Ordering::SeqCst) {
                came = Came::Away;
                return Ok(false);
            }
            if let Some(problem) = aside.problems.first() {
                return Err(super::write::overtaken(problem.line));
            }
            let step = Step {
                job: job.clone(),
                order: order.clone(),
                batch: Arc::new(batch),
                rows: aside.rows,
                place: at - 1,
                actor: job.actor((self.now)()),
            };
            let is_done = self.db.write_alone(move |conn| step.write(conn))?;
            if !is_done {
                came = Came::Away;
            }
            Ok(is_done)
        })?;
        Ok(came)
    }

    fn finish(&self, job: &Job, problem: Option<Message>) -> Result<()> {
        let (id, now) = (job.id, (self.now)());
        let told = problem.map(|message| serde_json::to_string(&Flash::error(message)));
        let told = told.transpose().map_err(Error::internal)?;
        self.db
            .write_blocking(move |conn| imports::finish(conn, id, now, told.as_deref()))?;
        self.uploads.release(&job.file);
        Ok(())
    }
}

/// A batch on its way into the database.
struct Step {
    job: Job,
    order: Arc<Order>,
    batch: Arc<Batch>,
    rows: usize,
    /// Which batch it is.
    place: i64,
    actor: Actor,
}

impl Step {
    /// Writes the batch, if nobody has; answers whether it was the next.
    fn write(&self, conn: &mut Conn) -> Result<bool> {
        let job = imports::hold(conn, self.job.id)?;
        if job.is_finished() || job.batches_done != self.place {
            return Ok(false);
        }
        let lookups = Lookups::load(conn)?;
        let writer = Writer {
            order: &self.order,
            lookups: &lookups,
            actor: &self.actor,
            rights: Rights::program(),
        };
        let counts: Counts = writer.write(conn, &self.batch)?;
        imports::advance(conn, job.id, self.rows, counts)?;
        Ok(true)
    }
}
