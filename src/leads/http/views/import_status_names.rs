//! The names of statuses in a file for which the preview of an import lets the user choose a status.

use crate::leads::actions::import::dry_run::DryRun;
use crate::leads::domain::import_options::ImportOptions;

/// A name in the file that no status has, or for which a status was chosen.
pub struct StatusNameChoice {
    pub name: String,
    pub lines: usize,
    /// The id of the chosen status; `None` for a status to create.
    pub status_id: Option<i64>,
}

impl StatusNameChoice {
    /// True if the status with this id is chosen.
    pub fn is_chosen(&self, id: &i64) -> bool {
        self.status_id == Some(*id)
    }
}

/// The names that no status has, and then those for which a status was chosen.
pub fn status_name_choices(dry_run: &DryRun, options: &ImportOptions) -> Vec<StatusNameChoice> {
    let missing = dry_run.missing_statuses.iter();
    let missing = missing.map(|(name, lines)| StatusNameChoice {
        name: name.to_owned(),
        lines,
        status_id: None,
    });
    let chosen = options.status_words.iter().filter_map(|(name, id)| {
        let mut interpretations = dry_run.interpretations.iter();
        let (.., lines) = interpretations.find(|(other, ..)| other == name)?;
        Some(StatusNameChoice {
            name: name.clone(),
            lines: *lines,
            status_id: Some(*id),
        })
    });
    missing.chain(chosen).collect()
}
