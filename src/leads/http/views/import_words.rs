//! The words of a file for statuses, as the preview of an import asks about them.

use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::domain::import_options::ImportOptions;

/// A word that names no status, or that was chosen for one.
pub struct StatusWord {
    pub word: String,
    pub lines: usize,
    /// The id of the status that it means; nothing for one to create.
    pub chosen: Option<i64>,
}

impl StatusWord {
    /// True if it means the status with this id.
    pub fn is_chosen(&self, id: &i64) -> bool {
        self.chosen == Some(*id)
    }
}

/// The words that name no status, and then those that were chosen for one.
pub fn status_words(dry_run: &DryRun, options: &ImportOptions) -> Vec<StatusWord> {
    let missing = dry_run.missing_statuses.iter();
    let missing = missing.map(|(word, lines)| StatusWord {
        word: word.to_owned(),
        lines,
        chosen: None,
    });
    let lines = |word: &String| {
        let mut readings = dry_run.readings.iter();
        let reading = readings.find(|(other, ..)| other == word);
        reading.map_or(0, |(.., lines)| *lines)
    };
    let chosen = options.status_words.iter();
    let chosen =
        chosen.filter(|(word, _)| dry_run.readings.iter().any(|(other, ..)| other == *word));
    let chosen = chosen.map(|(word, id)| StatusWord {
        word: word.clone(),
        lines: lines(word),
        chosen: Some(*id),
    });
    missing.chain(chosen).collect()
}
