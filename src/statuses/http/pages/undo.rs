//! Undoing a batch of changes to statuses.

use actix_web::HttpResponse;

use crate::access::PageRequest;
use crate::channel::Channel;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::parse_id;
use crate::statuses::actions::undo;
use crate::statuses::http::paths::RETURN_TO;
use crate::web::{Flash, Form};

/// `POST /admin/leads/statuses/undo`: undoes a batch of this user.
pub async fn undo_batch(request: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let batch = fields.text("batch").and_then(parse_id);
    let batch = batch.ok_or(Error::NotFound)?;
    let (count, own_batch) = request
        .write(move |conn, principal| {
            Ok((
                undo::undo_own_batch(conn, &principal.actor(Channel::Undo), batch)?,
                principal.batch_id,
            ))
        })
        .await?;
    let message = Message::new("status-flash-undone").with("count", count);
    let flash = Flash::ok(message).with_batch(own_batch);
    Ok(request.redirect(&RETURN_TO.read(&fields), Some(flash)))
}
