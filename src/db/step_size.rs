//! The size of steps of long work, so that other writers wait only briefly.

use std::time::Duration;

/// Rows of a first step.
pub const FIRST_STEP_ROWS: usize = 100;
/// The fewest rows of a step.
const MIN_STEP_ROWS: usize = 10;
/// The most rows of a step.
pub const MAX_STEP_ROWS: usize = 500;
/// The time that a step should hold the writer, with its commit.
pub const STEP_TIME: Duration = Duration::from_millis(20);
/// The pause after a step if others write, in which their next writes wait for nothing.
pub(super) const BUSY_PAUSE: Duration = Duration::from_millis(10);
/// The time of a step of an import, whose rows take less time each if more are written together.
pub const IMPORT_STEP_TIME: Duration = Duration::from_millis(60);

/// The rows of the next step, which should take `target`, after one of `size` did `rows` in this time.
pub fn next_step_size(size: usize, rows: usize, took: Duration, target: Duration) -> usize {
    let target = target.as_micros() * rows as u128 / took.as_micros().max(1);
    let target = usize::try_from(target).unwrap_or(MAX_STEP_ROWS);
    target
        .clamp(size / 2, size * 2)
        .clamp(MIN_STEP_ROWS, MAX_STEP_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_approach_the_time_they_should_take() {
        let millis = Duration::from_millis;
        assert_eq!(next_step_size(100, 100, millis(20), STEP_TIME), 100);
        assert_eq!(next_step_size(100, 100, millis(30), STEP_TIME), 66);
        assert_eq!(next_step_size(100, 100, millis(4_000), STEP_TIME), 50);
        assert_eq!(next_step_size(100, 100, millis(1), STEP_TIME), 200);
        assert_eq!(
            next_step_size(400, 400, millis(1), STEP_TIME),
            MAX_STEP_ROWS
        );
        assert_eq!(
            next_step_size(12, 12, millis(4_000), STEP_TIME),
            MIN_STEP_ROWS
        );
    }
}
