//! What the preview of an action on statuses shows.

pub mod preview;
