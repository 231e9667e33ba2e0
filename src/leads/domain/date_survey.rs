//! Which formats the dates of a column fit.

use crate::leads::domain::cell_date::split;
use crate::leads::domain::date_format::{CellDate, DateFormat};

/// The number of dates of a column that fit each format.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DateSurvey {
    /// The number of dates that need a format.
    numbers: usize,
    by_format: [usize; DateFormat::ALL.len()],
}

impl DateSurvey {
    /// Adds a cell.
    pub fn add(&mut self, text: &str) {
        let Some((CellDate::Numbers(numbers), _)) = split(text) else {
            return;
        };
        self.numbers += 1;
        for (format, count) in DateFormat::ALL.iter().zip(&mut self.by_format) {
            *count += usize::from(format.day(&numbers).is_some());
        }
    }

    /// The only format that all dates fit; nothing if none or several do.
    pub fn guess(&self) -> Option<DateFormat> {
        let mut fitting = self.formats().filter(|(_, fits)| *fits == self.numbers);
        match (fitting.next(), fitting.next()) {
            (Some((format, _)), None) if self.numbers > 0 => Some(format),
            _ => None,
        }
    }

    /// True if dates need a format.
    pub fn needs_format(&self) -> bool {
        self.numbers > 0
    }

    /// The formats, the one that most dates fit first.
    pub fn options(&self) -> Vec<DateFormat> {
        let mut formats: Vec<_> = self.formats().collect();
        formats.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        formats.into_iter().map(|(format, _)| format).collect()
    }

    fn formats(&self) -> impl Iterator<Item = (DateFormat, usize)> + '_ {
        DateFormat::ALL.into_iter().zip(self.by_format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_guessed_where_it_is_the_only_one() {
        let survey = |cells: &[&str]| {
            let mut survey = DateSurvey::default();
            cells.iter().for_each(|cell| survey.add(cell));
            survey
        };
        let guess = |cells: &[&str]| survey(cells).guess().map(|format| format.to_string());
        let word = |word: &str| Some(word.to_owned());
        assert_eq!(guess(&["01.02.2025", "31.12.2025"]), word("day.month.year"));
        assert_eq!(guess(&["12/31/2025", "2025-01-01"]), word("month/day/year"));
        assert_eq!(guess(&["01/02/2025"]), None);
        assert_eq!(guess(&["31.12.2025", "31/12/2025"]), None);
        assert_eq!(guess(&["2025-12-31"]), None);
        let mixed = survey(&["31.12.2025", "30.12.2025", "31/12/2025", "2025/12/31"]);
        assert_eq!(mixed.options()[0].to_string(), "day.month.year");
    }
}
