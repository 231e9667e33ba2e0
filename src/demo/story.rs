//! What the demonstration tells: its users, the changes of statuses, and how leads move between them.

use std::collections::HashMap;

use serde::Deserialize;

use crate::demo::status_change::StatusChange;
use crate::demo::vocabulary::Vocabulary;
use crate::error::{Error, Result};

/// The tables of the story.
#[derive(Deserialize)]
pub struct Story {
    /// Name, address and role; the first is the administrator, then a manager and the reps.
    pub users: Vec<(String, String, String)>,
    /// In the order of time.
    pub status_changes: Vec<StatusChange>,
    /// The open statuses in the order of the pipeline, and the median time in them in hours.
    pub stages: Vec<(String, i64)>,
    /// Where leads get stuck, as indexes of stages with weights: mostly after an offer.
    pub stuck_at: Vec<(usize, i64)>,
    /// The next statuses of each status by slug, with weights. Few leads return from the lost.
    pub next: HashMap<String, Vec<(String, i64)>>,
    #[serde(skip_deserializing)]
    pub words: Vocabulary,
}

impl Story {
    /// Reads the embedded tables.
    pub fn load() -> Result<Story> {
        let story: Story = parse(include_str!("story.json"))?;
        Ok(Story {
            words: parse(include_str!("words.json"))?,
            ..story
        })
    }

    /// The index of an open status.
    pub fn stage(&self, slug: &str) -> Option<usize> {
        self.stages.iter().position(|(stage, _)| stage == slug)
    }

    /// The median time in a status.
    pub fn median_hours(&self, slug: &str) -> i64 {
        match (self.stage(slug), slug) {
            (Some(at), _) => self.stages[at].1,
            (None, "trial") => 300,
            // Nurture, and lost for leads that return.
            _ => 1_000,
        }
    }
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
