//! Leads that were won in a period, and the velocity of the pipeline.

use std::collections::BTreeMap;

use crate::clock::DAY_SECONDS;
use crate::money::Currency;
use crate::reports::domain::conversion::last_resolved;
use crate::reports::domain::durations::median;
use crate::reports::domain::figures::{Resolved, Velocity, Wins};
use crate::reports::domain::flow::PipelineStatus;
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::stays::{End, LeadStays};
use crate::statuses::Kind;

#[derive(Debug, Clone, Default)]
struct CurrencyWins {
    open: i64,
    cents: i128,
    seconds: Vec<i64>,
}

/// Counts won leads.
pub struct WinCounter {
    period: InstantRange,
    seconds: Vec<i64>,
    by_currency: BTreeMap<[u8; 3], CurrencyWins>,
}

impl WinCounter {
    /// For leads that were closed in the period.
    pub fn new(period: InstantRange) -> WinCounter {
        WinCounter {
            period,
            seconds: Vec::new(),
            by_currency: BTreeMap::new(),
        }
    }

    /// Adds a lead.
    pub fn add(&mut self, lead: &LeadStays, pipeline: &[PipelineStatus]) {
        let currency = lead.facts.currency;
        if let Some(last) = lead.stays.last()
            && last.end == End::Ongoing
            && !pipeline[last.status].kind.is_closed()
        {
            self.by_currency.entry(currency).or_default().open += 1;
        }
        let won = last_resolved(lead.stays, pipeline, self.period)
            .filter(|stay| pipeline[stay.status].kind == Kind::Won);
        let (Some(won), Some(first)) = (won, lead.stays.first()) else {
            return;
        };
        let seconds = won.entered_at - first.entered_at;
        self.seconds.push(seconds);
        if let Some(cents) = lead.facts.value_cents {
            let wins = self.by_currency.entry(currency).or_default();
            wins.cents += i128::from(cents);
            wins.seconds.push(seconds);
        }
    }

    /// The figures, with the win rate of the same period.
    pub fn finish(mut self, resolved: Resolved) -> Wins {
        let win_rate = resolved.share().map(|share| share.value);
        let wins = self.by_currency.into_iter();
        let mut velocities: Vec<Velocity> = wins
            .filter_map(|(currency, wins)| wins.velocity(currency, win_rate))
            .collect();
        velocities.sort_by_key(|velocity| -velocity.open);
        Wins {
            median_seconds: median(&mut self.seconds),
            velocities,
        }
    }
}

impl CurrencyWins {
    fn velocity(mut self, currency: [u8; 3], win_rate: Option<f64>) -> Option<Velocity> {
        let currency = Currency::find(std::str::from_utf8(&currency).ok()?)?;
        let won = self.seconds.len() as i64;
        let days = median(&mut self.seconds)? as f64 / DAY_SECONDS as f64;
        let mean_cents = self.cents as f64 / won as f64;
        let per_day = |win_rate: f64| self.open as f64 * win_rate * mean_cents / days;
        Some(Velocity {
            currency,
            open: self.open,
            won,
            mean_cents,
            cents_per_day: win_rate.filter(|_| days > 0.0).map(per_day),
        })
    }
}
