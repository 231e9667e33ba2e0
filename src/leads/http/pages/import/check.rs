//! The check of an uploaded file: its request, what is guessed for it, and its dry run.

use actix_web::http::header::ContentDisposition;
use actix_web::{HttpResponse, web};

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::files::Format;
use crate::i18n::{Lang, Message};
use crate::leads::actions::import::bad_lines::{bad_lines_name, write_bad_lines};
use crate::leads::actions::import::dry_run;
use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::actions::import::guesses;
use crate::leads::actions::import::request::{ImportRequest, parse_override};
use crate::leads::http::pages::import::upload::chosen_options;
use crate::leads::http::views::import::{CheckedFile, PendingImport};
use crate::money::Currency;
use crate::records::fields::Fields;

/// The request to import a file, what was guessed for it, and its dry run.
pub async fn check_rows(
    visitor: &PageRequest,
    pending: &PendingImport,
    fields: &Fields,
) -> Result<CheckedFile> {
    let request = import_request(visitor, pending, fields).map_err(Error::Unreadable)?;
    let complete = move || {
        let mut request = request;
        let surveys = guesses::complete(&mut request)?;
        Ok::<_, Error>((request, surveys))
    };
    let (request, surveys) = web::block(complete).await.map_err(Error::internal)??;
    let dry_run = dry_run(visitor, &request).await?;
    Ok(CheckedFile {
        request,
        surveys,
        dry_run,
    })
}

fn import_request(
    visitor: &PageRequest,
    pending: &PendingImport,
    fields: &Fields,
) -> Result<ImportRequest, Message> {
    if let Some(problem) = &pending.problem {
        return Err(problem.clone());
    }
    pending.dataset.check(&pending.mapping)?;
    let currency = fields.text("currency").map(str::trim).unwrap_or_default();
    let currency = (!currency.is_empty()).then(|| Currency::parse(currency));
    Ok(ImportRequest {
        dataset: pending.dataset,
        source: pending.source.clone(),
        mapping: pending.mapping.clone(),
        options: chosen_options(fields)?,
        currency: currency.transpose()?,
        override_reason: parse_override(&pending.override_reason)?,
        now: visitor.app().clock.now(),
        made_at: None,
    })
}

/// The dry run of a request.
pub async fn dry_run(visitor: &PageRequest, request: &ImportRequest) -> Result<DryRun> {
    let (db, request) = (visitor.app().db.clone(), request.clone());
    // A large file takes longer than an async worker may block.
    let work = move || dry_run::dry_run(&db, &request, &mut |_| ());
    web::block(work).await.map_err(Error::internal)?
}

/// The lines with errors as a file to correct.
pub async fn bad_lines(checked: CheckedFile, lang: Lang) -> Result<HttpResponse> {
    let filename = bad_lines_name(&checked.request.source.filename);
    let write = move || write_bad_lines(&checked.request, &checked.dry_run.problems, lang);
    let bytes = web::block(write).await.map_err(Error::internal)??;
    Ok(HttpResponse::Ok()
        .content_type(Format::Csv.media_type())
        .insert_header(ContentDisposition::attachment(filename))
        .body(bytes))
}
