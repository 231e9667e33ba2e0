//! The filter menu of a list, and the active filters above it.

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::leads::actions::counts::BoundedCount;
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::filters::{Control, Filter, HandoffFilter, LeadFilter, STATES};
use crate::leads::domain::text::source_key;
use crate::records::filter_value::FilterParam;
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::records::link::link;
use crate::records::list::{ActiveFilter, List};
use crate::statuses::State;
use crate::web::Page;

/// A field of the filter menu.
pub struct MenuField {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
    pub control: Control,
    /// Value and label of each choice, of a field that has choices.
    pub choices: Vec<(String, String)>,
}

/// The filters of a list, and the data that their menu and labels need.
pub struct FilterView<'a> {
    pub page: &'a Page,
    pub options: &'a FilterOptions,
    pub lookup: &'a RelatedRecords,
    pub filter: &'a LeadFilter,
}

impl FilterView<'_> {
    /// The fields of these filters in the menu, but for the currency where no lead has a value.
    pub fn menu_fields(&self, filters: impl IntoIterator<Item = Filter>) -> Vec<MenuField> {
        let field = |filter: Filter| {
            let (control, label, _) = filter.control();
            MenuField {
                name: filter.name(),
                label: self.page.t(label),
                value: self.field_value(filter),
                control,
                choices: self.choices(control),
            }
        };
        let mut fields: Vec<MenuField> = filters.into_iter().map(field).collect();
        fields.retain(|field| field.control != Control::Currencies || field.choices.len() > 1);
        fields
    }

    /// The value of a field. Without filtered days, the time zone is the user's.
    fn field_value(&self, filter: Filter) -> String {
        let has_days = !(self.filter.created.is_unbounded() && self.filter.entered.is_unbounded());
        match (filter, has_days) {
            (Filter::Zone, true) => self.filter.zone().name().to_owned(),
            (Filter::Zone, false) => self.page.zone.name().to_owned(),
            (Filter::Source, _) => self.source().unwrap_or_default(),
            (filter, _) => self.filter.text(filter),
        }
    }

    /// The source of the filter in the spelling of the menu, whatever its case in the URL.
    fn source(&self) -> Option<String> {
        let source = self.filter.source.as_ref()?;
        let mut options = self.options.sources.iter();
        let option = options.find(|option| source_key(option) == source_key(source));
        Some(option.unwrap_or(source).clone())
    }

    /// The choices of a field: no filter, all values, and the present one if it is no longer one of them.
    fn choices(&self, control: Control) -> Vec<(String, String)> {
        let any = match control {
            Control::Search | Control::Tab | Control::Text => return Vec::new(),
            Control::DayFrom | Control::DayTo | Control::Zone | Control::Instant => {
                return Vec::new();
            }
            Control::Statuses => "lead-any-status",
            Control::Owners => "lead-any-owner",
            Control::Sources => "lead-any-source",
            Control::States => "lead-any-state",
            Control::Handoffs => "lead-any-handoff",
            Control::Currencies => "lead-any-currency",
        };
        let any = (String::new(), self.page.t(any).to_owned());
        std::iter::once(any).chain(self.values(control)).collect()
    }

    fn values(&self, control: Control) -> Vec<(String, String)> {
        let (filter, options) = (self.filter, self.options);
        let text = |key| self.page.t(key).to_owned();
        match control {
            Control::Search | Control::Tab | Control::Text => Vec::new(),
            Control::DayFrom | Control::DayTo | Control::Zone | Control::Instant => Vec::new(),
            Control::Statuses => {
                let archived = self.lookup.statuses.iter();
                let archived = archived
                    .filter(|status| status.is_archived() && filter.status == Some(status.id));
                let statuses = self.lookup.in_use().into_iter().chain(archived);
                statuses
                    .map(|status| (status.id.to_string(), status.name.to_string()))
                    .collect()
            }
            Control::Owners => {
                let others = [("me", "lead-owner-me"), ("none", "lead-owner-nobody")];
                let others = others.map(|(value, key)| (value.to_owned(), text(key)));
                let owners = options.owners.iter();
                let owners = owners.map(|(id, name)| (id.to_string(), name.clone()));
                others.into_iter().chain(owners).collect()
            }
            Control::Sources => add_current(&options.sources, &self.source(), String::as_str),
            Control::States => {
                let choice = |state: State| (state.to_param(), text(state.key()));
                STATES.map(choice).to_vec()
            }
            Control::Handoffs => {
                let choice = |filter: HandoffFilter| (filter.to_param(), text(filter.key()));
                HandoffFilter::ALL.map(choice).to_vec()
            }
            Control::Currencies => add_current(&options.currencies, &filter.currency, |c| c.code()),
        }
    }

    /// The active filters of a list, but for those that the page shows otherwise.
    pub fn active_filters<L: List<Filters = LeadFilter>>(
        &self,
        list: &L,
        path: &str,
        hidden: &[Filter],
    ) -> Vec<ActiveFilter> {
        let others = Filter::ALL
            .iter()
            .filter(|filter| **filter != Filter::Status);
        let filters = std::iter::once(&Filter::Status).chain(others).copied();
        // Days are shown with their time zone.
        let filters = filters.filter(|filter| *filter != Filter::Zone && !hidden.contains(filter));
        list.active_filters(path, filters, |filter, value| self.label(filter, value))
    }

    /// An active filter in words.
    fn label(&self, filter: Filter, value: String) -> String {
        let (control, _, key) = filter.control();
        let text = match control {
            Control::Search | Control::Text | Control::Sources | Control::Currencies => value,
            Control::Tab | Control::Zone => String::new(),
            Control::Instant => {
                let at: Option<Timestamp> = FilterParam::from_param(&value);
                at.map_or_else(String::new, |at| self.page.datetime(&at))
            }
            Control::DayFrom | Control::DayTo => {
                let day: Option<NaiveDate> = FilterParam::from_param(&value);
                let day = day.map_or_else(String::new, |day| self.page.lang.date(day));
                match self.filter.zone() {
                    zone if zone == self.page.zone => day,
                    zone => format!("{day} ({})", zone.name()),
                }
            }
            Control::Statuses | Control::Owners | Control::States | Control::Handoffs => {
                let mut choices = self.choices(control).into_iter();
                let choice = choices.find(|(other, _)| *other == value);
                choice.map_or_else(|| format!("#{value}"), |(_, label)| label)
            }
        };
        self.page.t1(key, "value", text)
    }
}

/// The texts of these options, and of the selected one if it is not among them.
fn add_current<T: PartialEq>(
    options: &[T],
    selected: &Option<T>,
    text: impl Fn(&T) -> &str,
) -> Vec<(String, String)> {
    let selected = selected.iter().filter(|value| !options.contains(value));
    let texts = options
        .iter()
        .chain(selected)
        .map(|value| text(value).to_owned());
    texts.map(|text| (text.clone(), text)).collect()
}

/// The names nearest to a search that found nothing, with the URL of the search for each.
pub fn nearest_links<'a>(path: &str, names: &'a [String]) -> Vec<(&'a str, String)> {
    let all = names.iter().map(String::as_str);
    all.map(|name| (name, link(path, [("q", name)]))).collect()
}

/// A count as a page shows it: "61", or "5,000+" if there are more.
pub fn count_text(page: &Page, count: BoundedCount) -> String {
    let more = if count.is_lower_bound { "+" } else { "" };
    format!("{}{more}", page.number(&count.count))
}
