//! What is put into messages.

use serde::{Deserialize, Serialize};

use crate::clock::{Timestamp, Zone};

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count or amount: chooses the plural form and is written with the language's separators.
    Number(i64),
    /// Text as it is.
    Text(String),
    /// An instant, written as the clocks of a zone show it.
    Instant(Timestamp, Zone),
}

macro_rules! arg_from {
    ($($type:ty => |$value:ident| $arg:expr;)+) => {$(
        impl From<$type> for Arg {
            fn from($value: $type) -> Arg {
                $arg
            }
        }
    )+};
}

arg_from! {
    i64 => |number| Arg::Number(number);
    &i64 => |number| Arg::Number(*number);
    usize => |number| Arg::Number(number as i64);
    &usize => |number| Arg::Number(*number as i64);
    &str => |text| Arg::Text(text.to_owned());
    &&str => |text| Arg::Text((*text).to_owned());
    String => |text| Arg::Text(text);
    (Timestamp, Zone) => |instant| Arg::Instant(instant.0, instant.1);
    &String => |text| Arg::Text(text.clone());
}
