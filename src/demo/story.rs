//! The story of the demonstration: its users, the changes of statuses, and the moves of leads between them.

use std::collections::HashMap;

use serde::Deserialize;

use crate::demo::status_change::{Slugs, StatusChange};
use crate::demo::vocabulary::{Vocabulary, invalid_text};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::statuses::{Name, Slug, StandardSet};

/// The tables of the story.
#[derive(Deserialize)]
pub struct Story {
    /// Name, address and role; the first is the administrator, then a manager and the reps.
    pub users: Vec<(String, String, String)>,
    /// In the order of time.
    pub status_changes: Vec<StatusChange>,
    /// The open statuses in the order of the pipeline, and the median time in them in hours.
    pub stages: Vec<(String, i64)>,
    /// The stages in which leads get stuck, as indexes with weights: mostly after an offer.
    pub stuck_at: Vec<(usize, i64)>,
    /// The next statuses of each status by slug, with weights. Few leads return from the lost.
    pub next: HashMap<String, Vec<(String, i64)>>,
    #[serde(skip_deserializing)]
    pub words: Vocabulary,
    #[serde(skip_deserializing)]
    pub lang: Lang,
    #[serde(skip_deserializing)]
    slugs: Slugs,
}

impl Story {
    /// Reads the embedded tables, in this language.
    pub fn load(lang: Lang) -> Result<Story> {
        let story: Story = parse(include_str!("story.json"))?;
        let slugs = slugs_in(lang, &story.status_changes)?;
        let changes = story.status_changes.into_iter();
        Ok(Story {
            words: parse(include_str!("words.json"))?,
            status_changes: changes
                .map(|change| change.translated(lang, &slugs))
                .collect(),
            lang,
            slugs,
            ..story
        })
    }

    /// The slug of a status in the database, from its slug in English.
    pub fn slug(&self, english: &str) -> String {
        self.slugs
            .get(english)
            .map_or(english, String::as_str)
            .to_owned()
    }

    /// The index of an open status.
    pub fn stage(&self, slug: &str) -> Option<usize> {
        self.stages.iter().position(|(stage, _)| stage == slug)
    }

    /// The median time in a status.
    pub fn median_hours(&self, slug: &str) -> i64 {
        match (self.stage(slug), slug) {
            (Some(index), _) => self.stages[index].1,
            (None, "trial") => 300,
            // Nurture, and lost for leads that return.
            _ => 1_000,
        }
    }
}

fn slugs_in(lang: Lang, changes: &[StatusChange]) -> Result<Slugs> {
    let names = |lang| {
        let statuses = StandardSet::B2b.statuses(lang)?.into_iter();
        Ok::<Vec<Name>, Error>(statuses.map(|status| status.fields.name).collect())
    };
    let mut pairs: Vec<(Name, Name)> = names(Lang::En)?.into_iter().zip(names(lang)?).collect();
    for (english, name) in changes
        .iter()
        .filter_map(|change| change.created_names(lang))
    {
        let parse = |name: &str| Name::parse(name).map_err(invalid_text);
        pairs.push((parse(&english)?, parse(&name)?));
    }
    let slugs = pairs.iter();
    Ok(slugs
        .map(|(english, name)| (Slug::of(english).to_string(), Slug::of(name).to_string()))
        .collect())
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
