//! The author of a change.

use std::borrow::Borrow;

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::i18n::Lang;

/// The author of a change.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: Option<i64>,
    pub token_id: Option<i64>,
    /// The name to show, also after the name of the user was changed.
    pub name: String,
    pub channel: Channel,
    pub request_id: String,
    /// Ties together the entries of one request.
    pub batch_id: i64,
    pub now: Timestamp,
}

/// The recorded name of the program itself.
const PROGRAM: &str = "lead-statuses";

/// An author's recorded name for a page: a word for the program itself.
pub fn actor_label(name: &str, lang: impl Borrow<Lang>) -> &str {
    if name == PROGRAM {
        lang.borrow().t("audit-program")
    } else {
        name
    }
}

/// True for the recorded name of the program itself.
pub fn is_program(name: &str) -> bool {
    name == PROGRAM
}

impl Actor {
    /// The program itself, at the command line or while setting up.
    pub fn program(channel: Channel, now: Timestamp) -> Actor {
        Actor {
            user_id: None,
            token_id: None,
            name: PROGRAM.into(),
            channel,
            request_id: String::new(),
            batch_id: new_batch(),
            now,
        }
    }
}

/// A number for a new batch; random, so that several servers need not agree.
pub fn new_batch() -> i64 {
    let mut bytes = [0u8; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => i64::from_be_bytes(bytes) & (i64::MAX >> 10) | 1,
        Err(_) => 1,
    }
}
