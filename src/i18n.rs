//! Words in English and Romanian: catalogues, plural forms, numbers, dates, and the folding that search and names compare by.

mod catalogue;
mod digits;
mod fold;
mod times;

pub use catalogue::{Arg, Lang, Message, keys};
pub use fold::{fold, fold_name, fold_search, like_pattern, unify_marks};
