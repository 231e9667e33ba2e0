//! Exports of leads and visits as CSV, JSON or a workbook. Leads are read in pages and written as they come, so that
//! memory does not grow with their number. Deleted leads are left out; voided visits are marked, so that anyone can
//! recompute the reports. Imports are in `leads::actions::import`.

pub mod export_row;
pub mod pages;
pub mod request;
pub mod write;
