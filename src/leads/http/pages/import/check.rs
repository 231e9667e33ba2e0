//! The check of an uploaded file: its request with the guessed options, and its dry run.

use actix_web::http::header::ContentDisposition;
use actix_web::{HttpResponse, web};

use crate::access::{PageRequest, Principal};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::leads::actions::import::bad_lines::{bad_lines_name, write_bad_lines};
use crate::leads::actions::import::dry_run;
use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::actions::import::guesses;
use crate::leads::actions::import::request::{ImportRequest, parse_override};
use crate::leads::domain::cell_date::parse_date;
use crate::leads::http::pages::import::upload::read_options;
use crate::leads::http::views::import::{CheckedFile, PendingImport};
use crate::money::Currency;
use crate::records::fields::Fields;

/// The request to import a file, with the guessed options, and its dry run.
pub async fn check_rows(
    request: &PageRequest,
    pending: &PendingImport,
    fields: &Fields,
) -> Result<CheckedFile> {
    let mut import_request = import_request(request, pending, fields).map_err(Error::Unreadable)?;
    let unify = move |conn: &mut Conn, _: &Principal| {
        import_request.unify_system(conn)?;
        Ok(import_request)
    };
    let import_request = request.read(unify).await?;
    let guess = move || {
        let mut import_request = import_request;
        let surveys = guesses::guess_options(&mut import_request)?;
        Ok::<_, Error>((import_request, surveys))
    };
    let (import_request, surveys) = web::block(guess).await.map_err(Error::internal)??;
    let dry_run = dry_run(request, &import_request).await?;
    Ok(CheckedFile {
        import_request,
        surveys,
        dry_run,
    })
}

fn import_request(
    request: &PageRequest,
    pending: &PendingImport,
    fields: &Fields,
) -> Result<ImportRequest, Message> {
    if let Some(problem) = &pending.problem {
        return Err(problem.clone());
    }
    let currency = fields.text("currency").map(str::trim).unwrap_or_default();
    let currency = (!currency.is_empty()).then(|| Currency::parse(currency));
    let (now, zone) = (request.app().clock.now(), request.page().zone);
    let made_at = match pending.matching.made_at.as_str() {
        "" => None,
        text => Some(parse_date(text, None, zone, now)?),
    };
    let import_request = ImportRequest {
        dataset: pending.dataset,
        source: pending.source.clone(),
        mapping: pending.mapping.clone(),
        options: read_options(fields)?,
        currency: currency.transpose()?,
        override_reason: parse_override(&pending.override_reason)?,
        now,
        made_at,
    };
    import_request.check()?;
    Ok(import_request)
}

/// The dry run of a request.
pub async fn dry_run(request: &PageRequest, import_request: &ImportRequest) -> Result<DryRun> {
    let (db, import_request) = (request.app().db.clone(), import_request.clone());
    // A large file takes longer than an async worker may block.
    let work = move || dry_run::dry_run(&db, &import_request, &mut |_| ());
    web::block(work).await.map_err(Error::internal)?
}

/// The lines with errors as a file to correct.
pub async fn bad_lines(checked: CheckedFile, lang: Lang) -> Result<HttpResponse> {
    let filename = bad_lines_name(&checked.import_request.source.filename);
    let write = move || write_bad_lines(&checked.import_request, &checked.dry_run.problems, lang);
    let bytes = web::block(write).await.map_err(Error::internal)??;
    Ok(csv_download(filename, bytes))
}

/// The response that downloads a CSV file.
pub fn csv_download(filename: String, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(Format::Csv.media_type())
        .insert_header(ContentDisposition::attachment(filename))
        .body(bytes)
}
