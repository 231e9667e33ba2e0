use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, web};

use crate::access::{Permission, Visitor};
use crate::audit::shown_actor;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::Currency;
use crate::leads::exchange::What;
use crate::leads::import::{self, Context, Counts, Job, NewJob, Order, Run, Survey, Worker};
use crate::leads::store::import_jobs;
use crate::leads::views::import::{Choice, ImportPage, JobPage, PlanPage};
use crate::web::fields::{Fields, parse_id};
use crate::web::{App, Flash, Kept, UploadForm, Uploads, html};

pub(in crate::leads) mod waiting;

use waiting::{Waiting, receive};

const LIST: &str = "/admin/leads";
const IMPORT: &str = "/admin/leads/import";
/// Imports of fewer rows are waited for.
const AT_ONCE: usize = 2_000;
/// How long.
const PATIENCE: Duration = Duration::from_secs(8);
/// The lines that were left out of an import, as far as they are shown.
const SHOWN: i64 = 1_000;

/// `GET /admin/leads/import`: the form for the file.
pub async fn new(visitor: Visitor) -> Result<HttpResponse> {
    let mut jobs = visitor
        .read(|conn, _| import_jobs::unfinished(conn))
        .await?;
    jobs.retain(|job| job.is_ready);
    choose(&visitor, StatusCode::OK, Choice::default(), jobs)
}

/// `POST /admin/leads/import`: what a file would do; with `confirm=1`, does it.
pub async fn create(visitor: Visitor, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let owner = visitor.read(|_, who| Ok(who.user_id)).await?;
    let word = fields.text("instead").or(fields.text("what"));
    let what: Option<What> = word.and_then(|word| word.parse().ok());
    let refused = |problem| Choice {
        what: what.unwrap_or(What::Leads),
        currency: fields.text("currency").unwrap_or_default().to_owned(),
        problem: Some(problem),
    };
    let waiting = match receive(&visitor, owner, file, &fields, what).await {
        Ok(waiting) => waiting,
        Err(Error::Unreadable(problem)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return choose(&visitor, status, refused(problem), Vec::new());
        }
        Err(error) => return Err(error),
    };
    let order = match order(&visitor, &waiting, &fields) {
        Ok(order) => order,
        Err(problem) => return preview(&visitor, waiting, None, Some(problem)),
    };
    let survey = match survey(&visitor, &order).await {
        Ok(survey) => survey,
        Err(Error::Unreadable(problem)) => return preview(&visitor, waiting, None, Some(problem)),
        Err(error) => return Err(error),
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, waiting, Some(survey), None);
    }
    confirm(&visitor, waiting, order, survey, &fields).await
}

/// `GET /admin/leads/import/{id}`: how far a large import has come.
pub async fn show(visitor: Visitor, path: Path<String>) -> Result<HttpResponse> {
    let id = parse_id(&path).ok_or(Error::NotFound);
    let id = visitor.admit(id).await?;
    let look = visitor.read(move |conn, _| {
        let left_out = import_jobs::left_out(conn, id, SHOWN)?;
        Ok((import_jobs::find(conn, id)?, left_out))
    });
    let (job, left_out) = look.await?;
    let is_under_way = !job.is_finished();
    let page = visitor.page();
    let mut answer = html(StatusCode::OK, &JobPage::of(page, job, left_out))?;
    if is_under_way {
        let (name, value) = (header::HeaderName::from_static("refresh"), "2");
        answer
            .headers_mut()
            .insert(name, header::HeaderValue::from_static(value));
    }
    Ok(answer)
}

fn uploads(visitor: &Visitor) -> Uploads {
    Uploads::new(&visitor.app().data_dir, &visitor.app().signer)
}

fn choose(
    visitor: &Visitor,
    status: StatusCode,
    choice: Choice,
    jobs: Vec<Job>,
) -> Result<HttpResponse> {
    let page = visitor.page();
    html(status, &ImportPage { page, choice, jobs })
}

fn order(visitor: &Visitor, waiting: &Waiting, fields: &Fields) -> Result<Order, Message> {
    waiting.mapping.check()?;
    let currency = fields.text("currency").map(str::trim).unwrap_or_default();
    let currency = (!currency.is_empty()).then(|| Currency::parse(currency));
    Ok(Order {
        source: waiting.source.clone(),
        mapping: waiting.mapping.clone(),
        currency: currency.transpose()?,
        now: visitor.app().clock.now(),
    })
}

async fn survey(visitor: &Visitor, order: &Order) -> Result<Survey> {
    let (db, order) = (visitor.app().db.clone(), order.clone());
    // A large file takes its time, which an async worker must not wait for.
    let work = move || import::survey(&db, &order, &mut |_| ());
    web::block(work).await.map_err(Error::internal)?
}

fn preview(
    visitor: &Visitor,
    waiting: Waiting,
    survey: Option<Survey>,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let is_fine = survey.as_ref().is_some_and(Survey::is_acceptable);
    let status = match &problem {
        Some(problem)
            if is_fine
                && ["lead-import-changed", "lead-import-under-way"].contains(&problem.key) =>
        {
            StatusCode::CONFLICT
        }
        None if is_fine => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = visitor.page();
    html(
        status,
        &PlanPage::of(page, waiting, survey, problem, import::MADE),
    )
}

async fn confirm(
    visitor: &Visitor,
    waiting: Waiting,
    order: Order,
    survey: Survey,
    fields: &Fields,
) -> Result<HttpResponse> {
    let expect = fields.text("expect").unwrap_or_default();
    if !survey.is_acceptable() {
        return preview(visitor, waiting, Some(survey), None);
    }
    if let Some(told) = hindrance(&survey, expect, fields.is_on("make_statuses")) {
        return preview(visitor, waiting, Some(survey), Some(told));
    }
    match begin(visitor, &waiting, &order, &survey).await {
        Ok(Begun::Here(run)) => ended(visitor, run, &waiting, &survey).await,
        Ok(Begun::Elsewhere(told)) => preview(visitor, waiting, Some(survey), Some(told)),
        Err(Error::Conflict(_)) => {
            let now = self::survey(visitor, &order).await?;
            let told = Message::new("lead-import-changed");
            preview(visitor, waiting, Some(now), Some(told))
        }
        Err(error) => Err(error),
    }
}

/// What else stands in the way of a file without errors.
fn hindrance(survey: &Survey, expect: &str, makes_statuses: bool) -> Option<Message> {
    if expect != survey.fingerprint {
        Some(Message::new("lead-import-changed"))
    } else if survey.statuses.is_empty() {
        None
    } else {
        import::unmakeable(&survey.statuses)
            .or_else(|| (!makes_statuses).then(|| Message::new("lead-import-unmade")))
    }
}

/// What became of an import that was confirmed.
enum Begun {
    /// Its file is in the database: it is finished, come what may.
    Here(Run),
    /// The very same one is under way: by whom, and since when.
    Elsewhere(Message),
}

async fn begin(
    visitor: &Visitor,
    waiting: &Waiting,
    order: &Order,
    survey: &Survey,
) -> Result<Begun> {
    let uploads = uploads(visitor);
    let claimed = uploads.claim(waiting.owner, &waiting.upload);
    // Whoever pressed the button twice is told the same as one who comes back later.
    let name = claimed.map_err(|error| match error {
        Error::NotFound => Error::Unreadable(Message::new("import-gone")),
        other => other,
    })?;
    let begun = send(visitor, uploads.claimed(&name)?, order, survey).await;
    match begun {
        Ok(Begun::Here(_)) => uploads.release(&name),
        _ => uploads.return_claimed(waiting.owner, &waiting.upload, &name),
    }
    begun
}

async fn send(visitor: &Visitor, file: Kept, order: &Order, survey: &Survey) -> Result<Begun> {
    let app = visitor.request().app_data::<Data<App>>();
    let context = Context::of_server(app.ok_or_else(|| Error::internal("no state"))?);
    let (path, skip) = (file.path.clone(), file.skip);
    let digest = web::block(move || import::digest(&path, skip)).await;
    let digest = digest.map_err(Error::internal)??;
    let (new, worker) = (NewJob::of(order, &digest), Worker::of_this_process());
    let (names, mine) = (import::to_make(&survey.statuses), worker.clone());
    let (wanted, makes_statuses) = (new.clone(), !names.is_empty());
    let inserted = visitor.write(move |conn, who| {
        if makes_statuses {
            who.must(Permission::StatusesWrite)?;
        }
        import_jobs::insert(conn, &who.actor(import::DOOR), &wanted, &mine)
    });
    let id = match inserted.await {
        Ok(id) => id,
        Err(Error::Conflict(_)) => return under_way(visitor, new.digest).await,
        Err(error) => return Err(error),
    };
    let (run, rows) = (Run::of(context, id, worker), survey.rows);
    let work = move || {
        let sent = run.send(&file.path, file.skip, &digest);
        match sent.and_then(|()| run.begin(&names, rows)) {
            Ok(()) => Ok(Begun::Here(run)),
            Err(error) => run.forget().and(Err(error)),
        }
    };
    web::block(work).await.map_err(Error::internal)?
}

async fn under_way(visitor: &Visitor, digest: String) -> Result<Begun> {
    let found = visitor.read(move |conn, _| import_jobs::last_of(conn, &digest, false));
    let told = match found.await? {
        Some((job, _)) => Message::new("lead-import-under-way")
            .with(
                "who",
                shown_actor(&job.actor, visitor.page().lang).to_owned(),
            )
            .with("since", job.started_at.rfc3339())
            .with("done", job.rows_done)
            .with("total", job.rows_total),
        None => Message::new("lead-import-changed"),
    };
    Ok(Begun::Elsewhere(told))
}

/// Waits for the end of a small import; a large one has a page of its own.
async fn ended(
    visitor: &Visitor,
    run: Run,
    waiting: &Waiting,
    survey: &Survey,
) -> Result<HttpResponse> {
    let (id, is_small) = (run.id, survey.rows < AT_ONCE);
    let (tell, told) = tokio::sync::oneshot::channel();
    import::in_background(move || {
        let job = run.finish(&|_| ())?;
        let _ = tell.send(job);
        Ok(())
    });
    let patience = if is_small { PATIENCE } else { Duration::ZERO };
    let job = match tokio::time::timeout(patience, told).await {
        Ok(Ok(Some(job))) if job.left_out == 0 && job.problem().is_none() => job,
        _ => return Ok(visitor.redirect(&format!("{IMPORT}/{id}"), None)),
    };
    let flash = flash(&waiting.source.filename, job.what, job.counts);
    Ok(visitor.redirect(LIST, Some(flash)))
}

fn flash(filename: &str, what: What, counts: Counts) -> Flash {
    if counts.created + counts.changed == 0 {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let key = match what {
        What::Leads => "lead-import-flash",
        What::Visits => "lead-import-flash-visits",
    };
    let message = Message::new(key)
        .with("name", filename)
        .with("created", counts.created)
        .with("changed", counts.changed)
        .with("same", counts.same);
    Flash::ok(message)
}
