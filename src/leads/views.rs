//! What the pages of leads show.

pub mod ask;
pub mod conflict;
pub mod form;
pub mod pause;
pub mod show;
pub mod timeline;
pub mod list;
pub mod outcome;
pub mod preview;
pub mod turns;
