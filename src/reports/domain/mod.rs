//! The formulas of the reports and what they yield, without database and web.

pub mod curve;
pub mod durations;
pub mod figures;
pub mod flow;
pub mod share;
#[cfg(test)]
mod tests;
