//! Amounts of money: whole minor units of a currency, exact, and how they are read and written.

mod amount;
mod cell_amount;
mod page_amount;

pub use amount::{Currency, Money};
pub use cell_amount::{CellAmount, DecimalMark, parse_cell_currency};
pub use page_amount::example_amount;
