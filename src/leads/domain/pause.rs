//! The end of a pause, and the rules for it.

use chrono::NaiveDate;

use crate::clock::{DAY, Timestamp, Zone};
use crate::i18n::Message;

/// The longest pause, in days from now.
const MAX_DAYS: i64 = 3_650;

/// The catalogue key for a pause without a reason.
pub const REASON_MISSING: &str = "lead-pause-reason-missing";

/// The end of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseEnd {
    /// The day on which the lead resurfaces.
    pub day: NaiveDate,
    /// The instant at which that day began for the user who paused it, which alone decides.
    pub at: Timestamp,
}

impl PauseEnd {
    /// The beginning of a day in a time zone.
    pub fn of_day(day: NaiveDate, zone: Zone) -> Option<PauseEnd> {
        let at = zone.start_of_day(day)?;
        Some(PauseEnd { day, at })
    }
}

/// Checks the end of a pause.
///
/// # Errors
/// The message to show if it isn't in the future or is too far.
pub fn check_until(until: Timestamp, now: Timestamp) -> Result<(), Message> {
    match until {
        at if at <= now => Err(Message::new("lead-pause-past")),
        at if at.0 - now.0 > MAX_DAYS * DAY => Err(Message::new("lead-pause-far")),
        _ => Ok(()),
    }
}
