//! What every page and call shares: bodies decoded, failures rendered, the frame around a page.

mod address;
pub mod api_schemas;
mod app;
pub mod assets;
mod body;
mod concurrency_limit;
#[cfg(test)]
mod contrast_tests;
pub mod csrf;
mod edit_pages;
mod error_response;
mod extract;
mod flash;
mod form_recovery;
mod limited_body;
mod metrics;
mod middleware;
mod page;
mod precondition;
mod request_id;
mod respond;
mod return_to;
mod staged_uploads;
mod theme;
mod upload_form;

pub use crate::records::form_value::{FormValue, parse_field, parse_version};
pub use address::{client_address, public_address};
pub use app::{App, FrameCounts, Viewer};
pub use body::{Body, Form};
pub use concurrency_limit::ConcurrencyLimit;
pub use edit_pages::{ColorDot, ConflictPage, DeletedPage, RecordLinks, ValueView};
pub use error_response::respond_to_unknown;
pub use extract::{Id, Ids, Query, header_text};
pub use flash::{Flash, FlashKind};
pub use form_recovery::BackLink;
pub use limited_body::{discard, is_small, needs_known_sender};
pub use metrics::Metrics;
pub use middleware::{catch_panic, handle_request};
pub use page::{MenuGroup, MenuItem, Page, PageUser};
pub use precondition::Precondition;
pub use request_id::RequestId;
pub use respond::{VersionedJson, done, done_body, encoded, encoded_json, html, json, redirect};
pub use return_to::ReturnTo;
pub use staged_uploads::{ReceivedFile, StagedFile, StagedUploads};
pub use upload_form::{UPLOAD_LIMIT, UploadForm};
