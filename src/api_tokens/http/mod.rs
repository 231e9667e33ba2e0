//! The pages of tokens.

pub mod pages;
pub mod views;
