//! The download of statuses as a file.

use actix_web::HttpResponse;
use actix_web::http::header::ContentDisposition;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::files::{Format, UTF8_BOM};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::records::list::List;
use crate::statuses::actions::import_export::export::{self as statuses_file, Slugs};
use crate::statuses::domain::listing::Listing;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;
use crate::web::Query;

/// `GET /admin/leads/statuses/export`: what the list shows, as a file.
pub async fn export(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let format = format(&query)?;
    let listing = Listing::read(&query).require_readable()?;
    let (rows, slugs) = request
        .read(move |conn, principal| {
            let slugs = statuses_file::slugs_of(&store::list_all(conn)?);
            Ok((store::list_matching(conn, &listing, principal.now)?, slugs))
        })
        .await?;
    file(format, &rows, &slugs)
}

/// The format in the query; CSV if there is none.
pub(crate) fn format(fields: &Fields) -> Result<Format> {
    match fields.text("format") {
        None | Some("") => Ok(Format::Csv),
        Some(word) => word
            .parse()
            .map_err(|_| Error::invalid("format", Message::new("status-export-format"))),
    }
}

/// The answer with a file of these statuses.
pub(crate) fn file(format: Format, rows: &[LeadStatus], slugs: &Slugs) -> Result<HttpResponse> {
    let disposition = ContentDisposition::attachment(format.filename("lead-statuses"));
    let mut body = match format {
        Format::Csv => UTF8_BOM.to_vec(),
        Format::Json | Format::Xlsx => Vec::new(),
    };
    body.extend(statuses_file::export(format, rows, slugs)?);
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header(disposition)
        .body(body))
}
