//! The filters of the page.

use crate::clock::{Timestamp, Zone};
use crate::i18n::Lang;
use crate::leads::OwnerFilter;
use crate::records::filter_value::FilterParam;
use crate::records::link::link;
use crate::reports::domain::query::{Preset, ReportQuery};
use crate::reports::http::paths::PIPELINE_PATH;

/// A period to choose.
pub struct PresetLink {
    pub label: &'static str,
    pub href: String,
    pub is_current: bool,
}

/// The filters.
pub struct FilterBar {
    pub presets: Vec<PresetLink>,
    pub from: String,
    pub to: String,
    pub owner: String,
    /// Value and label; empty for those who see only their own leads.
    pub owners: Vec<(String, String)>,
    pub source: String,
    pub sources: Vec<(String, String)>,
    /// What the form keeps.
    pub hidden: Vec<(&'static str, String)>,
}

impl FilterBar {
    /// The filters of a page that offers these owners and sources.
    pub fn of(
        lang: Lang,
        query: &ReportQuery,
        as_of: Timestamp,
        owners: &[(i64, String)],
        sources: &[String],
    ) -> FilterBar {
        let (from, to) = query.period(Zone::UTC.day(as_of));
        FilterBar {
            presets: Preset::ALL
                .map(|preset| preset_link(lang, query, preset))
                .into(),
            from: from.map_or_else(String::new, |day| day.to_string()),
            to: to.to_string(),
            owner: query
                .owner
                .map_or_else(String::new, |owner| owner.to_param()),
            owners: owner_choices(lang, query, owners),
            source: query.source.clone().unwrap_or_default(),
            sources: source_choices(lang, query, sources),
            hidden: query
                .pairs_without(&["period", "from", "to", "owner", "except", "source", "now"]),
        }
    }
}

fn preset_link(lang: Lang, query: &ReportQuery, preset: Preset) -> PresetLink {
    let mut pairs = query.pairs_without(&["period", "from", "to", "now"]);
    if preset != Preset::Days90 {
        pairs.push(("period", preset.to_string()));
    }
    PresetLink {
        label: lang.t(preset.key()),
        href: link(PIPELINE_PATH, pairs),
        is_current: !query.has_own_days() && query.preset() == preset,
    }
}

/// Any owner, none, each owner, and the current one of the query if it is not among them.
fn owner_choices(
    lang: Lang,
    query: &ReportQuery,
    owners: &[(i64, String)],
) -> Vec<(String, String)> {
    if owners.is_empty() {
        return Vec::new();
    }
    let any = (String::new(), lang.t("lead-any-owner").to_owned());
    let nobody = ("none".to_owned(), lang.t("lead-owner-nobody").to_owned());
    let people = owners
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let mut choices: Vec<(String, String)> = [any, nobody].into_iter().chain(people).collect();
    if let Some(owner) = query.owner {
        let word = owner.to_param();
        if !choices.iter().any(|(value, _)| *value == word) {
            let label = match owner {
                OwnerFilter::Me => lang.t("lead-owner-me").to_owned(),
                _ => format!("#{word}"),
            };
            choices.push((word, label));
        }
    }
    choices
}

fn source_choices(lang: Lang, query: &ReportQuery, sources: &[String]) -> Vec<(String, String)> {
    let any = (String::new(), lang.t("lead-any-source").to_owned());
    let unlisted = query.source.iter();
    let unlisted = unlisted.filter(|source| !sources.contains(source));
    let all = sources.iter().chain(unlisted);
    let all = all.map(|source| (source.clone(), source.clone()));
    std::iter::once(any).chain(all).collect()
}
