//! The pages of the reports.

pub mod behind;
pub mod limits;
pub mod pipeline;
