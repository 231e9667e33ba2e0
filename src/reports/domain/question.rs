//! What is asked of the reports, with names resolved.

use crate::clock::Timestamp;
use crate::leads::source_key;
use crate::reports::domain::conversion::ConversionQuestion;
use crate::reports::domain::stays::LeadFacts;
use crate::reports::domain::window::Period;

/// Whose leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Owners {
    #[default]
    All,
    User(i64),
    Unassigned,
    /// Everyone's but those of one user, unassigned ones included.
    Except(i64),
    /// Those of any user.
    Assigned,
}

impl Owners {
    /// All others; nothing if there are none.
    pub fn rest(self) -> Option<Owners> {
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

/// One question: which leads, which period, and as of when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportQuestion {
    pub period: Period,
    pub owners: Owners,
    /// Without regard to case.
    pub source: Option<String>,
    /// Visits are followed up to this instant, which is not in the future.
    pub as_of: Timestamp,
    pub conversion: ConversionQuestion,
    /// Only the conversion to this status; nothing for all steps of the funnel.
    pub reach: Option<i64>,
}

impl ReportQuestion {
    /// This question about another period.
    pub fn between(&self, period: Period) -> ReportQuestion {
        ReportQuestion {
            period,
            ..self.clone()
        }
    }

    /// This question about the period of equal length before; nothing if this one has no beginning.
    pub fn before(&self) -> Option<ReportQuestion> {
        Some(self.between(self.period.before()?))
    }

    /// This question about the leads of other owners.
    pub fn of(&self, owners: Owners) -> ReportQuestion {
        ReportQuestion {
            owners,
            ..self.clone()
        }
    }

    /// True if neither owners nor a source narrow it.
    pub fn is_about_all_leads(&self) -> bool {
        self.owners == Owners::All && self.source.is_none()
    }

    /// Which of these sources are asked for, by index.
    pub fn chosen_sources(&self, sources: &[String]) -> Vec<bool> {
        let wanted = self.source.as_deref().map(source_key);
        let is_chosen = |source: &String| match &wanted {
            Some(wanted) => source_key(source) == *wanted,
            None => true,
        };
        sources.iter().map(is_chosen).collect()
    }

    /// True for a lead of the owners, whose source is chosen.
    pub fn includes(&self, lead: &LeadFacts, sources: &[bool]) -> bool {
        self.owners.includes(lead.owner) && sources.get(lead.source as usize) == Some(&true)
    }
}
