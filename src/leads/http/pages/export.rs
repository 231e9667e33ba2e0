//! Downloads of leads and of their visits.

use std::time::Duration;

use actix_web::HttpResponse;

use crate::access::{PageRequest, Permission};
use crate::db::ReadKind;
use crate::error::{Error, Result};
use crate::files::Format;
use crate::i18n::Message;
use crate::leads::actions::export::request::Export;
use crate::leads::domain::dataset::{Dataset, ExportScope};
use crate::leads::domain::filters::LeadFilter;
use crate::leads::http::pages::export_stream::download;
use crate::records::fields::Fields;
use crate::records::filters::FilterSet;
use crate::web::Query;

/// How long an export waits for other exports to end.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// `GET /admin/leads/export`: leads, or their visits, as a file.
pub async fn export(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let export = parse_export(&query)?;
    let filter = LeadFilter::read(&query);
    let filter = filter.unreadable.errors().value_or_invalid(filter)?;
    let selection = filter
        .is_filtered()
        .then_some(ExportSelection::Filter(filter));
    stream_export(&request, export, selection).await
}

/// The leads to export.
#[derive(Clone)]
pub enum ExportSelection {
    Ids(Vec<i64>),
    Filter(LeadFilter),
}

/// Streams the selected leads, or all of them.
pub async fn stream_export(
    request: &PageRequest,
    export: Export,
    selection: Option<ExportSelection>,
) -> Result<HttpResponse> {
    let export = request
        .read_as(ReadKind::Whole, move |conn, principal| {
            principal.require(Permission::LeadsExport)?;
            let scope = match selection {
                None => ExportScope::All,
                Some(ExportSelection::Ids(ids)) => ExportScope::Ids(ids),
                Some(ExportSelection::Filter(filter)) => ExportScope::Matching {
                    filter: Box::new(filter),
                    user_id: principal.user_id,
                    now: principal.now,
                },
            };
            let export = Export { scope, ..export };
            export.check(conn)?;
            Ok(export)
        })
        .await?;
    let permit = request.app().exports.acquire_within(MAX_WAIT).await;
    let permit = permit.map_err(|_| Error::Busy("too many exports run".into()))?;
    Ok(download(request.app().db.clone(), export, permit))
}

/// Reads the dataset and the format of an export; the default is leads as CSV.
pub fn parse_export(query: &Fields) -> Result<Export> {
    let invalid = |field, key| Error::invalid(field, Message::new(key));
    let format = match query.text("format") {
        None | Some("") => Ok(Format::Csv),
        Some(name) => name.parse(),
    };
    let dataset = match query.text("what") {
        None | Some("") => Some(Dataset::Leads),
        Some(name) => Dataset::from_word(name),
    };
    Ok(Export {
        dataset: dataset.ok_or_else(|| invalid("what", "lead-export-what"))?,
        format: format.map_err(|_| invalid("format", "export-format-unknown"))?,
        scope: ExportScope::All,
        has_bom: true,
    })
}
