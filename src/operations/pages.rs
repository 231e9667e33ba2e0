//! The handlers of the first page, of health and of metrics.

use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use crate::access::{ApiRequest, PageRequest, Permission, home_of};
use crate::db::is_migrated;
use crate::error::{Error, Result};
use crate::web::{App, client_address};

/// `GET /` and `GET /admin`: to the page on which the user's work begins.
pub async fn home(request: PageRequest) -> Result<HttpResponse> {
    let role = request.read(|_, principal| Ok(principal.role)).await?;
    Ok(request.redirect(home_of(role), None))
}

/// 200 while the process lives.
pub async fn healthz() -> HttpResponse {
    text("ok\n")
}

fn text(body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(body)
}

/// 200 while the database answers with its migrations done, no damage was met in its file and no stop is under way;
/// else 503.
pub async fn readyz(app: web::Data<App>) -> Result<HttpResponse> {
    if app.is_stopping.load(std::sync::atomic::Ordering::SeqCst) {
        return Err(Error::Busy("the server is stopping".into()));
    }
    app.db.refuse_damaged()?;
    if !app.db.read(|conn| Ok(is_migrated(conn)?)).await? {
        return Err(Error::Busy("the database lacks migrations".into()));
    }
    Ok(text("ready\n"))
}

/// The figures for Prometheus: on loopback, or with an administrator's token.
pub async fn metrics(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse> {
    let is_local = client_address(&req, &app)
        .parse()
        .is_ok_and(|address: IpAddr| address.is_loopback());
    let is_forwarded = req.headers().contains_key("x-forwarded-for");
    if !is_local || is_forwarded {
        let request = ApiRequest::from_request(&req, &mut Payload::None).await?;
        let read = request.read(|_, principal| principal.require(Permission::Metrics));
        read.await?;
    }
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(app.metrics.text()))
}
