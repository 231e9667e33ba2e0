//! Words in English and Romanian: catalogues, plural forms, numbers, dates, and the folding that search and names compare by.

mod arg;
mod catalogue;
mod digits;
mod fold;
mod pieces;
mod times;

pub use arg::Arg;
pub use catalogue::{Lang, Message};
pub use fold::{fold, fold_name, fold_search, like_pattern, unify_marks};
