//! What the page of the reference shows.

use askama::Template;

use crate::api_docs::outline::Outline;
use crate::web::Page;

/// The reference.
#[derive(Template)]
#[template(path = "api_docs/show.html")]
pub(super) struct ShowPage {
    pub page: Page,
    pub outline: Outline,
}
