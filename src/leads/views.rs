//! The templates of the pages of leads: what each of them shows.

pub mod ask;
pub mod board;
pub mod conflict;
pub mod form;
pub mod import;
pub mod list;
pub mod narrowed;
pub mod outcome;
pub mod pause;
pub mod preview;
pub mod show;
pub mod stuck;
pub mod sums;
pub mod timeline;
pub mod turns;
