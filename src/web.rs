//! What every page and call shares: bodies decoded, failures rendered, the frame around a page.

pub mod fields;
