//! Replacing a status: the one that receives its leads, and what happens to it once they have moved.

use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};
use crate::words::word_enum;

/// The status that receives the leads, and how they move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    pub to: i64,
    /// True if the time in status of the leads begins anew with the move.
    pub restarts_age: bool,
}

impl Replacement {
    /// Reads `replace_with` and `restart_age`; nothing if `replace_with` is not sent. Empty values are refused.
    ///
    /// # Errors
    /// [`Error::Invalid`] at either field.
    pub fn read(fields: &Fields) -> Result<Option<Replacement>> {
        let Some(to) = fields.text("replace_with") else {
            return Ok(None);
        };
        let to = parse_id(to.trim());
        let errors = || FieldErrors::one("replace_with", Message::new("status-replace-unknown"));
        Ok(Some(Replacement {
            to: to.ok_or_else(|| Error::Invalid(errors()))?,
            restarts_age: fields.strict_boolean("restart_age")?,
        }))
    }

    /// As [`Replacement::read`], where an empty `replace_with` means that nothing was chosen.
    ///
    /// # Errors
    /// As [`Replacement::read`].
    pub fn read_choice(fields: &Fields) -> Result<Option<Replacement>> {
        match fields.text("replace_with").map(str::trim) {
            None | Some("") => Ok(None),
            Some(_) => Replacement::read(fields),
        }
    }
}

word_enum! {
    /// What happens to the status once its leads have moved.
    pub enum Removal {
        Archive = "archive",
        Delete = "delete",
    }
}
