//! Moves between statuses, as steps in the pipeline.

use crate::reports::domain::durations::WayOut;
use crate::statuses::Kind;
use crate::words::word_enum;

/// A status as today's pipeline has it, or as it was last, if it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub id: i64,
    pub kind: Kind,
    pub position: i64,
    /// False for a status that is archived, merged or deleted: it is no longer between others.
    pub is_in_use: bool,
}

word_enum! {
    /// The direction of a move. Each move is one of these.
    pub enum Direction {
        /// Advanced or won, past no open status.
        Forward = "forward", "report-direction-forward";
        /// Advanced or won, past an open status.
        Skip = "skip", "report-direction-skip";
        Back = "back", "report-direction-back";
        /// Lost or junk.
        Dropped = "dropped", "report-direction-dropped";
    }
}

impl Place {
    /// Its place in the pipeline. One that is gone comes before the one that has its number now.
    fn order(&self) -> (i64, bool) {
        (self.position, self.is_in_use)
    }

    /// True if it comes after another one.
    pub fn comes_after(&self, other: &Place) -> bool {
        self.order() > other.order()
    }

    fn is_closed(&self) -> bool {
        matches!(self.kind, Kind::Won | Kind::Lost | Kind::Junk)
    }

    /// How a visit here ends that a move to `to` ends.
    pub fn way_out(&self, to: &Place) -> WayOut {
        match to.kind {
            Kind::Won => WayOut::Won,
            Kind::Lost => WayOut::Lost,
            Kind::Junk => WayOut::Junk,
            Kind::Open | Kind::Paused if self.is_closed() => WayOut::Back,
            Kind::Open | Kind::Paused if to.comes_after(self) => WayOut::Advanced,
            Kind::Open | Kind::Paused => WayOut::Back,
        }
    }

    /// The direction of a move from here to `to` in this pipeline.
    pub fn direction(&self, to: &Place, pipeline: &[Place]) -> Direction {
        let is_passed = |place: &&Place| {
            place.kind == Kind::Open
                && place.is_in_use
                && place.comes_after(self)
                && to.comes_after(place)
        };
        match self.way_out(to) {
            WayOut::Back => Direction::Back,
            WayOut::Lost | WayOut::Junk => Direction::Dropped,
            WayOut::Advanced | WayOut::Won if pipeline.iter().any(|place| is_passed(&place)) => {
                Direction::Skip
            }
            WayOut::Advanced | WayOut::Won => Direction::Forward,
        }
    }
}
