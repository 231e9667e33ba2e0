//! Tokens and their filters, without I/O.

pub mod filter;
pub mod token;
