//! What the preview of an action on statuses shows, and the pages of imports.

pub mod imports;
pub mod preview;
