//! What a pause needs: a day to come, and a reason.

use crate::clock::{DAY, Timestamp};
use crate::i18n::Message;

/// The longest pause, in days from now.
const MAX_DAYS: i64 = 3_650;

/// The catalogue key for a pause without a reason.
pub const REASON_MISSING: &str = "lead-pause-reason-missing";

/// Checks the end of a pause.
///
/// # Errors
/// Why it can't be.
pub fn check_until(until: Timestamp, now: Timestamp) -> Result<(), Message> {
    match until {
        at if at <= now => Err(Message::new("lead-pause-past")),
        at if at.0 - now.0 > MAX_DAYS * DAY => Err(Message::new("lead-pause-far")),
        _ => Ok(()),
    }
}
