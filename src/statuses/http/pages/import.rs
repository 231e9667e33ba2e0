//! The pages of an import: choosing a file, its preview, and applying it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::actions::import;
use crate::statuses::actions::import::{ImportResult, UnlistedPolicy};
use crate::statuses::actions::import_export::columns::Mapping;
use crate::statuses::actions::import_export::{ImportRow, UnmappedFile};
use crate::statuses::http::pages::LIST;
use crate::statuses::http::views::import::{ImportPage, PlanPage, Source};
use crate::statuses::http::views::plan::PlanView;
use crate::web::{Flash, ReceivedFile, StagedUploads, UploadForm, html};

/// An uploaded file that is staged until it is confirmed.
struct StagedImport {
    upload: String,
    filename: String,
    file: UnmappedFile,
}

/// `GET /admin/leads/statuses/import`: the form for the file.
pub async fn new(visitor: PageRequest) -> Result<HttpResponse> {
    visitor.read(|_, _| Ok(())).await?;
    file_form(&visitor, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/import`: previews a file; with `confirm=1`, imports it.
pub async fn create(visitor: PageRequest, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let owner = visitor.read(|_, who| Ok(who.user_id)).await?;
    let waiting = match receive(&visitor, owner, file, &fields).await? {
        Ok(waiting) => waiting,
        Err(problem) => {
            return file_form(&visitor, StatusCode::UNPROCESSABLE_ENTITY, Some(problem));
        }
    };
    let mapping = match mapping(&fields) {
        Ok(mapping) => mapping,
        Err(problem) => {
            return without_plan(&visitor, waiting, &Mapping::default(), problem);
        }
    };
    let rows = match waiting.file.clone().map_columns(&mapping) {
        Ok(parsed) => parsed.rows,
        Err(problem) => return without_plan(&visitor, waiting, &mapping, problem),
    };
    if !fields.is_on("confirm") {
        return preview(&visitor, waiting, &mapping, rows, None).await;
    }
    match carry_out(&visitor, &rows, &fields).await {
        Ok((applied, batch)) => {
            uploads(&visitor).discard(owner, &waiting.upload);
            Ok(visitor.redirect(LIST, Some(flash(&waiting.filename, applied, batch))))
        }
        Err(Error::Conflict(why)) => preview(&visitor, waiting, &mapping, rows, Some(why)).await,
        Err(error) => Err(error),
    }
}

fn uploads(visitor: &PageRequest) -> StagedUploads {
    StagedUploads::new(&visitor.app().data_dir, &visitor.app().signer)
}

/// The uploaded or the staged file, or the reason why it can't be read.
async fn receive(
    visitor: &PageRequest,
    owner: i64,
    sent: Option<ReceivedFile>,
    fields: &Fields,
) -> Result<Result<StagedImport, Message>> {
    let uploads = uploads(visitor);
    let token = fields.text("upload").unwrap_or_default().to_owned();
    let read = move || match sent {
        Some(file) => {
            let token = uploads.stage(owner, file)?;
            let read = read_staged(&uploads, owner, &token)?;
            // An unreadable file is not kept.
            if read.is_err() {
                uploads.discard(owner, &token);
            }
            Ok(read)
        }
        None if token.is_empty() => Ok(Err(Message::new("import-choose-file"))),
        None => read_staged(&uploads, owner, &token),
    };
    // Reading a large file would block the async worker.
    actix_web::web::block(read).await.map_err(Error::internal)?
}

/// Reads a staged file.
fn read_staged(
    uploads: &StagedUploads,
    owner: i64,
    token: &str,
) -> Result<Result<StagedImport, Message>> {
    let Some((filename, bytes)) = uploads.read(owner, token)? else {
        return Ok(Err(Message::new("import-gone")));
    };
    Ok(
        UnmappedFile::read(&bytes, &filename).map(|sheet| StagedImport {
            upload: token.to_owned(),
            filename,
            file: sheet,
        }),
    )
}

/// The mapping of columns chosen on the preview.
fn mapping(fields: &Fields) -> Result<Mapping, Message> {
    let mut mapping = Mapping::default();
    for (name, field) in fields.texts() {
        if let Some(at) = name.strip_prefix("map-").and_then(|at| at.parse().ok()) {
            mapping = mapping.with_at(at, field)?;
        }
    }
    Ok(mapping)
}

fn file_form(
    visitor: &PageRequest,
    status: StatusCode,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let page = visitor.page();
    html(status, &ImportPage { page, problem })
}

fn source(waiting: StagedImport, mapping: &Mapping) -> Source {
    Source::File {
        filename: waiting.filename,
        upload: waiting.upload,
        format: waiting.file.format,
        columns: waiting.file.columns(mapping),
        notes: waiting.file.sheet_notes(),
    }
}

/// The page with the columns only, while their mapping is invalid.
fn without_plan(
    visitor: &PageRequest,
    waiting: StagedImport,
    mapping: &Mapping,
    problem: Message,
) -> Result<HttpResponse> {
    let view = PlanPage {
        page: visitor.page(),
        source: source(waiting, mapping),
        plan: None,
        problem: Some(problem),
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn preview(
    visitor: &PageRequest,
    waiting: StagedImport,
    mapping: &Mapping,
    rows: Vec<ImportRow>,
    why: Option<Message>,
) -> Result<HttpResponse> {
    let forecast = visitor
        .read(move |conn, _| import::preview(conn, &rows, UnlistedPolicy::Keep))
        .await?;
    let status = match &why {
        _ if !forecast.is_acceptable() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let page = visitor.page();
    let view = PlanPage {
        source: source(waiting, mapping),
        plan: Some(PlanView::of(&forecast, page.lang)),
        problem: why.filter(|_| status == StatusCode::CONFLICT),
        page,
    };
    html(status, &view)
}

async fn carry_out(
    visitor: &PageRequest,
    rows: &[ImportRow],
    fields: &Fields,
) -> Result<(ImportResult, i64)> {
    let rows = rows.to_vec();
    let expect = fields.text("expect").map(str::to_owned);
    let work = visitor.write(move |conn, who| {
        let actor = who.actor(import::CHANNEL);
        let applied = import::run(conn, &actor, &rows, UnlistedPolicy::Keep, expect.as_deref())?;
        Ok((applied, who.batch_id))
    });
    work.await
}

fn flash(filename: &str, applied: ImportResult, batch: i64) -> Flash {
    if applied.is_empty() {
        return Flash::ok(Message::new("import-flash-nothing"));
    }
    let message = Message::new("import-flash")
        .with("name", filename)
        .with("created", applied.counts.created)
        .with("changed", applied.counts.changed);
    Flash::ok(message).with_batch(batch)
}
