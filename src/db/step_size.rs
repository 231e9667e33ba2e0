//! The size of steps of long work, so that other writers wait only briefly.

use std::time::Duration;

/// Rows of a first step.
pub const FIRST_STEP: usize = 100;
/// The fewest rows of a step.
const MIN_STEP: usize = 10;
/// The most rows of a step.
pub const MAX_STEP: usize = 500;
/// The time that a step should hold the writer, with its commit.
pub const STEP: Duration = Duration::from_millis(40);
/// That of an import, whose rows take less time each if more are written together.
pub const IMPORT_STEP: Duration = Duration::from_millis(60);

/// The rows of the next step, which should take `target`, after one of `size` did `rows` in this time.
pub fn next_step_size(size: usize, rows: usize, took: Duration, target: Duration) -> usize {
    let target = target.as_micros() * rows as u128 / took.as_micros().max(1);
    let target = usize::try_from(target).unwrap_or(MAX_STEP);
    target.clamp(size / 2, size * 2).clamp(MIN_STEP, MAX_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_approach_the_time_they_should_take() {
        let millis = Duration::from_millis;
        assert_eq!(next_step_size(100, 100, millis(40), STEP), 100);
        assert_eq!(next_step_size(100, 100, millis(60), STEP), 66);
        assert_eq!(next_step_size(100, 100, millis(4_000), STEP), 50);
        assert_eq!(next_step_size(100, 100, millis(1), STEP), 200);
        assert_eq!(next_step_size(400, 400, millis(1), STEP), MAX_STEP);
        assert_eq!(next_step_size(12, 12, millis(4_000), STEP), MIN_STEP);
    }
}
