//! What every page and call shares: bodies decoded, failures rendered, the frame around a page.

mod address;
mod app;
pub mod assets;
mod body;
mod concurrency_limit;
#[cfg(test)]
mod contrast_tests;
pub mod csrf;
mod error_response;
mod flash;
mod form_recovery;
mod limited_body;
mod link;
mod metrics;
mod middleware;
mod page;
mod paging;
mod precondition;
mod respond;
mod return_to;
mod signer;
mod staged_uploads;
mod theme;
mod upload_form;

pub use crate::records::form_value::{FormValue, parse_field, parse_version};
pub use address::{client_address, public_address};
pub use app::{App, FrameCounts, Viewer};
pub use body::{Body, Form};
pub use concurrency_limit::ConcurrencyLimit;
pub use error_response::{BackLink, respond_to_unknown};
pub use flash::{Flash, FlashKind};
pub use limited_body::{discard, is_small, needs_known_sender};
pub use link::link;
pub use metrics::Metrics;
pub use middleware::{RequestId, catch_panic, handle_request};
pub use page::{MenuGroup, MenuItem, Page, PageUser};
pub use paging::{PAGE_SIZES, PageLink, Paging};
pub use precondition::Precondition;
pub use respond::{encoded, encoded_json, html, json, redirect};
pub use return_to::ReturnTo;
pub use signer::{Signer, random_token};
pub use staged_uploads::{ReceivedFile, StagedFile, StagedUploads};
pub use theme::Theme;
pub use upload_form::{UPLOAD_LIMIT, UploadForm};
