//! Counts all figures in one pass over the histories.

use std::collections::HashSet;
use std::io;

use crate::clock::Timestamp;
use crate::reports::actions::statuses::indexes;
use crate::reports::domain::conversion::ConversionCounts;
use crate::reports::domain::daily_series::{DailySeries, Thresholds};
use crate::reports::domain::figures::{Figures, Flow, Funnel, ReportStatus, Series};
use crate::reports::domain::flow::Place;
use crate::reports::domain::flow_counts::FlowCounts;
use crate::reports::domain::present::PresentLeads;
use crate::reports::domain::question::ReportQuestion;
use crate::reports::domain::stays::{
    LeadFacts, LeadStays, Stay, VisitFacts, fill_stays, is_revision,
};
use crate::reports::domain::time_in_status::TimeInStatusCounts;
use crate::reports::domain::wins::WinCounts;
use crate::reports::store::history_file::HistoryFile;

/// Calls `each` with the stays of every lead that is asked for, and the visits that they come from. `statuses` are all
/// there are; statuses of stays are indexes of them.
///
/// # Errors
/// If the file of histories can't be read.
pub fn each_lead(
    histories: &HistoryFile,
    statuses: &mut Vec<ReportStatus>,
    question: &ReportQuestion,
    mut each: impl FnMut(&LeadStays, &[VisitFacts], &[ReportStatus]),
) -> io::Result<()> {
    let indexes = indexes(statuses, &histories.dictionary.statuses);
    let sources = question.chosen_sources(&histories.dictionary.sources);
    let as_of = question.as_of.second();
    let mut stays = Vec::new();
    histories.for_each(|lead: &LeadFacts, visits, pauses| {
        if !question.includes(lead, &sources) {
            return;
        }
        fill_stays(&mut stays, lead, visits, as_of);
        for stay in &mut stays {
            stay.map_statuses(&indexes);
        }
        let lead = LeadStays {
            lead,
            stays: &stays,
            pauses,
            as_of,
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
    fn new(
        question: &ReportQuestion,
        statuses: &[ReportStatus],
        earliest: i64,
        is_now: bool,
    ) -> Counts {
        let window = question.period.window();
        let places: Vec<Place> = statuses.iter().map(|status| status.place).collect();
        let as_of = question.as_of.second();
        Counts {
            thresholds: statuses.iter().map(Thresholds::of).collect(),
            times: TimeInStatusCounts::new(window, statuses),
            conversions: ConversionCounts::new(
                question.conversion,
                question.reach,
                window,
                &places,
            ),
            flow: FlowCounts::new(window),
            series: DailySeries::new(window, earliest, as_of, places.len()),
            wins: WinCounts::new(window),
            present: PresentLeads::new(statuses, question.as_of, is_now),
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
        let is_counted = |stay: &Stay| window.contains(stay.entered_at);
        self.deleted_leads += i64::from(lead.is_deleted() && lead.stays.iter().any(is_counted));
        self.is_revised |= visits.iter().any(|visit| is_revision(visit, lead.as_of));
        self.times.add(lead, &self.places);
        self.conversions.add(lead, &self.places);
        self.flow.add(lead, &self.places);
        self.series.add(lead, &self.thresholds);
        self.wins.add(lead, &self.places);
        self.present.add(lead, statuses, &self.thresholds);
    }

    fn finish(self, as_of: Timestamp, statuses: Vec<ReportStatus>) -> Figures {
        let funnel = self.conversions.finish(&self.places);
        let (flow, series) = (
            self.flow.finish(&self.places),
            self.series.finish(&statuses),
        );
        let times = self.times.finish(&statuses);
        let named = named_ids(&funnel, &flow, &series);
        let pairs = statuses.into_iter().zip(times).filter(|(status, time)| {
            let place = status.place;
            place.is_in_use || time.visits > 0 || named.contains(&place.id)
        });
        let (statuses, times) = pairs.unzip();
        Figures {
            as_of,
            statuses,
            times,
            wins: self.wins.finish(funnel.resolved),
            series,
            flow,
            funnel,
            present: self.present.finish(),
            deleted_leads: self.deleted_leads,
            is_revised: self.is_revised,
        }
    }
}

/// The statuses that figures name besides those in use.
fn named_ids(funnel: &Funnel, flow: &Flow, series: &Series) -> HashSet<i64> {
    let steps = funnel.steps.iter().map(|step| step.status);
    let moves = flow.moves.iter().flat_map(|one| [one.from, one.to]);
    let has_leads = |counts: &[i64]| counts.iter().any(|count| *count > 0);
    let open = series.open.iter().filter(|(_, counts)| has_leads(counts));
    steps
        .chain(moves)
        .chain(open.map(|(status, _)| *status))
        .collect()
}

/// The figures of a question, which is about now or about an instant that is over. `statuses` are all there are.
///
/// # Errors
/// If the file of histories can't be read.
pub fn figures(
    histories: &HistoryFile,
    mut statuses: Vec<ReportStatus>,
    question: &ReportQuestion,
    is_now: bool,
) -> io::Result<Figures> {
    indexes(&mut statuses, &histories.dictionary.statuses);
    let mut counts = Counts::new(question, &statuses, histories.earliest, is_now);
    each_lead(
        histories,
        &mut statuses,
        question,
        |lead, visits, statuses| {
            counts.add(lead, visits, statuses, question);
        },
    )?;
    Ok(counts.finish(question.as_of, statuses))
}
