//! Counts all figures in one pass over the histories.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io;

use crate::clock::Timestamp;
use crate::reports::actions::statuses::indexes;
use crate::reports::domain::conversion::ConversionCounter;
use crate::reports::domain::current::CurrentCounter;
use crate::reports::domain::daily_series::{SeriesCounter, Thresholds};
use crate::reports::domain::figures::{Figures, Flow, Funnel, ReportStatus, Series};
use crate::reports::domain::flow::PipelineStatus;
use crate::reports::domain::flow_counter::FlowCounter;
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::domain::stays::{
    LeadFacts, LeadStays, Stay, VisitFacts, fill_stays, is_revision,
};
use crate::reports::domain::time_in_status::TimeInStatusCounter;
use crate::reports::domain::wins::WinCounter;
use crate::reports::store::history_file::HistoryFile;

/// Calls `each` with the stays up to an instant of every lead that `is_included` is true for, and the visits that they come
/// from. `statuses` are all there are; statuses of stays are indexes of them.
///
/// # Errors
/// Returns an error if the file of histories can't be read.
pub fn each_lead(
    histories: &HistoryFile,
    statuses: &mut Vec<ReportStatus>,
    as_of: Timestamp,
    is_included: impl Fn(&LeadFacts) -> bool,
    mut each: impl FnMut(&LeadStays, &[VisitFacts], &[ReportStatus]),
) -> io::Result<()> {
    let indexes = indexes(statuses, &histories.dictionary.statuses);
    let as_of = as_of.second();
    let mut stays = Vec::new();
    histories.for_each(|facts: &LeadFacts, visits, pauses| {
        if !is_included(facts) {
            return;
        }
        fill_stays(&mut stays, facts, visits, as_of);
        for stay in &mut stays {
            stay.map_statuses(&indexes);
        }
        let lead = LeadStays {
            facts,
            stays: &stays,
            pauses,
            as_of,
        };
        each(&lead, visits, statuses);
    })
}

/// Everything that is counted for one report.
struct Counts {
    pipeline: Vec<PipelineStatus>,
    thresholds: Vec<Thresholds>,
    times: TimeInStatusCounter,
    conversions: ConversionCounter,
    flow: FlowCounter,
    series: SeriesCounter,
    wins: WinCounter,
    current: CurrentCounter,
    leads_by_owner: HashMap<Option<i64>, i64>,
    deleted_leads: i64,
    is_revised: bool,
}

impl Counts {
    fn new(spec: &ReportSpec, statuses: &[ReportStatus], earliest: i64, is_now: bool) -> Counts {
        let period = spec.period.instants();
        let pipeline: Vec<PipelineStatus> =
            statuses.iter().map(ReportStatus::in_pipeline).collect();
        let as_of = spec.as_of.second();
        Counts {
            thresholds: statuses.iter().map(Thresholds::of).collect(),
            times: TimeInStatusCounter::new(period, statuses),
            conversions: ConversionCounter::new(spec.conversion, spec.reach, period, &pipeline),
            flow: FlowCounter::new(period),
            series: SeriesCounter::new(period, earliest, as_of, pipeline.len()),
            wins: WinCounter::new(period),
            current: CurrentCounter::new(statuses, spec.as_of, is_now),
            pipeline,
            leads_by_owner: HashMap::new(),
            deleted_leads: 0,
            is_revised: false,
        }
    }

    fn add(
        &mut self,
        lead: &LeadStays,
        visits: &[VisitFacts],
        statuses: &[ReportStatus],
        spec: &ReportSpec,
    ) {
        let period = spec.period.instants();
        let is_counted = |stay: &Stay| period.contains(stay.entered_at);
        if lead.stays.iter().any(is_counted) {
            *self.leads_by_owner.entry(lead.facts.owner).or_default() += 1;
            self.deleted_leads += i64::from(lead.is_deleted());
        }
        self.is_revised |= visits.iter().any(|visit| is_revision(visit, lead.as_of));
        self.times.add(lead, &self.pipeline);
        self.conversions.add(lead, &self.pipeline);
        self.flow.add(lead, &self.pipeline);
        self.series.add(lead, &self.thresholds);
        self.wins.add(lead, &self.pipeline);
        self.current.add(lead, statuses, &self.thresholds);
    }

    fn finish(self, as_of: Timestamp, statuses: Vec<ReportStatus>) -> Figures {
        let funnel = self.conversions.finish(&self.pipeline);
        let (flow, series) = (
            self.flow.finish(&self.pipeline),
            self.series.finish(&statuses),
        );
        let times = self.times.finish(&statuses);
        let named = named_ids(&funnel, &flow, &series);
        let pairs = statuses.into_iter().zip(times).filter(|(status, time)| {
            status.is_in_use || time.visits > 0 || named.contains(&status.id)
        });
        let (statuses, times) = pairs.unzip();
        let mut owners: Vec<_> = self.leads_by_owner.into_iter().collect();
        owners.sort_by_key(|(owner, leads)| (Reverse(*leads), *owner));
        Figures {
            as_of,
            statuses,
            times,
            wins: self.wins.finish(funnel.resolved),
            series,
            flow,
            funnel,
            current: self.current.finish(),
            owners,
            deleted_leads: self.deleted_leads,
            is_revised: self.is_revised,
        }
    }
}

/// The statuses that figures name besides those in use.
fn named_ids(funnel: &Funnel, flow: &Flow, series: &Series) -> HashSet<i64> {
    let steps = funnel.steps.iter().map(|step| step.status);
    let moves = flow.moves.iter().flat_map(|pair| [pair.from, pair.to]);
    let has_leads = |counts: &[i64]| counts.iter().any(|count| *count > 0);
    let open = series.open.iter().filter(|(_, counts)| has_leads(counts));
    steps
        .chain(moves)
        .chain(open.map(|(status, _)| *status))
        .collect()
}

/// The figures of reports as of one instant, which is now or earlier, in one pass. `statuses` are all statuses.
///
/// # Errors
/// Returns an error if the file of histories can't be read.
pub fn figures(
    histories: &HistoryFile,
    mut statuses: Vec<ReportStatus>,
    specs: &[ReportSpec],
    is_now: bool,
) -> io::Result<Vec<Figures>> {
    let Some(as_of) = specs.first().map(|spec| spec.as_of) else {
        return Ok(Vec::new());
    };
    indexes(&mut statuses, &histories.dictionary.statuses);
    let sources = |spec: &ReportSpec| spec.matching_sources(&histories.dictionary.sources);
    let sources: Vec<Vec<bool>> = specs.iter().map(sources).collect();
    let new = |spec| Counts::new(spec, &statuses, histories.earliest, is_now);
    let mut counts: Vec<Counts> = specs.iter().map(new).collect();
    let pairs = || specs.iter().zip(&sources);
    each_lead(
        histories,
        &mut statuses,
        as_of,
        |lead| pairs().any(|(spec, sources)| spec.includes(lead, sources)),
        |lead, visits, statuses| {
            for ((spec, sources), counts) in pairs().zip(&mut counts) {
                if spec.includes(lead.facts, sources) {
                    counts.add(lead, visits, statuses, spec);
                }
            }
        },
    )?;
    let finish = |counts: Counts| counts.finish(as_of, statuses.clone());
    Ok(counts.into_iter().map(finish).collect())
}
