//! Filters of lists. Each list has one table of its filters; reading an address, writing one, hidden fields, links that
//! take a filter away and refusals are all made from it.

use crate::clock::Timestamp;
use crate::error::{FieldErrors, Result};
use crate::i18n::Message;
use chrono::NaiveDate;

use crate::records::fields::{Fields, Input};

/// A line of the table of a list's filters.
pub trait Filter: Copy + PartialEq + 'static {
    /// The table, in the order in which addresses name filters.
    const ALL: &'static [Self];

    /// Its name in addresses and forms.
    fn name(self) -> &'static str;

    /// The catalogue key of the sentence that names it and a `value` that can't be read.
    fn refusal(self) -> &'static str;
}

/// Makes the table of a list's filters: for each a variant, its name and the key of its refusal.
macro_rules! filter_table {
    ($(#[$about:meta])* $table:ident { $($filter:ident = $name:literal, $refusal:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table { $($filter),+ }

        impl $crate::records::filters::Filter for $table {
            const ALL: &'static [$table] = &[$($table::$filter),+];

            fn name(self) -> &'static str {
                match self { $($table::$filter => $name),+ }
            }

            fn refusal(self) -> &'static str {
                match self { $($table::$filter => $refusal),+ }
            }
        }
    };
}
pub(crate) use filter_table;

/// Filters of a list whose values can't be read, with the values as they were typed. A list with one of them shows
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable<F>(Vec<(F, String)>);

impl<F> Default for Unreadable<F> {
    fn default() -> Self {
        Unreadable(Vec::new())
    }
}

impl<F: Filter> Unreadable<F> {
    /// True if every filter can be read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a filter that can't be read.
    pub fn typed(&self, filter: F) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == filter);
        found.map(|(_, typed)| typed.as_str())
    }

    /// Adds a filter whose value can't be read.
    pub fn add(&mut self, filter: F, typed: &str) {
        // No page and no database here holds the NUL character.
        self.0.push((filter, typed.replace('\0', "\u{fffd}")));
    }

    /// A sentence at the name of each.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        for (filter, typed) in &self.0 {
            errors.add(filter.name(), refusal(*filter, typed));
        }
        errors
    }
}

fn refusal<F: Filter>(filter: F, typed: &str) -> Message {
    Message::new(filter.refusal()).with("value", typed)
}

/// A filter that can't be read, as a page says it.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The name of the filter in the address.
    pub name: &'static str,
    /// Names the filter and its value.
    pub sentence: Message,
    /// The page without this filter, and with all else as it was.
    pub href: String,
}

/// A list that is narrowed by the filters of a table.
pub trait Filtered: Sized {
    type Filter: Filter;

    /// Narrows the list by what was typed for a filter; nothing typed takes the filter away. False for what can't be
    /// read, which changes nothing.
    fn set(&mut self, filter: Self::Filter, typed: &str) -> bool;

    /// The value of a filter that is set.
    fn value(&self, filter: Self::Filter) -> Option<String>;

    /// Those that can't be read.
    fn unreadable(&self) -> &Unreadable<Self::Filter>;

    /// [`Filtered::unreadable`], to be changed.
    fn unreadable_mut(&mut self) -> &mut Unreadable<Self::Filter>;

    /// The list that the filters of a query make.
    fn from_filters(fields: &Fields) -> Self
    where
        Self: Default,
    {
        let mut list = Self::default();
        list.read_filters(fields);
        list
    }

    /// Reads every filter of the table.
    fn read_filters(&mut self, fields: &Fields) {
        for filter in Self::Filter::ALL {
            let typed = match fields.input(filter.name()) {
                None | Some(Input::Null) => continue,
                Some(Input::Text(typed)) => typed.as_str(),
                Some(Input::List(_) | Input::Nested) => "[…]",
            };
            if !self.set(*filter, typed) {
                self.unreadable_mut().add(*filter, typed);
            }
        }
    }

    /// Name and value of every filter that was sent, readable or not, in the order of the table.
    fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let pair = |filter: &Self::Filter| {
            let typed = self.unreadable().typed(*filter).map(str::to_owned);
            Some((filter.name(), typed.or_else(|| self.value(*filter))?))
        };
        Self::Filter::ALL.iter().filter_map(pair).collect()
    }

    /// Name and value of the filters that narrow the list.
    fn readable_pairs(&self) -> Vec<(&'static str, String)> {
        let pair = |filter: &Self::Filter| Some((filter.name(), self.value(*filter)?));
        Self::Filter::ALL.iter().filter_map(pair).collect()
    }

    /// True if anything narrows the list, or should.
    fn is_filtered(&self) -> bool {
        !self.filter_pairs().is_empty()
    }

    /// The list without the filter of this name.
    fn without(mut self, name: &str) -> Self {
        for filter in Self::Filter::ALL.iter().filter(|one| one.name() == name) {
            self.set(*filter, "");
            self.unreadable_mut().0.retain(|(known, _)| known != filter);
        }
        self
    }

    /// The list, if every filter can be read.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] at the names of those that can't.
    fn readable(self) -> Result<Self> {
        self.unreadable().errors().or(self)
    }

    /// What a page says of the filters that can't be read; `url` makes the address of a list.
    fn problems(&self, url: impl Fn(Self) -> String) -> Vec<Problem>
    where
        Self: Clone,
    {
        let problem = |(filter, typed): &(Self::Filter, String)| Problem {
            name: filter.name(),
            sentence: refusal(*filter, typed),
            href: url(self.clone().without(filter.name())),
        };
        self.unreadable().0.iter().map(problem).collect()
    }
}

/// Sets a filter to the value in what was typed, or to none if nothing was; false if `read` finds none in it.
pub fn set<T>(target: &mut Option<T>, typed: &str, read: impl Fn(&str) -> Option<T>) -> bool {
    let found = read(typed).filter(|_| !typed.is_empty());
    let is_readable = typed.is_empty() || found.is_some();
    if is_readable {
        *target = found;
    }
    is_readable
}

/// [`set`] for a filter that is on or off: `1` or `0`.
pub fn set_flag(target: &mut bool, typed: &str) -> bool {
    let found = match typed {
        "1" => true,
        "0" | "" => false,
        _ => return false,
    };
    *target = found;
    true
}

/// A day of the calendar, in UTC, as `2026-11-28`.
pub fn day(typed: &str) -> Option<NaiveDate> {
    let day = typed.trim().parse().ok()?;
    Timestamp::of_day(day).map(|_| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    filter_table! {
        /// The filters of a list that the tests know.
        Known {
            Size = "size", "web-filter-unreadable";
            Kept = "kept", "web-filter-unreadable";
        }
    }

    #[derive(Debug, Clone, Default, PartialEq)]
    struct Shelf {
        size: Option<i64>,
        is_kept: bool,
        unreadable: Unreadable<Known>,
    }

    impl Filtered for Shelf {
        type Filter = Known;

        fn set(&mut self, filter: Known, typed: &str) -> bool {
            match filter {
                Known::Size => set(&mut self.size, typed, crate::records::fields::parse_id),
                Known::Kept => set_flag(&mut self.is_kept, typed),
            }
        }

        fn value(&self, filter: Known) -> Option<String> {
            match filter {
                Known::Size => self.size.map(|size| size.to_string()),
                Known::Kept => self.is_kept.then(|| "1".to_owned()),
            }
        }

        fn unreadable(&self) -> &Unreadable<Known> {
            &self.unreadable
        }

        fn unreadable_mut(&mut self) -> &mut Unreadable<Known> {
            &mut self.unreadable
        }
    }

    fn read(pairs: &[(&str, &str)]) -> Shelf {
        let mut shelf = Shelf::default();
        shelf.read_filters(&Fields::from_pairs(pairs.iter().copied()));
        shelf
    }

    #[test]
    fn what_can_be_read_narrows_and_nothing_typed_is_no_filter() {
        let shelf = read(&[("size", "4"), ("kept", "1")]);
        assert_eq!((shelf.size, shelf.is_kept), (Some(4), true));
        assert!(shelf.clone().readable().is_ok());
        assert_eq!(shelf.clone().without("size").size, None);
        for pairs in [&[("size", "")][..], &[("kept", "")], &[("kept", "0")], &[]] {
            assert_eq!(read(pairs), Shelf::default(), "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_it_was_typed_until_it_is_taken_away() {
        let shelf = read(&[("kept", "may\0be"), ("size", "04")]);
        let pairs = shelf.filter_pairs();
        let typed = [
            ("size", "04".to_owned()),
            ("kept", "may\u{fffd}be".to_owned()),
        ];
        assert_eq!(pairs, typed);
        assert!(shelf.readable_pairs().is_empty() && shelf.is_filtered());
        let refused = shelf.unreadable().errors();
        assert!(refused.at("size").is_some() && refused.at("kept").is_some());
        assert!(shelf.clone().readable().is_err());
        let address = |shelf: Shelf| format!("{:?}", shelf.filter_pairs());
        let problems = shelf.problems(address);
        assert_eq!(problems.len(), 2);
        assert!(
            problems
                .iter()
                .any(|one| one.href == "[(\"size\", \"04\")]")
        );
        assert_eq!(shelf.without("size").without("kept"), Shelf::default());
    }

    #[test]
    fn a_list_where_a_text_belongs_is_no_filter_that_can_be_read() {
        let mut shelf = Shelf::default();
        let sent = serde_json::json!({"size": [4], "kept": null});
        shelf.read_filters(&Fields::from_json(sent).unwrap_or_default());
        assert_eq!(shelf.filter_pairs(), [("size", "[…]".to_owned())]);
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert!(day("2026-02-28").is_some() && day(" 2024-02-29 ").is_some());
        for bad in ["", "1.1.2026", "2026-02-30", "-9999-01-01", "+12026-01-01"] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
