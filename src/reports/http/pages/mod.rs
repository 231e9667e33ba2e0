//! The pages of the reports.

pub mod behind;
mod compare;
pub mod csv;
pub mod limits;
mod page_question;
pub mod pipeline;
