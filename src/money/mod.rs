//! Amounts of money: whole minor units of a currency, exact, and how they are read and written.

mod amount;
mod typed;
mod written;

pub use amount::{Currency, Money};
pub use typed::example;
pub use written::{DecimalMark, WrittenAmount, parse_written_currency};
