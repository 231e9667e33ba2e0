//! Authors of changes, and the filters of the log, without I/O.

pub mod actor;
pub mod filter;
