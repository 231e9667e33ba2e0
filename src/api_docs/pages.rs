use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};

use super::document;
use super::outline::Outline;
use super::views::ShowPage;
use crate::access::Visitor;
use crate::error::Result;
use crate::web::{App, html, json};

/// `GET /api/openapi.json`: the description for machines.
pub async fn openapi() -> Result<HttpResponse> {
    json(StatusCode::OK, document())
}

/// `GET /api/docs`: the same for people.
pub async fn show(visitor: Visitor) -> Result<HttpResponse> {
    if visitor.session_hash().is_some() {
        // Whose session has ended reads this page like everyone else.
        let _ = visitor.read(|_, _| Ok(())).await;
    }
    let page = visitor.page();
    let origin = origin(visitor.request(), visitor.app());
    let outline = Outline::of(document(), &origin, page.lang);
    html(StatusCode::OK, &ShowPage { page, outline })
}

/// Where the examples call: the address that people use, else the one that this page was asked for under.
fn origin(req: &HttpRequest, app: &App) -> String {
    if let Some(url) = &app.public_url {
        return url.origin();
    }
    let host = req.headers().get(header::HOST);
    let host = host.and_then(|value| value.to_str().ok());
    format!("http://{}", host.unwrap_or("localhost"))
}
