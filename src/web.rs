//! What every page and call shares: bodies decoded, failures rendered, the frame around a page.

mod app;
pub mod assets;
mod back;
mod body;
pub mod chosen;
mod condition;
#[cfg(test)]
mod contrast_tests;
pub mod csrf;
mod failure;
pub mod fields;
pub mod filters;
mod flash;
mod frame;
mod kept;
mod link;
mod metrics;
mod page;
mod paging;
mod raw;
mod respond;
mod signer;
mod theme;
mod turnstile;
mod uploads;

pub use app::{App, Counts, Viewer, client_address};
pub use back::WayBack;
pub use body::{Body, Form, UPLOAD_LIMIT};
pub use condition::Condition;
pub use failure::{Origin, respond_to_unknown};
pub use flash::{Flash, FlashKind};
pub use frame::{RequestId, catch_panic, frame};
pub use link::link;
pub use metrics::Metrics;
pub use page::{MenuGroup, MenuItem, Page, PageUser};
pub use paging::{PAGE_SIZES, Paging, Step};
pub use raw::{Raw, take, version};
pub use respond::{encoded, encoded_json, html, json, redirect};
pub use signer::{Signer, random_token, sha256_hex};
pub use theme::Theme;
pub use turnstile::Turnstile;
pub use uploads::{Kept, Uploads};
