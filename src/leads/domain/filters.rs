//! The filters of a list of leads: reading a value and writing it.

use crate::leads::domain::listing::{Filter, Listing, OwnerFilter};
use crate::money::Currency;
use crate::records::fields::parse_id;
use crate::records::filters::{Filtered, Unreadable, day, set, set_flag};
use crate::statuses::State;

/// The most characters of a search; the rest is ignored.
const MAX_QUERY_CHARS: usize = 100;

impl Filtered for Listing {
    type Filter = Filter;

    fn set(&mut self, filter: Filter, typed: &str) -> bool {
        match filter {
            Filter::Q => self.q = clean_query(typed),
            Filter::Source => self.source = Some(clean(typed)).filter(|text| !text.is_empty()),
            Filter::Status => return set(&mut self.status, typed, parse_id),
            Filter::Owner => return set(&mut self.owner, typed, parse_owner),
            Filter::State => return set(&mut self.state, typed, parse_state),
            Filter::CreatedFrom => return set(&mut self.created.from, typed, day),
            Filter::CreatedTo => return set(&mut self.created.to, typed, day),
            Filter::EnteredFrom => return set(&mut self.entered.from, typed, day),
            Filter::EnteredTo => return set(&mut self.entered.to, typed, day),
            Filter::Currency => return set(&mut self.currency, typed, Currency::find),
            Filter::Bin => return set_flag(&mut self.is_bin, typed),
        }
        true
    }

    fn value(&self, filter: Filter) -> Option<String> {
        match filter {
            Filter::Q => Some(self.q.clone()).filter(|q| !q.is_empty()),
            Filter::Status => self.status.map(|id| id.to_string()),
            Filter::Owner => self.owner.map(OwnerFilter::to_param),
            Filter::Source => self.source.clone(),
            Filter::State => self.state.map(|state| state.as_str().to_owned()),
            Filter::CreatedFrom => self.created.from.map(|day| day.to_string()),
            Filter::CreatedTo => self.created.to.map(|day| day.to_string()),
            Filter::EnteredFrom => self.entered.from.map(|day| day.to_string()),
            Filter::EnteredTo => self.entered.to.map(|day| day.to_string()),
            Filter::Currency => self.currency.map(|currency| currency.code().to_owned()),
            Filter::Bin => self.is_bin.then(|| "1".to_owned()),
        }
    }

    fn unreadable(&self) -> &Unreadable<Filter> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<Filter> {
        &mut self.unreadable
    }
}

impl OwnerFilter {
    fn to_param(self) -> String {
        match self {
            OwnerFilter::Unassigned => "none".to_owned(),
            OwnerFilter::Me => "me".to_owned(),
            OwnerFilter::User(id) => id.to_string(),
        }
    }
}

fn parse_owner(word: &str) -> Option<OwnerFilter> {
    match word {
        "none" => Some(OwnerFilter::Unassigned),
        "me" => Some(OwnerFilter::Me),
        word => parse_id(word).map(OwnerFilter::User),
    }
}

fn parse_state(word: &str) -> Option<State> {
    let states = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];
    states.into_iter().find(|state| state.as_str() == word)
}

fn clean(typed: &str) -> String {
    typed.trim().replace('\0', "\u{fffd}")
}

fn clean_query(typed: &str) -> String {
    clean(typed).chars().take(MAX_QUERY_CHARS).collect()
}
