//! Importing leads from a file: the upload, the preview, the start and the progress page.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::{PageRequest, Permission};
use crate::audit::actor_label;
use crate::channel::Channel;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::idempotency::{answer_imported, store_import};
use crate::leads::actions::import::bad_lines::{bad_lines_name, write_skipped};
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::actions::import::file_parts::ImportFile;
use crate::leads::actions::import::job::new_job;
use crate::leads::actions::import::lease::new_lease_holder;
use crate::leads::actions::import::missing_statuses::{
    MAX_NEW_STATUSES, creation_problem, statuses_to_create,
};
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::actions::import::resume::in_background;
use crate::leads::actions::import::run::JobRun;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::import_job::{ImportCounts, Job};
use crate::leads::http::views::import::{
    CheckedFile, ImportPage, JobPage, MatchValues, PendingImport, UploadValues,
};
use crate::leads::http::views::import_preview::ImportPreviewPage;
use crate::leads::store::{import_jobs, systems};
use crate::records::fields::Fields;
use crate::web::{Flash, Id, StagedFile, StagedUploads, UploadForm, html, job_html};

mod check;
pub(crate) mod upload;

use crate::leads::http::pages::import::check::{bad_lines, check_rows};
use crate::leads::http::pages::import::upload::{GOOD_LINES, chosen_dataset, receive};

const LIST_PATH: &str = "/admin/leads";
const IMPORT_PATH: &str = "/admin/leads/import";
/// The response waits for imports of fewer rows.
const SMALL_IMPORT_ROWS: usize = 2_000;
/// How long the response waits.
const WAIT_TIMEOUT: Duration = Duration::from_secs(8);
/// The most skipped lines that the page shows.
const MAX_SKIPPED_LINES: i64 = 1_000;

/// `GET /admin/leads/import`: the form for the file.
pub async fn new(request: PageRequest) -> Result<HttpResponse> {
    let (mut jobs, systems) = request
        .read(|conn, _| Ok((import_jobs::unfinished(conn)?, systems::list(conn)?)))
        .await?;
    jobs.retain(|job| job.is_ready);
    let mut values = UploadValues::default();
    values.matching.systems = systems;
    render_form(&request, StatusCode::OK, values, jobs)
}

/// `POST /admin/leads/import`: the preview of a file; with `confirm=1`, starts its import.
pub async fn create(request: PageRequest, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let pending = match receive(&request, file, &fields).await {
        Err(Error::Unreadable(problem)) => return refuse_file(&request, &fields, problem).await,
        result => result?,
    };
    match check_rows(&request, &pending, &fields).await {
        Err(Error::Unreadable(problem)) => render_preview(&request, pending, None, Some(problem)),
        result => answer(&request, pending, result?, &fields).await,
    }
}

/// The response to a button: the start of the import, the bad lines as a file, or the preview.
async fn answer(
    request: &PageRequest,
    pending: PendingImport,
    checked: CheckedFile,
    fields: &Fields,
) -> Result<HttpResponse> {
    if fields.is_on("confirm") || fields.is_on(GOOD_LINES) {
        return confirm(request, pending, checked, fields).await;
    }
    match fields.is_on("bad_lines") {
        true => bad_lines(checked, request.page().lang).await,
        false => render_preview(request, pending, Some(checked), None),
    }
}

/// `GET /admin/leads/import/{id}`: the progress of a large import.
pub async fn show(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let read = request.read(move |conn, _| {
        let skipped = import_jobs::list_skipped(conn, id, MAX_SKIPPED_LINES)?;
        Ok((import_jobs::find(conn, id)?, skipped))
    });
    let (job, skipped) = read.await?;
    let is_running = !job.is_finished();
    let page = request.page();
    let view = JobPage::of(page, job, skipped);
    job_html(StatusCode::OK, &view, is_running)
}

/// `GET /admin/leads/import/{id}/problems.csv`: the lines that an import skipped, as a file.
pub async fn problems(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let read = request.read(move |conn, _| {
        let job = import_jobs::find(conn, id)?;
        Ok((job, import_jobs::list_skipped(conn, id, MAX_SKIPPED_LINES)?))
    });
    let (job, skipped) = read.await?;
    let bytes = write_skipped(&skipped, request.page().lang)?;
    Ok(check::csv_download(bad_lines_name(&job.filename), bytes))
}

fn render_form(
    request: &PageRequest,
    status: StatusCode,
    values: UploadValues,
    jobs: Vec<Job>,
) -> Result<HttpResponse> {
    let page = request.page();
    html(status, &ImportPage { page, values, jobs })
}

/// The form with the problem of its file; if the file was imported already, the result of that import.
async fn refuse_file(
    request: &PageRequest,
    fields: &Fields,
    problem: Message,
) -> Result<HttpResponse> {
    let upload = fields.text("upload").unwrap_or_default();
    if problem.key == StagedUploads::MISSING
        && let Some(answer) = answer_imported(request, upload).await?
    {
        return Ok(answer);
    }
    let values = UploadValues {
        dataset: chosen_dataset(fields).unwrap_or(Dataset::Leads),
        currency: fields.text("currency").unwrap_or_default().to_owned(),
        matching: MatchValues::read(fields, Vec::new()),
        problem: Some(problem),
    };
    render_form(
        request,
        StatusCode::UNPROCESSABLE_ENTITY,
        values,
        Vec::new(),
    )
}

fn render_preview(
    request: &PageRequest,
    pending: PendingImport,
    checked: Option<CheckedFile>,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let mut dry_runs = checked.iter().map(|checked| &checked.dry_run);
    let is_acceptable = dry_runs.any(DryRun::is_acceptable);
    let status = match &problem {
        Some(problem)
            if is_acceptable
                && ["lead-import-changed", "lead-import-under-way"].contains(&problem.key) =>
        {
            StatusCode::CONFLICT
        }
        None if is_acceptable => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = request.page();
    html(
        status,
        &ImportPreviewPage::of(page, pending, checked, problem, MAX_NEW_STATUSES),
    )
}

async fn confirm(
    request: &PageRequest,
    pending: PendingImport,
    checked: CheckedFile,
    fields: &Fields,
) -> Result<HttpResponse> {
    let expected = fields.text("expect").unwrap_or_default();
    let dry_run = &checked.dry_run;
    if !dry_run.is_acceptable() {
        return render_preview(request, pending, Some(checked), None);
    }
    if let Some(message) = blocking_problem(dry_run, expected, fields.is_on("make_statuses")) {
        return render_preview(request, pending, Some(checked), Some(message));
    }
    match start(request, &pending, &checked.import_request, dry_run).await {
        Ok(StartOutcome::Started(run)) => wait_for_end(request, run, &pending, dry_run).await,
        Ok(StartOutcome::AlreadyRunning(message)) => {
            render_preview(request, pending, Some(checked), Some(message))
        }
        Err(Error::Conflict(_)) => {
            let dry_run = check::dry_run(request, &checked.import_request).await?;
            let message = Message::new("lead-import-changed");
            let checked = CheckedFile { dry_run, ..checked };
            render_preview(request, pending, Some(checked), Some(message))
        }
        Err(error) => Err(error),
    }
}

/// Why a file without errors can't be imported now.
fn blocking_problem(dry_run: &DryRun, expected: &str, creates_statuses: bool) -> Option<Message> {
    if expected != dry_run.fingerprint {
        Some(Message::new("lead-import-changed"))
    } else if dry_run.missing_statuses.is_empty() {
        None
    } else {
        creation_problem(&dry_run.missing_statuses)
            .or_else(|| (!creates_statuses).then(|| Message::new("lead-import-unmade")))
    }
}

/// The outcome of starting an import.
enum StartOutcome {
    /// Its file is in the database, so it will finish even if this process stops.
    Started(JobRun),
    /// An import of this file is already running; says whose, and since when.
    AlreadyRunning(Message),
}

async fn start(
    request: &PageRequest,
    pending: &PendingImport,
    import_request: &ImportRequest,
    dry_run: &DryRun,
) -> Result<StartOutcome> {
    let uploads = StagedUploads::of(request.app());
    let name = uploads.claim(pending.owner, &pending.upload);
    // A second click on the button gets the message for a file that is no longer staged.
    let name = name.map_err(|error| match error {
        Error::NotFound => Error::Unreadable(Message::new(StagedUploads::MISSING)),
        error => error,
    })?;
    let outcome = match uploads.claimed(&name) {
        Ok(file) => start_job(request, file, &pending.upload, import_request, dry_run).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(StartOutcome::Started(_)) => uploads.release(&name),
        _ => uploads.return_claimed(pending.owner, &pending.upload, &name),
    }
    outcome
}

async fn start_job(
    request: &PageRequest,
    file: StagedFile,
    upload: &str,
    import_request: &ImportRequest,
    dry_run: &DryRun,
) -> Result<StartOutcome> {
    let context = request.http().app_data::<JobContext>().cloned();
    let context = context.ok_or_else(|| Error::internal("no context of imports"))?;
    let file = web::block(move || ImportFile::read(file.path, file.prefix_len)).await;
    let file = file.map_err(Error::internal)??;
    let (job, holder) = (new_job(import_request, &file.digest), new_lease_holder());
    let names = statuses_to_create(&dry_run.missing_statuses);
    let (stored_job, own, creates_statuses) = (job.clone(), holder.clone(), !names.is_empty());
    let upload = upload.to_owned();
    let inserted = request.write(move |conn, principal| {
        if creates_statuses {
            principal.require(Permission::StatusesWrite)?;
        }
        let id = import_jobs::insert(conn, &principal.actor(Channel::Import), &stored_job, &own)?;
        let flash = Flash::warn(Message::new("import-done-before"));
        store_import(conn, principal, &upload, &job_path(id), &flash)?;
        Ok(id)
    });
    let id = match inserted.await {
        Ok(id) => id,
        Err(Error::Conflict(_)) => return already_running(request, job.digest).await,
        Err(error) => return Err(error),
    };
    let (run, rows) = (JobRun::new(context, id, holder), dry_run.rows);
    let work = move || match run.accept(&file, &names, rows) {
        Ok(()) => Ok(StartOutcome::Started(run)),
        Err(error) => run.discard().and(Err(error)),
    };
    web::block(work).await.map_err(Error::internal)?
}

async fn already_running(request: &PageRequest, digest: String) -> Result<StartOutcome> {
    let running = request.read(move |conn, _| import_jobs::find_last(conn, &digest, false));
    let message = match running.await? {
        Some((job, _)) => Message::new("lead-import-under-way")
            .with(
                "who",
                actor_label(&job.actor, request.page().lang).to_owned(),
            )
            .with("since", job.started_at.rfc3339())
            .with("done", job.rows_done)
            .with("total", job.rows_total),
        None => Message::new("lead-import-changed"),
    };
    Ok(StartOutcome::AlreadyRunning(message))
}

/// Waits for a small import; a large one has a page of its own.
async fn wait_for_end(
    request: &PageRequest,
    run: JobRun,
    pending: &PendingImport,
    dry_run: &DryRun,
) -> Result<HttpResponse> {
    let (id, is_small) = (run.id, dry_run.rows < SMALL_IMPORT_ROWS);
    let (sender, receiver) = tokio::sync::oneshot::channel();
    in_background(move || {
        let job = run.finish(&|_| ())?;
        let _ = sender.send(job);
        Ok(())
    });
    let timeout = match is_small {
        true => WAIT_TIMEOUT,
        false => Duration::ZERO,
    };
    let job = match tokio::time::timeout(timeout, receiver).await {
        Ok(Ok(Some(job))) if job.skipped_rows == 0 && job.problem().is_none() => job,
        _ => return Ok(request.redirect(&job_path(id), None)),
    };
    let flash = flash(&pending.source.filename, job.dataset, job.counts);
    Ok(request.redirect(LIST_PATH, Some(flash)))
}

fn job_path(id: i64) -> String {
    format!("{IMPORT_PATH}/{id}")
}

fn flash(filename: &str, dataset: Dataset, counts: ImportCounts) -> Flash {
    if counts.created + counts.changed == 0 {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let key = match dataset {
        Dataset::Leads => "lead-import-flash",
        Dataset::Visits => "lead-import-flash-visits",
    };
    let message = Message::new(key)
        .with("name", filename)
        .with("created", counts.created)
        .with("changed", counts.changed)
        .with("same", counts.same);
    Flash::ok(message)
}
