//! The formulas of the reports and what they yield, without database and web.

pub mod compliance;
pub mod conversion;
pub mod counted_set;
pub mod current;
pub mod curve;
pub mod daily_series;
pub mod durations;
pub mod figures;
pub mod flow;
pub mod flow_counter;
pub mod handoffs;
pub mod period;
pub mod query;
pub mod report_spec;
pub mod sample;
pub mod share;
pub mod stay_filter;
pub mod stays;
#[cfg(test)]
pub mod tests;
pub mod time_in_status;
pub mod wins;
