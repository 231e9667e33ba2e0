//! Pages and API of the reports.

pub mod api;
