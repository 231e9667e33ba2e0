//! Filters of lists. Each list has one table of its filters; reading a URL, writing one, hidden fields, links that
//! clear a filter, refusals and the parameters of the API are made from it.

use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::records::fields::{Fields, Input};
use crate::records::filter_value::ValueFormat;

/// A filter of a list: an enum with a variant for each line of the table.
pub trait FilterKey: Copy + PartialEq + 'static {
    /// The table, in the order in which URLs name filters.
    const ALL: &'static [Self];

    /// The name in URLs and forms.
    fn name(self) -> &'static str;

    /// The catalogue key of the sentence that names it and a `value` that can't be read.
    fn refusal(self) -> &'static str;

    /// The description in the API reference.
    fn about(self) -> String;

    /// The format of its values, for the API reference.
    fn format(self) -> ValueFormat;
}

/// Makes the table of a list's filters. Each line has a description for the API reference, the variant, its name in
/// URLs, the field of the struct that holds its value, the type of that field, and the key of its refusal.
macro_rules! filter_table {
    ($(#[$about:meta])* $table:ident of $filters:ident {
        $($(#[doc = $doc:literal])*
        $filter:ident = $name:literal, $($field:ident).+: $type:ty, $refusal:literal;)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table { $($(#[doc = $doc])* $filter),+ }

        impl $crate::records::filters::FilterKey for $table {
            const ALL: &'static [$table] = &[$($table::$filter),+];

            fn name(self) -> &'static str {
                match self { $($table::$filter => $name),+ }
            }

            fn refusal(self) -> &'static str {
                match self { $($table::$filter => $refusal),+ }
            }

            fn about(self) -> String {
                let lines: &[&str] = match self { $($table::$filter => &[$($doc),*]),+ };
                let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
                lines.join("\n")
            }

            fn format(self) -> $crate::records::filter_value::ValueFormat {
                match self {
                    $($table::$filter => <$type as $crate::records::filter_value::FilterValue>::format()),+
                }
            }
        }

        impl $crate::records::filters::FilterSet for $filters {
            type Filter = $table;

            fn set(&mut self, filter: $table, text: &str) -> bool {
                match filter {
                    $($table::$filter => {
                        let value: Option<$type> = $crate::records::filter_value::FilterValue::parse(text);
                        let is_readable = value.is_some();
                        if let Some(value) = value {
                            self.$($field).+ = value;
                        }
                        is_readable
                    })+
                }
            }

            fn value(&self, filter: $table) -> Option<String> {
                match filter {
                    $($table::$filter => {
                        $crate::records::filter_value::FilterValue::to_param(&self.$($field).+)
                    })+
                }
            }

            fn unreadable(&self) -> &$crate::records::filters::UnreadableFilters<$table> {
                &self.unreadable
            }

            fn unreadable_mut(&mut self) -> &mut $crate::records::filters::UnreadableFilters<$table> {
                &mut self.unreadable
            }
        }
    };
}
pub(crate) use filter_table;

/// Filters of a list whose values can't be read, with the texts of these values. A list with such a filter is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableFilters<F>(Vec<(F, String)>);

impl<F> Default for UnreadableFilters<F> {
    fn default() -> Self {
        UnreadableFilters(Vec::new())
    }
}

impl<F: FilterKey> UnreadableFilters<F> {
    /// True if every filter can be read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a filter that can't be read.
    pub fn text(&self, filter: F) -> Option<&str> {
        let entry = self.0.iter().find(|(other, _)| *other == filter);
        entry.map(|(_, text)| text.as_str())
    }

    /// Adds a filter whose value can't be read.
    pub fn add(&mut self, filter: F, text: &str) {
        // No page and no database here holds the NUL character.
        self.0.push((filter, text.replace('\0', "\u{fffd}")));
    }

    /// A message at the name of each filter.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        for (filter, text) in &self.0 {
            errors.add(filter.name(), refusal(*filter, text));
        }
        errors
    }
}

fn refusal<F: FilterKey>(filter: F, text: &str) -> Message {
    Message::new(filter.refusal()).with("value", text)
}

/// The message of a page about a filter that can't be read.
#[derive(Debug, Clone)]
pub struct FilterProblem {
    /// The name of the filter in the address.
    pub name: String,
    /// Names the filter and its value.
    pub sentence: Message,
    /// The page without this filter, and with all else as it was.
    pub href: String,
}

/// The filters of a list, set or not.
pub trait FilterSet: Clone + Default {
    type Filter: FilterKey;

    /// Sets a filter to the value of a text; an empty text clears it. Returns false for an invalid value, without a
    /// change.
    fn set(&mut self, filter: Self::Filter, text: &str) -> bool;

    /// The value of a filter that is set.
    fn value(&self, filter: Self::Filter) -> Option<String>;

    /// The filters whose values can't be read.
    fn unreadable(&self) -> &UnreadableFilters<Self::Filter>;

    /// [`FilterSet::unreadable`], to be changed.
    fn unreadable_mut(&mut self) -> &mut UnreadableFilters<Self::Filter>;

    /// Reads every filter of the table.
    fn read(fields: &Fields) -> Self {
        let mut filters = Self::default();
        for filter in Self::Filter::ALL {
            let text = match fields.input(filter.name()) {
                None | Some(Input::Null) => continue,
                Some(Input::Text(text)) => text.as_str(),
                Some(Input::List(_) | Input::Nested(_)) => "[…]",
            };
            if !filters.set(*filter, text) {
                filters.unreadable_mut().add(*filter, text);
            }
        }
        filters.drop_idle_zone();
        filters
    }

    /// Name and value of every filter that was sent, readable or not, in the order of the table.
    fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let pair = |filter: &Self::Filter| {
            let text = self.unreadable().text(*filter).map(str::to_owned);
            Some((filter.name(), text.or_else(|| self.value(*filter))?))
        };
        Self::Filter::ALL.iter().filter_map(pair).collect()
    }

    /// Name and value of the filters that narrow the list.
    fn readable_pairs(&self) -> Vec<(&'static str, String)> {
        let pair = |filter: &Self::Filter| Some((filter.name(), self.value(*filter)?));
        Self::Filter::ALL.iter().filter_map(pair).collect()
    }

    /// True if a filter is set, or was sent with an invalid value.
    fn is_filtered(&self) -> bool {
        !self.filter_pairs().is_empty()
    }

    /// Clears a filter.
    fn clear(&mut self, filter: Self::Filter) {
        self.set(filter, "");
        self.unreadable_mut()
            .0
            .retain(|(other, _)| *other != filter);
        self.drop_idle_zone();
    }

    /// Clears the time zone where no day is filtered: it would have no effect.
    fn drop_idle_zone(&mut self) {
        let mut all = Self::Filter::ALL.iter();
        let is_day = |filter: &Self::Filter| filter.format() == ValueFormat::Day;
        if !all.any(|filter| is_day(filter) && !self.text(*filter).is_empty()) {
            for filter in Self::Filter::ALL {
                if filter.format() == ValueFormat::Zone {
                    self.set(*filter, "");
                }
            }
        }
    }

    /// The text of a filter: the invalid text that was sent, else the value; empty if it is not set.
    fn text(&self, filter: Self::Filter) -> String {
        let text = self.unreadable().text(filter).map(str::to_owned);
        text.or_else(|| self.value(filter)).unwrap_or_default()
    }

    /// The messages of a page about the filters that can't be read; `url` makes the URL of the list without one.
    fn problems(&self, url: impl Fn(Self::Filter) -> String) -> Vec<FilterProblem> {
        let problem = |(filter, text): &(Self::Filter, String)| FilterProblem {
            name: filter.name().to_owned(),
            sentence: refusal(*filter, text),
            href: url(*filter),
        };
        self.unreadable().0.iter().map(problem).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Default, PartialEq)]
    struct BoxFilters {
        size: Option<i64>,
        is_full: bool,
        unreadable: UnreadableFilters<BoxFilter>,
    }

    filter_table! {
        /// The filters of a list that the tests know.
        BoxFilter of BoxFilters {
            /// Exactly this size.
            Size = "size", size: Option<i64>, "web-filter-unreadable";
            Full = "full", is_full: bool, "web-filter-unreadable";
        }
    }

    fn read(pairs: &[(&str, &str)]) -> BoxFilters {
        BoxFilters::read(&Fields::from_pairs(pairs.iter().copied()))
    }

    #[test]
    fn what_can_be_read_narrows_and_nothing_typed_is_no_filter() {
        let filter = read(&[("size", "4"), ("full", "1")]);
        assert_eq!((filter.size, filter.is_full), (Some(4), true));
        assert!(filter.unreadable().is_empty());
        let mut others = filter.clone();
        others.clear(BoxFilter::Size);
        assert_eq!((others.size, others.is_full), (None, true));
        for pairs in [&[("size", "")][..], &[("full", "")], &[("full", "0")], &[]] {
            assert_eq!(read(pairs), BoxFilters::default(), "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_it_was_typed_until_it_is_taken_away() {
        let filter = read(&[("full", "may\0be"), ("size", "04")]);
        let pairs = filter.filter_pairs();
        let text = [
            ("size", "04".to_owned()),
            ("full", "may\u{fffd}be".to_owned()),
        ];
        assert_eq!(pairs, text);
        assert!(filter.readable_pairs().is_empty() && filter.is_filtered());
        let refused = filter.unreadable().errors();
        assert!(refused.at("size").is_some() && refused.at("full").is_some());
        let without = |key: BoxFilter| {
            let mut others = filter.clone();
            others.clear(key);
            others
        };
        let problems = filter.problems(|key| format!("{:?}", without(key).filter_pairs()));
        assert_eq!(problems.len(), 2);
        assert!(
            problems
                .iter()
                .any(|problem| problem.href == "[(\"size\", \"04\")]")
        );
        let mut others = without(BoxFilter::Size);
        others.clear(BoxFilter::Full);
        assert_eq!(others, BoxFilters::default());
    }

    #[test]
    fn a_list_where_a_text_belongs_is_no_filter_that_can_be_read() {
        let sent = serde_json::json!({"size": [4], "full": null});
        let filter = BoxFilters::read(&Fields::from_json(sent).unwrap_or_default());
        assert_eq!(filter.filter_pairs(), [("size", "[…]".to_owned())]);
    }
}
