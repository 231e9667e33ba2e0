//! The moves that ended the visits of a period.

use crate::reports::domain::figures::{Flow, FlowMove};
use crate::reports::domain::flow::{Direction, PipelineStatus};
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::sample::DurationSample;
use crate::reports::domain::stays::{End, LeadStays, Stay};

/// Counts moves by where they went.
pub struct FlowCounter {
    period: InstantRange,
    /// By the statuses that they led from and to.
    moves: DurationSample<(usize, usize)>,
    returns: i64,
}

/// True if the move that ended a stay went to a status where the lead had been before. That may be the same status, where
/// a move between was voided.
pub fn is_return(stays: &[Stay], index: usize) -> bool {
    match stays[index].end {
        End::Moved(to) => stays[..=index].iter().any(|stay| stay.status == to),
        End::Ongoing | End::Censored => false,
    }
}

impl FlowCounter {
    /// For visits that began in the period.
    pub fn new(period: InstantRange) -> FlowCounter {
        FlowCounter {
            period,
            moves: DurationSample::default(),
            returns: 0,
        }
    }

    /// Adds the moves of a lead.
    pub fn add(&mut self, lead: &LeadStays, pipeline: &[PipelineStatus]) {
        for (index, stay) in lead.stays.iter().enumerate() {
            let End::Moved(to) = stay.end else { continue };
            if !self.period.contains(stay.entered_at) {
                continue;
            }
            let exit = stay.exit(pipeline);
            self.moves.add((stay.status, to), stay.seconds(), exit);
            self.returns += i64::from(is_return(lead.stays, index));
        }
    }

    /// The counts.
    pub fn finish(self, pipeline: &[PipelineStatus]) -> Flow {
        let mut flow = Flow {
            returns: self.returns,
            ..Flow::default()
        };
        for ((from, to), durations) in self.moves.finish() {
            let (from, to) = (&pipeline[from], &pipeline[to]);
            let (direction, count) = (from.direction(to, pipeline), durations.exits());
            match direction {
                Direction::Forward => flow.forward += count,
                Direction::Skip => flow.skip += count,
                Direction::Back => flow.back += count,
                Direction::Dropped => flow.dropped += count,
            }
            flow.moves.push(FlowMove {
                from: from.id,
                to: to.id,
                direction,
                count,
                median_seconds: durations.median_exit().unwrap_or(0),
            });
        }
        flow
    }
}
