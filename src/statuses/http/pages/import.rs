//! The pages of an import: choosing a file, its preview, and applying it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::files::{BlankCells, ReadOptions, SourceFile};
use crate::i18n::Message;
use crate::idempotency::answer_imported;
use crate::records::fields::Fields;
use crate::records::mapping::ColumnChoice;
use crate::statuses::actions::import::UnlistedPolicy;
use crate::statuses::actions::import_export::status_file::{FILE_FIELDS, StatusFile, is_title};
use crate::statuses::http::pages::plan::PlanRequest;
use crate::statuses::http::views::import::{ImportPage, Source};
use crate::web::{ReceivedFile, StagedFile, StagedUploads, UploadForm, html};

/// `GET /admin/leads/statuses/import`: the form for the file.
pub async fn new(request: PageRequest) -> Result<HttpResponse> {
    request.read(|_, _| Ok(())).await?;
    file_form(&request, StatusCode::OK, None)
}

/// `POST /admin/leads/statuses/import`: previews a file; with `confirm=1`, imports it.
pub async fn create(request: PageRequest, form: UploadForm) -> Result<HttpResponse> {
    let UploadForm { fields, file } = form.without_nul()?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match receive(&request, file, &fields).await {
        Err(Error::Unreadable(problem)) => {
            let upload = fields.text("upload").unwrap_or_default();
            if problem.key == StagedUploads::MISSING
                && let Some(answer) = answer_imported(&request, upload).await?
            {
                return Ok(answer);
            }
            file_form(&request, status, Some(problem))
        }
        plan => plan?.answer(&request, &fields).await,
    }
}

/// Reads the uploaded or the staged file.
async fn receive(
    request: &PageRequest,
    sent: Option<ReceivedFile>,
    fields: &Fields,
) -> Result<PlanRequest> {
    let owner = request.read(|_, principal| Ok(principal.user_id)).await?;
    let uploads = StagedUploads::of(request.app());
    let token = fields.text("upload").unwrap_or_default().to_owned();
    let options = ReadOptions::parse(|name| fields.text(name)).map_err(Error::Unreadable)?;
    let read = move |staged: &StagedFile| {
        let (path, prefix_len, name) = (&staged.path, staged.prefix_len, &staged.filename);
        let source = SourceFile::open_in_place(path, prefix_len, name, &options, &is_title)?;
        Ok((staged.filename.clone(), StatusFile::read(source)?))
    };
    // Reading a large file would block the async worker.
    let opened = web::block(move || uploads.open(owner, sent, token, read)).await;
    let (upload, (filename, file)) = opened.map_err(Error::internal)??;
    let blanks = BlankCells {
        should_erase: fields.is_on("blank_erases"),
        has_blank_words: fields.is_on("blank_words"),
    };
    let (choices, rows) = match ColumnChoice::of_form(&FILE_FIELDS, fields) {
        Ok(choices) => {
            let mapped = file.map_columns(&choices, blanks);
            (choices, mapped.map(|mapped| mapped.rows))
        }
        Err(problem) => (Vec::new(), Err(problem)),
    };
    Ok(PlanRequest {
        source: Source::File {
            filename,
            upload,
            format: file.format(),
            mapping: file.mapping(&choices),
            notes: file.notes(),
            reading: Box::new(file.reading()),
            samples: file.samples(),
            blanks,
        },
        rows,
        unlisted: UnlistedPolicy::Keep,
    })
}

fn file_form(
    request: &PageRequest,
    status: StatusCode,
    problem: Option<Message>,
) -> Result<HttpResponse> {
    let page = request.page();
    html(status, &ImportPage { page, problem })
}
