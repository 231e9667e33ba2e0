use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::api_docs::document;
use crate::api_docs::outline::Outline;
use crate::api_docs::views::ShowPage;
use crate::error::Result;
use crate::web::{html, json};

/// `GET /api/openapi.json`: the description for machines.
pub async fn openapi() -> Result<HttpResponse> {
    json(StatusCode::OK, document())
}

/// `GET /api/docs`: the same for people.
pub async fn show(visitor: PageRequest) -> Result<HttpResponse> {
    if visitor.session_hash().is_some() {
        // Whose session has ended reads this page like everyone else.
        let _ = visitor.read(|_, _| Ok(())).await;
    }
    let page = visitor.page();
    let outline = Outline::of(document(), &visitor.origin(), page.lang);
    html(StatusCode::OK, &ShowPage { page, outline })
}
