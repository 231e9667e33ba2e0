//! What the pages of statuses show.

pub mod ages;
pub mod exchange;
pub mod form;
pub mod history;
pub mod list;
pub mod outcome;
pub mod plan;
pub mod preview;
pub mod show;
pub mod value;
