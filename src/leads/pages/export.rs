use actix_web::HttpResponse;

use crate::access::{Permission, Visitor};
use crate::error::{Error, FieldErrors, Result};
use crate::files::Format;
use crate::i18n::Message;
use crate::leads::Listing;
use crate::leads::exchange::{Export, What, Which, file};
use crate::web::fields::Fields;
use crate::web::filters::Filtered;

/// `GET /admin/leads/export`: leads, or their visits, as a file.
pub async fn export(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let export = visitor.admit(asked_for(&query)).await?;
    let listing = visitor.admit(Listing::read(&query).readable()).await?;
    let selected = listing.is_filtered().then_some(Selected::Listing(listing));
    send(&visitor, export, selected).await
}

/// Leads that someone selected.
pub enum Selected {
    Ids(Vec<i64>),
    Listing(Listing),
}

/// Streams an export of what was selected, or of all leads.
pub async fn send(
    visitor: &Visitor,
    export: Export,
    selected: Option<Selected>,
) -> Result<HttpResponse> {
    let export = visitor
        .read(move |conn, who| {
            who.must(Permission::LeadsExport)?;
            let which = match selected {
                None => Which::All,
                Some(Selected::Ids(ids)) => Which::Ids(ids),
                Some(Selected::Listing(listing)) => {
                    Which::Listed(Box::new(listing.for_user(who.user_id)), who.now)
                }
            };
            let export = Export { which, ..export };
            export.check(conn)?;
            Ok(export)
        })
        .await?;
    Ok(file(visitor.app().db.clone(), export))
}

/// Leads as CSV if a request doesn't say otherwise.
pub fn asked_for(query: &Fields) -> Result<Export> {
    let refused = |field, key| Error::Invalid(FieldErrors::one(field, Message::new(key)));
    let format = match query.text("format") {
        None | Some("") => Ok(Format::Csv),
        Some(word) => word.parse(),
    };
    let what = match query.text("what") {
        None | Some("") => Ok(What::Leads),
        Some(word) => word.parse(),
    };
    Ok(Export {
        what: what.map_err(|()| refused("what", "lead-export-what"))?,
        format: format.map_err(|_| refused("format", "export-format-unknown"))?,
        which: Which::All,
    })
}
