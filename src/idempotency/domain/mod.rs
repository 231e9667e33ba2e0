//! What is stored of a call.

pub mod answer;
