//! The handlers of the reference.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::PageRequest;
use crate::api_docs;
use crate::api_docs::outline::Outline;
use crate::api_docs::views::ShowPage;
use crate::error::Result;
use crate::web::{html, json};

/// `GET /api/openapi.json`: the description for machines.
pub async fn document() -> Result<HttpResponse> {
    json(StatusCode::OK, api_docs::document())
}

/// `GET /api/docs`: the same for people.
pub async fn show(request: PageRequest) -> Result<HttpResponse> {
    if request.session_hash().is_some() {
        // The page is public: a session that has ended is no error.
        let _ = request.authorize().await;
    }
    let page = request.page();
    let outline = Outline::of(api_docs::document(), &request.origin(), page.lang);
    html(StatusCode::OK, &ShowPage { page, outline })
}
