//! Moves between statuses: their direction in the pipeline.

use crate::reports::domain::durations::Exit;
use crate::statuses::Kind;
use crate::words::word_enum;

/// What the formulas need of a status: as it is in the pipeline today, or as it was last if it has left the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PipelineStatus {
    pub id: i64,
    pub kind: Kind,
    pub position: i64,
    /// False for a status that is archived or deleted: no move passes it.
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

impl PipelineStatus {
    /// Sorts statuses as the pipeline does. A status that left the pipeline sorts before the one that has its position now.
    fn order(&self) -> (i64, bool) {
        (self.position, self.is_in_use)
    }

    /// True if it comes after another one.
    pub fn comes_after(&self, other: &PipelineStatus) -> bool {
        self.order() > other.order()
    }

    /// How a visit to this status ends when the lead moves to `to`.
    pub fn exit_to(&self, to: &PipelineStatus) -> Exit {
        match to.kind {
            Kind::Won => Exit::Won,
            Kind::Lost => Exit::Lost,
            Kind::Junk => Exit::Junk,
            Kind::Open | Kind::Paused if self.kind.is_closed() => Exit::Back,
            Kind::Open | Kind::Paused if to.comes_after(self) => Exit::Advanced,
            Kind::Open | Kind::Paused => Exit::Back,
        }
    }

    /// The direction of a move from this status to `to`.
    pub fn direction(&self, to: &PipelineStatus, pipeline: &[PipelineStatus]) -> Direction {
        let is_passed = |status: &PipelineStatus| {
            status.kind == Kind::Open
                && status.is_in_use
                && status.comes_after(self)
                && to.comes_after(status)
        };
        match self.exit_to(to) {
            Exit::Back => Direction::Back,
            Exit::Lost | Exit::Junk => Direction::Dropped,
            Exit::Advanced | Exit::Won if pipeline.iter().any(is_passed) => Direction::Skip,
            Exit::Advanced | Exit::Won => Direction::Forward,
        }
    }
}
