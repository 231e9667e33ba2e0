//! The actions on one status: archive, restore, delete, roles, moves in the pipeline, and undo.

use actix_web::HttpResponse;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::parse_id;
use crate::statuses::actions::bulk::BulkAction;
use crate::statuses::actions::{changes, undo};
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::order::PipelineMove;
use crate::statuses::http::pages::bulk::{act_on_one, replacement};
use crate::statuses::http::pages::list::refuse_stale_move;
use crate::statuses::http::paths::back;
use crate::statuses::store;
use crate::web::{Flash, Form, Id};

/// `POST …/{id}/archive`.
pub async fn archive(visitor: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let act = BulkAction::Archive {
        replacement: replacement(&fields)?,
    };
    act_on_one(visitor, fields, "archive", act, id).await
}

/// `POST …/{id}/restore`.
pub async fn restore(visitor: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    act_on_one(
        visitor,
        fields.without_nul()?,
        "restore",
        BulkAction::Restore,
        id,
    )
    .await
}

/// `POST …/{id}/delete`.
pub async fn delete(visitor: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let act = BulkAction::Delete {
        replacement: replacement(&fields)?,
    };
    act_on_one(visitor, fields, "delete", act, id).await
}

/// `POST …/{id}/default`: makes it the status of new leads.
pub async fn make_default(
    visitor: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    act_on_one(
        visitor,
        fields.without_nul()?,
        "default",
        BulkAction::GiveRole(Role::Default),
        id,
    )
    .await
}

/// `POST …/{id}/converted`: makes it the status of won leads.
pub async fn make_converted(
    visitor: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    act_on_one(
        visitor,
        fields.without_nul()?,
        "converted",
        BulkAction::GiveRole(Role::Converted),
        id,
    )
    .await
}

/// `POST …/{id}/move`: moves it up, down, to the top, to the bottom or to a position.
pub async fn move_in_pipeline(
    visitor: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let step = PipelineMove::read(&fields).map_err(Error::Invalid)?;
    let expect = fields.text("order").map(str::to_owned);
    let moved = visitor
        .write(move |conn, who| {
            let actor = who.actor("ui");
            let (position, count) =
                changes::move_in_pipeline(conn, &actor, id, step, expect.as_deref())?;
            Ok((
                store::find(conn, id)?.name.to_string(),
                position,
                count,
                who.batch_id,
            ))
        })
        .await;
    let (name, position, count, batch) = match moved {
        Err(Error::StaleOrder(_)) => return refuse_stale_move(&visitor).await,
        other => other?,
    };
    let message = Message::new("status-flash-moved")
        .with("name", name)
        .with("position", position)
        .with("count", count);
    Ok(visitor.redirect(&back(&fields), Some(Flash::ok(message).with_batch(batch))))
}

/// `POST /admin/leads/statuses/undo`: undoes a batch of this user.
pub async fn undo_batch(visitor: PageRequest, Form(fields): Form) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let batch = fields.text("batch").and_then(parse_id);
    let batch = batch.ok_or(Error::NotFound)?;
    let (count, done) = visitor
        .write(move |conn, who| Ok((undo::undo(conn, &who.actor("undo"), batch)?, who.batch_id)))
        .await?;
    let message = Message::new("status-flash-undone").with("count", count);
    Ok(visitor.redirect(&back(&fields), Some(Flash::ok(message).with_batch(done))))
}
