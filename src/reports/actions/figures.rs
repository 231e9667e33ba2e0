//! Counts all figures in one pass over the histories.

use std::io;

use crate::clock::Timestamp;
use crate::reports::actions::statuses::indexes;
use crate::reports::domain::conversion::ConversionCounts;
use crate::reports::domain::daily_series::{DailySeries, Thresholds};
use crate::reports::domain::figures::{Figures, ReportStatus};
use crate::reports::domain::flow::Place;
use crate::reports::domain::flow_counts::FlowCounts;
use crate::reports::domain::present::PresentLeads;
use crate::reports::domain::question::ReportQuestion;
use crate::reports::domain::stays::{LeadFacts, LeadStays, VisitFacts, fill_stays, is_revision};
use crate::reports::domain::time_in_status::TimeInStatusCounts;
use crate::reports::domain::wins::WinCounts;
use crate::reports::store::snapshot::Snapshot;

/// Calls `each` with the stays of every lead that is asked for, and the visits that they come from. `statuses` are all
/// there are; statuses of stays are indexes of them.
///
/// # Errors
/// If the snapshot can't be read.
pub fn each_lead(
    snapshot: &Snapshot,
    statuses: &mut Vec<ReportStatus>,
    question: &ReportQuestion,
    mut each: impl FnMut(&LeadStays, &[VisitFacts], &[ReportStatus]),
) -> io::Result<()> {
    let indexes = indexes(statuses, &snapshot.dictionary.statuses);
    let sources = question.chosen_sources(&snapshot.dictionary.sources);
    let now = question.as_of.second();
    let mut stays = Vec::new();
    snapshot.for_each(|lead: &LeadFacts, visits, pauses| {
        if !question.includes(lead, &sources) {
            return;
        }
        fill_stays(&mut stays, lead, visits, now);
        for stay in &mut stays {
            stay.map_statuses(&indexes);
        }
        let lead = LeadStays {
            lead,
            stays: &stays,
            pauses,
            now,
        };
        each(&lead, visits, statuses);
    })
}

/// All counts of a question.
struct Counts {
    places: Vec<Place>,
    thresholds: Vec<Thresholds>,
    times: TimeInStatusCounts,
    conversions: ConversionCounts,
    flow: FlowCounts,
    series: DailySeries,
    wins: WinCounts,
    present: PresentLeads,
    deleted_leads: i64,
    is_revised: bool,
}

impl Counts {
    fn new(question: &ReportQuestion, statuses: &[ReportStatus], snapshot: &Snapshot) -> Counts {
        let window = question.period.window();
        let places: Vec<Place> = statuses.iter().map(|status| status.place).collect();
        let now = question.as_of.second();
        Counts {
            thresholds: statuses.iter().map(Thresholds::of).collect(),
            times: TimeInStatusCounts::new(window, places.len()),
            conversions: ConversionCounts::new(
                question.conversion,
                question.reach,
                window,
                &places,
            ),
            flow: FlowCounts::new(window),
            series: DailySeries::new(window, snapshot.earliest, now, places.len()),
            wins: WinCounts::new(window),
            present: PresentLeads::new(statuses, question.as_of, now >= snapshot.taken_at.second()),
            places,
            deleted_leads: 0,
            is_revised: false,
        }
    }

    fn add(
        &mut self,
        lead: &LeadStays,
        visits: &[VisitFacts],
        statuses: &[ReportStatus],
        question: &ReportQuestion,
    ) {
        let window = question.period.window();
        let is_counted = |visit: &VisitFacts| window.contains(visit.entered_at);
        self.deleted_leads += i64::from(lead.is_deleted() && visits.iter().any(is_counted));
        self.is_revised |= visits.iter().any(|visit| is_revision(visit, lead.now));
        self.times.add(lead, &self.places);
        self.conversions.add(lead, &self.places);
        self.flow.add(lead, &self.places);
        self.series.add(lead, &self.thresholds);
        self.wins.add(lead, &self.places);
        self.present.add(lead, statuses, &self.thresholds);
    }

    fn finish(self, as_of: Timestamp, statuses: Vec<ReportStatus>) -> Figures {
        let funnel = self.conversions.finish(&self.places);
        let times = self.times.finish(&statuses);
        let is_named = |at: &usize| statuses[*at].place.is_in_use || times[*at].visits > 0;
        let named: Vec<usize> = (0..statuses.len()).filter(is_named).collect();
        Figures {
            as_of,
            wins: self.wins.finish(funnel.resolved),
            series: self.series.finish(&statuses),
            flow: self.flow.finish(&self.places),
            times: named.iter().map(|at| times[*at].clone()).collect(),
            statuses: named.iter().map(|at| statuses[*at].clone()).collect(),
            funnel,
            present: self.present.finish(),
            deleted_leads: self.deleted_leads,
            is_revised: self.is_revised,
        }
    }
}

/// The figures of a question. `statuses` are all there are.
///
/// # Errors
/// If the snapshot can't be read.
pub fn figures(
    snapshot: &Snapshot,
    mut statuses: Vec<ReportStatus>,
    question: &ReportQuestion,
) -> io::Result<Figures> {
    indexes(&mut statuses, &snapshot.dictionary.statuses);
    let mut counts = Counts::new(question, &statuses, snapshot);
    each_lead(
        snapshot,
        &mut statuses,
        question,
        |lead, visits, statuses| {
            counts.add(lead, visits, statuses, question);
        },
    )?;
    Ok(counts.finish(question.as_of, statuses))
}
