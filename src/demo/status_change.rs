//! The changes that the administrator makes to the statuses.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::access::User;
use crate::audit::{Actor, new_batch};
use crate::channel::Channel;
use crate::clock::{DAY_SECONDS, Timestamp};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::records::fields::Fields;
use crate::statuses::actions::changes;
use crate::statuses::actions::import::{self, UnlistedPolicy};
use crate::statuses::{LeadStatus, Mode, PipelineMove, StandardSet, StatusForm, list_all};

/// The slugs of the statuses in the language of the story, by their slugs in English: slugs are made from names.
pub type Slugs = HashMap<String, String>;

/// A change and its time.
#[derive(Debug, Clone, Deserialize)]
pub struct StatusChange {
    days_ago: i64,
    /// Seconds into that day.
    seconds: i64,
    change: Change,
    #[serde(skip)]
    lang: Lang,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    /// Uses a standard set and archives the seeded statuses that it doesn't name.
    StandardSet,
    /// Creates a status with the fields of the form, whose texts are in an object for each language.
    Create(Value),
    /// Archives the status with this slug.
    Archive(String),
    /// Changes the status with this slug to the fields of the form, whose texts are in an object for each language.
    Edit(String, Value),
}

impl StatusChange {
    /// The instant of the change, given the present.
    pub fn at(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.seconds - self.days_ago * DAY_SECONDS)
    }

    /// The change in this language, with the slugs that statuses have in it.
    pub fn translated(mut self, lang: Lang, slugs: &Slugs) -> StatusChange {
        self.lang = lang;
        match &mut self.change {
            Change::StandardSet => {}
            Change::Create(values) => *values = in_language(values, lang),
            Change::Archive(slug) => *slug = translated(slug, slugs),
            Change::Edit(slug, values) => {
                *slug = translated(slug, slugs);
                *values = in_language(values, lang);
            }
        }
        self
    }

    /// The names of a status that the change creates, in English and in this language.
    pub fn created_names(&self, lang: Lang) -> Option<(String, String)> {
        let Change::Create(values) = &self.change else {
            return None;
        };
        let name = |lang: Lang| values[lang.code()]["name"].as_str().map(str::to_owned);
        Some((name(Lang::En)?, name(lang)?))
    }

    /// Makes the change as this user.
    pub fn apply(&self, conn: &mut Conn, user: &User, now: Timestamp) -> Result<()> {
        let actor = Actor {
            user_id: Some(user.id),
            token_id: None,
            name: user.name.clone(),
            channel: match self.change {
                Change::StandardSet => Channel::Import,
                _ => Channel::Ui,
            },
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at(now),
        };
        match &self.change {
            Change::StandardSet => {
                let rows = StandardSet::B2b.rows(self.lang)?;
                import::run(conn, &actor, &rows, UnlistedPolicy::Archive, None).map(drop)
            }
            Change::Create(values) => {
                let fields = form(values).parse(Mode::Create).map_err(Error::Invalid)?;
                let id = changes::create(conn, &actor, &fields)?.id;
                changes::move_in_pipeline(conn, &actor, id, PipelineMove::To(5), None).map(drop)
            }
            Change::Archive(slug) => {
                let status = find(conn, slug)?;
                changes::archive(conn, &actor, status.id)?;
                changes::close_gaps(conn)
            }
            Change::Edit(slug, values) => {
                let (status, form) = (find(conn, slug)?, form(values));
                let mode = Mode::Change {
                    current: &status.fields(),
                };
                let fields = form.parse(mode).map_err(Error::Invalid)?;
                let why = form.parse_why().map_err(Error::Invalid)?;
                changes::update_with_why(conn, &actor, status.id, &fields, &why).map(drop)
            }
        }
    }
}

fn form(values: &Value) -> StatusForm {
    StatusForm::read(&Fields::from_json(values.clone()).unwrap_or_default())
}

fn translated(slug: &str, slugs: &Slugs) -> String {
    slugs.get(slug).map_or(slug, String::as_str).to_owned()
}

/// The fields of a form with the texts of one language.
fn in_language(values: &Value, lang: Lang) -> Value {
    let shared = values.as_object().into_iter().flatten();
    let texts = values[lang.code()].as_object().into_iter().flatten();
    let fields = shared.chain(texts).filter(|(_, value)| !value.is_object());
    fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn find(conn: &mut Conn, slug: &str) -> Result<LeadStatus> {
    let mut statuses = list_all(conn)?.into_iter();
    statuses
        .find(|status| status.slug.as_str() == slug)
        .ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))
}
