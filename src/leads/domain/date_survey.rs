//! Which formats the dates of a column fit.

use crate::leads::domain::date_format::{DateFormat, WrittenDay};
use crate::leads::domain::written_date::split;

/// What the dates of a column have in common: which formats they fit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DateSurvey {
    /// Dates that need a format.
    numbers: usize,
    fitting: [usize; DateFormat::ALL.len()],
}

impl DateSurvey {
    /// Adds a cell.
    pub fn add(&mut self, text: &str) {
        let Some((WrittenDay::Numbers(numbers), _)) = split(text) else {
            return;
        };
        self.numbers += 1;
        for (format, fitting) in DateFormat::ALL.iter().zip(&mut self.fitting) {
            *fitting += usize::from(format.day(&numbers).is_some());
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
    pub fn offered(&self) -> Vec<DateFormat> {
        let mut formats: Vec<_> = self.formats().collect();
        formats.sort_by_key(|(_, fitting)| std::cmp::Reverse(*fitting));
        formats.into_iter().map(|(format, _)| format).collect()
    }

    fn formats(&self) -> impl Iterator<Item = (DateFormat, usize)> + '_ {
        DateFormat::ALL.into_iter().zip(self.fitting)
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
        assert_eq!(mixed.offered()[0].to_string(), "day.month.year");
    }
}
