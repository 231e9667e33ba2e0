//! The pages of the reports.

pub mod behind;
mod compare;
pub mod limits;
pub mod pipeline;
