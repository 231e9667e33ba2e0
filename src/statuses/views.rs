//! What the pages of statuses show.

pub mod exchange;
pub mod form;
pub mod history;
pub mod list;
pub mod plan;
pub mod preview;
pub mod show;
pub mod value;
