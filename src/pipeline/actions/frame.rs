//! The numbers in the frame around every page.

use crate::db::Conn;
use crate::error::Result;
use crate::leads;
use crate::statuses;
use crate::web::{FrameCounts, Viewer};

/// Counts what the frame of a user's pages shows.
pub fn frame_counts(conn: &mut Conn, viewer: Viewer) -> Result<FrameCounts> {
    let stuck = match viewer.sees_all {
        true => statuses::count_stuck(conn, viewer.now)?,
        false => statuses::count_stuck_of_owner(conn, viewer.user_id, viewer.now)?,
    };
    let receiver = leads::Receiver {
        user_id: viewer.user_id,
        role: viewer.role,
        sees_all: viewer.sees_all,
        now: viewer.now,
    };
    Ok(FrameCounts {
        statuses: statuses::count_in_use(conn)?,
        leads: statuses::count_leads(conn)?,
        stuck,
        waiting: leads::count_waiting(conn, &receiver)?,
    })
}
