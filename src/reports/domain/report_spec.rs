//! What a report counts: ids and days instead of the texts of an address.

use crate::clock::Timestamp;
use crate::leads::source_key;
use crate::reports::domain::conversion::ConversionSpec;
use crate::reports::domain::period::Period;
use crate::reports::domain::stays::LeadFacts;

/// Whose leads a report counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Owners {
    #[default]
    All,
    User(i64),
    Unassigned,
    /// All leads but those of one user.
    Except(i64),
    /// The leads that have an owner.
    Assigned,
}

impl Owners {
    /// The owners of all other leads; nothing if there are none.
    pub fn others(self) -> Option<Owners> {
        match self {
            Owners::All => None,
            Owners::User(id) => Some(Owners::Except(id)),
            Owners::Except(id) => Some(Owners::User(id)),
            Owners::Unassigned => Some(Owners::Assigned),
            Owners::Assigned => Some(Owners::Unassigned),
        }
    }

    /// True for a lead of this owner.
    pub fn includes(self, owner: Option<i64>) -> bool {
        match self {
            Owners::All => true,
            Owners::User(id) => owner == Some(id),
            Owners::Unassigned => owner.is_none(),
            Owners::Except(id) => owner != Some(id),
            Owners::Assigned => owner.is_some(),
        }
    }
}

/// Which leads a report counts, in which period, and as of when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportSpec {
    pub period: Period,
    pub owners: Owners,
    /// Without regard to case.
    pub source: Option<String>,
    /// Visits are followed up to this instant, which is not in the future.
    pub as_of: Timestamp,
    pub conversion: ConversionSpec,
    /// Nothing for all steps of the funnel, or the id of the only status whose conversion is counted.
    pub reach: Option<i64>,
}

impl ReportSpec {
    /// This report for another period.
    pub fn between(&self, period: Period) -> ReportSpec {
        ReportSpec {
            period,
            ..self.clone()
        }
    }

    /// This report for the preceding period of equal length; nothing if this period has no beginning.
    pub fn before(&self) -> Option<ReportSpec> {
        Some(self.between(self.period.before()?))
    }

    /// This report for the leads of other owners.
    pub fn of(&self, owners: Owners) -> ReportSpec {
        ReportSpec {
            owners,
            ..self.clone()
        }
    }

    /// True if neither owners nor a source narrow it.
    pub fn is_about_all_leads(&self) -> bool {
        self.owners == Owners::All && self.source.is_none()
    }

    /// For each of these sources, whether its leads are counted.
    pub fn matching_sources(&self, sources: &[String]) -> Vec<bool> {
        let key = self.source.as_deref().map(source_key);
        let matches = |source: &String| key.as_ref().is_none_or(|key| source_key(source) == *key);
        sources.iter().map(matches).collect()
    }

    /// True if the report counts a lead; `sources` are those of [`ReportSpec::matching_sources`].
    pub fn includes(&self, lead: &LeadFacts, sources: &[bool]) -> bool {
        self.owners.includes(lead.owner) && sources.get(lead.source as usize) == Some(&true)
    }
}
