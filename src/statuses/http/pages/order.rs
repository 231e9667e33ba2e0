//! Moving a status in the pipeline.

use actix_web::HttpResponse;

use crate::access::{PageRequest, Principal};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::actions::changes;
use crate::statuses::domain::order::PipelineMove;
use crate::statuses::http::pages::list::refuse_stale_move;
use crate::statuses::http::paths::RETURN_TO;
use crate::statuses::store;
use crate::web::{Flash, Form, Id};

/// `POST …/{id}/move`: moves it up, down, to the top, to the bottom or to a position.
pub async fn move_in_pipeline(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let step = PipelineMove::read(&fields).map_err(Error::Invalid)?;
    let expect = fields.text("order").map(str::to_owned);
    let moved = request
        .write(move |conn, principal| apply_move(conn, principal, id, step, expect.as_deref()))
        .await;
    match moved {
        Ok(flash) => Ok(request.redirect(&RETURN_TO.read(&fields), Some(flash))),
        Err(Error::StaleOrder(_)) => refuse_stale_move(&request).await,
        Err(error) => Err(error),
    }
}

/// Moves the status, and returns the message to show. `expect` is the order that the user saw.
fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    step: PipelineMove,
    expect: Option<&str>,
) -> Result<Flash> {
    let actor = principal.actor(Channel::Ui);
    let (position, count) = changes::move_in_pipeline(conn, &actor, id, step, expect)?;
    let message = Message::new("status-flash-moved")
        .with("name", store::find(conn, id)?.name.to_string())
        .with("position", position)
        .with("count", count);
    Ok(Flash::ok(message).with_batch(principal.batch_id))
}
