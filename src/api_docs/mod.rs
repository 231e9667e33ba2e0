//! The reference of the API, made from the types and handlers of the API itself.
//! Each slice describes its own calls beside its handlers; here they become one OpenAPI document, and the
//! page that people read is rendered from that same document.
//! Both are open to everyone, and neither asks the database for anything but the reader's own frame.

mod curl;
mod examples;
mod openapi;
mod outline;
pub mod pages;
mod sample;
mod schema;
mod views;

pub use openapi::document;
