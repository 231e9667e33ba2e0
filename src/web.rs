//! What every page and call shares: bodies decoded, failures rendered, the frame around a page.

mod address;
pub mod api_schemas;
mod app;
pub mod assets;
mod body;
mod body_encoding;
mod compression;
mod concurrency_limit;
#[cfg(test)]
mod contrast_tests;
pub mod csrf;
mod edit_pages;
mod error_response;
mod extract;
mod flash;
mod job_signal;
mod limited_body;
mod metrics;
mod middleware;
mod page;
mod path;
mod precondition;
mod request_id;
mod respond;
mod restored_form;
mod return_to;
mod running_submissions;
mod staged_uploads;
mod submitted_form;
mod theme;
mod upload_form;

pub use address::{client_address, form_page, public_address};
pub use app::{App, FrameCounts, Viewer};
pub use body::{Body, Form};
pub use compression::{ResponseBody, accepts_gzip};
pub use concurrency_limit::ConcurrencyLimit;
pub use edit_pages::{ColorDot, ConflictPage, DeletedPage, RecordLinks, ValueView};
pub use error_response::{BackLink, respond_not_found};
pub use extract::{Id, Ids, Query, header_text};
pub use flash::{Flash, FlashKind};
pub use job_signal::JobSignal;
pub use limited_body::{discard, is_small, needs_known_sender};
pub use metrics::Metrics;
pub use middleware::{catch_panic, handle_request};
pub use page::{MenuGroup, MenuItem, Page, PageUser};
pub use path::set_address;
pub use precondition::Precondition;
pub use request_id::RequestId;
pub use respond::{
    VersionedJson, add_warnings, done, done_body, encoded, html, job_html, json, redirect,
    secret_html,
};
pub use restored_form::{RestorableRoute, RestoredForm, fields_to_keep};
pub use return_to::ReturnTo;
pub use running_submissions::RunningSubmissions;
pub use staged_uploads::{ReceivedFile, StagedFile, StagedUploads};
pub use submitted_form::{SubmissionGuard, SubmittedForm};
pub use upload_form::{UPLOAD_LIMIT, UploadForm, read_texts};
