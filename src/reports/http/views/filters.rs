//! The filters of the page.

use crate::clock::Zone;
use crate::leads::OwnerFilter;
use crate::records::filter_value::FilterWord;
use crate::reports::domain::query::Preset;
use crate::reports::http::views::context::ReportContext;

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
    pub fn of(context: &ReportContext, owners: &[(i64, String)], sources: &[String]) -> FilterBar {
        let query = context.query;
        let (from, to) = query.period(Zone::UTC.day(context.figures.as_of));
        FilterBar {
            presets: Preset::ALL
                .map(|preset| preset_link(context, preset))
                .into(),
            from: from.map_or_else(String::new, |day| day.to_string()),
            to: to.to_string(),
            owner: query
                .owner
                .map_or_else(String::new, |owner| owner.to_param()),
            owners: owner_choices(context, owners),
            source: query.source.clone().unwrap_or_default(),
            sources: source_choices(context, sources),
            hidden: query.pairs_without(&["period", "from", "to", "owner", "source", "now"]),
        }
    }
}

fn preset_link(context: &ReportContext, preset: Preset) -> PresetLink {
    let query = context.query;
    let word = match preset {
        Preset::Days90 => "",
        preset => preset.as_str(),
    };
    PresetLink {
        label: context.t(preset.key()),
        href: context.page_with(&[("period", word), ("from", ""), ("to", ""), ("now", "")]),
        is_current: !query.has_own_days() && query.preset() == preset,
    }
}

/// Anyone, nobody, each person, and the chosen one if no longer offered.
fn owner_choices(context: &ReportContext, owners: &[(i64, String)]) -> Vec<(String, String)> {
    if owners.is_empty() {
        return Vec::new();
    }
    let any = (String::new(), context.t("lead-any-owner").to_owned());
    let nobody = ("none".to_owned(), context.t("lead-owner-nobody").to_owned());
    let people = owners
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let mut choices: Vec<(String, String)> = [any, nobody].into_iter().chain(people).collect();
    if let Some(owner) = context.query.owner {
        let word = owner.to_param();
        if !choices.iter().any(|(known, _)| *known == word) {
            let label = match owner {
                OwnerFilter::Me => context.t("lead-owner-me").to_owned(),
                _ => format!("#{word}"),
            };
            choices.push((word, label));
        }
    }
    choices
}

fn source_choices(context: &ReportContext, sources: &[String]) -> Vec<(String, String)> {
    let any = (String::new(), context.t("lead-any-source").to_owned());
    let chosen = context.query.source.iter();
    let chosen = chosen.filter(|chosen| !sources.contains(chosen));
    let all = sources.iter().chain(chosen);
    let all = all.map(|source| (source.clone(), source.clone()));
    std::iter::once(any).chain(all).collect()
}
