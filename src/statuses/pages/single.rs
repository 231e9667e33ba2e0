use actix_web::{HttpResponse, web};

use super::back::back;
use super::bulk::{replacement, single};
use super::list::refuse_stale_move;
use crate::access::Visitor;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::bulk::Act;
use crate::statuses::{Role, Step, changes, store, undo};
use crate::web::fields::parse_id;
use crate::web::{Flash, Form};

fn id(path: &str) -> Result<i64> {
    parse_id(path).ok_or(Error::NotFound)
}

/// `POST …/{id}/archive`.
pub async fn archive(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let act = Act::Archive {
        replacement: visitor.admit(replacement(&fields)).await?,
    };
    let id = visitor.admit(id(&path)).await?;
    single(visitor, fields, "archive", act, id).await
}

/// `POST …/{id}/restore`.
pub async fn restore(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    single(visitor, form.without_nul()?, "restore", Act::Restore, id).await
}

/// `POST …/{id}/delete`.
pub async fn delete(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let act = Act::Delete {
        replacement: visitor.admit(replacement(&fields)).await?,
    };
    let id = visitor.admit(id(&path)).await?;
    single(visitor, fields, "delete", act, id).await
}

/// `POST …/{id}/default`: new leads start here from now on.
pub async fn make_default(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    single(
        visitor,
        form.without_nul()?,
        "default",
        Act::GiveRole(Role::Default),
        id,
    )
    .await
}

/// `POST …/{id}/converted`: won leads land here from now on.
pub async fn make_converted(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    single(
        visitor,
        form.without_nul()?,
        "converted",
        Act::GiveRole(Role::Converted),
        id,
    )
    .await
}

/// `POST …/{id}/move`: up, down, top, bottom or to a position.
pub async fn step(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let id = visitor.admit(id(&path)).await?;
    let step = Step::read(&fields).map_err(Error::Invalid);
    let step = visitor.admit(step).await?;
    let expect = fields.text("order").map(str::to_owned);
    let moved = visitor
        .write(move |conn, who| {
            let actor = who.actor("ui");
            let (position, count) = changes::move_to(conn, &actor, id, step, expect.as_deref())?;
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

/// `POST /admin/leads/statuses/undo`: takes back what this user just did.
pub async fn take_back(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let batch = fields.text("batch").and_then(parse_id);
    let batch = visitor.admit(batch.ok_or(Error::NotFound)).await?;
    let (count, done) = visitor
        .write(move |conn, who| Ok((undo::undo(conn, &who.actor("undo"), batch)?, who.batch_id)))
        .await?;
    let message = Message::new("status-flash-undone").with("count", count);
    Ok(visitor.redirect(&back(&fields), Some(Flash::ok(message).with_batch(done))))
}
