//! The versions of a definition, each beside the one before.

use crate::audit::actor_label;
use crate::clock::{Timestamp, Zone};
use crate::statuses::domain::definition_version::DefinitionVersion;
use crate::statuses::domain::movement::CREATED;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::views::history::ChangeView;
use crate::web::Page;

/// A version and what it changed.
pub struct VersionView {
    pub version: i32,
    pub valid_from: Timestamp,
    pub author: String,
    pub why: String,
    pub changes: Vec<ChangeView>,
}

impl VersionView {
    /// The report that compares what came before the day of the change with what came from then on.
    pub fn comparison(&self) -> String {
        let day = Zone::UTC.day(self.valid_from);
        format!("/admin/reports/pipeline?period=all&compare=day&day={day}")
    }
}

/// The versions, the newest first, as they are read.
pub fn version_views(versions: &[DefinitionVersion], page: &Page) -> Vec<VersionView> {
    let view = |index: usize| {
        let version = versions.get(index)?;
        let before = versions.get(index + 1);
        let changes = before.map(|before| before.fields.changes(&version.fields));
        let changes = changes.unwrap_or_default();
        let changes = changes
            .iter()
            .map(|change| ChangeView::of(change, page.lang));
        Some(VersionView {
            version: version.version,
            valid_from: version.valid_from,
            author: actor_label(&version.author, page.lang).to_owned(),
            why: version.why.to_string(),
            changes: changes.collect(),
        })
    };
    (0..versions.len()).filter_map(view).collect()
}

/// The hand-off of a status in words, a line for each part; empty for a status that hands nothing over.
pub fn handoff_lines(status: &LeadStatus, named: &[LeadStatus], page: &Page) -> Vec<String> {
    let name = |id: i64| match named.iter().find(|status| status.id == id) {
        Some(status) => status.name.to_string(),
        None => page.t1("status-enter-from-id", "id", id.to_string()),
    };
    let handoff = status.handoff.as_ref();
    handoff.map_or_else(Vec::new, |handoff| handoff.lines(page.lang, name))
}

/// The names of the statuses that leads can come from; empty if they can come from anywhere.
pub fn origin_names(status: &LeadStatus, named: &[LeadStatus], page: &Page) -> String {
    let name = |id: &i64| match named.iter().find(|status| status.id == *id) {
        _ if *id == CREATED => page.t("status-enter-from-created").to_owned(),
        Some(status) => status.name.to_string(),
        None => page.t1("status-enter-from-id", "id", id.to_string()),
    };
    let names: Vec<String> = status.enter_from.ids().iter().map(name).collect();
    names.join(", ")
}
