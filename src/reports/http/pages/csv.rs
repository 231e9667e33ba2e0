//! The numbers of a chart as a file.

use actix_web::HttpResponse;
use actix_web::http::header::ContentDisposition;
use actix_web::web::Data;

use crate::access::PageRequest;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::files::Format;
use crate::reports::actions::prepare::prepare;
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::CsvTable;
use crate::reports::http::views::tables;
use crate::web::Query;

/// `GET /admin/reports/pipeline/….csv`: the numbers of a chart.
pub async fn download(
    request: PageRequest,
    reports: Data<ReportCache>,
    Query(query): Query<ReportQuery>,
) -> Result<HttpResponse> {
    let table = named_table(request.http().path()).ok_or(Error::NotFound)?;
    query.unreadable.errors().value_or_invalid(())?;
    let report_query = query.clone();
    let read = move |conn: &mut Conn, principal: &_| prepare(conn, principal, &report_query);
    let report = request.read_as(ReadKind::List, read).await?;
    let figures = reports.figures(&request.app().db, &report).await?;
    let name = Format::Csv.filename(&format!("pipeline-{table}"));
    Ok(HttpResponse::Ok()
        .content_type(Format::Csv.media_type())
        .insert_header(ContentDisposition::attachment(name))
        .body(tables::file(&figures, &query, table)?))
}

/// The table that a path names: `…/time.csv`.
fn named_table(path: &str) -> Option<CsvTable> {
    let name = path.rsplit('/').next()?;
    CsvTable::from_word(name.strip_suffix(".csv")?)
}
